/* nnbook.explorer(told, python) makes a live figure that Python draws, as it moves: `told` is what
   nnbook_lib/in_page/explorers.py says of it, `python.call` asks for a picture. It returns
   { figure, end(words) }; `end` says why it no longer moves. A slider goes through the values between
   its stops, too, and the field beside it takes any number. */
"use strict";
(() => {
  const nnbook = window.nnbook ??= {};
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let count = 0;

  function made(tag, attributes, ...inside) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...inside);
    return element;
  }
  const nearest = (values, wanted) => values.reduce(
    (best, value, i) => Math.abs(value - wanted) < Math.abs(values[best] - wanted) ? i : best, 0);

  const button = (name, words) =>
    made("button", { type: "button", class: name, title: words }, made("span", {}, words));

  /* Each control: its elements, `value` as Python is told it, and `set`. */
  function control({ name, label, kind, short, labels, values, ticks, value: start, play }, id, moved) {
    const words = short ? made("span", { id: `${id}-label` }, label) : made("label", { for: id }, label);
    const inside = made("div", { class: "live-input" });
    const box = made("div", { class: "live-control" }, words, inside);
    const one = { name, start, box, stop() {} };
    const valued = (get) => Object.defineProperty(one, "value", { get });
    if (kind === "switch") {
      const input = made("input", { type: "checkbox", id });
      one.set = (i) => { input.checked = i === 1; };
      valued(() => Number(input.checked));
      input.oninput = moved;
      inside.append(input);
    } else if (short) {
      const radios = labels.map((_, value) => made("input", { type: "radio", name: id, value }));
      const options = radios.map((radio, i) => made("label", {}, radio, made("span", {}, labels[i])));
      one.set = (i) => { radios[i].checked = true; };
      valued(() => radios.findIndex((radio) => radio.checked));
      inside.append(made("fieldset", { id, role: "radiogroup", "aria-labelledby": words.id }, ...options));
      inside.oninput = moved;
    } else if (kind === "choice") {
      const input = made("select", { id }, ...labels.map((text, i) => made("option", { value: i }, text)));
      one.set = (i) => { input.value = i; };
      valued(() => Number(input.value));
      input.oninput = moved;
      inside.append(input);
    } else {
      const free = kind === "number";
      const steps = free ? values : labels.map((_, i) => i);
      const input = made("input", { type: "range", id, min: 0, max: steps.length - 1 });
      const range = made("span", { class: "live-range" }, input);
      range.style.setProperty("--ticks", ticks);
      const field = free
        ? made("input", { type: "number", step: "any", "aria-label": `${label}: any number` })
        : made("output", { for: id });
      let now = start;
      const show = () => {
        const text = free ? String(now) : labels[now];
        if (field !== document.activeElement || !free) field.value = text;
        input.setAttribute("aria-valuetext", text);
      };
      one.set = (value) => { now = value; input.value = nearest(steps, value); show(); };
      valued(() => now);
      input.oninput = () => { now = steps[Number(input.value)]; show(); moved(); };
      if (free) {
        field.oninput = () => {
          if (Number.isNaN(field.valueAsNumber)) return; // not yet a number
          now = field.valueAsNumber;
          input.value = nearest(steps, now);
          input.setAttribute("aria-valuetext", field.value);
          moved();
        };
        field.onchange = () => { field.value = now; };
      }
      inside.append(range, field, ...(play && !calm ? [playing(one, input, steps, moved)] : []));
    }
    one.set(start);
    return one;
  }

  /* The next one when the last has been drawn. */
  function playing(one, input, steps, moved) {
    const runner = button("live-play", "Play");
    const name = (word) => { runner.firstElementChild.textContent = runner.title = word; };
    const last = steps.length - 1;
    let runs = false;
    one.stop = () => { runs = false; name("Play"); };
    runner.onclick = async () => {
      if (runs) return one.stop();
      runs = true;
      name("Pause");
      if (Number(input.value) === last) one.set(steps[0]);
      while (runs && Number(input.value) < last) {
        one.set(steps[Number(input.value) + 1]);
        await Promise.all([moved(), new Promise((go) => setTimeout(go, 300))]);
      }
      one.stop();
    };
    return runner;
  }

  /* A text's link to a preset sets the figure that was drawn last; live.js, that of the page. */
  function recall() {
    const named = document.querySelectorAll(`[data-preset="${CSS.escape(location.hash.slice(1))}"]`);
    const chip = [...named].findLast((each) => each.getClientRects().length);
    chip?.click();
    chip?.closest("figure").scrollIntoView();
    return Boolean(chip);
  }
  addEventListener("hashchange", recall);
  addEventListener("click", (event) => { // on a link whose address is there already
    if (event.target.closest?.("a[href]")?.href === location.href && recall()) event.preventDefault();
  });

  nnbook.explorer = (told, python) => {
    const id = `run-${told.name}-${++count}`;
    const controls = told.controls.map((each) => control(each, `${id}-${each.name}`, moved));
    const reset = button("live-reset", "Reset");
    const wantsGhost = made("input", { type: "checkbox", class: "live-ghost", checked: "" });
    const last = made("label", { class: "live-last", title: "The last setting, faint, under the present one" },
      wantsGhost, "last setting");
    const scale = made("span", { class: "live-scale" });
    const chips = told.presets.map(({ label, slug, values }) => {
      const chip = made("button", { type: "button", class: "live-preset", id: `${id}--${slug}` }, label);
      chip.dataset.preset = `${told.name}--${slug}`;
      chip.onclick = () => set(values);
      return chip;
    });
    const presets = made("div", { class: "live-presets", role: "group", "aria-label": "Settings" }, ...chips);
    const picture = made("div", { class: "live-picture" });
    const caption = made("figcaption", { "aria-live": "polite", "aria-atomic": "true" });
    const figure = made("figure", { class: "live live-on", id, "aria-label": told.alt },
      made("div", { class: "live-controls" }, ...(chips.length ? [presets] : []),
        ...controls.map((each) => each.box), scale, made("div", { class: "live-tools" }, last, reset)),
      picture, caption);
    let wanted = null, drawing = null, ended = false;
    let before = null; // where the figure stood before the present move

    const at = () => Object.fromEntries(controls.map((each) => [each.name, each.value]));
    const begin = () => { before = at(); };
    function show({ svg, caption: words, note = "", ghosts, changed }) {
      if (svg) picture.replaceChildren(nnbook.clean(svg));
      picture.classList.toggle("live-none", !svg);
      if (svg) last.hidden = !ghosts;
      scale.textContent = changed ? "the scale has changed" : "";
      const [first, rest = ""] = words.split("\n");
      caption.replaceChildren(made("b", {}, first), rest && ` ${rest}`, nnbook.clean(note));
    }
    /* Only the newest movement counts: what was asked for while one was drawn, and is past, is not. */
    async function draw() {
      figure.setAttribute("aria-busy", "true");
      while (wanted && !ended) {
        const values = wanted, under = wantsGhost.checked ? before : null;
        wanted = null;
        try {
          const drawn = await python.call("move", { id: told.id, values, under });
          if (!ended) show(drawn);
        } catch (why) {
          if (!ended && !why.stopped) end(why.message);
        }
      }
      figure.removeAttribute("aria-busy");
      drawing = null;
    }
    function moved() {
      if (ended) return Promise.resolve();
      wanted = at();
      return drawing ??= draw();
    }
    function end(words) {
      ended = true;
      for (const each of controls) each.stop();
      for (const input of figure.querySelectorAll("input, select, button")) input.disabled = true;
      caption.textContent = words;
    }
    function set(values) {
      begin();
      for (const each of controls) { each.stop(); each.set(values[each.name]); }
      moved();
    }
    reset.onclick = () => set(Object.fromEntries(controls.map((each) => [each.name, each.start])));
    wantsGhost.oninput = moved;
    for (const { box } of controls) {
      box.addEventListener("pointerdown", begin);
      box.addEventListener("keydown", ({ repeat }) => { if (!repeat) begin(); });
    }
    show(told);
    return { figure, end };
  };
})();
