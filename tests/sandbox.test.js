// @ts-check
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, request } from "node:http";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { ChekError, decode, encode, parseNotification, sign, verifyNotification } from "../pkg/index.js";
import { createSandbox, startSandbox } from "../pkg/sandbox.js";

const RECEIPT = /** @type {const} */ ({
  operation: "income",
  items: [{ name: "Чай", price: "33.33", quantity: 3, vat: "vat22" }],
  customer: { email: "buyer@example.com" },
});
const BASIC = { Authorization: `Basic ${btoa("pk:api-secret")}` };
const CLI = fileURLToPath(new URL("../pkg/cli.js", import.meta.url));
const CLOUDKASSIR = "https://api.cloudpayments.ru/";

/** @param {string} [invoiceId] */
const body = (invoiceId) =>
  JSON.stringify(encode(RECEIPT, "cloudkassir", { inn: "7708806062", ...(invoiceId ? { invoiceId } : {}) }).body);

/** @param {Pick<import("../pkg/sandbox.js").Sandbox, "fetch">} sandbox @param {string} path @param {string} body */
async function ask({ fetch }, path, body, more = {}) {
  const answer = await fetch(CLOUDKASSIR + path, { method: "POST", headers: { ...BASIC, ...more }, body });
  return answer.json();
}

test("a fetch that takes what fetch takes", async () => {
  const sandbox = createSandbox({ credentials: { merchantId: 500, secret: "key" } });
  const request = new Request(`${CLOUDKASSIR}kkt/receipt`, { method: "POST", headers: BASIC, body: body() });
  assert.equal((await (await sandbox.fetch(request)).json()).Message, "Queued");
  const bytes = new TextEncoder().encode(body());
  for (const [url, given] of /** @type {[string | URL, BodyInit][]} */ ([
    [`${CLOUDKASSIR}kkt/receipt`, body()],
    [new URL("http://localhost:3000/some/base/kkt/receipt?x=1"), bytes],
    ["https://example.com/kkt/receipt/", new Blob([bytes])],
  ])) {
    const answer = await sandbox.fetch(url, { method: "POST", headers: BASIC, body: given });
    assert.equal((await answer.json()).Message, "Queued");
    assert.equal(answer.headers.get("content-type"), "application/json; charset=utf-8");
  }
  const message = { pg_merchant_id: "500", pg_order_id: "7", pg_amount: "10", pg_description: "Чай", pg_salt: "s" };
  const script = "init_payment.php";
  const form = new FormData();
  const signed = { ...message, pg_sig: sign("paybox", { body: message, script, secret: "key" }) };
  for (const [name, value] of Object.entries(signed)) form.append(name, value);
  for (const given of [form, new URLSearchParams(signed)]) {
    const answer = await sandbox.fetch(`https://api.freedompay.uz/${script}`, { method: "POST", body: given });
    const text = await answer.text();
    assert.match(text, /<pg_status>ok<\/pg_status>/);
    assert.equal(verifyNotification("paybox", { body: text, script, secret: "key" }), true);
  }
  await assert.rejects(sandbox.fetch("not an address"), TypeError);
  assert.equal((await sandbox.fetch("https://example.com/nothing")).status, 404);
  assert.equal(sandbox.requests.length, 7);
  assert.equal(sandbox.requests[0].headers.authorization, BASIC.Authorization);
});

