// @ts-check
// The clients, through the built package: each end of a call, with a fetch that answers by the script.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { afterEach, beforeEach, test } from "node:test";
import { inspect } from "node:util";
import { exchange } from "../pkg/index.js";
import { ChekError, CloudKassir, PayKeeper, Paybox, ReceiptError } from "../pkg/client.js";

const SECRET = "s3cret-of-the-shop";
const BASIC = Buffer.from(`pk_1:${SECRET}`).toString("base64");
const TEA = {
  operation: "income",
  taxation: "osn",
  items: [{ name: "Чай", price: "149.90", quantity: 1, vat: "vat22" }],
  customer: { email: "buyer@example.com" },
};
const TAKEN = { Success: true, Message: "Queued", Model: { Id: "17b6", ErrorCode: 0, ReceiptLocalUrl: "https://receipts.ru/17b6" } };

// A second of theirs is a millisecond of ours.
const realTimeout = globalThis.setTimeout;
/** @type {number[]} */
let slept = [];
beforeEach(() => {
  slept = [];
  // @ts-expect-error
  globalThis.setTimeout = (/** @type {any} */ f, /** @type {any} */ ms) => (slept.push(ms), realTimeout(f, ms / 1000));
});
afterEach(() => void (globalThis.setTimeout = realTimeout));

/**
 * A fetch that answers by a script: an object is JSON, a text a body, a number a status, an error a failure, a function
 * whatever it does.
 * @param {any[]} script
 */
function scripted(...script) {
  /** @type {any[]} */
  const requests = [];
  /** @type {any} */
  const fetch = async function (/** @type {any} */ url, /** @type {any} */ init) {
    assert.equal(this, undefined, "called without this");
    assert.equal(init.redirect, "manual");
    requests.push({ url, ...init });
    assert.ok(script.length, "no more requests than answers");
    const answer = script.shift();
    if (answer instanceof Error) throw answer;
    if (typeof answer === "function") return answer(url, init);
    if (typeof answer === "number") return new Response(null, { status: answer });
    return new Response(typeof answer === "string" ? answer : JSON.stringify(answer));
  };
  const ids = () => requests.map(({ headers }) => headers["x-request-id"]);
  return { fetch, requests, ids, left: script };
}

const hang = (/** @type {any} */ _, /** @type {any} */ { signal }) =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
const broken = () => new TypeError("fetch failed", { cause: Object.assign(new Error("reset"), { code: "ECONNRESET" }) });
const unreached = () => new TypeError("fetch failed", { cause: Object.assign(new Error("no"), { code: "ECONNREFUSED" }) });

/** @param {any} fetch @param {any} [options] */
const kassir = (fetch, options) =>
  new CloudKassir({ publicId: "pk_1", apiSecret: SECRET, inn: "7708806062", lang: "en", fetch, ...options });

/** What a promise is rejected with. @param {Promise<any>} promise @returns {Promise<any>} */
const ended = (promise) =>
  promise.then(
    (value) => assert.fail(JSON.stringify(value)),
    (error) => {
      assert.ok(!`${error.stack}${JSON.stringify(error)}${inspect(error, { depth: 9 })}`.includes(SECRET));
      return error;
    },
  );

test("a receipt is sent and waited for", async () => {
  const details = {
    Model: {
      Items: [{ Label: "Чай", Price: 149.9, Quantity: 1, Amount: 149.9, Vat: 22 }],
      TaxationSystem: 0,
      AdditionalData: { Id: "17b6", Amount: 149.9, FiscalNumber: "9999078900005430", DocumentNumber: "1323", FiscalSign: "13223" },
    },
    Success: true,
  };
  const { fetch, requests } = scripted(TAKEN, { Model: "Queued", Success: true }, { Model: "Processed", Success: true }, details);
  const client = kassir(fetch);
  const taken = await client.createReceipt(TEA, { invoiceId: "order 1" });
  assert.deepEqual(taken, { id: "17b6", url: "https://receipts.ru/17b6", requestId: requests[0].headers["x-request-id"] });
  assert.equal(requests[0].url, "https://api.cloudpayments.ru/kkt/receipt");
  assert.equal(requests[0].headers.authorization, `Basic ${BASIC}`);
  assert.equal(JSON.parse(requests[0].body).CustomerReceipt.Items[0].Label, "Чай");
  /** @type {any[]} */
  const seen = [];
  const receipt = await client.waitForReceipt(taken.id, { onStatus: (status) => seen.push(status) });
  assert.deepEqual(seen, [{ status: "queued" }]);
  assert.deepEqual([receipt.fiscal.fd, receipt.fiscal.total, receipt.items[0]?.name], ["1323", "149.90", "Чай"]);
});

