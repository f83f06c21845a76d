// @ts-check
// The demo page, as a visitor meets it: by role and name.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { root } from "../../scripts/setup.js";
import { examples } from "../../www/examples.js";
import { NARROW, WIDE, description, eventually, openPage } from "./page.js";

const at = openPage(5500);
const { opened, visit, reads, json, findings, choose, test: pageTest } = at;
/** @type {import("./page.js").Page} */
let page;
beforeEach(() => {
  page = at.page;
});

const item = (/** @type {number} */ number) => page.getByRole("group", { name: `Позиция ${number}`, exact: true });
const body = (provider = "CloudKassir") => page.getByRole("region", { name: `Тело запроса ${provider}`, exact: true });
/** A provider's column, or what is behind its tab. */
const request = (provider = "CloudKassir") => page.locator("section.request", { has: page.locator(`h3:text-is("${provider}")`) });

test("every example that is offered exists and is a check, or an order", () => {
  for (const { name, folder, make, ru, en } of examples) {
    assert.ok(ru && en, name);
    if (make) continue;
    const path = `${root}/${folder ? `www/${folder}` : "examples"}/${name}.json`;
    assert.ok(existsSync(path), path);
    assert.equal(JSON.parse(readFileSync(path, "utf8")).call, folder ? "build" : "check", name);
  }
  assert.equal(new Set(examples.map(({ name }) => name)).size, examples.length);
});

pageTest("opens with a coffee that is right", async () => {
  await visit();
  await reads(/^Ошибок нет$/);
  assert.equal(await page.getByLabel("Пример", { exact: true }).inputValue(), "coffee");
  assert.match(await json().inputValue(), /"name": "Кофе"/);
  assert.equal(await item(1).getByLabel("Название").inputValue(), "Кофе");
  assert.equal(await page.getByLabel("Дата расчёта").inputValue(), "2026-11-21");
  assert.equal(await findings().count(), 0);
  assert.ok(await page.getByText("Замечаний нет").isVisible());
});

pageTest("every example opens and gives what its case expects", async () => {
  await visit();
  for (const { name, folder, make } of examples) {
    await choose(name);
    // The orders are right ones; the one that is made is too long.
    const read = () => JSON.parse(readFileSync(`${root}/examples/out/${name}.json`, "utf8"));
    const { issues } = make ? { issues: [{ code: "too_many_items" }] } : folder ? { issues: [] } : read();
    const expected = issues.map((/** @type {any} */ { code }) => code);
    await eventually(
      async () => [
        new URL(page.url()).hash.includes(`example=${name}`),
        await findings().locator("code").allTextContents(),
      ],
      [true, expected],
    );
  }
});

pageTest("typos are told in the list and at their fields", async () => {
  await visit();
  await choose("typos");
  const expected = JSON.parse(readFileSync(`${root}/examples/out/typos.json`, "utf8")).issues;
  await eventually(() => findings().count(), expected.length);
  await reads(/^\d+ ошибок, \d+ предупрежден/);
  const texts = await findings().allTextContents();
  for (const [index, { code, message, hint = "", tag }] of expected.entries()) {
    for (const part of [code, message, hint, tag ? `тег ${tag}` : ""]) assert.ok(texts[index].includes(part), part);
  }
  const price = item(1).getByLabel("Цена, ₽");
  assert.equal(await price.inputValue(), "149,90");
  assert.equal(await price.getAttribute("aria-invalid"), "true");
  assert.match(await description(price), /Ошибка: .*149,90.*149\.90/);
  const vat = item(1).getByLabel("НДС", { exact: true });
  assert.equal(await vat.locator("option:checked").textContent(), "22");
  assert.match(await description(vat), /vat22/);
  // What has no field of its own is told by its group.
  assert.match(await description(item(1)), /nmae/);
  assert.match(await description(page.getByRole("group", { name: "Покупатель" })), /Предупреждение: .*ИНН/);
  assert.match(await description(page.getByRole("group", { name: "Чек", exact: true })), /customer\.email/);
  assert.equal(await item(2).getByLabel("Количество").getAttribute("aria-invalid"), "false");
});

pageTest("a finding leads to its field and to its text", async () => {
  await visit();
  await choose("typos");
  await findings().getByRole("button", { name: "Ошибка: items[0].price" }).click();
  await eventually(() => item(1).getByLabel("Цена, ₽").evaluate((field) => field === document.activeElement), true);
  const selected = () =>
    json().evaluate((/** @type {HTMLTextAreaElement} */ area) => [
      document.activeElement === area,
      area.value.slice(area.selectionStart, area.selectionEnd),
    ]);
  await eventually(selected, [false, '"149,90"']);
  await page.getByRole("button", { name: "Показать в тексте: customer.inn" }).click();
  await eventually(selected, [true, '"1234567890"']);
  // Without a field of its own, it leads to the text: to the key, where that is what is wrong.
  await findings().getByRole("button", { name: "Ошибка: items[0].nmae" }).click();
  await eventually(selected, [true, '"nmae"']);
  await page.getByRole("button", { name: "Показать в тексте: items[0].name" }).click();
  await eventually(selected, [true, "{"]);
});

