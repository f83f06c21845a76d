// @ts-check
// The packed and installed package, in every host it is made for. All of this packaging is quite fragile.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { chromium } from "playwright-core";
import { CHROME_FLAGS, setupBrowser } from "../../scripts/setup.js";
import { hostTools, install, run, startWorker } from "./workspace.js";

const { folder } = await install();
after(() => rmSync(folder, { recursive: true }));
const tools = await hostTools();

/** @type {(name: string) => Promise<any>} */
const tool = (name) => import(pathToFileURL(join(tools, "node_modules", name)).href);

describe("runtimes", () => {
  /** @type {(command: string, args: string[]) => Promise<string>} */
  const output = async (command, args) => String((await run(command, args, { cwd: folder })).stdout).trim();

  for (const app of ["node.mjs", "node.cjs", "slim.mjs", "slim.cjs"]) {
    // A CommonJS app has to get CommonJS, as in versions of Node that cannot require a module.
    const flags = app.endsWith("cjs") ? ["--no-experimental-require-module"] : [];
    test(`Node: ${app}`, async () => assert.equal(await output(process.execPath, [...flags, app]), "ok"));
  }

  const onPath = (/** @type {string} */ name) =>
    (process.env.PATH ?? "").split(delimiter).some((place) => existsSync(join(place, name)));

  test("Bun", { skip: !onPath("bun") }, async () => assert.equal(await output("bun", ["node.mjs"]), "ok"));
  test("Deno", { skip: !onPath("deno") }, async () => assert.equal(await output("deno", ["run", "node.mjs"]), "ok"));

  test("workerd, which compiles no bytes and imports the module instead", async () => {
    const worker = await startWorker(folder);
    try {
      const response = await worker.dispatchFetch("http://localhost/");
      assert.equal(await response.text(), "ok");
    } finally {
      await worker.dispose();
    }
  });
});

describe("bundles in Chromium", () => {
  /** @type {import("playwright-core").Browser} */
  let browser;
  before(async () => {
    browser = await chromium.launch({ executablePath: setupBrowser().chrome, args: CHROME_FLAGS });
  });
  after(() => browser?.close());

  /**
   * The title that a folder's page ends up with.
   * @param {string} place
   * @param {{ page?: string, policy?: string }} [options]
   */
  async function title(place, { page: name = "index.html", policy = "script-src 'self' 'wasm-unsafe-eval'" } = {}) {
    const page = await browser.newPage();
    /** @type {string[]} */
    const errors = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.route("**", (route) => {
      const path = join(folder, place, new URL(route.request().url()).pathname);
      if (!existsSync(path)) return route.fulfill({ status: 404 });
      const headers = { "Content-Security-Policy": policy };
      return route.fulfill({ path, headers });
    });
    try {
      await page.goto(`http://chek54.test/${name}`);
      await page.waitForFunction("document.title !== 'starting'", undefined, { timeout: 10_000 });
      return await page.title();
    } catch (error) {
      throw new Error(`${error}\n${errors.join("\n")}`);
    } finally {
      await page.close();
    }
  }

  /** No bundler may carry the wasm twice. @param {string} place */
  function assertOneWasm(place) {
    const files = readdirSync(join(folder, place), { recursive: true, encoding: "utf8" });
    assert.deepEqual(files.filter((file) => file.endsWith(".wasm")), []);
    const scripts = files.filter((file) => file.endsWith(".js")).map((file) => readFileSync(join(folder, place, file)));
    const wasm = readFileSync(join(folder, "node_modules/chek54/core.wasm")).toString("base64").slice(0, 200);
    assert.equal(scripts.map((script) => script.toString().split(wasm).length - 1).reduce((a, b) => a + b), 1);
  }

  test("unbundled modules, by import map", async () => {
    const map = { imports: { chek54: "./node_modules/chek54/index.js" } };
    const html = readFileSync(join(folder, "index.html"), "utf8");
    writeFileSync(
      join(folder, "modules.html"),
      html.replace("<script", `<script type="importmap">${JSON.stringify(map)}</script>\n<script`),
    );
    const policy = "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'";
    assert.equal(await title("", { page: "modules.html", policy }), "ok");
  });

  for (const [name, bundle] of Object.entries({ esbuild: bundleWithEsbuild, webpack, rolldown })) {
    test(name, async () => {
      await bundle(name);
        writeFileSync(
        join(folder, name, "index.html"),
        '<!doctype html><meta charset="utf-8"><title>starting</title><script src="./page.js"></script>',
      );
      assertOneWasm(name);
      assert.equal(await title(name), "ok");
    });
  }

  test("Vite", async () => {
    const vite = await tool("vite/dist/node/index.js");
    const outDir = join(folder, "vite");
    await vite.build({ root: folder, logLevel: "error", configFile: false, build: { outDir } });
    assertOneWasm("vite");
    assert.equal(await title("vite"), "ok");
  });

  test("a policy that forbids WebAssembly is a typed error", async () => {
    assert.equal(await title("esbuild", { policy: "script-src 'self'" }), "ChekError not_started");
  });

  /** @param {string} out */
  async function bundleWithEsbuild(out) {
    const entryPoints = [join(folder, "page.js")];
    await esbuild.build({ entryPoints, outdir: join(folder, out), bundle: true, format: "iife", logLevel: "error" });
  }

  /** @param {string} out */
  async function webpack(out) {
    const { default: webpack } = await tool("webpack/lib/index.js");
    const output = { path: join(folder, out), filename: "page.js" };
    const compiler = webpack({ mode: "production", context: folder, entry: "./page.js", output });
    const stats = await new Promise((resolve, reject) => {
      compiler.run((/** @type {unknown} */ error, /** @type {any} */ done) => (error ? reject(error) : resolve(done)));
    });
    assert.deepEqual(stats.toJson({ all: false, errors: true }).errors, []);
  }

  /** @param {string} out */
  async function rolldown(out) {
    const { build } = await tool("rolldown/dist/index.mjs");
    const output = { dir: join(folder, out), format: "iife" };
    await build({ input: join(folder, "page.js"), cwd: folder, logLevel: "silent", output });
  }
});
