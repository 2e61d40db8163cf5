/* nnbook.numbers(): all that the pictures show, as tables; `fill` shows a moment, if they are open. */
"use strict";
(() => {
  const nnbook = window.nnbook ??= {};
  const { made } = nnbook;
  const SIDES = ["A", "B"];
  const PLACES = 5; // rows and columns of the table of the plane
  const BY_LAYER = [
    ["delta", "‖δ‖"], ["update", "step size"], ["dead", "dead"], ["flat", "flat"], ["spread", "spread"],
  ];
  const share = ["dead", "flat"];

  const heads = (names, scope) => names.map((name) => name ? made("th", { scope }, name) : made("td", {}));
  function table(caption, names, rows) {
    return made("div", { class: "twins-scroll", tabindex: 0, role: "region", "aria-label": caption },
      made("table", {}, made("caption", {}, caption), made("thead", {}, made("tr", {}, ...heads(names, "col"))),
        made("tbody", {}, ...rows.map(([head, ...cells]) =>
          made("tr", {}, made("th", { scope: "row" }, head), ...cells.map((cell) => made("td", {}, cell)))))));
  }
  function whole({ sides }) {
    const row = (words, of) => [words, ...sides.map(of)];
    return table("Both networks", ["", ...SIDES], [
      row("step", ({ step }) => String(step)),
      row("loss", ({ loss }) => nnbook.number(loss)),
      row("right, of the training rows", ({ accuracy }) => nnbook.percent(accuracy)),
      row("right, of the test rows", ({ test }) => nnbook.percent(test)),
      row("learning rate", ({ rate }) => nnbook.number(rate)),
    ]);
  }
  function layers({ sides }) {
    const names = BY_LAYER.flatMap(([, words]) => SIDES.map((side) => `${words}, ${side}`));
    const most = Math.max(...sides.map(({ delta }) => delta.length));
    const cell = (values, i, name) => !values || i >= values.length ? ""
      : (share.includes(name) ? nnbook.percent : nnbook.number)(values[i]);
    const rows = Array.from({ length: most }, (_, i) => [String(i + 1),
      ...BY_LAYER.flatMap(([name]) => sides.map((side) => cell(side[name], i, name)))]);
    return table("Layer by layer", ["layer", ...names], rows);
  }
  function plane(side, name, { low, high }) {
    if (!side.surface) return table(`What ${name} makes of the plane: no numbers`, [""], []);
    const bytes = atob(side.surface), n = side.side;
    const middle = (i) => (i + 0.5) / PLACES, pixel = (i) => Math.floor(middle(i) * n);
    const places = [...Array(PLACES).keys()];
    const at = (i, from, to) => nnbook.number(from + middle(i) * (to - from));
    return table(`Where ${name} expects class 1, and how surely: x₁ to the right, x₂ upwards`,
      ["x₂", ...places.map((i) => at(i, low[0], high[0]))],
      places.map((row) => [at(row, high[1], low[1]), ...places.map((column) =>
        `${Math.round(bytes.charCodeAt(pixel(row) * n + pixel(column)) / 2.55)} %`)]));
  }
  function images({ sides }, { labels }) {
    const cell = ([label, p], i) => label === null ? nnbook.number(label)
      : `${label}, ${nnbook.percent(p)}${label === labels[i] ? "" : ", wrong"}`;
    return table("The images", ["image", "shows", "A’s answer", "B’s answer"], labels.map((label, i) =>
      [String(i + 1), String(label), ...sides.map(({ answers }) => cell(answers[i], i))]));
  }

  nnbook.numbers = () => {
    const inside = made("div", {});
    const box = made("details", { class: "twins-numbers" }, made("summary", {}, "The numbers as tables"), inside);
    let shown;
    function fill(now) {
      if (now) shown = now;
      if (!box.open || !shown) return;
      const { data, moment } = shown;
      inside.replaceChildren(whole(moment), layers(moment), ...data.kind === "digits" ? [images(moment, data)]
        : moment.sides.map((side, i) => plane(side, SIDES[i], data)));
    }
    box.addEventListener("toggle", () => fill());
    return { box, fill };
  };
})();
