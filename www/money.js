// @ts-check
// Sums as the library writes them, "150.00", added up in whole kopecks.

/** @param {string} sum */
const kopecks = (sum) => BigInt(sum.replace(".", ""));

/** @param {(string | undefined)[]} sums */
export function add(...sums) {
  const total = sums.reduce((all, sum) => all + kopecks(sum ?? "0.00"), 0n);
  const digits = String(total < 0n ? -total : total).padStart(3, "0");
  return `${total < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** What it takes off. @param {string} sum */
export const negative = (sum) => (kopecks(sum) === 0n ? sum : sum.startsWith("-") ? sum.slice(1) : `-${sum}`);

/** Digits in groups of three, and a minus as long as a plus. @param {unknown} sum */
export const grouped = (sum) =>
  String(sum)
    .replace(/\B(?=(\d{3})+(?=\.))/g, "\u202f")
    .replace("-", "\u2212");