test("what is wrong with a receipt is found before anything is sent", async () => {
  const { fetch, requests } = scripted();
  const bad = { ...TEA, items: [{ name: "Чай", price: "149.90", quantity: 1, vat: "vat18" }] };
  for (const error of [
    await ended(kassir(fetch).createReceipt({ ...TEA, items: [] })),
    await ended(kassir(fetch).createReceipt(bad)),
    await ended(kassir(fetch, { inn: undefined }).createReceipt(TEA)),
    await ended(kassir(fetch).createReceipt(JSON.stringify({ ...TEA, operation: "sale" }), { check: false })),
  ]) {
    assert.ok(error instanceof ReceiptError, `${error}`);
    assert.ok(error.issues.length > 0);
  }
  const refused = await ended(kassir(fetch).createCorrection(TEA));
  assert.equal(refused.code, "bad_argument");
  assert.equal(requests.length, 0);
  // Who does not want the rules is not kept.
  const loose = scripted(TAKEN, TAKEN);
  await kassir(loose.fetch).createReceipt({ ...TEA, customer: undefined }, { check: false });
  await kassir(loose.fetch).createReceipt(new TextEncoder().encode(JSON.stringify(TEA)), { check: { at: "2026-11-22" } });
  assert.equal(loose.requests.length, 2);
});

/** @type {[string, () => any, string, object][]} */
const ENDS = [
  ["a refusal", () => ({ Success: false, Message: "нет", Model: { ErrorCode: 8 } }), "rejected", { providerCode: "8", providerMessage: "нет", retryable: false }],
  ["a client's error", () => 404, "rejected", { status: 404 }],
  ["bad credentials", () => 401, "auth", { status: 401, retryable: false }],
  ["a redirect", () => 302, "bad_answer", { status: 302 }],
  ["a redirect in a browser", () => () => ({ type: "opaqueredirect", status: 0, headers: new Headers(), text: async () => "" }), "bad_answer", {}],
  ["too many requests", () => 429, "rate_limited", { status: 429, retryable: true }],
  ["no connection", unreached, "network", { retryable: true }],
  ["a broken connection", broken, "unknown_outcome", { reason: "network" }],
  ["a server's error", () => 502, "unknown_outcome", { reason: "server", status: 502 }],
  ["a broken body", () => "{", "unknown_outcome", { reason: "bad_answer" }],
  ["no answer", () => hang, "unknown_outcome", { reason: "timeout" }],
  ["a body that does not end", () => async () => ({ status: 200, headers: new Headers(), text: () => new Promise(() => {}) }), "unknown_outcome", { reason: "timeout" }],
];
for (const [name, answer, code, fields] of ENDS) {
  test(`a receipt meets ${name}`, async () => {
    const { fetch, ids } = scripted(answer());
    const error = await ended(kassir(fetch, { maxRetries: 0 }).createReceipt(TEA, { invoiceId: "order 1", timeoutMs: 5000 }));
    assert.ok(error instanceof ChekError);
    assert.equal(error.code, code, `${error}`);
    assert.partialDeepStrictEqual?.(error, { provider: "cloudkassir", method: "createReceipt", requestId: ids()[0], ...fields });
    for (const [key, value] of Object.entries(fields)) assert.equal(/** @type {any} */ (error)[key], value);
    assert.equal(error.next?.kind, code === "unknown_outcome" ? "sameRequest" : undefined);
  });
}

test("another attempt has the same id", async () => {
  const { fetch, ids } = scripted(broken(), 503, 429, TAKEN);
  /** @type {any[]} */
  const retries = [];
  const { requestId } = await kassir(fetch, { onRetry: (/** @type {any} */ retry) => retries.push(retry) }).createReceipt(TEA);
  assert.deepEqual(new Set(ids()), new Set([requestId]));
  assert.deepEqual(retries.map(({ attempt, code }) => [attempt, code]), [[1, "network"], [2, "server"], [3, "rate_limited"]]);
  assert.ok(retries.every((retry) => retry.requestId === requestId && retry.waitMs >= 0));
});

