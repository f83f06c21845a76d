// @ts-check
// How long a visitor waits: from the navigation until the first findings stand on the demo page. The server is warm, the
// browser's cache is empty. No test: figures drift.
//
//   node scripts/page-ready.js [runs]

import { chromium } from "playwright-core";
import { serve } from "./serve.js";
import { CHROME_FLAGS, runAsScript, setupBrowser } from "./setup.js";

await runAsScript(import.meta, async () => {
  const runs = Number(process.argv[2] ?? 15);
  const server = await serve({ port: 5600 });
  const browser = await chromium.launch({ executablePath: setupBrowser().chrome, args: CHROME_FLAGS });
  /** @type {number[]} */
  const times = [];
  for (let run = 0; run <= runs; run++) {
    const context = await browser.newContext({ locale: "ru-RU", viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await page.goto(server.url);
    await page.waitForFunction(() => performance.getEntriesByName("ready").length > 0);
    const time = await page.evaluate(() => performance.getEntriesByName("ready")[0].startTime);
    // The first run warms server and browser.
    if (run > 0) times.push(time);
    await context.close();
  }
  await browser.close();
  server.close();
  times.sort((a, b) => a - b);
  const say = (/** @type {number} */ time) => `${Math.round(time)} ms`;
  console.log(`page ready: ${say(times[times.length >> 1])}, at best ${say(times[0])}, at worst ${say(times[times.length - 1])}`);
});
