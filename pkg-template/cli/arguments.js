// @ts-check
// From the words of a command line to a call that can be run.

import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { vocabulary } from "chek54";
import { COMMANDS, COMMAND_NAMES } from "./commands.js";
import { UsageError } from "./errors.js";
import { nearest } from "../spelling.js";

/** @typedef {import("./commands.js").CommandName} CommandName */
/** @typedef {keyof typeof OPTIONS} OptionName */
/** @typedef {{ name: CommandName, args: string[], values: Values }} Arguments */
/**
 * @typedef {{ [K in OptionName]?: (typeof OPTIONS)[K] extends { many: true } ? string[]
 *   : (typeof OPTIONS)[K] extends { value: string } ? string : boolean }} Values
 */

/**
 * Every option; its text is in words.js. `value` stands for its value in the help, a switch has none; what the value
 * can be is `one` of these, a word of the library's `list`, or `like` this; else the command or the library looks at it.
 * @typedef {{ value?: string, one?: readonly string[], list?: string, like?: RegExp, can?: string, many?: true,
 *   short?: string }} Option
 * @satisfies {Record<string, Option>}
 */
export const OPTIONS = /** @type {const} */ ({
  to: { value: "NAME", one: ["cloudkassir", "paybox", "paykeeper"] },
  from: { value: "NAME", one: ["cloudkassir", "paybox", "paykeeper", "fns", "tlv", "qr"] },
  provider: { value: "NAME" },
  "ck-version": { value: "VERSION" },
  ffd: { value: "VERSION", list: "ffd" },
  inn: { value: "INN" },
  "invoice-id": { value: "ID" },
  "account-id": { value: "ID" },
  "device-number": { value: "NUMBER" },
  form: { value: "FORM", one: ["payment", "capture", "refund", "separate"] },
  "merchant-id": { value: "ID" },
  "payment-id": { value: "ID" },
  "refund-id": { value: "ID" },
  amount: { value: "SUM", like: /^\d{1,12}(\.\d{1,2})?$/, can: "100, 99.90" },
  offset: {},
  "receipt-key": { value: "KEY" },
  "post-sale": {},
  opaque: { value: "FILE" },
  paid: { value: "SUM", like: /^\d{1,12}(\.\d{1,2})?$/, can: "100, 99.90" },
  discount: { value: "10%|SUM", like: /^\d{1,12}(\.\d{1,6})?%?$/, can: "10%, 99.90" },
  "exact-prices": {},
  "list-prices": {},
  body: { value: "FILE|-" },
  query: { value: "TEXT" },
  header: { value: "'NAME: VALUE'", many: true },
  script: { value: "NAME" },
  "secret-file": { value: "FILE" },
  secret: { value: "TEXT" },
  list: { value: "LIST" },
  "no-check": {},
  full: {},
  hex: {},
  svg: {},
  as: { value: "text|svg|html", one: ["text", "svg", "html"] },
  width: { value: "32|42|48", one: ["32", "42", "48"] },
  theme: { value: "light|dark|auto", one: ["light", "dark", "auto"] },
  port: { value: "N" },
  webhook: { value: "URL" },
  fault: { value: "KIND[:PATH][xN]", many: true },
  seed: { value: "N" },
  at: { value: "DATE" },
  mode: { value: "MODE" },
  severity: { value: "CODE=LEVEL", many: true },
  "max-issues": { value: "N" },
  ndjson: {},
  json: {},
  quiet: { short: "q" },
  lang: { value: "ru|en", one: ["ru", "en"] },
  help: { short: "h" },
  version: { short: "v" },
});
const OPTION_NAMES = /** @type {OptionName[]} */ (Object.keys(OPTIONS));
/** Of every command. */
export const COMMON_OPTIONS = /** @type {const} */ (["lang", "help", "version"]);

/** Known before all else, for messages about all else. @param {string[]} argv @returns {import("chek54").Lang} */
export function language(argv) {
  const given = argv.findLast((argument, at) => argument.startsWith("--lang=") || argv[at - 1] === "--lang");
  const wanted = given?.replace("--lang=", "");
  if (wanted === "ru" || wanted === "en") return wanted;
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  // Windows has none of them.
  const locale = LC_ALL || LC_MESSAGES || LANG || new Intl.NumberFormat().resolvedOptions().locale;
  return /^ru/i.test(locale) ? "ru" : "en";
}

