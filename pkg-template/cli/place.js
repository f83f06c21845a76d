// @ts-check
// Where in the text a finding is: from its path, or from an offset, to what can be marked.

import { isUtf8 } from "node:buffer";
import { issueCodes } from "chek54";
import { blankEnd, isJson, values } from "./json.js";

/** @typedef {import("chek54").Issue} Issue */
/** @typedef {import("./input.js").Given} Given */
/** @typedef {import("./json.js").Span} Span */

/** `items[0].price` @param {Issue["path"]} path */
export function pathText(path) {
  return path.reduce((/** @type {string} */ text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    if (!/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key)) return `${text}[${JSON.stringify(key)}]`;
    return text ? `${text}.${key}` : key;
  }, "");
}

/** Line and column of the file, both from 1; columns are characters. @param {Given} given @param {number} at */
export function position({ text, line = 1 }, at) {
  let start = 0;
  for (let end; (end = text.indexOf("\n", start)) !== -1 && end < at; start = end + 1) line++;
  return { line, column: [...text.slice(start, at)].length + 1 };
}

/** Whether a finding is of a text that cannot be read further. @param {Issue["code"]} code */
const isBroken = (code) => code === "invalid_json" || code === "invalid_xml";

/**
 * The place that a finding is about, or of what lacks it; none where that is the whole receipt.
 * @param {Given} given
 * @param {Issue} issue
 * @returns {Span | undefined}
 */
export function spanOf(given, { path, code, params }) {
  const { text, base } = given;
  if (isBroken(code)) {
    const start = indexOf(text, params?.offset);
    return { start, end: start + 1 };
  }
  let start = blankEnd(text, base);
  for (const [depth, step] of path.entries()) {
    const child = childOf(given, start, step);
    if (!child) return depth === 0 ? undefined : { start, end: start + 1 };
    if (depth === path.length - 1) {
      if (child.key && (code === "unknown_field" || code === "duplicate_field")) return child.key;
      return "{[".includes(text[child.start]) ? { start: child.start, end: child.start + 1 } : child;
    }
    start = child.start;
  }
}

/** What was looked at for a receipt's other findings. @type {WeakMap<Given, Map<number, Span[]>>} */
const seen = new WeakMap();

/**
 * The element or member of what opens at a place; of members of the same name, the last.
 * @param {Given} given
 * @param {number} open
 * @param {string | number} step
 * @returns {Span & { key?: Span } | undefined}
 */
function childOf(given, open, step) {
  const { text } = given;
  if (text[open] !== (typeof step === "number" ? "[" : "{")) return;
  const lists = seen.get(given) ?? new Map();
  const list = lists.get(open) ?? [...values(text, open)];
  seen.set(given, lists.set(open, list));
  if (typeof step === "number") return list[step];
  const isKey = (/** @type {Span} */ { start, end }, /** @type {number} */ at) =>
    at % 2 === 0 && isJson(text.slice(start, end)) && JSON.parse(text.slice(start, end)) === step;
  const at = list.findLastIndex(isKey);
  return at === -1 ? undefined : { key: list[at], ...(list[at + 1] ?? list[at]) };
}

/** Where in a text a byte of its UTF-8 is. @param {string} text @param {string | undefined} offset */
function indexOf(text, offset) {
  return Buffer.from(text).toString("utf8", 0, Number(offset)).length;
}

/**
 * What may be wrong with a text that is no JSON from a place on.
 * @param {Given} given
 * @param {number} at
 * @param {import("./words.js").Say} say
 */
function hinted({ text, input }, at, say) {
  const before = text.slice(Math.max(at - 100, 0), at).trimEnd().slice(-1);
  const rest = text.slice(at, at + 100);
  /** @type {[boolean, import("./words.js").Text][]} */
  const known = [
    [text.trim() === "", "empty"],
    [/^(\0[^\0]|[^\0]\0){8}/.test(text), "utf16"],
    [text.slice(0, 1000).includes("\0"), "binary"],
    [typeof input !== "string" && !isUtf8(input), "notUtf8"],
    [rest.trim() === "", "brokenOff"],
    [/^['`«“”]/.test(rest), "otherQuotes"],
    [before === "," && /^[}\]]/.test(rest), "lastComma"],
    [/^(\/\/|\/\*|#)/.test(rest), "comment"],
    [rest.startsWith("<"), "isXml"],
    [/^["{[]/.test(rest) && /["\d}\]el]/.test(before), "missingComma"],
    [/^[\p{L}_]+\s*:/u.test(rest) && /[{,]/.test(before), "bareName"],
  ];
  const found = known.find(([is]) => is);
  return found && { hint: say(found[1]) };
}

/**
 * Findings with the lines and columns of the file, where the library said those of the receipt's own text.
 * @param {Given} given
 * @param {Issue[]} issues
 * @param {import("./commands.js").Call} call
 * @returns {Issue[]}
 */
export function placed(given, issues, { lang, say }) {
  return issues.map((issue) => {
    if (!isBroken(issue.code)) return issue;
    const { text, input, base } = given;
    const at = base + indexOf(typeof input === "string" ? input : text, issue.params?.offset);
    const { line, column } = position(given, at);
    const params = { offset: `${Buffer.byteLength(text.slice(0, at))}`, line: `${line}`, column: `${column}` };
    const template = issueCodes().find(({ code }) => code === issue.code)?.[lang] ?? issue.message;
    const message = template.replace("{line}", params.line).replace("{column}", params.column);
    return { ...issue, message, ...(issue.code === "invalid_json" && hinted(given, at, say)), params };
  });
}