pageTest("a wrong price shows at its field, and the fix clears it", async () => {
  await visit();
  const price = item(1).getByLabel("Цена, ₽");
  await price.fill("12,5");
  await reads(/^1 ошибка$/);
  assert.equal(await price.getAttribute("aria-invalid"), "true");
  assert.match(await description(price), /12,5/);
  assert.match(await json().inputValue(), /"price": "12,5",\n/);
  assert.equal(await findings().count(), 1);
  await price.fill("12.50");
  await reads(/^Ошибок нет$/);
  assert.equal(await price.getAttribute("aria-invalid"), "false");
  assert.equal(await description(price), "");
  assert.equal(await findings().count(), 0);
  await page.getByRole("button", { name: "Вернуть пример" }).click();
  await eventually(() => price.inputValue(), "150.00");
});

pageTest("form and text follow each other, and an edit touches only its place", async () => {
  await visit();
  const text = '{"operation":"income",\n\n  "items": [ {"name": "Чай", "price": 1.50, "quantity": 2, "vat": "vat10"} ]}';
  await json().fill(text);
  await eventually(() => item(1).getByLabel("Цена, ₽").inputValue(), "1.50");
  assert.equal(await item(1).getByLabel("НДС", { exact: true }).inputValue(), "vat10");
  await item(1).getByLabel("Количество").fill("3");
  assert.equal(await json().inputValue(), text.replace("2,", "3,"));
  await page.getByLabel("Эл. почта").fill("a@example.com");
  const withCustomer = text.replace("2,", "3,").replace(/}$/, ', "customer": { "email": "a@example.com" }}');
  assert.match(await json().inputValue(), /"customer": \{ "email": "a@example.com" \}/);
  assert.deepEqual(JSON.parse(await json().inputValue()), JSON.parse(withCustomer));
  await page.getByLabel("Эл. почта").fill("");
  assert.deepEqual(JSON.parse(await json().inputValue()), JSON.parse(text.replace("2,", "3,")));
  await page.getByRole("button", { name: "Добавить позицию" }).click();
  await eventually(() => item(2).getByLabel("Название").evaluate((field) => field === document.activeElement), true);
  await item(2).getByLabel("Название").fill("Мёд");
  await item(2).getByLabel("Цена, ₽").fill("10.00");
  await item(2).getByLabel("Предмет расчёта").selectOption("service");
  await reads(/^Ошибок нет$/);
  assert.deepEqual(JSON.parse(await json().inputValue()).items[1], {
    ...{ name: "Мёд", price: "10.00", quantity: 1, vat: "vat10", object: "service" },
  });
  await page.getByRole("button", { name: "Удалить позицию 1" }).click();
  await eventually(() => item(1).getByLabel("Название").inputValue(), "Мёд");
  assert.equal(await item(2).count(), 0);
  await json().fill('{"operation": ');
  await reads(/^1 ошибка$/);
  assert.ok(await page.getByText("Форма ждёт").isVisible());
  await json().fill(text);
  await reads(/^Ошибок нет$/);
  assert.ok(await page.getByText("Форма ждёт").isHidden());
});

pageTest("totals and VAT, half-up, per line and per rate", async () => {
  await visit();
  const items = [
    { name: "A", price: "150.00", quantity: 1, vat: "vat22" },
    { name: "B", price: "0.03", quantity: 1, vat: "vat22" },
    { name: "C", price: "0.03", quantity: 1, vat: "vat22" },
    { name: "D", price: "110.00", quantity: 2, vat: "vat10" },
    { name: "E", price: "5.00", quantity: 1, vat: "none" },
  ];
  await json().fill(JSON.stringify({ operation: "income", items }));
  await reads(/^Ошибок нет$/);
  const table = page.getByRole("table", { name: "НДС по ставкам" });
  const rows = () => table.getByRole("row").evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
  // At 22%: 150.06 * 22 / 122 = 27.0600; by lines 27.05 + 0.01 + 0.01.
  await eventually(rows, [
    ["Ставка", "Сумма", "НДС от суммы", "по строкам"],
    ["без НДС", "5.00", "—", "—"],
    ["НДС 10%", "220.00", "20.00", "20.00"],
    ["НДС 22%", "150.06", "27.06", "27.07"],
  ]);
  assert.deepEqual(await onSlip("ИТОГ", "Безналичными"), ["ИТОГ 375.06", "Безналичными 375.06"]);
  assert.match((await onSlip("НДС 22%")).join(), /НДС 22% 27\.05/);
});

/** What a table shows, row by row. @param {import("playwright-core").Locator} table */
const cells = (table) =>
  table.getByRole("row").evaluateAll((all) =>
    all.map((row) => [...row.children].map((cell) => cell.textContent?.replaceAll("\u202f", "").replaceAll("\u00ad", "").trim())),
  );
