// @ts-check
import { formatQr, parseQr, qrSvg, ChekError, ReceiptError } from "chek54";
import { CallError } from "../errors.js";
import { isJson } from "../json.js";
import { noFile, word, wordName } from "../input.js";
import { tell } from "../report.js";
import { print, table, visible } from "../terminal.js";

/** @type {import("../commands.js").Command} */
export const qr = {
  args: "[TEXT|FILE|-]",
  most: 1,
  options: ["svg", "json"],
  examples: [
    "chek54 qr 't=20181205T185000&s=99.00&fn=9999078900005430&i=157347&fp=1016954666&n=1'",
    "chek54 qr receipt.json --svg > qr.svg",
  ],
  async run(call) {
    const { values, lang, say } = call;
    const given = (await word(call)).trim();
    try {
      // A fiscal receipt, or its parts, becomes the text of its code.
      const text = given.startsWith("{") && isJson(given) ? formatQr(JSON.parse(given)) : given;
      if (values.svg) {
        const svg = qrSvg(text, { title: text });
        await print(values.json ? JSON.stringify({ text, svg }) : svg);
        return 0;
      }
      const parsed = parseQr(text, { lang });
      if (values.json) await print(JSON.stringify(parsed));
      else if (text !== given) await print(text);
      else {
        const { dateTime, total, fn, i: fd, fp, operation } = parsed;
        const rows = [
          [say("qr dateTime"), dateTime],
          [say("qr total"), total],
          [say("qr operation"), operation],
          [say("qr fn"), fn],
          [say("qr fd"), fd],
          [say("qr fp"), fp],
        ];
        await print(table(rows.map((row) => row.map(visible))));
      }
      return 0;
    } catch (error) {
      if (error instanceof ReceiptError) {
        tell(call, wordName(call), { input: "", text: "", base: 0 }, { ok: false, issues: error.issues });
        noFile(call);
        return 1;
      }
      if (error instanceof ChekError) throw new CallError("failed", { why: error.message });
      throw error;
    }
  },
};
