// @ts-check
// Elements of the page, made and found.

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} name
 * @param {Partial<Omit<HTMLElementTagNameMap[T], "className">> & { className?: string, data?: Record<string, string>, aria?: Record<string, string> }} [properties]
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function element(name, { data, aria, ...properties } = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  Object.assign(made.dataset, data);
  for (const [key, value] of Object.entries(aria ?? {})) made.setAttribute(`aria-${key}`, value);
  made.append(...children);
  return made;
}

/**
 * The element of this id; it is there.
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} kind
 * @returns {T}
 */
export function byId(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page has no ${kind.name} #${id}`);
  return found;
}

const SHAPES = {
  // An octagon and a triangle: told apart without colour.
  error: "M5 1h6l4 4v6l-4 4H5l-4-4V5zM8 4v5M8 11v1.2",
  warning: "M8 1.5 15 14.5H1zM8 6v4M8 11.6v1.2",
  fine: "M15 8A7 7 0 1 1 8 1a7 7 0 0 1 7 7zM4.8 8.2l2.2 2.2 4.2-4.6",
  remove: "M3.5 3.5l9 9M12.5 3.5l-9 9",
  add: "M8 2.5v11M2.5 8h11",
  sent: "M2.5 8h10M9 4.5 12.5 8 9 11.5",
  waits: "M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1zM8 4.5V8l2.5 2",
};

/** @param {keyof typeof SHAPES} shape */
export function icon(shape) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SHAPES[shape]);
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", `icon icon-${shape}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(path);
  return svg;
}