/** The receipt as it is shown. */
const slip = () => page.getByRole("region", { name: "Вид чека на бумаге" });
/** The rows of it that begin so. @param {string[]} starts */
const onSlip = async (...starts) => {
  const rows = await slip().getByRole("row").evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent).join(" ")));
  return rows.filter((row) => starts.some((start) => row.startsWith(start)));
};
const spread = () => page.getByRole("table", { name: "Как сложились суммы" });
const dialog = (/** @type {string} */ name) => page.getByRole("dialog", { name });
const results = () => page.getByRole("region", { name: /^(Возврат|Разделить|Списать часть|Зачесть|Исправить).*: / });
const said = (/** @type {import("playwright-core").Locator} */ locator) => async () =>
  (await locator.textContent())?.replaceAll(/[\u00a0\u202f]/g, " ");

pageTest("where both ways of VAT come to the same, it is told once", async () => {
  await visit();
  await eventually(() => cells(page.getByRole("table", { name: "НДС по ставкам" })), [
    ["Ставка", "Сумма", "НДС"],
    ["НДС 22%", "150.00", "27.05"],
  ]);
});

pageTest("an order with discounts and what was paid: the spread line by line", async () => {
  await visit();
  assert.ok(await spread().isHidden());
  const items = [
    { name: "Чай", price: "33.33", quantity: 3, vat: "vat22" },
    { name: "Чашка", price: "250.00", quantity: 1, vat: "vat10" },
  ];
  await json().fill(JSON.stringify({ operation: "income", items }));
  await item(2).getByLabel("Скидка", { exact: true }).fill("20%");
  await page.getByLabel("Скидка на заказ").fill("30");
  await page.getByLabel("Оплачено сейчас, ₽").fill("269.90");
  await reads(/^Ошибок нет$/);
  // 299.99 less 30 is 269.99: 10.00 and 20.00, then 9 kopecks more.
  const net = [
    ["По прайсу", "Своя скидка", "Доля скидки заказа", "До оплаченного", "Сумма"],
    ["Чай 3 × 29.99"],
    ["99.99", "—", "−10.00", "−0.03", "89.96"],
    ["Чашка 1 × 179.94"],
    ["250.00", "−50.00", "−20.00", "−0.06", "179.94"],
    ["Всего"],
    ["349.99", "−50.00", "−30.00", "−0.09", "269.90"],
  ];
  await eventually(() => cells(spread()), net);
  assert.deepEqual(await onSlip("ИТОГ", "Безналичными"), ["ИТОГ 269.90", "Безналичными 269.90"]);
  assert.match((await body().textContent()) ?? "", /"Amount": 89\.96/);
  await page.getByLabel("Цены в чеке").selectOption("exact");
  await eventually(() => cells(spread()), net.with(1, ["Чай 2 × 29.99 + 1 × 29.98"]));
  await page.getByLabel("Цены в чеке").selectOption("list");
  await eventually(() => cells(spread()), net.with(1, ["Чай 3 × 33.33"]).with(3, ["Чашка 1 × 250.00"]));
  // Both views say the same.
  const order = JSON.parse(await json().inputValue());
  assert.deepEqual([order.items[1].discount, order.discount, order.paid], ["20%", "30", "269.90"]);
  order.discount = 50;
  delete order.paid;
  await json().fill(JSON.stringify(order));
  await eventually(() => page.getByLabel("Скидка на заказ").inputValue(), "50");
  assert.equal(await page.getByLabel("Оплачено сейчас, ₽").inputValue(), "");
  assert.equal(await page.getByLabel("Оплачено сейчас, ₽").getAttribute("placeholder"), "= 249.99");
  await json().fill(JSON.stringify(order).slice(0, -1));
  await reads(/^1 ошибка$/);
  assert.ok(await page.getByText("Раскладка появится").isVisible());
  await json().fill(JSON.stringify({ operation: "income", items }));
  await reads(/^Ошибок нет$/);
  assert.ok(await page.getByLabel("Цены в чеке").isHidden());
});

pageTest("what is wrong with an order is told at its field and in the list", async () => {
  await visit();
  const whole = page.getByLabel("Скидка на заказ");
  await whole.fill("1000");
  await reads(/^1 ошибка$/);
  assert.match(await description(whole), /Скидка 1000\.00 больше/);
  assert.ok(await page.getByText("Раскладка появится").isVisible());
  assert.ok(await page.getByText("Запрос появится").first().isVisible());
  await findings().getByRole("button", { name: "Ошибка: discount" }).click();
  await eventually(() => whole.evaluate((field) => field === document.activeElement), true);
  await whole.fill("10%");
  await reads(/^Ошибок нет$/);
  await page.getByRole("button", { name: "Добавить доставку" }).click();
  const delivery = page.getByRole("group", { name: "Доставка" });
  await eventually(() => delivery.getByLabel("Цена, ₽").evaluate((field) => field === document.activeElement), true);
  await delivery.getByLabel("Цена, ₽").fill("300");
  await delivery.getByLabel("Скидка").fill("10,5%");
  await eventually(() => description(delivery.getByLabel("Скидка")), /10,5%/);
  await delivery.getByLabel("Скидка").fill("100%");
  // A rate that has ended is a warning of the receipt, told at the place of the order.
  await delivery.getByLabel("НДС").selectOption("vat20");
  await reads(/^Ошибок нет, 1 предупреждение$/);
  await eventually(() => delivery.getByLabel("НДС").getAttribute("aria-describedby"), /field-delivery-vat/);
  await eventually(async () => (await cells(spread())).slice(3, 5), [["Доставка 1 × 0.00"], ["300.00", "−300.00", "—", "0.00"]]);
  await page.getByRole("button", { name: "Удалить доставку" }).click();
  await reads(/^Ошибок нет$/);
  assert.ok(await delivery.isHidden());
  assert.equal(JSON.parse(await json().inputValue()).delivery, undefined);
});

