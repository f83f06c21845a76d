// @ts-check
// Whatever comes in: a finding or a typed error, never anything else, and the next good call works.
import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import vm from "node:vm";
import { at, goodReceipt } from "./receipt.js";
import {
  ChekError,
  ReceiptError,
  checkReceipt,
  decode,
  diffReceipts,
  encode,
  inn,
  parseReceipt,
  vocabulary,
} from "../../pkg/index.js";

afterEach(() => assert.ok(checkReceipt(goodReceipt(), { at }).ok));

/** The findings of a refused input, as "code path". @param {unknown} input @param {any} [options] */
function findings(input, options = { at }) {
  const { ok, issues } = checkReceipt(input, options);
  assert.equal(ok, false);
  assert.ok(issues.length > 0);
  for (const issue of issues) {
    assert.equal(typeof issue.message, "string");
    assert.ok(Array.isArray(issue.path));
  }
  return issues.map(({ code, path }) => [code, ...path].join(" "));
}

/** The good receipt with another price. @param {unknown} price */
function priced(price) {
  const receipt = goodReceipt();
  receipt.items[0].price = price;
  return receipt;
}

/** @param {unknown} input @param {any} [options] */
function assertGood(input, options = { at }) {
  const { ok, issues } = checkReceipt(input, options);
  assert.deepEqual(issues, []);
  assert.equal(ok, true);
}

const cycle = goodReceipt();
cycle.items[0].price = cycle;

const STRANGE = {
  NaN: NaN,
  Infinity: Infinity,
  "-Infinity": -Infinity,
  "a boxed NaN": Object(NaN),
  "a BigInt": 150n,
  "a boxed BigInt": Object(150n),
  "a function": () => "150.00",
  "an arrow class": class {},
  "a symbol": Symbol("150.00"),
  "an invalid date": new Date(NaN),
  "a throwing toJSON": {
    toJSON() {
      throw new Error("no");
    },
  },
  "a toJSON that gives NaN": { toJSON: () => NaN },
  "a toJSON without end": {
    toJSON() {
      return { price: this };
    },
  },
  "a throwing proxy": new Proxy(
    {},
    {
      get() {
        throw new Error("no");
      },
      getPrototypeOf() {
        throw new Error("no");
      },
      ownKeys() {
        throw new Error("no");
      },
    },
  ),
  "a revoked proxy": (() => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  })(),
  "a map": new Map([["amount", 1]]),
  "an object": { amount: "150.00" },
};

describe("values that JSON hides or throws at are findings at their path", () => {
  for (const [name, value] of Object.entries(STRANGE)) {
    test(`${name} as a price`, () => {
      const found = findings(priced(value));
      assert.ok(found.some((line) => line.startsWith("invalid_type items 0 price")), found.join("; "));
    });
    test(`${name} as the receipt`, () => {
      findings(value);
    });
    test(`${name} as options, and as one of them`, () => {
      checkReceipt(goodReceipt(), /** @type {any} */ (value));
      findings(goodReceipt(), { at, lang: value });
    });
    test(`${name} under an unknown key`, () => {
      assert.ok(findings({ ...goodReceipt(), oops: value }).some((line) => line.includes(" oops")));
    });
  }

  test("a cycle", () => {
    assert.ok(findings(cycle).includes("invalid_type items 0 price"));
  });

  test("a getter that throws does not hide the other findings", () => {
    const receipt = goodReceipt();
    Object.defineProperty(receipt.items[0], "price", {
      enumerable: true,
      get() {
        throw new Error("no");
      },
    });
    receipt.operation = NaN;
    const found = findings(receipt);
    assert.ok(found.includes("invalid_type items 0 price"), found.join("; "));
    assert.ok(found.includes("invalid_type operation"), found.join("; "));
  });

  test("sparse and undefined elements", () => {
    const receipt = goodReceipt();
    receipt.items[2] = undefined;
    const found = findings(receipt);
    assert.ok(found.includes("invalid_type items 1"), found.join("; "));
    assert.ok(found.includes("invalid_type items 2"), found.join("; "));
  });

  test("undefined and null", () => {
    findings(undefined);
    findings(null);
    assertGood({ ...goodReceipt(), place: undefined, cashier: null });
  });
});

describe("what JSON.stringify takes is taken", () => {
  test("toJSON, as decimals have it", () => {
    assertGood(priced({ toJSON: () => "150.00" }));
    assertGood({ toJSON: goodReceipt });
  });

  test("boxed values, class instances, objects without prototype and of another realm", () => {
    assertGood(priced(Object("150.00")));
    assertGood(priced(Object(150)));
    assertGood(new (class {
      constructor() {
        Object.assign(this, goodReceipt());
      }
    })());
    assertGood(Object.assign(Object.create(null), goodReceipt()));
    assertGood(vm.runInNewContext(`(${JSON.stringify(goodReceipt())})`));
  });

  test("objects shared, frozen or behind a proxy", () => {
    const receipt = goodReceipt();
    receipt.items[1] = receipt.items[0];
    assertGood(Object.freeze(receipt));
    assertGood(new Proxy(goodReceipt(), {}));
  });
});

describe("keys", () => {
  test("__proto__ is an unknown field as any other", () => {
    const text = JSON.stringify(goodReceipt()).replace("{", '{"__proto__":{"operation":"expense"},');
    assert.deepEqual(findings(text), ["unknown_field __proto__"]);
    assert.deepEqual(findings(JSON.parse(text)), ["unknown_field __proto__"]);
    const spoilt = { ...JSON.parse(text), oops: 1n };
    assert.ok(findings(spoilt).includes("unknown_field __proto__"));
    assert.equal(/** @type {any} */ ({}).operation, undefined);
  });

  test("a prototype that others polluted does not count", () => {
    Object.defineProperty(Object.prototype, "polluted", { value: 1, enumerable: true, configurable: true });
    try {
      assertGood(goodReceipt());
    } finally {
      delete (/** @type {any} */ (Object.prototype).polluted);
    }
  });
});

