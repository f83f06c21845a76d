// @ts-check
// How the receipt came of the order: line by line what was taken off, and the prices it ends in.

import { byId, element } from "./element.js";
import { add, grouped, negative } from "./money.js";
import { words } from "./words.js";

/** @typedef {import("../pkg/index.js").BuildOptions} BuildOptions */
/** @typedef {import("../pkg/index.js").Lang} Lang */
/** @typedef {import("../pkg/index.js").OrderLine} OrderLine */
/** @typedef {import("../pkg/index.js").Receipt} Receipt */

const MANY = 12;

export class Spread {
  #root = byId("spread", HTMLElement);
  #table = byId("spread-table", HTMLElement);
  #none = byId("no-spread", HTMLElement);
  #pricing = byId("pricing", HTMLSelectElement);

  /** @param {() => void} changed */
  constructor(changed) {
    this.#pricing.addEventListener("change", changed);
  }

  /** @returns {BuildOptions} */
  get options() {
    const { value } = this.#pricing;
    return { exactPrices: value === "exact", listPrices: value === "list" };
  }

  set options({ exactPrices, listPrices }) {
    this.#pricing.value = exactPrices ? "exact" : listPrices ? "list" : "net";
  }

  /** @param {Lang} lang */
  say(lang) {
    const labels = words[lang].pricings;
    for (const option of this.#pricing.options) {
      option.textContent = labels[/** @type {keyof typeof labels} */ (option.value)];
    }
  }

  /**
   * @param {boolean} isOrder
   * @param {Receipt | undefined} receipt
   * @param {OrderLine[] | undefined} lines
   * @param {Lang} lang
   */
  show(isOrder, receipt, lines, lang) {
    this.#root.hidden = !isOrder;
    this.#none.hidden = !!lines;
    this.#table.hidden = !lines;
    this.#table.replaceChildren(...(receipt && lines ? [paint(receipt, lines, lang)] : []));
  }
}

/** @param {Receipt} receipt @param {OrderLine[]} lines @param {Lang} lang */
function paint(receipt, lines, lang) {
  const said = words[lang];
  /** @type {["listed" | "own" | "shared" | "settled" | "amount", string, (sum: string) => string][]} */
  const all = [
    ["listed", said.listed, (sum) => sum],
    ["own", said.ownDiscount, off],
    ["shared", said.sharedDiscount, off],
    ["settled", said.settledDifference, off],
    ["amount", said.lineAmount, (sum) => sum],
  ];
  // A column of nothing says nothing.
  const columns = all.filter(([key]) => key === "listed" || key === "amount" || lines.some((line) => !isZero(line[key])));
  const cells = (/** @type {(key: typeof all[0][0]) => string} */ sumOf) =>
    columns.map(([key, , sign]) => {
      const sum = sumOf(key);
      return element("td", {}, isZero(sum) && key !== "amount" ? "—" : grouped(sign(sum)));
    });
  const title = (/** @type {string} */ name, /** @type {string} */ note) =>
    element(
      "th",
      { scope: "rowgroup", colSpan: columns.length },
      element("span", { className: "spread-name" }, name),
      " ",
      element("span", { className: "spread-prices" }, note),
    );
  const bodies = lines.map((line) => {
    const items = line.items.map((index) => receipt.items[index]);
    const prices = items.map(({ price, quantity }) => `${quantity} × ${grouped(price)}`).join(" + ");
    return element(
      "tbody",
      {},
      element("tr", {}, title(items[0]?.name ?? "", prices)),
      element("tr", {}, ...cells((key) => line[key])),
    );
  });
  const sums = element(
    "tfoot",
    {},
    element("tr", {}, title(said.inAll, "")),
    element("tr", {}, ...cells((key) => add(...lines.map((line) => line[key])))),
  );
  const head = element("tr", {}, ...columns.map(([, label]) => element("th", { scope: "col" }, label)));
  const table = element("table", { className: "spread-lines" }, element("thead", {}, head), ...bodies, sums);
  table.setAttribute("aria-labelledby", "spread-title");
  // A long or wide one scrolls, by keyboard too.
  const box = element("div", { className: lines.length > MANY ? "spread-box many" : "spread-box", role: "region", tabIndex: 0 }, table);
  box.setAttribute("aria-label", said.spread);
  return box;
}

/** What is taken off, with its sign; more may have been paid, too. @param {string} sum */
const off = (sum) => (sum.startsWith("-") ? `+${negative(sum)}` : negative(sum));

/** @param {string} sum */
const isZero = (sum) => sum === "0.00";