test("ids are those of the call", async () => {
  const { fetch, ids } = scripted(...Array(8).fill(TAKEN));
  const client = kassir(fetch);
  const refund = { ...TEA, operation: "incomeReturn" };
  for (const [receipt, options] of /** @type {any[]} */ ([
    [TEA, { invoiceId: "1" }],
    [JSON.stringify(TEA), { invoiceId: "1" }],
    [TEA, { invoiceId: "2" }],
    [refund, { invoiceId: "1", part: "1" }],
    [refund, { invoiceId: "1", part: "2" }],
    [TEA, {}],
    [TEA, {}],
    [TEA, { requestId: "mine" }],
  ])) {
    await client.createReceipt(receipt, options);
  }
  assert.equal(ids()[0], ids()[1]);
  assert.equal(new Set(ids()).size, 7);
  assert.equal(ids()[7], "mine");
});

test("Retry-After is waited for, and not for ever", async () => {
  const later = () => new Response("", { status: 429, headers: { "retry-after": "7" } });
  const { fetch } = scripted(later, TAKEN);
  await kassir(fetch).createReceipt(TEA);
  assert.ok(slept.some((ms) => ms >= 7000 && ms < 7600), `${slept}`);
  const never = scripted(() => new Response("", { status: 429, headers: { "retry-after": "86400" } }));
  assert.equal((await ended(kassir(never.fetch).createReceipt(TEA))).code, "rate_limited");
});

test("who gives up knows what may have been done", async () => {
  const before = scripted();
  assert.equal((await ended(kassir(before.fetch).createReceipt(TEA, { signal: AbortSignal.abort() }))).code, "aborted");
  const during = new AbortController();
  const sent = scripted((/** @type {any} */ url, /** @type {any} */ init) => (queueMicrotask(() => during.abort()), hang(url, init)));
  const error = await ended(kassir(sent.fetch).createReceipt(TEA, { invoiceId: "order 1", signal: during.signal }));
  assert.deepEqual([error.code, error.reason, error.next.kind], ["unknown_outcome", "aborted", "sameRequest"]);
  assert.equal(sent.requests[0].signal.aborted, true);
  const reading = new AbortController();
  const asked = scripted({ Model: "Queued", Success: true });
  const waiting = kassir(asked.fetch).waitForReceipt("1", { signal: reading.signal, onStatus: () => reading.abort() });
  assert.equal((await ended(waiting)).code, "aborted");
});

test("who gives up while the state is kept has sent nothing", async () => {
  const keeping = new AbortController();
  const { fetch, requests } = scripted();
  const call = kassir(fetch, { maxRetries: 0 }).createReceipt(TEA, { signal: keeping.signal, onState: () => keeping.abort() });
  assert.equal((await ended(call)).code, "aborted");
  assert.equal(requests.length, 0);
  // After a request of which nothing is known, that stays so.
  const later = new AbortController();
  const lost = scripted(broken());
  const states = { count: 0 };
  const onState = () => void (++states.count === 3 && later.abort());
  assert.equal((await ended(kassir(lost.fetch).createReceipt(TEA, { signal: later.signal, onState }))).code, "unknown_outcome");
});

test("a payment of Paybox's", async () => {
  const paid = "<response><pg_status>ok</pg_status><pg_payment_id>77</pg_payment_id><pg_redirect_url>https://x</pg_redirect_url></response>";
  const receipt = { ...TEA, ffd: "1.05", items: [{ name: "Чай", price: 100, quantity: 2, vat: "vat10" }] };
  const pending = { data: { receipt_id: "bb93", status: "pending", error: null } };
  const { fetch, requests } = scripted(paid, paid, broken(), pending, { data: { receipt_id: "bb93", status: "registered" } });
  /** @type {any[]} */
  const signed = [];
  const jws = async (/** @type {any} */ request) => (signed.push(request), "a.b.c");
  const shop = new Paybox({ merchantId: 542088, secret: SECRET, fetch, jws, lang: "en" });
  const made = await shop.initPayment({ orderId: 1, amount: "200.00", description: "x", receipt, autoClearing: true });
  assert.deepEqual([made.paymentId, made.redirectUrl], ["77", "https://x"]);
  const body = JSON.parse(requests[0].body);
  assert.deepEqual([body.pg_amount, body.pg_merchant_id, body.pg_auto_clearing, body.pg_receipt.positions.length], [200, 542088, 1, 1]);
  // The sum of a part is that of its receipt.
  await shop.capture({ paymentId: 77, receipt });
  assert.equal(JSON.parse(requests[1].body).pg_clearing_amount, 200);
  const error = await ended(shop.refund({ paymentId: 77, amount: 5 }));
  assert.deepEqual([error.code, error.next], ["unknown_outcome", { kind: "paymentStatus", paymentId: "77", message: error.next.message }]);
  assert.ok((await ended(shop.initPayment({ orderId: 1, amount: 1, description: "x", receipt }))) instanceof ReceiptError);
  const created = await shop.createReceipt(receipt, { paymentId: 77 });
  assert.deepEqual([created.id, created.status], ["bb93", "pending"]);
  assert.equal((await shop.waitForReceipt("bb93")).status, "registered");
  assert.deepEqual(signed.map(({ method, url }) => `${method} ${url}`), ["POST https://api.freedompay.uz/v5/receipts", "GET https://api.freedompay.uz/v5/receipts/bb93"]);
  assert.equal(requests.at(-1).headers["x-jws-signature"], "a.b.c");
});

