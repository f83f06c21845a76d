// @ts-check
// chek54/sandbox in a page: in the page itself, and as a server of another origin.

import assert from "node:assert/strict";
import { test } from "node:test";
import { encode } from "../../pkg/index.js";
import { startSandbox } from "../../pkg/sandbox.js";
import { chromiumOn } from "./chromium.js";

const opened = chromiumOn(5540);
const receipt = { operation: "income", items: [{ name: "Чай", price: 100, quantity: 1, vat: "vat22" }] };
const body = JSON.stringify(encode(JSON.stringify(receipt), "cloudkassir", { inn: "7708806062" }).body);
const headers = { Authorization: `Basic ${btoa("pk:secret")}`, "X-Request-ID": "one", "Content-Type": "application/json" };
const path = "/pkg/sandbox.js";

test("the sandbox works within a page", async () => {
  const page = await opened.browser.newPage();
  await page.goto(opened.server.url);
  const made = await page.evaluate(
    async ({ path, body, headers }) => {
      const { createSandbox } = await import(path);
      const sandbox = createSandbox({ faults: ["lostAnswerx1"] });
      const send = () => sandbox.fetch("https://api.cloudpayments.ru/kkt/receipt", { method: "POST", headers, body });
      const lost = await send().catch((/** @type {unknown} */ error) => String(error));
      const { Message } = await (await send()).json();
      sandbox.advance(60_000);
      const [first] = sandbox.receipts;
      return [lost, Message, sandbox.receipts.length, first.fiscal.total, sandbox.notifications.length];
    },
    { path, body, headers },
  );
  assert.deepEqual(made, ["TypeError: fetch failed", "Queued", 1, "100.00", 1]);
  await page.close();
});

test("a page may call a sandbox of another origin", async () => {
  const sandbox = await startSandbox();
  // The demo page allows itself no other origin.
  const page = await opened.browser.newPage({ bypassCSP: true });
  try {
    await page.goto(opened.server.url);
    const told = await page.evaluate(
      async ({ url, body, headers }) => {
        const answer = await fetch(`${url}/kkt/receipt`, { method: "POST", headers, body });
        const faults = await fetch(`${url}/sandbox/faults`, { method: "POST", body: '["lostAnswer:test"]' });
        const lost = await fetch(`${url}/test`, { method: "POST", headers }).catch((error) => error.name);
        return [(await answer.json()).Message, await faults.json(), lost];
      },
      { url: sandbox.url, body, headers },
    );
    assert.deepEqual(told, ["Queued", [{ kind: "lostAnswer", path: "test" }], "TypeError"]);
  } finally {
    await page.close();
    await sandbox.close();
  }
});

test("a page's clients send to a sandbox of another origin, which fails at first", async () => {
  const sandbox = await startSandbox({ faults: ["lostAnswer:kkt/receiptx1", "serverError:change/receipt/printx1"] });
  const page = await opened.browser.newPage({ bypassCSP: true });
  try {
    await page.goto(opened.server.url);
    const totals = await page.evaluate(
      async ({ url, receipt }) => {
        const path = "/pkg/client.js";
        const { CloudKassir, PayKeeper } = await import(path);
        const checked = { ...receipt, taxation: "osn", customer: { email: "buyer@example.com" } };
        const kassir = new CloudKassir({ publicId: "pk", apiSecret: "secret", inn: "7708806062", baseUrl: url });
        const { id } = await kassir.createReceipt(checked, { invoiceId: "order 1" });
        const keeper = new PayKeeper({ user: "demo", password: "demo", baseUrl: url });
        const printed = await keeper.printReceipt(checked, { receiptKey: "order-1" });
        const [first, second] = await Promise.all([kassir.waitForReceipt(id), keeper.waitForReceipt(printed.id)]);
        return [first.fiscal.total, second.fiscal.total];
      },
      { url: sandbox.url, receipt },
    );
    assert.deepEqual(totals, ["100.00", "100.00"]);
    assert.equal(sandbox.receipts.length, 2);
  } finally {
    await page.close();
    await sandbox.close();
  }
});