test("time stands until it is moved, and what is due then happens", async () => {
  const sandbox = createSandbox({ seed: "a" });
  const start = sandbox.now();
  const { Id } = (await ask(sandbox, "kkt/receipt", body("order-1"), { "X-Request-ID": "r1" })).Model;
  assert.equal((await ask(sandbox, "kkt/receipt/status/get", JSON.stringify({ Id }))).Model, "Queued");
  assert.deepEqual([sandbox.receipts.length, sandbox.notifications.length], [0, 0]);
  sandbox.advance(60_000);
  assert.equal(sandbox.now(), start + 60_000);
  const [made] = sandbox.receipts;
  assert.deepEqual(
    [made.provider, made.id, made.requestId, made.invoiceId, made.total, made.fiscal.total],
    ["cloudkassir", Id, "r1", "order-1", "99.99", "99.99"],
  );
  assert.ok(made.acceptedAt === start && made.printedAt > start && made.printedAt <= start + 60_000);
  const details = await ask(sandbox, "kkt/receipt/get", JSON.stringify({ Id }));
  const { receipt, issues } = decode(details, "cloudkassir");
  assert.deepEqual(issues, []);
  assert.deepEqual(receipt.fiscal, made.fiscal);
  const [{ provider, headers, body: sent }] = sandbox.notifications;
  assert.equal(verifyNotification(provider, { headers, body: sent, secret: "api-secret" }), true);
  const { envelope } = parseNotification(provider, { body: sent });
  assert.equal(envelope.invoiceId, "order-1");
  assert.equal(sandbox.receipts, sandbox.receipts);
  for (const wrong of [-1, NaN, Infinity]) assert.throws(() => sandbox.advance(wrong), { code: "bad_argument" });
});

test("another clock, and the real one", async () => {
  let now = Date.parse("2026-03-01T12:00:00Z");
  const given = createSandbox({ clock: () => now });
  await ask(given, "kkt/receipt", body());
  now += 60_000;
  assert.equal(given.receipts[0].fiscal.dateTime.slice(0, 16), "2026-03-01T15:00");
  assert.equal(given.notifications.length, 1);
  given.advance(5_000);
  assert.equal(given.now(), now + 5_000);

  /** @type {(value: unknown) => void} */
  let told = () => {};
  const said = new Promise((resolve) => (told = resolve));
  const real = createSandbox({ clock: "real", onNotification: told });
  await ask(real, "kkt/receipt", body());
  // The timer alone keeps no process alive.
  const alive = setInterval(() => {}, 1000);
  await said;
  clearInterval(alive);
  assert.equal(real.receipts.length, 1);
});

test("the shop's answer decides whether a notification comes again", async () => {
  const answers = [
    () => {
      throw new Error("down");
    },
    () => ({ status: 500, body: '{"code":0}' }),
    () => '{"code":13}',
    async () => new Response('{"code":0}'),
  ];
  const sandbox = createSandbox({ onNotification: ({ attempt }) => answers[attempt - 1]() });
  await ask(sandbox, "kkt/receipt", body());
  await sandbox.advance(3_600_000);
  assert.deepEqual(sandbox.notifications.map(({ attempt }) => attempt), [1, 2, 3, 4]);
  assert.equal(new Set(sandbox.notifications.map(({ body }) => body)).size, 1);
});

test("faults", async () => {
  const sandbox = createSandbox({ faults: ["lostRequest:kkt/receiptx1", { kind: "lostAnswer", times: 1 }] });
  for (const carriedOut of [0, 1]) {
    await assert.rejects(ask(sandbox, "kkt/receipt", body()), { name: "TypeError", message: "fetch failed" });
    sandbox.advance(60_000);
    assert.equal(sandbox.receipts.length, carriedOut);
  }
  assert.deepEqual(sandbox.faults, []);
  assert.deepEqual(sandbox.setFaults(["hang"]), [{ kind: "hang" }]);
  const reason = new Error("enough");
  for (const wait of [0, 20]) {
    const controller = new AbortController();
    if (wait) setTimeout(() => controller.abort(reason), wait);
    else controller.abort(reason);
    const { signal } = controller;
    await assert.rejects(sandbox.fetch(`${CLOUDKASSIR}test`, { method: "POST", headers: BASIC, signal }), reason);
  }
  assert.deepEqual(sandbox.requests.map(({ outcome }) => outcome), ["lost", "lost", "hang"]);

  sandbox.setFaults([{ kind: "slow", after: 5_000 }]);
  let came = false;
  const slow = ask(sandbox, "test", "").then(() => (came = true));
  const stopped = sandbox.fetch(`${CLOUDKASSIR}test`, { method: "POST", headers: BASIC, signal: AbortSignal.timeout(20) });
  await assert.rejects(stopped, { name: "TimeoutError" });
  sandbox.advance(4_999);
  await new Promise(setImmediate);
  assert.equal(came, false);
  sandbox.advance(1);
  await slow;

  sandbox.setFaults(["brokenBody"]);
  await assert.rejects(ask(sandbox, "test", ""), SyntaxError);
  for (const wrong of ["hung", { kind: "hang", often: 1 }, { kind: "hang", times: "x" }, 7]) {
    assert.throws(() => sandbox.setFaults([/** @type {any} */ (wrong)]), ChekError);
  }
  for (const wrong of [{ seeds: 1 }, { credentials: { id: "x" } }, { seed: -1 }, { clock: "fake" }, { faults: "x" }]) {
    assert.throws(() => createSandbox(/** @type {any} */ (wrong)), { code: "bad_argument" });
  }
});

