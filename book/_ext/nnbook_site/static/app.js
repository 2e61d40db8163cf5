/* Registers the worker that keeps the book for reading without a connection (sw.js), and tells it
   which page is read. The rest of the book is kept for who reads on: on a second page, or after a
   minute; not where data is dear. Where a browser refuses, the book works as without. */
"use strict";
(() => {
  if (!location.protocol.startsWith("http")) {
    document.querySelector("link[rel=manifest]").remove(); // a folder's browser may not read it
    return;
  }
  const worker = new URL("../sw.js", document.currentScript.src).href;
  const { connection } = navigator;
  const dear = connection?.saveData || /2g/.test(connection?.effectiveType);
  const idle = window.requestIdleCallback ?? setTimeout;

  async function start() {
    const workers = navigator.serviceWorker;
    const ours = () => workers.controller?.scriptURL === worker && workers.controller;
    let rest = ours();
    const tell = () => ours() && ours().postMessage({ page: location.href, rest: Boolean(rest && !dear) });
    workers.addEventListener("controllerchange", tell);
    tell();
    setTimeout(() => { rest = true; tell(); }, 60_000);
    await workers.register(worker);
  }
  addEventListener("load", () => idle(() => start().catch(() => {})));
})();
