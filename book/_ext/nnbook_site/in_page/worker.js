/* Python, in a worker of its own: Pyodide, numpy and the book's library, from the site's own files.

   The same for both ways a site is opened. Over http(s) this file is the worker, and its files lie
   beside it. From a folder nothing can be fetched: then the page makes the worker of one text, of
   which this is the end, and sends the files along. Either way Pyodide asks for them by `fetch`,
   which here knows the site's files and nothing else. */
"use strict";
(() => {
  const nnbook = (self.nnbook ??= {});
  const query = self.location.search; // ?v=…: files of this version, not of one that was kept
  if (!nnbook.files) importScripts(`files.js${query}`, `pyodide.asm.js${query}`, `pyodide.js${query}`);

  const PACKAGES = "/lib/python3.12/site-packages";
  const known = new Map([...nnbook.files.core, ...nnbook.files.drawing].map((file) => [file.name, file]));
  const scripts = ["pyodide.js", "pyodide.asm.js"]; // they are here already
  const network = self.fetch.bind(self);
  const asked = new Map(); // name -> promise of a Response; each file once
  let sent; // name -> its bytes, unpacked, where the page has sent them
  let pyodide, page;
  let done = nnbook.files.core.reduce((sum, { name, bytes }) => sum + scripts.includes(name) * bytes, 0);
  let total = done, what = "Python";

  const tell = (stage, words) => postMessage({ stage, words, done, total });
  const wanted = (group) => nnbook.files[group].filter((file) => !scripts.includes(file.name));

  /* Files ---------------------------------------------------------------------------------- */

  /* The first file that does not come ends the start: Pyodide would wait for it, or have words of
     its own for what follows. */
  let fault, give_up;
  const lost = new Promise((_, reject) => { give_up = reject; });
  lost.catch(() => {});
  class Missing extends Error { // its message is a sentence for readers
    constructor(words) {
      super(words);
      fault ??= this;
      give_up(this);
    }
  }

  function counted(file, body) {
    let bytes = 0;
    return body.pipeThrough(new TransformStream({
      transform(piece, stream) {
        bytes += piece.length;
        done += piece.length;
        tell("fetch", `${done < total ? "Loading" : "Starting"} ${what}`);
        stream.enqueue(piece);
      },
      flush() {
        if (bytes !== file.bytes) throw new Missing(
          `The file ${file.file} is damaged: ${bytes} of ${file.bytes} bytes came. ` +
          "Try again; if that does not help, the site must be published again.");
      },
    }, undefined, { highWaterMark: Infinity })); // counted as it comes, and not as it is used
  }
  async function fetched(file) {
    let answer;
    try {
      answer = await network(file.file + query);
    } catch {
      throw new Missing(`The file ${file.file} did not come. Is there a connection? Try again.`);
    }
    if (!answer.ok) throw new Missing(
      `The file ${file.file} is not on this site (${answer.status}). ` +
      "The page can be read as before; the other ways to run it are under its title.");
    let body = counted(file, answer.body);
    if (file.packed) {
      const unpacking = new DecompressionStream("gzip");
      body.pipeTo(unpacking.writable).catch(() => new Missing(
        `The file ${file.file} is damaged. Try again; if that does not help, the site must be published again.`));
      body = unpacking.readable;
    }
    return body;
  }
  async function opened(name) {
    const type = name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
    const body = sent ? sent.get(name) : await fetched(known.get(name));
    return new Response(body, { headers: { "Content-Type": type } });
  }
  function ask(name) {
    if (!known.has(name)) return Promise.reject(new Missing(`This page has no file ${name}.`));
    if (!asked.has(name)) asked.set(name, opened(name));
    return asked.get(name);
  }
  self.fetch = (request) => ask(new URL(request.url ?? request, "https://page/").pathname.split("/").pop());

  /* Starting --------------------------------------------------------------------------------- */

  const quiet = { messageCallback() {}, errorCallback() {} };

  function askAll(group) { // at once, and not one after the other
    for (const file of wanted(group)) {
      total += file.bytes;
      ask(file.name).catch(() => {}); // said when it is used
    }
  }
  async function start() {
    askAll("core");
    pyodide = await loadPyodide({
      indexURL: "https://page/", lockFileURL: "https://page/pyodide-lock.json", stdin: () => null,
    });
    tell("numpy", "Starting numpy");
    await pyodide.loadPackage("numpy", quiet);
    tell("library", "Starting the book's library");
    pyodide.unpackArchive(await (await ask("nnbook_lib.zip")).arrayBuffer(), "zip", { extractDir: PACKAGES });
    page = pyodide.pyimport("nnbook_lib.in_page");
    page.settle();
  }
  async function draw() {
    what = "matplotlib";
    askAll("drawing");
    tell("drawing", "Loading matplotlib");
    await pyodide.loadPackage("matplotlib", quiet);
    tell("drawing", "Starting matplotlib");
    page.draw();
  }

  /* How long a loop takes here, beside a laptop of 2020: what waits for Python waits longer. */
  function slowness() {
    const begun = performance.now();
    pyodide.runPython("for _ in range(200_000): pass");
    return Math.min(6, Math.max(1, (performance.now() - begun) / 30));
  }

  const steps = {
    async start({ files }) {
      sent = files && new Map(files);
      await start();
      return { slow: slowness() };
    },
    more({ files }) { for (const [name, bytes] of files) sent.set(name, bytes); },
    draw,
    call({ name, text }) { return page[name](text); },
  };

  self.onmessage = async ({ data }) => {
    try {
      postMessage({ id: data.id, value: await Promise.race([lost, steps[data.step](data)]) });
    } catch (why) {
      postMessage({ id: data.id, failed: String(fault?.message ?? why), readable: Boolean(fault) });
    }
  };
})();
