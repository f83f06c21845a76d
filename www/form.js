// @ts-check
// The order as a form of its main fields, each with the findings about it.

import { vocabulary } from "../pkg/index.js";
import { byId, element, icon } from "./element.js";
import { pathText } from "./json.js";
import { words } from "./words.js";

/** @typedef {import("../pkg/index.js").Issue} Issue */
/** @typedef {import("../pkg/index.js").Lang} Lang */
/** @typedef {import("./json.js").Path} Path */
/** @typedef {import("./order.js").Order} Order */
/** @typedef {HTMLInputElement | HTMLSelectElement} Control */
/**
 * @typedef {object} Spot a control, or a group of them, that findings can be about
 * @property {Path} path
 * @property {HTMLElement} body what is marked as wrong
 * @property {HTMLElement} findings
 * @property {Control} [control]
 * @property {string} [label] told with each finding, where several fields share a row
 */
/** @typedef {{ name: string, label: string }} Choice */
/**
 * @typedef {object} Field
 * @property {Path} path within its group
 * @property {keyof import("./words.js").Words} [word] its label, where it is not the path's last step
 * @property {(lang: Lang) => Choice[]} [choices]
 * @property {boolean} [required]
 * @property {string} [fallback] what counts when nothing is chosen
 * @property {string} [inputMode]
 * @property {string} [placeholder]
 */
/**
 * @typedef {object} Edits
 * @property {(path: Path, typed: string) => void} write
 * @property {() => void} addItem
 * @property {(index: number) => void} removeItem
 * @property {() => void} addDelivery
 * @property {() => void} removeDelivery
 */

/** @param {string} list @returns {(lang: Lang) => Choice[]} */
const listed = (list) => (lang) =>
  vocabulary(list).map(({ name, until, ...label }) => {
    const text = label[lang][0].toUpperCase() + label[lang].slice(1);
    const day = until && new Date(until).toLocaleDateString(lang, { timeZone: "UTC" });
    return { name, label: day ? words[lang].until(text, day) : text };
  });

/** The ways to write a discount. */
const DISCOUNTS = "10% / 50";

const versions = () => ["1.05", "1.1", "1.2"].map((name) => ({ name, label: name }));

// Each group, row by row.

/** @type {Field[][]} */
const RECEIPT = [
  [
    { path: ["operation"], choices: listed("operation"), required: true },
    { path: ["taxation"], choices: listed("taxation") },
  ],
  [
    { path: ["ffd"], choices: versions, fallback: "1.2" },
    { path: ["seller", "inn"], word: "sellerInn", inputMode: "numeric" },
  ],
];
/** @type {Field[][]} */
const CUSTOMER = [
  [
    { path: ["email"], inputMode: "email" },
    { path: ["phone"], inputMode: "tel" },
  ],
];
/** @type {Field[][]} */
const ITEM = [
  [{ path: ["name"], required: true }],
  [
    { path: ["price"], inputMode: "decimal", required: true },
    { path: ["quantity"], inputMode: "decimal", required: true },
    { path: ["amount"], inputMode: "decimal" },
    { path: ["discount"], placeholder: DISCOUNTS },
  ],
  [
    { path: ["vat"], choices: listed("vat"), required: true },
    { path: ["method"], choices: listed("paymentMethod"), fallback: "fullPayment" },
    { path: ["object"], choices: listed("paymentObject"), fallback: "commodity" },
  ],
];
/** @type {Field[][]} */
const PAYMENTS = [
  ["cash", "electronic", "prepaid", "credit", "provision"].map((name) => ({ path: [name], inputMode: "decimal" })),
];
/** @type {Field[][]} */
const DELIVERY = [
  [{ path: ["name"], required: true }],
  [
    { path: ["price"], inputMode: "decimal", required: true },
    { path: ["discount"], placeholder: DISCOUNTS },
    { path: ["vat"], choices: listed("vat"), required: true },
  ],
];
/** @type {Field[][]} */
const WHOLE = [
  [
    { path: ["discount"], word: "orderDiscount", placeholder: DISCOUNTS },
    { path: ["paid"], inputMode: "decimal" },
  ],
];
/** More fields than these stand three in a row. */
const MOST_ABREAST = 4;
/** From here on the items scroll by themselves. */
const MANY = 8;
/** More are in the text alone. */
const MOST = 100;

