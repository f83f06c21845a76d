// @ts-check
// The order that is edited: its text, of which form and editor are two views.

import { layOut, parse, put, remove, valueAt } from "./json.js";

/** @typedef {import("./json.js").Path} Path */
/** @typedef {import("./json.js").Place} Place */

const PLAIN_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

export class Order {
  #text = "";
  /** @type {Place | undefined} */
  #places;
  #isOrder = false;

  get text() {
    return this.#text;
  }

  set text(text) {
    this.#text = text;
    this.#places = parse(text);
    // What is half typed is still what it was.
    if (this.#places) this.#isOrder = this.#hasOwn;
  }

  /** Where everything stands; undefined while the text is not JSON. */
  get places() {
    return this.#places;
  }

  /** Whether there is an object that fields can be written into. */
  get isObject() {
    return this.#places?.kind === "object";
  }

  /** Whether it has a field that only an order has, and so is not a receipt yet. */
  get isOrder() {
    return this.#isOrder;
  }

  get #hasOwn() {
    const items = Array.from({ length: this.itemCount }, (_, index) => ["items", index, "discount"]);
    return [["discount"], ["delivery"], ["paid"], ...items].some((path) => {
      const value = this.valueAt(path);
      return value && !(value.kind === "word" && value.text === "null");
    });
  }

  /** How many items there are. */
  get itemCount() {
    return this.valueAt(["items"])?.elements.length ?? 0;
  }

  /** @param {Path} path */
  valueAt(path) {
    return valueAt(this.#places, path);
  }

  /**
   * Writes what was typed into a field; an empty one is taken out. What was a number stays one.
   * @param {Path} path
   * @param {string} typed
   */
  write(path, typed) {
    const number = this.valueAt(path)?.kind === "number" && PLAIN_NUMBER.test(typed);
    if (typed === "") this.text = remove(this.#text, path);
    else this.text = put(this.#text, path, number ? typed : JSON.stringify(typed));
  }

  /** Adds an item laid out like the last one, yet without name and price. */
  addItem() {
    const last = this.valueAt(["items", this.itemCount - 1]);
    const members = last?.members.length ? last.members : undefined;
    const open = members && last ? this.#text.slice(last.start + 1, members[0].start) : " ";
    const close = members && last ? this.#text.slice(members[members.length - 1].end, last.end - 1) : " ";
    const fields = { name: "", price: "", quantity: 1, vat: this.#lastVat };
    const entries = Object.entries(fields).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
    const item = `{${open}${entries.join(`,${open}`)}${close}}`;
    this.text = put(this.#text, ["items", this.itemCount], item);
  }

  /** @param {string} name */
  addDelivery(name) {
    const delivery = { name, price: "", quantity: 1, vat: this.#lastVat, object: "service" };
    this.text = put(this.#text, ["delivery"], layOut(delivery, "  "));
  }

  removeDelivery() {
    this.text = remove(this.#text, ["delivery"]);
  }

  /** The rate of the last item, which the next one has likely too. */
  get #lastVat() {
    const vat = this.valueAt(["items", this.itemCount - 1, "vat"]);
    return vat?.kind === "string" ? vat.text : "vat22";
  }

  /** @param {number} index */
  removeItem(index) {
    this.text = remove(this.#text, ["items", index]);
  }
}
