// @ts-check
// What the demo page puts right by itself, and the way back.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { checkReceipt } from "../../pkg/index.js";
import { root } from "../../scripts/setup.js";
import { fixAll, fixOf } from "../../www/fixes.js";
import { History } from "../../www/history.js";
import { once, rename } from "../../www/json.js";
import { NARROW, eventually, openPage } from "./page.js";

const OPTIONS = /** @type {const} */ ({ at: "2026-11-21", lang: "en" });
const ITEM = '"price": "10.00", "quantity": 2, "vat": "vat22"';

/** The text after the first finding of a code is put right. @param {string} text @param {string} code @param {object} [options] */
function fixed(text, code, options) {
  const issue = checkReceipt(text, { ...OPTIONS, ...options }).issues.find((issue) => issue.code === code);
  assert.ok(issue, `${code} is found in ${text}`);
  const fix = fixOf(issue, text, false);
  return fix && { text: fix.apply(text), what: `${fix.word} ${fix.value}` };
}

test("each certain repair changes its place alone", () => {
  const receipt = (/** @type {string} */ item, /** @type {string} */ more) => `{"operation": "income", "items": [{${item}}]${more}}`;
  /** @type {[string, string, string, string, object?][]} */
  const cases = [
    ["amount_mismatch", `"name": "A", ${ITEM}, "amount": "18.00"`, "price 9.00", `"name": "A", ${ITEM.replace("10.00", "9.00")}, "amount": "18.00"`],
    ["invalid_scale", '"name": "A", "price": 0.30000000000000004, "quantity": 1, "vat": "vat22"', "round 0.3", '"name": "A", "price": 0.3, "quantity": 1, "vat": "vat22"'],
    ["unknown_field", `"nmae": "A", ${ITEM}`, "rename name", `"name": "A", ${ITEM}`],
    ["vat_not_in_force", `"name": "A", ${ITEM.replace("22", "20")}`, "vat vat22", `"name": "A", ${ITEM}`],
    ["vat_not_calculated", `"name": "A", ${ITEM}, "method": "prepayment"`, "vat vat122", `"name": "A", ${ITEM.replace("22", "122")}, "method": "prepayment"`],
    ["too_long", `"name": "${"x".repeat(130)}", ${ITEM}`, "trim 128", `"name": "${"x".repeat(128)}", ${ITEM}`],
    ["invalid_value", `"name": "A", ${ITEM}, "unit": "шт."`, "set piece", `"name": "A", ${ITEM}, "unit": "piece"`],
    ["invalid_value", `"name": "A", ${ITEM}, "unit": "кг"`, "set kilogram", `"name": "A", ${ITEM}, "unit": "kilogram"`],
    ["invalid_value", `"name": "A", ${ITEM.replace("10.00", "10,00")}`, "set 10.00", `"name": "A", ${ITEM}`],
    ["invalid_type", '"name": "A", "price": "10.00", "quantity": 2, "vat": 22', "set vat22", `"name": "A", ${ITEM}`],
    ["not_encodable", `"name": "«A»", ${ITEM}`, 'set "A"', `"name": "\\"A\\"", ${ITEM}`],
    ["empty_text", `"name": "A", "info": "", ${ITEM}`, "drop info", `"name": "A", ${ITEM}`],
    ["duplicate_field", `"name": "B", "name": "A", ${ITEM}`, "once name", `"name": "A", ${ITEM}`],
  ];
  for (const [code, item, what, expected, options] of cases) {
    assert.deepEqual(fixed(receipt(item, ""), code, options), { what, text: receipt(expected, "") }, code);
  }
  const paid = (/** @type {string} */ payments) => receipt(`"name": "A", ${ITEM}`, `, "payments": {${payments}}`);
  assert.deepEqual(fixed(paid('"cash": 19'), "payments_mismatch"), { what: "pay 20.00", text: paid('"cash": 20.00') });
  const both = fixed(paid('"cash": "5.00", "electronic": "14"'), "payments_mismatch");
  assert.deepEqual(both, { what: "pay 15.00", text: paid('"cash": "5.00", "electronic": "15.00"') });
  const email = fixed(`{"email": "a@example.com", "operation": "income", "items": [{"name": "A", ${ITEM}}]}`, "unknown_field");
  assert.deepEqual(JSON.parse(email?.text ?? "").customer, { email: "a@example.com" });
  const mark = fixed(readFileSync(join(root, "examples/mark-lost-check.json"), "utf8").replace(/^[^]*?"input": /, "").replace(/}\s*$/, ""), "mark_separator");
  assert.match(mark?.text ?? "", /JgXJ5\.\\u001d93dGVz/);
});

