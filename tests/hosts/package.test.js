// @ts-check
// What the tarball holds, and what the linters of packages say of it.
import assert from "node:assert/strict";
import { readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { publint } from "publint";
import { root } from "../../scripts/setup.js";
import { install, run } from "./workspace.js";

const { folder, tarball } = await install();
after(() => rmSync(folder, { recursive: true }));
const installed = join(folder, "node_modules/chek54");
const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));

test("the version is the crate's, there are no dependencies, and all but the documents lies flat", () => {
  const version = readFileSync(join(root, "Cargo.toml"), "utf8").match(/^version = "(.*)"/m)?.[1];
  assert.equal(manifest.version, version);
  assert.equal(manifest.dependencies, undefined);
  const files = readdirSync(installed, { withFileTypes: true });
  assert.deepEqual(files.filter((file) => !file.isFile()).map(({ name }) => name), ["docs"]);
  const names = files.map(({ name }) => name);
  for (const name of ["README.md", "LICENSE-MIT", "LICENSE-APACHE", "cli.js", "core.wasm"]) {
    assert.ok(names.includes(name), `${name} is missing`);
  }
});

test("nothing tells of the machine it was built on", () => {
  for (const file of readdirSync(installed, { withFileTypes: true, recursive: true })) {
    if (!file.isFile()) continue;
    const { name } = file;
    const content = readFileSync(join(file.parentPath ?? file.path, name), "latin1");
    assert.ok(!content.includes(root), name);
    assert.ok(!/\.cargo\/registry|index\.crates\.io/.test(content), name);
  }
});

test("publint", async () => {
  const { messages } = await publint({ pkgDir: installed, strict: true });
  assert.deepEqual(messages, []);
});

test("are the types wrong?", async () => {
  const attw = join(root, "node_modules/@arethetypeswrong/cli/dist/index.js");
  // The wasm has no types: what its import gives is up to the bundler.
  await run(process.execPath, [attw, tarball, "--exclude-entrypoints", "core.wasm", "--no-color"]).catch((error) => {
    assert.fail(error.stdout + error.stderr);
  });
});
