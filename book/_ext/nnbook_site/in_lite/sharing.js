/* Runs in the worker of JupyterLite's Python, on a site that keeps a Python of its own: the engine and
   what it draws with lie in _static/python, for the pages, too. There the engine lies packed; and the
   packages that only JupyterLite has lie with JupyterLite. */
"use strict";
const shared = new URL("../_static/python/", import.meta.url).href;
const own = new URL("static/pyodide/", import.meta.url).href;
const only = new Set(/* names */);
const network = self.fetch.bind(self);

self.fetch = async (request, options) => {
  const { href } = new URL(request?.url ?? request, self.location.href);
  const name = href.slice(shared.length);
  if (!href.startsWith(shared)) return network(request, options);
  if (only.has(name)) return network(own + name, options);
  if (name !== "pyodide.asm.wasm") return network(request, options);
  const answer = await network(`${href}.packed`, options);
  if (!answer.ok) return answer;
  const body = answer.body.pipeThrough(new DecompressionStream("gzip"));
  return new Response(body, { headers: { "Content-Type": "application/wasm" } });
};
