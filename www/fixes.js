// @ts-check
// What puts a finding right, where only one thing can be meant: the text with that change, and all else as it was.

import { buildReceipt, parseMark } from "../pkg/index.js";
import { layOut, once, parse, put, remove, rename, valueAt } from "./json.js";
import { add, negative } from "./money.js";

/** @typedef {import("../pkg/index.js").Issue} Issue */
/** @typedef {import("./json.js").Path} Path */
/** @typedef {import("./json.js").Place} Place */
/**
 * @typedef {object} Fix
 * @property {keyof import("./words.js").Words["fixes"]} word what it is
 * @property {string} value what it makes of it
 * @property {(text: string) => string} apply the whole text with the change
 */

const SUM = /^\d+(\.\d{1,2})?$/;

/**
 * What puts a finding right; undefined where it is not certain.
 * @param {Issue} issue
 * @param {string} text that it is of
 * @param {boolean} isOrder whether that is an order, and no receipt yet
 * @returns {Fix | undefined}
 */
export function fixOf(issue, text, isOrder) {
  const root = parse(text);
  const { code, path, params } = issue;
  if (!root) return undefined;
  return FIXES[code]?.({ path, params: params ?? {}, severity: issue.severity, root, text, isOrder });
}

/**
 * The text with all put right that was found and can be, and how many changes that took. What they uncover is left to
 * another look: nobody has seen it yet.
 * @param {string} text
 * @param {(text: string) => Issue[]} find
 * @param {boolean} isOrder
 */
export function fixAll(text, find, isOrder) {
  let changes = 0;
  const apply = (/** @type {Issue} */ issue) => {
    const changed = fixOf(issue, text, isOrder)?.apply(text) ?? text;
    if (changed !== text) changes += 1;
    text = changed;
  };
  const certain = (/** @type {string} */ text) => find(text).filter((issue) => fixOf(issue, text, isOrder));
  const isPayment = (/** @type {Issue} */ { code }) => code === "payments_mismatch";
  const found = certain(text);
  // From the end, so that the places before stay where they are; each anew, as the one before may have changed it.
  for (const issue of found.filter((issue) => !isPayment(issue)).toReversed()) apply(issue);
  // What is paid comes last: it goes by the sums.
  if (found.some(isPayment)) certain(text).filter(isPayment).forEach(apply);
  return { text, changes };
}

/**
 * @typedef {object} Found
 * @property {Path} path
 * @property {Record<string, string>} params
 * @property {Issue["severity"]} severity
 * @property {Place} root
 * @property {string} text
 * @property {boolean} isOrder
 */

/** @type {Partial<Record<Issue["code"], (found: Found) => Fix | undefined>>} */
const FIXES = {
  invalid_value: (found) => suggested(found, "set"),
  invalid_type: (found) => suggested(found, "set"),
  invalid_format: (found) => suggested(found, "set"),
  not_encodable: (found) => suggested(found, "set"),
  invalid_scale: ({ path, params: { suggestion }, root }) =>
    suggestion === undefined ? undefined : putting("round", path, like(root, path, suggestion), suggestion),
  vat_not_in_force: rate,
  vat_not_calculated: rate,
  unknown_field: named,
  duplicate_field: ({ path, root }) => {
    const twice = valueAt(root, path.slice(0, -1))?.members.filter(({ key }) => key === path.at(-1)) ?? [];
    if (twice.length < 2) return undefined;
    return { word: "once", value: String(path.at(-1)), apply: (text) => once(text, path) };
  },
  too_long: trimmed,
  value_truncated: trimmed,
  empty_text: ({ path, root }) =>
    valueAt(root, path) && { word: "drop", value: String(path.at(-1)), apply: (text) => remove(text, path) },
  amount_mismatch: spread,
  payments_mismatch: paid,
  mark_separator: ({ path, params, root }) => {
    const place = valueAt(root, path);
    if (params.places === undefined || place?.kind !== "string") return undefined;
    return putting("separator", path, JSON.stringify(parseMark(place.text).raw), params.places);
  },
  mark_unexpected: ({ path, params: { suggestion }, root }) => {
    const object = [...path.slice(0, -1), "object"];
    if (suggestion === undefined || !valueAt(root, path)) return undefined;
    return putting("object", object, suggestion, JSON.parse(suggestion));
  },
  mark_invalid: ({ path, params }) =>
    /^unit .* ≠ "piece"$/.test(params.what ?? "")
      ? putting("unit", [...path.slice(0, 2), "unit"], '"piece"', "piece")
      : undefined,
};

/** @param {Fix["word"]} word @param {Path} path @param {string} json @param {string} value @returns {Fix} */
const putting = (word, path, json, value) => ({ word, value, apply: (text) => put(text, path, json) });

/**
 * A decimal as the value before it was written: bare, or in quotes.
 * @param {Place} root
 * @param {Path} path
 * @param {string} decimal
 */
