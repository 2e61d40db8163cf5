/* What the browser keeps of a reader's way through the book: of each page what was seen of it and where
   it was left, of each quiz what was chosen first, what was guessed, and how close an attack on a claim
   came. One key of its store holds one page, so two tabs do not lose one another's. Where the store is
   closed or full, nothing is kept and nothing is shown. */
"use strict";
(() => {
  const nnbook = window.nnbook ??= {};
  const ROOT = new URL("..", document.currentScript.src).href;
  const NAME = /^(page|quiz|guess|attack):([\w/-]{1,80})$/, START = "nnbook-", SLICES = 40;
  const listeners = [];

  /* The page of an address, as in "05_remedies/activations"; "" of an address elsewhere. */
  function pageOf(address) {
    const [plain] = address.split(/[?#]/);
    return plain.startsWith(ROOT) && plain.endsWith(".html") ? plain.slice(ROOT.length, -5) : "";
  }

  const isText = (value, fits) => typeof value === "string" && value.length <= 200 && fits.test(value);
  /* A record as a store or a file has it. Throws at anything else. */
  const understood = {
    page({ seen, at, id, title, when }) { // at: the share of the page above the window's lower edge
      const fits = isText(seen, /^[01]{40}$/) && at >= 0 && at <= 1 && isText(id, /^[\w.-]*$/) &&
        isText(title, /^[^]*$/) && isText(when, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
      if (!fits) throw new TypeError("page");
      return { seen, at: Number(at), id, title, when };
    },
    quiz({ first, right }) { // a letter a question: the option chosen first, or "-"; whether it was right
      const fits = isText(first, /^[-0-9]+$/) && isText(right, /^[-01]+$/) && first.length === right.length;
      if (!fits) throw new TypeError("quiz");
      return { first, right };
    },
    guess(all) { // of each question the places of the marks, as in "12" or "3,4,4"
      const each = Object.entries(all), fits = ([name, marks]) =>
        isText(name, /^[0-9a-f]{12}$/) && isText(marks, /^\d+(,\d+)*$/);
      if (!each.every(fits)) throw new TypeError("guess");
      return Object.fromEntries(each);
    },
    attack(all) { // of each claim how many tries, the setting of the best, and its value: "3;2,20,20;0.41"
      const each = Object.entries(all), fits = ([name, best]) =>
        isText(name, /^[0-9a-f]{12}$/) && isText(best, /^[1-9]\d{0,5};[-+.\de]+(,[-+.\de]+)*;[-+.\de]+$/);
      if (!each.every(fits)) throw new TypeError("attack");
      return Object.fromEntries(each);
    },
  };
  function get(kind, page) {
    try { return understood[kind](JSON.parse(localStorage.getItem(`${START}${kind}:${page}`))); } catch { /* none */ }
  }
  function all(kind) {
    let keys = [];
    try { keys = Object.keys(localStorage); } catch { /* closed */ }
    const names = keys.map((key) => key.startsWith(START) && key.slice(START.length).match(NAME));
    return names.filter((name) => name?.[1] === kind).map(([, , page]) => [page, get(kind, page)])
      .filter(([, record]) => record);
  }
  function put(kind, page, record) {
    const key = `${START}${kind}:${page}`;
    try {
      if (record) localStorage.setItem(key, JSON.stringify(record)); else localStorage.removeItem(key);
    } catch { /* then it is not kept */ }
    tell();
  }
  const tell = () => listeners.forEach((listener) => listener());

  /* Of two letters in the same place, the one of `mine`, unless it says nothing. */
  const filled = (mine, theirs, nothing) =>
    [...theirs].map((letter, i) => mine[i] === nothing ? letter : mine[i]).join("");
  const merged = {
    page: (mine, theirs) => ({ ...(theirs.when > mine.when ? theirs : mine), seen: filled(mine.seen, theirs.seen, "0") }),
    quiz: (mine, theirs) => mine.first.length !== theirs.first.length ? mine
      : { first: filled(mine.first, theirs.first, "-"), right: filled(mine.right, theirs.right, "-") },
    guess: (mine, theirs) => ({ ...theirs, ...mine }),
    attack: (mine, theirs) => ({ ...theirs, ...mine }),
  };

  nnbook.progress = {
    SLICES, page: pageOf(location.href), pageOf, get, put, all,
    share: ({ seen }) => seen.split("1").length / SLICES - 1 / SLICES,
    forget(...kinds) {
      for (const kind of kinds) for (const [page] of all(kind)) put(kind, page);
    },
    /* For the file of kept.js: [name, record] of all, and back. take() throws at what is none of ours, and
       without `really` does nothing else; it returns whether there is something new in it. */
    saved: () => ["page", "quiz", "guess", "attack"].flatMap((kind) => all(kind).map(([page, record]) => [`${kind}:${page}`, record])),
    ours: (name) => NAME.test(name),
    take(name, value, really) {
      const [, kind, page] = name.match(NAME), theirs = understood[kind](value), mine = get(kind, page);
      const both = mine ? merged[kind](mine, theirs) : theirs;
      const news = JSON.stringify(both) !== JSON.stringify(mine);
      if (really && news) put(kind, page, both);
      return news;
    },
    /* Called when something changed, here or in another tab. */
    onchange(listener) { listeners.push(listener); },
  };
  addEventListener("storage", ({ key }) => { if (!key || key.startsWith(START)) tell(); });
  addEventListener("pageshow", ({ persisted }) => { if (persisted) tell(); }); // back by the Back button
})();
