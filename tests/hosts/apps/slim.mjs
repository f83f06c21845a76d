import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import * as chek54 from "chek54/slim";
import { verdict } from "./verdict.js";

let early;
try {
  chek54.checkReceipt("{}");
} catch (error) {
  early = error.code;
}
chek54.initSync(await readFile(fileURLToPath(import.meta.resolve("chek54/core.wasm"))));
console.log(early === "not_started" ? verdict(chek54) : `before initSync: ${early}`);