test("a receipt of PayKeeper's", async () => {
  const { fetch, requests } = scripted(
    { token: "t1" },
    hang,
    { token: "t2" },
    { result: "fail", msg: "Чек уже существует" },
    { receipts: [{ id: "4201", status: "created", fop_receipt_key: "order_0001" }], counts: {} },
    "",
    { id: "4201", status: "success", fpd: "1", fnd: "2", fn: "9999" },
  );
  const keeper = new PayKeeper({ user: "admin", password: SECRET, baseUrl: "https://demo.paykeeper.ru", fetch });
  const receipt = { ...TEA, ffd: "1.05" };
  const printed = await keeper.printReceipt(receipt, { receiptKey: "order_0001", check: { at: "2025-11-22", severity: { vat_not_in_force: "off" } } });
  assert.deepEqual(printed, { id: "4201", receiptKey: "order_0001" });
  assert.ok(requests[1].body.endsWith("&receipt_key=order_0001&token=t1") && requests[3].body.endsWith("&token=t2"));
  const made = await keeper.waitForReceipt(printed.id);
  assert.deepEqual([made.status, made.fiscal?.fd], ["success", "2"]);
});

test("a deadline is of the whole", async () => {
  const { fetch } = scripted(503, 503, 503, 503);
  const error = await ended(kassir(fetch).getReceipt("1", { deadlineMs: 1 }));
  assert.equal(error.code, "timeout");
  const queued = scripted(...Array(9999).fill({ Model: "Queued", Success: true }));
  const late = await ended(kassir(queued.fetch).waitForReceipt("1", { timeoutMs: 300, lang: "en" }));
  assert.deepEqual([late.code, late.retryable], ["timeout", true]);
});

test("a call goes on after the process has ended", async () => {
  /** @type {string[]} */
  const states = [];
  const { fetch, ids } = scripted(hang);
  const crash = new AbortController();
  const first = kassir(fetch).createReceipt(TEA, {
    invoiceId: "order 1",
    signal: crash.signal,
    onState: (state) => states.push(state) && queueMicrotask(() => realTimeout(() => crash.abort(), 5)),
  });
  await ended(first);
  assert.equal(states.length, 1, "before the request is sent");
  for (const word of [SECRET, BASIC, "pk_1"]) assert.ok(!states[0]?.includes(word), word);
  const second = scripted(TAKEN);
  const taken = await kassir(second.fetch).resume(/** @type {string} */ (states[0]));
  assert.equal(taken.requestId, ids()[0]);
  assert.deepEqual(second.ids(), ids());
  // Another account's call is none of ours, and what is no state is said.
  const other = new CloudKassir({ publicId: "pk_2", apiSecret: SECRET, fetch: scripted().fetch });
  assert.equal((await ended(other.resume(/** @type {string} */ (states[0])))).code, "unknown_outcome");
  for (const bad of ["", "{}", "null"]) assert.equal((await ended(other.resume(bad))).code, "bad_argument");
  // The hour is over.
  const { now } = Date;
  Date.now = () => now() + 56 * 60_000;
  const error = await ended(kassir(scripted().fetch).resume(/** @type {string} */ (states[0]))).finally(() => (Date.now = now));
  assert.deepEqual([error.code, error.next.kind, error.next.invoiceId], ["unknown_outcome", "notification", "order 1"]);
});

test("where the state cannot be kept, nothing is sent", async () => {
  for (const onState of [() => Promise.reject(new Error("disk full")), () => { throw new Error("disk full"); }]) {
    const { fetch, requests } = scripted();
    const error = await ended(kassir(fetch).createReceipt(TEA, { onState }));
    assert.ok(error instanceof ChekError);
    assert.deepEqual([error.code, error.cause?.message, requests.length], ["aborted", "disk full", 0]);
  }
  // Nor once more, and what may have been done stays told.
  const lost = scripted(broken());
  let count = 0;
  const onState = () => { if (++count === 2) throw new Error("disk full"); };
  const error = await ended(kassir(lost.fetch).createReceipt(TEA, { invoiceId: "1", onState }));
  assert.deepEqual([error.code, error.cause?.message, error.next.kind], ["unknown_outcome", "disk full", "sameRequest"]);
  assert.equal(error.requestId, lost.ids()[0]);
});

