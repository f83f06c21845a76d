// @ts-check
import { decodeTlv, encodeTlv, receiptTags, ChekError, ReceiptError } from "chek54";
import { CallError } from "../errors.js";
import { files, only } from "../input.js";
import { placed } from "../place.js";
import { tell } from "../report.js";
import { print, visible } from "../terminal.js";

/** @typedef {import("chek54").TagNode} TagNode */

/** @type {import("../commands.js").Command} */
export const tags = {
  args: "[FILE|-]",
  most: 1,
  options: ["hex", "json"],
  examples: ["chek54 tags receipt.json", "chek54 tags receipt.json --hex | chek54 decode --from tlv"],
  async run(call) {
    const { values, lang } = call;
    const [file] = files(call);
    const given = await only(file);
    const text = given.text.trim();
    try {
      // Bytes, as they are or as text, or a receipt.
      const isJson = /^\ufeff?\s*[{[]/.test(text) || text === "";
      const bytes = isJson ? undefined : /^[\x20-\x7e\s]*$/.test(text) ? text : /** @type {Uint8Array} */ (given.input);
      const nodes = bytes === undefined ? receiptTags(given.input, { lang }) : decodeTlv(bytes, { lang });
      const hex = values.hex ? Buffer.from(encodeTlv(nodes)).toString("hex").toUpperCase() : undefined;
      if (hex !== undefined) await print(values.json ? JSON.stringify({ hex }) : hex);
      else await print(values.json ? JSON.stringify(nodes) : lines(nodes, "").join("\n"));
      return 0;
    } catch (error) {
      if (error instanceof ReceiptError) {
        tell(call, file, given, { ok: false, issues: placed(given, error.issues, call) });
        return 1;
      }
      if (error instanceof ChekError) throw new CallError("failed", { why: error.message });
      throw error;
    }
  },
};

/** @param {TagNode[]} nodes @param {string} indent @returns {string[]} */
function lines(nodes, indent) {
  return nodes.flatMap(({ tag, name, text, children }) => [
    `${indent}${tag}  ${visible(name)}${text ? `: ${visible(text)}` : ""}`,
    ...lines(children ?? [], `${indent}  `),
  ]);
}