/** @param {string[]} argv @returns {Arguments} */
export function parse(argv) {
  const options = Object.entries(/** @type {Record<string, Option>} */ (OPTIONS)).map(([name, { value, short }]) => {
    const type = /** @type {"string" | "boolean"} */ (value ? "string" : "boolean");
    return [name, short ? { type, short } : { type }];
  });
  // Not strict: parseArgs' own messages are in English only and suggest nothing.
  // A negative number is a code to be explained, no option.
  const isNumber = (/** @type {string} */ argument) => argv.includes("explain") && /^-\d+$/.test(argument);
  const numbers = argv.filter(isNumber);
  const all = numbers.length ? [...argv.filter((argument) => !isNumber(argument)), "--", ...numbers] : argv;
  const config = /** @type {const} */ ({ args: all, strict: false, allowPositionals: true, tokens: true });
  const { tokens } = parseArgs({ ...config, options: Object.fromEntries(options) });
  const [first, ...args] = tokens.flatMap((token) => (token.kind === "positional" ? [token.value] : []));
  const command = COMMAND_NAMES.find((name) => name === first);
  /** @type {Record<string, unknown>} */
  const given = {};
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const name = known(token.name, token.rawName, command);
    const { many } = /** @type {Option} */ (OPTIONS[name]);
    const value = valueOf(name, token, command);
    given[name] = many ? [.../** @type {unknown[]} */ (given[name] ?? []), value] : value;
  }
  const values = /** @type {Values} */ (given);
  // What stands before --help is a command, or was meant to be.
  if (values.help && (command || first === undefined)) {
    return { name: "help", args: command && command !== "help" ? [command] : args, values };
  }
  if (command) {
    const { most } = COMMANDS[command];
    if (args.length > most) throw new UsageError("tooMany", { command, extra: args[most] }, command);
    return { name: command, args, values };
  }
  if (values.version) return { name: "help", args: [], values };
  if (first === undefined) throw new UsageError("noCommand");
  const near = nearest(first, COMMAND_NAMES);
  throw new UsageError(!near && existsSync(first) ? "fileAsCommand" : "unknownCommand", { name: first, near });
}

/** @param {string} name @param {string} rawName @param {CommandName | undefined} command @returns {OptionName} */
function known(name, rawName, command) {
  const takes = (/** @type {CommandName} */ one) => [...COMMANDS[one].options, ...COMMON_OPTIONS];
  const own = command ? takes(command) : OPTION_NAMES;
  const found = OPTION_NAMES.find((option) => option === name);
  if (!found) {
    const near = nearest(name, own) ?? nearest(name, OPTION_NAMES);
    throw new UsageError("unknownOption", { name: rawName, near: near && `--${near}` }, command);
  }
  if (own.includes(found)) return found;
  const owners = COMMAND_NAMES.filter((one) => takes(one).includes(found)).join(", ");
  throw new UsageError("foreignOption", { name: rawName, command, owners }, command);
}

/**
 * @param {OptionName} name
 * @param {{ rawName: string, value?: string | undefined, inlineValue?: boolean | undefined }} token
 * @param {CommandName | undefined} command
 */
function valueOf(name, { rawName, value, inlineValue }, command) {
  const { value: wanted, one, list, like, can: examples } = /** @type {Option} */ (OPTIONS[name]);
  if (!wanted) {
    if (value !== undefined) throw new UsageError("takesNoValue", { name: rawName }, command);
    return true;
  }
  // What a signature or a secret begins with, nobody knows.
  const isFree = name === "secret" || name === "query";
  if (!value || (!inlineValue && !isFree && /^-./.test(value))) {
    throw new UsageError("needsValue", { name: rawName, value: wanted }, command);
  }
  const can = list ? vocabulary(list).map((row) => row.name) : one;
  if (like && !like.test(value)) {
    throw new UsageError("badValue", { name: rawName, value, can: examples }, command);
  }
  if (can && !can.includes(value)) {
    throw new UsageError("badValue", { name: rawName, value, can: can.join(", ") }, command);
  }
  return value;
}
