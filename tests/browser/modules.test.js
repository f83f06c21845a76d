// @ts-check
// The demo page's modules that need no page.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/setup.js";
import { parse, pathText, put, remove, spanAt, tokens, valueAt } from "../../www/json.js";
import { add, grouped, negative } from "../../www/money.js";

/** @typedef {import("../../www/json.js").Path} Path */

test("the page's modules keep to their types", () => {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const { stdout } = spawnSync(process.execPath, [tsc, "-p", join(root, "tests/browser")], { encoding: "utf8" });
  assert.equal(stdout, "");
});

test("every module is on its way from the first line of the page", () => {
  const page = readFileSync(join(root, "www/index.html"), "utf8");
  const named = [...page.matchAll(/<link rel="modulepreload" href="([\w.-]+)" \/>/g)].map(([, name]) => name);
  // What only comes when it is asked for waits until then.
  const later = ["main.js", "sending.js"];
  const there = readdirSync(join(root, "www")).filter((name) => name.endsWith(".js") && !later.includes(name));
  assert.deepEqual(named, there.sort());
});

test("what is JSON, and what is not", () => {
  for (const text of ['{"a":[1,-2.5e+3,true,null,"\\u0041\\n"],"b":{}}', " [] ", "0", '"x"', '{"a":1,"a":2}']) {
    assert.ok(parse(text), text);
    JSON.parse(text);
  }
  for (const text of ["", "{", "[1,]", '{"a":1,}', "01", "1.", "'a'", '"\n"', '{"a" 1}', "[] []", "NaN", '"\\x"']) {
    assert.equal(parse(text), undefined, text);
    assert.throws(() => JSON.parse(text), text);
  }
  assert.equal(parse("[".repeat(100_000)), undefined);
  assert.ok(parse(`"${"x".repeat(5_000_000)}"`));
  assert.equal(valueAt(parse('{"a":1,"a":2}'), ["a"])?.text, "2");
  assert.equal(valueAt(parse('{"constructor":1}'), ["toString"]), undefined);
});

test("places", () => {
  const text = '{"a": [{"b": "x"}, 2], "c": {"d": 1}}';
  const root = parse(text);
  assert.ok(root);
  /** @type {(path: Path, byKey?: boolean) => string} */
  const at = (path, byKey) => {
    const { start, end } = spanAt(root, path, byKey);
    return text.slice(start, end);
  };
  assert.equal(at(["a", 0, "b"]), '"x"');
  assert.equal(at(["a", 0, "b"], true), '"b"');
  assert.equal(at(["a", 1]), "2");
  assert.equal(at(["a", 0, "missing"]), "{");
  assert.equal(at(["c", "missing", "deeper"]), '"c"');
  assert.equal(at(["c"]), '"c"');
  assert.equal(at([]), "{");
  assert.equal(pathText(["a", 0, "b", "c d"]), 'a[0].b["c d"]');
});

test("changes leave the rest as it is", () => {
  /** @type {[string, Path, string, string][]} */
  const changes = [
    ['{ "a":1 , "b":2 }', ["a"], '"x"', '{ "a":"x" , "b":2 }'],
    ['{"a":1}', ["b"], "2", '{"a":1, "b": 2}'],
    ['{\n    "a": 1\n}', ["b"], "2", '{\n    "a": 1,\n    "b": 2\n}'],
    ["{}", ["items", 0, "name"], '"x"', '{\n  "items": [{ "name": "x" }]\n}'],
    ['{"c":{}}', ["c", "d"], "1", '{"c":{ "d": 1 }}'],
    ['{"c":null}', ["c", "d"], "1", '{"c":{ "d": 1 }}'],
    ['{"items":{}}', ["items", 0], "1", '{"items":[1]}'],
    ["[1,2]", [1], "3", "[1,3]"],
    ["not JSON", ["a"], "1", "not JSON"],
  ];
  for (const [text, path, json, expected] of changes) assert.equal(put(text, path, json), expected, text);
  /** @type {[string, Path, string][]} */
  const removals = [
    ['{"a":1, "b":2, "c":3}', ["b"], '{"a":1, "c":3}'],
    ['{"a":1, "b":2}', ["a"], '{"b":2}'],
    ['{"a":1}', ["a"], "{}"],
    ['{"a":1, "c":{"d":1}}', ["c", "d"], '{"a":1}'],
    ['{"items":[{"a":1}]}', ["items", 0, "a"], '{"items":[{}]}'],
    ['{"items":[1]}', ["items", 0], '{"items":[]}'],
    ['{"a":1}', ["b"], '{"a":1}'],
  ];
  for (const [text, path, expected] of removals) assert.equal(remove(text, path), expected, text);
});

test("colours, also of what is not JSON yet", () => {
  const text = '{"a": "b", "c": -1.5, "d": tru, "e';
  assert.deepEqual(
    tokens(text).map(({ start, end, kind }) => [text.slice(start, end), kind]),
    [['"a"', "key"], ['"b"', "string"], ['"c"', "key"], ["-1.5", "number"], ['"d"', "key"], ['"e', "string"]],
  );
});

test("sums add up in kopecks", () => {
  assert.equal(add(), "0.00");
  assert.equal(add("0.10", "0.20"), "0.30");
  assert.equal(add("2814749767106.55", undefined, "0.01"), "2814749767106.56");
  assert.equal(add("0.05", negative("0.10")), "-0.05");
  assert.equal(negative("-0.01"), "0.01");
  assert.equal(negative("0.00"), "0.00");
  assert.equal(grouped("-1234567.89"), "\u22121\u202f234\u202f567.89");
});
