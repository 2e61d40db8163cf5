/* nnbook.settings(experiments, changed): the form of the twin laboratory. A control that both share has one
   field, any other one for A and one for B; B follows A until it is set apart. `changed` hears of each
   change; `box` is the element, `set` shows an experiment. Also nnbook.made and nnbook.pressed, which
   make elements and buttons for all scripts of the laboratory. */
"use strict";
(() => {
  const nnbook = window.nnbook ??= {};
  const SLIDERS = ["depth", "lr"];
  const NETWORK = "optimizer"; // the first control that is not of the network, but of its training

  function made(tag, attributes, ...inside) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...inside);
    return element;
  }
  function pressed(words, act, attributes = {}) {
    const button = made("button", { type: "button", ...attributes }, words);
    button.onclick = act;
    return button;
  }

  /* A field's element, and `key`, to be read and set. */
  function field({ name, label, keys, labels }, side, id, moved) {
    const said = side ? { "aria-label": `${side}: ${label}` } : { id };
    if (SLIDERS.includes(name)) {
      const input = made("input", { type: "range", min: 0, max: keys.length - 1, ...said });
      const shown = made("output", {});
      const show = () => {
        shown.textContent = labels[input.value];
        input.setAttribute("aria-valuetext", labels[input.value]);
      };
      input.oninput = () => { show(); moved(); };
      return {
        box: made("span", { class: "twins-slider" }, input, shown),
        get key() { return keys[input.value]; },
        set key(key) { input.value = keys.indexOf(key); show(); },
      };
    }
    if (keys.length === 2) {
      const input = made("input", { type: "checkbox", ...said });
      input.onchange = moved;
      return {
        box: made("span", { class: "twins-check" }, input),
        get key() { return keys[Number(input.checked)]; },
        set key(key) { input.checked = keys.indexOf(key) === 1; },
      };
    }
    const input = made("select", said, ...labels.map((text, i) => made("option", { value: keys[i] }, text)));
    input.onchange = moved;
    return {
      box: input,
      get key() { return input.value; },
      set key(key) { input.value = key; },
    };
  }

  nnbook.settings = (experiments, changed) => {
    let now;
    const shows = []; // of each row

    function common(control) {
      const id = `twins-${control.name}`;
      const one = field(control, "", id, () => changed({ ...now, shared: { ...now.shared, [control.name]: one.key } }));
      shows.push(() => { one.key = now.shared[control.name]; });
      return made("span", { class: "twins-common" }, made("label", { for: id }, control.label), one.box);
    }
    function row(control) {
      const { name, label } = control;
      const a = field(control, "A", "", () => {
        const follows = now.a[name] === now.b[name] ? { [name]: a.key } : {};
        changed({ ...now, a: { ...now.a, [name]: a.key }, b: { ...now.b, ...follows } });
      });
      const b = field(control, "B", "", () => changed({ ...now, b: { ...now.b, [name]: b.key } }));
      const differs = made("span", { class: "visually-hidden" });
      const line = made("tr", {}, made("th", { scope: "row" }, label, differs),
        made("td", {}, a.box), made("td", {}, b.box));
      shows.push(() => {
        a.key = now.a[name];
        b.key = now.b[name];
        line.classList.toggle("twins-differs", a.key !== b.key);
        differs.textContent = a.key === b.key ? "" : " (differs)";
      });
      return line;
    }
    function table(title, controls) {
      const head = made("tr", {}, made("th", { scope: "col" }, title),
        ...["A", "B"].map((side) => made("th", { scope: "col", class: `twins-${side.toLowerCase()}` }, side)));
      return made("table", {}, made("thead", {}, head), made("tbody", {}, ...controls.map(row)));
    }
    function told() {
      const differ = experiments.differences(now).map((one) =>
        `${one.label} (${experiments.label(one, now.a[one.name])} | ${experiments.label(one, now.b[one.name])})`);
      const many = differ.length > 1 ? `. ${differ.length} things: which of them it was will not be seen.` : "";
      return differ.length ? `Different: ${differ.join("; ")}${many}` : "Nothing is different yet: set one thing of B.";
    }

    const { shared, own } = experiments;
    const middle = Math.max(1, own.findIndex(({ name }) => name === NETWORK));
    const different = made("span", { class: "twins-different" });
    const buttons = made("div", { class: "twins-row" },
      pressed("Copy A to B", () => changed({ ...now, b: { ...now.a } })),
      pressed("Copy B to A", () => changed({ ...now, a: { ...now.b } })));
    const box = made("details", { class: "twins-form" }, made("summary", {}, "Settings. ", different),
      made("div", { class: "twins-row" }, ...shared.map(common)),
      made("div", { class: "twins-tables" },
        table("Network", own.slice(0, middle)), table("Training", own.slice(middle))),
      buttons);
    function set(experiment) {
      now = experiment;
      for (const show of shows) show();
      different.textContent = told();
    }
    return { box, buttons, set };
  };
  Object.assign(nnbook, { made, pressed });
})();
