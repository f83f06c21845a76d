// @ts-check
import { ReceiptError, checkReceipt, encode as encoded } from "chek54";
import { UsageError } from "../errors.js";
import { files, only } from "../input.js";
import { pathText, placed } from "../place.js";
import { isError, tell } from "../report.js";
import { print } from "../terminal.js";
import { CHECK_OPTIONS, checkOptions } from "./check.js";

/** @typedef {import("chek54").Issue} Issue */
/** @typedef {import("../commands.js").Call} Call */

/** What else a body needs, and how it is said here. @type {Record<string, string | undefined>} */
const WANTED = { "seller.inn": "--inn INN", deviceNumber: "--device-number NUMBER" };

/** @type {import("../commands.js").Command} */
export const encode = {
  args: "[FILE|-] --to cloudkassir",
  most: 1,
  options: ["to", "inn", "invoice-id", "account-id", "device-number", "no-check", ...CHECK_OPTIONS, "full", "json"],
  async run(call) {
    const { name, values } = call;
    if (!values.to) throw new UsageError("needsOption", { command: name, option: "--to cloudkassir" }, name);
    const options = { ...checkOptions(call), provider: /** @type {const} */ ("cloudkassir") };
    const [file] = files(call);
    const given = await only(file);
    /** @type {import("../report.js").Result} */
    const found = values["no-check"] ? { ok: true, issues: [] } : checkReceipt(given.input, options);
    const { body, issues } = found.ok ? made(given.input, options.version, call) : { body: undefined, issues: [] };
    const all = placed(given, joined(found.issues, issues), call);
    tell(call, file, given, { ok: body !== undefined, issues: all, omitted: found.omitted });
    if (body !== undefined) await print(JSON.stringify(body, null, values.json ? 0 : 2));
    return body === undefined || all.some(isError) ? 1 : 0;
  },
};

/**
 * The body, if there can be one, and what is odd about it.
 * @param {string | Buffer} input
 * @param {import("chek54").CheckOptions["version"]} version
 * @param {Call} call
 */
function made(input, version, { values, lang, say }) {
  const { inn, "invoice-id": invoiceId, "account-id": accountId } = values;
  const settings = { version, inn, invoiceId, accountId, deviceNumber: values["device-number"], lang };
  try {
    const whole = encoded(input, "cloudkassir", settings);
    return { body: values.full ? whole : whole.body, issues: whole.losses };
  } catch (error) {
    if (!(error instanceof ReceiptError)) throw error;
    const issues = error.issues.map((/** @type {Issue} */ issue) => {
      const option = issue.code === "required" && WANTED[pathText(issue.path)];
      return option ? { ...issue, hint: say("sayOption", { option }) } : issue;
    });
    return { body: undefined, issues };
  }
}

/** Two lists of findings, what is in both once. @param {Issue[]} some @param {Issue[]} more */
function joined(some, more) {
  const key = (/** @type {Issue} */ { code, path, message }) => JSON.stringify([code, path, message]);
  const known = new Set(some.map(key));
  return [...some, ...more.filter((issue) => !known.has(key(issue)))];
}
