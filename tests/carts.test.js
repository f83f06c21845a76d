// @ts-check
// Carts at random through the built package, against an oracle of BigInt: the same promises as natively
// (tests/carts.rs), with what callers write: numbers, texts, percents.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as chek54 from "../pkg/index.js";

const RUNS = { numRuns: 300 };
/** @typedef {import("../pkg/index.js").Receipt} Receipt */

/** Kopecks of "12.34". */
const kopecks = (/** @type {string | undefined} */ text) => BigInt((text ?? "0.00").replace(".", ""));
const roubles = (/** @type {bigint} */ sum) => `${sum / 100n}.${String(sum % 100n).padStart(2, "0")}`;
/** Millionths of "2.5". */
const millionths = (/** @type {string} */ text) => {
  const [whole, part = ""] = text.split(".");
  return BigInt(whole + part.padEnd(6, "0"));
};
const product = (/** @type {bigint} */ price, /** @type {bigint} */ quantity) =>
  (2n * price * quantity + 1_000_000n) / 2_000_000n;
const sum = (/** @type {bigint[]} */ sums) => sums.reduce((all, one) => all + one, 0n);
const amounts = (/** @type {Receipt} */ receipt) => sum(receipt.items.map((item) => kopecks(item.amount)));
const KINDS = /** @type {const} */ (["cash", "electronic", "prepaid", "credit", "provision"]);
const paid = (/** @type {Receipt} */ receipt) => KINDS.map((kind) => kopecks(receipt.payments[kind]));

const quantity = fc.oneof(
  fc.integer({ min: 1, max: 40 }).map(String),
  fc.integer({ min: 1, max: 99_999 }).map((value) => String(value / 1000)),
  fc.integer({ min: 1, max: 9_000_000 }).map((value) => (value / 1e6).toFixed(6).replace(/\.?0+$/, "")),
);
const vat = fc.constantFrom("none", "vat0", "vat5", "vat10", "vat22");
const item = fc.record({ price: fc.integer({ min: 1, max: 3_000_000 }), quantity, vat }).map(({ price, ...rest }) => ({
  name: "Товар",
  price: roubles(BigInt(price)),
  unit: millionths(rest.quantity) % 1_000_000n ? "kilogram" : "piece",
  ...rest,
}));
const items = fc.array(item, { minLength: 1, maxLength: 200 });
const head = { operation: "income", taxation: "osn", customer: { email: "buyer@example.com" } };
const named = (/** @type {any[]} */ list) => list.map((item, at) => ({ ...item, name: `Товар ${at}` }));

test("orders close to the kopeck at exact and at net prices", () => {
  fc.assert(
    fc.property(items, fc.integer({ min: 0, max: 95 }), fc.boolean(), (list, percent, exactPrices) => {
      const listed = list.map((item) => product(kopecks(item.price), millionths(item.quantity)));
      // Only lines that can carry it: a kopeck for each piece has to stay.
      fc.pre(list.every((item, at) => listed[at] * BigInt(100 - percent) >= 200n * (millionths(item.quantity) / 1_000_000n + 2n)));
      const order = /** @type {any} */ ({ ...head, items: list, discount: `${percent}%` });
      const { receipt, lines } = chek54.describeOrder(order, { exactPrices, at: "2026-11-22" });
      const off = (2n * sum(listed) * BigInt(percent) + 100n) / 200n;
      assert.equal(amounts(receipt), sum(listed) - off);
      assert.deepEqual(receipt.payments, { electronic: roubles(sum(listed) - off) });
      for (const { price, quantity, amount } of receipt.items) {
        const apart = product(kopecks(price), millionths(quantity)) - kopecks(amount);
        assert.ok(exactPrices ? apart === 0n : apart * apart <= 1n, `${quantity} x ${price} = ${amount}`);
      }
      for (const [at, line] of lines.entries()) {
        assert.equal(kopecks(line.listed), listed[at]);
        const parts = line.items.map((part) => receipt.items[part]);
        assert.equal(sum(parts.map((part) => millionths(part.quantity))), millionths(list[at].quantity));
        assert.equal(sum(parts.map((part) => kopecks(part.amount))), kopecks(line.amount));
      }
      assert.equal(chek54.checkReceipt(receipt, { provider: exactPrices ? "paykeeper" : "cloudkassir", at: "2026-11-22" }).ok, true);
    }),
    RUNS,
  );
});

