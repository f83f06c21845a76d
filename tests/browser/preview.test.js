// @ts-check
// Previews as a browser takes them: SVG as XML, HTML whatever the names hold, and the element <chek-receipt>.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, test } from "node:test";
import { ReceiptError, preview } from "../../pkg/index.js";
import { root } from "../../scripts/setup.js";
import { chromiumOn } from "./chromium.js";

/** @typedef {{ input: any, options?: any }} Case */

const folder = join(root, "examples");
/** @type {[string, Case][]} */
const cases = readdirSync(folder)
  .filter((name) => /^preview-.*\.json$/.test(name))
  .map((name) => [name, JSON.parse(readFileSync(join(folder, name), "utf8"))]);
/** Those that have a picture. */
const shown = cases.filter(([, { options }]) => !options?.as);
const hostile = /** @type {Case} */ (cases.find(([name]) => name === "preview-hostile.json")?.[1]);
const sale = /** @type {Case} */ (cases.find(([name]) => name === "preview-sale-1.2.json")?.[1]);

const opened = chromiumOn(5520);
/** @type {import("playwright-core").Page} */
let page;
/** @type {string[]} */
let faults;

beforeEach(async () => {
  await page?.context().close();
  page = await (await opened.browser.newContext()).newPage();
  faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("dialog", (dialog) => {
    faults.push(dialog.message());
    void dialog.dismiss();
  });
  page.on("console", (message) => faults.push(message.text()));
});

test("every SVG is XML, its texts within the paper, and none of its elements or attributes come of a name", async () => {
  assert.ok(shown.length >= 12);
  await page.setContent("<!doctype html><title>x</title>");
  for (const [name, { input, options }] of shown) {
    for (const theme of /** @type {const} */ (["light", "dark", "auto"])) {
      const svg = preview(input, { ...options, as: "svg", theme });
      const found = await page.evaluate((svg) => {
        const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
        const elements = [...parsed.querySelectorAll("*")];
        const root = document.body.appendChild(document.importNode(parsed.documentElement, true));
        const paper = root.querySelector(".chek54-paper")?.getBoundingClientRect();
        const out = [...root.querySelectorAll("text")].filter((text) => {
          const { left, right, bottom } = text.getBoundingClientRect();
          return !paper || left < paper.left || right > paper.right + 0.5 || bottom > paper.bottom;
        });
        root.remove();
        return {
          names: [...new Set(elements.map((element) => element.localName))].sort(),
          attributes: [...new Set(elements.flatMap((element) => element.getAttributeNames()))].sort(),
          out: out.map((text) => text.outerHTML),
        };
      }, svg);
      const ours = ["g", "path", "style", "svg", "text", "title"];
      assert.deepEqual(found.names.filter((element) => !ours.includes(element)), [], name);
      assert.deepEqual(found.attributes.filter((attribute) => /^on|href|^style$/.test(attribute)), [], name);
      assert.deepEqual(found.out, [], name);
    }
  }
  assert.deepEqual(faults, []);
});

