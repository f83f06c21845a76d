// @ts-check
// JSON text with the place of every value in it, and changes to it that leave all other characters as they are.

/** @typedef {(string | number)[]} Path */
/** @typedef {{ start: number, end: number }} Span */
/** @typedef {Span & { key: string, keyEnd: number, value: Place }} Member from the key's first quote to the value's end */
/**
 * @typedef {Span & { kind: "object" | "array" | "string" | "number" | "word", text: string, members: Member[],
 *   elements: Place[] }} Place `text`: what a string says, what anything else is written as
 */

const DEPTH = 64;
const SPACE = /[ \t\r\n]*/y;
const STRING = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;

/**
 * The places of a text, or undefined where it is not JSON.
 * @param {string} text
 * @returns {Place | undefined}
 */
export function parse(text) {
  let at = 0;
  const take = (/** @type {RegExp} */ pattern) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  const sign = (/** @type {string} */ character) => {
    take(SPACE);
    if (text[at] !== character) return false;
    at++;
    return true;
  };
  /** @param {number} depth @returns {Place | undefined} */
  const value = (depth) => {
    if (depth > DEPTH) return undefined;
    take(SPACE);
    const start = at;
    /** @type {(kind: Place["kind"], parts?: Partial<Place>) => Place} */
    const place = (kind, parts) => ({
      ...{ kind, start, end: at, text: text.slice(start, at), members: [], elements: [] },
      ...parts,
    });
    const string = take(STRING);
    if (string) return place("string", { text: JSON.parse(string) });
    if (take(NUMBER)) return place("number");
    if (take(WORD)) return place("word");
    if (sign("[")) {
      /** @type {Place[]} */
      const elements = [];
      if (sign("]")) return place("array");
      do {
        const element = value(depth + 1);
        if (!element) return undefined;
        elements.push(element);
      } while (sign(","));
      return sign("]") ? place("array", { elements }) : undefined;
    }
    if (sign("{")) {
      /** @type {Member[]} */
      const members = [];
      if (sign("}")) return place("object");
      do {
        take(SPACE);
        const from = at;
        const key = take(STRING);
        const keyEnd = at;
        if (!key || !sign(":")) return undefined;
        const inner = value(depth + 1);
        if (!inner) return undefined;
        members.push({ key: JSON.parse(key), start: from, keyEnd, end: inner.end, value: inner });
      } while (sign(","));
      return sign("}") ? place("object", { members }) : undefined;
    }
    return undefined;
  };
  const root = value(0);
  take(SPACE);
  return at === text.length ? root : undefined;
}

/** The member that counts, where a key is there twice. @param {Place} place @param {string | number} key */
const member = (place, key) => place.members.findLast((candidate) => candidate.key === key);

/** @param {Place} place @param {string | number} key @returns {Place | undefined} */
const child = (place, key) =>
  place.kind === "array" ? place.elements[/** @type {number} */ (key)] : member(place, key)?.value;

/**
 * The value at a path.
 * @param {Place | undefined} root
 * @param {Path} path
 */
export function valueAt(root, path) {
  return path.reduce((/** @type {Place | undefined} */ place, key) => place && child(place, key), root);
}

/**
 * What to point at for a path: a plain value itself, a list or an object by its key or opening bracket, and for what
 * is not there the nearest that is.
 * @param {Place} root
 * @param {Path} path
 * @param {boolean} [byKey] point at the key, of a plain value too
 * @returns {Span}
 */
export function spanAt(root, path, byKey = false) {
  let place = root;
  /** @type {Member | undefined} */
  let named;
  let missing = false;
  for (const key of path) {
    const next = child(place, key);
    if (!next) {
      missing = true;
      break;
    }
    named = place.kind === "object" ? member(place, key) : undefined;
    place = next;
  }
  const plain = place.kind !== "object" && place.kind !== "array";
  if (plain && !(byKey && named && !missing)) return { start: place.start, end: place.end };
  if (named) return { start: named.start, end: named.keyEnd };
  return { start: place.start, end: place.start + 1 };
}

/**
 * The text with a value put at a path; what the path leads through is made where it is missing.
 * @param {string} text
 * @param {Path} path
 * @param {string} json
 */
