// @ts-check
// Sending from the page to its own sandbox, and what is survived on the way.

import assert from "node:assert/strict";
import { openPage } from "./page.js";

const at = openPage(5580);
const steps = () => at.page.getByRole("log", { name: "Ход отправки" }).getByRole("listitem");
const told = async () => (await steps().getByRole("paragraph").allTextContents()).map((text) => text.replaceAll("\u00a0", " "));

/** @param {string} example */
async function show(example) {
  await at.visit(`#lang=ru&example=${example}`);
  await at.page.getByRole("tab", { name: "Отправка" }).click();
  await at.page.getByText("Песочница стоит прямо на этой странице").waitFor();
}

/** @param {string} provider @param {string[]} faults */
async function send(provider, ...faults) {
  await at.page.getByRole("radio", { name: provider }).check();
  for (const fault of faults) await at.page.getByRole("checkbox", { name: fault }).check();
  await at.page.getByRole("button", { name: `Отправить в песочницу ${provider}` }).click();
}

const fiscal = () => at.page.getByRole("heading", { name: "Фискальный чек" }).waitFor();

at.test("a receipt becomes fiscal before the eyes, once whatever is lost on the way", async () => {
  await show("coffee");
  await send("CloudKassir", "связь рвётся после запроса");
  await at.page.getByRole("progressbar", { name: "Отправка идёт" }).waitFor();
  await fiscal();
  const course = (await told()).join("\n");
  assert.match(course, /POST \/kkt\/receipt\nX-Request-ID: (\S+)\nОтвета нет: связь оборвалась\nПовтор 1 через [^]*POST \/kkt\/receipt\nX-Request-ID: \1\n/);
  assert.match(course, /Уведомление пришло, подпись верна/);
  assert.match(course, /Чек пробит/);
  await at.page.getByText("Запросов с чеком: 2. Пробито чеков: 1.").waitFor();
  await at.page.getByRole("article", { name: /КАССОВЫЙ ЧЕК/ }).getByText("ФПД", { exact: true }).waitFor();
  // The same order once more is the same receipt.
  await at.page.getByRole("checkbox", { name: "связь рвётся после запроса" }).uncheck();
  await send("CloudKassir");
  await at.page.getByText("Такой запрос уже был: это прежний чек, второго нет.").waitFor();
  await at.page.getByRole("button", { name: "Открыть этот чек" }).click();
  await at.reads(/^Ошибок нет/);
  assert.match(await at.json().inputValue(), /"fiscal": \{/);
});

at.test("errors, a hanging answer and a register that is away are survived", async () => {
  await show("coffee");
  await send("CloudKassir", "ошибка 5xx", "429, слишком часто", "касса не на связи");
  await fiscal();
  const course = (await told()).join("\n");
  for (const part of [/Ответ 500/, /Ответ 429/, /Повтор 2 через/, /Касса снова на связи/, /Чек пробит/]) assert.match(course, part);
  await at.page.getByText(/Пробито чеков: 1\./).waitFor();
});

at.test("PayKeeper and Paybox, each in its own way", async () => {
  await show("paybox-check-right");
  await send("PayKeeper", "сервер молчит (таймаут)");
  await fiscal();
  const course = (await told()).join("\n");
  assert.match(course, /GET \/info\/settings\/token\/[^]*POST \/change\/receipt\/print\/[^]*время вышло[^]*Чек пробит/);
  await at.page.getByText(/Пробито чеков: 1\./).waitFor();
  await at.page.getByRole("checkbox", { name: "сервер молчит (таймаут)" }).uncheck();
  await send("Paybox");
  await fiscal();
  assert.match((await told()).join("\n"), /POST \/init_payment\.php[^]*Уведомление пришло, подпись верна[^]*Чек пробит/);
  // What may have been carried out, and must not be sent again, ends with a question.
  await send("Paybox", "связь рвётся после запроса");
  await at.page.getByRole("heading", { name: "Неизвестно, выполнен ли запрос: повторять нельзя" }).waitFor();
  await at.page.getByText("Что это решит: статус платежа").waitFor();
  assert.equal(await at.page.getByRole("button", { name: "Отправить в песочницу Paybox" }).count(), 0);
  // The question finds the payment, and its receipt: the only one.
  await at.page.getByRole("button", { name: "Спросить статус" }).click();
  await fiscal();
  await at.page.getByText("Запросов с чеком: 1. Пробито чеков: 1.").waitFor();
  assert.equal((await told()).filter((text) => text.startsWith("POST /init_payment.php")).length, 1);
});

at.test("a new order is one that can go wrong anew, and PayKeeper knows a key again", async () => {
  await show("paybox-check-right");
  await send("PayKeeper");
  await fiscal();
  await at.page.getByText("Запросов с чеком: 1. Пробито чеков: 1.").waitFor();
  await send("PayKeeper");
  await at.page.getByText("Такой запрос уже был: это прежний чек, второго нет.").waitFor();
  assert.doesNotMatch((await told()).join("\n"), /Уведомление/);
  await at.page.getByText("Заказ order-1054").waitFor();
  // Switching a fault on makes another order of one that is printed.
  await at.page.getByRole("checkbox", { name: "ошибка 5xx" }).check();
  await at.page.getByText("Заказ order-1055").waitFor();
  await send("PayKeeper");
  await fiscal();
  assert.match((await told()).join("\n"), /Ответ 500/);
  await at.page.getByText(/Пробито чеков: 1\./).waitFor();
  await at.page.getByRole("button", { name: "Новый заказ" }).click();
  await at.page.getByText("Заказ order-1056").waitFor();
  // All that was told is told in the other language, too.
  await at.page.getByRole("button", { name: "EN", exact: true }).click();
  await at.page.getByRole("heading", { name: "The fiscal receipt" }).waitFor();
  const steps = at.page.getByRole("log", { name: "How the sending goes" }).getByRole("paragraph");
  assert.ok((await steps.allTextContents()).includes("The receipt is printed"));
});

at.test("a wrong receipt is not sent, and a sending can be stopped", async () => {
  await show("coffee");
  await send("Paybox");
  await at.page.getByRole("heading", { name: "Не отправлено: в чеке ошибки" }).waitFor();
  assert.equal((await told()).filter((text) => text.startsWith("POST")).length, 0);
  await send("CloudKassir", "сервер молчит (таймаут)");
  await at.page.getByRole("button", { name: "Остановить" }).click();
  await at.page.getByRole("heading", { name: /^Неизвестно/ }).waitFor();
  await at.page.getByRole("button", { name: "Повторить тот же запрос" }).click();
  await fiscal();
  await at.page.getByText(/Пробито чеков: 1\./).waitFor();
  await at.json().fill("{");
  await at.page.getByText("Отправлять пока нечего").waitFor();
  assert.ok(await at.page.getByRole("button", { name: "Отправить в песочницу CloudKassir" }).isDisabled());
});

at.test("a correction is sent, and shown with what CloudKassir tells of it", async () => {
  await show("correction-1-2-self");
  await send("CloudKassir");
  await fiscal();
  await at.page.getByText("Запросов с чеком: 1. Пробито чеков: 1.").waitFor();
  const slip = at.page.getByRole("article", { name: /КОРРЕКЦИИ/ });
  await slip.getByText("ФПД", { exact: true }).first().waitFor();
  assert.ok((await told()).some((text) => text.startsWith("POST /kkt/correction-receipt")));
});
