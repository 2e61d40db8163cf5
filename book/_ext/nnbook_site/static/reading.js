/* Keeps how far a page of the book is read, and shows it: rings and ticks beside the links to chapters
   and exercises, bars on the list of exercises. Nothing shows where nothing is kept. */
"use strict";
(() => {
  const { progress } = window.nnbook;
  const { chapter, exercises } = document.currentScript.dataset; // exercises: "page:how many:set,set ..."
  const article = document.querySelector("article.bd-article");

  /* This page, whenever scrolling comes to rest. A slice of it is seen when its middle was in the window;
     what rushes by on a way of more than two windows was not. */
  const REST = 200; // ms without scrolling
  let waiting, from, moved = false;
  const place = () => {
    const { top, height } = article.getBoundingClientRect();
    return { above: -top / height, below: Math.min(1, (innerHeight - top) / height), window: innerHeight / height };
  };
  function rest() {
    if (!moved) return;
    moved = false;
    const now = place(), near = Math.abs(now.above - from.above) <= 2 * now.window;
    const [start, end] = near
      ? [Math.min(now.above, from.above), Math.max(now.below, from.below)] : [now.above, now.below];
    const old = progress.get("page", progress.page)?.seen ?? "0".repeat(progress.SLICES);
    const seen = [...old].map((was, i) => {
      const middle = (i + 0.5) / progress.SLICES;
      return middle >= start && middle <= end ? "1" : was;
    }).join("");
    const heads = [...article.querySelectorAll("h1, section > h2")];
    const head = heads.findLast((one) => one.getBoundingClientRect().top < innerHeight / 2) ?? heads[0];
    progress.put("page", progress.page, {
      seen, at: Math.round(Math.max(0, now.below) * 1000) / 1000, id: head.parentElement.id,
      title: wordsOf(head).slice(0, 200), when: new Date().toISOString(),
    });
    from = now;
  }
  /* To the very place, for who comes by "Continue" (front.js); the address says the section. */
  function back() {
    try {
      if (sessionStorage.getItem("nnbook-continue") !== progress.page) return;
      sessionStorage.removeItem("nnbook-continue");
    } catch { return; }
    const { top, height } = article.getBoundingClientRect(), { at, id } = progress.get("page", progress.page) ?? {};
    const to = top + at * height - innerHeight, section = document.getElementById(id)?.getBoundingClientRect();
    const middle = to + innerHeight / 2; // of the window then
    if (at && !(middle < section?.top || middle > section?.bottom)) // else a fold was open: its section must do
      scrollTo({ top: scrollY + to, behavior: "instant" });
  }
  const wordsOf = (head) => head.textContent.replace(/#\s*$/, "").replace(/^([\d.]+)\.\s/, "$1 ").trim();
  if (chapter !== undefined && progress.page) {
    from = place();
    addEventListener("scroll", () => {
      moved = true;
      clearTimeout(waiting);
      waiting = setTimeout(rest, REST);
    }, { passive: true });
    addEventListener("load", () => document.fonts.ready.then(back));
    addEventListener("pagehide", rest);
    document.addEventListener("visibilitychange", rest);
  }

  /* [done, of] by page: of a chapter, the share of it that was seen; of exercises, the solved ones. */
  function known() {
    const found = new Map(), solved = solvedBySet();
    for (const [page, record] of progress.all("page")) found.set(page, [progress.share(record), 1]);
    for (const one of exercises.split(" ")) {
      const [page, of, sets] = one.split(":");
      const done = sets.split(",").reduce((sum, set) => sum + (solved[set] ?? 0), 0);
      found.set(`exercises/${page}`, [Math.min(done, of), Number(of), "solved"]);
    }
    return found;
  }
  function solvedBySet() { // as kept.js keeps it
    const state = {}, bySet = {};
    try {
      Object.assign(state, JSON.parse(localStorage.getItem("nnbook-exercises") ?? "{}"));
      for (const key of Object.keys(localStorage)) {
        const [, name] = key.split("nnbook-exercise:");
        if (name) try { state[name] = JSON.parse(localStorage.getItem(key)).solved ?? state[name]; } catch { /* damaged */ }
      }
    } catch { /* closed, or damaged */ }
    for (const name in state) if (state[name]) bySet[name.split(".")[0]] = (bySet[name.split(".")[0]] ?? 0) + 1;
    return bySet;
  }

  const made = (tag, properties) => Object.assign(document.createElement(tag), properties);
  const ENOUGH = 0.9; // of a chapter: nobody's window rests on every slice
  function words([done, of, solved]) {
    if (solved) return done === of ? "all solved" : `${done} of ${of} solved`;
    return done / of >= ENOUGH ? "read" : `${Math.max(1, Math.round((100 * done) / of))}\u00a0% read`;
  }
  function ring(state) {
    const [done, of, solved] = state, full = done / of >= (solved ? 1 : ENOUGH);
    const mark = made("span", { className: full ? "ring full" : "ring", title: words(state) });
    mark.style.setProperty("--share", Math.max(0.06, done / of)); // less is not seen
    mark.append(made("span", { className: "visually-hidden", textContent: `, ${words(state)}` }));
    return mark;
  }
  /* Of a link with others below it, all of them. */
  const LINKS = "nav.bd-links li > a, .cards a", BELOW = ":scope > a, :scope > details a";
  function show() {
    const found = known();
    for (const link of document.querySelectorAll(LINKS)) {
      link.querySelector(".ring")?.remove();
      const all = link.closest(".cards") ? [link, ...sidebar(link)] : link.parentElement.querySelectorAll(BELOW);
      const pages = new Set([...all].map(({ href }) => progress.pageOf(href)));
      const states = [...pages].map((page) => found.get(page) ?? [0, page === "exercises/index" ? 0 : 1]);
      const sum = states.reduce(([d, o, s], [done, of, solved]) => [d + done, o + of, s ?? solved], [0, 0]);
      if (sum[0]) link.append(ring(sum));
    }
    bars(found);
  }
  /* What stands below a chapter in the sidebar belongs to its card. */
  function sidebar({ href }) {
    const link = [...document.querySelectorAll("nav.bd-links li > a")].find((one) => one.href === href);
    return link ? link.parentElement.querySelectorAll(BELOW) : [];
  }

  /* The list of exercises: a bar under each heading, and what the quizzes gave. */
  function bars(found) {
    document.querySelectorAll(".exercise-progress").forEach((bar) => bar.remove());
    for (const list of document.querySelectorAll(".exercise-list")) {
      const page = progress.pageOf(list.querySelector("a").href), state = found.get(page);
      if (!state?.[0]) continue;
      const bar = made("p", { className: "exercise-progress" });
      const meter = made("span", { className: "bar" });
      meter.style.setProperty("--share", state[0] / state[1]);
      bar.append(meter, words(state));
      list.before(bar);
    }
    scores();
  }
  function scores() {
    document.querySelector(".quiz-scores")?.remove();
    const before = document.querySelector(".exercise-list")?.closest("section");
    const links = [...document.querySelectorAll("nav.bd-links li > a")];
    const tried = links.map((link) => [link, progress.get("quiz", progress.pageOf(link.href))]).filter(([, quiz]) => quiz);
    if (!before || !tried.length) return;
    const list = made("ul", { className: "quiz-scores" });
    for (const [link, { right }] of tried) {
      const item = made("li"), count = (letters) => right.replace(letters, "").length;
      const score = count(/[^1]/g), tried = count(/-/g), open = right.length - tried;
      const title = link.firstChild.textContent.trim().replace(/^([\d.]+)\.\s/, "$1 ");
      item.append(made("a", { href: `${link.href}#quiz`, textContent: title }),
        `: ${score} of ${tried} at the first try${open ? `, ${open} to go` : ""}`);
      list.append(item);
    }
    list.prepend(made("li", { textContent: "Quizzes" }));
    before.before(list);
  }
  progress.onchange(show);
  document.addEventListener("nnbook-kept", show);
  show();
})();