pageTest("refund of one of three at 33% off, until nothing is left", async () => {
  await visit();
  const items = [{ name: "Чай", price: "100.00", quantity: 3, vat: "vat22", discount: "33%" }];
  await json().fill(JSON.stringify({ operation: "income", items, paid: "200.00" }));
  await reads(/^Ошибок нет$/);
  await eventually(async () => (await cells(spread())).at(-1), ["300.00", "−99.00", "−1.00", "200.00"]);
  const open = () => page.getByRole("button", { name: "Возврат", exact: true }).click();
  const refund = dialog("Возврат");
  const line = refund.getByRole("group", { name: "Чай" });
  await open();
  assert.match((await said(refund.getByRole("status"))()) ?? "", /Вернётся 200\.00 ₽, останется 0\.00 ₽/);
  await refund.getByLabel("По позициям").check();
  await eventually(said(refund.getByRole("status")), /Укажите количество/);
  await line.getByLabel("Количество").fill("4");
  await eventually(said(refund.getByRole("status")), /4 — больше, чем осталось/);
  assert.equal(await line.getByLabel("Количество").getAttribute("aria-invalid"), "true");
  await refund.getByRole("button", { name: "Сделать" }).click();
  assert.ok(await refund.isVisible());
  await line.getByLabel("Количество").fill("1");
  await eventually(said(refund.getByRole("status")), /Вернётся 66\.67 ₽, останется 133\.33 ₽/);
  await page.keyboard.press("Enter");
  await eventually(() => refund.isHidden(), true);
  assert.match((await said(results())()) ?? "", /Возврат: 1 чек.*возврат прихода.*Ошибок нет/s);
  // What went back is counted and listed, and can be forgotten.
  await open();
  assert.match((await said(refund.getByRole("list", { name: "Возвращено раньше" }))()) ?? "", /^66\.67 ₽ · 1 × Чай$/);
  await refund.getByLabel("По позициям").check();
  assert.match((await said(line)()) ?? "", /осталось 2 × 66\.67 · 133\.33 ₽/);
  await refund.getByLabel("Суммой").check();
  await refund.getByLabel("Вернуть, ₽").fill("133.34");
  await eventually(said(refund.getByRole("status")), /133\.34 — больше, чем осталось/);
  await refund.getByLabel("Вернуть, ₽").fill("33.33");
  await refund.getByRole("button", { name: "Сделать" }).click();
  await open();
  assert.equal(await refund.getByRole("list", { name: "Возвращено раньше" }).getByRole("listitem").count(), 2);
  await eventually(said(refund.getByRole("status")), /Вернётся 100\.00 ₽, останется 0\.00 ₽/);
  await refund.getByRole("button", { name: "Сделать" }).click();
  await open();
  await eventually(said(refund.getByRole("status")), /Возвращено всё/);
  await refund.getByRole("button", { name: "Забыть возврат 3" }).click();
  await eventually(said(refund.getByRole("status")), /Вернётся 100\.00 ₽/);
  await page.keyboard.press("Escape");
  await eventually(() => refund.isHidden(), true);
});

pageTest("split at two, one part opened, and the way back", async () => {
  await visit();
  await choose("coupon");
  await eventually(() => item(7).count(), 1);
  const before = await json().inputValue();
  await page.getByRole("button", { name: "Разделить" }).click();
  const split = dialog("Разделить");
  await split.getByLabel("Позиций в части").fill("x");
  await eventually(said(split.getByRole("status")), "Нужно целое число от 1.");
  await split.getByLabel("Позиций в части").fill("2");
  // The free postcard cannot be a part alone.
  await eventually(said(split.getByRole("status")), /Итог чека должен быть больше нуля/);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Удалить позицию 7" }).click();
  const order = await json().inputValue();
  assert.notEqual(order, before);
  await page.getByRole("button", { name: "Разделить" }).click();
  await split.getByLabel("Позиций в части").fill("2");
  await eventually(said(split.getByRole("status")), /^Получится: 3 чека: приход 887\.84 ₽, /);
  await split.getByRole("button", { name: "Сделать" }).click();
  const parts = results().getByRole("list", { name: "Разделить: 3 чека" }).locator("> li");
  assert.equal(await parts.count(), 3);
  const sums = await parts.getByRole("row", { name: /^ИТОГ / }).getByRole("cell").allTextContents();
  const kopecks = sums.map((sum) => Number(sum.replaceAll(/\D/g, "")));
  assert.equal(kopecks.reduce((sum, part) => sum + part), 192457);
  for (const text of await parts.allTextContents()) assert.match(text, /Ошибок нет/);
  await page.setViewportSize(NARROW);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), NARROW.width);
  await page.setViewportSize(WIDE);
  await results().getByRole("button", { name: "Открыть чек 2" }).click();
  await eventually(async () => JSON.parse(await json().inputValue()).items.length, 2);
  await reads(/^Ошибок нет$/);
  assert.ok(await spread().isHidden());
  assert.ok(await results().getByRole("button", { name: "Открыть чек 2" }).isDisabled());
  await results().getByRole("button", { name: "К исходному заказу" }).click();
  await eventually(() => json().inputValue(), order);
  await results().getByRole("button", { name: "Убрать" }).click();
  await eventually(() => results().count(), 0);
});

