// @ts-check
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash, createHmac } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Progress } from "../../pkg-template/cli/progress.js";
import { words } from "../../pkg-template/cli/words.js";
import { issueCodes, vocabulary, vocabularyLists } from "../../pkg/index.js";

const cli = fileURLToPath(new URL("../../pkg/cli.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "chek54-cli-"));
after(() => rmSync(folder, { recursive: true }));

const { FORCE_COLOR: _, NO_COLOR: __, LC_ALL: ___, LC_MESSAGES: ____, ...inherited } = process.env;
const env = { ...inherited, LANG: "en_US.UTF-8" };

let idle = availableParallelism() + 1;
/** @type {(() => void)[]} */
const waiting = [];

/**
 * Runs the command; not too many at once, however many are asked for.
 * @param {string[]} args
 * @param {{ input?: string | Buffer, env?: NodeJS.ProcessEnv, nodeArgs?: string[] }} [options]
 */
async function run(args, { input = "", env: more, nodeArgs = [] } = {}) {
  if (idle > 0) idle--;
  else await new Promise((resolve) => waiting.push(() => resolve(undefined)));
  try {
    const child = spawn(process.execPath, [...nodeArgs, cli, ...args], { cwd: folder, env: { ...env, ...more } });
    // A command that does not read leaves the pipe.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
    const [status] = await once(child, "close");
    return { status, stdout, stderr };
  } finally {
    const next = waiting.shift();
    if (next) next();
    else idle++;
  }
}

/**
 * Cases that do not wait for each other.
 * @template T, U
 * @param {T[]} cases
 * @param {(one: T) => Promise<U>} check
 */
const every = (cases, check) => Promise.all(cases.map((one) => check(one)));

/** @param {string} name @param {string | Buffer} content */
function file(name, content) {
  writeFileSync(join(folder, name), content);
  return name;
}

/** @param {string} text @returns {any[]} */
const jsonLines = (text) => text.split("\n").filter(Boolean).map((line) => JSON.parse(line));
const codesOf = (/** @type {any} */ answer) => answer.issues.map((/** @type {any} */ issue) => issue.code);

const item = { name: "Кофе", price: "150.00", quantity: 1, vat: "vat22" };
const good = { operation: "income", items: [item] };
const bad = { operation: "income", items: [{ ...item, price: "149,90" }] };
const warned = { ...good, customer: { inn: "1234567890" } };
const [GOOD, BAD, WARNED] = [good, bad, warned].map((receipt) => JSON.stringify(receipt));
file("good.json", GOOD);
file("bad.json", BAD);
file("warned.json", WARNED);

// At once: what takes time is starting processes.
describe("chek54", { concurrency: true }, () => {
  test("exit status: fine, warnings, errors", async () => {
    const [fine, warning, error] = await every(["good", "warned", "bad"], (name) => run(["check", `${name}.json`]));
    assert.deepEqual(fine, { status: 0, stdout: "1 receipt, no findings\n", stderr: "" });
    assert.equal(warning.status, 0);
    assert.match(warning.stdout, /^warned\.json\n {2}! customer\.inn {2}invalid_checksum, tag 1228\n/);
    assert.match(warning.stdout, /\n1 warning\n$/);
    assert.equal(error.status, 1);
  });

  test("a finding shows its place in the text", async () => {
    const name = file("places.json", JSON.stringify({ ...bad, itmes: [], customer: { phone: "1" } }, null, 2));
    const { stdout } = await run(["check", name]);
    const expected = `
  ✗ items[0].price  invalid_value, tag 1079
    Field "price" cannot be "149,90"
    Did you mean "149.90"?
    6 | "price": "149,90",
      |          ^^^^^^^^
`;
    assert.ok(stdout.includes(expected), stdout);
    assert.match(stdout, /itmes {2}unknown_field\n.+\n.+\n {4}11 \| "itmes": \[\],\n {7}\| \^{7}\n/);
    assert.match(stdout, /\n3 errors\n$/);
  });

  test("what is missing is shown at what lacks it", async () => {
    const input = '{\n"operation": "income",\n"items": [\n  { "name": "Чай" }\n]\n}';
    const { stdout } = await run(["check"], { input });
    assert.match(stdout, /items\[0\]\.price {2}required, tag 1079\n.+\n {4}4 \| \{ "name": "Чай" \}\n {6}\| \^\n/);
  });

  test("of fields of the same name the later one is marked", async () => {
    const input = `${GOOD.slice(0, -1)},\n"operation": "income",\n"operation": 5}`;
    const { stdout } = await run(["check"], { input });
    const marked = stdout.split("\n").filter((line) => /\d \| /.test(line));
    assert.deepEqual(new Set(marked), new Set(['    3 | "operation": 5}']));
  });

  test("a long line is cut around the place", async () => {
    const items = Array.from({ length: 50 }, (_, at) => (at === 25 ? { ...item, price: "149,90" } : item));
    const { stdout } = await run(["check"], { input: JSON.stringify({ operation: "income", items }) });
    const [shown, marks] = stdout.split("\n").filter((line) => line.includes(" | "));
    assert.match(shown, /^ {4}1 \| ….+"price":"149,90".+…$/);
    assert.ok(shown.length <= 120, shown);
    assert.equal(shown.slice(marks.indexOf("^"), marks.lastIndexOf("^") + 1), '"149,90"');
  });

  test("broken JSON is marked where it breaks", async () => {
    const text = '{\n  "operation": "income",\n  "items": [{ "name": "Кофе 漢字" "vat": "none" }]\n}\n';
    const { status, stdout } = await run(["check", file("broken.json", text)]);
    assert.equal(status, 1);
    assert.match(stdout, /invalid_json\n {4}Not JSON: line 3, column 33\n/);
    const [shown, marks] = stdout.split("\n").filter((line) => line.includes("|"));
    // Two columns for each of the two wide characters.
    assert.equal(marks.indexOf("^"), shown.indexOf('"vat"') + 2);
    const empty = await run(["check", "-"]);
    assert.equal(empty.status, 1);
    assert.match(empty.stdout, /^<stdin>\n {2}✗ invalid_json\n.+\n {4}The input is empty\n/);
  });

  test("bytes that are no UTF-8 are refused, a byte order mark is not", async () => {
    const latin = Buffer.from('{"operation":"income","items":[{"name":"\xcf\xf0"}]}', "latin1");
    const { stdout } = await run(["check", "--json"], { input: latin });
    assert.equal(codesOf(jsonLines(stdout)[0])[0], "invalid_json");
    assert.equal((await run(["check"], { input: `\ufeff${GOOD}` })).status, 0);
    assert.equal((await run(["check"], { input: `\ufeff[${GOOD}]` })).stdout, "1 receipt, no findings\n");
  });

  test("UTF-16 is read where it says so itself; else the finding says what the text is", async () => {
    const wide = (/** @type {string} */ text) => Buffer.from(`\ufeff${text}`, "utf16le");
    const inputs = [wide(GOOD), wide(GOOD).swap16(), wide(`${GOOD}\r\n${GOOD}\r\n`)];
    const read = await every(inputs, (input) => run(["check"], { input }));
    const fine = ["1 receipt", "1 receipt", "2 receipts"].map((receipts) => `${receipts}, no findings\n`);
    assert.deepEqual(read.map(({ stdout }) => stdout), fine);
    const cases = /** @type {[string | Buffer, string][]} */ ([
      [wide(GOOD).subarray(2), "UTF-16: save it as UTF-8"],
      [Buffer.from(GOOD.replace("Кофе", "\xcf\xf0"), "latin1"), "Not UTF-8: perhaps Windows-1251; save it as UTF-8"],
      [Buffer.from("\x7fELF\x02\x01\x01\0\0\0\0\0", "latin1"), "This is no text"],
      ["", "The input is empty"],
      [GOOD.slice(0, 30), "The text breaks off here"],
      [GOOD.replaceAll('"', "'"), 'Names and texts stand in double quotes: "'],
      [GOOD.replace(/}$/, ",}"), "A comma too many before it"],
      [GOOD.replace(',"items"', ' "items"'), "A comma is missing before it"],
      ['{operation: "income"}', 'Names stand in double quotes: "'],
      [`// mine\n${GOOD}`, "JSON has no comments"],
      ["<receipt/>", "This is XML or HTML, not JSON"],
    ]);
    await every(cases, async ([input, hint]) => {
      const { status, stdout } = await run(["check"], { input });
      assert.equal(status, 1);
      assert.equal(stdout.split("\n")[3].trim(), hint);
    });
  });

  test("an array is checked receipt by receipt, with the numbers as they are written", async () => {
    const exact = BAD.replace('"149,90"', "0.30000000000000001");
    const { status, stdout } = await run(["check", "--json", file("array.json", `[\n${GOOD},\n${exact}\n]`)]);
    const answers = jsonLines(stdout);
    assert.equal(status, 1);
    assert.deepEqual(answers[0], { file: "array.json", index: 0, ok: true, issues: [] });
    assert.equal(answers[1].index, 1);
    assert.deepEqual(codesOf(answers[1]), ["invalid_scale"]);
    const human = (await run(["check", "array.json"])).stdout;
    assert.match(human, /^array\.json \[1\]\n/);
    assert.match(human, /\n {4}3 \| .+0\.30000000000000001/);
    assert.match(human, /\n1 error in 1 of 2 receipts\n$/);
    assert.deepEqual(await run(["check"], { input: " [ ] " }), { status: 0, stdout: "no receipts\n", stderr: "" });
  });

  test("an array that is broken says where, after what could be read", async () => {
    const cases = /** @type {[string, string, number][]} */ ([
      [`[${GOOD}\n${GOOD}]`, "2:1", 2],
      [`[${GOOD},\n]`, "2:1", 2],
      [`[${GOOD}`, `1:${GOOD.length + 2}`, 2],
      [`[\n${GOOD},\n{"operation":"inc`, "3:18", 2],
      [`[\n${GOOD},\n{"operation": income},\n${GOOD}]`, "3:15", 3],
      ["[] x", "1:4", 1],
      ["[", "1:2", 1],
      ["[,]", "1:2", 1],
    ]);
    const names = cases.map(([text], at) => file(`array ${at}.json`, text));
    const { status, stdout } = await run(["check", "--json", ...names]);
    assert.equal(status, 1);
    for (const [at, [text, place, answers]] of cases.entries()) {
      const lines = jsonLines(stdout).filter((answer) => answer.file === names[at]);
      const broken = lines.flatMap(({ issues }) => issues).filter(({ code }) => code === "invalid_json");
      assert.deepEqual(broken.map(({ params }) => `${params.line}:${params.column}`), [place], text);
      assert.match(broken[0].message, new RegExp(`line ${place.replace(":", ", column ")}$`));
      const before = Buffer.from(text).toString("utf8", 0, Number(broken[0].params.offset)).split("\n");
      assert.equal(`${before.length}:${before[before.length - 1].length + 1}`, place, text);
      assert.equal(lines.length, answers, text);
    }
    const human = (await run(["check", ...names])).stdout;
    assert.equal(human.match(/invalid_json\n.*\n(?: {4}\S.*\n)?.* \| .*\n.* \| +\^\n/g)?.length, cases.length, human);
  });

  test("NDJSON: by name, by option, by content; a bad line does not stop it", async () => {
    const text = `${GOOD}\n\n{"operation": income}\r\n${BAD}\n${GOOD}`;
    const files = ["orders.ndjson", "orders.JSONL", "orders.txt"].map((name) => file(name, text));
    const [named, stdin, told] = await every([files, ["-"], ["--ndjson"]], (args) =>
      run(["check", "--json", ...args], { input: text }),
    );
    const all = jsonLines(named.stdout + stdin.stdout + told.stdout);
    assert.deepEqual([named, stdin, told].map(({ status }) => status), [1, 1, 1]);
    assert.equal(all.length, 20);
    for (let at = 0; at < all.length; at += 4) {
      const answers = all.slice(at, at + 4);
      assert.deepEqual(answers.map(({ line, ok }) => [line, ok]), [[1, true], [3, false], [4, false], [5, true]]);
      assert.match(answers[1].issues[0].message, /line 3, column 15/);
    }
    const { stdout } = await run(["check", "orders.ndjson"]);
    assert.match(stdout, /^orders\.ndjson:3\n/);
    assert.match(stdout, /\n {4}3 \| \{"operation": income\}\n {6}\| {15}\^\n/);
    assert.match(stdout, /\norders\.ndjson:4\n/);
    assert.match(stdout, / in 2 of 4 receipts\n$/);
    const files2 = [
      file("first.json", `{"operation": income}\n${GOOD}`),
      file("empty.ndjson", "\n"),
      file("line.json", `${GOOD}\n`),
      file("pretty.json", JSON.stringify(good, null, 2)),
    ];
    const answers = jsonLines((await run(["check", "--json", ...files2])).stdout);
    assert.deepEqual(answers.map(({ file, line, ok }) => [file, line, ok]), [
      ["first.json", 1, false],
      ["first.json", 2, true],
      ["line.json", undefined, true],
      ["pretty.json", undefined, true],
    ]);
  });

  test("40 MB of NDJSON in flat memory", { timeout: 120_000 }, async () => {
    const infos = Array.from({ length: 200 }, (_, at) => `Строка ${at} ${"ы".repeat(14)}`);
    const line = `${JSON.stringify({ ...good, infos })}\n`;
    const half = line.repeat(2_000);
    const files = [file("small.ndjson", line.repeat(100)), file("large.ndjson", `${half}${BAD}\n${half}`)];
    assert.ok(statSync(join(folder, files[1])).size > 38e6);
    const watch = `process.on("exit", () => console.error(process.resourceUsage().maxRSS))`;
    const nodeArgs = ["--max-semi-space-size=1", "--import", `data:text/javascript,${encodeURIComponent(watch)}`];
    const [small, large] = await every(files, (name) => run(["check", name], { nodeArgs }));
    // From a pipe, known by its first line alone.
    const piped = await run(["check", "--json"], { nodeArgs, input: readFileSync(join(folder, files[1])) });
    assert.equal(jsonLines(piped.stdout).filter(({ ok }) => ok).length, 4000);
    assert.ok(Number(piped.stderr) - Number(small.stderr) < 38_000, `${small.stderr}, ${piped.stderr}`);
    assert.equal(large.status, 1);
    assert.match(large.stdout, /^large\.ndjson:2001\n/);
    assert.match(large.stdout, /\n1 error in 1 of 4001 receipts\n$/);
    // In KB; read whole, it would be 160 MB.
    assert.ok(Number(large.stderr) - Number(small.stderr) < 38_000, `${small.stderr}, ${large.stderr}`);
  });

  test("a long run says how far it is, on a terminal, and leaves nothing of it", () => {
    let clock = 0;
    /** @type {string[]} */
    const lines = [];
    const written = () => lines.join("");
    const stream = { isTTY: true, write: (/** @type {string} */ text) => lines.push(text) > 0 };
    const progress = new Progress(/** @type {any} */ (stream), ({ all }) => `${all} so far`, () => clock);
    const tick = (/** @type {number} */ all, /** @type {number} */ at) => {
      clock = at;
      progress.tick({ all, found: 0 });
    };
    tick(16, 900);
    progress.clear();
    assert.equal(written(), "");
    tick(32, 1001);
    tick(48, 1100);
    tick(50, 1300);
    tick(64, 1300);
    assert.equal(written(), "\r\x1b[K32 so far\r\x1b[K64 so far");
    progress.clear();
    progress.clear();
    assert.ok(written().endsWith("64 so far\r\x1b[K"));
    stream.isTTY = false;
    tick(80, 5000);
    assert.ok(written().endsWith("\r\x1b[K"));
  });

  test("a line without an end is refused, not kept", async () => {
    const input = `${GOOD}\n${"x".repeat(20 << 20)}\n${GOOD}`;
    const answers = jsonLines((await run(["check", "--ndjson", "--json"], { input })).stdout);
    assert.deepEqual(answers.map(({ ok }) => ok), [true, false, true]);
    assert.deepEqual(codesOf(answers[1]), ["too_large"]);
  });

  test("options of check", async () => {
    const old = JSON.stringify({ ...good, items: [{ ...item, vat: "vat20" }] });
    const many = JSON.stringify({ ...good, a: 1, b: 2, c: 3 });
    const grams = { ...item, price: "1.00", quantity: "0.125", amount: "0.13", unit: "kilogram" };
    const fine = JSON.stringify({ ...good, items: [grams] });
    const codes = /** @type {[string, string, string[]][]} */ ([
      [old, "--at 2026-03-01", ["vat_not_in_force"]],
      [old, "--at=2025-03-01", []],
      [old, "--at 2026-03-01 --severity vat_not_in_force=off", []],
      [many, "--max-issues 1", ["unknown_field"]],
      [fine, "", []],
      [fine, "--provider cloudkassir --ck-version 3.0", ["invalid_scale", "unsupported_by_provider"]],
    ]);
    await every(codes, async ([input, args, expected]) => {
      const { stdout } = await run(["check", "--json", ...args.split(" ").filter(Boolean)], { input });
      const [answer] = jsonLines(stdout);
      assert.deepEqual([...new Set(codesOf(answer))], expected, args);
      assert.equal(answer.omitted, args.includes("max") ? 2 : undefined);
    });
    const statuses = /** @type {[string, string, number][]} */ ([
      [old, "--at 2026-03-01 --severity vat_not_in_force=error --severity too_long=off", 1],
      [many, "--max-issues 0", 1],
      [many, "--mode read", 0],
    ]);
    await every(statuses, async ([input, args, status]) => {
      assert.equal((await run(["check", ...args.split(" ")], { input })).status, status, args);
    });
    const human = await run(["check", "--max-issues", "1"], { input: many });
    assert.match(human.stdout, /\n {2}2 more not shown \(--max-issues\)\n\n1 error, 2 not shown\n$/);
    assert.deepEqual(await run(["check", "--quiet"], { input: BAD }), { status: 1, stdout: "", stderr: "" });
    assert.deepEqual(await run(["check", "-q"], { input: GOOD }), { status: 0, stdout: "", stderr: "" });
  });

  test("files that cannot be read do not hide the others", async () => {
    mkdirSync(join(folder, "folder"));
    const some = await run(["check", "--json", "nothing.json", "folder", "bad.json", "good.json/x"]);
    assert.equal(some.status, 2);
    assert.deepEqual(jsonLines(some.stdout).map(({ file, ok }) => [file, ok]), [["bad.json", false]]);
    const told = ["no such file: nothing.json", "a directory, not a file: folder", "no such file: good.json/x"];
    assert.equal(some.stderr, told.map((text) => `chek54: ${text}\n`).join(""));
    const [alone, encode, decode] = await every(
      ["check nothing.json", "encode nothing.json --to cloudkassir", "decode folder --from cloudkassir"],
      (line) => run(line.split(" ")),
    );
    assert.deepEqual(alone, { status: 2, stdout: "", stderr: "chek54: no such file: nothing.json\n" });
    assert.deepEqual([encode.status, decode.status], [2, 2]);
  });

  test("file names may be anything", async () => {
    const plain = ["чек №1 'x' \"y\".json", "-dash.json", "100%.json", "emoji 🧾.json", "__proto__"];
    const names = [...plain, "a\nb.json", "\x1b[31mred.json"].map((name) => file(name, BAD));
    const { status, stdout } = await run(["check", "--json", "--", ...names]);
    assert.equal(status, 1);
    assert.deepEqual(jsonLines(stdout).map(({ file }) => file), names);
    const human = (await run(["check", "--", ...names])).stdout;
    const titles = human.split("\n").filter((line, at, lines) => lines[at + 1]?.includes("✗"));
    assert.deepEqual(titles, names.map((name) => name.replace(/\p{Cc}/gu, "\ufffd")));
    assert.doesNotMatch(human, /\x1b/);
    assert.equal((await run(["check", "./-dash.json"])).status, 1);
  });

  test("what others wrote does not command the terminal", async () => {
    const hostile = '{"operation": "\\u001b[2J\u202e", \x1b[31m}';
    await every([["check"], ["decode", "--from", "cloudkassir"], ["\x1b[31m"]], async (args) => {
      const { stdout, stderr } = await run(args, { input: hostile });
      assert.doesNotMatch(stdout + stderr, /[\x1b\u202e]/);
    });
  });

  test("colours are for terminals, or for who forces them", async () => {
    const coloured = async (/** @type {NodeJS.ProcessEnv} */ env) =>
      (await run(["check", "bad.json"], { env })).stdout.includes("\x1b[");
    const cases = [{}, { FORCE_COLOR: "1" }, { FORCE_COLOR: "0" }, { NO_COLOR: "1" }];
    assert.deepEqual(await every(cases, coloured), [false, true, false, false]);
  });

  test("the language is that of the option, else of the locale", async () => {
    const cases = /** @type {[string, NodeJS.ProcessEnv, boolean][]} */ ([
      ["check bad.json", {}, false],
      ["check bad.json", { LANG: "ru_RU.UTF-8" }, true],
      ["help check", { LC_MESSAGES: "ru_RU.UTF-8" }, true],
      ["chekc", { LC_ALL: "C", LANG: "ru_RU.UTF-8" }, false],
      ["chekc --lang ru", {}, true],
      ["check bad.json --lang=en", { LANG: "ru_RU.UTF-8" }, false],
      ["help encode", {}, false],
      ["--help", { LANG: "ru_RU.UTF-8" }, true],
    ]);
    await every(cases, async ([line, env, russian]) => {
      const { stdout, stderr } = await run(line.split(" "), { env });
      const said = (stdout + stderr).replace(/\| .*/g, "");
      assert.equal(/\p{Script=Cyrillic}/u.test(said), russian, said);
    });
    const { stdout } = await run(["check", "--lang", "ru", "--ndjson"], { input: `${BAD}\n${WARNED}\n` });
    assert.match(stdout, /тег 1079/);
    assert.match(stdout, /\n1 ошибка, 1 предупреждение в 2 из 2 чеков\n$/);
  });

  test("numerals agree", () => {
    const [en, ru] = [words("en"), words("ru")];
    const counts = [1, 2, 5, 21];
    assert.deepEqual(counts.map((n) => en("errors", { n })), ["1 error", "2 errors", "5 errors", "21 errors"]);
    assert.deepEqual(counts.map((n) => ru("errors", { n })), ["1 ошибка", "2 ошибки", "5 ошибок", "21 ошибка"]);
    assert.equal(ru("among", { n: 21, found: 2 }), " в 2 из 21 чека");
  });

  test("a reader that leaves early ends it quietly", async () => {
    const name = file("many.ndjson", `${BAD}\n`.repeat(20_000));
    await every([["check", name], ["check", "--json", name]], async (args) => {
      const child = spawn(process.execPath, [cli, ...args], { cwd: folder, env });
      let stderr = "";
      child.stderr.on("data", (chunk) => (stderr += chunk));
      await once(child.stdout, "data");
      child.stdout.destroy();
      const [status] = await once(child, "close");
      assert.deepEqual([status, stderr], [1, ""]);
    });
  });

  const to = ["--to", "cloudkassir", "--inn", "7707083893"];

  const order = {
    operation: "income",
    items: [
      { name: "Чай", price: "149.90", quantity: 2, vat: "vat10" },
      { name: "Кофе", price: 500, quantity: "0.25", unit: "kilogram", vat: "vat10", discount: "10%" },
    ],
    delivery: { name: "Доставка", price: 300, quantity: 1, vat: "none", object: "service" },
    customer: { email: "buyer@example.com" },
  };
  const ORDER = JSON.stringify(order, null, 2);

  test("build: an order, what was paid for it, and on through the pipe", async () => {
    const build = (/** @type {string[]} */ ...args) => run(["build", ...args], { input: ORDER });
    const [plain, paid, lower, full, lists, json] = await Promise.all([
      build(),
      build("--paid", "600", "--exact-prices"),
      build("--discount", "10%", "--json"),
      build("--discount=50", "--full"),
      build("--paid", "600", "--list-prices", "--provider", "cloudkassir"),
      run(["build", "--paid", "0.30"], { input: '{"paid": 5, "operation": "income", "items": [], "paid": 7}' }),
    ]);
    const total = (/** @type {string} */ text) => JSON.parse(text).payments.electronic;
    assert.deepEqual([plain.status, plain.stderr, total(plain.stdout)], [0, "", "712.30"]);
    assert.deepEqual([paid.status, total(paid.stdout)], [0, "600.00"]);
    const hundredths = (/** @type {string} */ text) => Math.round(Number(text) * 100);
    for (const { price, quantity, amount } of JSON.parse(paid.stdout).items) {
      assert.equal(Math.round((hundredths(price) * Number(quantity) * 1000) / 1000), hundredths(amount));
    }
    assert.equal(total(lower.stdout), "671.07");
    assert.equal(lower.stdout.trim().split("\n").length, 1);
    assert.equal(JSON.parse(full.stdout).lines[2].amount, "300.00");
    assert.deepEqual([lists.status, JSON.parse(lists.stdout).items[0].price], [0, "149.90"]);
    // What the option says stands in the order: marked there.
    assert.equal(json.status, 1);
    assert.doesNotMatch(json.stdout, /./);

    const checked = await run(["check"], { input: plain.stdout });
    assert.equal(checked.stdout, "1 receipt, no findings\n");
    const encode = ["encode", "--to", "cloudkassir", "--inn", "7708806062"];
    const body = await run(encode, { input: plain.stdout });
    assert.equal(JSON.parse(body.stdout).CustomerReceipt.Amounts.Electronic, 712.3);
    const back = await run(["decode", "--from", "cloudkassir"], { input: body.stdout });
    const { seller, ...receipt } = JSON.parse(back.stdout);
    assert.deepEqual([seller.inn, receipt.items], ["7708806062", JSON.parse(plain.stdout).items]);
  });

  test("build says what is wrong with an order, at its places", async () => {
    const paid = await run(["build", "--paid", "900"], { input: ORDER });
    assert.deepEqual([paid.status, paid.stdout], [1, ""]);
    assert.match(paid.stderr, /^<stdin>\n {2}✗ paid {2}payments_mismatch\n/);
    assert.match(paid.stderr, /\| .*"paid": "900"\}?\n/);
    const odd = await run(["build", "--json"], { input: ORDER.replace('"delivery"', '"delivry"') });
    const [answer] = jsonLines(odd.stderr);
    assert.deepEqual([odd.status, codesOf(answer), answer.issues[0].params.suggestion], [1, ["unknown_field"], "delivery"]);
    assert.deepEqual(await run(["build"], { input: "[]" }), { status: 0, stdout: "", stderr: "chek54: no receipts\n" });
    const inputs = ["", "{", "[[]]", "{}", "null", '"x"', '{"operation":"income"}'];
    await every(inputs, async (input) => {
      const { status, stdout, stderr } = await run(["build", "--paid", "1", "--discount", "5%"], { input });
      assert.deepEqual([status, stdout], [1, ""], input);
      assert.match(stderr, /✗/);
    });
  });

  test("many at once: a line for each, the bad ones told and left out", async () => {
    const orders = [order, { ...order, paid: 600 }, { ...order, paid: 9000 }, order].map((one) => JSON.stringify(one));
    const [lines, list] = await every([`${orders.join("\r\n")}\n`, `[\n${orders.join(",\n")}\n]`], (input) =>
      run(["build"], { input }),
    );
    const totals = (/** @type {string} */ text) => jsonLines(text).map(({ payments }) => payments.electronic);
    assert.deepEqual([lines.status, totals(lines.stdout)], [1, ["712.30", "600.00", "712.30"]]);
    assert.equal(list.stdout, lines.stdout);
    assert.match(lines.stderr, /^<stdin>:3\n {2}✗ paid {2}payments_mismatch\n[^]*\n1 error in 1 of 4 receipts\n$/);
    assert.match(list.stderr, /^<stdin> \[2\]\n {2}✗ paid {2}payments_mismatch\n[^]*\n {4}4 \| .*"paid":9000/);
    const paid = await run(["build", "--paid", "9000", "--ndjson"], { input: `${orders[0]}\n` });
    assert.match(paid.stderr, /^<stdin>:1\n {2}✗ paid /);

    const encoded = await run(["encode", "--to", "cloudkassir", "--inn", "7708806062"], { input: lines.stdout });
    assert.equal(encoded.status, 0);
    assert.deepEqual(jsonLines(encoded.stdout).map(({ Inn }) => Inn), Array(3).fill("7708806062"));
    const back = await run(["decode", "--from", "cloudkassir"], { input: encoded.stdout });
    assert.deepEqual(totals(back.stdout), totals(lines.stdout));
    const whole = jsonLines(encoded.stdout);
    const one = await run(["decode", "--from", "cloudkassir"], { input: JSON.stringify(whole) });
    assert.deepEqual(JSON.parse(one.stdout), jsonLines(back.stdout));
    const twice = await run(["encode", "--to", "cloudkassir", "--invoice-id", "1"], { input: lines.stdout });
    assert.deepEqual([twice.status, twice.stdout], [2, ""]);
    assert.match(twice.stderr, /^chek54: --invoice-id is for one receipt, not for many\n/);
  });

  test("verify: authentic, forged, unreadable, and what it says", async () => {
    const secret = "Секрет";
    file("secret", `${secret}\n`);
    const body = "Id=4c33&FiscalSign=1016954666&DocumentNumber=1323&Type=Income&Amount=299.80&CashierName=%D0%90+%2B";
    const mac = (/** @type {string} */ text) => createHmac("sha256", secret).update(text).digest("base64");
    const raw = `Content-HMAC: ${mac(body)}`;
    const decoded = `x-content-hmac:${mac(decodeURIComponent(body.replaceAll("+", " ")))}`;
    const cut = `${body}&Receipt=%7B%22Items`;
    const fields = { pg_order_id: "1042", pg_payment_id: "77", pg_result: "1", pg_salt: "x" };
    const sig = createHash("md5").update(["result", ...Object.values(fields), secret].join(";")).digest("hex");
    const callback = { id: "5", status: "success" };
    const sign = createHmac("sha256", secret).update("5;success").digest("hex");
    file("body.txt", body);
    const own = ["--secret-file", "secret"];
    const [one, other, query, lineEnd, forged, unsigned, broken, paybox, paykeeper, argument] = await every(
      /** @type {[string[], string, NodeJS.ProcessEnv?][]} */ ([
        [["cloudkassir", "--body", "body.txt", "--header", raw, ...own], ""],
        [["cloudkassir", "--header", "Accept: */*", "--header", decoded, "--json"], body, { CHEK54_SECRET: secret }],
        [["cloudkassir", "--query", `?${body}`, "--header", raw, ...own, "--lang", "ru"], ""],
        [["cloudkassir", "--header", raw, ...own], `${body}\r\n`],
        [["cloudkassir", "--header", raw, ...own, "--json"], body.replace("299", "999")],
        [["cloudkassir", ...own], body],
        [["cloudkassir", "--header", `Content-HMAC: ${mac(cut)}`, ...own], cut],
        [["paybox", "--script", "result", "--query", `${new URLSearchParams({ ...fields, pg_sig: sig })}`, ...own], ""],
        [["paykeeper", "--body", "-", ...own], `${new URLSearchParams({ ...callback, sign })}`],
        [["cloudkassir", "--header", raw, "--secret", secret], body],
      ]),
      ([args, input, env]) => run(["verify", ...args], { input, env }),
    );
    assert.deepEqual([one.status, one.stderr], [0, ""]);
    assert.match(one.stdout, /^authentic\nkind +receipt\nid +4c33\n/);
    assert.match(one.stdout, /\ntotal \(1020\) +299\.80\n/);
    assert.match(one.stdout, /\ndedupeKey +cloudkassir:receipt:4c33\n$/);
    const said = JSON.parse(other.stdout);
    assert.deepEqual([other.status, said.authentic, said.receipt.cashier.name], [0, true, "А +"]);
    assert.match(query.stdout, /^подлинное\n/);
    assert.deepEqual([lineEnd.status, lineEnd.stdout], [0, one.stdout]);
    assert.match(lineEnd.stderr, /without the line end/);
    assert.deepEqual([forged.status, JSON.parse(forged.stdout).authentic], [1, false]);
    assert.deepEqual([unsigned.status, unsigned.stdout.split("\n")[0]], [1, "NOT authentic: this is only what it claims"]);
    assert.match(unsigned.stderr, /no header Content-HMAC/);
    assert.deepEqual([broken.status, broken.stdout.split("\n")[0]], [1, "authentic"]);
    assert.match(broken.stderr, /✗ Receipt {2}invalid_json/);
    assert.match(paybox.stdout, /^authentic\nkind +payment\nid +77\nstatus +ok\n/);
    assert.match(paykeeper.stdout, /^authentic\nkind +receipt\nid +5\nstatus +success\n/);
    assert.equal(argument.status, 0);
    const missing = await every(["--body nothing", "--body folder", "--secret-file nothing"], (args) =>
      run(["verify", "paykeeper", ...args.split(" "), ...(args.includes("body") ? own : [])]),
    );
    assert.deepEqual(missing.map(({ status }) => status), [2, 2, 2]);
  });

  test("PayKeeper's own JSON goes with the body", async () => {
    const input = JSON.stringify({ ...good, customer: { email: "buyer@example.com" } });
    const encode = (/** @type {string} */ name) =>
      run(["encode", "--to", "paykeeper", "--payment-id", "1", "--receipt-key", "order-1042", "--opaque", name], { input });
    file("own.json", `\ufeff${JSON.stringify({ receiptProperties: { agent: { type: 5 } } })}`);
    const [fine, broken, wrong] = await every(["own.json", file("own.txt", "{"), file("own-list.json", "[1]")], encode);
    assert.equal(fine.status, 0);
    assert.deepEqual(JSON.parse(JSON.parse(fine.stdout).receipt_properties).agent, { type: 5 });
    assert.deepEqual(broken, { status: 2, stdout: "", stderr: "chek54: not JSON: own.txt\n" });
    assert.deepEqual([wrong.status, wrong.stdout], [2, ""]);
  });

  test("encode", async () => {
    const [whole, full, plain, stdin] = await every(
      [
        ["good.json", "--invoice-id", "5", "--account-id", "7"],
        ["good.json", "--full", "--json"],
        ["good.json"],
        ["-"],
      ],
      (args) => run(["encode", ...args, ...to], { input: GOOD }),
    );
    assert.deepEqual([whole.status, whole.stderr], [0, ""]);
    const body = JSON.parse(whole.stdout);
    assert.deepEqual([body.Inn, body.InvoiceId, body.AccountId], ["7707083893", "5", "7"]);
    assert.equal(body.CustomerReceipt.Items[0].Label, "Кофе");
    assert.equal(full.stdout.trim().split("\n").length, 1);
    assert.deepEqual(Object.keys(JSON.parse(full.stdout)), ["path", "body", "losses"]);
    assert.equal(stdin.stdout, plain.stdout);
  });

  test("encode checks first, and says what is wrong beside the body", async () => {
    const rules = JSON.stringify({ ...good, payments: { electronic: "1.00" } });
    const items = [{ ...item, vat: "vat20" }];
    const correction = JSON.stringify({ ...good, items, correction: { kind: "self", date: "2025-01-01" } });
    const old = [...to, "--ck-version", "3.3.7", "--no-check"];
    const [warning, refused, mismatch, off, unchecked, unreadable, nobody, wrong, device, named] = await every(
      /** @type {[string, string[]][]} */ ([
        [WARNED, to],
        [BAD, to],
        [rules, to],
        [rules, [...to, "--severity", "payments_mismatch=off"]],
        [rules, [...to, "--no-check"]],
        [BAD, [...to, "--no-check", "--json"]],
        [GOOD, ["--to", "cloudkassir"]],
        [GOOD, ["--to", "cloudkassir", "--inn", "1"]],
        [correction, old],
        [correction, [...old, "--device-number", "0001"]],
      ]),
      ([input, args]) => run(["encode", ...args], { input }),
    );
    assert.equal(warning.status, 0);
    assert.match(warning.stderr, /^<stdin>\n {2}! customer\.inn {2}invalid_checksum/);
    assert.equal(JSON.parse(warning.stdout).Inn, "7707083893");
    assert.deepEqual([refused.status, refused.stdout], [1, ""]);
    assert.match(refused.stderr, /invalid_value/);
    assert.equal(mismatch.stdout, "");
    assert.equal(off.status, 0);
    assert.deepEqual([unchecked.status, unchecked.stderr], [0, ""]);
    assert.deepEqual([unreadable.status, unreadable.stdout], [1, ""]);
    assert.deepEqual(codesOf(jsonLines(unreadable.stderr)[0]), ["invalid_value"]);
    assert.equal(nobody.status, 1);
    assert.match(nobody.stderr, /\n {4}Say --inn INN\n/);
    assert.deepEqual([wrong.status, wrong.stdout], [1, ""]);
    assert.match(wrong.stderr, /seller\.inn {2}invalid_format, tag 1018\n/);
    assert.equal(device.status, 1);
    assert.match(device.stderr, /\n {4}Say --device-number NUMBER\n/);
    assert.match(named.stdout, /"DeviceNumber": "0001"/);
  });

  test("decode is the way back", async () => {
    const { stdout: body } = await run(["encode", "good.json", ...to, "--invoice-id", "5"]);
    const decode = ["decode", "--from", "cloudkassir"];
    const back = await run(decode, { input: body });
    assert.equal(back.status, 0);
    assert.equal(back.stderr, "chek54: not in the receipt: invoiceId (--full prints all)\n");
    assert.equal(JSON.parse(back.stdout).items[0].name, "Кофе");
    const options = ["--full", "--json", "--ffd", "1.2", "--ck-version", "3.0"];
    const [checked, full, broken, nothing] = await every(
      /** @type {[string[], string][]} */ ([
        [["check"], back.stdout],
        [[...decode, ...options], body],
        [decode, "{"],
        [decode, "{}"],
      ]),
      ([args, input]) => run(args, { input }),
    );
    assert.equal(checked.status, 0);
    assert.deepEqual([full.status, full.stderr], [0, ""]);
    assert.equal(JSON.parse(full.stdout).envelope.invoiceId, "5");
    assert.deepEqual([broken.status, broken.stdout], [1, ""]);
    assert.match(broken.stderr, /invalid_json/);
    assert.deepEqual([nothing.status, nothing.stdout], [1, ""]);
  });

  test("tags: a receipt, its bytes in every form, and back", async () => {
    const [tree, json, hex] = await every([[], ["--json"], ["--hex"]], (more) => run(["tags", "good.json", ...more]));
    assert.deepEqual([tree.status, tree.stderr], [0, ""]);
    assert.match(tree.stdout, /^1054 {2}Sign of settlement: income$/m);
    assert.match(tree.stdout, /^ {2}1030 {2}\S.*: Кофе$/m);
    assert.equal(jsonLines(json.stdout)[0].find((/** @type {any} */ node) => node.tag === 1020).value, 15_000);
    file("good.hex", hex.stdout);
    file("good.bin", Buffer.from(hex.stdout.trim(), "hex"));
    file("good.b64", Buffer.from(hex.stdout.trim(), "hex").toString("base64"));
    await every(["good.hex", "good.bin", "good.b64"], async (name) => {
      assert.deepEqual(await run(["tags", name]), tree, name);
    });
    assert.deepEqual(JSON.parse((await run(["tags", "good.json", "--hex", "--json"])).stdout), { hex: hex.stdout.trim() });
    const russian = await run(["tags", "--lang", "ru"], { input: GOOD });
    assert.match(russian.stdout, /^1054 {2}Признак расчета: приход$/im);
    const [broken, none] = await Promise.all([run(["tags", "bad.json"]), run(["tags"], { input: "zz" })]);
    assert.deepEqual([broken.status, broken.stdout], [1, ""]);
    assert.match(broken.stderr, /items\[0\]\.price/);
    assert.deepEqual([none.status, none.stdout], [2, ""]);
    assert.match(none.stderr, /TLV/);
  });

  test("mark: a scan, several of them, and what is odd", async () => {
    const scan = "]d2010460043993125621JgXJ5.T\x1d93dGVz";
    const one = await run(["mark", scan]);
    assert.deepEqual([one.status, one.stderr], [0, ""]);
    assert.match(one.stdout, /^GTIN +04600439931256$/m);
    assert.match(one.stdout, /^\(93\) +dGVz$/m);
    assert.match(one.stdout, /^tag 2000 +010460043993125621JgXJ5\.T<GS>93dGVz$/m);
    const lost = await run(["mark", "--json"], { input: `010460043993125621JgXJ5.93dGVz\r\n${scan}\n` });
    assert.deepEqual(jsonLines(lost.stdout).map(codesOf), [["mark_separator"], []]);
    assert.equal(jsonLines(lost.stdout)[0].raw, "010460043993125621JgXJ5.\x1d93dGVz");
    const [warned, wrong] = await every(["46070153", "010460043993125621ЖЫ"], (code) => run(["mark", code, "--lang", "ru"]));
    assert.deepEqual([warned.status, wrong.status], [0, 1]);
    const [garbage, several, json] = [
      await run(["mark", "garbage"]),
      await run(["mark"], { input: `garbage\n${scan}\n` }),
      await run(["mark", "scans.txt", "--json", "--lang", "ru"]),
    ];
    assert.deepEqual([garbage.status, several.status, json.status], [1, 1, 1]);
    const unknown = 'chek54: "garbage" is no marking code that is known\n';
    assert.equal(garbage.stderr, `${unknown}chek54: there is no file "garbage": it was read as the code itself\n`);
    assert.equal(several.stderr, unknown);
    assert.match(several.stdout, /^GTIN +04600439931256$/m);
    assert.equal(json.stderr, "chek54: файла «scans.txt» нет: это прочитано как сам код\n");
    file("scans.txt", `${scan}\n`);
    assert.deepEqual((await run(["mark", "scans.txt"])).stdout, one.stdout);
    assert.match(warned.stderr, /^46070153\n/);
    assert.match(warned.stderr, /Контрольная цифра/);
    assert.match(wrong.stderr, /раскладку/);
  });

  test("qr: read, written and drawn", async () => {
    const code = "t=20181205T185000&s=99.00&fn=9999078900005430&i=157347&fp=1016954666&n=1";
    const read = await run(["qr", code]);
    assert.deepEqual([read.status, read.stderr], [0, ""]);
    assert.match(read.stdout, /^fiscal document \(1040\) +157347$/m);
    assert.match(read.stdout, /^operation \(1054\) +income$/m);
    const json = await run(["qr", "--json"], { input: `https://check.example/?${code}\n` });
    assert.equal(jsonLines(json.stdout)[0].dateTime, "2018-12-05T18:50:00");
    const fiscal = { fn: "9999078900005430", fd: "157347", fp: "1016954666", dateTime: "2018-12-05T18:50:00", total: "99.00" };
    file("fiscal.json", JSON.stringify({ ...good, fiscal }));
    assert.deepEqual(await run(["qr", "fiscal.json"]), { status: 0, stdout: `${code}\n`, stderr: "" });
    const drawn = await run(["qr", "fiscal.json", "--svg"]);
    assert.match(drawn.stdout, /^<svg .*<title>t=20181205T185000&amp;s=99.00.*<\/svg>\n$/);
    const both = await run(["qr", "fiscal.json", "--svg", "--json"]);
    assert.deepEqual(JSON.parse(both.stdout), { text: code, svg: drawn.stdout.trim() });
    const wrong = await run(["qr", "t=1&fn=2"]);
    assert.deepEqual([wrong.status, wrong.stdout], [1, ""]);
    assert.match(wrong.stderr, /^t=1&fn=2\n[^]*Required field "fp" is missing/);
    assert.doesNotMatch(wrong.stderr, /no file/);
    const garbage = await run(["qr", "garbage"]);
    assert.equal(garbage.status, 1);
    assert.match(garbage.stderr, /^garbage\n[^]*there is no file "garbage": it was read as the code itself\n$/);
    assert.match((await run(["qr"], { input: "garbage" })).stderr, /^<stdin>\n/);
    assert.equal((await run(["qr", "x".repeat(5000), "--svg"])).status, 2);
  });

  test("preview", async () => {
    const odd = '{"operation":"income","items":[{"name":"x","price":1,"quantity":2,"amount":3,"vat":"none"}]}';
    const [text, narrow, svg, html, json, broken, wide] = await every(
      /** @type {[string, string[]][]} */ ([
        [GOOD, []],
        [GOOD, ["--width", "32", "--lang", "ru"]],
        [GOOD, ["--as", "svg", "--theme=dark"]],
        [GOOD, ["--as", "html"]],
        [odd, ["--json"]],
        ["{}", []],
        [GOOD, ["--width", "40"]],
      ]),
      ([input, args]) => run(["preview", ...args], { input }),
    );
    const widths = (/** @type {string} */ shown) => new Set(shown.match(/^-+$/gm)?.map((rule) => rule.length));
    assert.deepEqual([text.status, text.stderr, [...widths(text.stdout)]], [0, "", [42]]);
    assert.match(text.stdout, /^ +PREVIEW: NOT A FISCAL RECEIPT$/m);
    assert.deepEqual([narrow.status, [...widths(narrow.stdout)]], [0, [32]]);
    assert.match(narrow.stdout, /^ИТОГ +=/m);
    assert.match(svg.stdout, /^<svg [^]*#1e1f22[^]*<\/svg>\n$/);
    assert.match(html.stdout, /^<!doctype html><html lang="en"><meta charset="utf-8">[^]*<article /);
    // Shown with what is wrong about it.
    assert.equal(json.status, 0);
    assert.equal(JSON.parse(json.stdout).as, "text");
    assert.match(JSON.parse(json.stdout).preview, /^TOTAL +=3\.00$/m);
    assert.equal(JSON.parse(json.stderr).issues[0].code, "amount_mismatch");
    assert.deepEqual([broken.status, broken.stdout], [1, ""]);
    assert.match(broken.stderr, /items/);
    assert.deepEqual([wide.status, wide.stdout], [2, ""]);
  });

  test("each provider's body, and the way back", async () => {
    const sold = { ...good, ffd: "1.05", items: [{ ...item, vat: "vat10" }], customer: { email: "buyer@example.com" } };
    const input = JSON.stringify({ ...sold, cashier: { name: "Иванова" } });
    const encode = (/** @type {string} */ line) => run(["encode", "--to", ...line.split(" ")], { input });
    const [payment, separate, form, dated] = await every(
      [
        "paybox --form payment --merchant-id 500 --amount 150",
        "paybox --form separate --merchant-id 500 --lang ru",
        "paykeeper --payment-id 2211 --receipt-key order-1042 --post-sale",
        "paykeeper --payment-id 2211 --full --at 2026-03-01",
      ],
      encode,
    );
    const body = JSON.parse(payment.stdout);
    assert.deepEqual([payment.status, body.pg_merchant_id, body.pg_amount], [0, 500, 150]);
    assert.match(payment.stderr, /^<stdin>\n {2}! cashier\.name {2}unsupported_by_provider, tag 1021\n/);
    assert.equal(JSON.parse(separate.stdout).operation_type, "sell");
    assert.match(separate.stderr, /\n {4}Укажите --payment-id ID\n/);
    const { payment_id, receipt_key, is_post_sale } = JSON.parse(form.stdout);
    assert.deepEqual([payment_id, receipt_key, is_post_sale], ["2211", "order-1042", "true"]);
    assert.equal(JSON.parse(dated.stdout).path, "change/receipt/print/");
    const fields = new URLSearchParams(JSON.parse(form.stdout)).toString();
    const xml = '<?xml version="1.0" encoding="utf-8"?><response><pg_status>error</pg_status></response>';
    const read = (/** @type {string} */ from, /** @type {string | Buffer} */ input, /** @type {string[]} */ ...more) =>
      run(["decode", "--from", from, ...more], { input });
    const tags = "17041900D0BAD0BED184D0B5"; // No document: a tag alone is odd, and read.
    const [one, other, posted, answer, broken, hex, bytes] = await Promise.all([
      read("paybox", payment.stdout),
      read("paykeeper", form.stdout),
      read("paykeeper", fields),
      read("paybox", xml, "--full"),
      read("paybox", "<response>\n<pg_status>"),
      read("tlv", `${tags}\n`, "--full", "--json"),
      read("tlv", Buffer.from(tags, "hex"), "--full", "--json"),
    ]);
    for (const { status, stdout } of [one, other, posted]) {
      assert.equal(status, 0);
      assert.equal(JSON.parse(stdout).items[0].name, "Кофе");
    }
    assert.equal(posted.stdout, other.stdout);
    assert.equal(JSON.parse(answer.stdout).envelope.status, "error");
    assert.deepEqual([broken.status, broken.stdout], [1, ""]);
    assert.match(broken.stderr, /invalid_xml\n {4}Not XML: line 2, column \d+\n {4}2 \| /);
    assert.equal(hex.stdout, bytes.stdout);
    const refused = await run(["encode", "--to", "paybox", "--form", "payment", "good.json"]);
    assert.deepEqual([refused.status, refused.stdout], [1, ""]);
    assert.match(refused.stderr, /items\[0\]\.vat {2}unsupported_by_provider/);
  });

  test("explain says what a code means, whose fault it is and what to do", async () => {
    const [negative, full, warning, status, ru, json, unknown] = await every(
      [
        "cloudkassir -1 --lang en",
        "cloudkassir 2",
        "cloudkassir 2 --list warning",
        "paybox pending",
        "paykeeper timeout --lang ru",
        "paykeeper timeout --json",
        "paybox 99",
      ],
      (line) => run(["explain", ...line.split(" ")]),
    );
    assert.match(negative.stdout, /^error -1: /);
    assert.match(full.stdout, /^error 2: .+\n {2}.+\n {2}.+; do not send the same again by program\n$/);
    assert.match(warning.stdout, /^warning 2: The fiscal storage has expired\n/);
    assert.match(status.stdout, /^status pending: .+\n.+\n.+; the status will change\n$/);
    assert.match(ru.stdout, /^status timeout: [А-Я].+\n {2}[А-Я].+\n {2}дело в кассе; .+; статус окончательный\n$/);
    assert.deepEqual([JSON.parse(json.stdout).final, JSON.parse(json.stdout).kind], [true, "register"]);
    assert.equal((await run(["explain", "paybox", "99", "--json"])).stdout, "null\n");
    assert.deepEqual(unknown, { status: 1, stdout: "", stderr: 'chek54: the documents of paybox have no code "99"\n' });
  });

  test("codes and vocabulary", async () => {
    const [plain, json, names, unit, unitRu, vat] = await every(
      ["codes", "codes --json", "vocabulary", "vocabulary unit", "vocabulary unit --lang ru", "vocabulary vat --json"],
      (line) => run(line.split(" ")),
    );
    assert.match(plain.stdout, /^invalid_json +error +Not JSON/);
    assert.deepEqual(JSON.parse(json.stdout), issueCodes());
    assert.deepEqual(names.stdout.trim().split("\n"), vocabularyLists());
    assert.deepEqual(JSON.parse(vat.stdout), vocabulary("vat"));
    assert.match(unit.stdout, /^name +code +en +ffd +cloudkassir +paybox\npiece +0 +pcs or units/);
    assert.match(unitRu.stdout, /\npiece +0 +шт\. или ед\./);
  });

  test("help and version", async () => {
    const { version } = JSON.parse(readFileSync(new URL("../../pkg/package.json", import.meta.url), "utf8"));
    const [long, short, none, help, command, helpHelp] = await every(
      ["--version", "-v", "", "--help", "help", "help --help"],
      (line) => run(line.split(" ").filter(Boolean)),
    );
    assert.deepEqual(long, { status: 0, stdout: `${version}\n`, stderr: "" });
    assert.deepEqual(short, long);
    assert.deepEqual([help.status, help.stderr], [0, ""]);
    assert.deepEqual([command, helpHelp], [help, help]);
    assert.deepEqual(none, { status: 2, stdout: "", stderr: help.stdout });
    const commands = ["check", "build", "encode", "decode", "verify", "explain", "preview", "tags", "mark", "qr", "codes", "vocabulary", "help"];
    await every(commands, async (command) => {
      assert.match(help.stdout, new RegExp(`^ {2}${command} `, "m"));
      const one = await run(["help", command]);
      assert.deepEqual([one.status, one.stderr], [0, ""]);
      assert.match(one.stdout, new RegExp(`^Usage: chek54 ${command}`));
      assert.match(one.stdout, new RegExp(`\n {2}(CHEK54_SECRET=… )?chek54 ${command} [^]*$`));
    });
    assert.deepEqual(await run(["check", "--help"]), await run(["help", "check"]));
  });

  test("wrong usage is status 2 and says what to do", async () => {
    const cases = /** @type {[string, string][]} */ ([
      ["chekc", 'no command "chekc". Did you mean "check"?'],
      ["help encod", 'no command "encod". Did you mean "encode"?'],
      ["frobnicate", 'no command "frobnicate"'],
      ["chek --help", 'no command "chek". Did you mean "check"?'],
      ["-h frobnicate", 'no command "frobnicate"'],
      ["sandbox --fault hangx0", "--fault: times of a fault is 1 or more"],
      [
        "sandbox --fault hang:kkt/reciept",
        '--fault: no provider has the path "kkt/reciept" of a fault; did you mean kkt/receipt?',
      ],
      ["sandbox --webhook http://", '--webhook cannot be "http://". It can be: http://…, https://…'],
      ["good.json", '"good.json" is a file, not a command. Try: chek54 check good.json'],
      ["--json", "no command is given"],
      ["check --provder cloudkassir", 'no option "--provder". Did you mean "--provider"?'],
      ["check -x", 'no option "-x"'],
      ["check --__proto__", 'no option "--__proto__"'],
      ["check --to cloudkassir", 'check has no option "--to"; it is for: encode'],
      ["check --provider nobody", '--provider cannot be "nobody". It can be: cloudkassir, paybox, paykeeper'],
      ["decode --from cloudkassir --ck-version 9", '--ck-version cannot be "9". It can be: 3.0, 3.3.7, 3.4.5'],
      ["decode --from cloudkassir --ffd 2", '--ffd cannot be "2". It can be: 1.05, 1.1, 1.2'],
      ["check --mode write", '--mode cannot be "write". It can be: build, read'],
      ["check --lang de", '--lang cannot be "de". It can be: ru, en'],
      ["check --at tomorrow", '--at cannot be "tomorrow". It can be: YYYY-MM-DD'],
      ["check --at --json", "--at needs a value: --at DATE"],
      ["check --at", "--at needs a value: --at DATE"],
      ["check --json=yes", "--json takes no value"],
      ["check --max-issues many", '--max-issues cannot be "many". It can be: 0, 1, 2…'],
      ["check --severity to_long=off", '--severity: no code "to_long". Did you mean "too_long"?'],
      ["check --severity too_long", '--severity cannot be "too_long". It can be: too_long=error|warning|off'],
      ["check --severity required=off", "--severity: required is always an error"],
      ["check - -", "standard input (-) can be given once"],
      ["encode good.json", "encode needs --to cloudkassir|paybox|paykeeper"],
      ["encode good.json --to paybox", "--to paybox needs --form FORM"],
      ["encode good.json --to paybox --form all", '--form cannot be "all". It can be: payment, capture, refund, separate'],
      ["encode good.json --to paykeeper --inn 1", '--to paykeeper has no option "--inn"; it is for: cloudkassir'],
      ["encode good.json --to paykeeper --ck-version 3.0", '--to paykeeper has no option "--ck-version"; it is for: cloudkassir'],
      ["encode good.json --to cloudkassir --payment-id 1", '--to cloudkassir has no option "--payment-id"; it is for: paybox, paykeeper'],
      ["encode good.json --to nobody", '--to cannot be "nobody". It can be: cloudkassir, paybox, paykeeper'],
      ["encode a.json b.json --to cloudkassir", 'encode: one argument too many: "b.json"'],
      ["decode good.json", "decode needs --from cloudkassir|paybox|paykeeper|fns|tlv|qr"],
      ["explain", "explain needs PROVIDER CODE"],
      ["explain paybox", "explain needs PROVIDER CODE"],
      ["explain nobody 1", 'PROVIDER cannot be "nobody". It can be: cloudkassir, paybox, paykeeper'],
      ["explain paybox ok 1", 'explain: one argument too many: "1"'],
      ["buidl order.json", 'no command "buidl". Did you mean "build"?'],
      ["build --payd 5", 'no option "--payd". Did you mean "--paid"?'],
      ["build --paid 5,50", '--paid cannot be "5,50". It can be: 100, 99.90'],
      ["build --discount ten", '--discount cannot be "ten". It can be: 10%, 99.90'],
      ["build --exact-prices --list-prices", "--exact-prices and --list-prices exclude each other"],
      ["build a.json b.json", 'build: one argument too many: "b.json"'],
      ["encode good.json --to paybox --form payment --amount 1,5", '--amount cannot be "1,5". It can be: 100, 99.90'],
      ["verify", "verify needs PROVIDER"],
      ["verify nobody", 'PROVIDER cannot be "nobody". It can be: cloudkassir, paybox, paykeeper'],
      ["verify paybox --query a=1 --secret x", "verify paybox needs --script NAME"],
      ["verify paykeeper --query a=1", "verify needs --secret-file FILE | CHEK54_SECRET"],
      ["verify paykeeper --secret-file -", "standard input (-) can be given once"],
      ["verify cloudkassir --secret x --header y", '--header cannot be "y". It can be: \'Content-HMAC: 5fzk…=\''],
      ["codes x", 'codes: one argument too many: "x"'],
      ["vocabulary vats", 'no list "vats". Did you mean "vat"?'],
    ]);
    await every(cases, async ([line, told]) => {
      const { status, stdout, stderr } = await run(line.split(" "));
      assert.deepEqual([status, stdout], [2, ""], line);
      assert.equal(stderr.split("\n")[0], `chek54: ${told}`, line);
      assert.match(stderr, /\nSee: chek54 /);
    });
    await every(["chekc", "check --bogus", "vocabulary vats"], async (line) => {
      const { status, stderr } = await run([...line.split(" "), "--lang=ru"]);
      assert.equal(status, 2);
      assert.match(stderr, /^chek54: .*[а-я]{3}.*\n(Вызов: .*\n)?Справка: chek54 /, line);
    });
  });

  test("all codes but the fixed ones can be turned off", async () => {
    const others = issueCodes().filter(({ fixed }) => !fixed);
    const args = others.flatMap(({ code }) => ["--severity", `${code}=off`]);
    assert.equal((await run(["check", ...args], { input: JSON.stringify({ ...good, itmes: [] }) })).status, 0);
  });
});
