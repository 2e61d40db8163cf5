/* nnbook.pictures(): the nine pictures of the laboratory. `draw` shows a moment: what each network makes of the
   data, the course of loss and accuracy, and what goes on in each layer, for A and B on the same axes. */
"use strict";
(() => {
  const nnbook = window.nnbook ??= {};
  const { made } = nnbook;
  const SIDES = ["A", "B"];
  const BAND = [1e-4, 1e-2]; // of update ratios, where training usually goes well
  const NONE = "not a number";
  const LAYERS = [ // of each layer, first to last
    { name: "delta", title: "‖δ‖ by layer", kind: "log" },
    { name: "update", title: "Update ratio by layer; gray: 0.0001 to 0.01", kind: "log", band: BAND, none: "no step yet" },
    { name: "dead", title: "Dead units by layer", kind: "percent" },
    { name: "saturated", title: "Saturated units by layer", kind: "percent" },
    { name: "spread", title: "Spread of the activations by layer", kind: "log" },
  ];
  const COURSE = [ // columns of the course: those of A, and those of B; the thin ones after them
    { title: "Loss", kind: "wide", columns: [[1, 4]] },
    { title: "Accuracy; thin: on test data", kind: "percent", columns: [[2, 5], [3, 6]] },
  ];

  nnbook.number = (v) => v === null || v === undefined ? "no number"
    : v === 0 ? "0" : Math.abs(v) < 1e-3 || Math.abs(v) >= 1e4 ? v.toExponential(1).replace(".0", "").replace("+", "") : String(Number(v.toPrecision(3)));
  nnbook.percent = (v) => v === null || v === undefined ? "no number" : `${Number((100 * v).toPrecision(3))} %`;

  function picture(title, kind = "") {
    const head = made("p", { class: "twins-title" }, title);
    const canvas = made("canvas", { role: "img", class: kind });
    const said = made("p", { class: "twins-stopped" });
    return { head, canvas, said, box: made("div", { class: "twins-picture" }, head, canvas, said) };
  }

  nnbook.pictures = () => {
    const planes = SIDES.map((side) => picture(side, "twins-plane"));
    planes.forEach(({ head }, i) => head.classList.add(`twins-${"ab"[i]}`));
    const courses = COURSE.map(({ title }) => picture(title));
    const layers = LAYERS.map(({ title }) => picture(title));
    const box = made("div", { class: "twins-pictures" }, ...[...planes, ...courses, ...layers].map((one) => one.box));

    function draw({ data, course, moment, names }) {
      const look = nnbook.looks(box);
      moment.sides.forEach((side, i) => {
        const { canvas, head, said } = planes[i], name = SIDES[i];
        head.textContent = names[i];
        const right = `${nnbook.percent(side.accuracy)} of the training rows are right, ${nnbook.percent(side.test)} of the test rows.`;
        said.textContent = side.stopped ?? "";
        canvas.classList.toggle("twins-tall", data.kind === "digits");
        if (data.kind === "digits") {
          const right = side.answers.filter(([label], k) => label === data.labels[k]).length;
          nnbook.answered(canvas, side.answers, data, look);
          canvas.setAttribute("aria-label", `${name}’s answers to ${data.labels.length} images at step ${side.step}: ${right} right.`);
        } else {
          nnbook.surface(canvas, side, data["ab"[i]], data, look);
          canvas.setAttribute("aria-label", `What ${name} makes of the plane at step ${side.step}: ${right}`);
        }
      });
      COURSE.forEach(({ title, kind, columns }, i) => {
        const { canvas, head } = courses[i];
        const lines = columns.flatMap((pair, thin) => pair.map((column, k) => (
          { name: SIDES[k], thin: thin > 0, points: course.map((row) => [row[0], row[column]]) })));
        const last = course.at(-1)[0], now = moment.index < course.length - 1 ? moment.step : undefined;
        const log = nnbook.chart(canvas, { lines, x: [0, Math.max(1, last)], kind, now, none: NONE }, look);
        const words = SIDES.map((side, k) => `${side} ${(kind === "percent" ? nnbook.percent : nnbook.number)(course[moment.index]?.[columns[0][k]])}`);
        head.textContent = log ? `${title}, logarithmic` : title;
        canvas.setAttribute("aria-label", `${title} over the steps; at step ${moment.step}: ${words.join(", ")}.`);
      });
      LAYERS.forEach(({ name, title, kind, band, none }, i) => {
        const { canvas } = layers[i];
        const lines = moment.sides.map((side, k) => (
          { name: SIDES[k], points: (side[name] ?? []).map((value, layer) => [layer + 1, value]) }));
        const x = [1, Math.max(1, ...lines.map(({ points }) => points.length))];
        const missing = moment.sides.every((side) => side[name] === null) && none || NONE;
        nnbook.chart(canvas, { lines, x, kind, band, marks: true, none: missing }, look);
        const words = lines.map(({ name: side, points }) => points.length
          ? `${side} from ${nnbook.number(points[0][1])} in the first to ${nnbook.number(points.at(-1)[1])} in the last` : `${side} none yet`);
        canvas.setAttribute("aria-label", `${title}: ${words.join("; ")}.`);
      });
    }
    return { box, draw };
  };
})();