const never = () => new Promise(() => {});
/** A timer of the system's signals keeps no process alive. */
const soon = () => {
  const controller = new AbortController();
  realTimeout(() => controller.abort(), 20);
  return controller.signal;
};
const RECEIPT = { ...TEA, ffd: "1.05", items: [{ name: "Чай", price: 100, quantity: 2, vat: "vat10" }] };
/** @param {any} fetch @param {any} [options] */
const paybox = (fetch, options) => new Paybox({ merchantId: 1, secret: SECRET, lang: "en", fetch, ...options });

test("a state that is never kept ends by deadline and signal", async () => {
  const { fetch, requests } = scripted();
  const late = await ended(kassir(fetch).createReceipt(TEA, { onState: never, deadlineMs: 5000 }));
  assert.deepEqual([late.code, late.retryable, requests.length], ["timeout", true, 0]);
  assert.equal(late.message, "CloudKassir createReceipt: it took too long");
  const signal = soon();
  assert.equal((await ended(kassir(fetch).createReceipt(TEA, { onState: never, signal }))).code, "aborted");
  // Of a resumed call, and of one that may have been carried out.
  const lost = scripted(broken());
  /** @type {string[]} */
  const states = [];
  const onState = (/** @type {string} */ state) => (states.push(state) === 2 ? never() : undefined);
  const error = await ended(kassir(lost.fetch).createReceipt(TEA, { onState, deadlineMs: 5000 }));
  assert.deepEqual([error.code, error.reason, lost.requests.length], ["unknown_outcome", "timeout", 1]);
  assert.match(error.message, /it took too long/);
  const again = await ended(kassir(scripted().fetch).resume(/** @type {string} */ (states[0]), { onState: never }));
  assert.deepEqual([again.code, again.reason], ["unknown_outcome", "timeout"]);
});

test("a signature that never comes ends by time and signal", async () => {
  const { fetch, requests } = scripted();
  const shop = paybox(fetch, { jws: never });
  for (const options of [{ timeoutMs: 5000 }, { deadlineMs: 5000 }]) {
    assert.equal((await ended(shop.createReceipt(RECEIPT, options))).code, "timeout");
  }
  assert.equal((await ended(shop.createReceipt(RECEIPT, { signal: soon() }))).code, "aborted");
  const broke = paybox(fetch, { jws: () => { throw new Error("no key"); } });
  const error = await ended(broke.createReceipt(RECEIPT));
  assert.deepEqual([error.code, error.cause.message], ["aborted", "no key"]);
  const empty = await ended(paybox(fetch, { jws: () => undefined }).createReceipt(RECEIPT));
  assert.deepEqual([empty.code, empty.cause.code], ["aborted", "bad_argument"]);
  assert.equal(requests.length, 0);
});

test("an answer of no status cannot be read, and may have been carried out", async () => {
  const answer = (/** @type {any} */ status) => async () => ({ status, text: async () => JSON.stringify(TAKEN) });
  for (const status of [undefined, null, -5, 99, 600, 99999, 200.5, NaN, "ok"]) {
    const { fetch, ids } = scripted(answer(status));
    const error = await ended(kassir(fetch, { maxRetries: 0 }).createReceipt(TEA));
    assert.ok(error instanceof ChekError, String(status));
    assert.deepEqual([error.code, error.reason, error.next.kind, error.status], ["unknown_outcome", "bad_answer", "sameRequest", undefined]);
    assert.equal(error.requestId, ids()[0]);
    const read = await ended(kassir(scripted(answer(status)).fetch, { maxRetries: 0 }).test());
    assert.equal(read.code, "bad_answer");
  }
  assert.equal((await kassir(scripted(answer("200")).fetch).createReceipt(TEA)).id, "17b6");
  for (const odd of [undefined, null, 5, {}, { status: 200 }, { status: Symbol("x") }, { status: 200, text: async () => null }]) {
    const { fetch } = scripted(async () => odd);
    assert.equal((await ended(kassir(fetch, { maxRetries: 0 }).createReceipt(TEA))).code, "unknown_outcome");
  }
});

