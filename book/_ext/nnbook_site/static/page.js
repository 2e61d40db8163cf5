/* What every page does: light or dark, where one is, what is deeper, code to copy, paper. */
"use strict";
(() => {
  const nnbook = window.nnbook ??= {}, root = document.documentElement;
  const made = (tag, properties) => Object.assign(document.createElement(tag), properties);

  /* Light or dark: as the system has it, until the reader says otherwise. */
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let said = null; // also for this page alone, where the browser keeps nothing
  try { said = localStorage.getItem("theme"); } catch { /* closed */ }
  const button = document.querySelector(".theme-switch-button");
  function dress() {
    const system = dark.matches ? "dark" : "light";
    root.dataset.theme = said || system;
    const other = root.dataset.theme === "dark" ? "light" : "dark";
    button?.setAttribute("aria-label", `Colors: change to ${other}`);
    if (button) button.onclick = () => {
      said = other === system ? null : other;
      try {
        if (said) localStorage.setItem("theme", said);
        else localStorage.removeItem("theme");
      } catch { /* closed, or full */ }
      dress();
    };
  }
  dark.addEventListener("change", dress);
  dress();

  /* A link to what is deeper, or into it, opens it; so does what a figure there was set to. */
  function reveal(hash) {
    let name = hash.slice(1);
    try { name = decodeURIComponent(name); } catch { /* then as it is */ }
    const place = document.getElementById(name) ?? document.getElementById(name.split(".")[0]);
    const shut = [];
    for (let one = place?.querySelector(":scope.deeper > details") ?? place; one; one = one.parentElement) {
      if (one.matches("details.deeper:not([open])")) shut.push(one);
    }
    for (const fold of shut) fold.open = true;
    if (shut.some((fold) => fold.contains(place))) place.scrollIntoView();
  }
  document.addEventListener("click", ({ target }) => {
    const link = target.closest?.("a[href*='#']");
    if (link?.pathname === location.pathname) reveal(link.hash);
  }, true); // before a figure that the link sets goes where it is
  addEventListener("hashchange", () => reveal(location.hash));
  reveal(location.hash);

  /* Where one is: the section in the bar and among the page's contents, and how far one has read */
  const links = new Map([...document.querySelectorAll("#on-this-page nav a")]
    .map((link) => [document.getElementById(decodeURIComponent(link.hash.slice(1))), link]));
  const sections = [...links.keys()].filter(Boolean);
  const seen = (one) => !one.parentElement.closest("details:not([open])");
  const section = document.querySelector(".where-section");
  const read = document.querySelector(".read-so-far");
  const bar = document.querySelector(".top");
  let here, asked = false;
  function look() {
    asked = false;
    const room = root.scrollHeight - innerHeight;
    read.style.transform = `scaleX(${room > 0 ? Math.min(1, scrollY / room) : 0})`;
    const line = bar.offsetHeight + 90;
    const now = sections.findLast((one) => seen(one) && one.getBoundingClientRect().top < line);
    if (now === here) return;
    links.get(here)?.removeAttribute("aria-current");
    const link = links.get(here = now);
    link?.setAttribute("aria-current", "location");
    section.textContent = link?.textContent ?? "";
    const box = link?.closest("aside");
    if (box?.scrollHeight > box?.clientHeight) box.scrollTop = link.offsetTop - box.clientHeight / 2;
  }
  function soon() {
    if (!asked) asked = Boolean(requestAnimationFrame(look));
  }
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon);
  look();
  for (const link of links.values()) link.addEventListener("click", () => {
    const box = link.closest("[popover]");
    if (box.matches(":popover-open")) box.hidePopover();
  });

  /* A line that is too long goes on in the next, but not a row of columns. */
  nnbook.columns = (pre) => { if (/\S {2,}\S|^ ?\[\[/m.test(pre.textContent)) pre.className = "columns"; };
  document.querySelectorAll(".cell_output pre, .highlight-text pre").forEach(nnbook.columns);

  /* What is wider than its place can be moved by keys, too. */
  const wide = [...document.querySelectorAll("pre, .pst-scrollable-table-container, .text_html, div.formula")];
  function measure() {
    for (const box of wide.filter((one) => one.scrollWidth > one.clientWidth)) box.tabIndex = 0;
  }
  measure();
  addEventListener("resize", measure);
  document.addEventListener("toggle", measure, true); // a fold was opened

  /* Code to copy */
  if (navigator.clipboard) for (const code of document.querySelectorAll(".highlight > pre")) {
    const copy = made("button", { className: "icon copybtn", type: "button" });
    copy.setAttribute("aria-label", "Copy the code");
    copy.onclick = () => navigator.clipboard.writeText(code.textContent.trimEnd()).then(() => {
      copy.classList.add("success");
      setTimeout(() => copy.classList.remove("success"), 1500);
    });
    code.after(copy);
  }

  /* On paper nobody can open a fold: those of the text are printed open, and what is right in the quizzes
     at the end. */
  const KEPT_SHUT = ":is([open], .hide, .option, .hint, .solution)";
  let answers, opened = [];
  function answersToTheQuiz() {
    const section = made("section", { className: "answers" });
    section.append(made("h2", { textContent: "Answers to the quiz" }));
    for (const right of document.querySelectorAll("details.option.right")) {
      let first = right, letter = 0;
      while (first.previousElementSibling?.matches("details.option")) {
        first = first.previousElementSibling;
        letter += 1;
      }
      const number = /^\s*\d+\./.exec(first.previousElementSibling?.textContent ?? "")?.[0] ?? "";
      const answer = made("div", { className: "quiz-answer" });
      answer.append(made("strong", { textContent: `${number} ${"ABCDEFGH"[letter]}` }), made("div"));
      answer.lastChild.append(...[...right.children].slice(1).map((part) => part.cloneNode(true)));
      section.append(answer);
    }
    return section.childElementCount > 1 ? section : null;
  }
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll(`.bd-article details:not(${KEPT_SHUT})`)];
    for (const fold of opened) fold.open = true;
    answers ??= answersToTheQuiz();
    if (answers) document.querySelector(".bd-article").append(answers);
  });
  addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
    answers?.remove();
    answers = null;
  });
})();
