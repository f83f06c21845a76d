// @ts-check
// chek54/sandbox: the providers' side, in the process or over HTTP. What they answer is decided in Rust; here is the
// clock, and what carries requests and notifications.
import { Handle, initSync } from "../target/bindgen-sandbox/chek54.js";
import text from "../target/bindgen-sandbox/core.wasm";
import { bytes } from "./base64.js";
import { ChekError } from "./index.js";
import { valueText } from "./text.js";

/** @typedef {typeof import("./sandbox.js")} Api */
/** @typedef {import("./sandbox.js").SandboxOptions} Options */
/** @typedef {import("./sandbox.js").SandboxNotification} Notification */
/** @typedef {import("./sandbox.js").SandboxRequest} Seen */
/** @typedef {{ id: number, headers: [string, string][] } & Omit<Notification, "headers">} Delivery */
/** @typedef {{ method: string, url: string, headers: [string, string][], body: string }} Asked */
/** @typedef {{ status: number, headers: [string, string][], body: string, after: number }} Answer */
/** @typedef {Answer | { lost: boolean } | { hang: true }} Reply */

/** Answers take up to a quarter of a second on the sandbox's clock, which nobody has to wait for; longer ones are meant. */
const LATENCY = 250;
/** For so long a connection is kept by Node's own fetch. */
const HELD = 300_000;
/** No options are as long. */
const MAX_OPTIONS = 1 << 20;
/** The last moment that a Date holds. */
const END = 8.64e15;
const FORM = "application/x-www-form-urlencoded";

let started = false;

/** @param {string} message @param {ErrorOptions} [options] @returns {never} */
function refuse(message, options) {
  throw new ChekError("bad_argument", message, options);
}

/** @param {unknown} options */
function mustBeOptions(options) {
  if (typeof options !== "object" || options === null || Array.isArray(options)) refuse("options are an object");
}

