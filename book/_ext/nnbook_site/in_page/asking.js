/* nnbook.asking({ panel, note, words, back }) asks, once for each browser, whether Python may be loaded:
   a promise of yes (true) or "Not now" (false), after which `back` has the focus again. */
"use strict";
(() => {
  const nnbook = window.nnbook ??= {};
  const AGREED = "nnbook-python"; // also of the exercises: solve.js
  let agreed = false;
  try { agreed = localStorage.getItem(AGREED) === "yes"; } catch { /* then each page asks */ }

  function made(words, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words;
    button.onclick = act;
    return button;
  }
  nnbook.asking = ({ panel, note, words, back }) => new Promise((answer) => {
    if (agreed) return answer(true);
    const no = made("Not now", () => { panel.remove(); back.focus(); answer(false); });
    const yes = made("Load Python", () => {
      agreed = true;
      try { localStorage.setItem(AGREED, "yes"); } catch { /* for this page, then */ }
      answer(true);
    });
    note.textContent = words;
    panel.onkeydown = (event) => { if (event.key === "Escape" && no.isConnected) no.click(); };
    panel.replaceChildren(note, yes, no);
    yes.focus();
  });
})();
