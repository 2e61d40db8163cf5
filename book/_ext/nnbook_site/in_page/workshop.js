/* nnbook.workshop({ name, cell, title, root }) puts an exercise's workshop in the place of its cell: the
   editor, what runs it, and what Python says to it. All workshops of a page have one Python. */
"use strict";
(() => {
  const nnbook = window.nnbook ??= {};
  const SECONDS = 18; // for a whole cell; the judge has its own limits for an answer
  const PAUSE = 300; // ms without a key, after which what was typed is kept
  const open = [];
  let python, ready = false, turn = Promise.resolve(), current;

  function made(tag, className, ...inside) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...inside);
    return element;
  }
  function button(words, act) {
    const element = made("button", "", words);
    element.type = "button";
    element.onclick = act;
    return element;
  }
  /* What stands between two backticks is code. */
  const withCode = (text) =>
    text.split("`").map((part, i) => i % 2 ? made("code", "", part) : part);
  const source = (cell) => cell.querySelector("div.cell_input pre").textContent.trimEnd();

  /* What an exercise needs from above: all cells but exercises, and those that only draw. */
  function above(cell) {
    const cells = [...document.querySelectorAll("div.cell:has(div.cell_input)")];
    const exercises = new Set(nnbook.exercises.map((exercise) => exercise.cell));
    return cells.slice(0, cells.indexOf(cell))
      .filter((one) => !exercises.has(one) && !one.classList.contains("tag_draws")).map(source);
  }
  /* The hints and the solution of a cell: they follow it, up to the next exercise. */
  function folds(cell, kind) {
    const found = [];
    let next = cell;
    while ((next = next.nextElementSibling) && !next.matches("div.cell"))
      if (next.matches(`details.${kind}`)) found.push(next);
    return found;
  }
  function show(fold) {
    fold.open = true;
    fold.querySelector("summary").focus();
    fold.scrollIntoView({ block: "nearest" }); // what it says, too
  }

  /* Python ------------------------------------------------------------------------------------- */

  function begin(root, before) {
    if (!python) {
      python = new nnbook.Python(root);
      python.onprogress = (progress) => {
        ready = progress.stage === "ready";
        open.forEach((one) => one.progress(progress));
      };
    }
    python.start().then(
      () => inTurn({}, () => python.run("", { name: "imports", before })), // while the task is being read
      (why) => open.forEach((one) => one.failed(why.message)),
    ).catch(() => {}); // what happened will be said when a cell is run
  }
  /* One cell at a time. Stop ends the one that runs, and takes back one that waits: that gives null. */
  function inTurn(workshop, task) {
    let taken = false;
    const mine = turn.then(() => python.start()).then(() => {
      if (taken) return null;
      current = workshop;
      return task().finally(() => { current = undefined; });
    });
    turn = mine.catch(() => {});
    return Promise.race([mine, new Promise((resolve) => {
      workshop.takeBack = () => { taken = true; resolve(null); };
    })]);
  }

  /* A workshop ----------------------------------------------------------------------------------- */

  nnbook.workshop = ({ name, cell, title, root }) => {
    const stub = source(cell);
    const kept = nnbook.kept;
    let timer, before = null, running = false, last = "";
    const workshop = {};

    const host = made("div", "workshop-editor");
    const help = nnbook.help("run and check");
    const keys = made("p", "workshop-keys", help);
    const run = button("Run and check", check);
    const stop = button("Stop", end);
    const reset = button("Reset", () => replace(stub));
    const undo = button("Undo", () => replace(before));
    const bar = document.createElement("progress");
    const state = made("span", "");
    const bytes = made("span", "");
    const again = button("Try again", () => { said("Loading Python"); begin(root, above(cell)); });
    const printed = made("pre", "workshop-printed");
    const report = made("div", "workshop-report");
    const after = made("p", "workshop-after");
    const paper = made("pre", "workshop-paper");

    run.className = "workshop-run";
    bar.setAttribute("aria-label", "Loading Python");
    state.setAttribute("role", "status");
    report.setAttribute("role", "status");
    printed.tabIndex = 0;
    printed.setAttribute("role", "region");
    printed.setAttribute("aria-label", "Printed");
    hide(stop, undo, again, bar, printed, after);
    const whole = made("div", "workshop", host, keys,
      made("div", "workshop-buttons", run, stop, reset, undo, again,
        made("span", "workshop-state", state, bytes, bar)), printed, report, after, paper);
    whole.setAttribute("role", "group");
    whole.setAttribute("aria-label", `Your answer: ${title}`);

    function hide(...elements) {
      for (const element of elements) element.hidden = true;
    }
    function said(words) {
      if (state.textContent !== words) state.textContent = words;
      bytes.textContent = "";
      hide(bar, again);
    }

    /* What is typed is kept. Reset takes it away, and Undo, once, gives it back. */
    function keep() {
      if (timer === undefined) return;
      clearTimeout(timer);
      timer = undefined;
      kept.keep(name, editor.text);
    }
    function changed() {
      clearTimeout(timer);
      timer = setTimeout(keep, PAUSE);
      hide(undo);
    }
    function replace(text) {
      const old = editor.text;
      editor.text = text;
      clearTimeout(timer);
      timer = undefined;
      if (text === stub) kept.forget(name);
      else kept.keep(name, text);
      before = old;
      undo.hidden = text !== stub || old === stub;
      (undo.hidden ? run : undo).focus();
      said(text === stub ? "The cell is as the book has it." : "What you had written is back.");
    }
    addEventListener("pagehide", keep);
    addEventListener("beforeprint", () => { paper.textContent = editor.text; });
    kept.onchange(() => { // another tab, or a file that was loaded
      const theirs = kept.answer(name);
      if (timer !== undefined || theirs === undefined || theirs === editor.text) return;
      editor.text = theirs;
      clearTimeout(timer);
      timer = undefined;
    });

    /* Running ------------------------------------------------------------------------------------ */

    async function check() {
      if (running) return;
      keep();
      running = true;
      run.setAttribute("aria-disabled", "true");
      report.setAttribute("aria-busy", "true");
      stop.hidden = false;
      if (ready) said("Running …");
      else state.textContent = "Your answer is checked as soon as Python is there.";
      editor.mark(null, "");
      const text = editor.text;
      let result;
      try {
        result = await inTurn(workshop, () =>
          python.run(text, { name, before: above(cell), seconds: SECONDS }));
      } catch (why) {
        result = { status: "failed", why };
      }
      running = false;
      run.removeAttribute("aria-disabled");
      report.removeAttribute("aria-busy");
      if (stop.matches(":focus")) run.focus();
      hide(stop);
      if (!result) return said("Taken back: it was not run.");
      if (result.status === "failed") return workshop.failed(result.why.message);
      if (text.trim() !== stub.trim()) kept.attempted(name);
      tell(result);
    }
    function end() {
      if (current === workshop) python.stop();
      else workshop.takeBack();
    }

    function tell({ status, printed: text = "", shown = [], error, verdict }) {
      said("");
      printed.textContent = text;
      printed.hidden = !text;
      const parts = document.createDocumentFragment();
      for (const one of shown) parts.append(one.kind === "html" ? nnbook.clean(one.html)
        : made("pre", "workshop-value", one.text ?? ""));
      if (status === "stopped") parts.append(made("p", "workshop-note",
        "It was stopped. Python starts again for the next run; nothing you typed is lost."));
      if (error) parts.append(faults(error));
      if (status === "ok" && !verdict) parts.append(made("p", "workshop-note", "The cell ran, but nothing was "
        + "checked. Put this at its end: ", made("code", "", stub.slice(stub.lastIndexOf("check(")).trim())));
      const now = made("div", "", parts);
      if (now.innerHTML === last) said("The same as before."); // and the report is not read out again
      else report.replaceChildren(now);
      last = now.innerHTML;
      const right = verdict?.name === name && verdict.status === "right";
      if (right) kept.solve(name);
      suggest(right ? solved() : verdict?.status === "wrong" ? stuck()
        : verdict?.status === "open" ? [made("span", "", "Put your answer in the place of ",
          made("code", "", "..."), ", and run it again.")] : []);
    }
    /* An error: its message, plain words, and the learner's own lines on the way to it. */
    function faults({ says, plain, lines = [] }) {
      const line = lines.findLast((one) => one.cell === name)?.line;
      const where = line ? `Line ${line}: ` : lines.length ? `In ${lines.at(-1).cell}: ` : "";
      const box = made("div", "exercise-report workshop-error",
        made("p", "", made("strong", "", `✗ ${where}`), says));
      if (plain) box.append(made("p", "", ...withCode(plain)));
      if (lines.length) box.append(made("pre", "", lines.map((one) =>
        `${one.cell === name ? "" : `${one.cell}, `}line ${one.line}: ${one.text}`).join("\n")));
      if (line) editor.mark(line, `Line ${line}: ${says}`);
      return box;
    }

    function suggest(parts) {
      after.replaceChildren(...parts);
      after.hidden = !parts.length;
    }
    function solved() {
      const [solution] = folds(whole, "solution");
      const next = kept.next(name);
      const link = made("a", "", `Next: ${next.title}`);
      link.href = next.href;
      return [solution && button("Compare with the solution", () => show(solution)), link].filter(Boolean);
    }
    function stuck() {
      const hint = folds(whole, "hint").find((fold) => !fold.open);
      if (!hint) return [];
      const link = button(hint.querySelector("summary").textContent, () => show(hint));
      link.className = "workshop-link";
      return [made("span", "", link, " is below.")];
    }

    /* Python's news ------------------------------------------------------------------------------ */

    Object.assign(workshop, {
      focus: () => editor.focus(),
      progress({ stage, words, done, total }) {
        if (ready) return said(running ? "Running …" : "Python is ready.");
        if (!running && state.textContent !== words) state.textContent = words;
        again.hidden = true;
        bar.hidden = false;
        if (total) Object.assign(bar, { max: total, value: done });
        bytes.textContent = stage !== "fetch" ? ""
          : `${(done / 1e6).toFixed(1)} of ${(total / 1e6).toFixed(1)} MB`;
      },
      failed(why) {
        said(why);
        again.hidden = false;
      },
    });

    cell.hidden = true;
    cell.after(whole);
    const editor = nnbook.editor(host, kept.answer(name) ?? stub,
      { label: `Answer: ${title}`, help, onrun: check, onchange: changed });
    open.push(workshop);
    if (ready) said("Python is ready.");
    else said("Loading Python");
    begin(root, above(cell));
    return workshop;
  };
})();
