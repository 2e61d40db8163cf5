/* nnbook.opening({ item, button, under, root, megabytes }): what the button "Run this page" does. It says
   what will be loaded, asks once for each browser (asking.js), under another element if it is told one,
   and loads what runs the page (chapter.js). */
"use strict";
(() => {
  const nnbook = window.nnbook ??= {};
  const FILES = ["python.js", "clean.js", "editor.js", "explorer.js", "shown.js", "attacking.js", "chapter.js",
    "workshop.css", "chapter.css"];
  const panel = document.createElement("div");
  const note = document.createElement("p");
  panel.className = "run-panel";
  note.setAttribute("role", "status");
  let begun = false;

  async function load({ item, button, under, root, megabytes }) {
    panel.replaceChildren(note);
    begun = button.disabled = true;
    note.textContent = "Loading the editor …";
    try {
      const plain = nnbook.fetched("codemirror.js").catch(() => {}); // without it, plain fields
      await Promise.all([plain, ...FILES.map(nnbook.fetched)]);
    } catch {
      begun = button.disabled = false;
      note.textContent = "The editor did not arrive. Check the connection, and try again.";
      return;
    }
    item.remove();
    document.querySelector(".doors").after(panel);
    nnbook.chapter({ panel, root, megabytes, first: under });
  }
  nnbook.opening = async (told) => {
    if (begun) return;
    (told.under ?? document.querySelector(".doors")).after(panel);
    const words = "Every cell becomes an editor, and your browser runs it. For that this page loads "
      + `Python, numpy, matplotlib and the book’s library: ${told.megabytes} MB, the first time only; then `
      + "it starts in 10 to 20 seconds. It all comes from where this page comes from, and nothing you "
      + "write is sent anywhere.";
    if (await nnbook.asking({ panel, note, words, back: told.under?.querySelector("button") ?? told.button })) load(told);
  };
})();
