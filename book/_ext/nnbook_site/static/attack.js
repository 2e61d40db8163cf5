/* Try to refute it: the settings of a claim under attack, the try, and the reader's own tries in the
   picture. The words come as data (nnbook_lib/live/claim.py). Here the settings are those that the book
   tried; with the page's Python they are any: in_page/attacking.js. */
"use strict";
(() => {
  const nnbook = window.nnbook ??= {}, { progress } = nnbook, SVG = "http://www.w3.org/2000/svg";
  const look = (element, attributes) => {
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const made = (tag, attributes, ...inside) => {
    const element = look(document.createElement(tag), attributes);
    element.append(...inside);
    return element;
  };
  const fill = (words, values) => words.replace(/{(\w+)}/g, (_, name) => values[name]);
  const commas = (size, places) =>
    size.toLocaleString("en-US", { minimumFractionDigits: places, maximumFractionDigits: places });

  /* A number as nnbook_lib/numbers.py writes it: of two that are as near, the even one */
  function written(value, digits) {
    const size = Math.abs(value), sign = value < 0 ? "−" : "", exact = size.toExponential(60);
    if (size < 1e5 && Number.isInteger(size)) return sign + commas(size, 0);
    let [head, power] = size.toExponential(digits - 1).split("e");
    if (/^50*e/.test(exact.slice(digits + 1)) && exact[digits] % 2 === 0) head = exact.slice(0, digits + 1);
    const short = (text) => text.replace(/\.0*$|(\..*?)0+$/, "$1");
    if (power >= -3 && power < 5) return sign + short(commas(Number(`${head}e${power}`), Math.max(0, digits - 1 - power)));
    const raised = power.slice(power[0] === "+").replace(/./g, (c) => c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c]);
    return `${sign}${short(head) === "1" ? "" : `${short(head)}\u00a0×\u00a0`}10${raised}`;
  }
  const setting = (value, whole) => whole ? commas(value, 0) : written(value, 3);

  let count = 0;
  nnbook.attack = (figure) => {
    const facts = JSON.parse(figure.dataset.facts), { kept } = figure.dataset, { low, high, knobs } = facts;
    const bounds = [low, high].filter((bound) => bound !== null), id = `attack-${++count}`;
    const slack = (value) => bounds.length === 2 && low > 0
      ? value > 0 ? Math.min(Math.log(value / low), Math.log(high / value)) : -Infinity
      : Math.min(low === null ? Infinity : value - low, high === null ? Infinity : high - value);

    function filled(words, { at, value }, tries = 0) {
      let digits = 2;
      const apart = (bound) => bound === value || written(bound, digits) !== written(value, digits);
      while (digits < 8 && !bounds.every(apart)) digits++;
      const below = low === null ? "" : `below ${written(low, digits)}`;
      const above = high === null ? "" : `above ${written(high, digits)}`;
      return fill(words, {
        value: written(value, digits), tries: `${commas(tries, 0)}\u00a0${tries === 1 ? "try" : "tries"}`,
        at: at.map((v, i) => `${knobs[i].label}\u00a0${setting(v, knobs[i].whole)}`).join(", "),
        bound: [below, above].filter(Boolean).join(" or "), side: low !== null && value < low ? below : above,
      });
    }

    /* The reader's tries: those of this visit; of all of them how many, and the best */
    const { log, ends, x: [left, right], y } = facts.picture, mine = figure.querySelector(".attack-mine");
    const closest = Math.min(...facts.tried.map(slack));
    const said = made("p", { class: "attack-said", role: "status" }), told = made("p", { class: "attack-best" });
    const you = look(document.createElementNS(SVG, "text"), { x: left - 8, y: y + 4, "text-anchor": "end" });
    you.textContent = "you";
    let tried = {}, tries = 0, best;
    function point(value, name, r) {
      const on = log ? value > 0 ? Math.log10(value) : ends[0] : value;
      const share = Math.min(Math.max((on - ends[0]) / (ends[1] - ends[0]), 0), 1);
      const cx = (left + share * (right - left)).toFixed(1);
      return look(document.createElementNS(SVG, "circle"), { class: name, cx, cy: y, r });
    }
    function show() {
      const points = Object.values(tried).map((value) => point(value, "attack-try", 3));
      mine.replaceChildren(you, ...points, ...best ? [point(best.value, "attack-point", 5)] : []);
      const holds = best && slack(best.value) >= 0;
      told.textContent = !best ? "" : filled(holds ? facts.closest : facts.clearest, best, tries)
        + (holds && slack(best.value) < closest ? ` ${facts.closer}` : "");
    }
    function recall() { // what the browser does not keep, the page holds
      const text = progress?.get("attack", progress.page)?.[kept];
      const [n, at, value] = text?.split(";") ?? [], places = at?.split(",").map(Number);
      if (places?.length === knobs.length) [tries, best] = [Number(n), { at: places, value: Number(value) }];
      else if (one.wasKept) [tried, tries, best] = [{}, 0];
      one.wasKept = Boolean(text);
      show();
    }
    const one = {
      facts, made, fill, said,
      button: made("button", { type: "button" }, "Try to refute it"),
      row: made("div", { class: "attack-row" }),
      fields: knobs.map(({ values, whole }) =>
        made("select", {}, ...values.map((value) => made("option", { value }, setting(value, whole))))),
      build() {
        one.row.replaceChildren(...one.fields.map((field, i) =>
          made("span", {}, made("label", { for: look(field, { id: `${id}-${i}` }).id }, knobs[i].label), field)), one.button);
      },
      /* A try has given this. apart: why it does not count, if it does not. */
      note(at, value, apart) {
        said.textContent = filled(slack(value) >= 0 ? facts.holds : facts.refuted, { at, value });
        if (apart) return said.append(` ${apart}`);
        if (!(at in tried)) tries++;
        tried[at] = value;
        if (!best || slack(value) < slack(best.value)) best = { at, value };
        const text = `${tries};${best.at};${best.value}`;
        progress?.put("attack", progress.page, { ...progress.get("attack", progress.page), [kept]: text });
        show();
      },
    };
    one.button.onclick = () => {
      const i = one.fields.reduce((sum, field) => sum * field.length + field.selectedIndex, 0);
      one.note(one.fields.map((field) => Number(field.value)), facts.tried[i]);
    };
    one.build();
    figure.append(one.row, said, told);
    if (nnbook.runPage) {
      one.more = made("button", { type: "button", class: "attack-more" }, "Choose any setting, with Python");
      one.more.onclick = () => nnbook.runPage(one.row);
      one.row.after(one.more);
    }
    figure.classList.add("attack-on");
    figure.attack = one;
    progress?.onchange(recall);
    recall();
  };
  for (const figure of document.querySelectorAll("figure.attack")) nnbook.attack(figure);
})();
