// @ts-check
// The receipt as its register would print it, as soon as it can be read, and what it comes to.

import "../pkg/element.js";
import { totals, vocabulary } from "../pkg/index.js";
import { byId, element } from "./element.js";
import { grouped } from "./money.js";
import { words } from "./words.js";

/** @typedef {import("../pkg/index.js").Lang} Lang */
/** @typedef {import("../pkg/index.js").Receipt} Receipt */

/** Says that the slip is the last that could be read. */
const STALE = "data-stale";

export class Slip {
  #paper = byId("paper", HTMLElement);
  #box = byId("paper-box", HTMLElement);
  #slip = element("chek-receipt");
  #none = byId("no-slip", HTMLElement);
  #rates = byId("rates", HTMLElement);
  #views = /** @type {HTMLButtonElement[]} */ ([...byId("views", HTMLElement).querySelectorAll("button")]);
  #told = "";

  constructor() {
    this.#paper.append(this.#slip);
    for (const view of this.#views) view.addEventListener("click", () => this.#view(view));
    this.#view(this.#views[0]);
  }

  /** @param {Receipt | undefined} receipt @param {Lang} lang */
  show(receipt, lang) {
    if (!receipt && lang !== this.#slip.lang) this.forget();
    this.#none.hidden = !!receipt || this.#told !== "";
    this.#box.toggleAttribute(STALE, !receipt && this.#told !== "");
    this.#box.hidden = !receipt && this.#told === "";
    if (!receipt) return;
    const told = JSON.stringify([receipt, lang]);
    if (told === this.#told) return;
    this.#told = told;
    this.#slip.lang = lang;
    this.#slip.receipt = receipt;
    this.#rates.replaceChildren(vatTable(receipt, lang));
  }

  /** What was shown is of another receipt than what comes. */
  forget() {
    this.#told = "";
  }

  /** @param {HTMLButtonElement} chosen */
  #view(chosen) {
    for (const view of this.#views) view.setAttribute("aria-pressed", String(view === chosen));
    this.#slip.setAttribute("as", chosen.dataset.as ?? "html");
    this.#paper.dataset.as = chosen.dataset.as;
  }
}

/** A word of a list as people say it. @param {string} list @param {string} name @param {Lang} lang */
export const label = (list, name, lang) => vocabulary(list).find((row) => row.name === name)?.[lang] ?? name;

/** A receipt on its paper. @param {Receipt} receipt @param {Lang} lang */
export function paper(receipt, lang) {
  const slip = element("chek-receipt", { lang });
  slip.receipt = receipt;
  return element("div", { className: "paper" }, slip);
}

/** @param {Receipt} receipt @param {Lang} lang */
function vatTable(receipt, lang) {
  const said = words[lang];
  const sums = totals(receipt);
  // Two ways are right; where they come to the same, one tells it.
  const differ = sums.vat.some(({ sum, sumByLines }) => sum !== sumByLines);
  const rates = sums.vat.map(({ vat, base, sum, sumByLines }) => {
    const cells = [base, ...[sum, ...(differ ? [sumByLines] : [])].map((vatSum) => (vat === "none" ? "—" : vatSum))];
    const name = element("th", { scope: "row" }, label("vat", vat, lang));
    return element("tr", {}, name, ...cells.map((sum) => element("td", {}, grouped(sum))));
  });
  const titles = [said.rate, said.base, ...(differ ? [said.vatOfSum, said.vatByLines] : [said.vat])];
  return element(
    "table",
    {},
    element("caption", {}, said.vatByRate),
    element("thead", {}, element("tr", {}, ...titles.map((title) => element("th", { scope: "col" }, title)))),
    element("tbody", {}, ...rates),
  );
}
