/* nnbook.pictures(): the nine pictures of the laboratory. `draw` shows a moment: what each network makes of the
   data, the course of loss and accuracy, and what goes on in each layer, for A and B on the same axes.
   Also nnbook.number and nnbook.percent, which write numbers for all scripts of the laboratory. */
"use strict";
(() => {
  const nnbook = window.nnbook ??= {};
  const { made } = nnbook;
  const SIDES = ["A", "B"];
  const NONE = "no number";
  const COURSE = [ // the columns of the course with A's values and B's; those drawn thin after the others
    { title: "Loss by step", kind: "wide", tell: "number", columns: [[1, 4]] },
    { title: "Accuracy by step; thin: on test rows", kind: "percent", tell: "percent", columns: [[2, 5], [3, 6]] },
  ];
  const LAYERS = [
    { name: "delta", title: "‖δ‖ by layer, log scale", kind: "log", tell: "number" },
    { name: "update", title: "Step size by layer, log scale; gray: healthy", kind: "log", tell: "number", band: [1e-4, 1e-2] },
    { name: "dead", title: "Dead units by layer", kind: "percent", tell: "percent" },
    { name: "flat", title: "Flat units by layer", kind: "percent", tell: "percent" },
    { name: "spread", title: "Spread of activations by layer, log scale", kind: "log", tell: "number" },
  ];

  function short(v) {
    if (v === 0) return "0";
    const [mantissa, power] = v.toExponential(2).split("e");
    return Math.abs(v) < 1e-3 || Math.abs(v) >= 1e4 ? `${Number(mantissa)}e${Number(power)}` : String(Number(v.toPrecision(3)));
  }
  nnbook.number = (v) => v === null ? NONE : short(v);
  nnbook.percent = (v) => v === null ? NONE : `${Number((100 * v).toPrecision(3))} %`;

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

    function drawPlane({ data, moment, names }, i, look) {
      const { canvas, head, said } = planes[i], side = moment.sides[i], digits = data.kind === "digits";
      head.textContent = names[i];
      said.textContent = side.stopped ?? "";
      canvas.classList.toggle("twins-tall", digits);
      let words = `${SIDES[i]} at step ${side.step}: `;
      if (digits) {
        const right = side.answers.filter(([label], k) => label === data.labels[k]).length;
        nnbook.answered(canvas, side.answers, data, look);
        words += `its answers to ${data.labels.length} images, ${right} of them right.`;
      } else {
        nnbook.surface(canvas, side, data["ab"[i]], data, look);
        words += side.accuracy === null ? "its outputs are no numbers."
          : `what it makes of the plane. ${nnbook.percent(side.accuracy)} of the training rows are right, `
          + `${nnbook.percent(side.test)} of the test rows.`;
      }
      canvas.setAttribute("aria-label", words);
    }
    function drawCourse({ course, moment }, i, look) {
      const { title, kind, tell, columns } = COURSE[i], { canvas, head } = courses[i];
      const lines = columns.flatMap((pair, thin) => pair.map((column, k) => (
        { name: SIDES[k], thin: thin > 0, points: course.map((row) => [row[0], row[column]]) })));
      const x = [0, Math.max(1, course.at(-1)[0])];
      const now = moment.index < course.length - 1 ? moment.step : undefined;
      const log = nnbook.chart(canvas, { lines, x, kind, now, none: NONE }, look);
      const words = SIDES.map((side, k) => `${side} ${nnbook[tell](course[moment.index][columns[0][k]])}`);
      head.textContent = log ? `${title}, log scale` : title;
      canvas.setAttribute("aria-label", `${title}; at step ${moment.step}: ${words.join(", ")}.`);
    }
    function drawLayers({ moment }, i, look) {
      const { name, title, kind, tell, band } = LAYERS[i], { canvas } = layers[i];
      const lines = moment.sides.map((side, k) => (
        { name: SIDES[k], points: (side[name] ?? []).map((value, layer) => [layer + 1, value]) }));
      const x = [1, Math.max(1, ...lines.map(({ points }) => points.length))];
      const none = moment.sides.some((side) => side[name]) ? NONE : "no step yet";
      nnbook.chart(canvas, { lines, x, kind, band, marks: true, none }, look);
      const words = lines.map(({ name: side, points }) => !points.length ? `${side} none yet`
        : `${side} from ${nnbook[tell](points[0][1])} in the first to ${nnbook[tell](points.at(-1)[1])} in the last`);
      canvas.setAttribute("aria-label", `${title}: ${words.join("; ")}.`);
    }
    function draw(seen) {
      const look = nnbook.looks(box);
      planes.forEach((_, i) => drawPlane(seen, i, look));
      courses.forEach((_, i) => drawCourse(seen, i, look));
      layers.forEach((_, i) => drawLayers(seen, i, look));
    }
    return { box, draw };
  };
})();
