// @ts-check
// The list of findings, each a way to its place.

import { byId, element, icon } from "./element.js";
import { pathText } from "./json.js";
import { words } from "./words.js";

/** @typedef {import("../pkg/index.js").Issue} Issue */
/** @typedef {import("../pkg/index.js").Lang} Lang */
/** @typedef {{ label: string, act: () => void }} Remedy what puts a finding right */

export class Findings {
  #list = byId("findings", HTMLOListElement);
  #none = byId("no-findings", HTMLElement);
  #omitted = byId("omitted", HTMLElement);
  #all = byId("fix-all", HTMLButtonElement);
  #told = "";
  #go;

  /**
   * @param {(issue: Issue, where: "field" | "text") => void} go
   * @param {() => void} fixAll
   */
  constructor(go, fixAll) {
    this.#go = go;
    this.#all.addEventListener("click", fixAll);
  }

  /**
   * @param {Issue[]} issues
   * @param {number} omitted
   * @param {Lang} lang
   * @param {(issue: Issue) => Remedy | undefined} remedyOf
   */
  show(issues, omitted, lang, remedyOf) {
    const remedies = issues.map(remedyOf);
    const told = JSON.stringify([issues, omitted, lang, remedies.map((remedy) => remedy?.label)]);
    if (told === this.#told) return;
    this.#told = told;
    const certain = remedies.filter(Boolean).length;
    this.#all.hidden = certain < 2;
    this.#all.textContent = words[lang].fixAll(certain);
    this.#none.hidden = issues.length > 0;
    this.#list.hidden = !issues.length;
    this.#omitted.textContent = omitted ? words[lang].omitted(omitted) : "";
    this.#list.replaceChildren(...issues.map((issue, index) => this.#entry(issue, remedies[index], lang)));
  }

  /** Puts the focus at the finding of this number, or at the title where there is none. @param {number} index */
  focus(index) {
    const button = this.#list.children[Math.min(index, this.#list.children.length - 1)]?.querySelector("button");
    (button ?? byId("findings-title", HTMLElement)).focus();
  }

  /** @param {Issue} issue @param {Remedy | undefined} remedy @param {Lang} lang */
  #entry(issue, remedy, lang) {
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
      remedy ? this.#fix(remedy, lang) : "",
      toText,
    );
  }

  /** @param {Remedy} remedy @param {Lang} lang */
  #fix({ label, act }, lang) {
    const button = element("button", { type: "button", className: "button button-small finding-fix" }, words[lang].fix(label));
    button.addEventListener("click", () => {
      const index = [...this.#list.children].findIndex((entry) => entry.contains(button));
      act();
      this.focus(index);
    });
    return button;
  }
}
