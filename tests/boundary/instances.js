// @ts-check
// Watches the wasm from outside the package, which starts it at its first call: import this before that.

/** Every instance made so far. @type {WebAssembly.Instance[]} */
export const instances = [];

/** How many modules have been compiled. */
export let compiled = 0;

/** What the next call of `check` is to throw instead of running. @type {{ error: unknown }} */
export const next = { error: undefined };

WebAssembly.Module = class extends WebAssembly.Module {
  /** @param {BufferSource} bytes */
  constructor(bytes) {
    super(bytes);
    compiled++;
  }
};

WebAssembly.Instance = class extends WebAssembly.Instance {
  /** @param {WebAssembly.Module} module @param {WebAssembly.Imports} [imports] */
  constructor(module, imports) {
    super(module, imports);
    instances.push(this);
  }

  get exports() {
    const real = /** @type {any} */ (super.exports);
    const check = (/** @type {unknown[]} */ ...args) => {
      const { error } = next;
      next.error = undefined;
      if (error) throw error;
      return real.check(...args);
    };
    return { ...real, check };
  }
};

/** The memory of the instance in use, in bytes. */
export function memorySize() {
  const { memory } = /** @type {any} */ (instances.at(-1)?.exports);
  return memory.buffer.byteLength;
}
