/* The twin laboratory before its click: a button over the book's picture. The rest comes with the click:
   python/asking.js, and then python/laboratory.js and what it needs, by the nnbook.fetched of run.js. */
"use strict";
(() => {
  const nnbook = window.nnbook ??= {};
  const { root, bytes } = document.currentScript.dataset; // none where the site has no Python
  const FILES = ["python.js", "experiment.js", "settings.js", "charts.js", "surfaces.js", "pictures.js",
    "tables.js", "answers.js", "training.js", "laboratory.js", "laboratory.css"];
  const figure = document.querySelector("figure.twins");
  const told = JSON.parse(figure.querySelector(".twins-told").textContent);
  const bar = document.createElement("div"), note = document.createElement("p");
  const panel = document.createElement("div"), button = document.createElement("button");

  /* An address that names an experiment leads here, and says which. */
  function arrive() {
    if (!bar.isConnected || !/^#lab[-?]/.test(location.hash)) return;
    const preset = told.presets.find(({ key }) => location.hash === `#lab-${key}`);
    note.textContent = preset ? `${preset.title}: ${preset.question}` : "An experiment is in the address.";
    figure.scrollIntoView();
  }
  async function start() {
    const megabytes = Math.max(1, Math.round(bytes / 1e6));
    const asked = document.createElement("p");
    button.disabled = true;
    try {
      if (!nnbook.asking) await nnbook.fetched("asking.js");
      button.disabled = false;
      bar.append(panel);
      const words = "Two networks train here, in your browser. For that this page loads Python with numpy "
        + `and the book’s library: ${megabytes} MB, the first time only. It all comes from where this page `
        + "comes from, and nothing is sent anywhere.";
      if (!await nnbook.asking({ panel, note: asked, words, back: button })) return;
      panel.remove();
      button.disabled = true;
      note.textContent = "Loading the laboratory …";
      await Promise.all(FILES.map(nnbook.fetched));
    } catch {
      button.disabled = false;
      note.textContent = "The laboratory did not arrive. Check the connection, and try again.";
      return;
    }
    bar.remove();
    nnbook.laboratory({ figure, told, root, megabytes });
  }

  bar.className = "twins-start";
  panel.className = "twins-ask";
  note.setAttribute("role", "status");
  button.type = "button";
  button.textContent = "Start the laboratory";
  button.onclick = start;
  if (root) bar.append(button, note);
  else {
    bar.append(note);
    note.textContent = "This site carries no Python, so the picture stands still. The row under the page’s "
      + "title leads to places where the laboratory runs.";
  }
  figure.prepend(bar);
  arrive();
  addEventListener("load", arrive);
  addEventListener("hashchange", arrive);
})();
