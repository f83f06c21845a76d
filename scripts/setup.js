// @ts-check
// Makes a fresh machine able to build and test, and says how to call what it found. Quick when all is there.
// Only node: modules may be imported here: this runs before the npm dependencies are installed.

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * @typedef {object} Tools
 * @property {string[]} toolchain what Cargo wants as its first argument when it builds for wasm, if anything
 * @property {NodeJS.ProcessEnv} env what it wants in its environment then
 * @property {(name: string) => string} bindgen a command of wasm-bindgen-cli, by name
 */
/** @typedef {{ chrome: string, driver: string }} Browser */

export const root = fileURLToPath(new URL("..", import.meta.url));
export const WASM = "wasm32-unknown-unknown";

/** How tests run the browser: alone, and silent towards the network. */
export const CHROME_FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Where what is installed once per machine lives, outside the repository. */
export const cache =
  process.env.CHEK54_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "chek54");

const windows = process.platform === "win32";

/** A fault of the machine, said in one sentence that tells what to do. */
class SetupError extends Error {}

/** @type {(name: string) => any} */
const json = (name) => JSON.parse(readFileSync(join(root, name), "utf8"));

/**
 * What a command prints, or undefined when it fails or is not there.
 * @param {string} command
 * @param {string[]} args
 */
function ask(command, args) {
  const { status, stdout } = spawnSync(command, args, { cwd: root, encoding: "utf8", shell: windows });
  return status === 0 ? stdout.trim() : undefined;
}

/**
 * Runs a command in sight of the user; whether it succeeded.
 * @param {string} command
 * @param {string[]} args
 * @param {import("node:child_process").SpawnSyncOptions} [options]
 */
function show(command, args, options) {
  console.log(`$ ${[command, ...args].join(" ")}`);
  return spawnSync(command, args, { cwd: root, stdio: "inherit", shell: windows, ...options }).status === 0;
}

/** @type {(command: string, args: string[]) => boolean} */
const showAsRoot = (command, args) =>
  process.getuid?.() === 0 ? show(command, args) : show("sudo", ["-n", command, ...args]);

/** @type {(packages: string[]) => boolean} */
function aptInstall(packages) {
  const install = ["install", "-y", "--no-install-recommends", ...packages];
  return (
    ask("apt-get", ["--version"]) !== undefined &&
    (showAsRoot("apt-get", install) || (showAsRoot("apt-get", ["update"]) && showAsRoot("apt-get", install)))
  );
}

/** The npm development dependencies, as package-lock.json has them. */
export function setupNpm() {
  if (Number(process.versions.node.split(".")[0]) < 20) {
    throw new SetupError(`Node ${process.version} is too old: install Node 20 or newer.`);
  }
  const wanted = json("package-lock.json").packages;
  const hidden = "node_modules/.package-lock.json";
  const installed = existsSync(join(root, hidden)) ? json(hidden).packages : {};
  const fresh = Object.keys(wanted).every(
    (path) => path === "" || wanted[path].optional || installed[path]?.version === wanted[path].version,
  );
  if (!fresh && !show("npm", ["ci"])) {
    throw new SetupError("npm ci failed: see its messages above, and check that the npm registry is in reach.");
  }
}

/**
 * Rust for wasm: the toolchain in use, given its wasm target where that is missing, or else Debian's.
 * @returns {Pick<Tools, "toolchain" | "env">}
 */
export function setupWasm() {
  if (ask("cargo", ["--version"]) === undefined) {
    throw new SetupError("Cargo was not found: install Rust (stable) with rustup.");
  }
  if (process.env.CHEK54_WASM_TOOLCHAIN !== "debian") {
    if (hasWasm([]) || (show("rustup", ["target", "add", WASM]) && hasWasm([]))) {
      return { toolchain: [], env: {} };
    }
  }
  return setupDebianWasm();
}

/** @type {(toolchain: string[]) => boolean} */
function hasWasm(toolchain) {
  const libraries = ask("rustc", [...toolchain, "--print", "target-libdir", "--target", WASM]);
  return !!libraries && existsSync(libraries) && readdirSync(libraries).some((name) => /^libstd-.*rlib$/.test(name));
}

