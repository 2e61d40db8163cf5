/* Finds sections by what a reader types. The book's sections come with this script, as text; what is
   looked up in is made of them when the search is opened.

   A word counts for a section by where it stands: in the heading, as a term of the glossary that is
   explained there (ENTRY, if it is all that was asked), in the text, in a fold. Rare words count more. What is one thing under several
   names (SAME in words.js) is one word here. */
const FIELDS = { heading: 3, title: 1.2, text: 1, names: 0.8, folded: 0.35 };
const ENTRY = 4.5;
const WORD = /[\p{L}\p{N}]+(?:[._][\p{L}\p{N}]+)*|[∂∇∑∏√∞⊙]/gu;
const HUMP = /[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g;

function stem(word) {
  let w = Object.hasOwn(ODD, word) ? ODD[word] : Object.hasOwn(BRITISH, word) ? BRITISH[word] : word;
  if (w !== word) return w;
  if (w.length < 4 || /\d/.test(w)) return w;
  if (/(ss|us|is)$/.test(w)) w = w;
  else if (/[^aeiou]ies$/.test(w)) w = `${w.slice(0, -3)}y`;
  else if (/(x|z|ch|sh|ss)es$/.test(w)) w = w.slice(0, -2);
  else if (/s$/.test(w)) w = w.slice(0, -1);
  if (Object.hasOwn(BRITISH, w)) w = BRITISH[w];
  if (/is(e|ed|ing|er|ation)$/.test(w) && w.length > 6 && !NOT_IZE.test(w)) w = w.replace(/is(e|ed|ing|er|ation)$/, "iz$1");
  if (/ys(e|ed|ing|er)$/.test(w) && w.length > 6) w = w.replace(/ys(e|ed|ing|er)$/, "yz$1");
  w = w.replace(/our(s|ed|ing|al)?$/, (all, end) => (w.length - all.length >= 4 ? `or${end ?? ""}` : all));
  if (/ization$/.test(w)) w = w.slice(0, -5);
  else if (/izer$/.test(w)) w = w.slice(0, -2);
  else if (/[aeiouy].*ing$/.test(w) && w.length > 5) w = w.slice(0, -3);
  else if (/[aeiouy].*ed$/.test(w) && w.length > 4) w = w.slice(0, -2);
  else if (/[st]ion$/.test(w) && w.length > 6) w = w.slice(0, -3);
  if (w.length > 4) w = w.replace(/e$/, "");
  return w.replace(/([bdfglmnprst])\1$/, "$1");
}

const STEMS = new Map(); // each word is met a hundred times
const lower = (word) => GREEK.get(word) ??
  (/[^\x00-\x7f]/.test(word) ? word.normalize("NFD").replace(/\p{M}/gu, "") : word).toLowerCase();
function known(part) {
  if (!STEMS.has(part)) STEMS.set(part, { typed: lower(part), word: stem(lower(part)) });
  return STEMS.get(part);
}

/* The words of a text, each with where it stands. share: below 1 for a part of a name in code. */
function words(text) {
  const found = [];
  for (const { 0: one, index } of text.matchAll(WORD)) {
    const put = (part, share) => {
      const { word, typed } = known(part);
      found.push({ word, typed, from: index, to: index + one.length, share });
    };
    if (index && /['’]/.test(text[index - 1]) && /^(s|t|re|ve|ll|d)$/.test(one)) continue;
    const code = /[._]/.test(one) ? one.split(".").at(-1) : one;
    const parts = code.includes("_") ? code.split("_") : /^([A-Z][a-z]{2,}){2,}|^[a-z]{2,}[A-Z]/.test(code) ? code.match(HUMP) : [];
    put(/^\d/.test(one) ? one : code, 1);
    if (code.length > 1) for (const letter of code.match(/[α-ωΑ-Ω]/g) ?? []) put(letter, 0.5);
    for (const part of parts) if (part.length > 1) put(part, 0.5);
  }
  return found;
}

/* SAME as a look-up: first word -> the names that begin with it, the longest first. */
const NAMES = new Map();
for (const line of SAME.trim().split("\n")) {
  const [thing, ...others] = line.split("|").map((name) => words(name).map(({ word }) => word));
  for (const name of [thing, ...others]) {
    if (!NAMES.has(name[0])) NAMES.set(name[0], []);
    NAMES.get(name[0]).push({ name, thing: `=${thing.join(" ")}` });
  }
}
for (const names of NAMES.values()) names.sort((a, b) => b.name.length - a.name.length);

/* The words with every name of a thing as one word; loose: its own words go on counting, for a part. */
function things(list, loose) {
  const found = [];
  for (let i = 0; i < list.length; i++) {
    const named = NAMES.get(list[i].word)?.find(({ name }) => name.every((w, k) => list[i + k]?.word === w));
    if (!named) { found.push(list[i]); continue; }
    const last = list[i + named.name.length - 1];
    found.push({ ...list[i], word: named.thing, to: last.to, typed: list.slice(i, i + named.name.length).map((w) => w.typed).join(" ") });
    if (loose && named.name.length > 1) for (const own of list.slice(i, i + named.name.length)) found.push({ ...own, share: 0.5 });
    i += named.name.length - 1;
  }
  return found;
}

/* Those that say something; all, if none does. */
function telling(list) {
  const some = list.filter(({ word, typed }) => word[0] === "=" || !LITTLE.has(typed));
  return some.length ? some : list;
}

/* Whether two words are one slip apart (two, if long): a letter more, less, another, or two swapped. */
function slips(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return Infinity;
  let [before, last] = [[], [...Array(b.length + 1).keys()]];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return Infinity;
    [before, last] = [last, row];
  }
  return last[b.length];
}

function finder({ pages, sections }) {
  const index = new Map(); // word -> Map(section -> [count by field])
  const streams = []; // of each section, the words of its text
  const kinds = Object.keys(FIELDS);
  const plain = new Map(); // a stem -> in how many sections, for slips
  const lengths = kinds.map(() => 0);
  const docs = sections.map(([page, anchor, level, number, heading, text, folded, names, entries], id) => {
    const doc = { id, page: pages[page], anchor, level, number, heading, text, folded, size: [] };
    const given = { heading, title: level > 1 ? doc.page.title : "", text, names, folded };
    kinds.forEach((kind, k) => {
      const list = things(words(given[kind]), true);
      doc.size[k] = list.length;
      lengths[k] += list.length / sections.length;
      if (kind === "text") streams[id] = list;
      for (const { word, share } of list) {
        if (!index.has(word)) index.set(word, new Map());
        const there = index.get(word);
        if (!there.has(id)) there.set(id, kinds.map(() => 0));
        there.get(id)[k] += share;
      }
    });
    doc.entries = entries.map((entry) => [...new Set(telling(things(words(entry), false)).map(({ word }) => word))]);
    doc.whole = things(words(heading), false).map(({ word }) => word).filter((w) => !LITTLE.has(w)).sort().join(" ");
    return doc;
  });
  for (const [word, there] of index) if (word[0] !== "=") plain.set(word, there.size);
  for (const [first, names] of NAMES) for (const { name } of [{ name: [first] }, ...names])
    for (const word of name) if (!plain.has(word)) plain.set(word, 0.5);
  for (const { entries } of docs) for (const word of entries.flat()) if (!plain.has(word)) plain.set(word, 0.5);
  const all = [...plain.keys()];

  /* A word as the book has it: itself, or with a slip mended, or two that were written as one. */
  function mended(one, last) {
    const { word, typed } = one;
    if (plain.has(word) || word.length < 4 || LITTLE.has(typed)) return [one];
    if (last && all.some((other) => other.startsWith(typed) || other.startsWith(word))) return [one];
    const most = word.length > 7 ? 2 : 1;
    let best = null;
    for (const other of all) {
      if (other.length < 3) continue;
      const far = slips(word, other, most);
      const worth = far + (other[0] !== word[0]) * 0.6 - Math.log1p(plain.get(other)) * 0.05;
      if (far <= most && (!best || worth < best.worth)) best = { other, worth };
    }
    if (best && slips(word, best.other, 1) < 2) return [{ ...one, word: best.other }];
    for (let cut = 3; cut < typed.length - 2; cut++) {
      const two = [typed.slice(0, cut), typed.slice(cut)];
      if (two.every((part) => plain.get(stem(part)) >= 3))
        return two.map((part) => ({ ...one, word: stem(part), typed: part }));
    }
    return [best ? { ...one, word: best.other } : one];
  }

  /* What was typed, as words to look up, each with the words of the book that it may mean. */
  function asked(query) {
    let list = words(query);
    const open = /[\p{L}\p{N}]$/u.test(query); // its last word may go on
    list = list.filter((one, i) => one.share === 1 || !index.has(list.findLast((w, k) => k < i && w.share === 1)?.word));
    list = list.flatMap((one, i) => mended(one, open && i === list.length - 1));
    for (let i = 0; i + 1 < list.length; i++) { // two that the book writes as one
      const one = stem(list[i].typed + list[i + 1].typed);
      if (plain.get(one) >= 1 && !(plain.has(list[i].word) && plain.has(list[i + 1].word) && plain.get(one) < 3))
        if (!NAMES.get(list[i].word)?.some(({ name }) => name.length > 1 && name[1] === list[i + 1]?.word))
          list.splice(i, 2, { ...list[i], word: one, typed: list[i].typed + list[i + 1].typed });
    }
    const all = things(list, false);
    return telling(all).map((one) => {
      const meant = new Map([[one.word, 1]]);
      if (!index.has(one.word) && one.word.length > 2)
        for (const other of index.keys())
          if (other.startsWith(one.word) || other.startsWith(one.typed) || other.startsWith(`=${one.typed}`))
            meant.set(other, 0.8 * Math.min(1, 0.4 + one.typed.length / other.length));
      const many = new Set([...meant.keys()].flatMap((w) => [...(index.get(w)?.keys() ?? [])]));
      return { ...one, meant, rare: Math.log(1 + docs.length / (1 + many.size)) };
    });
  }

  /* How close together the words asked for stand in a section's text: 0 to 1. */
  function together(id, terms) {
    const where = terms.map(() => -Infinity);
    let best = Infinity;
    streams[id].forEach(({ word }, place) => {
      const k = terms.findIndex(({ meant }) => meant.has(word));
      if (k < 0) return;
      where[k] = place;
      best = Math.min(best, place - Math.min(...where));
    });
    return best === Infinity ? 0 : terms.length / Math.max(terms.length, best + 1);
  }

  /* How much of what was asked an entry is, and of the entry was asked: 0 to 1, 1 if they are the same. */
  function alike(terms, entry) {
    const rare = (word) => Math.log(1 + docs.length / (1 + (index.get(word)?.size ?? 0)));
    const left = new Set(entry);
    let both = 0, all = 0;
    for (const term of terms) {
      const same = [...term.meant.keys()].find((word) => left.has(word));
      left.delete(same);
      both += same ? term.rare * term.meant.get(same) : 0;
      all += term.rare;
    }
    for (const word of left) all += rare(word);
    return (both / (all || 1)) ** 2;
  }

  function find(query, most = 20) {
    const terms = asked(query);
    const code = !query.includes("/") && /^(nn\.|nnbook_lib\.)|_|[a-z][A-Z]|\(\)$/.test(query.trim()) && !/\s/.test(query.trim());
    const name = query.trim().replace(/\(\)$/, "").split(".").at(-1); // in code, of that very spelling
    const scores = new Map();
    for (const { meant, rare } of terms) {
      const here = new Map();
      for (const [word, share] of meant)
        for (const [id, counts] of index.get(word) ?? []) {
          const { size } = docs[id];
          let worth = 0;
          kinds.forEach((kind, k) => {
            if (!counts[k]) return;
            const long = 0.4 + (0.6 * size[k]) / (lengths[k] || 1);
            worth += kind === "heading" || kind === "title" ? FIELDS[kind] * Math.min(1, counts[k]) / (0.55 + 0.45 * Math.max(0.6, long))
              : FIELDS[kind] * 2 * (counts[k] / (counts[k] + 1.4 * long));
          });
          here.set(id, Math.max(here.get(id) ?? 0, worth * share));
        }
      for (const [id, worth] of here) {
        const one = scores.get(id) ?? scores.set(id, { worth: 0, covered: 0, id }).get(id);
        one.worth += rare * worth;
        one.covered += rare;
      }
    }
    for (const doc of docs) {
      const worth = Math.max(0, ...doc.entries.map((entry) => alike(terms, entry)));
      if (worth < 0.2) continue;
      const one = scores.get(doc.id) ?? scores.set(doc.id, { worth: 0, covered: 0, id: doc.id }).get(doc.id);
      one.entry = worth;
    }
    const total = terms.reduce((sum, { rare }) => sum + rare, 0) || 1;
    const whole = terms.map(({ word }) => word).sort().join(" ");
    let found = [...scores.values()];
    for (const one of found) {
      const doc = docs[one.id];
      one.worth *= (one.covered / total) ** 2;
      one.worth += ENTRY * total * (one.entry ?? 0);
      one.worth *= code && doc.page.kind === "code" ? 1.6 : doc.page.weight;
      one.worth *= code && doc.heading === name ? 1.3 : 1;
      one.worth *= doc.whole === whole && (code || doc.page.kind !== "code") ? 2 : 1;
      one.worth *= WEAK.test(doc.heading) ? 0.6 : doc.heading.startsWith("Deeper: ") ? 0.95 : 1;
    }
    found = found.sort((a, b) => b.worth - a.worth).slice(0, 60);
    if (terms.length > 1) for (const one of found) one.worth *= 1 + 0.5 * together(one.id, terms);
    found = found.sort((a, b) => b.worth - a.worth || a.id - b.id).slice(0, most);
    return found.map(({ id, worth }) => shown(docs, streams, id, terms, worth));
  }

  return { find, words: index.size };
}
const WEAK = /^(Quiz|(Deeper: )?Further reading|Three questions to answer aloud|What we keep|Your diagnosis .*)$/;

/* A result: where it leads, and the place of its text that has most of the words, in pieces, every other
   one of which is a hit. */
function shown(docs, streams, id, terms, worth) {
  const doc = docs[id], says = doc.text || !docs[id + 1] ? id : id + 1; // a heading, and at once the next
  const hit = (word) => terms.find(({ meant }) => meant.has(word));
  let text = docs[says].text, places = streams[says].filter(({ word }) => hit(word));
  if (!places.length && doc.folded) {
    const folded = things(words(doc.folded), true).filter(({ word }) => hit(word));
    if (folded.length) [text, places] = [doc.folded, folded];
  }
  const room = 150;
  let best = { from: 0, worth: -1 };
  for (const { from } of places) {
    const seen = new Set(places.filter((p) => p.from >= from && p.to <= from + room).map(({ word }) => hit(word)));
    const value = [...seen].reduce((sum, { rare }) => sum + rare, 0);
    if (value > best.worth + 1e-9) best = { from, worth: value };
  }
  const back = text.lastIndexOf(". ", best.from);
  let from = best.from < 60 ? 0 : back >= 0 && best.from - back < 60 ? back + 2 : text.indexOf(" ", best.from - 40) + 1;
  let to = from + room + 30;
  if (to < text.length) to = text.lastIndexOf(" ", to);
  const pieces = [(from ? "… " : "")];
  let at = from;
  for (const place of places) {
    if (place.from < at || place.to > to) continue;
    pieces[pieces.length - 1] += text.slice(at, place.from);
    pieces.push(text.slice(place.from, place.to), "");
    at = place.to;
  }
  pieces[pieces.length - 1] += text.slice(at, to) + (to < text.length ? " …" : "");
  const { page, anchor, level, heading, number } = doc;
  return { address: level === 1 ? page.address : `${page.address}#${anchor}`, page: page.title, heading, number, level, pieces, worth, kind: page.kind };
}
