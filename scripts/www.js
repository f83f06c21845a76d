// @ts-check
// npm run build:www: the demo page as a folder for any web server, under any path: dist/www.

import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "./build.js";
import { root, runAsScript, setup } from "./setup.js";

/** What of the package the page takes. */
const PACKAGE = ["index.js", "element.js", "client.js", "sandbox.js"];

/**
 * Makes the folder of what is built already.
 * @param {string} [out]
 */
export async function buildPage(out = join(root, "dist/www")) {
  const { examples, samples } = await import("../www/examples.js");
  rmSync(out, { recursive: true, force: true });
  const put = (/** @type {string} */ path, /** @type {string} */ text) => {
    mkdirSync(dirname(join(out, path)), { recursive: true });
    writeFileSync(join(out, path), text);
  };
  const page = join(root, "www");
  for (const name of readdirSync(page)) {
    const path = join(page, name);
    if (statSync(path).isDirectory()) cpSync(path, join(out, name), { recursive: true });
    // Package and examples, which lie beside www/ here, lie within the folder there.
    else put(name, readFileSync(path, "utf8").replaceAll(/(["`])\.\.\/(pkg|examples)\//g, "$1./$2/"));
  }
  for (const name of PACKAGE) cpSync(join(root, "pkg", name), join(out, "pkg", name));
  const cases = new Set([...examples.filter(({ folder, make }) => !folder && !make), ...samples].map(({ name }) => name));
  for (const name of cases) cpSync(join(root, "examples", `${name}.json`), join(out, "examples", `${name}.json`));
  for (const name of ["LICENSE-MIT", "LICENSE-APACHE"]) if (existsSync(join(root, name))) cpSync(join(root, name), join(out, name));
  return out;
}

await runAsScript(import.meta, async () => {
  await build(setup());
  console.log(`The page is in ${await buildPage()}`);
});
