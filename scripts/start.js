// @ts-check
// npm start: sets up, builds, and serves the demo page.

import { build, size } from "./build.js";
import { serve } from "./serve.js";
import { runAsScript, setup } from "./setup.js";

await runAsScript(import.meta, async () => {
  const tools = setup();
  console.log("Building…");
  await build(tools);
  console.log(size());
  await serve({ open: process.stdout.isTTY && !process.env.CI });
});
