// @ts-check
import text from "../target/bindgen/core.wasm";
import { bytes } from "./base64.js";
import { provide } from "./engine.js";

provide(() => bytes(text));
export * from "./api.js";
