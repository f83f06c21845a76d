// @ts-check
import { parseMark } from "chek54";
import { noFile, wordName, words } from "../input.js";
import { isError, tell } from "../report.js";
import { print, table, visible } from "../terminal.js";

/** @type {import("../commands.js").Command} */
export const mark = {
  args: "[CODE|-]",
  most: 1,
  options: ["json"],
  examples: ["chek54 mark '0104600439931256210abc'", "chek54 mark --json < scans.txt"],
  async run(call) {
    const { values, lang, say } = call;
    let status = 0;
    for (const [at, text] of (await words(call)).entries()) {
      const parsed = parseMark(text, { lang });
      const { kind, gtin, serial, ai, issues, tag1162Hex, tag1163, raw } = parsed;
      const isKnown = kind !== "unknown";
      const ok = isKnown && !issues.some(isError);
      if (!ok) status = 1;
      if (values.json) {
        await print(JSON.stringify(parsed));
        if (!isKnown) noFile(call);
        continue;
      }
      const rows = [
        [say("kind"), say(`kind ${kind}`)],
        ["GTIN", gtin],
        [say("serial"), serial],
        ...Object.entries(ai).filter(([id]) => id !== "01" && id !== "21").map(([id, value]) => [`(${id})`, value]),
        [say("tag", { tag: 1162 }), tag1162Hex],
        [say("tag", { tag: tag1163.tag }), tag1163.value],
        [say("tag", { tag: 2000 }), raw],
      ];
      const known = /** @type {string[][]} */ (rows.filter((row) => row[1] !== null));
      await print((at ? "\n" : "") + table(known.map((row) => row.map((cell) => visible(cell.replaceAll("\x1d", "<GS>"))))));
      tell(call, wordName(call), { input: "", text: "", base: 0 }, { ok, issues });
      if (isKnown) continue;
      console.error(`chek54: ${say("unknownMark", { text })}`);
      noFile(call);
    }
    return status;
  },
};