pageTest("capture, settlement and correction of the receipt at hand", async () => {
  await visit();
  await choose("tea-three-rates");
  await eventually(() => item(3).count(), 1);
  await page.getByRole("button", { name: "Списать часть" }).click();
  await dialog("Списать часть").getByLabel("Продано").first().fill("0");
  await dialog("Списать часть").getByRole("button", { name: "Сделать" }).click();
  await eventually(() => results().getByRole("heading", { level: 3 }).allTextContents(), [
    ...["Чек 1 из 2 · возврат прихода", "Чек 2 из 2 · приход"],
  ]);
  await page.getByRole("button", { name: "Исправить", exact: true }).click();
  const correct = dialog("Исправить");
  const right = JSON.parse(await correct.getByLabel("Верный чек в JSON").inputValue());
  right.items[0].vat = "none";
  await correct.getByLabel("Верный чек в JSON").fill(JSON.stringify(right));
  await correct.getByLabel("Основание").selectOption("order");
  await eventually(said(correct.getByRole("status")), /number/);
  assert.equal(await correct.getByLabel("Номер предписания").getAttribute("aria-invalid"), "true");
  await correct.getByLabel("Номер предписания").fill("15-7");
  await correct.getByRole("button", { name: "Сделать" }).click();
  await eventually(said(results().getByRole("heading", { level: 2 })), "Исправить: 2 чека");
  await choose("prepayment-calculated");
  await page.getByRole("button", { name: "Зачесть предоплату" }).click();
  await eventually(said(dialog("Зачесть предоплату").getByRole("status")), "Получится: 1 чек: приход 65 900.00 ₽");
  await dialog("Зачесть предоплату").getByRole("button", { name: "Сделать" }).click();
  await eventually(() => results().getByRole("row", { name: /ПРЕДОПЛАТА|Предоплат|зач[её]т/i }).first().innerText(), /65900\.00/);
});

pageTest("several prepayments are set off at once", async () => {
  await visit("#lang=ru&example=coffee");
  const [first, second] = JSON.parse(readFileSync(`${root}/examples/settle-two-parts.json`, "utf8")).input;
  await json().fill(JSON.stringify(first));
  await reads(/^Ошибок нет/);
  await page.getByRole("button", { name: "Зачесть предоплату" }).click();
  const settle = dialog("Зачесть предоплату");
  await settle.getByLabel("День передачи").fill("2026-03-01");
  const others = settle.getByLabel("Другие предоплаты");
  await others.fill("{");
  await eventually(said(settle.getByRole("status")), "Это не JSON.");
  await others.fill(JSON.stringify([{ ...second, operation: "expense" }]));
  await eventually(() => others.getAttribute("aria-invalid"), "true");
  await others.fill(JSON.stringify(second));
  await eventually(said(settle.getByRole("status")), /^Получится: 1 чек: приход/);
  await settle.getByRole("button", { name: "Сделать" }).click();
  const settled = /"prepaid": "([\d.]+)"/.exec(readFileSync(`${root}/examples/out/settle-two-parts.json`, "utf8"))?.[1] ?? "none";
  await eventually(() => results().getByRole("row", { name: /ПРЕДОПЛАТ|зач[её]т/i }).first().innerText(), new RegExp(`\\s${settled}$`));
});

pageTest("the body in each version, with what it leaves out", async () => {
  await visit();
  const version = page.getByLabel("Версия протокола");
  const region = page.getByRole("region", { name: "CloudKassir", exact: true });
  const parsed = async () => JSON.parse(((await body().textContent()) ?? "").replace(/\u200b$/, ""));
  assert.equal((await parsed()).CustomerReceipt.Items[0].Vat, 22);
  for (const name of ["3.4.5", "3.3.7", "3.0"]) {
    await version.selectOption(name);
    await item(1).getByLabel("НДС", { exact: true }).selectOption("vat10");
    await eventually(async () => (await parsed()).CustomerReceipt.Items[0].Vat, 10);
    assert.equal((await parsed()).Inn, "7708806062");
    assert.equal((await parsed()).InvoiceId, "A-1054");
  }
  // 3.0 is older than the rate.
  await item(1).getByLabel("НДС", { exact: true }).selectOption("vat22");
  await eventually(() => region.getByText("vat22").isVisible(), true);
  assert.ok(await body().isHidden());
  await version.selectOption("3.4.5");
  await page.getByLabel("Номер заказа").fill("Б-7");
  await eventually(async () => (await parsed()).InvoiceId, "Б-7");
  const order = JSON.parse(await json().inputValue());
  await json().fill(JSON.stringify({ ...order, seller: { inn: "7707083893", name: "ООО" } }));
  await eventually(async () => (await parsed()).Inn, "7707083893");
  assert.match((await region.textContent()) ?? "", /Что не войдёт в запрос.*seller\.name/);
  await page.getByLabel("ИНН организации").fill("7707083894");
  await eventually(() => description(page.getByLabel("ИНН организации")), /не сходится/);
});

