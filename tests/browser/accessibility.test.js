// @ts-check
// The page in every state that it has, looked through by axe-core: on a phone and on a wide screen, light and dark.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { eventually, openPage } from "./page.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const at = openPage(5560);

/** What there is for everybody, whatever the colours, is looked at in the light. */
let contrast = false;

/** The findings that keep somebody out, each with its places. @param {string} state */
async function look(state) {
  await at.page.evaluate(() => /** @type {any} */ (globalThis).axe ?? undefined).then(async (there) => {
    // The page's policy forbids a script element: this is the browser's own.
    if (!there) await at.page.evaluate(axe);
  });
  const found = await at.page.evaluate(async (contrast) => {
    const rules = contrast ? { runOnly: ["color-contrast", "link-in-text-block"] } : {};
    const { violations } = await /** @type {any} */ (globalThis).axe.run(document, { resultTypes: ["violations"], ...rules });
    return violations
      .filter((/** @type {any} */ { impact }) => impact === "serious" || impact === "critical")
      .map((/** @type {any} */ { id, nodes }) => `${id}: ${nodes.map((/** @type {any} */ node) => node.target.flat().join(" ")).join(", ")}`);
  }, contrast);
  assert.deepEqual(found, [], state);
}

for (const [width, scheme] of /** @type {const} */ ([[360, "light"], [360, "dark"], [1440, "light"], [1440, "dark"]])) {
  at.test(`nobody is kept out: ${width} px, ${scheme}`, async () => {
    const { page } = at;
    contrast = scheme === "dark";
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await at.visit("#lang=ru&example=typos");
    await look("errors");
    if (width === 360) {
      for (const name of ["JSON", "Чек"]) {
        await page.getByRole("tablist", { name: "Что показать" }).getByRole("tab", { name }).click();
        await look(`errors, ${name}`);
      }
    }
    await at.choose("coupon");
    await at.reads(/^Ошибок нет$/);
    for (const name of ["HTML", "SVG", "Текст"]) {
      await page.getByRole("button", { name, exact: true }).click();
      await look(`an order, ${name}`);
    }
    for (const name of ["Отправка", "Теги ФФД", "Код маркировки", "Запросы"]) {
      await page.getByRole("tab", { name }).click();
      await look(name);
    }
    await page.getByRole("tab", { name: "Отправка" }).click();
    await page.getByRole("checkbox", { name: "ошибка 5xx" }).check();
    await page.getByRole("button", { name: "Отправить в песочницу CloudKassir" }).click();
    await page.getByRole("heading", { name: "Фискальный чек" }).waitFor();
    await look("what was sent");
    await page.getByRole("button", { name: "Возврат", exact: true }).click();
    await page.getByLabel("По позициям").check();
    await look("a refund by lines");
    await page.getByLabel("Всё, что осталось").check();
    await page.getByRole("button", { name: "Сделать" }).click();
    await look("what the refund made");
    await page.getByRole("button", { name: "Открыть чек…" }).click();
    const dialog = page.getByRole("dialog", { name: "Открыть чек…" });
    await look("the dialog that opens");
    await dialog.getByRole("button", { name: "выгрузка ФНС" }).click();
    await eventually(async () => (await dialog.getByLabel("Текст чека").inputValue()) !== "", true);
    await dialog.getByRole("button", { name: "Открыть", exact: true }).click();
    await page.getByRole("heading", { name: "Открыто: выгрузка ФНС" }).waitFor();
    await look("what was opened");
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
  });
}
