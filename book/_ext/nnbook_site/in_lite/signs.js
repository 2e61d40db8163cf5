/* Runs in the worker of JupyterLite's Python, before the kernel's own code: it tells the page whether
   Python comes. Until the kernel is ready, the worker waits for the network whenever it waits at all;
   a second counts as quiet if nothing arrived while the worker had nothing else to do. Later, only
   packages are watched. What learners fetch by themselves is left alone. */
"use strict";
const tell = self.postMessage.bind(self), ask = self.fetch.bind(self), wake = Atomics.notify;
const state = { ready: false, failed: false, quiet: 0, lost: [] }; // lost: addresses of packages
const open = new Set();
const PACKAGE = /\.(whl|zip|tar)$/;

const say = (news) => tell({ nnbook: Object.assign(state, news) });
const alive = () => { if (state.quiet) say({ quiet: 0 }); };
setInterval(() => {
  if (!state.failed && (!state.ready || open.size)) say({ quiet: state.quiet + 1 });
}, 1000);

/* Reads along, from a copy: the kernel gets what came, untouched. */
async function follow(answer) {
  const bytes = answer.body?.getReader();
  while (bytes && !(await bytes.read()).done) alive();
}
self.fetch = async (request, options) => {
  const { href, pathname } = new URL(request?.url ?? request, self.location.href);
  if (state.ready && !PACKAGE.test(pathname)) return ask(request, options);
  const came = () => say({ lost: state.lost.filter((address) => address !== href) });
  const lost = (error) => {
    if (error?.name !== "AbortError") say({ lost: [...new Set(state.lost).add(href)] });
  };
  const one = {};
  open.add(one);
  alive();
  try {
    const answer = await ask(request, options);
    alive();
    if (!answer.ok) throw Object.assign(new Error(answer.status), { answer });
    follow(answer.clone()).then(came, lost).finally(() => open.delete(one));
    return answer;
  } catch (error) {
    open.delete(one);
    lost(error);
    if (error.answer) return error.answer;
    throw error;
  }
};

/* The kernel's first answer is to the page's wish that it start. On a page that is isolated from other
   origins it is a bell in shared memory; if it failed, an error that nobody catches follows soon. */
function answered(failed) {
  if (!state.ready && !state.failed) say(failed ? { failed } : { ready: true, quiet: 0, lost: [] });
}
self.postMessage = (data, ...more) => {
  if (data?.id) answered(data.type === "HANDLER" && data.name === "throw");
  return tell(data, ...more);
};
Atomics.notify = (...bell) => {
  setTimeout(answered, 1000, false);
  return wake(...bell);
};
self.addEventListener("unhandledrejection", () => { if (self.crossOriginIsolated) answered(true); });
say({});
