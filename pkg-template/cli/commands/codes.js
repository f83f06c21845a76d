// @ts-check
import { issueCodes } from "chek54";
import { print, table } from "../terminal.js";

/** @type {import("../commands.js").Command} */
export const codes = {
  args: "",
  most: 0,
  options: ["json"],
  examples: ["chek54 codes --json"],
  async run({ values, lang }) {
    const rows = issueCodes();
    await print(values.json ? JSON.stringify(rows) : table(rows.map((row) => [row.code, row.severity, row[lang]])));
    return 0;
  },
};
