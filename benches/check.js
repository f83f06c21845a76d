// @ts-check
// How long a full check takes in Node, beside JSON.parse of the same text and beside a schema library that knows the
// types but no rules. `npm run bench`. All in one run, in turns, so that the ratios hold when the machine drifts.

import { z } from "zod";
import { checkReceipt } from "../pkg/index.js";
import { receipt } from "./receipt.js";

const ROUNDS = 61;
const decimal = z.union([z.string(), z.number()]);
const schema = z.strictObject({
  operation: z.enum(["income", "incomeReturn", "expense", "expenseReturn"]),
  taxation: z.enum(["osn", "usnIncome", "usnIncomeExpense", "envd", "eshn", "patent"]).optional(),
  items: z.array(
    z.strictObject({
      name: z.string().max(128),
      price: decimal,
      quantity: decimal,
      amount: decimal.optional(),
      vat: z.string(),
      method: z.string().optional(),
      object: z.string().optional(),
      unit: z.string().optional(),
    }),
  ),
  customer: z.strictObject({ email: z.email() }).optional(),
});

for (const count of [3, 100]) {
  const value = receipt(count);
  const text = JSON.stringify(value);
  const bytes = new TextEncoder().encode(text);
  const options = { provider: /** @type {const} */ ("cloudkassir"), at: "2026-11-21" };
  if (!checkReceipt(text, options).ok) throw new Error("the receipt of the bench is not right");
  report(`${count} items, ${text.length} characters`, {
    "JSON.parse": () => JSON.parse(text),
    "checkReceipt(text)": () => checkReceipt(text, options),
    "checkReceipt(bytes)": () => checkReceipt(bytes, options),
    "checkReceipt(object)": () => checkReceipt(value, options),
    "checkReceipt(text).receipt": () => /** @type {any} */ (checkReceipt(text, options)).receipt,
    "JSON.parse + zod, types only": () => schema.parse(JSON.parse(text)),
  });
}

/**
 * @param {string} title
 * @param {Record<string, () => unknown>} calls
 */
function report(title, calls) {
  const names = Object.keys(calls);
  /** @type {Record<string, number[]>} */
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = -10; round < ROUNDS; round++) {
    for (const name of names) {
      const repeats = 100;
      const start = process.hrtime.bigint();
      for (let turn = 0; turn < repeats; turn++) calls[name]();
      const each = Number(process.hrtime.bigint() - start) / repeats;
      if (round >= 0) times[name].push(each);
    }
  }
  const median = (/** @type {number[]} */ list) => list.sort((a, b) => a - b)[list.length >> 1];
  const medians = names.map((name) => median(times[name]));
  console.log(`\n${title}`);
  names.forEach((name, index) => {
    const micros = (medians[index] / 1000).toFixed(1).padStart(9);
    console.log(`${micros} us  ${(medians[index] / medians[0]).toFixed(2).padStart(6)} x  ${name}`);
  });
}
