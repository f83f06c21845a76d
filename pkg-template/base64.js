// @ts-check

/** @param {string} text */
export function bytes(text) {
  // @ts-expect-error Newer than the declarations.
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const binary = atob(text);
  const result = new Uint8Array(binary.length);
  // Uint8Array.from(binary, f) takes ten times as long.
  for (let index = 0; index < binary.length; index++) result[index] = binary.charCodeAt(index);
  return result;
}