test("callbacks and failures that throw end no call otherwise", async () => {
  const trapped = Object.defineProperty(new Error("x"), "cause", { get: () => { throw new Error("trap"); } });
  const nothing = () => Promise.reject(undefined);
  const { fetch, requests } = scripted(trapped, nothing, TAKEN);
  const onRetry = () => { throw new Error("mine"); };
  assert.equal((await kassir(fetch, { onRetry }).createReceipt(TEA)).id, "17b6");
  assert.equal(requests.length, 3);
  const later = scripted(503, TAKEN);
  assert.equal((await kassir(later.fetch, { onRetry: async () => onRetry() }).createReceipt(TEA)).id, "17b6");
  for (const onStatus of [onRetry, async () => onRetry()]) {
    const error = await ended(kassir(scripted({ Model: "Queued", Success: true }).fetch).waitForReceipt("1", { onStatus }));
    assert.ok(error instanceof ChekError);
    assert.deepEqual([error.code, error.cause], ["aborted", error.cause]);
    assert.equal(/** @type {any} */ (error.cause).message, "mine");
  }
});

/** @param {RegExp} said @param {any} error */
const refusedFor = (said, error) => {
  assert.ok(error instanceof ChekError, `${error}`);
  assert.equal(error.code, "bad_argument");
  assert.match(error.message, said);
};

test("options of a client that are not known, or not what they should be", () => {
  const ours = { publicId: "pk_1", apiSecret: "x" };
  for (const [more, said] of /** @type {[any, RegExp][]} */ ([
    [{ baseURL: "http://x" }, /"baseURL".*"baseUrl"/],
    [{ basUrl: "http://x" }, /"basUrl".*"baseUrl"/],
    [{ timeoutMS: 1 }, /"timeoutMS".*"timeoutMs"/],
    [{ publicID: "x" }, /"publicID".*"publicId"/],
    [{ sandbox: true }, /"sandbox".*baseUrl/],
    [{ fetch: 5 }, /"fetch"/],
    [{ fetch: null }, /"fetch"/],
    [{ timeoutMs: "5" }, /"timeoutMs"/],
    [{ maxRetries: -1 }, /"maxRetries"/],
    [{ onRetry: 5 }, /"onRetry"/],
    [{ inn: 7708806062 }, /"inn"/],
    [{ apiSecret: undefined }, /apiSecret/],
    [{ publicId: undefined, baseUrl: "http://x" }, /publicId/],
    ...[5, "", null, "x.ru", "ftp://x", "//host", "/\\host", "/", "http://", "http:///x", "http://u:p@x", "/a?b"].map((baseUrl) => [{ baseUrl }, /"baseUrl"/]),
  ])) {
    try {
      new CloudKassir({ ...ours, ...more });
    } catch (error) {
      refusedFor(said, error);
      continue;
    }
    assert.fail(inspect(more));
  }
  for (const given of [null, 5, "x", []]) {
    for (const One of [CloudKassir, Paybox, PayKeeper]) {
      assert.throws(() => new One(/** @type {any} */ (given)), { name: "ChekError", code: "bad_argument" });
    }
  }
  for (const baseUrl of ["http://127.0.0.1:8080/", "https://x.ru/a", "/api/kassir", undefined]) {
    new CloudKassir({ ...ours, baseUrl, fetch: undefined });
  }
  new Paybox({ merchantId: 1, baseUrl: "/api/paybox" });
});

test("options of calls that are not known, or not what they should be", async () => {
  const { fetch, requests } = scripted();
  const client = /** @type {any} */ (kassir(fetch));
  const keeper = /** @type {any} */ (new PayKeeper({ user: "u", password: SECRET, baseUrl: "https://x.ru", fetch }));
  const shop = /** @type {any} */ (paybox(fetch));
  for (const [call, said] of /** @type {[() => Promise<any>, RegExp][]} */ ([
    [() => client.test({ signl: 1 }), /"signl".*"signal"/],
    [() => client.receiptStatus("x", { timeoutMS: 1 }), /"timeoutMS".*"timeoutMs"/],
    [() => client.receiptStatus("x", { foo: 1 }), /"foo"/],
    [() => client.waitForReceipt("x", { onStatsu: 1 }), /"onStatsu".*"onStatus"/],
    [() => client.createReceipt(TEA, { invocieId: "1" }), /"invocieId".*"invoiceId"/],
    [() => client.createReceipt(TEA, 5), /object/],
    [() => client.createReceipt(TEA, []), /object/],
    [() => client.test("x"), /object/],
    [() => client.test({ signal: {} }), /"signal"/],
    [() => client.test({ onState: 5 }), /"onState"/],
    [() => client.createReceipt(TEA, { check: "no" }), /"check"/],
    [() => client.resume(5), /resume/],
    [() => client.resume("{}", { sgnal: 1 }), /"sgnal".*"signal"/],
    [() => keeper.printReceipt(RECEIPT, { recieptKey: "order_1" }), /"recieptKey".*"receiptKey"/],
    [() => keeper.receiptById(1, { signl: 1 }), /"signl"/],
    [() => shop.refund({ paymentId: 1 }, { chek: false }), /"chek".*"check"/],
    [() => shop.createReceipt(RECEIPT, { ofset: true }), /"ofset".*"offset"/],
  ])) {
    refusedFor(said, await ended(call()));
  }
  assert.equal(requests.length, 0);
  // What is not given is the client's.
  const sent = scripted(TAKEN);
  await kassir(sent.fetch).createReceipt(TEA, { signal: undefined, timeoutMs: undefined, invoiceId: undefined });
});

