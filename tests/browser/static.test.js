// @ts-check
// The page as a folder of files, served by a server that knows nothing of it, below a path.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { after, before } from "node:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { buildPage } from "../../scripts/www.js";
import { openPage } from "./page.js";

const BELOW = "/demo/of/chek54/";
const TYPES = /** @type {Record<string, string>} */ ({ ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" });

/** @type {import("node:http").Server} */
let server;
/** @type {string} */
let folder;
let url = "";

before(async () => {
  folder = await buildPage(mkdtempSync(join(tmpdir(), "chek54-www-")));
  server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url ?? "/", "http://localhost").pathname);
    const name = path.startsWith(BELOW) ? path.slice(BELOW.length) || "index.html" : undefined;
    const body = name && (await readFile(join(folder, name)).catch(() => undefined));
    if (!body) return response.writeHead(404).end();
    response.writeHead(200, { "Content-Type": TYPES[extname(name)] ?? "application/octet-stream" }).end(body);
  });
  await new Promise((resolve) => server.listen(0, "localhost", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  url = `http://localhost:${port}${BELOW}`;
});
after(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

const at = openPage(5620, { address: () => url });

at.test("works from any folder of any server, its sandbox included", async () => {
  await at.visit("#lang=ru&example=coupon");
  await at.reads(/^Ошибок нет$/);
  await at.choose("agents-complete");
  await at.reads(/предупреждения$/);
  await at.choose("coffee");
  await at.reads(/^Ошибок нет$/);
  await at.page.getByRole("tab", { name: "Отправка" }).click();
  await at.page.getByRole("button", { name: "Отправить в песочницу CloudKassir" }).click();
  await at.page.getByRole("heading", { name: "Фискальный чек" }).waitFor();
  await at.page.getByRole("button", { name: "Открыть чек…" }).click();
  const dialog = at.page.getByRole("dialog", { name: "Открыть чек…" });
  for (const name of ["QR-код", "Paybox", "PayKeeper"]) await dialog.getByRole("button", { name }).click();
  await dialog.getByLabel("Текст чека").fill("");
  await dialog.getByRole("button", { name: "выгрузка ФНС" }).click();
  await at.page.waitForFunction(() => /** @type {HTMLTextAreaElement} */ (document.getElementById("opening-text")).value);
  await dialog.getByRole("button", { name: "Открыть", exact: true }).click();
  await at.page.getByRole("heading", { name: "Открыто: выгрузка ФНС" }).waitFor();
  assert.ok(at.page.url().startsWith(url));
});