test("a line that no price makes becomes two", () => {
  const item = '"name": "A", "price": "0.10", "quantity": 1000, "amount": "97.55", "vat": "vat22"';
  const made = fixed(`{"operation": "income", "items": [{${item}}]}`, "amount_mismatch");
  assert.equal(made?.what, "lines 97.55");
  const { items } = JSON.parse(made?.text ?? "");
  assert.equal(items.length, 2);
  assert.ok(checkReceipt(made?.text, OPTIONS).ok);
});

test("what is not certain is left alone", () => {
  const receipt = (/** @type {object} */ item) => JSON.stringify({ operation: "income", items: [item] });
  const item = { name: "A", price: "10.00", quantity: 1, vat: "vat22" };
  assert.equal(fixed(receipt({ ...item, nmae: "B" }), "unknown_field"), undefined);
  assert.equal(fixed(receipt({ ...item, colour: "B" }), "unknown_field"), undefined);
  assert.equal(fixed(receipt({ ...item, quantity: "0.5" }), "unit_required"), undefined);
  const change = { operation: "income", items: [item], payments: { cash: "50.00" } };
  assert.equal(fixed(JSON.stringify(change), "payments_mismatch"), undefined);
  assert.equal(fixed("{", "invalid_json"), undefined);
});

test("all at once: nothing certain is left, and nothing got worse", () => {
  let repaired = 0;
  for (const name of readdirSync(join(root, "examples")).filter((name) => name.endsWith(".json"))) {
    const { call, input, options } = JSON.parse(readFileSync(join(root, "examples", name), "utf8"));
    if (call !== "check" || typeof input !== "object" || options?.mode === "read" || !options?.at) continue;
    const find = (/** @type {string} */ text) => checkReceipt(text, { ...options, maxIssues: 1000 }).issues;
    const before = JSON.stringify(input, null, 1);
    const certain = find(before).filter((issue) => fixOf(issue, before, false)).length;
    let { text, changes } = fixAll(before, find, false);
    assert.ok(changes <= certain, `${name}: ${changes} of ${certain}`);
    // One change uncovers the next, which is seen first.
    for (let look = 0; look < 8; look++) ({ text } = fixAll(text, find, false));
    const errors = (/** @type {string} */ text) => find(text).filter(({ severity }) => severity === "error").length;
    if (changes === 0) assert.equal(text, before);
    else repaired += 1;
    assert.doesNotThrow(() => JSON.parse(text), name);
    const left = find(text).flatMap((issue) => fixOf(issue, text, false) ?? []);
    assert.deepEqual(left, [], name);
    // A value that can be read may be wrong in another way: then it is told.
    assert.ok(errors(text) <= errors(before) || before.includes("null"), `${name}: ${errors(before)} -> ${errors(text)}`);
  }
  assert.ok(repaired > 15, `${repaired} examples have something certain`);
});

test("keys change, and the first of two goes", () => {
  assert.equal(rename('{"a": {"b":1 , "c": 2}}', ["a", "b"], "d"), '{"a": {"d":1 , "c": 2}}');
  assert.equal(rename('{"a": 1}', ["b"], "c"), '{"a": 1}');
  assert.equal(once('{"a":1, "b":2, "a":3, "a":4}', ["a"]), '{"b":2, "a":4}');
});

test("undo and redo", () => {
  const history = new History();
  history.begin("a");
  assert.deepEqual([history.canUndo, history.canRedo, history.undo()], [false, false, "a"]);
  history.note("b", "text", 0);
  history.note("c", "text", 500);
  history.note("d", "text", 3000);
  history.note("e");
  history.note("e");
  assert.deepEqual([history.undo(), history.undo(), history.undo(), history.canUndo], ["d", "c", "a", false]);
  assert.deepEqual([history.redo(), history.canRedo], ["c", true]);
  // Typing after an undo does not join what was typed before it.
  history.note("f", "text", 3100);
  assert.deepEqual([history.canRedo, history.undo()], [false, "c"]);
});

