/* nnbook.training(python, on): the two networks as Python trains them. It asks one thing at a time, the newest
   wish first, so that a control is answered as soon as Python has done the few steps it is at.

     on.opened({ notes }), on.refused(words)   an experiment stands at step 0, or cannot be
     on.seen(), on.rest()                      `shown` is another moment; nothing is left to do
     on.computing(step, end)                   where no pictures are wanted on the way
     on.found(words)                           what a preset's question is answered with
     on.slow(), on.lost(why)                   Python has been silent for long; it is no more */
"use strict";
(() => {
  const ENDED = [null, null, null]; // of a network that has stopped, in the curves
  const nnbook = window.nnbook ??= {};
  const LEAST = 0.06, MOST = 0.25; // seconds of training before a picture: half of what the last picture took
  const PATIENCE = 6000; // ms that Python may be silent
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const frame = () => new Promise(requestAnimationFrame);

  nnbook.training = (python, on) => {
    let experiment, preset;
    let fresh = false, wanted = -1, jobs = []; // wishes: to begin anew, to show the moment of a step, to answer
    let took = 0; // ms, by Python's last answer
    let working = false, dead = false; // dead: Python is no more, and starts when there is something to train
    const now = {
      data: null, course: [], last: null, shown: null, // of the course, a row a kept moment
      ready: false, running: false, over: false, speed: 1,
      until: 0, // the step at which a preset's question is answered, while it runs there
      get looking() { return wanted >= 0; }, // at another moment, soon
      begin, start, pause, once, look, ask, work, end,
    };

    async function call(values) {
      const slow = setTimeout(() => { if (now.ready) on.slow(); }, PATIENCE), begun = performance.now();
      try {
        return await python.call("twins", values);
      } finally {
        clearTimeout(slow);
        took = performance.now() - begun;
      }
    }
    async function work() {
      if (working) return;
      working = true;
      try {
        for (;;) {
          if (fresh) await open();
          else if (wanted >= 0) await show();
          else if (jobs.length) await answer(jobs.shift());
          else if (now.running && !document.hidden) await advance();
          else break;
        }
        working = false;
        on.rest();
      } catch (why) {
        working = now.running = now.ready = false;
        drop();
        if (fresh) return work(); // the reader begins anew
        dead = true;
        on.lost(why);
      }
    }
    async function open() {
      fresh = now.over = false;
      wanted = -1;
      drop();
      const opened = await call({ do: "open", experiment, preset });
      now.ready = true;
      if (fresh) return;
      if (opened.error) {
        now.running = false;
        return on.refused(opened.error);
      }
      ({ data: now.data, course: now.course, moment: now.last } = opened);
      now.shown = now.last;
      on.opened(opened);
      on.seen();
    }
    async function advance() {
      const quiet = now.until > 0 && calm.matches;
      const most = now.until ? now.until - now.last.step : Infinity;
      const steps = Math.min(most, quiet ? Infinity : now.speed);
      const seconds = quiet ? MOST : Math.min(MOST, Math.max(LEAST, took / 2000));
      const [moved] = await Promise.all([call({ do: "advance", steps, seconds }), frame()]);
      if (!fresh) await arrived(moved, quiet);
    }
    async function arrived({ moment, course, over }, quiet = false) {
      if (course) now.course = course;
      else now.course[moment.index] = [moment.step, ...moment.sides.flatMap(
        (side) => side.stopped ? ENDED : [side.loss, side.accuracy, side.test])];
      now.last = moment;
      now.over = over;
      const found = now.until > 0 && (over || moment.step >= now.until);
      if (over || found) now.running = false;
      if (quiet && now.running) return on.computing(moment.step, now.until);
      now.shown = moment;
      on.seen();
      if (!found) return;
      now.until = 0;
      const { says } = await call({ do: "finding" });
      if (!fresh) on.found(says);
    }
    async function show() {
      const step = wanted, index = now.course.findLastIndex((row) => row[0] <= step); // fewer may be kept by now
      const { moment } = await call({ do: "at", index });
      if (wanted === step) wanted = -1;
      if (fresh) return;
      now.shown = moment;
      on.seen();
    }
    async function answer({ values, resolve }) {
      let said = {};
      try {
        said = await call(values);
        if (!fresh && values.do === "advance") await arrived(said);
      } finally {
        resolve(fresh ? {} : said);
      }
    }
    const drop = () => { for (const { resolve } of jobs.splice(0)) resolve({}); };

    /* Begin an experiment, a preset's if that is named, at step 0. */
    function begin(wish, name = null) {
      [experiment, preset] = [wish, name];
      fresh = true;
      dead = false;
      now.until = 0;
      work();
    }
    const revive = () => { if (dead) begin(experiment, preset); };
    function start(until = 0) {
      revive();
      now.until = until;
      now.running = true;
      work();
    }
    function pause() {
      now.running = false;
      now.until = 0;
    }
    function once() {
      pause();
      if (dead) return revive();
      ask({ do: "advance", steps: 1 });
    }
    function look(index) {
      pause();
      if (dead) return;
      wanted = now.course[index]?.[0] ?? -1;
      work();
    }
    function ask(values) {
      return dead ? Promise.resolve({}) : new Promise((resolve) => {
        jobs.push({ values, resolve });
        work();
      });
    }
    /* Python ends at once, and with it what it was at. */
    function end() {
      pause();
      now.ready = false;
      python.stop();
    }
    return now;
  };
})();
