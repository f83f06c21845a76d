// @ts-check
import * as core from "../target/bindgen/chek54.js";
import { run } from "./engine.js";
import { ChekError, ReceiptError } from "./errors.js";
import { textOf, valueText } from "./text.js";

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

/**
 * Overloaded, an option type a provider: index.d.ts.
 * @param {unknown} receipt
 * @param {unknown} provider
 * @param {unknown} [options]
 */
export function encode(receipt, provider, options) {
  return convert(core.encode, receipt, word(provider, "provider"), options);
}

/**
 * Overloaded too.
 * @param {unknown} payload
 * @param {unknown} from
 * @param {unknown} [options]
 */
export function decode(payload, from, options) {
  return convert(core.decode, payload, word(from, "from"), options);
}

/** @type {Api["sign"]} */
export function sign(provider, message) {
  return letter("sign", provider, message);
}

/** @type {Api["verifyNotification"]} */
export function verifyNotification(provider, message) {
  return letter("verify", provider, message);
}

/** @type {Api["parseNotification"]} */
export function parseNotification(provider, message) {
  return letter("parse", provider, message);
}

/** @type {Api["notificationReply"]} */
export function notificationReply(provider, options) {
  return letter("reply", provider, options);
}

/** @type {Api["payboxFlow"]} */
export function payboxFlow(options) {
  return value(run(core.payboxFlow, valueText(options ?? {}, maxInput())));
}

/**
 * A message to or from a provider: its body as text, whatever it came as, the rest as options.
 * @param {string} call
 * @param {string} provider
 * @param {any} message
 */
function letter(call, provider, message) {
  let body, options;
  try {
    // What the body looks like is told by itself.
    ({ body, ...options } = { ...message });
    delete options.contentType;
  } catch {
    throw new ChekError("bad_argument", "the message cannot be read");
  }
  const text = marked(textOf(body ?? "", maxInput()));
  const settings = valueText(options, maxInput());
  return value(run(core.letter, call, text, word(provider, "provider"), settings, salt()));
}

/** Random letters and digits: what a signed answer has of its own. Only this side has randomness. */
function salt() {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => (byte % 36).toString(36)).join("");
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
 * @param {unknown} input
 * @param {string} form
 * @param {unknown} options
 */
function convert(f, input, form, options) {
  const text = marked(textOf(input, maxInput()));
  const settings = valueText(options ?? {}, maxInput());
  return value(run(f, text, form, settings));
}

/**
 * What a call answered, or the error it ended in.
 * @param {{ value: any } | { issues: any, omitted?: number } | { error: { code: string, message: string } }} outcome
 */
function value(outcome) {
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
