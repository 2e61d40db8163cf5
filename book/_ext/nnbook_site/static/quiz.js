/* The score of a page's quiz: which option of each question was opened first is kept in the browser, and
   how many of these were right stands at the end. That an option is right or wrong, and why, the page says
   without this. */
"use strict";
(() => {
  const { progress } = window.nnbook;
  const made = (tag, properties) => Object.assign(document.createElement(tag), properties);

  /* The questions: options that follow one another. */
  const questions = [];
  for (const option of document.querySelectorAll("details.option")) {
    if (questions.at(-1)?.at(-1) !== option.previousElementSibling) questions.push([]);
    questions.at(-1).push(option);
  }
  const what = document.getElementById("quiz") ? "Quiz" : "Diagnoses";

  function known() {
    const kept = progress.get("quiz", progress.page);
    const nothing = "-".repeat(questions.length);
    return kept?.first.length === questions.length ? kept : { first: nothing, right: nothing };
  }
  const put = (text, i, letter) => text.slice(0, i) + letter + text.slice(i + 1);
  function choose(i, j) {
    const { first, right } = known();
    if (first[i] !== "-") return;
    const isRight = questions[i][j].classList.contains("right") ? "1" : "0";
    progress.put("quiz", progress.page, { first: put(first, i, j), right: put(right, i, isRight) });
  }

  const bar = made("div", { className: "quiz-score" }), words = made("p");
  const again = made("button", { type: "button", textContent: "Start again", onclick() {
    progress.put("quiz", progress.page);
    for (const option of questions.flat()) option.open = false;
    questions[0][0].querySelector("summary").focus();
  } });
  words.setAttribute("role", "status");
  bar.append(words, again);
  questions.at(-1).at(-1).after(bar);

  function show() {
    const { first, right } = known();
    const tried = [...first].filter((letter) => letter !== "-").length, score = right.split("1").length - 1;
    bar.hidden = !tried;
    const open = questions.length - tried;
    words.textContent = `${what}: ${score} of ${open ? tried : questions.length} at the first try` +
      (open ? `, ${open} to go.` : ".");
    questions.forEach((options, i) => options.forEach((option, j) => {
      option.classList.toggle("first", first[i] === String(j));
    }));
  }
  questions.forEach((options, i) => options.forEach((option, j) => {
    option.querySelector("summary").addEventListener("click", () => { if (!option.open) choose(i, j); });
  }));
  progress.onchange(show);
  show();
})();
