/* nnbook.attacking(figure, python) lets the reader of a claim under attack (static/attack.js) type any
   setting, since Python is there: python.go(at) tries it, python.stop() ends that. `go` gives the value,
   and `apart`, why it does not count, if it does not; or `words` or `html`, why there is none. */
"use strict";
(() => {
  const nnbook = window.nnbook ??= {};

  nnbook.attacking = (figure, python) => {
    const { facts: { knobs, wanted }, made, fill, said, fields, button, row, more, build, note } = figure.attack;
    const { textContent: name } = button;
    let timer;
    async function attempt() {
      if (timer) return python.stop();
      const at = fields.map((field) => field.valueAsNumber);
      const wrong = fields.findIndex((field) => !field.value || !field.validity.valid);
      if (wrong >= 0) {
        said.textContent = fill(wanted, { range: knobs[wrong].range, value: fields[wrong].value || "no number" });
        return fields[wrong].focus();
      }
      const clock = made("span", { "aria-hidden": true }); // seen, and not read out each second
      let seconds = 0;
      timer = setInterval(() => { clock.textContent = `, ${++seconds} s`; }, 1000);
      button.textContent = "Stop";
      said.replaceChildren("Running …", clock);
      figure.setAttribute("aria-busy", "true");
      const { value, apart, words, html = "" } = await python.go(at);
      clearInterval(timer);
      timer = undefined;
      button.textContent = name;
      figure.removeAttribute("aria-busy");
      if (value === undefined) said.textContent = words ?? "";
      else note(at, value, apart);
      said.append(nnbook.clean(html));
    }
    fields.forEach((field, i) => {
      const { ends: [min, max], whole, range } = knobs[i];
      const any = { type: "number", min, max, step: whole ? 1 : "any", value: field.value, title: range };
      fields[i] = made("input", any);
      fields[i].onkeydown = ({ key }) => { if (key === "Enter" && !timer) attempt(); };
    });
    build();
    more?.remove();
    button.onclick = attempt;
    row.before(made("p", { class: "attack-ranges" }, `Any setting: ${knobs.map(({ range }) => range).join("; ")}.`));
  };
})();