test("fields of a payment that Paybox would not understand", async () => {
  const { fetch, requests } = scripted();
  const shop = /** @type {any} */ (paybox(fetch));
  const order = { orderId: 1, amount: 10, description: "x" };
  for (const [call, said] of /** @type {[() => Promise<any>, RegExp][]} */ ([
    [() => shop.initPayment({ ...order, recipt: RECEIPT }), /recipt/],
    [() => shop.initPayment({ ...order, autoClearng: true }), /autoClearng.*autoClearing/],
    [() => shop.initPayment({ ...order, resultUrl: "x" }), /resultUrl.*pg_/],
    [() => shop.initPayment({ ...order, autoClearing: "yes" }), /autoClearing/],
    [() => shop.initPayment({ ...order, description: "" }), /description/],
    [() => shop.initPayment({ ...order, orderId: {} }), /orderId/],
    [() => shop.initPayment({ ...order, pg_order_id: 2 }), /pg_order_id/],
    [() => shop.refund({ paymentid: 1 }), /paymentid.*paymentId/],
    [() => shop.cancel({ paymentId: 1, amount: 5 }), /amount/],
    ...[-5, 0, "0.00", 0.1 + 0.2, NaN, "1.001", "x", "", Infinity].flatMap((amount) => [
      [() => shop.initPayment({ ...order, amount }), /amount/],
      [() => shop.refund({ paymentId: 1, amount }), /amount/],
      [() => shop.refund({ paymentId: 1, pg_refund_amount: amount }), /pg_refund_amount/],
    ]),
    [() => shop.initPayment(), /object/],
    [() => shop.capture(null), /object/],
    [() => shop.cancel(5), /object/],
    [() => shop.status(), /paymentId/],
    [() => shop.status(null), /paymentId/],
    [() => shop.status({}), /paymentId/],
    [() => shop.status(""), /paymentId/],
  ])) {
    refusedFor(said, await ended(call()));
  }
  assert.equal(requests.length, 0);
  const paid = "<response><pg_status>ok</pg_status><pg_payment_id>77</pg_payment_id></response>";
  const sent = scripted(paid, paid);
  await paybox(sent.fetch).initPayment({ ...order, receipt: /** @type {any} */ (null), pg_result_url: "https://a/b" });
  assert.equal(JSON.parse(sent.requests[0].body).pg_result_url, "https://a/b");
  await paybox(sent.fetch).status({ orderId: 1 });
});

test("an order that is empty, and a part of none", async () => {
  const { fetch, requests } = scripted();
  const client = /** @type {any} */ (kassir(fetch));
  const correction = { ...TEA, correction: { kind: "self", date: "2026-01-01" } };
  for (const invoiceId of ["", null]) {
    refusedFor(/invoiceId/, await ended(client.createReceipt(TEA, { invoiceId })));
    refusedFor(/invoiceId/, await ended(client.createCorrection(correction, { invoiceId })));
  }
  refusedFor(/part/, await ended(client.createReceipt(TEA, { part: "1" })));
  const keeper = new PayKeeper({ user: "u", password: SECRET, baseUrl: "https://x.ru", fetch });
  refusedFor(/part/, await ended(keeper.printReceipt(RECEIPT, { part: "1" })));
  assert.equal(requests.length, 0);
});

test("numbers of registers keep their zeros", async () => {
  const { fetch, requests } = scripted();
  const client = /** @type {any} */ (kassir(fetch));
  const register = { deviceNumber: "0001", fiscalNumber: "9999", onMaintenance: true };
  for (const name of ["deviceNumber", "fiscalNumber"]) {
    refusedFor(new RegExp(name), await ended(client.setState({ ...register, [name]: 1 })));
    refusedFor(new RegExp(name), await ended(client.getState({ deviceNumber: "1", fiscalNumber: "2", [name]: 1 })));
  }
  refusedFor(/inn/, await ended(client.setState({ ...register, inn: 7708806062 })));
  refusedFor(/regNumber/, await ended(client.fiscalize({ ...register, regNumber: 1 })));
  refusedFor(/object/, await ended(client.setState()));
  assert.equal(requests.length, 0);
});

