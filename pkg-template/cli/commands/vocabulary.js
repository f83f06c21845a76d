// @ts-check
import { vocabulary as rowsOf, vocabularyLists } from "chek54";
import { UsageError } from "../errors.js";
import { nearest } from "../../spelling.js";
import { print, table } from "../terminal.js";

/** @type {import("../commands.js").Command} */
export const vocabulary = {
  args: "[LIST]",
  most: 1,
  options: ["json"],
  examples: ["chek54 vocabulary vat"],
  async run({ name, args: [list], values, lang }) {
    const lists = vocabularyLists();
    if (list === undefined) {
      await print(values.json ? JSON.stringify(lists) : lists.join("\n"));
      return 0;
    }
    if (!lists.includes(list)) throw new UsageError("unknownList", { name: list, near: nearest(list, lists) }, name);
    const rows = rowsOf(list);
    const systems = /** @type {const} */ (["cloudkassir", "paybox", "paykeeper"]);
    const columns = /** @type {const} */ (["name", "code", lang, "since", "until", "ffd", ...systems]);
    const used = columns.filter((column) => rows.some((row) => row[column] !== undefined));
    const cells = rows.map((row) => used.map((column) => String(row[column] ?? "")));
    await print(values.json ? JSON.stringify(rows) : table([used, ...cells]));
    return 0;
  },
};
