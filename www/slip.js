// @ts-check
// What the receipt comes to, as on a slip of paper.

import { totals, vocabulary } from "../pkg/index.js";
import { byId, element } from "./element.js";
import { grouped } from "./money.js";
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

/** A word of a list as people say it. @param {string} list @param {string} name @param {Lang} lang */
export const label = (list, name, lang) => vocabulary(list).find((row) => row.name === name)?.[lang] ?? name;

/** What stands on it. @param {Receipt} receipt @param {Lang} lang */
export function paint(receipt, lang) {
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
  const lines = receipt.items.map(({ name, quantity, price, amount, vat }, index) => {
    const rate = label("vat", vat, lang);
    return element(
      "li",
      {},
      element("p", {}, name),
      row(`${quantity} × ${grouped(price)}`, grouped(amount)),
      vat === "none" ? row(rate, "", "slip-vat") : row(said.ofVat(rate), grouped(sums.items[index].vat), "slip-vat"),
    );
  });
  const payments = PAYMENTS.filter((name) => receipt.payments[name] !== undefined).map((name) =>
    row(said[name], grouped(receipt.payments[name])),
  );
  // Two ways are right; where they come to the same, one tells it.
  const differ = sums.vat.some(({ sum, sumByLines }) => sum !== sumByLines);
  const rates = sums.vat.map(({ vat, base, sum, sumByLines }) => {
    const cells = [base, ...[sum, ...(differ ? [sumByLines] : [])].map((vatSum) => (vat === "none" ? "—" : vatSum))];
    const name = element("th", { scope: "row" }, label("vat", vat, lang));
    return element("tr", {}, name, ...cells.map((sum) => element("td", {}, grouped(sum))));
  });
  const titles = [said.rate, said.base, ...(differ ? [said.vatOfSum, said.vatByLines] : [said.vat])];
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
