/* nnbook.laboratory({ figure, told, root, megabytes }) puts the twin laboratory in the place of the book's
   picture: two networks of the library train in the page's Python, and every kept moment can be seen again.
   `told` is what nnbook_lib/twins says of controls and presets; Python's side is nnbook_lib/in_page/laboratory.py. */
"use strict";
(() => {
  const nnbook = window.nnbook ??= {};
  const { made, pressed } = nnbook;
  const SPEEDS = [1, 5, 20, 100]; // steps a picture
  const PICTURES = 150; // about as many until a preset's question is answered
  const PLANE = 250; // px, the height of the planes
  const CALM = matchMedia("(prefers-reduced-motion: reduce)");
  const SPOKEN = 5000; // ms between two captions that are read out
  const LOST = "Python stopped working on this page. Nothing that is set here is lost.";
  const SLOW = "Python has been at this for some seconds. It can be ended; nothing that is set here is lost.";

  nnbook.laboratory = ({ figure, told, root, megabytes }) => {
    const python = new nnbook.Python(root);
    const twins = nnbook.training(python, { opened, refused: say, seen, rest, computing, found, slow, lost });
    const experiments = nnbook.experiments(told.controls);
    const presets = told.presets.map((one) => ({ ...one, experiment: experiments.whole(one.experiment) }));
    let experiment, preset, home = presets.find(({ key }) => key === told.opening) ?? presets[0];

    /* The page ------------------------------------------------------------------------------------- */

    const choice = made("select", { id: "twins-preset" }, made("option", { value: "" }, "your own"));
    for (const chapter of new Set(presets.map((one) => one.chapter)))
      choice.append(made("optgroup", { label: chapter }, ...presets.filter((one) => one.chapter === chapter)
        .map(({ key, title }) => made("option", { value: key }, title))));
    const question = made("p", { class: "twins-question" });
    const finding = made("p", { class: "twins-finding", role: "status" });
    const findOut = pressed("Run it and find out", find, { class: "twins-main" });
    const next = pressed("Next", () => choose(presets[(presets.indexOf(home) + 1) % presets.length]),
      { "aria-label": "Next experiment" });
    const settings = nnbook.settings(experiments, change);
    const notes = made("ul", { class: "twins-notes" });
    const ignored = made("p", { class: "twins-ignored", role: "status" });
    const run = pressed("Run", () => twins.running ? pause() : start(), { class: "twins-main" });
    const step = pressed("Step", () => { twins.once(); tell(); });
    const again = pressed("Start over", () => { twins.pause(); anew(); });
    const speed = made("select", { id: "twins-speed" }, ...SPEEDS.map((n) => made("option", { value: n }, n)));
    const moment = made("input", { type: "range", id: "twins-moment", min: 0, max: 0, value: 0 });
    const where = made("output", { for: "twins-moment" });
    const state = made("span", { role: "status" }), bytes = made("span", {});
    const bar = made("progress", { "aria-label": "Loading Python" });
    const restart = pressed("Start again", revive);
    const pictures = nnbook.pictures();
    const caption = made("figcaption", {});
    const spoken = made("p", { class: "visually-hidden", "aria-live": "polite" });
    const numbers = nnbook.numbers();
    const listing = nnbook.listing(twins.ask);
    const doctor = nnbook.doctor(() => twins.shown.step, twins.ask, tried, experiments.settings);
    const runs = made("div", { class: "twins-row twins-run" }, run, step, again,
      made("label", { for: "twins-speed" }, "Steps a picture"), speed,
      made("label", { for: "twins-moment" }, "Moment"), moment, where);
    const legend = made("p", { class: "twins-legend" }, made("span", { class: "twins-a" }, "A, solid"),
      made("span", { class: "twins-b" }, "B, dashed"));
    settings.buttons.append(pressed("Back to the book’s experiment", () => choose(home)));
    const lab = made("div", { class: "twins-lab", role: "group", "aria-label": "The twin laboratory" },
      made("div", { class: "twins-row" }, made("label", { for: "twins-preset" }, "Experiment"), choice, next,
        made("a", { href: "#the-experiments" }, "All of them")),
      made("div", { class: "twins-ask" }, question, findOut), ignored,
      settings.box, notes,
      runs, made("p", { class: "twins-state" }, state, bytes, bar, restart),
      finding, legend, pictures.box, caption, spoken, doctor.box, numbers.box, listing.box);
    for (const still of figure.children) still.hidden = true;
    figure.append(lab);

    function say(words) {
      if (state.textContent !== words) state.textContent = words;
      bytes.textContent = "";
      bar.hidden = restart.hidden = true;
    }
    python.onprogress = ({ stage, words, done, total }) => {
      if (stage === "ready") return;
      const fetching = stage === "fetch" && total > 0;
      say(words);
      bytes.textContent = fetching ? `${(done / 1e6).toFixed(1)} of ${megabytes} MB` : "";
      bar.hidden = false;
      if (fetching) bar.value = Math.min(1, done / total);
      else bar.removeAttribute("value");
    };
    function tell() {
      const { running, over, shown, last, ready } = twins;
      run.textContent = running ? "Pause" : "Run";
      if (!ready) return;
      if (running) say("Running.");
      else if (over && shown.step === last.step) say(`Both networks have stopped, at step ${last.step}.`);
      else if (shown.step === last.step) say(`Paused at step ${shown.step}.`);
      else say(`Paused at step ${shown.step}. Run goes on from step ${last.step}.`);
    }

    /* What is seen --------------------------------------------------------------------------------- */

    let due = false, heard = 0;
    function draw() {
      const { data, course, shown, running, looking } = twins;
      due = false;
      if (!shown) return;
      pictures.draw({ data, course, moment: shown, names: experiments.names(experiment) });
      caption.textContent = shown.caption;
      moment.max = course.length - 1;
      if (!looking) { // a slider that is being moved stays under the finger
        moment.value = shown.index;
        where.textContent = `step ${shown.step}`;
        moment.setAttribute("aria-valuetext", `step ${shown.step}`);
      }
      const now = performance.now();
      if (running && now - heard < SPOKEN) return;
      heard = now;
      spoken.textContent = shown.caption;
      numbers.fill({ data, moment: shown });
      if (!running) listing.show(shown.step);
    }
    function seen() {
      if (!due) requestAnimationFrame(draw);
      due = true;
    }
    function rest() {
      tell();
      seen();
    }
    function opened(told) {
      notes.replaceChildren(...told.notes.map((note) => made("li", {}, note)));
      listing.forget();
      tell();
    }
    function computing(step, end) {
      say("Computing, without pictures on the way.");
      where.textContent = `step ${step} of ${end}`;
    }
    function found(says) {
      finding.textContent = says;
    }
    function slow() {
      say(SLOW);
      restart.hidden = false;
    }
    function lost(why) {
      const begun = Boolean(twins.shown);
      run.textContent = "Run";
      python.stop();
      say(begun ? LOST : why.message);
      restart.hidden = false;
    }
    function revive() {
      run.focus();
      twins.end();
      say("Starting Python again.");
      anew();
    }

    /* What the reader does ------------------------------------------------------------------------- */

    function anew() {
      finding.textContent = "";
      doctor.forget();
      twins.begin(experiment, preset?.key);
    }
    function start() {
      if (twins.over) return tell();
      twins.start();
      tell();
      inView();
    }
    /* What runs is seen: the buttons of the run come to the top where the planes are below the window. */
    function inView() {
      if (pictures.box.getBoundingClientRect().top + PLANE > innerHeight)
        runs.scrollIntoView({ behavior: CALM.matches ? "auto" : "smooth" });
    }
    function pause() {
      twins.pause();
      rest();
    }
    function find() {
      anew();
      twins.start(preset.steps);
      tell();
      inView();
    }
    function put(wish) {
      experiment = wish;
      preset = presets.find((one) => experiments.same(one.experiment, wish))
        ?? presets.find((one) => experiments.alike(one.experiment, wish)); // another seed is worth a try
      if (preset) home = preset;
      choice.value = preset?.key ?? "";
      question.textContent = preset?.question ?? "";
      findOut.hidden = !preset;
      settings.set(wish);
    }
    function change(wish) {
      put(wish);
      ignored.textContent = "";
      remember();
      anew();
    }
    function hasten(steps) {
      speed.value = SPEEDS.find((n) => steps / n <= PICTURES) ?? SPEEDS.at(-1);
      twins.speed = Number(speed.value);
    }
    function choose(one) {
      twins.pause();
      hasten(one.steps);
      change(one.experiment);
    }
    function tried(side, more) {
      change({ ...experiment, b: { ...experiment[side.toLowerCase()], ...more } });
      twins.start();
      tell();
      run.focus();
    }
    choice.onchange = () => {
      const one = presets.find(({ key }) => key === choice.value);
      if (one) return choose(one);
      twins.pause();
      settings.box.open = true;
      change(experiments.whole({})); // A and B alike, all as by default
    };
    speed.onchange = () => { twins.speed = Number(speed.value); };
    moment.oninput = () => {
      const index = Number(moment.value);
      if (!twins.shown) return;
      where.textContent = `step ${twins.course[index][0]}`;
      twins.look(index);
    };

    /* The address: #lab-KEY for a preset, #lab?… for an own experiment ----------------------------- */

    let later;
    function remember() {
      clearTimeout(later);
      later = setTimeout(() => {
        const named = preset && experiments.same(preset.experiment, experiment);
        history.replaceState(null, "", `#${named ? `lab-${preset.key}` : experiments.address(experiment)}`);
      }, 200);
    }
    function recall() {
      const [, kind, text] = /^#lab([-?])(.*)$/s.exec(location.hash) ?? [];
      if (!kind) return false;
      clearTimeout(later);
      const named = kind === "-" && presets.find(({ key }) => key === text);
      const { experiment: wish, ignored: left } = kind === "?" ? experiments.read(text)
        : { experiment: (named || home).experiment, ignored: named ? [] : [`lab-${text}`.slice(0, 40)] };
      twins.pause();
      put(wish);
      hasten(preset?.steps ?? 0);
      settings.box.open = !preset; // of a book's experiment first comes the question
      ignored.textContent = left.length ? `Ignored in the address: ${left.join(", ")}.` : "";
      anew();
      figure.scrollIntoView();
      return true;
    }
    addEventListener("hashchange", recall);
    document.addEventListener("click", ({ target }) => { // also where the address is that already
      const link = target.closest?.('a[href^="#lab"]');
      if (link && link.hash === location.hash) recall();
    });

    document.addEventListener("visibilitychange", twins.work);
    new ResizeObserver(seen).observe(pictures.box);
    new MutationObserver(seen).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    addEventListener("beforeprint", () => { figure.classList.add("twins-paper"); draw(); });
    addEventListener("afterprint", () => { figure.classList.remove("twins-paper"); seen(); });
    say("Loading Python");
    if (!recall()) {
      put(experiments.whole(told.experiment));
      hasten(preset?.steps ?? 0);
      anew();
    }
    (preset ? findOut : run).focus();
  };
})();
