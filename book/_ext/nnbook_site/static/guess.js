/* Guess first: the controls of a figure that has a question, the truth in a fold, and as data the words
   for every guess (nnbook_lib/live/answers.py). Opening the fold lays the truth over the guess. */
"use strict";
(() => {
  const nnbook = window.nnbook ??= {}, { progress } = nnbook, NONE = "no guess yet";
  const look = (element, attributes) => {
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const made = (tag, attributes, ...inside) => {
    const element = look(document.createElement(tag), attributes);
    element.append(...inside);
    return element;
  };
  const at = (element, share) => { element.style.setProperty("--at", share); return element; };
  const fill = (words, values) => words.replace(/{(\w+)}/g, (_, name) => values[name]);
  const nearest = (places, to) => places.reduce(
    (best, place, i) => Math.abs(place - to) < Math.abs(places[best] - to) ? i : best, 0);

  /* What is said of a guess: the places of its marks */
  function says({ says: whole, said, off, by, far, near, x, truth, up, high }, guess) {
    if (whole) return whole[guess[0]];
    const apart = guess.map((mark, i) => off[i][mark] && high ? Math.abs(up[mark] - high[i]) : 0);
    const i = apart.indexOf(Math.max(...apart)), one = off[i][guess[i]];
    const how = fill(by, { how: one[0] === "+" ? "high" : "low", n: one.slice(1) });
    return fill(one ? far : near, { said: said[guess[i]], x: x?.[i], truth: truth[i], by: how });
  }

  /* Each: what comes before the fold, and how it shows a guess. */
  const controls = {
    number({ said, ticks, at: place, truth }, id, set) {
      const input = made("input", { type: "range", id, max: said.length - 1 });
      const output = made("output", { for: id });
      input.oninput = input.onclick = () => set([Number(input.value)]);
      const scale = made("div", { class: "guess-scale", "aria-hidden": true },
        ...ticks.map(([share, text]) => at(made("span", {}, text), share)),
        at(made("b", { class: "guess-mark" }, made("span", {}, truth[0])), place));
      return [made("div", { class: "guess-number" }, made("label", { for: id }, "Your guess:"), output, input, scale), (guess) => {
        input.value = guess?.[0] ?? said.length >> 1;
        output.value = guess ? said[guess[0]] : NONE;
        input.setAttribute("aria-valuetext", output.value);
      }];
    },
    choice({ said, right }, id, set) {
      const radios = said.map((_, i) => made("input", { type: "radio", name: id, value: i }));
      radios.forEach((radio, i) => { radio.onchange = () => set([i]); });
      const group = made("div", { class: "guess-options", role: "radiogroup", "aria-label": "Your guess" },
        ...radios.map((radio, i) => made("label", i === right ? { class: "guess-right" } : {}, radio, said[i])));
      return [group, (guess) => radios.forEach((radio, i) => { radio.checked = guess?.[0] === i; })];
    },
    curve({ said, xs, ys, x, truth, label, how }, id, set, figure, fold) {
      const svg = figure.querySelector("svg"), top = ys.length - 1;
      svg.insertAdjacentHTML("beforeend", `<g class="guess-mine"><path d="M150 27h20"/><text x="176" y="31">your guess</text>
        <circle class="guess-here" r="8"/><polyline/>${xs.map((x) => `<circle cx="${x}" r="4"/>`).join("")}</g>`);
      const [, , ring, line, ...dots] = svg.lastChild.children;
      let guess, here = 0, last, fresh;
      const marks = () => guess ?? xs.map(() => top >> 1);
      const to = (i, mark, from = i) => {
        guess = [...guess ?? xs.map(() => mark)];
        const begun = guess[from], step = Math.sign(i - from);
        for (let k = from; k !== i; k += step) guess[k] = Math.round(begun + (mark - begun) * (k - from) / (i - from));
        guess[here = i] = mark;
        if (fresh && step) for (let k = i; k in guess; k += step) guess[k] = mark; // where nothing is yet
      };
      const pull = ({ clientX, clientY }) => {
        const box = svg.getBoundingClientRect(), scale = svg.viewBox.baseVal.width / box.width;
        const i = nearest(xs, (clientX - box.left) * scale);
        to(i, nearest(ys, (clientY - box.top) * scale), last);
        last = i;
        set(guess, true);
      };
      svg.onpointerdown = (event) => {
        if (event.button) return;
        last = undefined;
        fresh = !guess;
        svg.setPointerCapture(event.pointerId);
        pull(event);
      };
      svg.onpointermove = (event) => { if (svg.hasPointerCapture(event.pointerId)) pull(event); };
      svg.onlostpointercapture = () => set(guess);
      svg.onkeydown = (event) => {
        const across = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        const up = { ArrowUp: 1, ArrowDown: -1, Home: -top, End: top }[event.key];
        if (!(across || up) || event.ctrlKey || event.altKey || event.metaKey) return;
        event.preventDefault();
        if (across) here = Math.min(Math.max(here + across, 0), xs.length - 1);
        else to(here, Math.min(Math.max((guess ??= marks())[here] + up, 0), top));
        if (across) show(guess); else set(guess);
      };
      look(svg, { role: "slider", tabindex: 0, "aria-orientation": "vertical", "aria-valuemin": 0,
        "aria-valuemax": top, "aria-label": label, "aria-describedby": `${id}-how` });
      const show = (given) => {
        guess = given;
        const heights = marks().map((mark) => ys[mark]);
        line.setAttribute("points", xs.map((x, i) => `${x},${heights[i]}`).join(" "));
        dots.forEach((dot, i) => dot.setAttribute("cy", heights[i]));
        look(ring, { cx: xs[here], cy: heights[here] });
        const words = guess ? said[guess[here]] : NONE, is = fold.open ? `; the truth is ${truth[here]}` : "";
        look(svg, { "aria-valuenow": marks()[here], "aria-valuetext": `${x[here]}: ${words}${is}` });
      };
      return [made("div", { class: "guess-curve" }, made("p", { class: "guess-how", id: `${id}-how` }, how), svg), show];
    },
  };

  let count = 0;
  nnbook.guess = (figure) => {
    const facts = JSON.parse(figure.dataset.facts), { kept } = figure.dataset;
    const fold = figure.querySelector("details"), told = made("p", { class: "guess-said", role: "status" });
    const [control, place] = controls[facts.kind](facts, `guess-${++count}`, set, figure, fold);
    let guess, wasKept;
    function set(marks, moving) {
      guess = marks;
      show();
      if (moving || !progress) return;
      progress.put("guess", progress.page, { ...progress.get("guess", progress.page), [kept]: guess.join() });
    }
    function show() {
      place(guess);
      figure.classList.toggle("guessed", Boolean(guess));
      fold.firstElementChild.textContent = `${fold.open ? "Hide" : "Show"} the answer`;
      const words = fold.open && guess ? says(facts, guess) : "";
      if (told.textContent !== words) told.textContent = words;
    }
    function recall() { // what the browser does not keep, the page holds
      const marks = progress?.get("guess", progress.page)?.[kept]?.split(",");
      if (marks?.length === (facts.xs ?? [0]).length && marks.every((mark) => facts.said[mark]))
        guess = marks.map(Number);
      else if (wasKept) guess = undefined;
      wasKept = Boolean(marks);
      show();
    }
    fold.ontoggle = show;
    fold.before(control);
    fold.querySelector(".guess-truth").after(told);
    figure.classList.add("guess-on");
    progress?.onchange(recall);
    recall();
  };
  for (const figure of document.querySelectorAll("figure.guess")) nnbook.guess(figure);
})();
