/* Ticks for solved exercises, kept in this browser only. On the list of exercises, and under each
   exercise's cell. Without a store (or without scripts) the pages are the same, only without ticks. */
"use strict";
(() => {
  const KEY = "nnbook-exercises", NAME = /^[a-z_]+\.[a-z0-9_]+$/;
  let done = {}, kept = true;

  function read(text) {
    const known = {};
    for (const [name, day] of Object.entries(JSON.parse(text) ?? {}))
      if (NAME.test(name) && typeof day === "string") known[name] = day.slice(0, 10);
    return known;
  }
  function recall() {
    try { done = read(localStorage.getItem(KEY) ?? "{}"); } catch { kept = false; }
  }
  function keep() {
    try { localStorage.setItem(KEY, JSON.stringify(done)); } catch { kept = false; }
  }

  const boxes = [];
  function tick(name, label) {
    const whole = document.createElement("label"), box = document.createElement("input");
    whole.className = "exercise-tick";
    box.type = "checkbox";
    box.addEventListener("change", () => {
      if (box.checked) done[name] = new Date().toISOString().slice(0, 10);
      else delete done[name];
      keep();
      show();
    });
    boxes.push([name, box]);
    whole.append(box, label);
    return whole;
  }

  const list = document.querySelectorAll("li[data-exercise]");
  const report = document.createElement("p");
  report.setAttribute("role", "status");
  function show() {
    for (const [name, box] of boxes) box.checked = name in done;
    const solved = boxes.filter(([, box]) => box.checked).length;
    report.textContent = `${solved} of ${boxes.length} solved. ` + (kept
      ? "The ticks are kept in this browser and sent to nobody."
      : "This browser keeps nothing for this page: the ticks are gone when you leave it.");
  }

  function button(text, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  }
  function save() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(done, null, 1)], { type: "application/json" }));
    link.download = "exercises.json";
    link.click();
    URL.revokeObjectURL(link.href);
  }
  function load() {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = "application/json";
    input.addEventListener("change", async () => {
      try {
        Object.assign(done, read(await input.files[0].text()));
        keep();
        show();
      } catch {
        report.textContent = "That file holds no ticks: wanted is one that this page has saved.";
      }
    });
    input.click();
  }

  recall();
  if (list.length) {
    for (const item of list) {
      const words = document.createElement("span");
      words.className = "visually-hidden";
      words.textContent = `solved: ${item.querySelector("a").textContent}`;
      item.prepend(tick(item.dataset.exercise, words));
    }
    const bar = document.createElement("div");
    bar.className = "exercise-bar";
    bar.append(report, button("Save to a file", save), button("Load from a file", load));
    list[0].closest("article").querySelector("section section").before(bar);
  } else {
    for (const cell of document.querySelectorAll("div.cell_input")) {
      const name = cell.textContent.match(/^check\(\s*"([\w.]+)"/m)?.[1];
      if (name) cell.closest("div.cell").after(tick(name, "Solved"));
    }
  }
  show();
  addEventListener("storage", (event) => { if (event.key === KEY) { recall(); show(); } });
})();