const like = (root, path, decimal) => (valueAt(root, path)?.kind === "number" ? decimal : JSON.stringify(decimal));

/**
 * What the library takes to be meant: a text in quotes, nothing in it escaped, or else JSON.
 * @param {Found} found
 * @param {Fix["word"]} word
 */
function suggested({ path, params: { suggestion }, root }, word) {
  if (suggestion === undefined || !valueAt(root, path)) return undefined;
  const json = suggestion.startsWith('"') ? JSON.stringify(suggestion.slice(1, -1)) : suggestion;
  return parse(json) ? putting(word, path, json, suggestion.replace(/^"(.*)"$/, "$1")) : undefined;
}

/** @param {Found} found */
function rate({ path, params: { suggestion }, root }) {
  return suggestion !== undefined && valueAt(root, path)
    ? putting("vat", path, JSON.stringify(suggestion), suggestion)
    : undefined;
}

/** A misspelt field by its name, a misplaced one where the model has it. @param {Found} found @returns {Fix | undefined} */
function named({ path, params: { suggestion, place }, root, text }) {
  const found = valueAt(root, path);
  if (!found) return undefined;
  if (suggestion !== undefined) {
    if (valueAt(root, [...path.slice(0, -1), suggestion])) return undefined;
    return { word: "rename", value: suggestion, apply: (text) => rename(text, path, suggestion) };
  }
  const to = place && /^[\w.]+$/.test(place) ? place.split(".") : undefined;
  if (!to || path.length !== 1 || valueAt(root, to)) return undefined;
  const json = text.slice(found.start, found.end);
  return { word: "move", value: place, apply: (text) => put(remove(text, path), to, json) };
}

/** As many signs as there is room for. @param {Found} found */
function trimmed({ path, params: { max }, root }) {
  const place = valueAt(root, path);
  if (place?.kind !== "string" || max === undefined) return undefined;
  const short = Array.from(place.text).slice(0, Number(max)).join("").trimEnd();
  return putting("trim", path, JSON.stringify(short), max);
}

/**
 * The sum stays, and the price becomes what it makes: one price, or a line for each of two.
 * @param {Found} found
 * @returns {Fix | undefined}
 */
function spread({ path, params: { amount, expected, suggestion }, root, text, isOrder }) {
  const line = path.slice(0, -1);
  const price = /^price: "(.*)"$/.exec(suggestion ?? "")?.[1];
  if (price !== undefined) return putting("price", [...line, "price"], like(root, [...line, "price"], price), price);
  const item = valueAt(root, line);
  if (isOrder || !item || line[0] !== "items" || !SUM.test(amount ?? "") || !SUM.test(expected ?? "")) return undefined;
  const lines = priced(text.slice(item.start, item.end), add(expected, negative(amount)));
  if (!lines) return undefined;
  return { word: "lines", value: amount, apply: (text) => instead(text, line, lines) };
}

/** The lines that make up a sum that no single price gives. @param {string} source of the line @param {string} discount */
function priced(source, discount) {
  const { amount, ...rest } = JSON.parse(source);
  const { price, quantity } = rest;
  const order = { operation: "income", items: [{ name: "-", price, quantity, vat: "none", discount: { amount: discount } }] };
  try {
    return buildReceipt(/** @type {import("../pkg/index.js").Order} */ (order)).items.map((line) => ({
      ...rest,
      ...{ price: line.price, quantity: line.quantity, amount: line.amount },
    }));
  } catch {
    return undefined;
  }
}

/** @param {string} text @param {Path} path @param {object[]} lines */
const instead = (text, path, lines) => {
  const place = valueAt(parse(text), path);
  const json = lines.map((line) => layOut(line, "    ")).join(",\n    ");
  return place ? text.slice(0, place.start) + json + text.slice(place.end) : text;
};

/** The one payment becomes the total; of several, the electronic one takes the difference. @param {Found} found */
function paid({ path, params: { total, difference }, severity, root, isOrder }) {
  const payments = path.join() === "payments" ? valueAt(root, path)?.members : undefined;
  // Cash may be above the total: that is its change.
  if (!payments || isOrder || severity !== "error" || total === undefined || difference === undefined) return undefined;
  const given = payments.filter(({ value }) => value.text !== "null");
  const changed = given.length === 1 ? given[0] : given.find(({ key }) => key === "electronic");
  if (!changed || !SUM.test(changed.value.text)) return undefined;
  const [whole, part = ""] = changed.value.text.split(".");
  const sum = given.length === 1 ? total : add(`${whole}.${part.padEnd(2, "0")}`, negative(difference));
  if (sum.startsWith("-") || sum === "0.00") return undefined;
  const at = [...path, changed.key];
  return putting("pay", at, like(root, at, sum), sum);
}
