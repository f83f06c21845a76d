// @ts-check
import { ReceiptError, checkReceipt, preview as shown } from "chek54";
import { files, only } from "../input.js";
import { placed } from "../place.js";
import { isError, tell } from "../report.js";
import { print } from "../terminal.js";

/** @typedef {import("chek54").PreviewOptions} PreviewOptions */

/** @type {import("../commands.js").Command} */
export const preview = {
  args: "[FILE|-]",
  most: 1,
  options: ["as", "width", "theme", "json"],
  examples: ["chek54 preview receipt.json --width 32", "chek54 preview receipt.json --as html > receipt.html"],
  async run(call) {
    const { values, lang } = call;
    const as = /** @type {PreviewOptions["as"]} */ (values.as ?? "text");
    const width = /** @type {PreviewOptions["width"]} */ (values.width && Number(values.width));
    const theme = /** @type {PreviewOptions["theme"]} */ (values.theme);
    const [file] = files(call);
    const given = await only(file);
    let picture;
    let { issues } = checkReceipt(given.input, { mode: "read", lang });
    try {
      picture = shown(given.input, { as, width, theme, lang });
    } catch (error) {
      if (!(error instanceof ReceiptError)) throw error;
      issues = error.issues;
    }
    const all = placed(given, issues, call);
    tell(call, file, given, { ok: picture !== undefined && !all.some(isError), issues: all });
    if (picture !== undefined) {
      const shown = as === "html" ? page(picture, lang) : picture;
      await print(values.json ? JSON.stringify({ as, preview: shown }) : shown);
    }
    return picture === undefined || all.some(isError) ? 1 : 0;
  },
};

/** The piece of a page as a page of its own. @param {string} article @param {import("chek54").Lang} lang */
function page(article, lang) {
  const viewport = '<meta name="viewport" content="width=device-width">';
  const title = lang === "ru" ? "Чек" : "Receipt";
  return `<!doctype html><html lang="${lang}"><meta charset="utf-8">${viewport}<title>${title}</title>${article}</html>`;
}
