// @ts-check
// Where in the text a finding is: from its path, or from an offset, to what can be marked.

import { issueCodes } from "chek54";
import { blankEnd, children } from "./json.js";

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
export function position({ text, line: first = 1 }, at) {
  const before = text.slice(0, at);
  const start = before.lastIndexOf("\n") + 1;
  let line = first;
  for (let end = -1; (end = before.indexOf("\n", end + 1)) !== -1; ) line++;
  return { line, column: [...before.slice(start)].length + 1 };
}

/**
 * The place that a finding is about, or of what lacks it; none where that is the whole receipt.
 * @param {Given} given
 * @param {Issue} issue
 * @returns {Span | undefined}
 */
export function spanOf(given, { path, code, params }) {
  const { text, base } = given;
  if (code === "invalid_json") {
    const start = indexOf(text, Number(params?.offset));
    return { start, end: start + 1 };
  }
  let start = blankEnd(text, base);
  for (const [depth, step] of path.entries()) {
    const child = childrenAt(given, start).findLast(({ name }) => name === step);
    if (!child) return depth === 0 ? undefined : { start, end: start + 1 };
    if (depth === path.length - 1) {
      const { key, end } = child;
      if (key && (code === "unknown_field" || code === "duplicate_field")) return key;
      return { start: child.start, end: "{[".includes(text[child.start] ?? " ") ? child.start + 1 : end };
    }
    start = child.start;
  }
}

/** What was looked at for a receipt's other findings. @type {WeakMap<Given, Map<number, ReturnType<typeof list>>>} */
const seen = new WeakMap();

/** @param {Given} given @param {number} at */
function childrenAt(given, at) {
  const lists = seen.get(given) ?? new Map();
  seen.set(given, lists);
  if (!lists.has(at)) lists.set(at, list(given.text, at));
  return /** @type {ReturnType<typeof list>} */ (lists.get(at));
}

/** @param {string} text @param {number} at */
function list(text, at) {
  return text[at] === "{" || text[at] === "[" ? [...children(text, at)] : [];
}

/** Where in a text a byte of its UTF-8 is. @param {string} text @param {number} offset */
function indexOf(text, offset) {
  return Buffer.from(text).toString("utf8", 0, offset).length;
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
    if (issue.code !== "invalid_json") return issue;
    const { text, input, base } = given;
    const at = base + indexOf(typeof input === "string" ? input : text, Number(issue.params?.offset));
    const { line, column } = position(given, at);
    const params = { offset: `${Buffer.byteLength(text.slice(0, at))}`, line: `${line}`, column: `${column}` };
    const template = issueCodes().find(({ code }) => code === "invalid_json")?.[lang] ?? "";
    const message = template.replace("{line}", params.line).replace("{column}", params.column);
    return { ...issue, message, ...(text.trim() === "" && { hint: say("empty") }), params };
  });
}