const at = openPage(5520);

at.test("a finding is put right by its button, and back by undo", async () => {
  await at.visit("#lang=ru&example=amounts");
  await at.reads(/^3 ошибки$/);
  const before = await at.json().inputValue();
  await at.findings().first().getByRole("button", { name: "Исправить: цена 150.00" }).click();
  await at.reads(/^2 ошибки$/);
  assert.equal(JSON.parse(await at.json().inputValue()).items[0].price, "150.00");
  await at.page.getByText("Исправлено: цена 150.00").waitFor();
  // The focus goes on to the finding that stands there now.
  const focused = () => at.page.evaluate(() => document.activeElement?.textContent ?? "");
  assert.match(await focused(), /items\[2\]\.amount/);
  await at.page.getByRole("button", { name: "Отменить" }).click();
  await at.reads(/^3 ошибки$/);
  assert.equal(await at.json().inputValue(), before);
  await at.page.getByRole("button", { name: "Повторить", exact: true }).click();
  await at.reads(/^2 ошибки$/);
  // In the text, by the keys that every editor has.
  await at.json().press("ControlOrMeta+z");
  await at.reads(/^3 ошибки$/);
  // And beside it, where no other field has them for its own.
  await at.page.getByRole("button", { name: "RU", exact: true }).press("ControlOrMeta+Shift+z");
  await at.reads(/^2 ошибки$/);
  assert.ok(await at.page.getByRole("button", { name: "Повторить", exact: true }).isDisabled());
});

at.test("all that is certain at once", async () => {
  await at.page.setViewportSize(NARROW);
  await at.visit("#lang=ru&example=typos");
  await at.reads(/^11 ошибок/);
  const text = await at.json().inputValue({ timeout: 100 }).catch(() => "hidden");
  assert.equal(text, "hidden", "on a phone the text is behind its tab");
  const all = at.page.getByRole("button", { name: /^Исправить всё, что ясно: \d+$/ });
  const count = (await all.textContent())?.match(/\d+/)?.[0];
  await all.click();
  await at.reads(/^[1-4] ошиб/);
  await at.page.getByText(`Исправлено: ${count}.`).waitFor();
  await at.page.getByRole("tab", { name: "JSON" }).click();
  const { operation, items, customer } = JSON.parse(await at.json().inputValue());
  assert.deepEqual([operation, items[0].name, items[0].price, customer.email], ["income", "Чай", "149.90", "buyer@example.com"]);
  await at.json().press("ControlOrMeta+z");
  await at.reads(/^11 ошибок/);
});

at.test("what is issued already is not repaired", async () => {
  await at.visit("#lang=ru&example=amounts");
  await at.page.getByLabel("Режим").selectOption("read");
  await at.reads(/^Ошибок нет, 3 предупреждения$/);
  assert.equal(await at.page.getByRole("button", { name: /^Исправить:/ }).count(), 0);
});

at.test("250 items are split by the button of their finding", async () => {
  await at.visit("#lang=ru&example=long");
  await at.page.getByText("И ещё 150: они в тексте.").waitFor();
  await at.page.getByRole("button", { name: "Исправить: разделить на части" }).click();
  const parts = at.page.getByRole("list", { name: "Разделить: 3 чека" });
  await eventually(() => parts.getByRole("heading", { level: 3 }).allTextContents(), [
    ...["Чек 1 из 3 · приход", "Чек 2 из 3 · приход", "Чек 3 из 3 · приход"],
  ]);
});

at.test("a long order is coloured and followed once the typing rests", async () => {
  await at.visit("#lang=ru&example=long");
  const before = await at.verdict().textContent();
  await at.page.evaluate(() => {
    const area = /** @type {HTMLTextAreaElement} */ (document.getElementById("json"));
    for (let key = 0; key < 5; key++) {
      area.setRangeText("x", 1, 1);
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
  await eventually(async () => (await at.verdict().textContent()) !== before, true);
  await eventually(() => at.page.locator("#json-colours span").count().then((count) => count > 1000), true);
});