export function put(text, path, json) {
  const root = parse(text);
  if (!root) return text;
  let place = root;
  let depth = 0;
  for (; depth < path.length; depth++) {
    const next = child(place, path[depth]);
    if (!next) break;
    place = next;
  }
  const key = path[depth];
  const fits = place.kind === "object" ? typeof key === "string" : place.kind === "array" && typeof key === "number";
  if (!fits) return splice(text, place, nested(path.slice(depth), json));
  const value = nested(path.slice(depth + 1), json);
  const entry = place.kind === "object" ? `${JSON.stringify(key)}: ${value}` : value;
  const entries = place.kind === "object" ? place.members : place.elements;
  const last = entries.at(-1);
  if (last) {
    const lead = text.slice(place.start + 1, entries[0].start);
    return splice(text, { start: last.end, end: last.end }, `,${lead.includes("\n") ? lead : " "}${entry}`);
  }
  const [open, close] = place.kind === "object" ? "{}" : "[]";
  const space = place === root ? "\n" : place.kind === "object" ? " " : "";
  return splice(text, place, `${open}${space}${space === "\n" ? "  " : ""}${entry}${space}${close}`);
}

/**
 * The text without the value at a path; an object that this leaves empty in another goes with it.
 * @param {string} text
 * @param {Path} path
 * @returns {string}
 */
export function remove(text, path) {
  const root = parse(text);
  const parent = valueAt(root, path.slice(0, -1));
  const entry = parent && valueAt(root, path);
  if (!entry) return text;
  /** @type {Span[]} */
  const entries = parent.kind === "object" ? parent.members : parent.elements;
  const index = entries.findLastIndex(({ end }) => end === entry.end);
  if (entries.length === 1) {
    const prunable = parent.kind === "object" && path.length > 1 && typeof path.at(-2) === "string";
    return prunable ? remove(text, path.slice(0, -1)) : splice(text, parent, parent.kind === "object" ? "{}" : "[]");
  }
  const { start, end } = entries[index];
  return index > 0
    ? splice(text, { start: entries[index - 1].end, end }, "")
    : splice(text, { start, end: entries[1].start }, "");
}

/**
 * The text with another key at a path.
 * @param {string} text
 * @param {Path} path
 * @param {string} key
 */
export function rename(text, path, key) {
  const root = parse(text);
  const found = root && valueAt(root, path.slice(0, -1))?.members.findLast((candidate) => candidate.key === path.at(-1));
  return found ? splice(text, { start: found.start, end: found.keyEnd }, JSON.stringify(key)) : text;
}

/**
 * The text without the members of a path that a later one of the same key outdoes.
 * @param {string} text
 * @param {Path} path
 */
export function once(text, path) {
  const members = valueAt(parse(text), path.slice(0, -1))?.members ?? [];
  const last = members.findLastIndex(({ key }) => key === path.at(-1));
  return members.reduceRight((changed, { key, start }, index) => {
    if (index >= last || key !== path.at(-1)) return changed;
    return splice(changed, { start, end: members[index + 1].start }, "");
  }, text);
}

/** @param {string} text @param {Span} span @param {string} replacement */
const splice = (text, { start, end }, replacement) => text.slice(0, start) + replacement + text.slice(end);

/** @param {Path} path @param {string} json */
const nested = (path, json) =>
  path.reduceRight(
    (/** @type {string} */ inner, key) => (typeof key === "number" ? `[${inner}]` : `{ ${JSON.stringify(key)}: ${inner} }`),
    json,
  );

/**
 * A path as people write it: `items[0].price`.
 * @param {Path} path
 */
export function pathText(path) {
  return path.reduce((/** @type {string} */ text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    if (!/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key)) return `${text}[${JSON.stringify(key)}]`;
    return text ? `${text}.${key}` : key;
  }, "");
}

/**
 * JSON text in which what fits a line stands on one.
 * @param {unknown} value
 * @param {string} [indent]
 * @returns {string}
 */
export function layOut(value, indent = "") {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const list = Array.isArray(value);
  const entries = Object.entries(value);
  const deeper = `${indent}  `;
  const parts = (/** @type {string} */ inner) =>
    entries.map(([key, part]) => (list ? "" : `${JSON.stringify(key)}: `) + layOut(part, inner));
  const flat = list ? `[${parts("").join(", ")}]` : entries.length ? `{ ${parts("").join(", ")} }` : "{}";
  if (indent && flat.length + indent.length <= 46 && !flat.includes("\n")) return flat;
  const [open, close] = list ? "[]" : "{}";
  return entries.length ? `${open}\n${deeper}${parts(deeper).join(`,\n${deeper}`)}\n${indent}${close}` : open + close;
}

/** @typedef {Span & { kind: "key" | "string" | "number" | "word" }} Token */

/**
 * The coloured parts of a text, JSON or not yet.
 * @param {string} text
 * @returns {Token[]}
 */
export function tokens(text) {
  const pattern = /("(?:[^"\\\n]|\\.)*"?)(\s*:)?|(-?\d[\d.eE+-]*)|(true|false|null)/g;
  return [...text.matchAll(pattern)].map(({ index, 0: all, 1: string, 2: colon, 3: number }) => ({
    start: index,
    end: index + (string ?? all).length,
    kind: string ? (colon ? "key" : "string") : number ? "number" : "word",
  }));
}
