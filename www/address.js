// @ts-check
// What the page remembers: in the address, after the #, where it is not sent anywhere.

/**
 * @typedef {object} Remembered
 * @property {import("../pkg/index.js").Lang} lang
 * @property {string | null} [example]
 * @property {string | null} [order] the text itself, packed
 * @property {string | null} [at]
 * @property {string | null} [rules]
 * @property {string | null} [mode]
 */

/** @returns {Remembered} */
export function readAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  const russian = navigator.languages.some((language) => /^(ru|be|kk|ky)\b/.test(language));
  const lang = given.get("lang");
  return {
    lang: lang === "ru" || lang === "en" ? lang : russian ? "ru" : "en",
    ...{ example: given.get("example"), order: given.get("order") },
    ...{ at: given.get("at"), rules: given.get("rules"), mode: given.get("mode") },
  };
}

/** @param {Remembered} remembered */
export function writeAddress(remembered) {
  const told = Object.entries(remembered).flatMap(([name, value]) => (value ? [[name, value]] : []));
  history.replaceState(null, "", `#${new URLSearchParams(told)}`);
}
