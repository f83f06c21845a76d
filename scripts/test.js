// @ts-check
// npm test: everything, in order, ending in a line "N passed, N failed".
//
//   npm test -- [part of a stage's name]... [--update]     --update rewrites what is kept as expected

import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, size } from "./build.js";
import { CHROME_FLAGS, WASM, root, runAsScript, setup, setupBrowser } from "./setup.js";

/** @typedef {{ passed: number, failed: number }} Count */
/** @typedef {{ status: number, output: string }} Ended */
/** @typedef {{ name: string, run: () => Promise<Count> }} Stage */

/**
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<Ended>}
 */
function execute(command, args, env) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env } });
    let output = "";
    const collect = (/** @type {Buffer} */ chunk) => (output += chunk);
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.on("error", (error) => resolve({ status: 1, output: String(error) }));
    child.on("close", (status) => resolve({ status: status ?? 1, output }));
  });
}

/**
 * The sum over all matches of the numbers in a pattern's first group.
 * @param {string} output
 * @param {RegExp} pattern
 */
const sum = (output, pattern) => [...output.matchAll(pattern)].reduce((total, match) => total + Number(match[1]), 0);

/** How each runner says what it counted. @type {Record<string, (output: string) => Count>} */
const COUNTS = {
  check: () => ({ passed: 1, failed: 0 }),
  libtest: (output) => ({
    passed: sum(output, /^test result: .*?(\d+) passed/gm),
    failed: sum(output, /^test result: .*?(\d+) failed/gm),
  }),
  nextest: (output) => ({
    passed: sum(output, /^ +Summary .*?(\d+) passed/gm),
    failed: sum(output, /^ +Summary .*?(\d+) (?:failed|timed out)/gm),
  }),
  node: (output) => ({
    passed: sum(output, /^ℹ pass (\d+)/gm),
    failed: sum(output, /^ℹ (?:fail|cancelled) (\d+)/gm),
  }),
};

/**
 * A stage that is one command.
 * @param {string} name
 * @param {keyof typeof COUNTS} runner
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Stage}
 */
function stage(name, runner, command, args, env) {
  return {
    name,
    async run() {
      const { status, output } = await execute(command, args, env);
      const ansi = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");
      const { passed, failed } = COUNTS[runner](output.replaceAll(ansi, ""));
      if (status === 0 && passed > 0 && failed === 0) return { passed, failed };
      console.log(`\n$ ${[command, ...args].join(" ")}\n${output}`);
      if (status === 0 && passed === 0) console.log("No test ran.");
      return { passed: runner === "check" ? 0 : passed, failed: failed || 1 };
    },
  };
}

/** @param {import("./setup.js").Tools} tools @returns {Promise<Stage[]>} */
async function rustStages({ toolchain }) {
  const nextest = (await execute("cargo", ["nextest", "--version"])).status === 0;
  // Debian's toolchain, the fallback, comes without clippy.
  const lint = toolchain.length ? ["check"] : ["clippy"];
  const strict = toolchain.length ? [] : ["--", "-D", "warnings"];
  const wasm = [...toolchain, ...lint, "--target", WASM, "--lib", "--test", "wasm", ...strict];
  return [
    stage("Rust format", "check", "cargo", ["fmt", "--check"]),
    stage("Rust lints", "check", "cargo", ["clippy", "--all-targets", "--all-features", "--", "-D", "warnings"]),
    stage("Rust lints for wasm", "check", "cargo", wasm),
    nextest
      ? stage("Rust tests", "nextest", "cargo", ["nextest", "run", "--all-features", "--no-fail-fast"])
      : stage("Rust tests", "libtest", "cargo", ["test", "--all-features", "--no-fail-fast", "--lib", "--bins", "--tests"]),
    stage("Rust documentation tests", "libtest", "cargo", ["test", "--all-features", "--doc"]),
  ];
}

/** @param {import("./setup.js").Tools} tools @returns {Stage} */
function buildStage(tools) {
  return {
    name: "Package build",
    async run() {
      try {
        await build(tools);
        process.stdout.write(`(${size()}) `);
        return { passed: 1, failed: 0 };
      } catch (error) {
        console.log(`\n${error instanceof Error ? error.message : error}`);
        return { passed: 0, failed: 1 };
      }
    },
  };
}

/** One stage for each *.test.js of tests/, and for each folder of such. @param {NodeJS.ProcessEnv} env */
function packageStages(env) {
  const isTest = (/** @type {string} */ name) => name.endsWith(".test.js");
  return readdirSync(join(root, "tests"), { withFileTypes: true }).flatMap((entry) => {
    const path = join("tests", entry.name);
    const found = entry.isDirectory() ? readdirSync(join(root, path)).map((name) => join(path, name)) : [path];
    const files = found.filter(isTest);
    const name = `Package: ${entry.name.replace(".test.js", "")}`;
    // Files of browser tests mostly wait: two at a time, where Node would take one a core but one.
    const flags = ["--test", "--test-reporter=spec", ...(entry.name === "browser" ? ["--test-concurrency=2"] : [])];
    return files.length ? [stage(name, "node", process.execPath, [...flags, ...files], env)] : [];
  });
}

/**
 * tests/wasm.rs, in Node and in the browser.
 * @param {import("./setup.js").Tools} tools
 * @param {import("./setup.js").Browser} browser
 * @returns {Stage[]}
 */
function wasmStages({ toolchain, env, bindgen }, { chrome, driver }) {
  const capabilities = join(root, "target/webdriver.json");
  mkdirSync(join(root, "target"), { recursive: true });
  writeFileSync(capabilities, JSON.stringify({ "goog:chromeOptions": { binary: chrome, args: CHROME_FLAGS } }));
  const inNode = { ...env, CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: bindgen("wasm-bindgen-test-runner") };
  const inBrowser = {
    ...inNode,
    WASM_BINDGEN_USE_BROWSER: "1",
    WASM_BINDGEN_TEST_WEBDRIVER_JSON: capabilities,
    WASM_BINDGEN_TEST_DRIVER_TIMEOUT: "60",
    WASM_BINDGEN_TEST_TIMEOUT: "300",
    CHROMEDRIVER: driver,
  };
  const args = [...toolchain, "test", "--target", WASM, "--test", "wasm", "--no-fail-fast"];
  return [
    stage("Wasm in Node", "libtest", "cargo", args, inNode),
    stage("Wasm in Chromium", "libtest", "cargo", args, inBrowser),
  ];
}

await runAsScript(import.meta, async () => {
  const args = process.argv.slice(2);
  const parts = args.filter((arg) => !arg.startsWith("--"));
  const tools = setup();
  const browser = setupBrowser();
  const env = {
    CHROME_PATH: browser.chrome,
    CHEK54_UPDATE: args.includes("--update") ? "1" : "",
  };
  const built = buildStage(tools);
  const stages = [...(await rustStages(tools)), built, ...packageStages(env), ...wasmStages(tools, browser)];
  const chosen = stages.filter(
    (stage) => stage === built || parts.length === 0 || parts.some((part) => stage.name.includes(part)),
  );
  const total = { passed: 0, failed: 0 };
  for (const { name, run } of chosen) {
    process.stdout.write(`${name} … `);
    const start = performance.now();
    const { passed, failed } = await run();
    total.passed += passed;
    total.failed += failed;
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`${failed ? `FAILED: ${name}: ${failed} failed, ` : ""}${passed} passed, ${seconds} s`);
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed ? 1 : 0;
});
