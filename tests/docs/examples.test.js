// @ts-check
// The examples of README.md and docs/: a block of js with a plain block behind it has to print that block.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "chek54-docs-"));
after(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, "node_modules"));
symlinkSync(join(root, "pkg"), join(folder, "node_modules", "chek54"));

const pages = ["README.md", ...readdirSync(join(root, "docs")).map((name) => join("docs", name))];
let number = 0;
for (const page of pages.filter((name) => name.endsWith(".md"))) {
  const text = readFileSync(join(root, page), "utf8");
  for (const [, code, printed] of text.matchAll(/```js\n([^]*?)```\n+```\n([^]*?)```/g)) {
    const title = text.slice(0, text.indexOf(code)).match(/^#+ (.*)$/gm)?.at(-1) ?? "";
    number += 1;
    const file = join(folder, `example-${number}.mjs`);
    test(`${page}: ${title.replace(/^#+ /, "")}`, () => {
      writeFileSync(file, code);
      const { stdout, stderr } = spawnSync(process.execPath, [file], { encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } });
      assert.equal(stderr, "");
      assert.equal(stdout, printed);
    });
  }
}

test("there are examples", () => assert.ok(number >= 9, `only ${number}`));