test("names are text in SVG and HTML that are put into a page", async () => {
  const { input } = hostile;
  const as = (/** @type {"html" | "svg"} */ form) => preview(input, { as: form, theme: "auto", lang: "en" });
  // Parsed with the page, and put in by innerHTML: the two ways that a page takes markup.
  await page.setContent(`<!doctype html><title>x</title>${as("html")}${as("svg")}<div id="in"></div>`);
  await page.evaluate(([html, svg]) => {
    const place = /** @type {HTMLElement} */ (document.getElementById("in"));
    place.innerHTML = html + svg;
  }, [as("html"), as("svg")]);
  assert.equal(await page.locator("script, b, i, [onmouseover], [onload], [onerror]").count(), 0);
  const named = await page.locator(".chek54-name th").allTextContents();
  const clean = input.items[0].name.replaceAll(/[\u202e\u200f\u2066\0\x1b]/g, "\ufffd").replaceAll("\t", " ");
  assert.deepEqual([named.length, named[0]], [2 * input.items.length, clean]);
  const text = (await page.locator("body").textContent()) ?? "";
  assert.doesNotMatch(text, /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
  assert.ok(text.includes("\u{1F600}".repeat(16)));
  assert.deepEqual(faults, []);
});

test("HTML is tables with names, reaches nothing outside, takes the page's colours and the reader's theme", async () => {
  const html = preview(sale.input, { as: "html", theme: "auto" });
  await page.setContent(`<!doctype html><table id="own"><tr><th>x</th></tr></table><p>p</p><div style="--chek54-ink:#00f">${html}</div>`);
  const tables = page.getByRole("table");
  assert.equal(await page.getByRole("article").getAttribute("aria-label"), "КАССОВЫЙ ЧЕК, ПРИХОД, 5115.00");
  assert.equal(await page.getByRole("table", { name: "Предметы расчёта" }).getByRole("rowgroup").count(), 5);
  assert.equal(await page.getByRole("row", { name: "ИТОГ 5115.00" }).getByRole("cell").textContent(), "5115.00");
  assert.equal(await page.getByRole("note").count(), 2);
  assert.equal(await tables.count(), 4);
  const style = (/** @type {string} */ selector, /** @type {any} */ property) =>
    page.locator(selector).first().evaluate((element, property) => getComputedStyle(element)[property], property);
  assert.deepEqual([await style("#own", "display"), await style("body > p", "textAlign")], ["table", "start"]);
  assert.equal(await style("article", "color"), "rgb(0, 0, 255)");
  assert.equal(await style("article", "backgroundColor"), "rgb(255, 255, 255)");
  await page.emulateMedia({ colorScheme: "dark" });
  assert.equal(await style("article", "backgroundColor"), "rgb(30, 31, 34)");
  await page.emulateMedia({ colorScheme: "dark", media: "print" });
  assert.equal(await style("article", "backgroundColor"), "rgb(255, 255, 255)");
  for (const width of [280, 360]) {
    await page.setViewportSize({ width, height: 700 });
    const sticks = await page.evaluate(() =>
      [...document.querySelectorAll("article *")].filter((element) => {
        const box = /** @type {Element} */ (document.querySelector("article")).getBoundingClientRect();
        return element.getBoundingClientRect().right > box.right;
      }).length,
    );
    assert.equal(sticks, 0, `at ${width}`);
  }
});

test("<chek-receipt> shows what it is given, and says when it cannot", async () => {
  // The page's Content-Security-Policy takes no style elements: the element does without.
  // Not its code, which would miss the page's elements below.
  await page.route("**/main.js", (route) => route.fulfill({ body: "", contentType: "text/javascript" }));
  await page.goto(opened.server.url);
  await page.unroute("**/main.js");
  faults = [];
  await page.setContent("<!doctype html><html lang=\"en\"><body><chek-receipt></chek-receipt>");
  const receipt = sale.input;
  await page.evaluate((receipt) => {
    const element = /** @type {any} */ (document.querySelector("chek-receipt"));
    Object.assign(window, { told: [] });
    for (const name of ["chek-shown", "chek-error"]) {
      // They bubble.
      document.addEventListener(name, (event) => {
        const { as, issues } = /** @type {CustomEvent} */ (event).detail;
        const codes = issues?.map((/** @type {any} */ issue) => issue.code).join();
        /** @type {any} */ (window).told.push(`${name} ${as ?? codes}`);
      });
    }
    // Before the element is known.
    element.receipt = receipt;
  }, receipt);
  await page.addScriptTag({ type: "module", url: `${opened.server.url}pkg/element.js` });
  const element = page.locator("chek-receipt");
  const told = async () => page.evaluate(() => /** @type {any} */ (window).told.splice(0));
  const set = (/** @type {any} */ receipt) =>
    element.evaluate((element, receipt) => void (/** @type {any} */ (element).receipt = receipt), receipt);
  await element.getByRole("article").waitFor();
  const paper = await element.getByRole("article").evaluate((article) => getComputedStyle(article).backgroundColor);
  assert.equal(paper, "rgb(255, 255, 255)");
  // Of the page's language, and of its own.
  assert.match((await element.getByRole("article").textContent()) ?? "", /TOTAL5115\.00/);
  await element.evaluate((element) => element.setAttribute("lang", "ru"));
  await element.getByRole("rowheader", { name: "ИТОГ" }).waitFor();
  assert.deepEqual(await told(), ["chek-shown html", "chek-shown html"]);
  await element.evaluate((element) => {
    element.setAttribute("as", "svg");
    element.setAttribute("width", "32");
    element.setAttribute("theme", "dark");
  });
  await element.locator("svg[width='58mm']").waitFor();
  // Three changes, one picture.
  assert.deepEqual(await told(), ["chek-shown svg"]);
  await element.evaluate((element) => element.setAttribute("as", "text"));
  assert.match((await element.locator("pre").textContent()) ?? "", /^ИТОГ +=5115\.00$/m);
  // JSON text is taken too; what cannot be shown leaves nothing of what was there.
  await set(JSON.stringify({ ...receipt, operation: "expense" }));
  await element.getByText("РАСХОД").waitFor();
  assert.deepEqual(await told(), ["chek-shown text", "chek-shown text"]);
  await set({ operation: "incom", items: receipt.items });
  await page.waitForFunction(() => /** @type {any} */ (window).told.length === 1);
  assert.deepEqual(await told(), ["chek-error invalid_value"]);
  assert.equal(await element.evaluate((element) => element.shadowRoot?.innerHTML), "");
  // What is wrong with an attribute is no finding.
  await element.evaluate((element) => element.setAttribute("as", "pdf"));
  await page.waitForFunction(() => /** @type {any} */ (window).told.length === 1);
  assert.deepEqual(await told(), ["chek-error "]);
  await set(null);
  await page.evaluate(() => undefined);
  assert.deepEqual(await told(), []);
  // Hostile names within the shadow root.
  await element.evaluate((element) => element.setAttribute("as", "html"));
  await set(hostile.input);
  await element.getByRole("article").waitFor();
  assert.equal(await element.locator("script, b, i").count(), 0);
  assert.deepEqual(faults, []);
});

test("what cannot be shown is a ReceiptError", () => {
  assert.throws(() => preview(/** @type {any} */ ({}), { as: "svg" }), ReceiptError);
  assert.throws(() => preview("{", { as: "html" }), ReceiptError);
  assert.throws(() => preview(sale.input, /** @type {any} */ ({ as: "text", widht: 42 })), { code: "bad_argument" });
});
