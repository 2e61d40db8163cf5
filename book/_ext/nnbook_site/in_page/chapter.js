/* nnbook.chapter({ panel, root, megabytes, first }) makes every code cell of the page an editor that Python
   runs. All cells share their names, as in a notebook, so a cell is run after those above it. first: what one
   goes on with, if not with the row under the title. */
"use strict";
(() => {
  const nnbook = window.nnbook ??= {};
  const PATIENCE = 1500; // ms that a live figure may take before Stop is offered
  const FRESH = "Not run.";
  const FORGOTTEN = "Python was started again: not run since.";
  const TORCH = "This cell needs PyTorch, which no browser has. What stands here is what it gave when the "
    + "book was made. To run it, open the chapter on Binder, on Colab or in your own Jupyter: ";
  const PARTLY = " The part of it that needs PyTorch, which no browser has, was left out.";
  const CHANGED = "What the changed cell draws. The book's picture: ";
  const CHANGED_CELLS = "It does not count: cells that it needs are not as the book has them.";
  const OTHER = "Its cell makes another claim now. Run that cell: what it gives stands under it.";
  const ANEW = "The cell is changed. What is called the book’s own tries here are those of the cell as it stands.";
  const STILL = "Python was stopped. Run the cell again, and this figure moves again.";

  function made(tag, className, ...inside) {
    const element = document.createElement(tag);
    element.className = className;
    element.append(...inside);
    return element;
  }
  function button(words, act, name = words) {
    const element = made("button", "", words);
    element.type = "button";
    element.onclick = act;
    element.setAttribute("aria-label", name);
    return element;
  }
  const capital = (text) => text[0].toUpperCase() + text.slice(1);

  nnbook.chapter = ({ panel, root, megabytes, first }) => {
    const python = new nnbook.Python(root);
    const queue = [];
    let ready = false, running = null, failure = null, quiet = false, going;

    /* The row under the title ---------------------------------------------------------------------- */

    const all = button("Run all", () => ask(cells));
    const stop = button("Stop", end, "Stop Python");
    const reset = button("Reset the page’s cells", restore);
    const bar = made("progress", "");
    const state = made("span", "run-state");
    const bytes = made("span", "");
    const again = button("Try again", begin);
    stop.hidden = bar.hidden = again.hidden = true;
    state.setAttribute("role", "status");
    bar.setAttribute("aria-label", "Loading Python");
    panel.setAttribute("role", "group");
    panel.setAttribute("aria-label", "Run this page");
    panel.onkeydown = null;
    panel.replaceChildren(made("div", "workshop-buttons", all, stop, reset),
      made("div", "workshop-state", state, bytes, bar, again),
      made("p", "", "What you change here is not kept when you leave the page."),
      made("p", "workshop-keys", nnbook.help("run")));
    panel.classList.add("workshop");

    function say(words) {
      if (state.textContent !== words) state.textContent = words;
      bytes.textContent = "";
      bar.hidden = again.hidden = true;
    }
    python.onprogress = ({ stage, words, done, total }) => {
      if (stage === "ready" || quiet) return;
      if (state.textContent !== words) state.textContent = words;
      const fetching = stage === "fetch" && total > 0;
      bytes.textContent = fetching ? `${(done / 1e6).toFixed(1)} of ${megabytes} MB` : "";
      bar.hidden = false;
      again.hidden = true;
      if (fetching) bar.value = Math.min(1, done / 1e6 / megabytes);
      else bar.removeAttribute("value");
    };
    function failed(why) {
      say(why.message);
      again.hidden = false;
    }
    function begin() {
      say("Loading Python");
      python.start({ drawing: true }).catch((why) => { if (!why.stopped) failed(why); });
    }

    /* A cell ------------------------------------------------------------------------------------- */

    function offer(cell, i) {
      const inside = cell.querySelector("div.cell_input");
      const source = inside.querySelector("pre").textContent.replace(/\n+$/, "");
      const book = cell.querySelector(":scope > .cell_output");
      const stays = book?.querySelector("figure.twins, figure.attack"); // alive by itself: what the cell gives comes below
      const words = [...book?.querySelectorAll(".plot svg") ?? []].map((svg) => svg.getAttribute("aria-label"));
      const name = `cell ${i + 1}`;
      const torch = cell.classList.contains("tag_needs-pytorch");
      const host = made("div", "run-editor");
      const output = made("div", "cell_output docutils container");
      const run = button("Run", () => one.running ? end() : ask([one]), `Run ${name}`);
      const above = button("Run all above", () => ask(cells.slice(0, i), true), `Run all above ${name}`);
      above.className = "workshop-link";
      const said = made("span", "run-said", FRESH);
      const row = made("div", "workshop run-row", made("span", "run-name", `Cell ${i + 1}`), run, above, said);
      const editor = nnbook.editor(host, source, {
        label: `Code of ${name}`,
        onrun: () => { if (!one.running) ask([one]); },
        onchange: () => { if (one.ran && editor.text !== one.ran) one.say("Changed since it ran."); },
      });
      let timer;
      above.hidden = i === 0;
      inside.querySelector(".highlight-python, .highlight").classList.add("run-paper");
      inside.append(host);
      cell.classList.add("run-cell");
      (inside.closest("details") ?? inside).after(row);

      const one = {
        name, torch, editor, cell, running: false,
        get changed() { return editor.text !== source; },
        ran: undefined, // the text that Python has run
        figures: [],
        say(text) { said.textContent = text; },
        open() { inside.closest("details")?.setAttribute("open", ""); },
        wait() { one.say("Waiting."); },
        start() {
          one.running = true;
          run.textContent = "Stop";
          run.setAttribute("aria-label", `Stop ${name}`);
          one.say(ready ? "Running …" : "Running, as soon as Python is there.");
          let seconds = 0;
          timer = setInterval(() => { if (ready) one.say(`Running … ${++seconds} s`); }, 1000);
          editor.mark(null, "");
        },
        done() {
          one.running = false;
          clearInterval(timer);
          run.textContent = "Run";
          run.setAttribute("aria-label", `Run ${name}`);
        },
        forget(text) {
          one.ran = undefined;
          one.say(text);
          for (const figure of one.figures) figure.end(STILL);
        },
        needs() {
          const doors = made("a", "", "the row under the title");
          doors.href = "#";
          doors.onclick = (event) => { event.preventDefault(); document.querySelector(".doors a").focus(); };
          said.replaceChildren(TORCH, doors, ".");
        },
        show(result) {
          for (const figure of one.figures) figure.end("");
          const alts = editor.text === source ? words : words.map((alt) => CHANGED + alt);
          const { parts, figures, attacks } = nnbook.shown(result, { name, alts, python: { call } });
          one.figures = figures;
          attacks.forEach(({ kept, place }) => attackAnew(one, kept, place));
          output.replaceChildren(...parts);
          if (book?.isConnected && !stays) book.replaceWith(output);
          else if (!output.isConnected) (stays ? book : row).after(output);
        },
        restore() {
          editor.text = source;
          editor.mark(null, "");
          for (const figure of one.figures) figure.end("");
          one.figures = [];
          one.forget(FRESH);
          if (book && !stays) output.replaceWith(book);
          else output.remove();
        },
      };
      if (torch) one.needs();
      return one;
    }

    /* Running ------------------------------------------------------------------------------------ */

    const isStale = (one) => !one.torch && one.ran !== one.editor.text;

    /* Run these, and first what above them has not been run as it stands now, if not alone. */
    function ask(wanted, only = false, alone = wanted.length > 1) {
      if (wanted.length === 1 && wanted[0].torch) return say("This cell needs PyTorch.");
      const last = cells.indexOf(wanted.at(-1));
      const before = alone ? [] : cells.slice(0, last).filter(isStale);
      for (const one of [...before, ...wanted]) {
        if (one.torch || queue.includes(one) || one === running || (only && !isStale(one))) continue;
        one.before = one === wanted.at(-1) ? before.length : 0;
        one.wait();
        queue.push(one);
      }
      if (!running && queue.length) going = go();
      else if (!running) say("All of them have been run.");
    }
    async function go() {
      let count = 0, ended = "", which;
      stop.hidden = quiet = false;
      while (queue.length) {
        running = queue.shift();
        which = running.name;
        if (ready) {
          say("Running.");
          bytes.textContent = `${capital(which)} of ${cells.length}.`; // seen, and not read out one by one
        }
        ended = await runNow(running);
        if (ended) for (const one of queue.splice(0)) one.say(`Not run: ${which} ${ended.split(":")[0]}.`);
        else count += 1;
      }
      running = null;
      if (failure) failed(failure);
      else say(ended ? `${capital(which)} ${ended.replace(/\.$/, "")}.`
        : count === 1 ? `${capital(which)} has been run.` : `${count} cells have been run.`);
      failure = null;
      if (stop === document.activeElement) all.focus();
      stop.hidden = true;
    }
    /* Gives nothing, or how it ended otherwise. */
    async function runNow(one) {
      const text = one.editor.text;
      one.start();
      let result;
      try {
        result = await python.run(text, { name: one.name, seconds: null, shared: true, drawing: true });
      } catch (why) {
        one.done();
        one.say(FRESH);
        failure = why;
        return "could not be run";
      }
      one.done();
      if (result.status === "stopped") {
        forget();
        one.say("Stopped. Python starts again for the next run; nothing you typed is lost.");
        return "was stopped";
      }
      ready = true;
      if (result.status === "broken") forget();
      one.show(result);
      if (result.status === "ok") {
        one.ran = text;
        const after = one.before ? `, after the ${one.before === 1 ? "cell" : `${one.before} cells`} above` : "";
        const time = result.seconds < 10 ? result.seconds.toFixed(1) : Math.round(result.seconds);
        one.say(`Ran in ${time} s${after}.${/\btorch\b/.test(text) ? PARTLY : ""}`);
        return "";
      }
      const { line, says } = result.error;
      one.ran = undefined;
      one.say(line ? `Error in line ${line}.` : "Error.");
      if (line) one.editor.mark(line, says);
      one.open();
      return `has an error${line ? ` in line ${line}` : ""}: ${says}`;
    }
    /* Python's memory is gone: nothing has been run. It starts again, and says nothing of it. */
    function forget() {
      ready = false;
      quiet = true;
      python.start({ drawing: true }).then(() => { ready = true; }, () => {});
      for (const one of cells) if (one.ran !== undefined || one.figures.length) one.forget(FORGOTTEN);
    }
    function end() {
      for (const one of queue.splice(0)) one.say(FRESH);
      python.stop();
      forget(); // of a cell, and of a live figure that was being drawn before it
      if (!running) say("Python was stopped.");
    }
    /* What a live figure asks of Python. One that takes long can be stopped like a cell. */
    async function call(name, values) {
      const timer = setTimeout(() => { stop.hidden = false; }, PATIENCE);
      try {
        return await python.call(name, values);
      } finally {
        clearTimeout(timer);
        if (!running) stop.hidden = true;
      }
    }
    /* Attacks ------------------------------------------------------------------------------------ */

    /* A try of a claim: the cells whose names it needs are run, where they were not, and no others. */
    async function attempt(one, kept, at) {
      try {
        const sources = cells.map(({ torch, editor }) => torch ? "" : editor.text);
        const { cells: numbers } = await call("needed", { cells: sources, at: cells.indexOf(one) });
        const needed = numbers.map((i) => cells[i]), from = needed.findIndex(isStale);
        if (from >= 0) {
          ask(needed.slice(from), false, true);
          await going;
          if (needed.some(isStale)) return { words: state.textContent };
        }
        const told = await call("attack", { kept, at });
        if (told.missing) return { words: OTHER };
        return { ...told, apart: needed.some(({ changed }) => changed) ? CHANGED_CELLS : "" };
      } catch (why) {
        return { words: why.message };
      }
    }
    function attackable(figure, one) {
      const { kept } = figure.dataset;
      nnbook.attacking(figure, { go: (at) => attempt(one, kept, at), stop: end });
    }
    /* What a changed cell claims: its own tries are run for it. The book's claim is on the page. */
    async function attackAnew(one, kept, place) {
      if (one.cell.querySelector(`figure.attack[data-kept="${kept}"]`)) return;
      place.textContent = "Running the claim’s own tries …";
      try {
        place.replaceChildren(nnbook.clean((await call("attacked", { kept })).html));
      } catch (why) {
        place.textContent = why.message;
      }
      place.prepend(made("p", "", ANEW));
      for (const figure of place.querySelectorAll("figure.attack")) {
        nnbook.attack(figure);
        attackable(figure, one);
      }
    }
    function restore() {
      if (running) end();
      for (const one of cells) if (!one.torch) one.restore();
      say("The cells are as the book has them.");
    }

    /* What stands in the fold of the figure that it draws is a cell before it. */
    for (const inner of document.querySelectorAll("div.cell div.cell")) {
      const fold = made("details", "hide", made("summary", "", "Code"));
      fold.append(...inner.childNodes);
      inner.append(fold);
      inner.parentElement.closest("div.cell").before(inner);
    }
    const cells = [...document.querySelectorAll("div.cell")]
      .filter((cell) => cell.querySelector("div.cell_input pre")).map(offer);
    for (const one of cells) for (const figure of one.cell.querySelectorAll("figure.attack")) attackable(figure, one);
    (first?.querySelector("input") ?? all).focus();
    begin();
  };
})();
