// @ts-check
// The order that is edited: its text, of which form and editor are two views.

import { parse, put, remove, valueAt } from "./json.js";

/** @typedef {import("./json.js").Path} Path */
/** @typedef {import("./json.js").Place} Place */

const PLAIN_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

export class Order {
  #text = "";
  /** @type {Place | undefined} */
  #places;

  get text() {
    return this.#text;
  }

  set text(text) {
    this.#text = text;
    this.#places = parse(text);
  }

  /** Where everything stands; undefined while the text is not JSON. */
  get places() {
    return this.#places;
  }

  /** Whether there is an object that fields can be written into. */
  get isObject() {
    return this.#places?.kind === "object";
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
    const vat = last && this.valueAt(["items", this.itemCount - 1, "vat"]);
    const members = last?.members.length ? last.members : undefined;
    const open = members && last ? this.#text.slice(last.start + 1, members[0].start) : " ";
    const close = members && last ? this.#text.slice(members[members.length - 1].end, last.end - 1) : " ";
    const fields = { name: "", price: "", quantity: 1, vat: vat?.kind === "string" ? vat.text : "vat22" };
    const entries = Object.entries(fields).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
    const item = `{${open}${entries.join(`,${open}`)}${close}}`;
    this.text = put(this.#text, ["items", this.itemCount], item);
  }

  /** @param {number} index */
  removeItem(index) {
    this.text = remove(this.#text, ["items", index]);
  }
}
