export * from "./index.js";

/** Starts the library with the bytes of `chek54/core.wasm`, or with the module made of them. */
export function initSync(source: ArrayBuffer | ArrayBufferView | WebAssembly.Module): void;
