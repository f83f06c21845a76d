// @ts-check

/**
 * The known name that a misspelt one was meant to be: a slip or two, or its beginning.
 * @param {string} name
 * @param {readonly string[]} known
 */
export function nearest(name, known) {
  const plain = (/** @type {string} */ text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "").slice(0, 40);
  const meant = plain(name);
  const [near] = known
    .map((word) => ({ word, slips: distance(meant, plain(word)) }))
    .filter(({ word, slips }) => slips <= Math.min(meant.length, plain(word).length) / 2.5)
    .sort((a, b) => a.slips - b.slips);
  return near?.word ?? (meant.length > 1 ? known.find((word) => plain(word).startsWith(meant)) : undefined);
}

/** How many letters differ, are missing or too many. @param {string} from @param {string} to */
function distance(from, to) {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j++) {
      next.push(Math.min(row[j + 1] + 1, next[j] + 1, row[j] + (letter === to[j] ? 0 : 1)));
    }
    row = next;
  }
  return row[to.length];
}