pageTest("three bodies side by side, with what each leaves out", async () => {
  await visit();
  await choose("paybox-check-right");
  await eventually(() => page.getByLabel("Правила кассы").inputValue(), "paybox");
  const columns = await Promise.all(["CloudKassir", "Paybox", "PayKeeper"].map((name) => request(name).boundingBox()));
  assert.equal(new Set(columns.map((box) => box?.y)).size, 1, "they stand side by side");
  assert.equal(await page.getByRole("tab", { name: "Paybox" }).count(), 0);
  const parsed = async (/** @type {string} */ name) =>
    JSON.parse(((await body(name).textContent()) ?? "").replace(/\u200b$/, ""));
  assert.equal((await parsed("CloudKassir")).CustomerReceipt.Items[0].Vat, 10);
  assert.equal((await parsed("Paybox")).pg_receipt.positions[0].vat_code, "vat_10");
  assert.equal((await parsed("Paybox")).pg_amount, 100);
  assert.equal(JSON.parse((await parsed("PayKeeper")).cart)[0].tax, "vat10");
  assert.match((await request("CloudKassir").textContent()) ?? "", /POST \/kkt\/receipt.*В запрос входит весь чек/s);
  assert.match((await request("Paybox").textContent()) ?? "", /POST \/init_payment\.php.*В запрос входит весь чек/s);
  assert.match((await request("PayKeeper").textContent()) ?? "", /POST \/change\/receipt\/print\/.*Что не войдёт.*customer\.phone/s);
  // Where it goes follows the receipt, unless it is said.
  const order = JSON.parse(await json().inputValue());
  await json().fill(JSON.stringify({ ...order, operation: "incomeReturn" }));
  await eventually(async () => (await parsed("Paybox")).pg_payment_id, 771889578);
  assert.equal((await parsed("Paybox")).pg_refund_amount, 100);
  assert.match((await request("Paybox").textContent()) ?? "", /POST \/revoke\.php/);
  await json().fill(JSON.stringify({ ...order, payments: { prepaid: "100.00" } }));
  await eventually(async () => (await parsed("Paybox")).settlements, [{ type: "prepayment", sum: 100 }]);
  assert.equal((await parsed("Paybox")).offset, true);
  await request("Paybox").getByLabel("Куда вложить чек").selectOption("payment");
  await eventually(() => request("Paybox").getByText("prepaid").first().isVisible(), true);
  assert.ok(await body("Paybox").isHidden());
  await request("Paybox").getByLabel("Куда вложить чек").selectOption("separate");
  await request("Paybox").getByLabel("Номер магазина").fill("7");
  await eventually(async () => (await parsed("Paybox")).merchant_id, 7);
  await request("PayKeeper").getByLabel("Ключ чека").fill("abc");
  await eventually(() => body("PayKeeper").isHidden(), true);
  assert.match((await request("PayKeeper").textContent()) ?? "", /Запроса нет:.*receiptKey/s);
  // A rate without a name is refused, and named.
  await choose("coffee");
  await eventually(() => body("Paybox").isHidden(), true);
  assert.match((await request("Paybox").textContent()) ?? "", /items\[0\]\.vat.*vat22.*Есть: .*vat_10/s);
});

pageTest("where it is narrow, a tab each", async () => {
  await page.setViewportSize(NARROW);
  await visit();
  const tab = (/** @type {string} */ name) => page.getByRole("tab", { name, exact: true });
  const panel = () => page.getByRole("tabpanel", { name: /^(CloudKassir|Paybox|PayKeeper)$/ });
  const at = async () => [await panel().count(), await panel().getByRole("region").getAttribute("aria-label").catch(() => null)];
  const providers = page.getByRole("tablist", { name: "Запросы" });
  assert.deepEqual(await providers.getByRole("tab").allTextContents(), ["CloudKassir", "Paybox", "PayKeeper"]);
  assert.deepEqual(await at(), [1, "Тело запроса CloudKassir"]);
  await tab("PayKeeper").click();
  assert.deepEqual(await at(), [1, "Тело запроса PayKeeper"]);
  assert.equal(await tab("PayKeeper").getAttribute("aria-selected"), "true");
  await page.keyboard.press("ArrowRight");
  assert.ok(await page.getByRole("tabpanel", { name: "CloudKassir" }).isVisible());
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  assert.ok(await page.getByRole("tabpanel", { name: "Paybox" }).getByText("vat22").first().isVisible());
  assert.equal(await page.evaluate(() => document.activeElement?.id), "tab-paybox");
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), NARROW.width);
  await page.setViewportSize(WIDE);
  await eventually(() => providers.count(), 0);
  for (const name of ["CloudKassir", "Paybox", "PayKeeper"]) {
    assert.ok(await page.getByRole("region", { name, exact: true }).isVisible());
  }
});

