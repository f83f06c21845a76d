// @ts-check
// The load run of benches/load.js, smaller.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "../benches/load.js";

test("three hundred receipts through 64 parallel calls: nothing is lost or doubled", async () => {
  const { requests, retries, notified } = await load({ count: 300, parallel: 64, patience: 5_000, keeperToo: false });
  // With so many faults on the way some are repeated: else the run shows nothing.
  assert.ok(retries > 10 && requests > 600, `${requests} requests, ${retries} repeated`);
  assert.ok(notified > 270, `${notified} notifications`);
});
