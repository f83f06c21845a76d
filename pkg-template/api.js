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
 * A text that leaves ASCII soon, if need be by a byte order mark, which the reader passes over: wasm-bindgen copies a
 * text sign by sign until the first that is not ASCII, and the rest at once, four times faster. A mark costs a copy.
 * @param {string} text
 */
const marked = (text) => (/[^\0-\x7f]/.test(text.slice(0, 500)) ? text : `\uFEFF${text}`);

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

/** @type {Api["buildReceipt"]} */
export function buildReceipt(order, options) {
  return describeOrder(order, options).receipt;
}

/** @type {Api["describeOrder"]} */
export function describeOrder(order, options) {
  return make("build", order, undefined, dated(options));
}

/** @type {Api["totals"]} */
export function totals(receipt) {
  return make("totals", receipt);
}

/** @type {Api["splitReceipt"]} */
export function splitReceipt(receipt, options) {
  return make("split", receipt, undefined, options);
}

/** @type {Api["refundReceipt"]} */
export function refundReceipt(receipt, options) {
  return make("refund", receipt, undefined, options?.earlier ? { ...options, earlier: texts(options.earlier) } : options);
}

/** @type {Api["captureReceipts"]} */
export function captureReceipts(hold, items, options) {
  return make("capture", hold, items, options);
}

/** @type {Api["settleReceipt"]} */
export function settleReceipt(prepaid, options) {
  return make("settle", texts(prepaid), undefined, dated(options));
}

/** @type {Api["correctReceipt"]} */
export function correctReceipt(wrong, right, options) {
  return make("correct", wrong ?? "null", right ?? "null", options);
}

// Functions with several signatures have them in index.d.ts.

/** @param {unknown} receipt @param {unknown} provider @param {unknown} [options] @returns {any} */
export function encode(receipt, provider, options) {
  return convert(core.encode, textOf(receipt, maxInput()), word(provider, "provider"), options);
}

/** @param {unknown} payload @param {unknown} from @param {unknown} [options] @returns {any} */
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

/** @type {Api["preview"]} */
export function preview(receipt, options) {
  const text = marked(textOf(receipt, maxInput()));
  return settled(JSON.parse(run(core.preview, text, valueText(options ?? {}, maxInput()))));
}

/** @type {Api["tag"]} */
export function tag(number) {
  return Number.isInteger(number) && number >= 0 && number <= 0xffff ? JSON.parse(run(core.tag, number)) : null;
}

/** @type {Api["tags"]} */
export function tags(options) {
  return settled(JSON.parse(run(core.tags, valueText(options ?? {}, maxInput()))));
}

/** @type {Api["diffReceipts"]} */
export function diffReceipts(sent, fiscal, options) {
  return convert(core.diff, textOf(sent, maxInput()), marked(textOf(fiscal, maxInput())), options);
}

/** @type {Api["explain"]} */
export function explain(provider, code, options) {
  if (typeof code !== "string" && typeof code !== "number") {
    throw new ChekError("bad_argument", "code has to be a string or a number");
  }
  return ask("explain", word(provider, "provider"), () => ({ ...options, code }));
}

/** @param {unknown} provider @param {unknown} [delivery] @returns {any} */
export function verifyNotification(provider, delivery) {
  return ask("verifyNotification", word(provider, "provider"), () => arrived(delivery));
}

/** @param {unknown} provider @param {unknown} [delivery] @returns {any} */
export function sign(provider, delivery) {
  return ask("sign", word(provider, "provider"), () => arrived(delivery));
}

/** @type {Api["parseNotification"]} */
export function parseNotification(provider, delivery) {
  return ask("parseNotification", word(provider, "provider"), () => arrived(delivery));
}

/** @param {unknown} provider @param {any} [options] @returns {any} */
export function notificationReply(provider, options) {
  const salted = () => (provider === "paybox" ? { ...options, salt: options?.salt ?? salt() } : options);
  return ask("notificationReply", word(provider, "provider"), salted);
}

/** Random letters and digits: what a signed answer has of its own. Only this side has randomness. */
function salt() {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => (byte % 36).toString(36)).join("");
}

