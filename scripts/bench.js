// @ts-check
// Builds the package and times the checker beside its alternatives, in Node and natively. No test: figures drift.

import { spawnSync } from "node:child_process";
import { build } from "./build.js";
import { root, runAsScript, setup } from "./setup.js";

await runAsScript(import.meta, async () => {
  await build(setup());
  for (const [command, ...args] of [
    [process.execPath, "benches/check.js"],
    ["cargo", "bench", "--bench", "check"],
  ]) {
    const { status } = spawnSync(command, args, { cwd: root, stdio: "inherit" });
    if (status !== 0) process.exitCode = 1;
  }
});
