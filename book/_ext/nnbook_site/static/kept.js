/* What the browser keeps of the exercises: what was answered, attempted and solved, and when. One key
   of its store holds one exercise, so two tabs do not lose one another's. `nnbook.kept` is for the
   editor; here too are the ticks under the exercises and on their list. What the store does not take,
   the page holds until it is left. */
"use strict";
(() => {
  const nnbook = window.nnbook ??= {}, { progress } = nnbook;
  const OLD = "nnbook-exercises"; // {name: day} of all ticks: so they were kept once
  const KEY = "nnbook-exercise:"; // and the name: {answer, changed, attempted, solved}
  const NAME = /^[a-z_]+\.[a-z0-9_]+$/, TIME = /^(\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?Z)?)?$/;
  const CLEAR = "Clear all";
  const LONGEST = 100_000, HUGE = 20_000_000; // letters of an answer, bytes of a file
  const held = new Map(), listeners = []; // held: by name, what the store has not taken
  let old = {}, closed = false, damaged = "", long = false;

  /* An exercise as a store or a file has it, where a day alone is a tick. Throws at anything else. */
  function understood(value) {
    const given = typeof value === "string" ? { solved: value } : plain(value), record = {};
    for (const field of ["answer", "changed", "attempted", "solved"]) {
      const text = given[field];
      if (text === undefined) continue;
      const fits = field === "answer" ? text.length <= LONGEST
        : TIME.test(text) && !(text && isNaN(Date.parse(text)));
      if (typeof text !== "string" || !fits) throw new TypeError(field);
      record[field] = field === "answer" || field === "changed" ? text : text.slice(0, 10);
    }
    return record;
  }
  function plain(value) {
    if (typeof value !== "object" || !value || Array.isArray(value)) throw new TypeError("no object");
    return value;
  }
  function taken(name, value) {
    if (!NAME.test(name)) throw new TypeError("no name");
    return [name, understood(value)];
  }

  /* The store may be closed to the page, and what it holds may be anything. */
  function read(key) {
    try { return localStorage.getItem(key); } catch { closed = true; return null; }
  }
  function recall() {
    old = {};
    closed = false;
    if (damaged !== OLD) damaged = ""; // what is made whole below is said until the page is left
    try {
      for (const one of Object.entries(plain(JSON.parse(read(OLD) ?? "{}")))) {
        try { const [name, { solved }] = taken(...one); old[name] = solved; } catch { damaged = OLD; }
      }
    } catch { damaged = OLD; }
    if (damaged) try { localStorage.setItem(OLD, JSON.stringify(old)); } catch { /* said again */ }
  }
  function known(name) {
    let record;
    try { record = understood(JSON.parse(read(KEY + name) ?? "{}")); } catch { damaged ||= name; }
    return { solved: old[name], ...record, ...held.get(name) };
  }
  function put(name, change) {
    held.set(name, { ...held.get(name), ...change });
    for (const each of held.keys()) {
      try {
        localStorage.setItem(KEY + each, JSON.stringify(known(each)));
        held.delete(each);
      } catch { /* full, or closed: it is held */ }
    }
  }
  const note = (name, change) => { put(name, change); show(name); };

  const today = () => new Date(Date.now() - 60_000 * new Date().getTimezoneOffset()).toISOString().slice(0, 10);
  const inWords = (day) => new Date(day).toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" });
  const several = (n, what) => `${n} ${what}${n === 1 ? "" : "s"}`;
  const join = (...sentences) => sentences.filter(Boolean).join(" ");
  const made = (tag, properties) => Object.assign(document.createElement(tag), properties);
  const button = (text, onclick) => made("button", { type: "button", textContent: text, onclick });

  /* Every exercise of the page: {name, title, href, box, show}, and its cell, if it is not the list's. */
  const listed = document.querySelectorAll("li[data-exercise]");
  const exercises = [...listed].map(inList);
  if (!listed.length) {
    let heading;
    for (const part of document.querySelectorAll("section > h2, div.cell_input")) {
      if (part.matches("h2")) heading = part;
      const name = part.textContent.match(/^check\(\s*"([\w.]+)"[^]*\)\s*$/m)?.[1]; // its last statement
      if (name) exercises.push(underCell(name, part.closest("div.cell"), heading));
    }
  }

  function tick(name, words) {
    const box = made("input", { type: "checkbox" }), whole = made("label", { className: "exercise-tick" });
    box.addEventListener("change", () => note(name, { solved: box.checked ? today() : "" }));
    whole.append(box, words);
    return { box, whole };
  }
  function inList(item) {
    const name = item.dataset.exercise, link = item.querySelector("a"), title = link.textContent;
    const words = made("span", { className: "visually-hidden", textContent: `solved: ${title}` });
    const { box, whole } = tick(name, words);
    const state = made("span", { className: "state" });
    item.prepend(whole);
    link.after(state);
    return { name, title, href: link.href, box, show({ attempted, solved }) {
      state.textContent = solved ? `solved on ${inWords(solved)}`
        : attempted ? `attempted on ${inWords(attempted)}` : "";
      box.indeterminate = !solved && Boolean(attempted);
    } };
  }
  function underCell(name, cell, heading) {
    const words = made("span"), { box, whole } = tick(name, words);
    const title = (heading?.textContent ?? name).replace(/#\s*$/, "").trim(); // without the link to itself
    cell.after(whole);
    return { name, title, cell, href: `#${heading?.parentElement.id ?? ""}`, box, whole, show({ solved }) {
      words.textContent = solved ? `Solved on ${inWords(solved)}` : "Solved";
    } };
  }

  /* The next one not solved yet after the i-th, if there is any. */
  const after = (i) => exercises.find(({ box }, j) => j > i && !box.checked);

  const LOST = "This browser keeps nothing more for this site: its store is full, or closed to the page. " +
    "What you tick and write now is gone when you leave the page. Save it to a file, " +
    "which the list of exercises can load.";
  const complaint = () => held.size || (closed && listed.length) ? LOST
    : long ? "An answer of more than 100,000 letters is not kept. Copy it to another place."
    : damaged ? "Something that this browser kept for the exercises was damaged, and is left out." : "";

  const report = made("p"), alarm = made("div", { className: "exercise-bar" }), next = made("a");
  function show(touched, news) {
    recall();
    const states = exercises.map(({ name }) => known(name));
    states.forEach((state, i) => { exercises[i].box.checked = state.solved; exercises[i].show(state); });
    if (listed.length) {
      const solved = states.filter((state) => state.solved).length;
      const more = states.filter((state) => state.attempted && !state.solved).length;
      report.textContent = `${solved} of ${states.length} solved${more ? `, ${more} more attempted` : ""}. ` +
        (join(news, complaint()) || "What you do is kept in this browser and sent to nobody.");
      lead(states);
    } else warn(complaint(), touched);
    document.dispatchEvent(new Event("nnbook-kept"));
  }
  function lead(states) {
    let last = -1;
    states.forEach(({ solved }, i) => { if (solved && solved >= (states[last]?.solved ?? "")) last = i; });
    const one = after(last) ?? after(-1);
    next.hidden = !one;
    if (one) Object.assign(next, { href: one.href, textContent: `Next: ${one.title}` });
  }
  function warn(words, touched) {
    if (!words) alarm.remove();
    if (report.textContent === words) return; // said once
    report.textContent = words;
    if (words) (exercises.find(({ name }) => name === (touched ?? damaged)) ?? exercises[0])?.whole.after(alarm);
  }

  /* One file for all, and back: what comes in never takes the place of a newer answer. */
  function save() {
    const all = exercises.map(({ name }) => [name, known(name)])
      .filter(([, { answer, attempted, solved }]) => answer !== undefined || attempted || solved);
    const file = new Blob([JSON.stringify(Object.fromEntries([...all, ...progress.saved()]), null, 1)],
      { type: "application/json" });
    const link = made("a", { href: URL.createObjectURL(file), download: "exercises.json" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // Safari takes its time
  }
  function load() {
    const input = made("input", { type: "file", accept: ".json,application/json" });
    input.addEventListener("change", async () => {
      let news;
      try {
        if (input.files[0].size > HUGE) throw new RangeError("huge");
        const all = Object.entries(plain(JSON.parse(await input.files[0].text())));
        const read = all.filter(([name]) => progress.ours(name));
        for (const one of read) progress.take(...one); // all of the file, or nothing
        news = merge(all.filter((one) => !read.includes(one)).map((one) => taken(...one)), read);
        tell();
      } catch {
        news = "That file was not loaded: wanted is one that this page has saved.";
      }
      show(undefined, news);
    });
    input.click();
  }
  function merge(theirs, read) {
    const now = new Date().toISOString();
    let ticks = 0, answers = 0, stay = 0, foreign = 0;
    for (const [name, its] of theirs) {
      if (!exercises.some((one) => one.name === name)) { foreign++; continue; }
      const mine = known(name), change = {};
      if (its.solved && !mine.solved) { change.solved = its.solved; ticks++; }
      if (its.attempted > (mine.attempted ?? "")) change.attempted = its.attempted;
      if (its.answer !== undefined && its.answer !== mine.answer) {
        const changed = (its.changed ?? "") < now ? its.changed ?? "" : now; // a clock may be wrong
        if (mine.answer === undefined || changed > mine.changed) {
          Object.assign(change, { answer: its.answer, changed });
          answers++;
        } else stay++;
      }
      if (Object.keys(change).length) put(name, change);
    }
    const way = read.filter((one) => progress.take(...one, true)).length;
    return join(
      ticks || answers ? `From the file came ${several(ticks, "tick")} and ${several(answers, "answer")}.`
        : "The file has no tick and no answer that is new here.",
      way && `${several(way, "page")} of the book, quizzes, guesses and tries came with it.`,
      stay && `${several(stay, "answer")} here, not older than the file's, ${stay === 1 ? "stays" : "stay"}.`,
      foreign && `${several(foreign, "exercise")} in it ${foreign === 1 ? "is" : "are"} not in this book.`,
    );
  }

  /* All of it, and the way through the book; a second click says that it is meant. */
  function clear() {
    const sure = this.textContent !== CLEAR;
    this.textContent = sure ? CLEAR : "Clear answers, ticks, places, scores, guesses and tries";
    if (!sure) return;
    held.clear();
    try {
      for (const key of Object.keys(localStorage)) if (key === OLD || key.startsWith(KEY)) localStorage.removeItem(key);
    } catch { /* closed: nothing is there */ }
    progress.forget("page", "quiz", "guess", "attack");
    show(undefined, "All that was kept is cleared.");
    tell();
  }

  const tell = (name) => { for (const listener of listeners) listener(name); };
  nnbook.exercises = exercises;
  nnbook.kept = {
    get works() { return !closed && !held.size; },
    answer: (name) => known(name).answer,
    keep(name, answer) {
      long = answer.length > LONGEST;
      if (long || answer === known(name).answer) show(name);
      else note(name, { answer, changed: new Date().toISOString() });
    },
    forget: (name) => note(name, { answer: undefined, changed: undefined }),
    attempted: (name) => note(name, { attempted: today() }),
    solve: (name) => note(name, { attempted: today(), solved: known(name).solved || today() }),
    /* The next exercise of the page that is not solved; after the last, the list of all. */
    next(name) {
      const { title, href } = after(exercises.findIndex((one) => one.name === name)) ??
        { title: "the list of exercises", href: "index.html" };
      return { title, href };
    },
    /* Called with a name when another tab changed that exercise, with none when all may have changed. */
    onchange(listener) { listeners.push(listener); },
  };

  if (listed.length) {
    report.setAttribute("role", "status");
    const bar = made("div", { className: "exercise-bar" });
    const ends = button(CLEAR, clear);
    ends.addEventListener("blur", () => { ends.textContent = CLEAR; });
    bar.append(report, next, button("Save to a file", save), button("Load from a file", load), ends);
    listed[0].closest("article").querySelector("section section").before(bar);
  } else {
    alarm.setAttribute("role", "alert");
    alarm.append(report, button("Save to a file", save));
  }
  show();
  function look(key) {
    if (key && key !== OLD && !key.startsWith(KEY)) return;
    show();
    tell(key?.startsWith(KEY) ? key.slice(KEY.length) : undefined);
  }
  addEventListener("storage", ({ key }) => look(key));
  addEventListener("pageshow", ({ persisted }) => { if (persisted) look(null); }); // back by the Back button
})();