test("a missing INN is told by the names of both doors", async () => {
  const error = await ended(kassir(scripted().fetch, { inn: undefined }).createReceipt(TEA));
  assert.ok(error instanceof ReceiptError);
  assert.equal(error.issues[0]?.hint, "{ inn }, seller.inn");
});

test("secrets are nowhere", async () => {
  const echo = { Success: false, Message: `no ${SECRET} here` };
  const client = kassir(scripted(echo).fetch);
  const error = await ended(client.createReceipt(TEA));
  assert.equal(error.providerMessage, "no *** here");
  const clients = [
    client,
    new Paybox({ merchantId: 1, secret: SECRET, jws: SECRET }),
    new PayKeeper({ user: "u", password: SECRET, baseUrl: "https://x.server.paykeeper.ru" }),
  ];
  for (const one of clients) {
    const shown = `${JSON.stringify(one)}${inspect(one, { depth: 9, showHidden: true })}${String(one)}`;
    assert.ok(!shown.includes(SECRET), shown);
  }
});

test("options that cannot be", () => {
  const bad = (/** @type {() => unknown} */ make) => assert.throws(make, { name: "ChekError", code: "bad_argument" });
  bad(() => new CloudKassir({}));
  bad(() => new CloudKassir({ publicId: "pk_1" }));
  // @ts-expect-error
  bad(() => new CloudKassir({ publicId: 1, apiSecret: "x" }));
  // @ts-expect-error
  bad(() => new PayKeeper({ user: "u", password: "p" }));
  bad(() => new Paybox({ secret: SECRET }));
  new CloudKassir({ baseUrl: "/api/kassir" });
});

test("a page calls its own server, without credentials", async () => {
  const { fetch, requests } = scripted(TAKEN);
  await new CloudKassir({ baseUrl: "/api/kassir", inn: "7708806062", fetch }).createReceipt(TEA);
  assert.equal(requests[0].url, "/api/kassir/kkt/receipt");
  assert.equal(requests[0].headers.authorization, undefined);
});

test("the global fetch, over HTTP, follows no redirect", async (t) => {
  globalThis.setTimeout = realTimeout;
  /** @type {string[]} */
  const paths = [];
  const server = createServer((request, response) => {
    paths.push(request.url ?? "");
    if (request.url === "/kkt/state/get") response.writeHead(307, { location: "/elsewhere" }).end();
    else response.end(JSON.stringify({ Success: true, Message: request.headers.authorization }));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  t.after(() => server.close());
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const client = new CloudKassir({ publicId: "pk_1", apiSecret: SECRET, baseUrl: `http://127.0.0.1:${port}/` });
  assert.deepEqual(await client.test(), { message: `Basic ${BASIC}` });
  assert.equal((await ended(client.getState({ deviceNumber: "1", fiscalNumber: "2" }))).code, "bad_answer");
  assert.deepEqual(paths, ["/test", "/kkt/state/get"]);
});

test("the step by itself", () => {
  const call = { provider: /** @type {const} */ ("cloudkassir"), method: "test" };
  const account = { provider: /** @type {const} */ ("cloudkassir"), login: "a", secret: "b" };
  const made = exchange({ call }, account, { kind: "start" }, { now: 0, random: "00".repeat(16) });
  assert.ok("send" in made.step && made.step.send.url === "https://api.cloudpayments.ru/test");
  const done = exchange(made.state, account, { kind: "answered", status: 200, body: '{"Success":true,"Message":"x"}' });
  assert.deepEqual(done.step, { done: { message: "x" } });
  for (const bad of [() => exchange("x", account, { kind: "start" }), () => exchange({ call }, /** @type {any} */ ({}), { kind: "start" })]) {
    assert.throws(bad, { name: "ChekError", code: "bad_argument" });
  }
});

test("by require as well", async () => {
  const client = createRequire(import.meta.url)("../pkg/client.cjs");
  assert.deepEqual(Object.keys(client).sort(), ["ChekError", "CloudKassir", "PayKeeper", "Paybox", "ReceiptError"]);
  const { fetch } = scripted({ Success: true, Message: "x" });
  assert.deepEqual(await new client.CloudKassir({ publicId: "a", apiSecret: "bcde", fetch }).test(), { message: "x" });
});
