// @ts-check
// What the demo page makes of a pasted text, and of a link.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { encode, formatQr } from "../../pkg/index.js";
import { root } from "../../scripts/setup.js";
import { MOST_PACKED, pack, unpack } from "../../www/link.js";
import { open, recognise } from "../../www/paste.js";
import { eventually, openPage } from "./page.js";

/** What no one could tell: it holds no name that is its form's alone, or is no receipt at all. */
const UNTOLD = [
  ...["decode-scalar", "decode-wrong-source", "empty-object", "fns-list-odd", "fns-not-a-receipt", "not-a-receipt"],
  ...["notification-cloudkassir-unreadable", "notification-paykeeper-empty", "order-no-object", "paybox-nothing"],
  ...["paybox-scalar", "paykeeper-decode-broken", "paykeeper-decode-empty", "paykeeper-decode-printed"],
  ...["paykeeper-decode-rejected", "qr-decode-none", "tlv-decode-not-bytes"],
];

/** The text of an example and whose it is. @param {any} example */
function given({ call, text, input, args, with: source = "cloudkassir" }) {
  if (call === "decode") return { text: text ?? JSON.stringify(input), source };
  if (call === "check" || call === "build") return { text: text ?? JSON.stringify(input), source: "order" };
  if (call !== "parseNotification") return undefined;
  const [provider, { body, query }] = args;
  const sent = body ?? query;
  return sent === undefined ? undefined : { text: typeof sent === "string" ? sent : JSON.stringify(sent), source: provider };
}

test("every example is recognised, or is one that nobody could tell", () => {
  /** @type {string[]} */
  const untold = [];
  let count = 0;
  for (const file of readdirSync(join(root, "examples")).filter((name) => name.endsWith(".json"))) {
    const name = file.replace(".json", "");
    const one = given(JSON.parse(readFileSync(join(root, "examples", file), "utf8")));
    if (!one) continue;
    count += 1;
    const recognised = recognise(`\ufeff ${one.text}\n`);
    if (!recognised || recognised.source !== one.source) untold.push(name);
    else if (recognised.source !== "order") {
      const { receipt, envelope, issues } = open(one.text, recognised, "en");
      assert.ok(Object.keys({ ...receipt, ...envelope }).length || issues.length, name);
    }
  }
  assert.deepEqual(untold.sort(), UNTOLD.sort());
  assert.ok(count > 200);
});

test("what this library writes is read by its own page", () => {
  const item = { name: "A", price: "10.00", quantity: "1", vat: /** @type {const} */ ("vat10") };
  const receipt = { operation: /** @type {const} */ ("income"), taxation: /** @type {const} */ ("osn"), items: [item] };
  const bodies = {
    cloudkassir: encode(receipt, "cloudkassir", { inn: "7708806062" }).body,
    paybox: encode(receipt, "paybox", { form: "payment" }).body,
    paykeeper: encode(receipt, "paykeeper", { paymentId: "1" }).body,
  };
  for (const [source, body] of Object.entries(bodies)) {
    const recognised = recognise(JSON.stringify(body, null, 2));
    assert.equal(recognised?.source, source);
    assert.equal(open(JSON.stringify(body), /** @type {any} */ (recognised), "en").receipt.items?.[0].price, "10.00");
  }
  const form = String(new URLSearchParams(/** @type {Record<string, string>} */ (bodies.paykeeper)));
  assert.deepEqual(recognise(form), { source: "paykeeper", notification: false });
  const qr = formatQr({ dateTime: "2026-11-21T12:00:00", total: "10", fn: "9999078900001234", fd: 1, fp: 2, operation: "income" });
  assert.deepEqual(recognise(`https://example.com/check?${qr}`), { source: "qr", notification: false });
});

test("what is nothing is not taken for something", () => {
  for (const text of ["", "  ", "hello", "hello=world", "https://example.com/?a=1", "12345", "[]", "{}", "deadbeef", "не чек"]) {
    assert.equal(recognise(text), undefined, text);
  }
});

