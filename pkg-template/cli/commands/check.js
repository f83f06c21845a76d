// @ts-check
import { checkReceipt, issueCodes } from "chek54";
import { CallError, UsageError } from "../errors.js";
import { files, receipts } from "../input.js";
import { placed } from "../place.js";
import { Report, jsonLine } from "../report.js";
import { nearest } from "../../spelling.js";
import { Progress } from "../progress.js";
import { print } from "../terminal.js";

/** @typedef {import("../commands.js").Call} Call */

/** Of every command that checks. */
export const CHECK_OPTIONS = /** @type {const} */ (["ck-version", "at", "severity", "max-issues"]);

/** @type {import("../commands.js").Command} */
export const check = {
  args: "[FILE|-]...",
  most: Infinity,
  options: ["provider", "mode", ...CHECK_OPTIONS, "ndjson", "json", "quiet"],
  examples: [
    "chek54 check receipt.json --provider cloudkassir",
    "chek54 check orders.ndjson --json > answers.ndjson",
  ],
  async run(call) {
    const { values, say } = call;
    const options = checkOptions(call);
    const report = new Report(process.stdout, say);
    const progress = new Progress(process.stderr, ({ all, found }) =>
      say("checking", { receipts: say("receipts", { n: all }), found }),
    );
    let status = 0;
    for (const file of files(call)) {
      try {
        for await (const given of receipts(file, values.ndjson === true)) {
          const { ok, issues, omitted } = checkReceipt(given.input, options);
          const result = { ok, issues: placed(given, issues, call), omitted };
          // Known at once, should standard output close early.
          if (!ok) process.exitCode = status ||= 1;
          report.count(result);
          progress.tick(report);
          if (values.quiet) continue;
          const text = values.json ? jsonLine(file, given, result) : report.receipt(file, given, result);
          if (text && process.stdout.isTTY) progress.clear();
          if (text) await print(text);
        }
      } catch (error) {
        if (!(error instanceof CallError)) throw error;
        progress.clear();
        console.error(`chek54: ${error.told(say)}`);
        process.exitCode = status = 2;
      }
    }
    progress.clear();
    if (!values.quiet && !values.json && (report.all || status !== 2)) await print(report.summary());
    return status;
  },
};

const LEVELS = ["error", "warning", "off"];

/** What the options of a call are in the library. @param {Call} call @returns {import("chek54").CheckOptions} */
export function checkOptions({ name, values, lang }) {
  const rows = issueCodes();
  /** @type {Record<string, string>} */
  const severity = {};
  for (const pair of values.severity ?? []) {
    const [code] = pair.split("=", 1);
    const level = pair.slice(code.length + 1);
    const row = rows.find((row) => row.code === code);
    if (!row) throw new UsageError("unknownCode", { code, near: nearest(code, rows.map(({ code }) => code)) }, name);
    if (row.fixed) throw new UsageError("fixedCode", { code }, name);
    if (!LEVELS.includes(level)) {
      throw new UsageError("badValue", { name: "--severity", value: pair, can: `${code}=${LEVELS.join("|")}` }, name);
    }
    severity[code] = level;
  }
  const { at, mode, provider, "ck-version": version, "max-issues": most } = values;
  if (most && !/^\d{1,6}$/.test(most)) {
    throw new UsageError("badValue", { name: "--max-issues", value: most, can: "0, 1, 2…" }, name);
  }
  const options = /** @type {import("chek54").CheckOptions} */ ({ lang, severity, at, mode, provider, version });
  // What a date, a provider or a version can be, the library knows.
  const refused = checkReceipt("{}", options).issues.find(({ code }) => code === "invalid_option")?.params;
  if (refused) {
    const option = /** @type {"at"} */ (refused.option === "version" ? "ck-version" : refused.option);
    throw new UsageError("badValue", { name: `--${option}`, value: values[option], can: refused.expected }, name);
  }
  return { ...options, maxIssues: most === undefined ? undefined : Number(most) };
}
