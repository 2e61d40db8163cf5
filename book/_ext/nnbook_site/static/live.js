/* Live figures. Beside the page stands a file with every picture of a figure's grid, packed: a table
   of pieces of SVG, for each combination of its controls the pieces it is made of, and its caption.
   Moving a control puts other pieces in place. The file is a script, so it works from a folder too. */
"use strict";
(() => {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
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
    const box = input.type === "checkbox";
    const labels = box ? ["off", "on"]
      : input.options ? [...input.options].map((option) => option.text)
      : input.dataset.labels.split("|");
    const output = input.parentElement.querySelector("output");
    return {
      input, labels,
      name: input.dataset.name,
      start: Number(input.dataset.start),
      get value() { return box ? Number(input.checked) : Number(input.value); },
      set value(i) { if (box) input.checked = i === 1; else input.value = i; this.show(); },
      show() {
        if (!output) return;
        output.textContent = labels[this.value];
        input.setAttribute("aria-valuetext", labels[this.value]);
      },
    };
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
    const controls = [...figure.querySelectorAll("[data-name]")].map(control);
    const svg = figure.querySelector("svg");
    const caption = figure.querySelector("figcaption");
    let arrived, frames, waiting = false;

    const ask = () => arrived ??= packed(figure.dataset.frames).catch((why) => {
      arrived = undefined; // the next movement asks again
      throw why;
    });
    const load = () => frames ??= ask().then(unpack).catch(() => {
      frames = undefined;
      caption.textContent = "The pictures of this figure could not be loaded. " +
        "Check the connection and move the control again.";
    });
    function draw() {
      for (const one of controls) one.show();
      if (waiting) return;
      waiting = true;
      figure.setAttribute("aria-busy", "true");
      load().then((data) => requestAnimationFrame(() => {
        waiting = false;
        figure.removeAttribute("aria-busy");
        if (!data) return;
        const i = controls.reduce((sum, one) => sum * one.labels.length + one.value, 0);
        svg.innerHTML = data.f[i].map((k) => data.t[k]).join("");
        caption.textContent = data.c[i];
      }));
    }
    const moved = () => { draw(); remember(); };

    function playing(button, slider) {
      let timer;
      const stop = () => {
        clearInterval(timer);
        timer = undefined;
        button.textContent = "Play";
        caption.setAttribute("aria-live", "polite");
      };
      const last = slider.labels.length - 1;
      button.addEventListener("click", () => {
        if (timer) return stop();
        if (slider.value === last) slider.value = 0;
        button.textContent = "Pause";
        caption.setAttribute("aria-live", "off");
        timer = setInterval(() => {
          slider.value += 1;
          moved();
          if (slider.value === last) stop();
        }, 300);
      });
      return stop;
    }
    const stops = [];
    for (const one of controls) {
      one.input.addEventListener("input", moved);
      const button = one.input.parentElement.querySelector(".live-play");
      if (button && calm) button.remove();
      else if (button) stops.push(playing(button, one));
    }
    figure.querySelector(".live-reset").addEventListener("click", () => {
      for (const stop of stops) stop();
      for (const one of controls) one.value = one.start;
      moved();
    });
    for (const chip of figure.querySelectorAll(".live-preset"))
      chip.addEventListener("click", () => {
        for (const stop of stops) stop();
        chip.dataset.at.split(",").forEach((i, k) => { controls[k].value = Number(i); });
        moved();
      });
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
