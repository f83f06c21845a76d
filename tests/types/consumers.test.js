// @ts-check
// The published declarations, as strict users meet them: declarations themselves checked, nothing but what is said
// below in the environment.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { root } from "../../scripts/setup.js";

const folder = mkdtempSync(join(tmpdir(), "chek54-types-"));
after(() => rmSync(folder, { recursive: true }));
const consumers = fileURLToPath(new URL("consumers", import.meta.url));
for (const kind of ["module", "commonjs"]) {
  cpSync(consumers, join(folder, kind), { recursive: true });
  writeFileSync(join(folder, kind, "package.json"), JSON.stringify({ type: kind }));
}
cpSync(join(root, "pkg"), join(folder, "node_modules/chek54"), { recursive: true });
cpSync(join(root, "node_modules/@standard-schema"), join(folder, "node_modules/@standard-schema"), { recursive: true });

/**
 * @param {string} name
 * @param {string} kind
 * @param {string[]} files
 * @param {object} options
 */
function compiles(name, kind, files, options) {
  test(name, () => {
    const config = join(folder, `${name}.json`);
    const compilerOptions = {
      target: "es2022",
      lib: ["es2022"],
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: false,
      noEmit: true,
      ...options,
    };
    writeFileSync(config, JSON.stringify({ files: files.map((file) => join(kind, file)), compilerOptions }));
    try {
      execFileSync(process.execPath, [join(root, "node_modules/typescript/lib/tsc.js"), "-p", config]);
    } catch (error) {
      assert.fail(/** @type {any} */ (error).stdout.toString());
    }
  });
}

const dom = { lib: ["es2022", "dom"] };
compiles("module", "module", ["consumer.ts"], { module: "nodenext" });
compiles("commonjs", "commonjs", ["consumer.ts"], { module: "nodenext" });
compiles("bundler", "module", ["consumer.ts"], { module: "esnext", moduleResolution: "bundler" });
compiles("node10", "commonjs", ["consumer.ts"], { module: "commonjs", moduleResolution: "node10" });
compiles("slim module", "module", ["slim.ts"], { module: "nodenext", ...dom });
compiles("slim commonjs", "commonjs", ["slim.ts"], { module: "nodenext", ...dom });
compiles("client module", "module", ["client.ts"], { module: "nodenext", ...dom });
compiles("client commonjs", "commonjs", ["client.ts"], { module: "nodenext", ...dom });
