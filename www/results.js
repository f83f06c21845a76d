// @ts-check
// The receipts that an action made: each as a slip and as JSON, and a way to go on from it.

import { checkReceipt } from "../pkg/index.js";
import { colouredJson } from "./editor.js";
import { byId, element, icon } from "./element.js";
import { layOut } from "./json.js";
import { label, paper } from "./slip.js";
import { words } from "./words.js";

/** @typedef {import("../pkg/index.js").CheckOptions} CheckOptions */
/** @typedef {import("../pkg/index.js").Lang} Lang */
/** @typedef {import("../pkg/index.js").Receipt} Receipt */
/** @typedef {"refund" | "split" | "capture" | "settle" | "correct"} Action */
/** @typedef {{ action: Action, receipts: Receipt[], origin: string }} Made `origin`: the text that they come of */

/** More are counted, not shown. */
const MOST = 24;

export class Results {
  #root = byId("results", HTMLElement);
  #title = byId("results-title", HTMLElement);
  #list = byId("results-list", HTMLOListElement);
  #more = byId("results-more", HTMLElement);
  #back = byId("results-back", HTMLButtonElement);
  #open;
  /** @type {Made | undefined} */
  #made;
  /** @type {CheckOptions} */
  #options = {};
  #told = "";

  /** @param {(text: string) => void} open */
  constructor(open) {
    this.#open = open;
    this.#back.addEventListener("click", () => this.#made && open(this.#made.origin));
    byId("results-close", HTMLButtonElement).addEventListener("click", () => {
      this.#made = undefined;
      this.#root.hidden = true;
      byId("actions", HTMLElement).querySelector("button")?.focus();
    });
  }

  /** @param {Action} action @param {Receipt[]} receipts @param {string} text at hand */
  show(action, receipts, text) {
    this.#made = { action, receipts, origin: text };
    this.#told = "";
    this.follow(text, this.#options, this.#options.lang ?? "ru");
    this.#title.focus();
    this.#root.scrollIntoView({ block: "start" });
  }

  /** Says which of them is at hand. @param {string} text at hand @param {CheckOptions} options @param {Lang} lang */
  follow(text, { version, mode, at, provider }, lang) {
    this.#options = { version, mode, at, provider, lang };
    this.#root.hidden = !this.#made;
    if (!this.#made) return;
    const { action, receipts, origin } = this.#made;
    const texts = receipts.slice(0, MOST).map((receipt) => layOut(receipt));
    const told = JSON.stringify([action, receipts, texts.indexOf(text), this.#options]);
    this.#back.hidden = text === origin;
    if (told === this.#told) return;
    this.#told = told;
    const said = words[lang];
    this.#title.textContent = said.results(said[action], said.countReceipts(receipts.length));
    this.#more.textContent = receipts.length > MOST ? said.moreResults(receipts.length - MOST) : "";
    this.#list.replaceChildren(
      ...texts.map((made, index) => this.#entry(receipts[index], made, made === text, index, receipts.length, lang)),
    );
  }

  /**
   * @param {Receipt} receipt
   * @param {string} text
   * @param {boolean} atHand
   * @param {number} index
   * @param {number} count
   * @param {Lang} lang
   */
  #entry(receipt, text, atHand, index, count, lang) {
    const said = words[lang];
    const { issues } = checkReceipt(receipt, this.#options);
    const errors = issues.filter(({ severity }) => severity === "error").length;
    const warnings = issues.length - errors;
    const state = errors ? "error" : warnings ? "warning" : "fine";
    const parts = [errors ? said.errors(errors) : said.fine, ...(warnings ? [said.warnings(warnings)] : [])];
    const open = element("button", { type: "button", className: "button" }, atHand ? said.opened : said.openThis);
    open.disabled = atHand;
    if (count > 1) open.setAttribute("aria-label", said.openThisOf(index + 1));
    open.addEventListener("click", () => this.#open(text));
    const title = count > 1 ? said.resultOf(index + 1, count) : said.resultAlone;
    return element(
      "li",
      { className: "result" },
      element("h3", {}, `${title} · ${label("operation", receipt.operation, lang)}`),
      element("p", { className: `told told-${state}` }, icon(state), parts.join(", ")),
      paper(receipt, lang),
      element("details", {}, element("summary", {}, "JSON"), element("pre", { tabIndex: 0 }, ...colouredJson(text))),
      open,
    );
  }
}
