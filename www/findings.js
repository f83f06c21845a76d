// @ts-check
// The list of findings, each a way to its place.

import { byId, element, icon } from "./element.js";
import { pathText } from "./json.js";
import { words } from "./words.js";

/** @typedef {import("../pkg/index.js").Issue} Issue */
/** @typedef {import("../pkg/index.js").Lang} Lang */

export class Findings {
  #list = byId("findings", HTMLOListElement);
  #none = byId("no-findings", HTMLElement);
  #omitted = byId("omitted", HTMLElement);
  #told = "";
  #go;

  /** @param {(issue: Issue, where: "field" | "text") => void} go */
  constructor(go) {
    this.#go = go;
  }

  /**
   * @param {Issue[]} issues
   * @param {number} omitted
   * @param {Lang} lang
   */
  show(issues, omitted, lang) {
    const told = JSON.stringify([issues, omitted, lang]);
    if (told === this.#told) return;
    this.#told = told;
    this.#none.hidden = issues.length > 0;
    this.#list.hidden = !issues.length;
    this.#omitted.textContent = omitted ? words[lang].omitted(omitted) : "";
    this.#list.replaceChildren(...issues.map((issue) => this.#entry(issue, lang)));
  }

  /** @param {Issue} issue @param {Lang} lang */
  #entry(issue, lang) {
    const { code, severity, path, message, hint, tag } = issue;
    const said = words[lang];
    const place = pathText(path) || said.whole;
    const toField = element(
      "button",
      { type: "button", className: "finding-place" },
      element("span", { className: "unseen" }, `${said[severity]}: `),
      place,
    );
    toField.addEventListener("click", () => this.#go(issue, "field"));
    const toText = element("button", { type: "button", className: "button button-small" }, said.toText);
    toText.setAttribute("aria-label", said.toTextOf(place));
    toText.addEventListener("click", () => this.#go(issue, "text"));
    const facts = element("p", { className: "finding-facts" }, element("code", {}, code));
    if (tag) facts.append(element("span", {}, said.tag(tag)));
    return element(
      "li",
      { className: `finding finding-${severity}` },
      icon(severity),
      element("div", { className: "finding-head" }, toField, facts),
      element("p", { className: "finding-message" }, message),
      hint ? element("p", { className: "hint" }, hint) : "",
      toText,
    );
  }
}
