/* The page's Python: starts the worker that has it, sends it cells, and ends it when it does not
   answer. One for a page; whatever a reader has typed is not here, so nothing is lost with it.

     const python = new nnbook.Python("../");
     python.onprogress = ({ stage, words, done, total }) => …;
     const result = await python.run("1 + 1", { name: "cell 1" });
*/
"use strict";
(() => {
  const nnbook = (window.nnbook ??= {});
  const GRACE = 2; // seconds that Python has to end a cell by itself, before the page ends Python
  const BROKEN = "Python broke down in this cell and has been started again. Nothing you typed is lost. " +
    "Usually the cell asks for more memory than a page has, or calls itself too deeply.";
  const DAMAGED = "One of Python's files is damaged, or of another version. " +
    "Try again; if that does not help, the site must be published again.";

  const UNFIT = "Python's script is damaged, or this browser cannot run it: one of the last few years can. " +
    "Try again; the other ways to run this page are under its title.";

  function script(address) {
    const tag = document.createElement("script");
    return new Promise((resolve, reject) => {
      tag.onload = () => resolve(tag.pack); // a pack sets it; other scripts have none
      tag.onerror = () => reject(new Error(
        `The file ${address.match(/[^/?]*(?=\?|$)/)[0]} did not come. Is the site's folder complete? Try again.`));
      tag.src = address;
      document.head.append(tag);
    }).finally(() => tag.remove());
  }
  async function unpacked(text) {
    try {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
      return await new Response(stream).arrayBuffer();
    } catch {
      throw new Error(DAMAGED);
    }
  }

  class Python {
    onprogress = () => {};
    #place; #worker; #started; #drawing; #packs = new Map();
    #waiting = new Map(); // id -> { resolve, reject }
    #last = 0; #slow = 1; #turn = Promise.resolve();
    #round = 0; // of workers: what was begun for one that has been ended is not done for the next

    constructor(root) {
      this.#place = `${root}_static/python/`;
    }

    /* Starting ------------------------------------------------------------------------------- */

    start({ drawing = false } = {}) {
      this.#started ??= this.#whole((here) => this.#start(here));
      if (!drawing) return this.#started;
      const started = this.#started;
      return this.#drawing ??= this.#whole((here) => started.then(() => this.#draw(here)));
    }
    /* A step of starting. If it fails, so does its worker: it has given up the file that did not come,
       and the next call asks anew. */
    async #whole(step) {
      const round = this.#round;
      const here = (value) => {
        if (round !== this.#round) throw stopped();
        return value;
      };
      try {
        return await step(here);
      } catch (why) {
        if (round === this.#round) this.#broken(why);
        if (!why.stopped) this.#packs.clear(); // one of them may be damaged
        throw why;
      }
    }
    async #start(here) {
      const folder = location.protocol === "file:";
      if (!nnbook.files) here(await script(`${this.#place}files.js?v=${this.#version()}`));
      if (!nnbook.files) throw new Error(DAMAGED);
      const source = folder ? here(await this.#blob()) : `${this.#place}worker.js?v=${nnbook.files.version}`;
      const worker = this.#worker = new Worker(source);
      worker.onmessage = ({ data }) => this.#heard(data);
      worker.onerror = (event) => {
        event.preventDefault();
        const came = event.message && !/importScripts/.test(event.message);
        this.#broken(new Error(came ? UNFIT : "Python's script did not come. Is there a connection? Try again."));
      };
      const files = folder ? here(await this.#files("core")) : undefined;
      this.#slow = (await this.#ask("start", { files })).slow;
      this.onprogress({ stage: "ready", words: "Python is ready", done: 1, total: 1 });
    }
    async #draw(here) {
      if (location.protocol === "file:") {
        const files = here(await this.#files("drawing"));
        await this.#ask("more", { files });
      }
      await this.#ask("draw");
      this.onprogress({ stage: "ready", words: "Python is ready", done: 1, total: 1, drawing: true });
    }
    #version() {
      return document.getElementById("nnbook-python")?.dataset.version ?? "";
    }

    /* From a folder: packs are scripts, since nothing can be fetched --------------------------- */

    async #blob() {
      const text = await unpacked(await this.#pack("worker.js"));
      return URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    }
    async #files(group) {
      const size = (files) => files.reduce((sum, file) => sum + file.bytes, 0);
      const files = nnbook.files[group].filter(({ name }) => !/^pyodide\.(asm\.)?m?js$/.test(name));
      const { core, drawing } = nnbook.files;
      const ready = [], total = size(core) + (group === "core" ? 0 : size(drawing));
      let done = total - size(files); // the scripts are in the worker's own pack
      for (const { name, bytes } of files) {
        ready.push([name, await unpacked(await this.#pack(name))]);
        done += bytes;
        const words = `${done < total ? "Loading" : "Starting"} ${group === "core" ? "Python" : "matplotlib"}`;
        this.onprogress({ stage: "fetch", words, done, total });
      }
      return ready;
    }
    #pack(name) {
      if (!this.#packs.has(name)) {
        const coming = script(`${this.#place}packs/${name}.js?v=${nnbook.files.version}`).then((pack) => {
          if (pack === undefined) throw new Error(DAMAGED); // cut, it is no script
          return pack;
        });
        this.#packs.set(name, coming);
        coming.catch(() => this.#packs.delete(name));
      }
      return this.#packs.get(name);
    }

    /* Asking and hearing ----------------------------------------------------------------------- */

    #ask(step, more = {}) {
      const id = ++this.#last;
      return new Promise((resolve, reject) => {
        this.#waiting.set(id, { step, resolve, reject });
        this.#worker.postMessage({ id, step, ...more });
      });
    }
    #heard({ id, value, failed, readable, ...progress }) {
      if (id === undefined) return this.onprogress(progress);
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (failed === undefined) waiting?.resolve(value);
      else waiting?.reject(Object.assign(new Error(
        readable ? failed : waiting.step === "call" ? BROKEN : DAMAGED), { detail: failed }));
    }
    #end() {
      this.#worker?.terminate();
      this.#worker = this.#started = this.#drawing = undefined;
      this.#round++;
      const left = [...this.#waiting.values()];
      this.#waiting.clear();
      return left;
    }
    #broken(why) {
      for (const { reject } of this.#end()) reject(why);
    }

    /* Cells ------------------------------------------------------------------------------------ */

    /* One at a time, in the order in which they were asked for. */
    run(source, { name = "cell", before = [], seconds = null, shared = false, drawing = false } = {}) {
      return this.#next(async () => {
        try {
          await this.start({ drawing });
        } catch (why) {
          if (why.stopped) return { status: "stopped", ...NOTHING };
          throw why;
        }
        return this.#watched(seconds, () =>
          this.#call("run", { source, name, before, shared, seconds: seconds && seconds * this.#slow }));
      });
    }
    async call(name, values) {
      return this.#next(async () => {
        await this.start();
        return this.#call(name, values);
      });
    }
    #next(task) {
      const mine = this.#turn.then(task);
      this.#turn = mine.catch(() => {});
      return mine;
    }
    async #call(name, values) {
      return JSON.parse(await this.#ask("call", { name, text: JSON.stringify(values) }));
    }
    async #watched(seconds, task) {
      const again = Boolean(this.#drawing);
      const timer = seconds && setTimeout(() => {
        this.#broken(Object.assign(new Error(), { ended: `This ran for ${Math.round(seconds * this.#slow)} ` +
          "seconds without coming to an end, and was stopped, Python with it; it has been started again." }));
      }, (seconds + GRACE) * this.#slow * 1000);
      try {
        return await task();
      } catch (why) {
        if (why.stopped) return { status: "stopped", ...NOTHING };
        this.#end();
        return { status: "broken", ...NOTHING, error: { says: why.ended ?? why.message, plain: "", line: null, lines: [] } };
      } finally {
        clearTimeout(timer);
        if (!this.#worker) this.start({ drawing: again }).catch(() => {}); // while the reader thinks
      }
    }

    /* The worker ends at once; what it was asked for is answered with "stopped". */
    stop() {
      this.#broken(stopped());
    }
  }
  const stopped = () => Object.assign(new Error("Python was stopped."), { stopped: true });
  const NOTHING = { printed: "", shown: [], error: null, verdict: null, seconds: 0 };

  nnbook.Python = Python;
})();
