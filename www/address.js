// @ts-check
// What the page remembers: in the address, after the #, where it is not sent anywhere.

/** @returns {{ lang: import("../pkg/index.js").Lang, example: string | null }} */
export function readAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  const russian = navigator.languages.some((language) => /^(ru|be|kk|ky)\b/.test(language));
  const lang = given.get("lang");
  return { lang: lang === "ru" || lang === "en" ? lang : russian ? "ru" : "en", example: given.get("example") };
}

/** @param {{ lang: string, example: string }} remembered */
export function writeAddress(remembered) {
  history.replaceState(null, "", `#${new URLSearchParams(remembered)}`);
}
