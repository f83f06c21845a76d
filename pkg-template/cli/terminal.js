// @ts-check
// What a terminal is given: characters, columns, tables.

/** @param {string} text */
export async function print(text) {
  if (process.stdout.write(`${text}\n`)) return;
  await new Promise((resolve) => process.stdout.once("drain", () => resolve(undefined)));
}

/** Text of others must not command a terminal, nor turn its direction. @param {string} text */
export function visible(text) {
  return text.replace(/[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029]/gu, "\ufffd");
}

/** How many columns a text takes. @param {string} text */
export function columns(text) {
  if (/^[ -~\u0400-\u04ff…]*$/.test(text)) return text.length;
  const wide = /[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff01-\uff60]/gu;
  return [...text.replace(/[\p{M}\u200b-\u200d]/gu, "").replace(wide, "  ")].length;
}

/** The beginning of a text, as far as there is room. @param {string} text @param {number} room */
export function cut(text, room) {
  if (columns(text) <= room) return text;
  let kept = "";
  for (const sign of text) {
    room -= columns(sign);
    if (room < 0) break;
    kept += sign;
  }
  return kept;
}

/** @param {readonly (readonly string[])[]} rows */
export function table(rows) {
  const widths = rows[0].map((_, at) => Math.max(...rows.map((row) => row[at].length)));
  return rows.map((row) => row.map((cell, at) => cell.padEnd(widths[at])).join("  ").trimEnd()).join("\n");
}