/** @param {unknown} url */
function mustBeWebhook(url) {
  if (url === undefined || (typeof url === "string" && /^https?:\/\//i.test(url) && URL.canParse(url))) return;
  refuse("webhookUrl is an address: https://shop.example/notification");
}

/** @param {unknown} at */
function mustBeTime(at) {
  if (!(typeof at === "number" && at >= 0 && at <= END)) refuse("clock gives milliseconds since 1970, a number");
  return at;
}

/** One sandbox behind its door, and its clock. @param {Options} given */
function open(given) {
  mustBeOptions(given);
  const { clock, onNotification, onRequest, ...options } = given;
  for (const [name, heard] of Object.entries({ onNotification, onRequest })) {
    if (heard !== undefined && typeof heard !== "function") refuse(`${name} is a function`);
  }
  mustBeWebhook(options.webhookUrl);
  if (!started) initSync({ module: bytes(text) });
  started = true;
  const handle = new Handle();
  const start = Date.now();
  const base = typeof clock === "function" ? () => mustBeTime(clock()) : clock === "real" ? Date.now : () => start;
  if (clock !== undefined && clock !== "real" && typeof clock !== "function") {
    refuse('clock is "real" or a function that gives milliseconds');
  }
  let ahead = 0;
  const now = () => Math.floor(base() + ahead);
  /** Nobody goes back in time. @param {number} at */
  const set = (at) => (ahead = Math.max(ahead, at - base()));

  /** @param {string} name @param {string} argument @returns {any} */
  function callText(name, argument, at = now()) {
    const { value, error } = JSON.parse(handle.call(name, argument, at));
    if (error !== undefined) refuse(error);
    return value;
  }
  const call = (/** @type {string} */ name, /** @type {unknown} */ argument = null, at = now()) =>
    callText(name, JSON.stringify(argument), at);
  // NaN or a function is not left out, as JSON.stringify would do, but refused.
  callText("open", valueText(options, MAX_OPTIONS));

  /** @type {Notification[]} */
  const notifications = [];
  /** @type {Set<() => void>} */
  const sleepers = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let closed = false;

  /** What is to be delivered at a time; all that goes out is written down. @param {number} at */
  function due(at) {
    set(at);
    return call("advance", null, at).map((/** @type {Delivery} */ { id, headers, ...rest }) => {
      const notification = { ...rest, headers: Object.fromEntries(headers) };
      notifications.push(notification);
      return { id, notification };
    });
  }

  /** The moments at which something happens by itself, up to one, which is the last. @param {number} target */
  function* moments(target) {
    for (let at; (at = call("due")) !== null && at <= target; ) yield Math.max(at, now());
    // A request may have taken the clock further meanwhile: what is due by then is delivered too.
    yield target;
    for (const wake of sleepers) wake();
  }

  /** Without somebody who takes them, notifications count as taken. @param {number} target */
  function pass(target) {
    for (const at of moments(target)) {
      for (const { id } of due(at)) call("delivered", { id, taken: true }, at);
    }
  }

  /** @param {number} id @param {Notification} notification */
  async function deliver(id, notification) {
    /** @type {Record<string, unknown>} */
    let told = { id };
    try {
      const answer = await onNotification?.(notification);
      if (answer === undefined) told = { id, taken: true };
      else if (typeof answer === "string") told = { id, status: 200, body: answer };
      else if (answer instanceof Response) told = { id, status: answer.status, body: await answer.text() };
      else told = { id, status: answer.status ?? 200, body: answer.body ?? "" };
    } catch {
      // No answer: it is sent again.
    }
    if (!closed) call("delivered", told);
  }

  let last = Promise.resolve();
  /** @param {number} target */
  async function passAndDeliver(target) {
    for (const at of moments(target)) {
      await Promise.all(due(at).map((/** @type {any} */ one) => deliver(one.id, one.notification)));
    }
  }

  /** @param {number} target @returns {Promise<void>} */
  function until(target) {
    if (closed) return Promise.resolve();
    if (onNotification) {
      last = last.then(() => passAndDeliver(target)).finally(plan);
      return last;
    }
    pass(target);
    plan();
    return Promise.resolve();
  }

  /** On the real clock things happen by themselves. */
  function plan() {
    if (clock !== "real" || closed) return;
    clearTimeout(timer);
    const at = call("due");
    if (at === null) return;
    timer = setTimeout(() => void until(now()), Math.min(Math.max(at - now(), 1), 2 ** 30));
    /** @type {any} */ (timer).unref?.();
  }

  /** Until so much time has passed on the sandbox's clock. @param {number} ms @param {AbortSignal} [signal] */
  function sleep(ms, signal) {
    const end = now() + ms;
    return new Promise((/** @type {(value?: unknown) => void} */ resolve, reject) => {
      const real = clock === "real" ? setTimeout(() => wake(), ms) : undefined;
      const stop = () => {
        sleepers.delete(wake);
        clearTimeout(real);
        reject(signal?.reason);
      };
      const wake = () => {
        if (now() < end) return;
        sleepers.delete(wake);
        signal?.removeEventListener("abort", stop);
        resolve();
      };
      sleepers.add(wake);
      signal?.addEventListener("abort", stop, { once: true });
    });
  }

  /** @type {Seen[]} */
  const requests = [];
  /** @param {Asked} asked @returns {Reply} */
  function handleRequest(asked) {
    void until(now());
    const at = now();
    const reply = /** @type {Reply} */ (call("handle", asked, at));
    /** @type {Seen["outcome"]} */
    const outcome = "status" in reply ? reply.status : "hang" in reply ? "hang" : "lost";
    const seen = { ...asked, headers: Object.fromEntries(asked.headers), at, outcome };
    requests.push(seen);
    onRequest?.(seen);
    plan();
    return reply;
  }

  /** @type {any[]} */
  const receipts = [];
  return {
    now,
    until,
    sleep,
    handle: handleRequest,
    requests,
    get receipts() {
      if (!closed) {
        void until(now());
        receipts.push(...call("receipts", receipts.length));
      }
      return receipts;
    },
    get notifications() {
      void until(now());
      return notifications;
    },
    faults: (/** @type {unknown} */ faults) => callText("faults", valueText(faults ?? null, MAX_OPTIONS)),
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}

/**
 * What waits keeps a process alive, as an open connection would: a timeout of AbortSignal alone does not.
 * @template T @param {Promise<T>} pending
 */
function held(pending) {
  const hold = setTimeout(() => {}, HELD);
  return pending.finally(() => clearTimeout(hold));
}

/**
 * The body of a request as the sandbox reads it: text; of a form in parts, the fields, and nothing where it is broken.
 * @param {Request | Response} request
 */
async function bodyOf(request) {
  if (!request.headers.get("content-type")?.startsWith("multipart/form-data")) return request.text();
  const form = await request.formData().catch(() => undefined);
  return form && String(new URLSearchParams([...form].map(([name, value]) => [name, String(value)])));
}
const BROKEN_FORM = "the parts of this multipart/form-data cannot be told apart";

/** @type {Api["createSandbox"]} */
export function createSandbox(options = {}) {
  const sandbox = open(options);
  return {
    async fetch(input, init) {
      const request = new Request(/** @type {RequestInfo} */ (input), init);
      const { signal, method, url } = request;
      const headers = /** @type {[string, string][]} */ ([...request.headers]);
      const body = await bodyOf(request);
      signal.throwIfAborted();
      if (body === undefined) return new Response(BROKEN_FORM, { status: 400 });
      const reply = sandbox.handle({ method, url, headers, body });
      if ("lost" in reply) throw new TypeError("fetch failed");
      if ("hang" in reply) {
        const stop = (/** @type {(reason: unknown) => void} */ reject) => () => reject(signal.reason);
        await held(new Promise((_, reject) => signal.addEventListener("abort", stop(reject), { once: true })));
      }
      const answer = /** @type {Answer} */ (reply);
      if (answer.after > LATENCY) await held(sandbox.sleep(answer.after, signal));
      return new Response(bytes(answer.body), { status: answer.status, headers: answer.headers });
    },
    requests: sandbox.requests,
    get receipts() {
      return sandbox.receipts;
    },
    get notifications() {
      return sandbox.notifications;
    },
    advance(ms = 0) {
      if (!(ms >= 0 && ms < Infinity)) refuse("advance takes milliseconds, 0 or more");
      return sandbox.until(sandbox.now() + Math.floor(ms));
    },
    now: sandbox.now,
    setFaults: (faults) => sandbox.faults(faults),
    get faults() {
      return sandbox.faults(null);
    },
  };
}

/** What other origins may do here: a page of one's own may be the client. */
const OPEN = {
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "GET, POST, DELETE, OPTIONS",
  "access-control-expose-headers": "*",
  "access-control-allow-private-network": "true",
  "access-control-max-age": "600",
};
/** How many of the last requests the state shows. */
const SHOWN = 100;
/** Any page may read the state: not what somebody logged in with. */
const LOGIN = ["authorization", "proxy-authorization", "cookie"];
/** PayKeeper's token, in a form or behind a `?`. */
const TOKEN = /((?:^|[?&])token=)[^&#]+/gi;
/** A request without what its sender is known by. @param {Seen} seen */
const shown = ({ url, headers, body, ...rest }) => ({
  ...rest,
  url: url.replace(TOKEN, "$1***"),
  headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !LOGIN.includes(name))),
  body: body.replace(TOKEN, "$1***"),
});

/** Why nobody can listen at a port. @type {Record<string, string>} */
const UNHEARD = { EADDRINUSE: "is in use", EACCES: "is not for this user" };
/** More than any receipt is long. */
const MAX_BODY = 8 << 20;
/** CloudKassir 3.4.5, 10.1: how long an answer is waited for. */
const PATIENCE = 30_000;

/** @type {Api["startSandbox"]} */
export async function startSandbox(given = {}) {
  mustBeOptions(given);
  const { port = 0, host = "127.0.0.1", webhookUrl, ...options } = given;
  if (!(Number.isInteger(port) && port >= 0 && port <= 65535)) refuse(`port ${String(port)} is none of 0 to 65535`);
  if (typeof host !== "string" || host === "") refuse("host is a string: 127.0.0.1");
  if ("clock" in options) refuse("the clock of a server is the real one");
  mustBeWebhook(webhookUrl);
  // By a name that bundlers for pages do not follow.
  const name = "node:http";
  /** @type {typeof import("node:http")} */
  const http = await import(/* webpackIgnore: true */ /* @vite-ignore */ name);
  const deliver = async (/** @type {Notification} */ { url, method, headers, body }) => {
    const signal = AbortSignal.timeout(PATIENCE);
    return fetch(url, { method, headers, body, signal, redirect: "manual" });
  };
  const own = { ...options, clock: /** @type {const} */ ("real") };
  const sandbox = open(webhookUrl === undefined ? own : { ...own, webhookUrl, onNotification: deliver });

  /** @param {import("node:http").ServerResponse} response @param {number} status @param {unknown} value */
  const tell = (response, status, value) => {
    response.writeHead(status, { ...OPEN, "content-type": "application/json; charset=utf-8" });
    response.end(JSON.stringify(value));
  };
  /** The sandbox's own addresses. @param {string} path @param {Asked} asked @param {import("node:http").ServerResponse} response */
  const control = (path, { method, body }, response) => {
    if (path === "/sandbox/state" && method === "GET") {
      const { receipts, notifications } = sandbox;
      const requests = sandbox.requests.slice(-SHOWN).map(shown);
      return tell(response, 200, { now: sandbox.now(), faults: sandbox.faults(null), receipts, notifications, requests });
    }
    if (path !== "/sandbox/faults") return tell(response, 404, { error: "there are /sandbox/state and /sandbox/faults" });
    try {
      const faults = method === "GET" ? null : method === "DELETE" ? [] : JSON.parse(body);
      tell(response, 200, sandbox.faults(faults ?? []));
    } catch (error) {
      tell(response, 400, { error: error instanceof Error ? error.message : String(error) });
    }
  };

  const address = () => {
    const bound = /** @type {import("node:net").AddressInfo | null} */ (server.address());
    return `http://${host.includes(":") ? `[${host}]` : host}:${bound?.port}`;
  };
  const server = http.createServer((incoming, response) => {
    void answer(incoming, response).catch(() => {
      // A connection that ends without a word is a fault that was asked for.
      if (response.headersSent) response.destroy();
      else tell(response, 500, { error: "this request cannot be answered" });
    });
  });
  /** @param {import("node:http").IncomingMessage} incoming @param {import("node:http").ServerResponse} response */
  async function answer(incoming, response) {
    const { method = "GET", rawHeaders } = incoming;
    if (method === "OPTIONS") {
      const wanted = incoming.headers["access-control-request-headers"] ?? "*";
      response.writeHead(204, { ...OPEN, "access-control-allow-headers": wanted });
      response.end();
      return;
    }
    const chunks = [];
    let length = 0;
    for await (const chunk of incoming) {
      length += chunk.length;
      if (length > MAX_BODY) return tell(response, 413, { error: "too large" });
      chunks.push(chunk);
    }
    /** @type {[string, string][]} */
    const headers = [];
    for (let at = 0; at < rawHeaders.length; at += 2) headers.push([rawHeaders[at].toLowerCase(), rawHeaders[at + 1]]);
    const kind = incoming.headers["content-type"] ?? FORM;
    const body = await bodyOf(new Response(Buffer.concat(chunks), { headers: { "content-type": kind } }));
    if (body === undefined) return tell(response, 400, { error: BROKEN_FORM });
    // A proxy's form names the host; an asterisk names nothing.
    const { url: path = "/" } = incoming;
    const url = new URL(URL.canParse(path) ? path : `${address()}${path.startsWith("/") ? path : "/"}`);
    const asked = { method, url: url.href, headers, body };
    if (url.pathname.startsWith("/sandbox/")) return control(url.pathname, asked, response);
    const reply = sandbox.handle(asked);
    if ("hang" in reply) return;
    if ("lost" in reply) {
      response.destroy();
      return;
    }
    if (reply.after > LATENCY) await sandbox.sleep(reply.after);
    response.writeHead(reply.status, [...Object.entries(OPEN), ...reply.headers].flat());
    response.end(bytes(reply.body));
  }

  await new Promise((/** @type {(value?: unknown) => void} */ resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  }).catch((/** @type {NodeJS.ErrnoException} */ cause) => {
    sandbox.close();
    const { code = "" } = cause;
    refuse(`port ${port} of ${host} ${UNHEARD[code] ?? `cannot be listened at (${code})`}`, { cause });
  });
  return {
    url: address(),
    requests: sandbox.requests,
    get receipts() {
      return sandbox.receipts;
    },
    get notifications() {
      return sandbox.notifications;
    },
    setFaults: (faults) => sandbox.faults(faults),
    async close() {
      sandbox.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