test("a link holds the order; a broken one says nothing", async () => {
  const text = JSON.stringify({ operation: "income", items: [{ name: "Кофе ☕", price: "150.00" }] });
  const packed = (await pack(text)) ?? "";
  assert.match(packed, /^1\.[\w-]+$/);
  assert.ok(packed.length < 120, `${packed.length} signs`);
  assert.equal(await unpack(packed), text);
  for (const broken of ["", "1.", "2.abc", packed.slice(0, -4), `${packed}x!`, "1.AAAA", "1.%%%"]) {
    assert.equal(await unpack(broken), undefined, broken);
  }
  // What does not compress is too long; what unpacks into millions of signs is no order.
  let noise = "";
  for (let index = 0, state = 1; index < 30_000; index++) noise += String.fromCharCode(32 + (state = (state * 48271) % 2147483647) % 90);
  assert.equal(await pack(noise), undefined);
  const bomb = (await pack("x".repeat(3_000_000))) ?? "";
  assert.ok(bomb.length < MOST_PACKED);
  assert.equal(await unpack(bomb), undefined);
});

const at = openPage(5540);
const opened = () => at.page.getByRole("region", { name: /^(Открыто: |Не открылось)/ });

/** Pastes a text where no field has the focus. @param {string} text */
const paste = (text) =>
  at.page.evaluate((text) => {
    /** @type {HTMLElement | null} */ (document.activeElement)?.blur();
    const data = new DataTransfer();
    data.setData("text/plain", text);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);

/** @param {string} name */
const example = (name) => given(JSON.parse(readFileSync(join(root, "examples", `${name}.json`), "utf8")))?.text ?? "";

at.test("a receipt of anybody opens by paste, with what is odd and what has no place", async () => {
  await at.visit("#lang=ru&example=coffee");
  /** @type {[string, RegExp, RegExp][]} */
  const cases = [
    ["fns-customer-1-2", /Открыто: выгрузка ФНС/, /^Ошибок нет/],
    ["qr-decode", /Открыто: QR-код/, /ошиб/i],
    ["tlv-decode-register", /Открыто: байты документа/, /^Ошибок нет/],
    ["notification-cloudkassir-form", /Открыто: уведомление CloudKassir/, /Ошибок нет/],
    ["paybox-seed-init", /Открыто: Paybox/, /./],
    ["paykeeper-decode-form", /Открыто: PayKeeper/, /./],
  ];
  for (const [name, title, verdict] of cases) {
    await paste(example(name));
    await opened().getByRole("heading", { name: title }).waitFor();
    await at.reads(verdict);
    for (const part of [/^Что странно/, /^Вокруг чека/, /^Чему в модели нет места/]) {
      assert.equal(await opened().getByRole("heading", { name: part }).count(), 1, `${name}: ${part}`);
    }
    assert.ok(JSON.parse(await at.json().inputValue()), name);
  }
  await paste(example("fns-customer-1-2"));
  const slip = at.page.getByRole("region", { name: "Вид чека на бумаге" });
  await slip.getByRole("article", { name: /КАССОВЫЙ ЧЕК/ }).waitFor();
  assert.equal(await at.page.getByLabel("Режим").inputValue(), "read");
  await at.page.getByRole("button", { name: "Отменить" }).click();
  // In the text of the order, where it takes the place of all of it.
  await at.json().fill("");
  await at.page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    document.getElementById("json")?.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, example("qr-decode"));
  await opened().getByRole("heading", { name: "Открыто: QR-код" }).waitFor();
  await paste("Привет");
  await opened().getByText("Не похоже ни на один вид чека").waitFor();
  await opened().getByRole("button", { name: "Убрать" }).click();
  await eventually(() => opened().count(), 0);
  await paste(example("coffee"));
  await at.reads(/^Ошибок нет$/);
  assert.equal(await opened().count(), 0);
});

