/* The search: a dialog on every page, by its button, by Ctrl or Cmd + K or by /; on search.html, in the
   page. What finds and what is found, sections.js, comes when it is opened first. */
"use strict";
(() => {
  const index = new URL(document.currentScript.dataset.index, document.baseURI);
  const KINDS = { exercise: "Exercises", reference: "Reference", glossary: "Reference", code: "API reference" };
  const HINT = "Words, a name from the code, or a sign: dying ReLU, loss_and_grad, η.";
  const here = document.getElementById("search-here");
  let coming = null, dialog = null;

  function made(tag, look = {}, ...inside) {
    const element = Object.assign(document.createElement(tag), look);
    element.append(...inside);
    return element;
  }
  function come() {
    coming ??= new Promise((come, fail) => {
      const script = made("script", { src: index.href, onload: come, onerror: fail });
      document.head.append(script);
    }).catch((error) => { coming = null; throw error; });
    return coming;
  }

  /* Field, what it says, and the list of what was found. */
  function desk(extra = []) {
    const input = made("input", { type: "search", name: "q", autocomplete: "off", autocapitalize: "off",
      spellcheck: false, enterKeyHint: "go", placeholder: "Search the book" });
    input.setAttribute("aria-label", "Search the book");
    input.setAttribute("autocorrect", "off");
    const glass = made("span", { className: "search-glass" });
    glass.setAttribute("aria-hidden", "true");
    const form = made("form", {}, made("label", {}, glass, input), ...extra);
    form.setAttribute("role", "search");
    const says = made("p", { className: "search-says", textContent: HINT });
    says.setAttribute("role", "status");
    const list = made("ol", { className: "search-found" });
    const links = () => [...list.querySelectorAll("a")];

    async function look() {
      const query = input.value.trim();
      if (query && !globalThis.nnbook?.search) {
        says.textContent = "The index is on its way.";
        try { await come(); } catch { says.textContent = "The index did not arrive. Type on to try again."; return; }
      }
      if (query !== input.value.trim()) return; // typed on meanwhile; that call answers
      const found = query ? nnbook.search.find(query) : [];
      list.replaceChildren(...found.map(item));
      says.textContent = !query ? HINT : !found.length ? `Nothing found for “${query}”.`
        : found.length === 1 ? "1 section" : `${found.length} sections, the best first`;
      if (here) history.replaceState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
    }
    input.addEventListener("input", look);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      look().then(() => links()[0]?.click());
    });
    const box = made("div", { className: "search-desk" }, form, says, list);
    box.addEventListener("keydown", (event) => {
      const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
      const stops = [input, ...links()];
      const next = stops[stops.indexOf(document.activeElement) + move];
      event.preventDefault();
      next?.focus();
    });
    return { box, input, look };
  }

  function item({ address, page, heading, number, level, pieces, kind }) {
    const above = [!page.startsWith(KINDS[kind]) && KINDS[kind], level > 1 && page].filter(Boolean).join(" · ");
    const text = pieces.map((piece, i) => (i % 2 ? made("mark", { textContent: piece }) : piece));
    const link = made("a", { href: new URL(address, index).href },
      made("span", { className: "search-title", textContent: `${number} ${heading}`.trim() }),
      made("span", { className: "search-page", textContent: above }),
      made("span", { className: "search-text" }, ...text));
    link.addEventListener("click", () => dialog?.close());
    return made("li", {}, link);
  }

  function open() {
    if (here) return here.querySelector("input").select();
    if (!dialog) {
      const close = made("button", { type: "button", className: "search-close", textContent: "Close" });
      const { box, input } = desk([close]);
      dialog = made("dialog", { className: "search" }, box);
      dialog.setAttribute("aria-label", "Search");
      close.onclick = () => dialog.close();
      dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
      dialog.addEventListener("keydown", (event) => { // a search field empties itself first
        if (event.key === "Escape") { event.preventDefault(); dialog.close(); }
      });
      dialog.field = input;
      document.body.append(dialog);
    }
    if (!dialog.open) dialog.showModal();
    come().catch(() => {}); // said when something is looked for
    dialog.field.select();
  }

  document.querySelectorAll(".search-button__button").forEach((button) => button.addEventListener("click", open));
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    const apart = event.altKey || event.shiftKey;
    const called = (event.ctrlKey || event.metaKey) && !apart ? event.key.toLowerCase() === "k"
      : event.key === "/" && !typing && !event.ctrlKey && !event.metaKey;
    if (!called) return;
    event.preventDefault();
    if (dialog?.open && !typing) dialog.field.select();
    else if (dialog?.open) dialog.close();
    else open();
  });
  if (here) {
    const { box, input, look } = desk();
    here.append(box);
    input.value = new URLSearchParams(location.search).get("q") ?? "";
    if (input.value) look();
    input.focus();
  }
})();
