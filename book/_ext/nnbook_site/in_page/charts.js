/* nnbook.chart(canvas, spec, look): lines on a canvas, A's solid and B's dashed, each named at its end.
   nnbook.fitted sizes a canvas to its place on the screen; nnbook.looks reads colors and type off the
   page, so that a chart has those of its theme, or of paper. */
"use strict";
(() => {
  const nnbook = window.nnbook ??= {};
  const DASH = { A: [], B: [6, 4] };
  const TOP = 6, FOOT = 20, RIGHT = 18, STRIP = 17, SMALL = 11; // pixels; STRIP: for 0 under a logarithmic axis
  const MANY = 12; // points of a line, up to which each is marked: B's marks are smaller, and lie on A's
  const MARK = { A: 3.6, B: 2.2 };
  const POWERS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  nnbook.looks = (element) => {
    const style = getComputedStyle(element);
    const color = (name) => style.getPropertyValue(`--twin-${name}`).trim();
    return {
      A: color("a"), B: color("b"), names: { A: color("a-name"), B: color("b-name") }, ink: color("ink"),
      faint: color("faint"), rule: color("rule"), wrong: color("wrong"), font: `${SMALL}px ${style.fontFamily}`,
    };
  };
  /* The context of a canvas as large as it is seen, empty; its units are the page's pixels. */
  nnbook.fitted = (canvas) => {
    const ratio = window.devicePixelRatio || 1, width = canvas.clientWidth, height = canvas.clientHeight;
    const pen = canvas.getContext("2d");
    for (const [name, pixels] of [["width", width * ratio], ["height", height * ratio]])
      if (canvas[name] !== Math.round(pixels)) canvas[name] = Math.round(pixels);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    return { pen, width, height };
  };

  /* Numbers on the axes --------------------------------------------------------------------------- */

  const power = (n) => `10${n < 0 ? "⁻" : ""}${[...String(Math.abs(n))].map((digit) => POWERS[digit]).join("")}`;
  const decade = (n) => n >= -2 && n <= 3 ? String(Number(`1e${n}`)) : power(n);
  const plain = (v) => v >= 1e5 || (v > 0 && v < 1e-3) ? v.toExponential(0) : String(Number(v.toPrecision(3)));

  function even(high, most) {
    const rough = high / most, base = 10 ** Math.floor(Math.log10(rough));
    return [1, 2, 5, 10].map((k) => k * base).find((each) => each >= rough);
  }
  /* Whole numbers from the first on, not too close to each other. */
  function whole(first, last, most) {
    const step = Math.max(1, even(last - first || 1, most)), ticks = first % step ? [first] : [];
    for (let v = Math.ceil(first / step) * step; v <= last; v += step)
      if (!ticks.length || v - ticks.at(-1) > step / 2) ticks.push(v);
    return ticks;
  }
  /* From values to shares of the height (0 at the foot, 1 at the top), with the ticks. */
  function upright(values, kind, band = []) {
    if (kind === "percent") return { at: (v) => v, ticks: [0, 0.5, 1].map((v) => [v, `${100 * v} %`]) };
    const above = values.filter((v) => v > 0);
    if (kind === "log" || (kind === "wide" && Math.max(...above) > 100 * Math.min(...above))) {
      const logs = [...above, ...band].map(Math.log10);
      const high = logs.length ? Math.ceil(Math.max(...logs) - 1e-9) : 0;
      const low = Math.min(high - 1, logs.length ? Math.floor(Math.min(...logs) + 1e-9) : high);
      const every = Math.ceil((high - low) / 4), ticks = [];
      for (let n = high; n >= low; n -= every) ticks.push([10 ** n, decade(n)]);
      return { at: (v) => (Math.log10(v) - low) / (high - low), ticks, log: true, zero: values.includes(0) };
    }
    const high = Math.max(0, ...values) || 1, step = even(high, 4), ticks = [];
    for (let k = 0; k * step <= high * (1 + 1e-9); k++) ticks.push([k * step, plain(k * step)]);
    return { at: (v) => v / high, ticks };
  }

  /* Drawing ----------------------------------------------------------------------------------------- */

  function stroke(pen, ...points) {
    pen.beginPath();
    for (const [x, y] of points) pen.lineTo(x, y);
    pen.stroke();
  }
  /* A line, broken where there is no number; where it ends. */
  function curve(pen, { name, points, thin }, place, marks) {
    pen.lineWidth = thin ? 1 : 2;
    pen.setLineDash(DASH[name]);
    pen.beginPath();
    let end, drawing = false;
    for (const [x, y] of points) {
      if (y === null) { drawing = false; continue; }
      end = place(x, y);
      if (drawing) pen.lineTo(...end); else pen.moveTo(...end);
      drawing = true;
    }
    pen.stroke();
    pen.setLineDash([]);
    for (const [x, y] of (marks && points.length <= MANY) || points.length === 1 ? points : []) if (y !== null) {
      pen.beginPath();
      pen.arc(...place(x, y), MARK[name], 0, 7);
      pen.fill();
    }
    return end;
  }
  /* The names at the lines' ends, apart from each other and inside the picture. */
  function named(pen, ends, look, foot) {
    const [one, other] = ends, room = SMALL + 1;
    for (const end of ends) end.y = Math.min(foot, Math.max(SMALL / 2, end.y));
    if (other && Math.abs(one.y - other.y) < room && Math.abs(one.x - other.x) < 9) {
      const [upper, lower] = one.y <= other.y ? [one, other] : [other, one];
      const middle = Math.min(foot - room / 2, Math.max((SMALL + room) / 2, (one.y + other.y) / 2));
      upper.y = middle - room / 2;
      lower.y = middle + room / 2;
    }
    pen.textAlign = "left";
    pen.font = `bold ${look.font}`;
    for (const { name, x, y } of ends) {
      pen.fillStyle = look.names[name];
      pen.fillText(name, x + 6, y);
    }
  }

  /* spec: lines [{ name, points: [[x, y or null], …], thin }], x: [first, last], kind: "percent", "log", "wide"
     (logarithmic if it spans more than two decades), band: [low, high], marks, now: an x, none: words for
     no number at all. Returns whether the axis is logarithmic. */
  nnbook.chart = (canvas, { lines, x: [first, last], kind, band, marks, now, none }, look) => {
    const { pen, width, height } = nnbook.fitted(canvas);
    const values = lines.flatMap(({ points }) => points.map((point) => point[1])).filter((v) => v !== null);
    pen.font = look.font;
    pen.textBaseline = "middle";
    if (!values.length) {
      pen.textAlign = "center";
      pen.fillStyle = look.ink;
      pen.fillText(none, width / 2, height / 2);
      return kind === "log";
    }

    const { at, ticks, log, zero } = upright(values, kind, band);
    const left = 8 + Math.max(...ticks.map(([, words]) => pen.measureText(words).width));
    const right = width - RIGHT, foot = height - FOOT, low = foot - (zero ? STRIP : 4);
    const across = (v) => left + 4 + (first === last ? 0.5 : (v - first) / (last - first)) * (right - left - 8);
    const up = (v) => log && v <= 0 ? foot - 3 : low - at(v) * (low - TOP);

    pen.fillStyle = pen.strokeStyle = look.rule;
    pen.globalAlpha = 0.45;
    if (band) pen.fillRect(left, up(band[1]), right - left, up(band[0]) - up(band[1]));
    pen.globalAlpha = 1;
    pen.fillStyle = look.faint;
    pen.lineWidth = 1;
    pen.textAlign = "right";
    for (const [v, words] of zero ? [...ticks, [0, "0"]] : ticks) {
      const y = Math.round(up(v)) + 0.5;
      stroke(pen, [left, y], [right, y]);
      pen.fillText(words, left - 4, y);
    }
    pen.textAlign = "center";
    for (const v of whole(first, last, (right - left) / 45)) pen.fillText(plain(v), across(v), height - FOOT / 2 + 2);
    pen.strokeStyle = look.faint;
    if (now !== undefined) stroke(pen, [across(now), TOP], [across(now), foot]);

    const ends = [];
    for (const line of lines) {
      pen.strokeStyle = pen.fillStyle = look[line.name];
      const end = curve(pen, line, (x, y) => [across(x), up(y)], marks);
      if (line.thin) continue;
      if (end) ends.push({ name: line.name, x: end[0], y: end[1] });
      else pen.fillText(`${line.name}: ${none}`, (left + right) / 2, foot / 2);
    }
    named(pen, ends, look, foot);
    return Boolean(log);
  };
})();
