// @ts-check
import { ReceiptError, describeOrder } from "chek54";
import { each } from "../each.js";
import { UsageError } from "../errors.js";
import { blankEnd, isJson, values as spans } from "../json.js";
import { placed } from "../place.js";
import { CHECK_OPTIONS, checkOptions } from "./check.js";

/** @typedef {import("../input.js").Given} Given */

/** @type {import("../commands.js").Command} */
export const build = {
  args: "[ORDER|-]",
  most: 1,
  options: ["paid", "discount", "exact-prices", "list-prices", "provider", ...CHECK_OPTIONS, "ndjson", "full", "json"],
  examples: ["chek54 build order.json --paid 1999.50", "chek54 build order.json | chek54 encode --to cloudkassir --inn 7708806062"],
  async run(call) {
    const { name, values } = call;
    if (values["exact-prices"] && values["list-prices"]) {
      throw new UsageError("notBoth", { one: "--exact-prices", other: "--list-prices" }, name);
    }
    const options = {
      ...checkOptions(call),
      exactPrices: values["exact-prices"] || undefined,
      listPrices: values["list-prices"] || undefined,
    };
    return each(call, (given) => {
      const order = said(said(given, "paid", values.paid), "discount", values.discount);
      try {
        const made = describeOrder(/** @type {string} */ (order.input), options);
        const issues = placed(order, made.issues, call);
        return { ok: true, issues, output: values.full ? made : made.receipt, given: order };
      } catch (error) {
        if (!(error instanceof ReceiptError)) throw error;
        return { ok: false, issues: placed(order, error.issues, call), given: order };
      }
    });
  },
};

/**
 * An order that says something else in one field. All else stays as it is written, numbers to their last digit.
 * @param {Given} given
 * @param {string} name
 * @param {string | undefined} value
 * @returns {Given}
 */
function said(given, name, value) {
  if (value === undefined) return given;
  // An element of an array has a text of its own.
  const text = typeof given.input === "string" ? given.input : given.text;
  const open = blankEnd(text, 0);
  // What is no object, the library says.
  if (text[open] !== "{" || !isJson(text.slice(open))) return given;
  const all = [...spans(text, open)];
  const at = all.findLastIndex(({ start, end }, index) => index % 2 === 0 && JSON.parse(text.slice(start, end)) === name);
  const written = JSON.stringify(value);
  const close = text.lastIndexOf("}");
  const { start, end } = at === -1 ? { start: close, end: close } : all[at + 1];
  const member = at === -1 ? `${all.length ? ", " : ""}"${name}": ${written}` : written;
  const changed = text.slice(0, start) + member + text.slice(end);
  return { ...given, input: changed, text: changed, base: 0 };
}
