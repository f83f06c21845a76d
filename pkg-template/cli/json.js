// @ts-check
// Where values stand in JSON text, which may be broken: nothing here fails.

/** @typedef {{ start: number, end: number }} Span */

/** @param {string} text */
export function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Where white space ends, and other signs, if such are given. @param {string} text @param {number} at */
export function blankEnd(text, at, signs = "") {
  while (at < text.length && (" \n\r\t\ufeff".includes(text[at]) || signs.includes(text[at]))) at++;
  return at;
}

/**
 * The elements of the array, the names and values of the object that opens at a place.
 * @param {string} text
 * @param {number} open
 * @returns {Generator<Span>}
 */
export function* values(text, open) {
  for (let end = open + 1; ; ) {
    const start = blankEnd(text, end, ",:");
    end = valueEnd(text, start);
    if (end === start) return;
    yield { start, end };
  }
}

/** A string cannot go over the end of its line. @param {string} text @param {number} at */
function valueEnd(text, at) {
  for (let depth = 0; at < text.length; ) {
    const sign = text[at];
    if (depth === 0 && " \n\r\t,:]}".includes(sign)) return at;
    at++;
    if (sign === "{" || sign === "[") depth++;
    else if (sign === "}" || sign === "]") depth--;
    else if (sign === '"') {
      while (at < text.length && text[at] !== '"' && text[at] !== "\n") at += text[at] === "\\" ? 2 : 1;
      if (text[at] === '"') at++;
    } else continue;
    if (depth === 0) break;
  }
  return Math.min(at, text.length);
}
