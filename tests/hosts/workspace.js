// @ts-check
// Where the hosts are tried: the apps, beside the package as npm packs and installs it.

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import * as esbuild from "esbuild";
import { cache, root } from "../../scripts/setup.js";

const here = fileURLToPath(new URL(".", import.meta.url));

/** What a command prints; an error with all of it when the command fails. */
export const run = promisify(execFile);

/** @type {(args: string[], cwd: string) => ReturnType<typeof run>} */
const npm = (args, cwd) => run("npm", args, { cwd, shell: process.platform === "win32" });

/** A folder with the apps and the installed package; and the tarball it came from. */
export async function install() {
  const folder = mkdtempSync(join(tmpdir(), "chek54-hosts-"));
  cpSync(join(here, "apps"), folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  await npm(["pack", "--pack-destination", folder], join(root, "pkg"));
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  if (!tarball) throw new Error("npm pack made no tarball");
  await npm(["install", "--offline", "--no-save", `./${tarball}`], folder);
  return { folder, tarball: join(folder, tarball) };
}

/**
 * A worker of a folder, bundled and started in workerd.
 * @param {string} folder with worker.js
 * @param {object} [options] miniflare's own, beside
 * @returns {Promise<any>} miniflare
 */
export async function startWorker(folder, options) {
  const outdir = join(folder, "worker");
  await esbuild.build({
    entryPoints: [join(folder, "worker.js")],
    outdir,
    bundle: true,
    format: "esm",
    conditions: ["workerd"],
    loader: { ".wasm": "copy" },
    assetNames: "[name]",
    logLevel: "error",
  });
  const home = join(await hostTools(), "node_modules/miniflare/dist/src/index.js");
  const { Miniflare } = await import(pathToFileURL(home).href);
  return new Miniflare({
    modules: true,
    modulesRules: [{ type: "CompiledWasm", include: ["**/*.wasm"] }],
    modulesRoot: outdir,
    scriptPath: join(outdir, "worker.js"),
    compatibilityDate: "2025-06-01",
    ...options,
  });
}

/**
 * The folder of the bundlers and runtimes of tools/, installed once per version of its lockfile: they are too heavy
 * for the repository's own node_modules.
 */
export async function hostTools() {
  const tools = join(here, "tools");
  const lock = readFileSync(join(tools, "package-lock.json"));
  const home = join(cache, `hosts-${createHash("sha256").update(lock).digest("hex").slice(0, 12)}`);
  if (!existsSync(home)) {
    mkdirSync(cache, { recursive: true });
    const fresh = mkdtempSync(`${home}-`);
    cpSync(tools, fresh, { recursive: true });
    await npm(["ci"], fresh);
    renameSync(fresh, home);
  }
  return home;
}
