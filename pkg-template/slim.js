// @ts-check
import { provide, start } from "./engine.js";

/** @type {typeof import("./slim.js").initSync} */
export function initSync(source) {
  provide(() => source);
  start();
}
export * from "./api.js";
