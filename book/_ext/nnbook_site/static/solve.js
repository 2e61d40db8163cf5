/* "Solve it here" under each cell that ends in check(...); kept.js has found them. This is all that a page
   carries of it: the first click says what will be loaded and asks; python/workshop.js and its like come
   after that. */
"use strict";
(() => {
  const nnbook = window.nnbook ??= {};
  const { root, version, bytes } = document.currentScript.dataset;
  const FOLDER = `${root}_static/python/`, AGREED = "nnbook-python";
  const FILES = ["python.js", "clean.js", "editor.js", "workshop.js", "workshop.css"];
  let agreed = false, arriving;
  try { agreed = localStorage.getItem(AGREED) === "yes"; } catch { /* then each page asks once */ }

  function made(tag, words, more) {
    return Object.assign(document.createElement(tag), { textContent: words }, more);
  }
  function fetched(file) {
    const address = `${FOLDER}${file}?v=${version}`;
    const element = file.endsWith(".css")
      ? made("link", "", { rel: "stylesheet", href: address }) : made("script", "", { src: address });
    element.async = false; // scripts run in their order
    return new Promise((resolve, reject) => {
      element.onload = resolve;
      element.onerror = () => { element.remove(); reject(new Error(file)); };
      document.head.append(element);
    });
  }
  /* Without CodeMirror a plain field does; without one of the others nothing can. */
  const arrived = () => arriving ??= Promise.all(
    [fetched("codemirror.js").catch(() => {}), ...FILES.map(fetched)])
    .then(() => { if (!nnbook.Python || !nnbook.workshop || !nnbook.editor) throw new Error("damaged"); })
    .catch((why) => { arriving = undefined; throw why; });

  function offer({ name, cell, title }) {
    const line = made("div", "", { className: "solve" });
    const button = made("button", "Solve it here", { type: "button" });
    button.setAttribute("aria-label", `Solve it here: ${title}`);
    const kept = nnbook.kept.answer(name) !== undefined;
    const note = made("span", kept ? "Your answer is kept. The button opens it." : "");
    const book = cell.querySelector(":scope > .cell_output"); // what check said of the book's cell
    if (book) book.hidden = kept;
    note.setAttribute("role", "status");
    line.append(button, note);
    cell.after(line);

    async function open() {
      button.disabled = true;
      note.textContent = "Loading the editor …";
      try {
        await arrived();
        nnbook.workshop({ name, cell, title, root }).focus();
        line.remove();
      } catch {
        button.disabled = false;
        note.textContent = "The editor could not be loaded. Check the connection and try again.";
        button.focus();
      }
    }
    function ask() {
      const megabytes = Math.max(1, Math.round(bytes / 1e6));
      const question = made("div", "", { className: "solve-question" });
      const words = made("p", "To run what you write, this page loads Python with numpy and the book’s "
        + `library: ${megabytes} MB, the first time only. It comes from where this page comes from, `
        + "and runs in your browser. Nothing is sent anywhere.", { id: "solve-question" });
      const yes = made("button", "Load Python", { type: "button" });
      const no = made("button", "Not now", { type: "button" });
      const end = () => { question.remove(); button.hidden = false; button.focus(); };
      yes.onclick = () => {
        agreed = true;
        try { localStorage.setItem(AGREED, "yes"); } catch { /* for this page, then */ }
        end();
        open();
      };
      no.onclick = end;
      question.onkeydown = (event) => { if (event.key === "Escape") end(); };
      yes.setAttribute("aria-describedby", words.id);
      question.append(words, yes, no);
      document.querySelector(".solve-question button:last-child")?.click(); // one question at a time
      button.hidden = true;
      line.prepend(question);
      yes.focus();
    }
    button.onclick = () => agreed ? open() : ask();
  }

  nnbook.exercises.forEach(offer);
})();
