// @ts-check
import { decode as decoded } from "chek54";
import { OPTIONS } from "../arguments.js";
import { each } from "../each.js";
import { UsageError } from "../errors.js";
import { pathText, placed } from "../place.js";
import { isError } from "../report.js";
import { checkOptions } from "./check.js";

/** @type {import("../commands.js").Command} */
export const decode = {
  args: "[FILE|-] --from NAME",
  most: 1,
  options: ["from", "ffd", "ck-version", "ndjson", "full", "json"],
  examples: [
    "chek54 decode answer.json --from cloudkassir",
    "chek54 decode answer.json --from paykeeper | chek54 preview",
  ],
  async run(call) {
    const { name, values, say } = call;
    if (!values.from) {
      throw new UsageError("needsOption", { command: name, option: `--from ${OPTIONS.from.one.join("|")}` }, name);
    }
    const { lang, version } = checkOptions(call);
    const ffd = /** @type {import("chek54").Ffd | undefined} */ (values.ffd);
    // Each source has a signature of its own.
    const from = /** @type {"cloudkassir"} */ (values.from);
    const work = (/** @type {import("../input.js").Given} */ given) => {
      // The bytes of a document, or their hex or base64.
      const isText = values.from === "tlv" && /^[\s\w+/=-]*$/.test(given.text);
      const whole = decoded(isText ? given.text.trim() : given.input, from, { ffd, version, lang });
      const issues = placed(given, whole.issues, call);
      const ok = !issues.some(isError);
      const { receipt, receipts, envelope, extra } = whole;
      const output = values.full ? whole : Object.keys(receipt).length ? (receipts ?? receipt) : undefined;
      const notes = output || !ok ? [] : [say("noReceipt")];
      const besides = [...Object.keys(envelope), ...extra.map(({ path }) => pathText(path))];
      if (besides.length && !values.full) notes.push(say("besides", { parts: besides.join(", ") }));
      return { ok, issues, output, notes };
    };
    // A list is the library's to take apart.
    return each(call, work, { lists: false });
  },
};
