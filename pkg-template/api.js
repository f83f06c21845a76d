// @ts-check
import * as core from "../target/bindgen/chek54.js";
import { run } from "./engine.js";
import { ChekError, ReceiptError } from "./errors.js";
import { bytesOfHex, hexOf, textOf, valueText } from "./text.js";

export { ChekError, ReceiptError };

/** @typedef {typeof import("./index.js")} Api */

/** @type {number | undefined} */
let limit;
const maxInput = () => (limit ??= run(core.maxInput));

/**
 * A text with a byte order mark, which the reader passes over: wasm-bindgen copies a text sign by sign until the first
 * that is not ASCII, and the rest at once, four times faster.
 * @param {string} text
 */
const marked = (text) => `\uFEFF${text}`;

/** @type {Api["checkReceipt"]} */
export function checkReceipt(input, options) {
  const text = textOf(input, maxInput());
  const settings = valueText(dated(options), maxInput());
  const result = run(core.check, marked(text), settings);
  return result.ok ? withReceipt(result, () => JSON.parse(run(core.read, marked(text)))) : result;
}

/** @type {Api["parseReceipt"]} */
export function parseReceipt(input, options) {
  const result = checkReceipt(input, options);
  if (!result.ok) throw new ReceiptError(result.issues, result.omitted);
  return result.receipt;
}

/** @type {Api["receiptSchema"]} */
export const receiptSchema = {
  "~standard": {
    version: 1,
    vendor: "chek54",
    validate(value, options) {
      const result = checkReceipt(value, options?.libraryOptions);
      if (result.ok) return { value: result.receipt };
      const errors = result.issues.filter((issue) => issue.severity === "error");
      return { issues: errors.map(({ message, path }) => ({ message, path })) };
    },
  },
};

/** @type {Api["encode"]} */
export function encode(receipt, provider, options) {
  return convert(core.encode, textOf(receipt, maxInput()), word(provider, "provider"), options);
}

/** @type {Api["decode"]} */
export function decode(payload, from, options) {
  const text = from === "tlv" ? hexOf(payload, maxInput()) : textOf(payload, maxInput());
  return convert(core.decode, text, word(from, "from"), options);
}

/** @type {Api["receiptTags"]} */
export function receiptTags(receipt, options) {
  const text = marked(textOf(receipt, maxInput()));
  return settled(JSON.parse(run(core.receiptTags, text, valueText(options ?? {}, maxInput()))));
}

/** @type {Api["encodeTlv"]} */
export function encodeTlv(input) {
  return bytesOfHex(settled(run(core.encodeTlv, marked(textOf(input, maxInput())))));
}

/** @type {Api["decodeTlv"]} */
export function decodeTlv(bytes, options) {
  return settled(JSON.parse(run(core.decodeTlv, hexOf(bytes, maxInput()), valueText(options ?? {}, maxInput()))));
}

/** @type {Api["tag"]} */
export function tag(number) {
  return Number.isInteger(number) && number >= 0 && number <= 0xffff ? JSON.parse(run(core.tag, number)) : null;
}

/** @type {Api["tags"]} */
export function tags(options) {
  return settled(JSON.parse(run(core.tags, valueText(options ?? {}, maxInput()))));
}

/** @type {Api["vocabulary"]} */
export function vocabulary(list) {
  const rows = run(core.vocabulary, word(list, "list"));
  if (!rows) throw new ChekError("bad_argument", `vocabulary has no list "${list}"`);
  return rows;
}

/** @type {Api["vocabularyLists"]} */
export function vocabularyLists() {
  return run(core.vocabularyLists);
}

/** @type {Api["issueCodes"]} */
export function issueCodes() {
  return run(core.issueCodes);
}

/** @type {Api["inn"]} */
export function inn(text) {
  return run(core.inn, typeof text === "string" ? text : "");
}

/**
 * @param {typeof core.encode} f
 * @param {string} text
 * @param {string} form
 * @param {unknown} options
 */
function convert(f, text, form, options) {
  return settled(run(f, marked(text), form, valueText(options ?? {}, maxInput())));
}

/**
 * What a call ended in: its value, or an error.
 * @param {{ value: any } | { issues: any, omitted?: number } | { error: { code: string, message: string } }} outcome
 */
function settled(outcome) {
  if ("value" in outcome) return outcome.value;
  if ("issues" in outcome) throw new ReceiptError(outcome.issues, outcome.omitted);
  throw new ChekError(outcome.error.code, outcome.error.message);
}

/**
 * Options with the date that rules go by: today's in Moscow, where nothing else is said. Only this side has a clock.
 * @param {any} options
 */
function dated(options) {
  try {
    if (options != null && (typeof options !== "object" || options.at !== undefined)) return options;
    const moscow = new Date(Date.now() + 3 * 60 * 60 * 1000);
    return { ...options, at: moscow.toISOString().slice(0, 10) };
  } catch {
    return options;
  }
}

/**
 * The result of a good check. Its receipt is made when it is first read: asking only whether a receipt is right costs
 * no objects.
 * @param {any} found
 * @param {() => any} read
 */
function withReceipt({ ok, ...found }, read) {
  const result = { ok, receipt: undefined, ...found };
  const settle = (/** @type {unknown} */ value) => {
    Object.defineProperty(result, "receipt", { value, writable: true, enumerable: true, configurable: true });
    return value;
  };
  Object.defineProperty(result, "receipt", { get: () => settle(read()), set: settle });
  // console.log in Node would show an accessor only.
  return Object.defineProperty(result, Symbol.for("nodejs.util.inspect.custom"), { value: () => ({ ...result }) });
}

/** @param {unknown} value @param {string} name */
function word(value, name) {
  if (typeof value !== "string") throw new ChekError("bad_argument", `${name} has to be a string`);
  return value;
}
