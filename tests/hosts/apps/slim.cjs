const { readFileSync } = require("node:fs");
const chek54 = require("chek54/slim");

chek54.initSync(new WebAssembly.Module(readFileSync(require.resolve("chek54/core.wasm"))));
import("./verdict.js").then(({ verdict }) => console.log(verdict(chek54)));