pageTest("the body is copied", async () => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await visit();
  const copy = async (/** @type {string} */ provider) => {
    await request(provider).getByRole("button", { name: "Копировать" }).click();
    await eventually(() => request(provider).getByText("Скопировано").isVisible(), true);
    return JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
  };
  assert.equal((await copy("CloudKassir")).CustomerReceipt.Items[0].Label, "Кофе");
  assert.equal(JSON.parse((await copy("PayKeeper")).cart)[0].name, "Кофе");
});

pageTest("provider, date and mode change the findings", async () => {
  await visit();
  await item(1).getByLabel("НДС", { exact: true }).selectOption("vat20");
  await reads(/^Ошибок нет, 1 предупреждение$/);
  await page.getByLabel("Дата расчёта").fill("2025-06-01");
  await reads(/^Ошибок нет$/);
  await item(1).getByLabel("Количество").fill("1.125");
  await reads(/предупреждение/);
  const before = await findings().count();
  await page.getByLabel("Правила кассы").selectOption("cloudkassir");
  await eventually(async () => (await findings().count()) > before, true);
  await page.getByLabel("Правила кассы").selectOption("");
  await item(1).getByLabel("Количество").fill("1");
  await item(1).getByLabel("Сумма, ₽").fill("149.00");
  await reads(/^1 ошибка$/);
  await page.getByLabel("Режим").selectOption("read");
  await reads(/^Ошибок нет, 1 предупреждение$/);
});

pageTest("speaks English when asked, and remembers it in the address", async () => {
  await visit();
  await item(1).getByLabel("Цена, ₽").fill("12,5");
  await reads(/^1 ошибка$/);
  await page.getByRole("button", { name: "EN", exact: true }).click();
  await reads(/^1 error$/);
  assert.equal(await page.getAttribute("html", "lang"), "en");
  assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), "Russian fiscal receipts, correct before you send them");
  const price = page.getByRole("group", { name: "Item 1", exact: true }).getByLabel("Price, ₽");
  assert.equal(await price.inputValue(), "12,5");
  assert.match(await description(price), /Error: .*cannot be.*12,5/);
  assert.match((await findings().first().textContent()) ?? "", /cannot be/);
  // Only what is the visitor's or the law's own is in Russian now.
  const said = await page.locator("body").innerText();
  assert.deepEqual(said.match(/[а-яё]+/gi)?.filter((word) => word !== "Кофе") ?? [], []);
  // A way within the page does not make it forget.
  await page.getByRole("link", { name: "To the findings" }).click();
  await eventually(() => page.evaluate(() => document.activeElement?.id), "findings-title");
  assert.match(page.url(), /#lang=en/);
  await page.reload();
  await reads(/^No errors$/);
});

test("without a choice, the browser's language counts", async () => {
  const context = await opened.browser.newContext({ locale: "en-GB" });
  const english = await context.newPage();
  await english.goto(opened.server.url);
  await english.getByRole("heading", { name: "Order", exact: true }).waitFor();
  await context.close();
});

pageTest("the receipt's tags and bytes follow the order", async () => {
  await visit("#lang=ru&example=coffee");
  await page.getByRole("tab", { name: "Теги ФФД" }).click();
  const tree = page.getByRole("region", { name: "Теги документа", exact: true });
  const row = (/** @type {string} */ number) => tree.getByRole("paragraph").filter({ hasText: number });
  await eventually(() => row("1054").first().innerText(), /^1054\s+Признак расчета\s+приход$/i);
  await eventually(() => row("1030").first().innerText(), /^1030\s+Наименование предмета расчета\s+\S/);
  const bytes = page.getByRole("region", { name: "Байты документа (TLV)", exact: true });
  assert.match(await bytes.innerText(), /1E 04 01 00 01/);
  await page.getByLabel("Операция", { exact: true }).selectOption("incomeReturn");
  await eventually(() => row("1054").first().innerText(), /возврат прихода$/i);
  await eventually(() => bytes.innerText(), /1E 04 01 00 02/);
  await page.getByRole("button", { name: "EN", exact: true }).click();
  const english = page.getByRole("region", { name: "Tags of the document", exact: true });
  await eventually(() => english.getByRole("paragraph").filter({ hasText: "1054" }).first().innerText(), /Sign of settlement/);
  await json().fill("{");
  await page.getByText("The tags appear once every field can be read.").waitFor();
});

