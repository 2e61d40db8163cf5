/* Keeps the book in the browser, so that what was opened once can be read without a connection.

   The build writes BOOK before this: its version, and for each file the first digits of the SHA-256
   of its content. Nothing is kept that has other content, and it is kept under both, path and digits:
   so no file can take the place of one of another version, and what a new version leaves as it was
   need not be fetched again.

   An address that names its content (?v=…) is answered with what is kept, if it names that; else it is
   not touched. A page is asked for on the network first: online one reads the book as it is now, and
   never waits for this worker to be new. */
const SCOPE = self.registration.scope;
const KEPT = `nnbook ${SCOPE}`; // several books may share a host
const FILES = new Map(Object.entries(BOOK.files));
const PYTHON = "_static/python/"; // kept only when it has been used: 10 MB
const PATIENCE = 4000; // ms; a slow phone's connection has answered by then, a dead one never does
const quiet = () => {};

/* Which file of the book an address means, as a server would take it. */
function meant(address) {
  const { origin, pathname, search } = new URL(address);
  if (!`${origin}${pathname}`.startsWith(SCOPE)) return {};
  const path = `${origin}${pathname}`.slice(SCOPE.length);
  const name = [path, `${path}index.html`, `${path}.html`].find((each) => FILES.has(each));
  return { name, version: new URLSearchParams(search).get("v") };
}
const key = (name) => `${SCOPE}${name}?v=${FILES.get(name)}`;
const exact = (name, version) => version === FILES.get(name) ||
  name.startsWith("_static/frames/") || // their names are their content's
  (name.startsWith(PYTHON) && version === BOOK.python);

const shelf = () => caches.open(KEPT);
const kept = async (name) => (await shelf()).match(key(name));
const names = async () => new Set((await (await shelf()).keys()).map(({ url }) => url));

let full = false; // the browser's room; then the book goes on with what is kept
async function keep(name, answer) {
  const content = await answer.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  const digits = [...digest.slice(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  if (digits !== FILES.get(name)) return false;
  const copy = new Response(content, { headers: answer.headers }); // not a redirected one
  await (await shelf()).put(key(name), copy).catch(() => { full = true; });
  return true;
}
async function fetched(name, address = key(name)) {
  return (await keep(name, await fetch(address))) || // what the page was given, most often
    keep(name, await fetch(key(name), { cache: "reload" }));
}

/* Answering ------------------------------------------------------------------------------------- */

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { name, version } = meant(request.url);
  if (name === undefined || request.method !== "GET" || request.headers.has("range")) return;
  if (exact(name, version)) event.respondWith(settled(event, name));
  else if (name.endsWith(".html")) event.respondWith(newest(event, name));
});

function asked(event, name, request) {
  const answer = fetch(request);
  event.waitUntil(answer.then((one) => keep(name, one.clone())).catch(quiet));
  return answer;
}
async function settled(event, name) {
  return (await kept(name).catch(quiet)) ?? asked(event, name, event.request);
}
async function newest(event, name) {
  const { url, headers, redirect } = event.request;
  const answer = asked(event, name, new Request(url, { headers, redirect, cache: "no-cache" }));
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const first = await Promise.race([answer.catch(quiet), late]);
  if (first && first.status < 500) return first;
  return (await kept(name).catch(quiet)) ?? answer;
}

/* Keeping --------------------------------------------------------------------------------------- */

/* A file with all that it asks for: the page's frames, scripts and sheet, the sheet's fonts. False
   if one of them is not of this version on the network. */
const ASKED = /(?:src|href|data-frames)="([^"]+)"|url\("?([^")]+)/g;
async function whole(name, there, address) {
  if (!there.has(key(name)) && !(await fetched(name, address))) return false;
  there.add(key(name));
  if (!/\.(html|css)$/.test(name) || there.has(name)) return true;
  there.add(name); // all that it asks for is looked at
  const text = (await (await kept(name))?.text()) ?? "";
  for (const [, asked, shown] of text.matchAll(ASKED)) {
    const next = URL.canParse(asked ?? shown, SCOPE + name)
      ? meant(new URL(asked ?? shown, SCOPE + name)).name : undefined;
    if (next !== undefined && !next.endsWith(".html") && !(await whole(next, there))) return false;
  }
  return true;
}

/* A page says that it is read, and whether its reader is to have the rest of the book, too. */
self.addEventListener("message", (event) => {
  event.waitUntil(collect(event.data).catch(quiet)); // no connection, say: another page will ask
});

let collecting = false;
async function collect({ page, rest }) {
  const there = await names();
  const { name } = meant(page);
  if (name !== undefined && !(await whole(name, there, page)))
    return self.registration.update(); // the book is newer than this worker
  if (!rest || collecting) return;
  collecting = true;
  try {
    for (const each of FILES.keys())
      if (!full && !each.startsWith(PYTHON) && !(await whole(each, there))) break;
  } finally {
    collecting = false;
  }
}

/* A new version is in charge once it has all that the reader had of the one before, so that there is
   always a whole book; until then, and if it fails, the one before stays. Of Python, names change
   with versions, and scripts belong together. */
function heirs(path) {
  if (!path.startsWith(PYTHON)) return FILES.has(path) ? [path] : [];
  const what = (name) => name.split("-")[0];
  return [...FILES.keys()].filter((name) => name.startsWith(PYTHON) &&
    (what(name) === what(path) || /\.(js|css)$/.test(name)));
}
async function inherit() {
  const there = await names().catch(() => new Set());
  for (const url of [...there])
    for (const name of heirs(url.slice(SCOPE.length).split("?")[0]))
      if (!(await whole(name, there))) throw new Error(`${name} is not yet of version ${BOOK.version}`);
  await self.skipWaiting();
}
async function clear() {
  const cache = await shelf();
  for (const { url } of await cache.keys()) {
    const { name } = meant(url);
    if (name === undefined || url !== key(name)) await cache.delete(url);
  }
}
self.addEventListener("install", (event) => event.waitUntil(inherit()));
self.addEventListener("activate", (event) => {
  event.waitUntil(clear().catch(quiet).then(() => self.clients.claim()));
});
