// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { ChekError, decode, encode, notificationReply, parseNotification, payboxFlow, sign, verifyNotification } from "../../pkg/index.js";

const script = "init_payment.php";
const secret = "secret";
const receipt = {
  ffd: /** @type {const} */ ("1.05"),
  operation: /** @type {const} */ ("income"),
  items: [{ name: "Книга", price: "50.00", quantity: 2, vat: /** @type {const} */ ("vat10") }],
  customer: { email: "buyer@example.com" },
};

/** As PHP names them. @param {object} value @param {string} [above] @returns {Record<string, string>} */
const fieldsOf = (value, above = "") =>
  Object.assign({}, ...Object.entries(value).map(([key, inner]) => {
    const name = above ? `${above}[${key}]` : key;
    return typeof inner === "object" ? fieldsOf(inner, name) : { [name]: String(inner) };
  }));

test("a body that was encoded, signed and sent in any form is verified", () => {
  const { body } = encode(receipt, "paybox", { form: "payment", merchantId: 542088 });
  const unsigned = { ...body, pg_amount: 100.0, pg_order_id: "3552", pg_salt: "salt" };
  const message = { ...unsigned, pg_sig: sign("paybox", { body: unsigned, script, secret }) };
  const text = JSON.stringify(message);
  const form = new URLSearchParams(fieldsOf(message));
  for (const sent of [message, text, new TextEncoder().encode(text), form, String(form), fieldsOf(message)]) {
    assert.equal(verifyNotification("paybox", { body: sent, script, secret }), true);
    assert.equal(verifyNotification("paybox", { body: sent, script, secret: "other" }), false);
  }
  assert.equal(verifyNotification("paybox", { body: { ...message, pg_amount: 101 }, script, secret }), false);
  assert.deepEqual(decode(message, "paybox").issues, []);
});

test("a reply has a salt of its own, and a signature that is right", () => {
  const options = { script: "https://shop.ru/paybox/result", secret, description: "да & нет" };
  const [one, other] = [notificationReply("paybox", options), notificationReply("paybox", options)];
  assert.notEqual(one.body, other.body);
  assert.equal(one.status, 200);
  for (const { body } of [one, other]) {
    assert.match(body, /<pg_salt>[0-9a-z]{16}<\/pg_salt>/);
    assert.equal(verifyNotification("paybox", { body, script: "result", secret }), true);
  }
});

test("a notification told twice is one", () => {
  const told = (/** @type {string} */ salt) => `pg_payment_id=77&pg_result=1&pg_salt=${salt}&pg_sig=x`;
  const [one, other] = ["a", "b"].map((salt) => parseNotification("paybox", { body: told(salt), contentType: "x/y" }));
  assert.equal(one.dedupeKey, other.dedupeKey);
  assert.deepEqual([one.kind, one.id, one.status], ["payment", "77", "ok"]);
});

test("every step says what it is for, in both languages", () => {
  const scenario = /** @type {const} */ ("partialCapture");
  const [ru] = payboxFlow(scenario, { mode: "withPayment" });
  const [en] = payboxFlow(scenario, { mode: "withPayment", lang: "en" });
  assert.match(ru.note, /[а-я]/);
  assert.match(en.note, /^[\x20-\x7e]+$/);
});

test("what is no message is a ChekError", () => {
  const refused = (/** @type {() => unknown} */ call) =>
    assert.throws(call, (error) => error instanceof ChekError && error.code === "bad_argument");
  const hostile = new Proxy({}, { ownKeys: () => assert.fail("looked") });
  const paybox = /** @type {any} */ ("paybox");
  for (const message of [undefined, null, 7, "text", hostile, {}, { body: "a=1" }, { body: {}, script: 1, secret }]) {
    refused(() => sign(paybox, /** @type {any} */ (message)));
    refused(() => verifyNotification(paybox, /** @type {any} */ (message)));
  }
  refused(() => notificationReply(paybox, /** @type {any} */ ({ script })));
  refused(() => notificationReply(/** @type {any} */ (null), { script, secret }));
  refused(() => payboxFlow(/** @type {any} */ ({}), { mode: "separately" }));
  refused(() => payboxFlow("cancel", /** @type {any} */ (undefined)));
  refused(() => encode(receipt, paybox, /** @type {any} */ (undefined)));
  const cycle = /** @type {any} */ ({ pg_salt: "x" });
  cycle.self = cycle;
  assert.equal(typeof sign("paybox", { body: cycle, script, secret }), "string");
});