/** @type {Api["payboxFlow"]} */
export function payboxFlow(scenario, options) {
  return ask("payboxFlow", word(scenario, "scenario"), () => options);
}

/** @type {Api["notificationSources"]} */
export function notificationSources(provider) {
  return ask("notificationSources", word(provider, "provider"), () => undefined);
}

/** @param {unknown} kind @param {unknown} [params] @returns {any} */
export function payKeeperQuery(kind, params) {
  return ask("payKeeperQuery", word(kind, "kind"), () => params);
}

/** @type {Api["parseMark"]} */
export function parseMark(text, options) {
  return ask("parseMark", code(text), () => options);
}

/** @type {Api["parseQr"]} */
export function parseQr(text, options) {
  return ask("parseQr", code(text), () => options);
}

/** @type {Api["formatQr"]} */
export function formatQr(parts) {
  return ask("formatQr", "", () => parts);
}

/** @type {Api["qrSvg"]} */
export function qrSvg(text, options) {
  return ask("qrSvg", code(text), () => options);
}

/** @type {Api["exchange"]} */
export function exchange(state, account, event, chance) {
  const text = typeof state === "string" ? state : valueText(state, 4 * maxInput());
  const random = chance?.random ?? hexOf(globalThis.crypto.getRandomValues(new Uint8Array(16)), 64);
  const [whom, what] = [account, event].map((value) => valueText(value, 2 * maxInput()));
  return settled(JSON.parse(run(core.exchange, text, whom, what, chance?.now ?? Date.now(), random)));
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

/** A list of receipts, those that are bytes as text. @param {any} list */
function texts(list) {
  const text = (/** @type {unknown} */ one) => (ArrayBuffer.isView(one) || one instanceof ArrayBuffer ? textOf(one, maxInput()) : one);
  return Array.isArray(list) ? list.map(text) : list;
}

/**
 * A receipt, or receipts, made of others; they come as text.
 * @param {string} call
 * @param {unknown} first
 * @param {unknown} [second]
 * @param {unknown} [options]
 */
function make(call, first, second, options) {
  const texts = [first, second ?? ""].map((input) => marked(textOf(input, maxInput())));
  return settled(JSON.parse(run(core.make, call, texts[0], texts[1], valueText(options ?? {}, maxInput()))));
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
 * The calls that wasm has behind one door.
 * @param {string} name
 * @param {string} provider
 * @param {() => unknown} given
 */
function ask(name, provider, given) {
  let settings;
  try {
    settings = given() ?? {};
  } catch (cause) {
    throw new ChekError("bad_argument", `what ${name} was given cannot be read: ${cause}`, { cause });
  }
  // A body as long as is read, and what stands beside it.
  return settled(run(core.ask, name, provider, valueText(settings, 2 * maxInput())));
}

/**
 * What came, with bytes as text and headers as an object, whatever a framework has them in.
 * @param {any} delivery
 */
function arrived(delivery) {
  const { body, headers, query, ...rest } = delivery;
  const isBytes = ArrayBuffer.isView(body) || body instanceof ArrayBuffer;
  return {
    ...rest,
    body: isBytes ? textOf(body, maxInput()) : plainFields(body),
    headers: plainFields(headers),
    query: typeof query?.entries === "function" ? String(query) : query,
  };
}

/** Headers, FormData, URLSearchParams and maps as objects. @param {any} fields */
function plainFields(fields) {
  const isEntries = typeof fields === "object" && typeof fields?.entries === "function" && !Array.isArray(fields);
  return isEntries ? Object.fromEntries(fields.entries()) : fields;
}

/**
 * What a call ended in: its value, or what it throws.
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

/** A text that may be as long as what is read. @param {unknown} text */
function code(text) {
  const value = word(text, "text");
  if (value.length > maxInput()) throw new ChekError("bad_argument", "the text is no code: it is too long");
  return value;
}

/** @param {unknown} value @param {string} name */
function word(value, name) {
  if (typeof value !== "string") throw new ChekError("bad_argument", `${name} has to be a string`);
  return value;
}
