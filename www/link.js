// @ts-check
// A text in a few signs of an address: its version, then what is left of it when it is packed, in base64url.

const VERSION = "1.";
/** Longer ones get cut off by programs on their way. */
export const MOST_PACKED = 16_000;
/** What a small link must not grow beyond, in bytes. */
const MOST_UNPACKED = 2_000_000;

/** @param {string} text @returns {Promise<string | undefined>} none where it would be too long */
export async function pack(text) {
  const bytes = await through(new TextEncoder().encode(text), new CompressionStream("deflate-raw"));
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  const packed = VERSION + btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  return packed.length > MOST_PACKED ? undefined : packed;
}

/** @param {string} packed @returns {Promise<string | undefined>} none where it is broken, or of another version */
export async function unpack(packed) {
  if (!packed.startsWith(VERSION)) return undefined;
  try {
    const binary = atob(packed.slice(VERSION.length).replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (sign) => sign.charCodeAt(0));
    const text = await through(bytes, new DecompressionStream("deflate-raw"));
    return new TextDecoder("utf-8", { fatal: true }).decode(text);
  } catch {
    return undefined;
  }
}

/** @param {Uint8Array<ArrayBuffer>} bytes @param {CompressionStream | DecompressionStream} stream */
async function through(bytes, stream) {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  /** @type {Uint8Array[]} */
  const parts = [];
  let length = 0;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    parts.push(value);
    length += value.length;
    if (length > MOST_UNPACKED) {
      await reader.cancel();
      throw new Error("too long");
    }
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