/** Where rustup's server is out of reach: Debian's compiler, whose wasm library is built here from its source. */
function setupDebianWasm() {
  const sorry = (/** @type {string} */ why) =>
    new SetupError(`Rust's wasm target is missing and ${why}: run \`rustup target add ${WASM}\`.`);
  const host = ask("rustc", ["-vV"])?.match(/^host: (.*)$/m)?.[1] ?? "";
  const linker = join(ask("rustc", ["--print", "sysroot"]) ?? "", "lib/rustlib", host, "bin/rust-lld");
  if (!hasWasm(["+wasm"])) {
    if (!aptInstall(["rustc-web", "cargo-web", "rust-web-src"])) throw sorry("Debian's packages cannot be had");
    const crate = mkdtempSync(join(tmpdir(), "chek54-std-"));
    mkdirSync(join(crate, "src"));
    writeFileSync(join(crate, "src/lib.rs"), "");
    writeFileSync(join(crate, "Cargo.toml"), '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2021"\n');
    const std = "-Zbuild-std=std,panic_abort,panic_unwind,test,proc_macro";
    const built = show("/usr/bin/cargo", ["build", std, "--release", "--target", WASM], {
      cwd: crate,
      env: { ...process.env, RUSTC: "/usr/bin/rustc", RUSTC_BOOTSTRAP: "1", CARGO_TARGET_DIR: join(crate, "target") },
    });
    if (!built) throw sorry("its library could not be built with Debian's");
    const made = join(crate, "target", WASM, "release/deps");
    const libraries = readdirSync(made).filter((name) => name.endsWith(".rlib") && !name.startsWith("libempty"));
    const home = `/usr/lib/rustlib/${WASM}/lib`;
    const placed =
      showAsRoot("mkdir", ["-p", home]) &&
      showAsRoot("cp", [...libraries.map((name) => join(made, name)), home]) &&
      show("rustup", ["toolchain", "link", "wasm", "/usr"]);
    rmSync(crate, { recursive: true });
    if (!placed || !hasWasm(["+wasm"])) throw sorry("Debian's toolchain could not be linked");
  }
  return { toolchain: ["+wasm"], env: { CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER: linker } };
}

/**
 * wasm-bindgen's commands, of the very version that Cargo.toml pins.
 * @returns {Tools["bindgen"]}
 */
export function setupBindgen() {
  const version = readFileSync(join(root, "Cargo.toml"), "utf8").match(/^wasm-bindgen = .*"=([\d.]+)"/m)?.[1];
  if (!version) throw new SetupError("Cargo.toml does not pin wasm-bindgen with `=`.");
  const home = join(cache, `wasm-bindgen-${version}`);
  const command = (/** @type {string} */ name) => join(home, "bin", windows ? `${name}.exe` : name);
  const install = ["install", "wasm-bindgen-cli", "--version", `=${version}`, "--root", home];
  if (!existsSync(command("wasm-bindgen")) && !show("cargo", install)) {
    throw new SetupError(`wasm-bindgen-cli ${version} could not be installed: run \`cargo ${install.join(" ")}\`.`);
  }
  return command;
}

const CHROMES = [
  ...["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"].flatMap(onPath),
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  ...["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].map((name) =>
    join(process.env[name] ?? "", "Google/Chrome/Application/chrome.exe"),
  ),
];

/** @type {(name: string) => string[]} */
function onPath(name) {
  return (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, windows ? `${name}.exe` : name));
}

/**
 * A Chrome or Chromium and its driver.
 * @returns {Browser}
 */
export function setupBrowser() {
  const find = () => ({
    chrome: [process.env.CHROME_PATH, ...CHROMES].find((path) => path && existsSync(path)),
    driver: [process.env.CHROMEDRIVER, ...onPath("chromedriver")].find((path) => path && existsSync(path)),
  });
  let { chrome, driver } = find();
  if (!chrome || !driver) {
    aptInstall(["chromium", "chromium-driver"]);
    ({ chrome, driver } = find());
  }
  if (!chrome) throw new SetupError("No browser was found: install Chromium or Chrome, or set CHROME_PATH.");
  if (!driver) throw new SetupError("chromedriver was not found: install your browser's, or set CHROMEDRIVER.");
  return { chrome, driver };
}

/**
 * All that a build needs.
 * @returns {Tools}
 */
export function setup() {
  setupNpm();
  return { ...setupWasm(), bindgen: setupBindgen() };
}

/**
 * Runs a script's main part: a fault of the machine ends it with its sentence, any other with its stack.
 * @param {ImportMeta} meta
 * @param {() => unknown} main
 */
export async function runAsScript(meta, main) {
  if (process.argv[1] !== fileURLToPath(meta.url)) return;
  try {
    await main();
  } catch (error) {
    console.error(error instanceof SetupError ? error.message : error);
    process.exitCode = 1;
  }
}

await runAsScript(import.meta, () => {
  setup();
  if (process.argv.includes("browser")) setupBrowser();
});
