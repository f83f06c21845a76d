// @ts-check
// The declarations are the API: a change of them is to be seen in review. `npm test -- --update` rewrites the copy.
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import ts from "typescript";
import { root } from "../../scripts/setup.js";

const pkg = join(root, "pkg");
const golden = join(root, "tests/api.d.ts");
const text = (/** @type {string} */ path) => readFileSync(path, "utf8");

test("the declarations are those of tests/api.d.ts", () => {
  const files = ["types.d.ts", "index.d.ts", "slim.d.ts", "element.d.ts", "client.d.ts", "sandbox.d.ts"];
  const built = files.map((name) => `// ${name}\n\n${text(join(pkg, name))}`).join("\n");
  if (process.env.CHEK54_UPDATE) writeFileSync(golden, built);
  assert.ok(existsSync(golden), "tests/api.d.ts is missing: npm test -- --update writes it");
  // Two thousand lines are not shown: the diff of what --update writes is.
  assert.ok(built === text(golden), "tests/api.d.ts differs: npm test -- types --update, and read the diff");
});

for (const name of ["index", "slim", "client", "sandbox"]) {
  test(`${name} exports the values that it declares, as a module and as CommonJS`, async () => {
    const program = ts.createProgram([join(pkg, `${name}.d.ts`)], { types: [] });
    const checker = program.getTypeChecker();
    const file = /** @type {ts.SourceFile} */ (program.getSourceFile(join(pkg, `${name}.d.ts`)));
    const module = /** @type {ts.Symbol} */ (checker.getSymbolAtLocation(file));
    const names = checker
      .getExportsOfModule(module)
      .filter((symbol) => resolved(symbol).flags & ts.SymbolFlags.Value)
      .map((symbol) => symbol.name)
      .sort();
    assert.deepEqual(Object.keys(await import(`../../pkg/${name}.js`)).sort(), names);
    assert.deepEqual(Object.keys(createRequire(import.meta.url)(`../../pkg/${name}.cjs`)).sort(), names);

    /** @param {ts.Symbol} symbol */
    function resolved(symbol) {
      return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    }
  });
}

test("the scripts and the package's sources agree with their types", () => {
  const path = join(root, "tests/types/tsconfig.json");
  const config = ts.getParsedCommandLineOfConfigFile(path, undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => assert.fail(String(diagnostic.messageText)),
  });
  assert.ok(config);
  const found = ts.getPreEmitDiagnostics(ts.createProgram(config.fileNames, config.options));
  const host = { getCanonicalFileName: String, getCurrentDirectory: () => root, getNewLine: () => "\n" };
  assert.ok(found.length === 0, ts.formatDiagnostics(found, host));
});
