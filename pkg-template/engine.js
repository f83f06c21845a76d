// @ts-check
import { __wbg_reset_state as restart, initSync } from "../target/bindgen/chek54.js";
import { ChekError } from "./errors.js";

/** @typedef {BufferSource | WebAssembly.Module} Source */

/** @type {(() => Source) | undefined} */
let source;
/** @type {"new" | "running" | "broken"} */
let state = "new";

/**
 * Says where the wasm comes from; it starts at the first call, so that importing the package costs nothing.
 * @param {() => Source} give
 */
export function provide(give) {
  source = give;
}

/** Starts the wasm, unless it runs. */
export function start() {
  if (state === "running") return;
  if (!source) throw new ChekError("not_started", "chek54/slim wants initSync(bytes or module) before anything else");
  try {
    if (state === "broken") restart();
    else initSync({ module: source() });
    state = "running";
  } catch (cause) {
    throw new ChekError(
      "not_started",
      `WebAssembly did not start (a Content-Security-Policy has to allow 'wasm-unsafe-eval'): ${cause}`,
      { cause },
    );
  }
}

/**
 * Calls into wasm. Nothing there throws, so what is thrown is a bug, after which the instance cannot be trusted: the
 * next call gets a new one of the same module.
 * @template {unknown[]} A, R
 * @param {(...args: A) => R} f
 * @param {A} args
 */
export function run(f, ...args) {
  start();
  try {
    return f(...args);
  } catch (cause) {
    state = "broken";
    throw new ChekError("bug", `chek54 failed; please report it with what was passed in: ${cause}`, { cause });
  }
}
