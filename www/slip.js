// @ts-check
// What the receipt comes to, as on a slip of paper.

import { vocabulary } from "../pkg/index.js";
import { byId, element } from "./element.js";
import { totals } from "./totals.js";
import { words } from "./words.js";

/** @typedef {import("../pkg/index.js").Lang} Lang */
/** @typedef {import("../pkg/index.js").Receipt} Receipt */

const PAYMENTS = /** @type {const} */ (["cash", "electronic", "prepaid", "credit", "provision"]);
const MANY = 6;

export class Slip {
  #root = byId("slip", HTMLElement);
  #none = byId("no-totals", HTMLElement);
  #told = "";

  /** @param {Receipt | undefined} receipt @param {Lang} lang */
  show(receipt, lang) {
    const told = JSON.stringify([receipt, lang]);
    if (told === this.#told) return;
    this.#told = told;
    this.#none.hidden = !!receipt;
    this.#root.hidden = !receipt;
    if (receipt) this.#root.replaceChildren(...paint(receipt, lang));
  }
}

/** Digits in groups of three. @param {unknown} amount */
const grouped = (amount) => String(amount).replace(/\B(?=(\d{3})+(?=\.))/g, "\u202f");

/** @param {string} list @param {string} name @param {Lang} lang */
const label = (list, name, lang) => vocabulary(list).find((row) => row.name === name)?.[lang] ?? name;

/** @param {Receipt} receipt @param {Lang} lang */
function paint(receipt, lang) {
  const said = words[lang];
  const sums = totals(receipt);
  const row = (/** @type {string} */ left, /** @type {string} */ right, className = "") =>
    element("p", { className: `slip-row ${className}` }, element("span", {}, left), element("span", {}, right));
  const head = element(
    "div",
    { className: "slip-head" },
    element("p", {}, label("operation", receipt.operation, lang)),
    element("p", { className: "slip-note" }, said.notFiscal),
  );
  const lines = receipt.items.map(({ name, quantity, price, vat }, index) => {
    const { amount, sum } = sums.items[index];
    const rate = label("vat", vat, lang);
    return element(
      "li",
      {},
      element("p", {}, name),
      row(`${quantity} × ${grouped(price)}`, grouped(amount)),
      sum === null ? row(rate, "", "slip-vat") : row(said.ofVat(rate), grouped(sum), "slip-vat"),
    );
  });
  const payments = PAYMENTS.filter((name) => receipt.payments[name] !== undefined).map((name) =>
    row(said[name], grouped(receipt.payments[name])),
  );
  const cell = (/** @type {string | null} */ sum) => element("td", {}, sum === null ? "—" : grouped(sum));
  const rates = sums.vat.map(({ vat, base, sum, sumByLines }) =>
    element("tr", {}, element("th", { scope: "row" }, label("vat", vat, lang)), cell(base), cell(sum), cell(sumByLines)),
  );
  const titles = [said.rate, said.base, said.vatOfSum, said.vatByLines];
  const table = element(
    "table",
    {},
    element("caption", {}, said.vatByRate),
    element("thead", {}, element("tr", {}, ...titles.map((title) => element("th", { scope: "col" }, title)))),
    element("tbody", {}, ...rates),
  );
  const list = element("ol", { className: "slip-lines" }, ...lines);
  list.setAttribute("aria-label", said.items);
  // A long list scrolls, by keyboard too.
  if (lines.length > MANY) list.tabIndex = 0;
  return [
    head,
    list,
    row(said.total, grouped(sums.total), "slip-total"),
    ...payments,
    table,
  ];
}
