/* On JupyterLite's page: if Python doesn't come, a bar above Lab says so, and what to do. What it
   knows it hears from signs.js in the workers; it asks nobody, and keeps nothing. */
"use strict";
(() => {
  const opened = location.href; // with the notebook's name, which Lab takes out of the address
  const script = document.currentScript, site = new URL("..", script.src);
  const kernels = new Map(); // worker -> what it said last
  const bar = document.createElement("div");
  bar.id = "nnbook-waiting";
  bar.setAttribute("role", "alert");
  let shown = "", closed = ""; // what the bar says; what the reader has put away

  /* The address that Python is fetched from, in words: of what failed, or else where it begins. */
  function source(lost) {
    const config = JSON.parse(document.getElementById("jupyter-config-data").textContent || "{}");
    const kernel = config.litePluginSettings?.["@jupyterlite/pyodide-kernel-extension:kernel"];
    const address = lost[0] ?? kernel?.pyodideUrl ?? script.dataset.pyodide;
    const { host } = new URL(address, site);
    return host === location.host ? "this site" : host;
  }
  function words({ ready, failed, lost }) {
    const names = lost.map((address) => new URL(address).pathname.split("/").pop().split("-")[0]);
    return [
      !ready ? "Python has not arrived, so no cell can run: each stays at [*]."
        : `A part of Python has not arrived${names.length ? `: ${names.join(", ")}` : ""}. A cell that `
          + "needs it fails or stays at [*].",
      `It comes from ${source(lost)} when a notebook opens. You may be offline, or your network may `
        + "block that address, as some schools and companies do. "
        + (failed ? "" : "If it arrives after all, this message goes away. ")];
  }
  function link(text, address) {
    const to = document.createElement("a");
    to.textContent = text;
    to.href = new URL(address, site);
    return to;
  }
  function button(text, press) {
    const made = document.createElement("button");
    made.textContent = text;
    made.type = "button";
    made.addEventListener("click", press);
    return made;
  }

  function build([what, why]) {
    const head = document.createElement("strong");
    head.textContent = what;
    bar.replaceChildren(head, ` ${why}What you can do: `,
      button("Try again", () => location.assign(opened)), ", read ",
      link("the chapters", script.dataset.read), ", whose figures move without Python, or run the "
      + "notebook through ", link("another door", script.dataset.doors),
      ": Binder, Colab or your own computer. ",
      button("Close", () => { closed = shown; show(); }));
  }
  function show() {
    const limit = Number(script.dataset.seconds);
    const bad = [...kernels.values()].find(({ ready, failed, quiet, lost }) =>
      failed || quiet >= limit || (ready && lost.length));
    const said = bad ? words(bad) : [];
    if (!bad) closed = "";
    const wanted = said.join() === closed ? "" : said.join();
    if (wanted === shown) return;
    shown = wanted;
    if (shown) {
      build(said);
      document.body.prepend(bar);
    } else bar.remove();
    document.documentElement.style.setProperty("--nnbook-waiting", `${bar.offsetHeight}px`);
    dispatchEvent(new Event("resize")); // Lab fits itself into what is left
  }

  const style = document.createElement("style");
  style.textContent = `
    #nnbook-waiting { position: fixed; inset: 0 0 auto; z-index: 10000; box-sizing: border-box;
      padding: 0.6em 1em; max-height: 50vh; overflow: auto; background: #fff6df; color: #222; border-bottom: 2px solid #8a5300;
      font: 14px/1.5 system-ui, sans-serif }
    #nnbook-waiting a { color: #005a92; text-decoration: underline }
    #nnbook-waiting button { font: inherit; color: inherit; cursor: pointer }
    #main { top: var(--nnbook-waiting, 0) !important }`;
  document.head.append(style);

  window.Worker = class extends Worker {
    constructor(address, options) {
      super(address, options);
      if (!String(address).includes("/pyodide-kernel-extension/")) return;
      kernels.set(this, { ready: false, failed: false, quiet: 0, lost: [] });
      const hear = (news) => { if (kernels.has(this)) { kernels.set(this, news); show(); } };
      let heard = false;
      this.addEventListener("message", ({ data }) => {
        if (data?.nnbook) { heard = true; hear(data.nnbook); }
      });
      this.addEventListener("error", () => { // not even its own code came
        if (!heard) hear({ ...kernels.get(this), failed: true });
      });
    }
    terminate() {
      kernels.delete(this);
      show();
      super.terminate();
    }
  };
})();
