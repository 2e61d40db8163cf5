/* The editor of a cell of Python, made of CodeMirror: what in_page/editor.js needs, and no more.
   It stands in a shadow root: there CodeMirror's styles are sheets made by script, which a policy
   without inline styles allows. Colors are the page's, as custom properties: see workshop.css. */
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { Compartment, EditorState, Prec } from "@codemirror/state";
import { Decoration, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tagHighlighter, tags as t } from "@lezer/highlight";

/* What listings.py colors on the page, by the classes of Pygments. */
const COLORED = {
  k: [t.keyword, t.controlKeyword, t.operatorKeyword, t.definitionKeyword, t.moduleKeyword, t.bool,
    t.null],
  s: [t.string, t.special(t.string), t.escape],
  c: [t.comment],
  nf: [t.function(t.definition(t.variableName))],
  nc: [t.definition(t.className)],
  nd: [t.meta],
};
const highlighter = tagHighlighter(
  Object.entries(COLORED).flatMap(([name, tag]) => tag.map((one) => ({ tag: one, class: name }))));

const face = EditorView.theme({
  "&": { color: "inherit", fontSize: "inherit" },
  "&.cm-focused": { outline: "none" }, // the frame around it is drawn by workshop.css
  ".cm-scroller": { fontFamily: "inherit", lineHeight: "inherit" },
  ".cm-content": { caretColor: "currentColor", padding: "0.6em 0" },
  ".cm-gutters": { background: "none", border: "0", color: "var(--faint)" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "2.2em", padding: "0 0.7em 0 0" },
  ".cm-line": { padding: "0 0.6em 0 0" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket":
    { background: "var(--line)", color: "inherit" },
  ".cm-nonmatchingBracket, &.cm-focused .cm-nonmatchingBracket": { background: "none" },
  ".cm-problem": { background: "var(--problem)", boxShadow: "inset 3px 0 var(--problem-edge)" },
  ...Object.fromEntries(Object.keys(COLORED).map((name) => ["." + name, { color: `var(--code-${name})` }])),
});
const problem = Decoration.line({ class: "cm-problem" });

/* A new editor in `root`. `attributes` are those of what is typed into; `marks(line)` marks a line
   (null: none), until the text changes. */
function create(root, text, attributes, { onrun, onchange }) {
  const described = new Compartment(), marked = new Compartment();
  const run = () => { onrun(); return true; };
  const view = new EditorView({
    root,
    parent: root,
    doc: text,
    extensions: [
      Prec.highest(keymap.of([{ key: "Ctrl-Enter", mac: "Cmd-Enter", run }, { key: "Ctrl-Enter", run }])),
      keymap.of([...defaultKeymap, ...historyKeymap]), // no key for Tab: it leaves the editor
      history(), lineNumbers(), bracketMatching(), indentOnInput(),
      pythonLanguage, indentUnit.of("    "), EditorState.tabSize.of(4),
      syntaxHighlighting(highlighter), face, EditorView.lineWrapping,
      described.of(EditorView.contentAttributes.of(attributes)), marked.of([]),
      EditorView.updateListener.of((update) => { if (update.docChanged) onchange(); }),
    ],
  });
  return {
    get text() { return view.state.doc.toString(); },
    set text(text) { view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }); },
    focus() { view.focus(); },
    mark(line, more) {
      const known = line && line <= view.state.doc.lines;
      const marks = known
        ? EditorView.decorations.of(Decoration.set([problem.range(view.state.doc.line(line).from)])) : [];
      view.dispatch({ effects: [
        marked.reconfigure(marks),
        described.reconfigure(EditorView.contentAttributes.of({ ...attributes, ...more })),
      ] });
    },
  };
}
(window.nnbook ??= {}).codemirror = create;
