// @ts-check
// Findings as they are shown: to people, with the place in the text, and as lines of JSON.

import { pathText, position, spanOf } from "./place.js";
import { columns, cut, visible } from "./terminal.js";

/** @typedef {import("chek54").Issue} Issue */
/** @typedef {import("./input.js").Given} Given */
/** @typedef {{ ok: boolean, issues: Issue[], omitted?: number }} Result */

const STYLES = { bold: 1, dim: 2, error: 31, warning: 33, fine: 32 };

/** @param {Issue} issue */
export function isError({ severity }) {
  return severity === "error";
}

/** @param {string} file @param {Given} given @param {Result} result */
export function jsonLine(file, { line, index }, { ok, issues, omitted }) {
  return JSON.stringify({ file, line, index, ok, issues, omitted });
}

export class Report {
  all = 0;
  /** Receipts with findings. */
  found = 0;
  errors = 0;
  warnings = 0;
  hidden = 0;

  /** @param {NodeJS.WriteStream} stream @param {import("./words.js").Say} say */
  constructor(stream, say) {
    const { FORCE_COLOR: forced } = process.env;
    this.colours = forced === undefined ? stream.isTTY && stream.hasColors() : !/^(0|false)$/.test(forced);
    this.width = Math.max(stream.columns || 120, 40);
    this.say = say;
  }

  /** @param {keyof typeof STYLES} style @param {string} text */
  paint(style, text) {
    return this.colours ? `\x1b[${STYLES[style]}m${text}\x1b[0m` : text;
  }

  /** Counts a receipt. @param {Result} result */
  count({ issues, omitted = 0 }) {
    const errors = issues.filter(isError).length;
    this.all++;
    this.errors += errors;
    this.warnings += issues.length - errors;
    this.hidden += omitted;
    if (issues.length + omitted > 0) this.found++;
  }

  /**
   * Shows the findings of a receipt; nothing where there are none.
   * @param {string} file
   * @param {Given} given
   * @param {Result} result
   */
  receipt(file, given, { issues, omitted = 0 }) {
    if (issues.length + omitted === 0) return "";
    const { line, index } = given;
    const place = line !== undefined ? `:${line}` : index !== undefined ? ` [${index}]` : "";
    const title = this.paint("bold", `${file === "-" ? this.say("stdin") : visible(file)}${place}`);
    const blocks = issues.map((issue) => this.issue(given, issue));
    if (omitted) blocks.push(`  ${this.paint("dim", this.say("omitted", { n: omitted }))}\n`);
    return [title, ...blocks].join("\n");
  }

  /** @param {Given} given @param {Issue} issue */
  issue(given, issue) {
    const { severity, path, code, tag, message, hint } = issue;
    const sign = this.paint(severity, severity === "error" ? "✗" : "!");
    const place = path.length ? `${this.paint("bold", visible(pathText(path)))}  ` : "";
    const rule = this.paint("dim", tag ? `${code}, ${this.say("tag", { tag })}` : code);
    const texts = [message, hint].flatMap((text) => (text ? [`    ${visible(text)}`] : []));
    return [`  ${sign} ${place}${rule}`, ...texts, ...this.excerpt(given, issue), ""].join("\n");
  }

  /** The line of a finding, with a mark under its place. @param {Given} given @param {Issue} issue */
  excerpt(given, issue) {
    const { text } = given;
    const span = spanOf(given, issue);
    if (!span || text.trim() === "") return [];
    const { start } = span;
    const from = text.lastIndexOf("\n", start - 1) + 1;
    const end = text.indexOf("\n", start);
    const to = end === -1 ? text.length : end;
    const line = String(position(given, start).line);
    const room = this.width - line.length - 10;
    const plain = (/** @type {number} */ a, /** @type {number} */ b) =>
      visible(text.slice(Math.max(a, from), Math.min(b, to)).replace(/[\t\r]/g, " "));
    // The whole line where there is room; else what is marked, with something around it.
    const rest = plain(start, start + room + 1).trimEnd();
    const first = Math.max(from, start - Math.max(Math.floor(room / 3), room - columns(rest)));
    const before = plain(first, start).trimStart();
    const behind = cut(rest, room - columns(before));
    const mark = cut(plain(start, span.end), columns(behind));
    const [left, right] = [first > from ? "…" : "", behind === rest ? "" : "…"];
    const gutter = (/** @type {string} */ text) => this.paint("dim", `    ${text} |`);
    const carets = this.paint(issue.severity, "^".repeat(Math.max(columns(mark), 1)));
    return [
      `${gutter(line)} ${left}${before}${behind}${right}`,
      `${gutter(" ".repeat(line.length))} ${" ".repeat(columns(left + before))}${carets}`,
    ];
  }

  summary() {
    const { say, all, found, errors, warnings, hidden } = this;
    if (all === 0) return say("none");
    if (found === 0) return this.paint("fine", say("fine", { receipts: say("receipts", { n: all }) }));
    const parts = [
      errors && this.paint("error", say("errors", { n: errors })),
      warnings && this.paint("warning", say("warnings", { n: warnings })),
      hidden && say("hidden", { n: hidden }),
    ];
    return parts.filter(Boolean).join(", ") + (all > 1 ? say("among", { n: all, found }) : "");
  }
}

/**
 * Findings beside what standard output is for.
 * @param {import("./commands.js").Call} call
 * @param {string} file
 * @param {Given} given
 * @param {Result} result
 */
export function tell({ values, say }, file, given, result) {
  if (result.issues.length === 0 && !result.omitted) return;
  const report = new Report(process.stderr, say);
  if (values.json) console.error(jsonLine(file, given, result));
  else {
    report.count(result);
    console.error(`${report.receipt(file, given, result)}\n${report.summary()}`);
  }
}
