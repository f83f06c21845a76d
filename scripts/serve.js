// @ts-check
// Serves www/ at /, and /pkg/ and /examples/ beside it, to this machine only.

import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, sep } from "node:path";
import { root } from "./setup.js";

const FIRST_PORT = 5454;

/** @type {Record<string, string>} */
const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

/**
 * The file that a path of the site means; undefined for one that leads out of it.
 * @param {string} url
 */
function fileOf(url) {
  let path;
  try {
    path = decodeURIComponent(new URL(url, "http://localhost").pathname);
  } catch {
    return undefined;
  }
  const beside = path.match(/^\/(pkg|examples)\//)?.[1];
  const folder = join(root, beside ?? "www", sep);
  const file = join(beside ? root : folder, path.endsWith("/") ? `${path}index.html` : path);
  return file.startsWith(folder) ? file : undefined;
}

/**
 * @param {{ port?: number, open?: boolean }} [options]
 * @returns {Promise<{ url: string, close: () => void }>}
 */
export async function serve({ port = FIRST_PORT, open = false } = {}) {
  const server = createServer(async (request, response) => {
    const file = fileOf(request.url ?? "/");
    const body = file && (await readFile(file).catch(() => undefined));
    if (!body) return response.writeHead(404).end("Not found");
    const headers = { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream", "Cache-Control": "no-cache" };
    response.writeHead(200, headers).end(request.method === "HEAD" ? undefined : body);
  });
  while (!(await listens(server, port))) port++;
  const url = `http://localhost:${port}/`;
  console.log(`Serving ${url}`);
  if (open) openBrowser(url);
  return { url, close: () => server.close() };
}

/**
 * Whether the port was free.
 * @param {import("node:http").Server} server
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function listens(server, port) {
  return new Promise((resolve, reject) => {
    const failed = (/** @type {NodeJS.ErrnoException} */ error) =>
      error.code === "EADDRINUSE" ? resolve(false) : reject(error);
    server.once("error", failed);
    server.listen(port, "localhost", () => {
      server.off("error", failed);
      resolve(true);
    });
  });
}

/** @param {string} url */
function openBrowser(url) {
  const [command, ...args] = { darwin: ["open"], win32: ["cmd", "/c", "start", ""] }[
    /** @type {string} */ (process.platform)
  ] ?? ["xdg-open"];
  // No browser is no fault: the address has been printed.
  spawn(command, [...args, url], { stdio: "ignore", detached: true }).on("error", () => {}).unref();
}
