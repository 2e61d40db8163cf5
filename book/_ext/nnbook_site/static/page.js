/* What every page does: light or dark, where one is, code to copy, paper. */
"use strict";
(() => {
  const root = document.documentElement;
  const made = (tag, properties) => Object.assign(document.createElement(tag), properties);

  /* Light or dark: as the system has it, until the reader says otherwise. */
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const button = document.querySelector(".theme-switch-button");
  function dress() {
    const system = dark.matches ? "dark" : "light";
    const said = localStorage.getItem("theme");
    root.dataset.theme = said || system;
    const other = root.dataset.theme === "dark" ? "light" : "dark";
    button?.setAttribute("aria-label", `Colors: change to ${other}`);
    if (button) button.onclick = () => {
      if (other === system) localStorage.removeItem("theme");
      else localStorage.setItem("theme", other);
      dress();
    };
  }
  dark.addEventListener("change", dress);
  dress();

  /* Where one is: the section in the bar and among the page's contents, and how far one has read */
  const links = new Map([...document.querySelectorAll("#on-this-page nav a")]
    .map((link) => [document.getElementById(decodeURIComponent(link.hash.slice(1))), link]));
  const sections = [...links.keys()].filter(Boolean);
  const section = document.querySelector(".where-section");
  const read = document.querySelector(".read-so-far");
  const bar = document.querySelector(".top");
  let here, asked = false;
  function look() {
    asked = false;
    const room = root.scrollHeight - innerHeight;
    read.style.transform = `scaleX(${room > 0 ? Math.min(1, scrollY / room) : 0})`;
    const line = bar.offsetHeight + 90;
    const now = sections.findLast((one) => one.getBoundingClientRect().top < line);
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

  /* On paper nobody can open a fold: what is right in the quizzes is printed at the end. */
  let answers;
  addEventListener("beforeprint", () => {
    const right = [...document.querySelectorAll("details.option")].filter(
      (one) => /^\s*(Right|Yes)\b/.test(one.textContent.slice(one.querySelector("summary").textContent.length).trim()));
    if (answers || !right.length) return;
    answers = made("section", { className: "answers" });
    answers.append(made("h2", { textContent: "Answers to the quiz" }));
    for (const one of right) {
      let first = one;
      const options = [one];
      while (first.previousElementSibling?.matches("details.option")) options.unshift(first = first.previousElementSibling);
      const number = /^\s*\d+\./.exec(first.previousElementSibling?.textContent ?? "")?.[0] ?? "";
      const answer = made("div", { className: "answer" });
      answer.append(made("strong", { textContent: `${number} ${"ABCDEFGH"[options.indexOf(one)]}` }));
      answer.append(...[...one.children].slice(1).map((part) => part.cloneNode(true)));
      answers.append(answer);
    }
    document.querySelector(".bd-article").append(answers);
  });
  addEventListener("afterprint", () => { answers?.remove(); answers = undefined; });
})();