test("the same seed gives the same, and sandboxes do not know of each other", async () => {
  const clock = () => 1_795_000_000_000;
  /** @param {number} seed */
  const run = async (seed) => {
    const sandbox = createSandbox({ seed, clock });
    for (let n = 0; n < 3; n++) await ask(sandbox, "kkt/receipt", body(`order-${n}`));
    sandbox.advance(60_000);
    return JSON.stringify([sandbox.receipts, sandbox.notifications]);
  };
  assert.equal(await run(1), await run(1));
  assert.notEqual(await run(1), await run(2));
});

test("over HTTP: notifications, faults, state, other origins", async () => {
  const taken = /** @type {string[]} */ ([]);
  const shop = createServer((request, response) => {
    request.setEncoding("utf8").on("data", (text) => taken.push(text));
    request.on("end", () => response.end('{"code":0}'));
  });
  shop.listen(0, "127.0.0.1");
  await once(shop, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (shop.address());
  const server = await startSandbox({ webhookUrl: `http://127.0.0.1:${port}/hook`, credentials: { apiSecret: "api-secret" } });
  try {
    /** @param {string} path @param {RequestInit} [init] */
    const call = (path, init) => fetch(`${server.url}/${path}`, { method: "POST", headers: BASIC, ...init });
    assert.equal((await call("test", { headers: { Authorization: `Basic ${btoa("pk:wrong")}` } })).status, 401);
    const accepted = await call("kkt/receipt", { body: body("order-9") });
    assert.equal(accepted.headers.get("access-control-allow-origin"), "*");
    assert.equal((await accepted.json()).Message, "Queued");
    const asked = { "access-control-request-headers": "authorization,x-request-id" };
    const preflight = await call("kkt/receipt", { method: "OPTIONS", headers: asked });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get("access-control-allow-headers"), asked["access-control-request-headers"]);

    const form = new FormData();
    for (const [name, value] of [["pg_merchant_id", "1"], ["pg_order_id", "2"], ["pg_amount", "3"], ["pg_description", "x"]]) {
      form.append(name, value);
    }
    assert.match(await (await call("init_payment.php", { body: form })).text(), /<pg_status>ok</);

    const faults = (/** @type {unknown} */ list) => call("sandbox/faults", { body: JSON.stringify(list) });
    assert.deepEqual(await (await faults(["lostAnswer:testx1"])).json(), [{ kind: "lostAnswer", path: "test", times: 1 }]);
    await assert.rejects(call("test"), TypeError);
    assert.equal((await call("test")).status, 200);
    assert.equal((await faults(["nothing"])).status, 400);
    assert.deepEqual(await (await call("sandbox/faults", { method: "DELETE" })).json(), []);
    server.setFaults(["hangx1"]);
    await assert.rejects(call("test", { signal: AbortSignal.timeout(50) }), { name: "TimeoutError" });
    server.setFaults([{ kind: "slow", after: 300 }]);
    const start = performance.now();
    await call("test");
    assert.ok(performance.now() - start >= 290);
    server.setFaults([]);

    while (taken.length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(parseNotification("cloudkassir", { body: taken[0] }).envelope.invoiceId, "order-9");
    const state = await (await call("sandbox/state", { method: "GET" })).json();
    assert.deepEqual([state.receipts.length, state.notifications[0].attempt], [1, 1]);
    assert.ok(state.requests.length > 5 && !JSON.stringify(state.requests).includes(BASIC.Authorization));
    assert.equal((await call("sandbox/nothing", { method: "GET" })).status, 404);
    const busy = new URL(server.url).port;
    const inUse = { name: "ChekError", code: "bad_argument", message: `port ${busy} of 127.0.0.1 is in use` };
    await assert.rejects(startSandbox({ port: Number(busy) }), inUse);
    const wrong = spawn(process.execPath, [CLI, "sandbox", "--lang", "en", "--port", busy]);
    let why = "";
    wrong.stderr.setEncoding("utf8").on("data", (text) => (why += text));
    assert.deepEqual(await once(wrong, "close"), [2, null]);
    assert.match(why, new RegExp(`^chek54: --port: port ${busy} of 127\\.0\\.0\\.1 is in use\n`));
  } finally {
    await server.close();
    shop.close();
  }
  await assert.rejects(fetch(server.url));
});

test("no option and no fault is taken silently", async () => {
  const fault = (/** @type {unknown} */ one) => ({ faults: [one] });
  const wrong = /** @type {[unknown, RegExp][]} */ ([
    [null, /options are an object/],
    [[], /options are an object/],
    [{ clock: () => NaN }, /clock gives milliseconds/],
    [{ clock: () => "x" }, /clock gives milliseconds/],
    [{ clock: () => -1 }, /clock gives milliseconds/],
    [{ onNotification: 5 }, /onNotification is a function/],
    [{ onRequest: 5 }, /onRequest is a function/],
    [{ webhookUrl: "nota url" }, /webhookUrl is an address/],
    [{ webhookUrl: "ftp://shop.example" }, /webhookUrl is an address/],
    [{ credentials: { apiSecret: 5 } }, /apiSecret is a string/],
    [{ credentials: { id: "x" } }, /credentials has no id; there are publicId/],
    [{ credentials: () => "x" }, /credentials/],
    [{ seed: NaN }, /seed is a whole number/],
    [{ seed: 1n }, /seed is a whole number/],
    [{ testLimit: "yes" }, /testLimit is true or false/],
    [fault({ kind: "hang", chance: 200 }), /percentage/],
    [fault({ kind: "hang", chance: NaN }), /chance of a fault/],
    [fault({ kind: "hang", times: 0 }), /1 or more/],
    [fault("hangx0"), /1 or more/],
    [fault("hang:"), /no provider has the path ""/],
    [fault("hang:nopath/at/all"), /"nopath\/at\/all" of a fault; there are test, /],
    [fault("hang:kkt/reciept"), /did you mean kkt\/receipt\?/],
  ]);
  for (const [options, message] of wrong) {
    assert.throws(() => createSandbox(/** @type {any} */ (options)), { name: "ChekError", code: "bad_argument", message });
  }
  const known = ["hang:/info/settings/token/", "slow:init_payment.phpx2", { kind: "hang", path: "v5/receipts/{id}", chance: 0 }];
  assert.equal(createSandbox({ faults: /** @type {any} */ (known) }).faults.length, 3);

  // A clock may break later, too.
  let now = 1_795_000_000_000;
  const sandbox = createSandbox({ clock: () => now });
  now = NaN;
  await assert.rejects(sandbox.fetch(`${CLOUDKASSIR}test`, { method: "POST", headers: BASIC }), { code: "bad_argument" });

  const servers = /** @type {[unknown, RegExp][]} */ ([
    [null, /options are an object/],
    [{ port: 99999 }, /port 99999 is none of 0 to 65535/],
    [{ port: "8054" }, /port 8054 is none/],
    [{ host: 5 }, /host is a string/],
    [{ host: "203.0.113.9" }, /port 0 of 203\.0\.113\.9 cannot be listened at/],
    [{ webhookUrl: "nota url" }, /webhookUrl is an address/],
    [{ clock: () => 1 }, /clock of a server/],
    [fault("nope"), /no such fault: nope/],
  ]);
  for (const [options, message] of servers) {
    const error = { name: "ChekError", code: "bad_argument", message };
    await assert.rejects(startSandbox(/** @type {any} */ (options)), error);
  }
});

test("of more than 100 items the answer names the first receipt, and notifications the others", async () => {
  const sandbox = createSandbox();
  const Items = Array.from({ length: 230 }, () => ({ Label: "Чай", Price: 1, Quantity: 1, Amount: 1, Vat: 22 }));
  const CustomerReceipt = { Items, Amounts: { Electronic: 230 } };
  const order = JSON.stringify({ Inn: "7708806062", Type: "Income", InvoiceId: "long", CustomerReceipt });
  const { Id } = (await ask(sandbox, "kkt/receipt", order)).Model;
  sandbox.advance(60_000);
  const told = sandbox.notifications.map(({ provider, body }) => parseNotification(provider, { body }));
  assert.equal(new Set(told.map(({ id }) => id)).size, 3);
  assert.deepEqual(told.map(({ id }) => id).sort(), sandbox.receipts.map(({ id }) => id).sort());
  assert.ok(told.every(({ envelope }) => envelope.invoiceId === "long"));
  const first = sandbox.receipts.find(({ id }) => id === Id);
  assert.equal(first?.items.length, 100);
});

test("the state shows nobody's login", async () => {
  const server = await startSandbox();
  try {
    const headers = { Authorization: `Basic ${btoa("demo:demo")}`, "Proxy-Authorization": "Basic cHJveHk=", Cookie: "session=mine" };
    const { token } = await (await fetch(`${server.url}/info/settings/token/`, { headers })).json();
    const body = new URLSearchParams({ a: "b", token });
    await fetch(`${server.url}/change/receipt/print/?token=${token}`, { method: "POST", headers, body });
    const told = await (await fetch(`${server.url}/sandbox/state`)).text();
    for (const secret of [token, headers.Authorization, "cHJveHk=", "session=mine"]) assert.ok(!told.includes(secret), secret);
    const { requests } = JSON.parse(told);
    assert.equal(requests[1].body, "a=b&token=***");
    assert.match(requests[1].url, /\?token=\*\*\*$/);
    // In the process all is there.
    assert.equal(server.requests[1].body, `a=b&token=${token}`);
  } finally {
    await server.close();
  }
});

test("what is no request of a provider is answered, and no connection is dropped", async () => {
  const server = await startSandbox();
  const { port } = new URL(server.url);
  try {
    for (const path of ["/", "/nope", "//", "//x/y", "/%zz", "/test/", "*", "http://shop.example/nope"]) {
      for (const type of ["", "garbage", "multipart/form-data", "multipart/form-data; boundary=x"]) {
        const asked = request({ host: "127.0.0.1", port, path, method: "POST", headers: type ? { "content-type": type } : {} });
        asked.end("broken");
        const [answer] = await once(asked, "response");
        answer.resume();
        // Of `test` the login is looked at.
        const status = type.startsWith("multipart") ? 400 : path === "/test/" ? 401 : 404;
        assert.equal(answer.statusCode, status, `${path} ${type}`);
      }
    }
  } finally {
    await server.close();
  }
  const headers = { "content-type": "multipart/form-data; boundary=x" };
  const broken = await createSandbox().fetch(`${CLOUDKASSIR}test`, { method: "POST", headers, body: "broken" });
  assert.equal(broken.status, 400);
});

test("the command", async () => {
  const child = spawn(process.execPath, [CLI, "sandbox", "--json", "--seed", "5", "--fault", "serverError:testx1"]);
  let told = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (told += text));
  while (!told.includes("\n")) await once(child.stdout, "data");
  const { url } = JSON.parse(told);
  const statuses = [];
  for (let n = 0; n < 2; n++) statuses.push((await fetch(`${url}/test`, { method: "POST", headers: BASIC })).status);
  assert.deepEqual(statuses, [500, 200]);
  child.kill("SIGTERM");
  const [status] = await once(child, "close");
  assert.equal(status, 0);
  const lines = told.trim().split("\n").map((line) => JSON.parse(line));
  assert.deepEqual(lines.slice(1).map(({ outcome }) => outcome), [500, 200]);
  for (const args of [["--port", "x"], ["--fault", "hung"], ["--webhook", "shop"], ["extra"]]) {
    const wrong = spawn(process.execPath, [CLI, "sandbox", ...args], { stdio: "ignore" });
    assert.deepEqual(await once(wrong, "close"), [2, null], args.join(" "));
  }
});
