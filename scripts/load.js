// @ts-check
// npm run load: builds the package and sends it 5,000 receipts through 64 parallel calls.
import { spawnSync } from "node:child_process";
import { build } from "./build.js";
import { root, runAsScript, setup } from "./setup.js";

await runAsScript(import.meta, async () => {
  await build(setup());
  const { status } = spawnSync(process.execPath, ["benches/load.js", ...process.argv.slice(2)], { cwd: root, stdio: "inherit" });
  process.exitCode = status ?? 1;
});
