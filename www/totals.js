// @ts-check
// Sums of a complete receipt, in whole kopecks.

/** @typedef {import("../pkg/index.js").Receipt} Receipt */
/** @typedef {import("../pkg/index.js").Vat} Vat */
/**
 * @typedef {object} Totals
 * @property {string} total
 * @property {{ amount: string, vat: Vat, sum: string | null }[]} items VAT of each line; null where there is none
 * @property {{ vat: Vat, base: string, sum: string | null, sumByLines: string | null }[]} vat per rate: of the sum of its
 *   lines, and as the sum of theirs
 * @property {string} paid
 */

/** @param {unknown} money as the library writes it: "150.00" */
const kopecks = (money) => BigInt(String(money).replace(".", ""));

/** @param {bigint} sum */
function money(sum) {
  const digits = String(sum < 0n ? -sum : sum).padStart(3, "0");
  return `${sum < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/**
 * The VAT within a sum, half-up; null for "without VAT".
 * @param {bigint} sum
 * @param {Vat} vat
 */
function included(sum, vat) {
  if (vat === "none") return null;
  const digits = Number(vat.slice("vat".length));
  const rate = BigInt(digits > 100 ? digits - 100 : digits);
  const whole = 100n + rate;
  return (2n * sum * rate + whole) / (2n * whole);
}

/** @param {bigint | null} sum */
const orNull = (sum) => (sum === null ? null : money(sum));

/** @param {bigint[]} sums */
const add = (sums) => sums.reduce((total, sum) => total + sum, 0n);

/**
 * @param {Receipt} receipt
 * @returns {Totals}
 */
export function totals(receipt) {
  const paid = add(Object.values(receipt.payments).map(kopecks));
  const lines = receipt.items.map(({ amount, vat }) => ({ sum: kopecks(amount), vat }));
  // A correction of FFD 1.05 has no items.
  const rated = lines.length || !receipt.correction?.vat ? lines : [{ sum: paid, vat: receipt.correction.vat }];
  const rates = [...new Set(rated.map(({ vat }) => vat))].map((vat) => {
    const sums = rated.filter((line) => line.vat === vat).map(({ sum }) => sum);
    const base = add(sums);
    const byLines = vat === "none" ? null : add(sums.map((sum) => included(sum, vat) ?? 0n));
    return { vat, base: money(base), sum: orNull(included(base, vat)), sumByLines: orNull(byLines) };
  });
  return {
    total: money(lines.length ? add(lines.map(({ sum }) => sum)) : paid),
    items: lines.map(({ sum, vat }) => ({ amount: money(sum), vat, sum: orNull(included(sum, vat)) })),
    vat: rates,
    paid: money(paid),
  };
}
