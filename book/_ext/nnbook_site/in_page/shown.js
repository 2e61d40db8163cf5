/* nnbook.shown(result, { name, alts, python }): what Python tells of a cell that has run, as elements in
   the page's looks, the live figures among them, and the places of the claims under attack. name: the
   cell's; alts: what its pictures show. */
"use strict";
(() => {
  const nnbook = window.nnbook ??= {};

  function made(tag, className, ...inside) {
    const element = document.createElement(tag);
    element.className = className;
    element.append(...inside);
    return element;
  }
  const block = (kind, text) =>
    made("div", `output ${kind} notranslate`, made("div", "highlight", made("pre", "", text)));

  function drawn(html, alt) {
    const box = made("div", "", nnbook.clean(html));
    if (alt) box.querySelector("svg").setAttribute("aria-label", alt);
    return box;
  }
  function fault({ says, plain, lines }, name) {
    const box = made("div", "workshop-error", made("p", "", made("strong", "", says)));
    if (plain) box.append(made("p", "", ...plain.split("`").map(
      (part, i) => i % 2 ? made("code", "", part) : part)));
    for (const { cell, line, text } of lines) {
      const where = cell === name ? "Line" : `${cell[0].toUpperCase()}${cell.slice(1)}, line`;
      box.append(made("p", "", `${where} ${line}: `, made("code", "", text)));
    }
    return box;
  }

  nnbook.shown = ({ printed, shown: values, error }, { name, alts, python }) => {
    const parts = [], figures = [], attacks = [], left = [...alts];
    if (printed) parts.push(block("stream highlight-myst-ansi", printed));
    for (const value of values) {
      if (value.kind === "explorer") {
        const figure = nnbook.explorer(value, python);
        figures.push(figure);
        parts.push(made("div", "output text_html", figure.figure));
      } else if (value.kind === "attack") {
        attacks.push({ kept: value.kept, place: made("div", "output text_html") });
        parts.push(attacks.at(-1).place);
      } else if (value.kind === "svg") parts.push(drawn(value.html, left.shift()));
      else if (value.kind === "html") parts.push(made("div", "output text_html", nnbook.clean(value.html)));
      else parts.push(block("text_plain highlight-myst-ansi", value.text));
    }
    if (error) parts.push(fault(error, name));
    for (const part of parts) {
      for (const pre of part.querySelectorAll("pre")) {
        nnbook.columns?.(pre);
        pre.tabIndex = 0;
      }
      for (const figure of part.querySelectorAll("figure.guess")) nnbook.guess?.(figure);
    }
    return { parts, figures, attacks };
  };
})();
