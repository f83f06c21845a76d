// @ts-check
// Cargo -> wasm-bindgen -> wasm-opt -> bundles and declarations in pkg/. Does nothing when nothing changed.
//
//   node scripts/build.js [--force] [--opt=O3|Oz|...]

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { basename, join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { WASM, root, runAsScript, setup } from "./setup.js";

/** @typedef {import("./setup.js").Tools} Tools */

const TEMPLATE = join(root, "pkg-template");
const BINDGEN = join(root, "target/bindgen");
/** The same of the sandbox, which is a wasm of its own. */
const SANDBOX = join(root, "target/bindgen-sandbox");
const PACKAGE = join(root, "pkg");

const RUST = ["Cargo.toml", "Cargo.lock", "src", "scripts"];
const INPUTS = ["Cargo.toml", "Cargo.lock", "src", "pkg-template", "scripts", "package-lock.json"];

/** @type {{ entry: string, format: "esm" | "cjs", platform?: "node", host?: "workerd" }[]} */
const BUNDLES = [
  { entry: "index", format: "esm" },
  { entry: "index", format: "cjs" },
  { entry: "slim", format: "esm" },
  { entry: "slim", format: "cjs" },
  { entry: "workerd", format: "esm" },
  { entry: "element", format: "esm" },
  { entry: "element", format: "cjs" },
  { entry: "client", format: "esm" },
  { entry: "client", format: "cjs" },
  { entry: "client", format: "esm", host: "workerd" },
  { entry: "sandbox", format: "esm" },
  { entry: "sandbox", format: "cjs" },
  { entry: "cli", format: "esm", platform: "node" },
];
/** Each as .d.ts and .d.cts. */
const DECLARATIONS = ["types", "index", "slim", "element", "client", "sandbox"];
/** Copied as they are; a missing one is left out until it is written. */
const VERBATIM = ["README.md", "DESIGN.md", "CHANGELOG.md", "docs", "LICENSE-MIT", "LICENSE-APACHE"];

const text = (/** @type {string} */ path) => readFileSync(path, "utf8");

/**
 * Runs a step of the build; its output is shown only when it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
function step(command, args, env) {
  const options = { cwd: root, env: { ...process.env, ...env }, encoding: /** @type {const} */ ("utf8") };
  const { status, stdout, stderr, error } = spawnSync(command, args, options);
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}\n${error ?? stdout + stderr}`);
  return stdout;
}

/**
 * A hash of files, and of the text given beside them.
 * @param {string[]} paths files and folders
 * @param {string} [also]
 */
function hashOf(paths, also = "") {
  const hash = createHash("sha256").update(also);
  for (const path of paths) {
    const full = join(root, path);
    if (!existsSync(full)) continue;
    for (const file of filesOf(full)) hash.update(file.slice(root.length)).update("\0").update(readFileSync(file));
  }
  return hash.digest("hex");
}

/** @type {(path: string) => string[]} */
function filesOf(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).sort().flatMap((name) => filesOf(join(path, name)));
}

/**
 * The compiled library. Panic messages name source files: without this machine's folders before them.
 * @param {Tools} tools
 * @param {string[]} [features] cargo's words for other ones than the usual
 */
function compile({ toolchain, env }, features = []) {
  step("cargo", [...toolchain, "fetch", "--target", WASM], env);
  const registry = join(process.env.CARGO_HOME ?? join(homedir(), ".cargo"), "registry/src");
  const folders = [root, ...readdirSync(registry).map((name) => join(registry, name, "/"))];
  const flags = folders.map((folder) => `--remap-path-prefix=${folder}=`);
  // SHA-256 in a loop rather than unrolled: a fifth of the size, and notifications are short.
  flags.push('--cfg=sha2_backend_soft="compact"');
  // A third of the compiler's usual appetite for inlining: 11 KB less with brotli, and the check as quick.
  flags.push("-Cllvm-args=-inline-threshold=75");
  const config = `target.${WASM}.rustflags=${JSON.stringify(flags)}`;
  step("cargo", [...toolchain, "build", "--release", "--lib", ...features, "--target", WASM, "--config", config], env);
  return join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), WASM, "release/chek54.wasm");
}

/**
 * The JavaScript glue and core.wasm, in target/bindgen. No feature flag for wasm-opt: it knows from the module which
 * ones the compiler used, and with more of them it emits types that Node 20 refuses. Memory packing would cut the
 * tables into hundreds of segments: a smaller file, and two kilobytes more of it once it is compressed.
 * @param {string} library
 * @param {Tools} tools
 * @param {string} level
 */
async function bind(library, { bindgen }, level, folder = BINDGEN) {
  const flags = ["--target=web", "--omit-default-module-path", "--experimental-reset-state-function"];
  step(bindgen("wasm-bindgen"), [...flags, "--remove-producers-section", "--out-dir", folder, library]);
  const bound = join(folder, "chek54_bg.wasm");
  const core = join(folder, "core.wasm");
  await once(`${core}.stamp`, createHash("sha256").update(level).update(readFileSync(bound)).digest("hex"), () => {
    const optimise = [join(root, "node_modules/binaryen/bin/wasm-opt"), `-${level}`, "--skip-pass=memory-packing"];
    step(process.execPath, [...optimise, bound, "-o", core]);
  });
}

/** The interfaces and types that came from Rust, without wasm-bindgen's own declarations. */
async function types() {
  const { default: ts } = await import("typescript");
  const source = text(join(BINDGEN, "chek54.d.ts"));
  const file = ts.createSourceFile("chek54.d.ts", source, ts.ScriptTarget.Latest);
  const glue = ["InitInput", "InitOutput", "SyncInitInput"];
  return file.statements
    .filter((statement) => ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement))
    .filter(({ name }) => !glue.includes(name.text))
    .sort((a, b) => (a.name.text < b.name.text ? -1 : 1))
    .map((statement) => source.slice(statement.getStart(file, true), statement.end))
    .join("\n\n")
    .concat("\n");
}

/**
 * The package as a file beside: element and client do not carry it again, and find it in a page without a bundler too.
 * @param {"esm" | "cjs"} format
 * @param {string} [host] whose own entry it is
 * @returns {import("esbuild").Plugin}
 */
function beside(format, host = "index") {
  const path = format === "cjs" ? "./index.cjs" : `./${host}.js`;
  return {
    name: "beside",
    setup: (build) => build.onResolve({ filter: /^\.\/index\.js$/ }, () => ({ path, external: true })),
  };
}

/** @param {string} out */
async function bundle(out) {
  const esbuild = await import("esbuild");
  for (const { entry, format, platform, host } of BUNDLES) {
    await esbuild.build({
      entryPoints: [join(TEMPLATE, `${entry}.js`)],
      outfile: join(out, `${host ? `${entry}.${host}` : entry}.${format === "cjs" ? "cjs" : "js"}`),
      bundle: true,
      format,
      platform: platform ?? (format === "cjs" ? "node" : "neutral"),
      target: "es2022",
      charset: "utf8",
      loader: { ".wasm": "base64" },
      // By its own name, the package is what lies beside: the command does not carry it again.
      external: ["./core.wasm", "chek54"],
      plugins: [beside(format, host)],
    });
  }
  chmodSync(join(out, "cli.js"), 0o755);
}

/** @param {string} out */
async function declare(out) {
  writeFileSync(join(BINDGEN, "types.d.ts"), await types());
  for (const name of DECLARATIONS) {
    const source = text(join(name === "types" ? BINDGEN : TEMPLATE, `${name}.d.ts`));
    writeFileSync(join(out, `${name}.d.ts`), source);
    writeFileSync(join(out, `${name}.d.cts`), source.replaceAll(/(from "\.\/\w+)\.js"/g, '$1.cjs"'));
  }
}

/**
 * Does the work unless the stamp says that it was done on the same input.
 * @param {string} stamp
 * @param {string} input
 * @param {() => unknown} work
 */
async function once(stamp, input, work) {
  if (existsSync(stamp) && text(stamp) === input) return false;
  rmSync(stamp, { force: true });
  await work();
  writeFileSync(stamp, input);
  return true;
}

/**
 * Makes pkg/ what the sources say; whether there was anything to do.
 * @param {Tools} tools
 * @param {{ force?: boolean, level?: string }} [options]
 */
export async function build(tools, { force = false, level = "O3" } = {}) {
  const stamp = join(root, "target/pkg.stamp");
  if (force || !existsSync(PACKAGE)) rmSync(stamp, { force: true });
  const compiler = step("cargo", [...tools.toolchain, "-V"]);
  return once(stamp, hashOf([...INPUTS, ...VERBATIM], compiler + level), async () => {
    await bind(compile(tools), tools, level);
    await once(join(root, "target/sandbox.stamp"), hashOf(RUST, compiler), () =>
      bind(compile(tools, ["--no-default-features", "--features", "sandbox"]), tools, "O1", SANDBOX),
    );
    const out = join(root, `target/pkg-${process.pid}`);
    mkdirSync(out, { recursive: true });
    await declare(out);
    await bundle(out);
    cpSync(join(BINDGEN, "core.wasm"), join(out, "core.wasm"));
    for (const path of VERBATIM.filter((path) => existsSync(join(root, path)))) {
      cpSync(join(root, path), join(out, basename(path)), { recursive: true });
    }
    const version = text(join(root, "Cargo.toml")).match(/^version = "(.*)"/m)?.[1];
    const manifest = { ...JSON.parse(text(join(TEMPLATE, "package.json"))), version };
    writeFileSync(join(out, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
    rmSync(PACKAGE, { recursive: true, force: true });
    renameSync(out, PACKAGE);
  });
}

/** How large the wasm is, in a line. */
export function size() {
  const core = readFileSync(join(PACKAGE, "core.wasm"));
  const kilobytes = (/** @type {Buffer} */ bytes) => `${(bytes.length / 1024).toFixed(1)} KB`;
  return `core.wasm: ${kilobytes(core)}, ${kilobytes(brotliCompressSync(core))} with brotli`;
}

await runAsScript(import.meta, async () => {
  const level = process.argv.find((argument) => argument.startsWith("--opt="))?.slice("--opt=".length);
  const built = await build(setup(), { force: process.argv.includes("--force"), level });
  console.log(built ? "pkg/ is built" : "pkg/ is up to date");
  console.log(size());
});