test("refunds in random pieces end at the sale", () => {
  const pieces = fc.array(fc.tuple(fc.nat(11), fc.integer({ min: 1, max: 1000 }), fc.boolean()), { maxLength: 6 });
  fc.assert(
    fc.property(fc.array(item, { minLength: 1, maxLength: 12 }), pieces, fc.nat(100), (list, steps, cash) => {
      const total = sum(list.map((item) => product(kopecks(item.price), millionths(item.quantity))));
      fc.pre(total > 0n);
      const inCash = (total * BigInt(cash)) / 100n;
      const payments = { cash: roubles(inCash), electronic: roubles(total - inCash) };
      const sale = chek54.parseReceipt({ ...head, items: named(list), payments }, { at: "2026-11-22" });
      /** @type {Receipt[]} */
      const earlier = [];
      for (const [at, part, byQuantity] of steps) {
        const item = at % list.length;
        const some = (millionths(list[item].quantity) * BigInt(part)) / 1000n || 1n;
        const quantity = `${some / 1_000_000n}.${String(some % 1_000_000n).padStart(6, "0")}`;
        const amount = roubles((total * BigInt(part)) / 3000n + 1n);
        try {
          earlier.push(chek54.refundReceipt(sale, { lines: [byQuantity ? { item, quantity } : { item, amount }], earlier }));
        } catch (error) {
          assert.ok(error instanceof chek54.ReceiptError);
          assert.ok(error.issues.every(({ code }) => ["exceeds_original", "nothing_left", "total_not_positive"].includes(code)), String(error));
        }
      }
      if (sum(earlier.map(amounts)) < total) earlier.push(chek54.refundReceipt(sale, { earlier }));
      assert.equal(sum(earlier.map(amounts)), total);
      assert.deepEqual(KINDS.map((_, kind) => sum(earlier.map((refund) => paid(refund)[kind]))), paid(sale));
      for (const refund of earlier) assert.equal(chek54.checkReceipt(refund, { at: "2026-11-22" }).ok, true);
      assert.throws(() => chek54.refundReceipt(sale, { earlier }), chek54.ReceiptError);
    }),
    RUNS,
  );
});

test("parts of a long receipt add up, VAT by lines too", () => {
  fc.assert(
    fc.property(items, fc.integer({ min: 1, max: 120 }), fc.nat(100), (list, maxItems, share) => {
      const total = sum(list.map((item) => product(kopecks(item.price), millionths(item.quantity))));
      const prepaid = (total * BigInt(share)) / 100n;
      fc.pre(list.every((item) => product(kopecks(item.price), millionths(item.quantity)) > 0n));
      const payments = { prepaid: roubles(prepaid), electronic: roubles(total - prepaid) };
      const whole = chek54.parseReceipt({ ...head, items: list, payments }, { at: "2026-11-22" });
      const parts = chek54.splitReceipt(whole, { maxItems });
      assert.equal(parts.length, Math.ceil(list.length / maxItems));
      assert.deepEqual(parts.flatMap((part) => part.items), whole.items);
      assert.deepEqual(KINDS.map((_, kind) => sum(parts.map((part) => paid(part)[kind]))), paid(whole));
      const byLines = (/** @type {Receipt} */ receipt) => chek54.totals(receipt).vat.map(({ sumByLines }) => kopecks(sumByLines));
      assert.equal(sum(parts.flatMap(byLines)), sum(byLines(whole)));
    }),
    RUNS,
  );
});

test("a prepayment in parts is set off to the kopeck", () => {
  fc.assert(
    fc.property(fc.array(item, { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 99 }), (list, percent) => {
      fc.pre(list.some((item) => product(kopecks(item.price), millionths(item.quantity)) > 0n));
      const goods = chek54.parseReceipt({ ...head, items: named(list) }, { at: "2026-11-22" });
      const first = goods.items.map((item) => (kopecks(item.amount) * BigInt(percent)) / 100n);
      fc.pre(sum(first) > 0n);
      const part = (/** @type {bigint[]} */ sums) => ({
        ...goods,
        payments: { electronic: roubles(sum(sums)) },
        items: goods.items.map((item, at) => ({ ...item, method: "prepayment", price: roubles(sums[at]), amount: roubles(sums[at]) })),
      });
      const rest = goods.items.map((item, at) => kopecks(item.amount) - first[at]);
      const whole = chek54.settleReceipt([part(first), part(rest)], { at: "2026-11-22" });
      assert.deepEqual(whole.payments, { prepaid: roubles(amounts(goods)) });
      assert.equal(chek54.checkReceipt(whole, { at: "2026-11-22" }).ok, true);
      const settled = chek54.settleReceipt(part(first), { at: "2026-11-22", items: goods.items });
      assert.equal(kopecks(settled.payments.prepaid), sum(first));
      assert.equal(kopecks(settled.payments.electronic), sum(rest));
    }),
    RUNS,
  );
});
