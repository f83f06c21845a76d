// @ts-check
// What build, encode and decode have in common: one receipt or many in, as many out, findings beside them.

import { files, receipts } from "./input.js";
import { Progress } from "./progress.js";
import { Report, isError, jsonLine } from "./report.js";
import { print } from "./terminal.js";

/** @typedef {import("./input.js").Given} Given */
/** `output` is what goes to standard output; none where there can be none. `notes` are for people, on standard error; `given` is what was looked at, where that is not what was given. */
/** @typedef {import("./report.js").Result & { output?: unknown, notes?: string[], given?: Given }} Made */

/** Whether a receipt is one of many. @param {Given} given */
export const isOfMany = ({ line, index }) => line !== undefined || index !== undefined;

/**
 * Does the work for all that a file holds; the exit status. Of many, each gives a line.
 * @param {import("./commands.js").Call} call
 * @param {(given: Given) => Made} work
 * @param {{ lists?: boolean }} [options] whether the elements of an array are many, too
 */
export async function each(call, work, { lists = true } = {}) {
  const { values, say } = call;
  const [file] = files(call);
  const report = new Report(process.stderr, say);
  const progress = new Progress(process.stderr, ({ all, found }) =>
    say("checking", { receipts: say("receipts", { n: all }), found }),
  );
  let status = 0;
  for await (const given of receipts(file, values.ndjson === true, lists)) {
    const made = work(given);
    const { output, notes = [], issues, omitted, given: seen = given } = made;
    report.count(made);
    progress.tick(report);
    // Known at once, should standard output close early.
    if (output === undefined || issues.some(isError)) process.exitCode = status = 1;
    if (issues.length || omitted || notes.length) progress.clear();
    if (issues.length || omitted) console.error(values.json ? jsonLine(file, seen, made) : report.receipt(file, seen, made));
    // The summary stands behind what it sums up.
    if (!isOfMany(given) && report.found && !values.json) console.error(report.summary());
    if (output !== undefined) await print(JSON.stringify(output, null, values.json || isOfMany(given) ? 0 : 2));
    for (const note of notes) console.error(`chek54: ${note}`);
  }
  progress.clear();
  if (report.all === 0) console.error(`chek54: ${say("none")}`);
  if (report.all > 1 && report.found && !values.json) console.error(report.summary());
  return status;
}
