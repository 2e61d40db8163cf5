/* Live figures. Beside the page stands a file with every picture of a figure's grid, packed: a table
   of pieces of SVG, for each combination of its controls the pieces it is made of, and its caption.
   Moving a control puts other pieces in place, and what the last setting had there faintly under them
   (ghost.js). The file is a script, so it works from a folder too. */
"use strict";
(() => {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const FEW = 15;
  const figures = new Map();

  function packed(address) {
    const script = document.createElement("script");
    return new Promise((resolve, reject) => {
      script.onload = () => resolve(script.frames); // the file sets it: see frames.py
      script.onerror = reject;
      script.src = address;
      document.head.append(script);
    }).finally(() => script.remove());
  }
  async function unpack(text) {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).json();
  }

  /* A control of any kind as a number: its value is an index into its labels. */
  function control(input) {
    const box = input.closest(".live-control"), output = box.querySelector("output");
    const radios = input.matches("fieldset") ? [...input.querySelectorAll("input")] : undefined;
    const isSwitch = input.type === "checkbox";
    const labels = isSwitch ? ["off", "on"]
      : radios ? radios.map((radio) => radio.parentElement.textContent)
      : input.options ? [...input.options].map((option) => option.text)
      : input.dataset.labels.split("|");
    const why = document.createElement("span");
    why.className = "live-why";
    const one = {
      input, box, labels,
      name: input.dataset.name,
      start: Number(input.dataset.start),
      button: box.querySelector(".live-play"),
      get value() {
        return isSwitch ? Number(input.checked)
          : radios ? radios.findIndex((radio) => radio.checked) : Number(input.value);
      },
      set value(i) {
        if (isSwitch) input.checked = i === 1;
        else if (radios) radios[i].checked = true;
        else input.value = i;
        one.show();
      },
      get words() {
        const label = box.firstElementChild.textContent;
        return isSwitch ? `${["without", "with"][one.value]} ${label}` : `${label} ${labels[one.value]}`;
      },
      show() {
        if (!output) return;
        output.textContent = labels[one.value];
        input.setAttribute("aria-valuetext", labels[one.value]);
      },
      /* It is never taken from under a hand. */
      set dead(is) {
        if (is === input.disabled || (is && box.contains(document.activeElement))) return;
        input.disabled = is;
        if (one.button) one.button.disabled = is;
        why.textContent = is ? "changes nothing here" : "";
        if (is) box.lastElementChild.append(why);
        else why.remove();
      },
    };
    return one;
  }

  /* What is soon to be seen is asked for while there is nothing else to do. */
  const idle = window.requestIdleCallback ?? ((task) => setTimeout(task, 500));
  const near = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) if (isIntersecting) {
      near.unobserve(target);
      idle(() => figures.get(target.id).ask().catch(() => {})); // said when it is wanted
    }
  }, { rootMargin: "50%" });

  function wake(figure) {
    const all = (names) => [...figure.querySelectorAll(names)];
    const [svg, caption, setting, scale] =
      ["svg", "figcaption", ".live-setting", ".live-scale"].map((name) => figure.querySelector(name));
    const controls = all("[data-name]").map(control), chips = all(".live-preset");
    const wantsGhost = figure.querySelector(".live-ghost");
    let arrived, frames, data, waiting = false;
    let last; // where the figure stood before the present move

    const ask = () => arrived ??= packed(figure.dataset.frames).catch((why) => {
      arrived = undefined; // the next movement asks again
      throw why;
    });
    const load = () => frames ??= ask().then(unpack).then((made) => { data = made; settle(); }).catch(() => {
      frames = undefined;
      caption.textContent = "The pictures of this figure could not be loaded. " +
        "Check the connection and move the control again.";
    });

    const place = () => controls.reduce((sum, one) => sum * one.labels.length + one.value, 0);
    const pieces = (i) => data.f[i].map((k) => data.t[k]);
    const same = (i, j) => i === j || (data.c[i] === data.c[j]
      && data.f[i].length === data.f[j].length && data.f[i].every((k, n) => k === data.f[j][n]));

    /* A control that changes nothing where the others stand says so. */
    function settle() {
      if (!data) return;
      const i = place();
      let stride = 1;
      for (const one of [...controls].reverse()) {
        const first = i - one.value * stride, step = stride;
        one.dead = one.labels.every((_, k) => same(first + k * step, i));
        stride *= one.labels.length;
      }
    }
    function say(words) {
      const [first, rest] = words.split("\n"), bold = document.createElement("b");
      bold.textContent = first;
      caption.replaceChildren(bold, ...(rest ? [` ${rest}`] : []));
    }
    function paint() {
      const i = place();
      let made = pieces(i), changed = false;
      if (wantsGhost?.checked && last !== undefined && last !== i)
        [made, changed] = nnbook.ghost(made, pieces(last));
      svg.innerHTML = made.join("");
      scale.textContent = changed ? "the scale has changed" : "";
      say(data.c[i]);
      setting.textContent = `Drawn for ${controls.map((one) => one.words).join(", ")}.`;
      settle();
    }
    function draw() {
      for (const one of controls) one.show();
      const at = controls.map((one) => one.value).join();
      for (const chip of chips) chip.setAttribute("aria-pressed", chip.dataset.at === at);
      if (waiting) return;
      waiting = true;
      figure.setAttribute("aria-busy", "true");
      load().then(() => requestAnimationFrame(() => {
        waiting = false;
        figure.removeAttribute("aria-busy");
        if (data) paint();
      }));
    }
    const moved = () => { draw(); remember(); };
    const begin = () => { last = place(); };

    function playing(slider) {
      const { button } = slider, top = slider.labels.length - 1;
      let timer;
      const name = (word) => { button.firstElementChild.textContent = button.title = word; };
      const stop = () => {
        clearInterval(timer);
        timer = undefined;
        name("Play");
        caption.setAttribute("aria-live", "polite");
      };
      button.addEventListener("click", () => {
        if (timer) return stop();
        begin();
        if (slider.value === top) slider.value = 0;
        name("Pause");
        caption.setAttribute("aria-live", "off");
        timer = setInterval(() => {
          slider.value += 1;
          moved();
          if (slider.value === top) stop();
        }, top < FEW ? 900 : 300); // of a few steps each is read
      });
      return stop;
    }
    const stops = [];
    for (const one of controls) {
      one.box.addEventListener("pointerdown", begin);
      one.box.addEventListener("keydown", ({ repeat }) => { if (!repeat) begin(); });
      one.input.addEventListener("input", moved);
      if (one.button && calm) one.button.remove();
      else if (one.button) stops.push(playing(one));
    }
    function set(places) {
      for (const stop of stops) stop();
      begin();
      controls.forEach((one, k) => { one.value = places[k]; });
      moved();
    }
    for (const chip of chips)
      chip.addEventListener("click", () => set(chip.dataset.at.split(",").map(Number)));
    figure.querySelector(".live-reset").addEventListener("click", () => set(controls.map((one) => one.start)));
    wantsGhost?.addEventListener("input", draw);
    figure.addEventListener("focusout", () => setTimeout(settle));
    for (const early of ["pointerenter", "focusin", "touchstart"])
      figure.addEventListener(early, load, { once: true, passive: true });
    near.observe(figure);
    figure.classList.add("live-on");
    for (const one of controls) one.value = one.start; // browsers keep values over a reload
    figures.set(figure.id, { figure, controls, draw, ask });
  }

  /* The address says where the controls stand: #figure.control=label&… */
  let later;
  function remember() {
    clearTimeout(later);
    later = setTimeout(() => {
      const state = new URLSearchParams();
      for (const [id, { controls }] of figures)
        for (const one of controls)
          if (one.value !== one.start) state.set(`${id}.${one.name}`, one.labels[one.value]);
      history.replaceState(null, "", `#${state}`);
    }, 200);
  }
  /* Or it names a preset, #figure--preset, as a text's link does. It counts only if all of it is on the
     grid; anything else is ignored. */
  function recall() {
    const chip = [...document.querySelectorAll(".live-preset")].find(
      (each) => `#${encodeURIComponent(each.id)}` === location.hash || `#${each.id}` === location.hash);
    if (chip) {
      chip.click();
      chip.closest("figure").scrollIntoView();
      return true;
    }
    const moves = [];
    for (const [key, label] of new URLSearchParams(location.hash.slice(1))) {
      const dot = key.lastIndexOf(".");
      const known = figures.get(key.slice(0, dot));
      const one = known?.controls.find((each) => each.name === key.slice(dot + 1));
      const i = one ? one.labels.indexOf(label) : -1;
      if (i < 0) return false;
      moves.push([known, one, i]);
    }
    for (const known of new Set(moves.map(([each]) => each))) // what is not named is at its start
      for (const one of known.controls) one.value = one.start;
    for (const [known, one, i] of moves) { one.value = i; known.draw(); }
    moves[0]?.[0].figure.scrollIntoView();
    return moves.length > 0;
  }

  if (!("DecompressionStream" in window)) return;
  for (const figure of document.querySelectorAll("figure.live")) wake(figure);
  recall();
  addEventListener("load", recall); // the browser has gone to the link's button
  addEventListener("hashchange", recall);
  addEventListener("click", (event) => { // on a link whose address is there already
    if (event.target.closest?.("a[href]")?.href === location.href && recall()) event.preventDefault();
  });
})();
