// @ts-check
import { decode as decoded } from "chek54";
import { OPTIONS } from "../arguments.js";
import { UsageError } from "../errors.js";
import { files, only } from "../input.js";
import { pathText, placed } from "../place.js";
import { isError, tell } from "../report.js";
import { print } from "../terminal.js";
import { checkOptions } from "./check.js";

/** @type {import("../commands.js").Command} */
export const decode = {
  args: "[FILE|-] --from NAME",
  most: 1,
  options: ["from", "ffd", "ck-version", "full", "json"],
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
    const [file] = files(call);
    const given = await only(file);
    const ffd = /** @type {import("chek54").Ffd | undefined} */ (values.ffd);
    // The bytes of a document, or their hex or base64.
    const isText = values.from === "tlv" && /^[\s\w+/=-]*$/.test(given.text);
    const input = isText ? given.text.trim() : given.input;
    // Each source has a signature of its own.
    const whole = decoded(input, /** @type {"cloudkassir"} */ (values.from), { ffd, version, lang });
    const issues = placed(given, whole.issues, call);
    const ok = !issues.some(isError);
    tell(call, file, given, { ok, issues });
    const { receipt, receipts, envelope, extra } = whole;
    const wanted = values.full ? whole : Object.keys(receipt).length ? (receipts ?? receipt) : undefined;
    if (wanted) await print(JSON.stringify(wanted, null, values.json ? 0 : 2));
    else if (ok) console.error(`chek54: ${say("noReceipt")}`);
    const besides = [...Object.keys(envelope), ...extra.map(({ path }) => pathText(path))];
    if (besides.length && !values.full) console.error(`chek54: ${say("besides", { parts: besides.join(", ") })}`);
    return ok && wanted ? 0 : 1;
  },
};
