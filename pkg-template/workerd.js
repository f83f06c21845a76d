// @ts-check
import module from "./core.wasm";
import { provide } from "./engine.js";

provide(() => module);
export * from "./api.js";
