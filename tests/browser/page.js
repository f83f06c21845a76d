// @ts-check
// The demo page, opened for a test that ends without a fault of the page and without a request that leaves its origin.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { chromiumOn } from "./chromium.js";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").Locator} Locator */

export const NOW = new Date("2026-11-21T12:00:00Z");
export const NARROW = { width: 360, height: 780 };
export const WIDE = { width: 1440, height: 900 };

/**
 * @param {number} port
 * @param {{ address?: () => string }} [options] `address`: of a page that is served by somebody else
 */
export function openPage(port, { address } = {}) {
  const opened = chromiumOn(port);
  const at = {
    /** @type {Page} */
    page: /** @type {any} */ (undefined),
    /** What went wrong in the page, and where it went that it should not. @type {string[]} */
    faults: [],
    opened,
    get url() {
      return address?.() ?? opened.server.url;
    },
    /** @param {string} [hash] */
    async visit(hash = "") {
      await at.page.goto(at.url + hash);
      await at.reads(/./);
    },
    verdict: () => at.page.getByRole("status", { name: /^(Итог проверки|What the check found)$/ }),
    /** @param {RegExp} text */
    reads: (text) =>
      eventually(async () => (await at.verdict().textContent())?.replaceAll("\u00a0", " "), text),
    json: () => at.page.getByRole("textbox", { name: /^(Заказ в JSON|The order as JSON)$/ }),
    findings: () => at.page.getByRole("list", { name: /^(Находки|Findings)$/ }).getByRole("listitem"),
    /** @param {string} name */
    choose: (name) => at.page.getByLabel("Пример", { exact: true }).selectOption(name),
    /** A test of the page that ends without a fault. @param {string} name @param {() => Promise<void>} body */
    test: (name, body) =>
      test(name, async () => {
        await body();
        assert.deepEqual(at.faults, []);
      }),
  };
  beforeEach(async () => {
    await at.page?.context().close();
    at.faults = [];
    const context = await opened.browser.newContext({ locale: "ru-RU", viewport: WIDE });
    const page = await context.newPage();
    at.page = page;
    page.setDefaultTimeout(15_000);
    await page.clock.setFixedTime(NOW);
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) at.faults.push(message.text());
    });
    page.on("pageerror", (error) => at.faults.push(String(error)));
    page.on("request", (request) => {
      if (new URL(request.url()).origin !== new URL(at.url).origin) at.faults.push(request.url());
    });
    page.on("response", (response) => {
      if (!response.ok()) at.faults.push(`${response.status()} ${response.url()}`);
    });
  });
  return at;
}

/** Waits until it reads so; what it reads at last is in the failure. @param {() => Promise<unknown>} read @param {unknown} expected */
export async function eventually(read, expected) {
  const end = Date.now() + 10_000;
  for (;;) {
    const got = await read().catch((error) => String(error));
    const met = expected instanceof RegExp ? expected.test(String(got)) : JSON.stringify(got) === JSON.stringify(expected);
    if (met) return;
    if (Date.now() > end) {
      return expected instanceof RegExp ? assert.match(String(got), expected) : assert.deepEqual(got, expected);
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** The texts that describe a control. @param {import("playwright-core").Locator} control */
export const description = (control) =>
  control.evaluate((element) => {
    const ids = element.getAttribute("aria-describedby")?.split(" ") ?? [];
    return ids.map((id) => document.getElementById(id)?.textContent).join(" ");
  });