describe("size and depth", () => {
  const long = "x".repeat(10 * 1024 * 1024);
  const nested = 100_000;

  test("10 MB", () => {
    assert.deepEqual(findings(long), ["too_large"]);
    assert.deepEqual(findings("я".repeat(10 * 1024 * 1024)), ["too_large"]);
    assert.deepEqual(findings(new Uint8Array(10 * 1024 * 1024).fill(0x20)), ["too_large"]);
    assert.deepEqual(findings(new ArrayBuffer(10 * 1024 * 1024)), ["too_large"]);
    assert.deepEqual(findings(priced(long)), ["too_large"]);
    assert.deepEqual(findings({ ...priced(long), oops: NaN }), ["too_large"]);
    findings(goodReceipt(), { at, lang: long });
  });

  test("100,000 brackets", () => {
    findings("[".repeat(nested));
    findings("[".repeat(nested) + "]".repeat(nested));
    findings('{"items":'.repeat(nested));
    /** @type {unknown[]} */
    let deep = [];
    for (let level = 0; level < nested; level++) deep = [deep];
    findings(deep);
    findings({ ...goodReceipt(), oops: deep });
  });

  test("more than there is time for", { timeout: 20_000 }, () => {
    findings(new Array(4e9));
    findings(new Proxy([], { get: (target, key) => (key === "length" ? 2 ** 53 : 0) }));
    let wide = {};
    for (let level = 0; level < 60; level++) wide = { a: wide, b: wide };
    findings(wide);
    findings(new Array(1e6).fill(NaN));
  });
});

describe("text and bytes", () => {
  test("lone surrogates, escaped and raw", () => {
    for (const name of ["\\ud800", "\\udc00\\ud800", "\ud800", "a\udc00b"]) {
      const text = JSON.stringify(goodReceipt()).replace("Кофе", name);
      for (const input of [text, JSON.parse(text)]) {
        const { issues } = checkReceipt(input, { at });
        assert.deepEqual(issues.map(({ code, path }) => [code, ...path].join(" ")), ["not_encodable items 0 name"]);
      }
    }
    findings('"\\\ud800"');
  });

  test("bytes that are no UTF-8", () => {
    findings(new Uint8Array([0xff, 0xfe, 0x00]));
    findings(Buffer.from(JSON.stringify(goodReceipt()), "utf16le"));
    findings(Buffer.from(JSON.stringify(goodReceipt()).replace("Кофе", "\xea"), "latin1"));
    const text = JSON.stringify(goodReceipt(), undefined, 1);
    const broken = Buffer.from(text.replace("Кофе", "K\xea"), "latin1");
    const { issues } = checkReceipt(broken, { at, lang: "en" });
    const line = text.slice(0, text.indexOf("Кофе")).split("\n").length;
    assert.equal(issues.at(-1)?.code, "invalid_json");
    assert.ok(issues.at(-1)?.message.includes(`line ${line}`), issues.at(-1)?.message);
    assert.equal(findings(Buffer.concat([Buffer.from(text), Buffer.from([0xff])]))[0], "invalid_json");
  });

  test("empty and unfinished", () => {
    for (const text of ["", " ", "{", '{"operation":', "nul", '"', "\u0000", "{}{}", "[1,]", "01", "1e", "\ufeff"]) {
      findings(text);
    }
    findings(new Uint8Array());
  });

  test("every prefix of a good text", () => {
    const text = JSON.stringify(goodReceipt());
    for (let end = 0; end < text.length; end++) findings(text.slice(0, end));
  });

  test("objects that claim to be buffers", () => {
    findings(Object.create(ArrayBuffer.prototype));
    findings(Object.create(Uint8Array.prototype));
    findings(new Proxy(new Uint8Array(8), {}));
    const detached = new ArrayBuffer(8);
    structuredClone(detached, { transfer: [detached] });
    findings(detached);
  });
});

describe("the other functions throw typed errors only", () => {
  const values = [undefined, null, 0, "", "x", {}, [], cycle, ...Object.values(STRANGE)];
  /** @type {Record<string, (value: any) => unknown>} */
  const calls = {
    parseReceipt: (value) => parseReceipt(value),
    "encode a receipt": (value) => encode(value, "cloudkassir", { inn: "7707083893" }),
    "encode for a provider": (value) => encode(goodReceipt(), value, { inn: "7707083893" }),
    "encode with options": (value) => encode(goodReceipt(), "cloudkassir", value),
    "encode with an option": (value) => encode(goodReceipt(), "cloudkassir", { inn: value }),
    "decode a payload": (value) => decode(value, "cloudkassir"),
    "decode an export": (value) => decode(value, "fns"),
    "diff what was sent": (value) => diffReceipts(value, "{}"),
    "diff what is fiscal": (value) => diffReceipts("{}", value),
    "diff with options": (value) => diffReceipts("{}", "{}", value),
    "decode from": (value) => decode({}, value),
    "decode with options": (value) => decode({}, "cloudkassir", value),
    vocabulary: (value) => vocabulary(value),
    inn: (value) => inn(value),
  };
  for (const [name, call] of Object.entries(calls)) {
    test(name, () => {
      for (const value of values) {
        try {
          call(value);
        } catch (error) {
          assert.ok(error instanceof ReceiptError || error instanceof ChekError, String(error));
          assert.notEqual(/** @type {any} */ (error).code, "bug");
        }
      }
    });
  }
});
