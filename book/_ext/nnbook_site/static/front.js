/* "Continue where you left off", beside the button that starts chapter 1, if this browser has kept where:
   to the section by its address, and to the very line by a word left for reading.js. */
"use strict";
(() => {
  const { progress } = window.nnbook;
  const start = document.querySelector(".front-start");
  const made = (tag, properties) => Object.assign(document.createElement(tag), properties);
  const END = 0.97; // of a page: then the next one is offered
  const link = made("a", { className: "front-continue" }), note = made("span", { className: "front-note" });
  const links = [...document.querySelectorAll("nav.bd-links li > a")];

  function show() {
    const byTime = progress.all("page").sort(([, one], [, other]) => (one.when < other.when ? 1 : -1));
    const at = byTime.map(([page]) => links.findIndex(({ href }) => progress.pageOf(href) === page));
    const last = at.findIndex((i) => i >= 0), record = byTime[last]?.[1], here = links[at[last]];
    link.hidden = note.hidden = !record;
    if (!record) return;
    const next = record.at >= END && links[at[last] + 1];
    const title = (next || here).firstChild.textContent.trim().replace(/^([\d.]+)\.\s/, "$1 ");
    link.href = next ? next.href : `${here.href}#${encodeURIComponent(record.id)}`;
    link.replaceChildren(next ? "Go on with " : "Continue where you left off: ",
      made("strong", { textContent: next ? title : record.title }), next ? "" : `, ${Math.round(100 * record.at)}\u00a0%`);
  }
  note.append("Only this browser knows. ", made("button", {
    type: "button", textContent: "Forget it", onclick() { progress.forget("page"); start.lastElementChild.previousElementSibling.focus(); },
  }));
  link.onclick = () => {
    try { sessionStorage.setItem("nnbook-continue", progress.pageOf(link.href)); } catch { /* to the section, then */ }
  };
  start.prepend(link);
  start.append(note);
  progress.onchange(show);
  show();
})();