at.test("the dialog opens samples, files and nothing else", async () => {
  await at.visit("#lang=ru&example=coffee");
  const dialog = at.page.getByRole("dialog", { name: "Открыть чек…" });
  const show = () => at.page.getByRole("button", { name: "Открыть чек…" }).click();
  await show();
  await dialog.getByLabel("Текст чека").fill("что-то");
  await dialog.getByRole("button", { name: "Открыть", exact: true }).click();
  await dialog.getByText("Не похоже ни на один вид чека").waitFor();
  for (const name of ["QR-код", "выгрузка ФНС", "байты документа (TLV)", "CloudKassir", "Paybox", "PayKeeper"]) {
    await dialog.getByRole("button", { name }).click();
    await eventually(() => dialog.getByLabel("Текст чека").inputValue().then((text) => !!recognise(text)), true);
    await dialog.getByRole("button", { name: "Открыть", exact: true }).click();
    await eventually(() => dialog.isHidden(), true);
    assert.equal(await at.page.evaluate(() => document.activeElement?.id), "opened-title");
    await show();
  }
  await dialog.getByLabel("Или файл").setInputFiles({
    ...{ name: "receipt.bin", mimeType: "application/octet-stream" },
    buffer: Buffer.from(example("tlv-decode-register").replace(/\s/g, ""), "hex"),
  });
  await opened().getByRole("heading", { name: "Открыто: байты документа (TLV)" }).waitFor();
  await at.page.getByRole("button", { name: "EN", exact: true }).click();
  await at.page.getByRole("heading", { name: "Opened: bytes of a document (TLV)" }).waitFor();
});

at.test("a file dropped anywhere opens", async () => {
  await at.visit("#lang=ru&example=coffee");
  await at.page.evaluate((text) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], "check.json", { type: "application/json" }));
    for (const type of ["dragover", "drop"]) {
      document.querySelector("h1")?.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    }
  }, example("fns-customer-1-2"));
  await opened().getByRole("heading", { name: "Открыто: выгрузка ФНС" }).waitFor();
});

at.test("an order travels in a link, and a broken link shows an example", async () => {
  await at.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await at.visit("#lang=ru&example=marked-fraction-wrong");
  await at.page.getByLabel("Правила кассы").selectOption("cloudkassir");
  await at.page.getByLabel("Дата расчёта").fill("2026-03-01");
  const text = await at.json().inputValue();
  const verdict = await at.verdict().textContent();
  await at.page.getByRole("button", { name: "Копировать ссылку" }).click();
  await at.page.getByText("Ссылка на этот заказ скопирована").waitFor();
  const link = await at.page.evaluate(() => navigator.clipboard.readText());
  assert.match(link, /#lang=ru&order=1\.[\w-]+&at=2026-03-01&rules=cloudkassir$/);
  await at.page.goto("about:blank");
  await at.page.goto(link);
  await eventually(() => at.json().inputValue(), text);
  await eventually(() => at.verdict().textContent(), verdict);
  assert.equal(await at.page.getByLabel("Дата расчёта").inputValue(), "2026-03-01");
  assert.equal(await at.page.getByLabel("Пример", { exact: true }).inputValue(), "");
  await at.page.goto("about:blank");
  await at.page.goto(link.replace(/order=1\.\w{9}/, "order=1.AAAA"));
  await at.page.getByText("Ссылка повреждена или обрезана").waitFor();
  await at.reads(/^Ошибок нет$/);
  // The language of a link stays with it.
  await at.page.goto("about:blank");
  await at.page.goto(link.replace("lang=ru", "lang=en"));
  await eventually(() => at.page.getAttribute("html", "lang"), "en");
  await eventually(() => at.json().inputValue(), text);
  // What is too long says so.
  await at.json().fill(JSON.stringify({ operation: "income", items: Array.from({ length: 1700 }, (_, i) => ({ name: Math.sin(i) })) }));
  await at.page.getByText("And 1600 more: they are in the text.").waitFor();
  await at.page.getByRole("button", { name: "Copy a link" }).click();
  await at.page.getByText("too long for a link").waitFor();
});

at.test("nothing given is asked for, and a QR code says that it has no items", async () => {
  await at.visit("#lang=ru");
  await at.page.getByRole("button", { name: "Открыть чек…" }).click();
  await at.page.getByRole("button", { name: "Открыть", exact: true }).click();
  await at.page.getByText("Вставьте текст или выберите файл.").waitFor();
  const text = at.page.getByRole("textbox", { name: "Текст чека" });
  assert.ok(await text.evaluate((area) => area === document.activeElement));
  await text.fill("t=20261121T1200&s=100.00&fn=9999078902004312&i=15&fp=1234567890&n=1");
  await at.page.getByRole("button", { name: "Открыть", exact: true }).click();
  await at.page.getByText(/^В QR-коде нет позиций/).waitFor();
});
