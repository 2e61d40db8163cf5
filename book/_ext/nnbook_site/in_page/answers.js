/* What the laboratory answers when it is asked: nnbook.listing(ask), the Python that is this experiment, and
   nnbook.doctor(step, ask, tried, settings), what is wrong with a network at the step that is shown, with each remedy as
   one click on B. `ask` puts a question to Python when it is free, and gives its answer, or {} if another
   experiment has begun. */
"use strict";
(() => {
  const nnbook = window.nnbook ??= {};
  const { made, pressed } = nnbook;

  nnbook.listing = (ask) => {
    const words = made("p", {}), text = made("pre", {});
    const paper = made("div", { class: "twins-lines", role: "group", tabindex: 0, "aria-label": "The Python" }, text);
    const copy = pressed("Copy", async () => {
      try {
        await navigator.clipboard.writeText(text.textContent);
        copy.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(text);
        copy.textContent = "Selected: copy it with the keyboard";
      }
    });
    const box = made("details", { class: "twins-python" }, made("summary", {}, "Show the Python"), words, paper, copy);
    let step, shown;
    /* Asks for the lines up to this step, if they are to be seen and are not there. */
    async function show(wanted = step) {
      step = wanted;
      if (!box.open || step === shown) return;
      const { text: lines } = await ask({ do: "python", step });
      if (step !== wanted || lines === undefined) return;
      shown = step;
      words.textContent = `These lines are this experiment up to step ${step}. In a notebook they print the same numbers; `
        + "but after some hundred steps at a large rate, where rounding grows, they may be others.";
      text.textContent = lines;
      copy.textContent = "Copy";
    }
    box.addEventListener("toggle", () => show());
    return { box, show, forget() { shown = undefined; } };
  };

  nnbook.doctor = (step, ask, tried, settings) => {
    const list = made("ul", {}), state = made("p", { role: "status" });
    const buttons = ["A", "B"].map((side) => pressed(`What is wrong with ${side}?`, () => look(side)));
    const box = made("div", { class: "twins-doctor" }, made("div", { class: "twins-row" }, ...buttons), state, list);

    function item(side, { name, says, remedy, tried: came, change }) {
      const title = made("b", {}, `${name[0].toUpperCase()}${name.slice(1)}. `);
      const parts = [made("p", {}, title, says), made("p", {}, `Remedy: ${remedy}. ${came}`)];
      if (change) parts.push(`In settings: ${settings(change)}. `,
        pressed("Try it on B", () => { forget(); tried(side, change); }));
      return made("li", {}, ...parts);
    }
    async function look(side) {
      const at = step();
      list.replaceChildren();
      state.textContent = `Looking at ${side} at step ${at}, and trying remedies on copies of it …`;
      const { findings, words } = await ask({ do: "diagnose", side: side.toLowerCase(), step: at });
      if (!findings) return forget();
      const whose = side === "A" ? "B gets A’s settings with the change" : "B gets the change";
      const hint = `“Try it on B”: ${whose}, and both start anew. A stays as it is.`;
      state.textContent = words || `What is found in ${side} at step ${at}. ${findings.some(({ change }) => change) ? hint : ""}`;
      list.replaceChildren(...findings.map((each) => item(side, each)));
    }
    function forget() {
      list.replaceChildren();
      state.textContent = "";
    }
    return { box, forget };
  };
})();
