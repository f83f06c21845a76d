// @ts-check
// What every test in a browser begins and ends with: the demo page served, and a Chromium.

import { after, before } from "node:test";
import { chromium } from "playwright-core";
import { serve } from "../../scripts/serve.js";
import { CHROME_FLAGS } from "../../scripts/setup.js";

/**
 * Both, there from the first test of the file to its last.
 * @param {number} port
 */
export function chromiumOn(port) {
  const opened = /** @type {{ server: Awaited<ReturnType<typeof serve>>, browser: import("playwright-core").Browser }} */ ({});
  before(async () => {
    opened.server = await serve({ port });
    const executablePath = process.env.CHROME_PATH || "/usr/bin/chromium";
    opened.browser = await chromium.launch({ executablePath, args: CHROME_FLAGS });
  });
  after(async () => {
    await opened.browser?.close();
    opened.server?.close();
  });
  return opened;
}
