// @ts-check
import { ChekError, ReceiptError, checkReceipt, encode as encoded } from "chek54";
import { each, isOfMany } from "../each.js";
import { CallError, UsageError } from "../errors.js";
import { only } from "../input.js";
import { isJson } from "../json.js";
import { pathText, placed } from "../place.js";
import { CHECK_OPTIONS, checkOptions } from "./check.js";

/** @typedef {import("chek54").Issue} Issue */
/** @typedef {import("../commands.js").Call} Call */

/** What each provider's body holds beside the receipt, by the option that says it. */
const SETTINGS = /** @type {const} */ ({
  cloudkassir: {
    "ck-version": "version",
    inn: "inn",
    "invoice-id": "invoiceId",
    "account-id": "accountId",
    "device-number": "deviceNumber",
  },
  paybox: {
    form: "form",
    "merchant-id": "merchantId",
    "payment-id": "paymentId",
    "refund-id": "refundId",
    amount: "amount",
    offset: "offset",
  },
  paykeeper: { "payment-id": "paymentId", "refund-id": "refundId", "receipt-key": "receiptKey", "post-sale": "postSale", opaque: "opaque" },
});
/** @typedef {keyof typeof SETTINGS} Provider */
const PROVIDERS = /** @type {Provider[]} */ (Object.keys(SETTINGS));
const OPTIONS = /** @type {import("../arguments.js").OptionName[]} */ ([
  ...new Set(PROVIDERS.flatMap((provider) => Object.keys(SETTINGS[provider]))),
]);

/** What else a body needs, and how it is said here. @type {Record<string, string | undefined>} */
const WANTED = {
  "seller.inn": "--inn INN",
  deviceNumber: "--device-number NUMBER",
  merchantId: "--merchant-id ID",
  paymentId: "--payment-id ID",
  refundId: "--refund-id ID",
  offset: "--offset",
};

/** What no two receipts have in common. */
const OF_ONE = /** @type {const} */ (["invoice-id", "payment-id", "refund-id", "receipt-key", "amount", "opaque"]);

/** @type {import("../commands.js").Command} */
export const encode = {
  args: "[FILE|-] --to NAME",
  most: 1,
  options: ["to", ...OPTIONS, "no-check", ...CHECK_OPTIONS.filter((name) => name !== "ck-version"), "ndjson", "full", "json"],
  examples: [
    "chek54 encode receipt.json --to cloudkassir --inn 7708806062 --invoice-id 1042",
    "chek54 encode receipt.json --to paybox --form payment --merchant-id 500 --amount 150",
  ],
  async run(call) {
    const { name, values } = call;
    if (!values.to) throw new UsageError("needsOption", { command: name, option: `--to ${PROVIDERS.join("|")}` }, name);
    const to = /** @type {Provider} */ (values.to);
    for (const option of OPTIONS.filter((option) => values[option] !== undefined && !(option in SETTINGS[to]))) {
      const owners = PROVIDERS.filter((provider) => option in SETTINGS[provider]).join(", ");
      throw new UsageError("foreignTo", { name: `--${option}`, to, owners }, name);
    }
    if (to === "paybox" && !values.form) throw new UsageError("needsOption", { command: `--to ${to}`, option: "--form FORM" }, name);
    const options = { ...checkOptions(call), provider: to };
    const opaque = values.opaque === undefined ? undefined : await own(values.opaque);
    return each(call, (given) => {
      const single = OF_ONE.find((option) => values[option] !== undefined);
      if (single && isOfMany(given)) throw new UsageError("ofOne", { name: `--${single}` }, name);
      /** @type {import("../report.js").Result} */
      const found = values["no-check"] ? { ok: true, issues: [] } : checkReceipt(given.input, options);
      const { body, issues } = found.ok ? made(given.input, to, call, opaque) : { body: undefined, issues: [] };
      const all = placed(given, joined(found.issues, issues), call);
      return { ok: body !== undefined, issues: all, omitted: found.omitted, output: body };
    });
  },
};

/**
 * The body, if there can be one, and what is odd about it.
 * @param {string | Buffer} input
 * @param {Provider} to
 * @param {Call} call
 * @param {unknown} opaque
 */
function made(input, to, { name, values, lang, say }, opaque) {
  const named = /** @type {[import("../arguments.js").OptionName, string][]} */ (Object.entries(SETTINGS[to]));
  const settings = Object.fromEntries(named.map(([option, setting]) => [setting, option === "opaque" ? opaque : values[option]]));
  const withOption = (/** @type {Issue} */ issue) => {
    const option = issue.code === "required" && WANTED[pathText(issue.path)];
    return option ? { ...issue, hint: say("sayOption", { option }) } : issue;
  };
  try {
    // Each provider has a signature of its own.
    const whole = encoded(input, /** @type {"paykeeper"} */ (to), /** @type {{}} */ ({ ...settings, lang }));
    return { body: values.full ? whole : whole.body, issues: whole.losses.map(withOption) };
  } catch (error) {
    if (error instanceof ChekError) throw new UsageError("failed", { why: error.message }, name);
    if (!(error instanceof ReceiptError)) throw error;
    return { body: undefined, issues: error.issues.map(withOption) };
  }
}

/** What a provider takes in JSON of its own. @param {string} file */
async function own(file) {
  const { text } = await only(file);
  if (!isJson(text.replace(/^\ufeff/, ""))) throw new CallError("notJson", { file });
  return JSON.parse(text.replace(/^\ufeff/, ""));
}

/** Two lists of findings, what is in both once. @param {Issue[]} some @param {Issue[]} more */
function joined(some, more) {
  const key = (/** @type {Issue} */ { code, path, message }) => JSON.stringify([code, path, message]);
  const known = new Set(some.map(key));
  return [...some, ...more.filter((issue) => !known.has(key(issue)))];
}
