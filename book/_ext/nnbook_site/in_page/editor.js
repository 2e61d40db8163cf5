/* nnbook.editor(host, text, { label, help, onrun, onchange }) puts an editor for Python into an element:
   CodeMirror, or where that has not come a plain field. `label` and `help` are for those who do not see
   it. It returns { text, focus(), mark(line, says) }: `mark` marks a line as wrong until the text
   changes, and says why to them, too. */
"use strict";
(() => {
  const nnbook = window.nnbook ??= {};
  const KEY = /Mac|iP/.test(navigator.platform) ? "Cmd" : "Ctrl";
  nnbook.help = (run) => `${KEY}-Enter: ${run}. Tab leaves the editor; ${KEY}-] and ${KEY}-[ move a line `
    + "right and left.";

  function unseen(id, text) {
    const span = document.createElement("span");
    return Object.assign(span, { id, textContent: text, hidden: true });
  }

  nnbook.editor = (host, text, { label, help = "", onrun, onchange = () => {} }) => {
    const root = host.attachShadow({ mode: "open" });
    const says = unseen("says", "");
    const attributes = {
      "aria-label": label, "aria-describedby": "says help",
      spellcheck: "false", autocorrect: "off", autocapitalize: "off",
    };
    let marked = false, editor;
    const handlers = {
      onrun,
      onchange() {
        if (marked) mark(null, "");
        onchange();
      },
    };
    function mark(line, words) {
      marked = line !== null;
      says.textContent = marked ? words : "";
      editor.mark(line, marked ? { "aria-invalid": "true" } : {});
    }
    editor = (nnbook.codemirror ?? plain)(root, text, attributes, handlers);
    root.append(says, unseen("help", help));
    host.classList.add("editor");
    return {
      get text() { return editor.text; },
      set text(text) { editor.text = text; },
      focus: () => editor.focus(),
      mark,
    };
  };

  function plain(root, text, attributes, { onrun, onchange }) {
    const field = document.createElement("textarea");
    for (const [name, value] of Object.entries(attributes)) field.setAttribute(name, value);
    field.value = text;
    Object.assign(field.style, { // the same as the editor's: a sheet of the page does not reach here
      boxSizing: "border-box", width: "100%", padding: "0.6em", border: 0, outline: 0, resize: "vertical",
      background: "none", color: "inherit", font: "inherit", tabSize: 4,
    });
    const fit = () => { field.rows = Math.max(4, field.value.split("\n").length + 1); };
    fit();
    field.addEventListener("input", () => { fit(); onchange(); });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); onrun(); }
    });
    root.append(field);
    return {
      get text() { return field.value; },
      set text(text) { field.value = text; fit(); onchange(); },
      focus() { field.focus(); },
      mark(line, more) {
        if (more["aria-invalid"]) field.setAttribute("aria-invalid", "true");
        else field.removeAttribute("aria-invalid");
      },
    };
  }
})();
