// @ts-check
// What the library says of the text at hand: of a receipt that it is checked, of an order what becomes of it.

import { ReceiptError, checkReceipt, describeOrder, issueCodes } from "../pkg/index.js";

/** @typedef {import("../pkg/index.js").BuildOptions} BuildOptions */
/** @typedef {import("../pkg/index.js").Issue} Issue */
/** @typedef {import("../pkg/index.js").OrderLine} OrderLine */
/** @typedef {import("../pkg/index.js").Receipt} Receipt */
/**
 * @typedef {object} Answer
 * @property {boolean} ok
 * @property {Issue[]} issues at the places of the text
 * @property {number} [omitted]
 * @property {Receipt} [receipt] the one at hand; wrong ones too, where their fields can be read
 * @property {OrderLine[]} [lines] what was done to each line of an order
 */

/** @param {string} text @param {BuildOptions} options @returns {Answer} */
export function ofReceipt(text, options) {
  const { exactPrices, listPrices, ...rules } = options;
  const check = checkReceipt(text, rules);
  return { ...check, receipt: check.receipt ?? checkReceipt(text, tolerant()).receipt };
}

/** @param {string} text @param {BuildOptions} options @returns {Answer} */
export function ofOrder(text, options) {
  const { exactPrices, listPrices, ...rules } = options;
  try {
    const { receipt, lines } = describeOrder(text, options);
    const { issues, ...check } = checkReceipt(receipt, rules);
    return { ...check, issues: inOrder(issues, lines), receipt, lines };
  } catch (error) {
    if (!(error instanceof ReceiptError)) throw error;
    // A text that breaks off is read as a receipt as far as it goes: of an order only the break is true.
    const broken = error.issues.filter(({ code }) => code === "invalid_json");
    const issues = broken.length ? broken : error.issues;
    return { ok: false, issues, ...readable(text, { exactPrices, listPrices, ...tolerant() }) };
  }
}

/** The order with no rule applied. @param {string} text @param {BuildOptions} options */
function readable(text, options) {
  try {
    return describeOrder(text, options);
  } catch (error) {
    if (!(error instanceof ReceiptError)) throw error;
    return {};
  }
}

/** No rule but what fields have to be. @returns {BuildOptions} */
const tolerant = () => ({
  severity: Object.fromEntries(issueCodes().map(({ code }) => [code, /** @type {const} */ ("off")])),
  mode: "read",
});

/**
 * Findings of the receipt at the lines of the order that it is of; what several items of one line have, once.
 * @param {Issue[]} issues
 * @param {OrderLine[]} lines
 */
function inOrder(issues, lines) {
  const placed = issues.map((issue) => {
    const [list, index, ...rest] = issue.path;
    const line = list === "items" && lines.find(({ items }) => items.includes(Number(index)));
    if (!line) return issue;
    return { ...issue, path: line.item === null ? ["delivery", ...rest] : ["items", line.item, ...rest] };
  });
  return [...new Map(placed.map((issue) => [JSON.stringify(issue), issue])).values()];
}