pageTest("a scan is explained", async () => {
  await visit("#lang=ru&example=coffee");
  await page.getByRole("tab", { name: "Код маркировки" }).click();
  const code = page.getByRole("textbox", { name: "Скан целиком", exact: true });
  const told = page.getByRole("status", { name: "Что в коде", exact: true });
  await eventually(() => told.innerText(), /потерян разделитель групп.*возвращён на место символа 25/i);
  await eventually(() => told.innerText(), /Тег 2000\s+010460043993125621JgXJ5\.<GS>93dGVz/);
  await code.fill("4607015232647");
  await eventually(() => told.innerText(), /должна быть 6.*штрихкод EAN-13\s+GTIN\s+4607015232647/s);
  await code.fill("010290000231770121k3LInNbH_oG0Q␝91EE06␝92YXiyKfiHjE4YE8b+YVMC1O5r8VtpplA3AwcCqrcG9Dk=");
  await eventually(() => told.innerText(), /Ключ проверки \(91\)\s+EE06/);
  await page.getByRole("button", { name: "EN", exact: true }).click();
  await eventually(() => page.getByRole("status", { name: "What the code says", exact: true }).innerText(), /Check key \(91\)/);
  await page.getByRole("textbox", { name: "The whole scan", exact: true }).fill("");
  await eventually(() => page.getByRole("status", { name: "What the code says", exact: true }).innerText(), "");
});

pageTest("by keyboard alone: from the top through a repair", async () => {
  await visit("#lang=ru&example=coffee");
  const focused = () =>
    page.evaluate(() => {
      const element = /** @type {any} */ (document.activeElement);
      return element.labels?.[0]?.textContent ?? element.getAttribute("aria-label") ?? element.textContent;
    });
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "Перейти к заказу");
  await page.keyboard.press("Enter");
  const path = [];
  for (let step = 0; step < 40; step++) {
    await page.keyboard.press("Tab");
    const name = await focused();
    path.push(name);
    const ring = await page.evaluate(() => {
      const element = /** @type {HTMLElement} */ (document.activeElement);
      const shown = element.closest(".editor") ?? element;
      return getComputedStyle(shown).outlineStyle;
    });
    assert.equal(ring, "solid", `the focus on ${name} is seen`);
    if (name === "Количество") {
      await page.keyboard.press("ControlOrMeta+a");
      await page.keyboard.type("x");
    }
    if (name === "Заказ в JSON") break;
  }
  assert.deepEqual(path, [
    ...["Операция", "Налогообложение", "Версия ФФД", "ИНН продавца", "Эл. почта", "Телефон"],
    ...["Удалить позицию 1", "Название", "Цена, ₽", "Количество", "Сумма, ₽", "Скидка"],
    ...["НДС", "Способ расчёта", "Предмет расчёта", "Добавить позицию", "Добавить доставку", "Скидка на заказ"],
    ...["Оплачено сейчас, ₽", "Наличными", "Безналичными", "Предоплатой", "В кредит", "Встречным"],
    ...["HTML", "SVG", "Текст", "Вид чека на бумаге", "Отменить", "Заказ в JSON"],
  ]);
  await reads(/ошибк/);
  await page.keyboard.press("Tab");
  assert.match((await focused()) ?? "", /items\[0\]\.quantity/);
  await page.keyboard.press("Enter");
  await eventually(focused, "Количество");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("2");
  await reads(/^Ошибок нет$/);
  assert.equal(JSON.parse(await json().inputValue()).items[0].quantity, "2");
});

pageTest("every control has a name, on every width nothing sticks out", async () => {
  await visit();
  for (const viewport of [NARROW, { width: 768, height: 900 }, { width: 1024, height: 900 }, WIDE]) {
    await page.setViewportSize(viewport);
    for (const name of ["coffee", "typos", "unsupported-by-cloudkassir", "unsupported-by-paybox", "coupon", "free-delivery"]) {
      await choose(name);
      await eventually(() => page.evaluate(() => location.hash), new RegExp(`example=${name}$`));
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.equal(width, viewport.width, `${name} at ${viewport.width}`);
    }
  }
  const nameless = await page.evaluate(() =>
    [...document.querySelectorAll("input, select, textarea, button")]
      .filter((element) => {
        const { labels } = /** @type {HTMLInputElement} */ (element);
        const name = element.getAttribute("aria-label") || labels?.[0]?.textContent || element.textContent;
        return !name?.trim() || (element.matches("input, select") && !labels?.length);
      })
      .map((element) => element.outerHTML),
  );
  assert.deepEqual(nameless, []);
});

pageTest("hostile text is only text", async () => {
  await visit();
  const name = '<img src=x onerror="document.title=1">&amp;\u202e</script>';
  const order = JSON.parse(await json().inputValue());
  order.items[0].name = name;
  order["<b>"] = { toString: 1, __proto__: null };
  await json().fill(JSON.stringify(order));
  await reads(/ошибк/);
  assert.equal(await item(1).getByLabel("Название").inputValue(), name);
  assert.equal(await page.locator("img[src=x], b b").count(), 0);
  for (const text of ["", "[]", "null", '"x"', "[".repeat(500), '{"items":{}}', '{"items":[1,null]}', '{"items":"x"}']) {
    await json().fill(text);
    await reads(/ошиб/);
  }
  await json().fill(JSON.stringify({ ...order, items: [] }));
  // A click while the page moves could miss.
  await eventually(async () => (await findings().locator("code").allTextContents()).includes("unknown_field"), true);
  await page.getByRole("button", { name: "Добавить позицию" }).click();
  await eventually(async () => JSON.parse(await json().inputValue()).items.length, 1);
});