export class Form {
  #root = byId("form", HTMLElement);
  #waits = byId("form-waits", HTMLElement);
  #edits;
  /** @type {Lang} */
  #lang = "ru";
  /** By path. @type {Map<string, Spot>} */
  #spots = new Map();
  /** @type {HTMLElement[]} */
  #items = [];
  #itemList = element("div", { className: "items" });
  #more = element("p", { className: "empty" });
  #addItem = element("button");
  #addDelivery = element("button");

  /** @param {Edits} edits */
  constructor(edits) {
    this.#edits = edits;
    this.#root.addEventListener("input", ({ target }) => {
      const spot = [...this.#spots.values()].find(({ control }) => control === target);
      if (spot?.control) edits.write(spot.path, spot.control.value);
    });
  }

  /** Makes it anew, in a language. @param {Lang} lang */
  build(lang) {
    const said = words[lang];
    this.#lang = lang;
    this.#spots.clear();
    this.#items = [];
    this.#itemList = element("div", { className: "items" });
    const add = (/** @type {string} */ label) =>
      element("button", { type: "button", className: "button" }, icon("add"), label);
    this.#addItem = add(said.addItem);
    this.#addItem.addEventListener("click", () => {
      this.#edits.addItem();
      this.#spots.get(key(["items", this.#items.length - 1, "name"]))?.control?.focus();
    });
    this.#addDelivery = add(said.addDelivery);
    this.#addDelivery.addEventListener("click", () => {
      this.#edits.addDelivery();
      this.#spots.get(key(["delivery", "price"]))?.control?.focus();
    });
    const adders = element("div", { className: "adders" }, this.#addItem, this.#addDelivery);
    this.#root.replaceChildren(
      this.#group([], said.receipt, this.#rows([], RECEIPT)),
      this.#group(["customer"], said.customer, this.#rows(["customer"], CUSTOMER)),
      this.#group(["items"], said.items, [this.#itemList, this.#more, adders]),
      this.#group(["order"], said.wholeOrder, this.#rows([], WHOLE)),
      this.#group(["payments"], said.payments, this.#rows(["payments"], PAYMENTS)),
    );
    // Its fields stand at the root: no finding is about the group.
    this.#spots.delete(key(["order"]));
  }

  /**
   * Shows the order; what it leaves out shows the value it will have.
   * @param {Order} order
   * @param {object | undefined} implied of the same shape
   */
  fill(order, implied) {
    this.#root.inert = !order.isObject;
    this.#waits.hidden = order.isObject;
    if (!order.isObject) return;
    this.#setItems(order.itemCount);
    this.#setDelivery(!!order.valueAt(["delivery"]));
    for (const { path, control } of this.#spots.values()) {
      if (!control) continue;
      const value = order.valueAt(path);
      const text = !value || value.text === "null" ? "" : value.text;
      if (control instanceof HTMLSelectElement) choose(control, text, value?.kind === "string");
      else {
        if (control.value !== text) control.value = text;
        const here = path.reduce((/** @type {any} */ part, step) => part?.[step], implied);
        control.placeholder = typeof here === "string" ? `= ${here}` : control.dataset.usual ?? "";
      }
    }
  }

  /** Puts each finding at the field that it is about, or else at the group. @param {Issue[]} issues */
  show(issues) {
    /** @type {Map<Spot, Issue[]>} */
    const found = new Map();
    for (const issue of issues) {
      const spot = this.#nearest(issue.path);
      if (spot) found.set(spot, [...(found.get(spot) ?? []), issue]);
    }
    for (const spot of this.#spots.values()) this.#tell(spot, found.get(spot) ?? []);
  }

  /** Whether there is a field for just this. @param {Path} path */
  has(path) {
    return !!this.#spots.get(key(path))?.control;
  }

  /** @param {Path} path */
  focus(path) {
    const spot = this.#spots.get(key(path));
    spot?.control?.focus();
  }

  /** @param {Path} path @returns {Spot | undefined} */
  #nearest(path) {
    for (let length = path.length; length >= 0; length--) {
      const spot = this.#spots.get(key(path.slice(0, length)));
      if (spot) return spot;
    }
    return undefined;
  }

  /** @param {Spot} spot @param {Issue[]} issues */
  #tell({ path, body, findings, control, label }, issues) {
    const said = words[this.#lang];
    const told = JSON.stringify(issues);
    if (findings.dataset.told !== told) {
      findings.dataset.told = told;
      findings.replaceChildren(
        ...issues.map(({ severity, message, hint, path: place }) => {
          const text = element("span", {}, element("span", { className: "unseen" }, `${said[severity]}: `));
          if (label) text.append(element("b", {}, `${label}: `));
          // A group shows what is about a part of it that has no field here.
          const within = pathText(place.slice(path.length));
          if (within && !message.includes(within)) text.append(element("code", {}, within), " ");
          text.append(message);
          if (hint) text.append(" ", element("span", { className: "hint" }, hint));
          return element("p", { className: `told told-${severity}` }, icon(severity), text);
        }),
      );
    }
    const wrong = issues.some(({ severity }) => severity === "error");
    body.classList.toggle("has-error", wrong);
    body.classList.toggle("has-warning", !wrong && issues.length > 0);
    const described = control ?? body;
    if (issues.length) described.setAttribute("aria-describedby", findings.id);
    else described.removeAttribute("aria-describedby");
    if (control) control.setAttribute("aria-invalid", String(wrong));
  }

  /** @param {number} all */
  #setItems(all) {
    const said = words[this.#lang];
    const count = Math.min(all, MOST);
    this.#more.textContent = all > count ? said.moreItems(all - count) : "";
    this.#addItem.hidden = all > count;
    for (const item of this.#items.splice(count)) item.remove();
    for (const path of this.#spots.keys()) {
      const [list, index] = JSON.parse(path);
      if (list === "items" && index >= count) this.#spots.delete(path);
    }
    for (let index = this.#items.length; index < count; index++) {
      const remove = cross(said.removeItem(index + 1), () => {
        this.#edits.removeItem(index);
        const next = Math.min(index, this.#items.length - 1);
        if (next >= 0) this.#spots.get(key(["items", next, "name"]))?.control?.focus();
        else this.#addItem.focus();
      });
      const path = ["items", index];
      const item = this.#group(path, said.item(index + 1), this.#rows(path, ITEM), remove);
      this.#items.push(item);
      this.#itemList.append(item);
    }
    this.#itemList.classList.toggle("many", count > MANY);
  }

  /** @param {boolean} present */
  #setDelivery(present) {
    this.#addDelivery.hidden = present;
    const shown = this.#spots.get(key(["delivery"]));
    if (present === !!shown) return;
    if (shown) {
      shown.body.remove();
      for (const path of this.#spots.keys()) if (JSON.parse(path)[0] === "delivery") this.#spots.delete(path);
      return;
    }
    const said = words[this.#lang];
    const remove = cross(said.removeDelivery, () => {
      this.#edits.removeDelivery();
      this.#addDelivery.focus();
    });
    this.#itemList.after(this.#group(["delivery"], said.delivery, this.#rows(["delivery"], DELIVERY), remove));
  }

  /**
   * @param {Path} path
   * @param {string} title
   * @param {HTMLElement[]} content
   * @param {HTMLElement} [action] beside the title
   */
  #group(path, title, content, action) {
    const id = idOf(path);
    const inner = path.length > 1 || path[0] === "delivery";
    const level = inner ? "h4" : "h3";
    const heading = element("div", { className: "group-title" }, element(level, { id: `${id}-title` }, title));
    if (action) heading.append(action);
    const findings = element("div", { className: "tellings", id: `${id}-findings` });
    const kind = inner ? "item" : path[0] ?? "receipt";
    const group = element("div", { className: `group group-${kind}`, role: "group" }, heading, ...content, findings);
    group.setAttribute("aria-labelledby", `${id}-title`);
    this.#spots.set(key(path), { path, body: group, findings });
    return group;
  }

  /** @param {Path} path @param {Field[][]} rows */
  #rows(path, rows) {
    return rows.map((row) => {
      const spots = row.map((field) => this.#field([...path, ...field.path], field, row.length > 1));
      const bodies = spots.map(({ body }) => body);
      const kind = row.length === MOST_ABREAST ? "row-most" : row.every(({ choices }) => choices) ? "row-choices" : "";
      const made = element("div", { className: `row ${kind}` }, ...bodies, ...spots.map(({ findings }) => findings));
      made.style.setProperty("--fields", `${row.length > MOST_ABREAST ? 3 : row.length}`);
      return made;
    });
  }

  /**
   * @param {Path} path
   * @param {Field} field
   * @param {boolean} shared whether there are others in its row, under which the findings stand
   */
  #field(path, { word, choices, required = false, fallback, inputMode = "text", placeholder = "" }, shared) {
    const id = idOf(path);
    const name = path.at(-1);
    const label = String(words[this.#lang][word ?? /** @type {keyof import("./words.js").Words} */ (name)]);
    const control = choices
      ? this.#select(id, choices(this.#lang), required, fallback)
      : element("input", { id, inputMode, placeholder, autocomplete: "off", spellcheck: name === "name" });
    if (placeholder) control.dataset.usual = placeholder;
    if (required) control.setAttribute("aria-required", "true");
    const body = element("div", { className: "field" }, element("label", { htmlFor: id }, label), control);
    const findings = element("div", { className: "tellings", id: `${id}-findings` });
    /** @type {Spot} */
    const spot = { path, body, findings, control, label: shared ? label.replace(", ₽", "") : undefined };
    this.#spots.set(key(path), spot);
    return spot;
  }

  /** @param {string} id @param {Choice[]} choices @param {boolean} required @param {string} [fallback] */
  #select(id, choices, required, fallback) {
    const said = words[this.#lang];
    const usual = choices.find(({ name }) => name === fallback)?.label;
    const unset = usual ? said.byDefault(usual) : required ? "—" : said.unset;
    return element(
      "select",
      { id },
      element("option", { value: "" }, unset),
      ...choices.map(({ name, label }) => element("option", { value: name }, label)),
    );
  }
}

/** @param {string} label @param {() => void} act */
function cross(label, act) {
  const button = element("button", { type: "button", className: "button button-icon", title: label }, icon("remove"));
  button.setAttribute("aria-label", label);
  button.addEventListener("click", act);
  return button;
}

/** @param {Path} path */
const key = (path) => JSON.stringify(path);

/** @param {Path} path */
const idOf = (path) => ["field", ...path].join("-");

/**
 * Chooses a word; one that the list does not have is shown as it is.
 * @param {HTMLSelectElement} select
 * @param {string} text
 * @param {boolean} isString
 */
function choose(select, text, isString) {
  const options = [...select.options];
  const strange = options.find((option) => option.dataset.strange);
  const known = text === "" || (isString && options.some((option) => option.value === text && option !== strange));
  if (known) strange?.remove();
  if (!known && strange?.textContent !== text) {
    strange?.remove();
    // Its value is nothing that could be chosen: to choose the word that looks the same is a change, too.
    const option = element("option", { value: "\u0000", data: { strange: "true" }, disabled: true }, text);
    select.append(option);
  }
  const value = known ? text : "\u0000";
  if (select.value !== value) select.value = value;
}
