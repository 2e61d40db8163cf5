/* nnbook.ghost(pieces, last): a picture with what the last one had in its place laid under it, faint,
   where both have the same axes; and whether a panel goes without because its scale has changed. A
   picture is the list of its pieces of SVG. nnbook_lib/live/ghost.py does the same in a notebook. */
"use strict";
(() => {
  const PANEL = '<g data-axes="', NO_DATA = ['<g class="furniture"', "<text", "<image"];
  const isData = (item) => !NO_DATA.some((start) => item.startsWith(start));

  /* Of each panel, by its first piece, what is in it, each with its place. */
  function panels(pieces) {
    const found = new Map();
    let items, depth = 0;
    pieces.forEach((piece, i) => {
      const opens = piece.startsWith("<g") && !piece.endsWith("</g>") && !piece.endsWith("/>");
      if (piece.startsWith(PANEL)) {
        depth = 0;
        found.set(piece, []);
        items = opens ? found.get(piece) : undefined;
      } else if (items && piece === "</g>" && !depth) items = undefined; // the panel ends
      else if (items) {
        if (depth) items.at(-1)[1] += piece;
        else items.push([i, piece]);
        depth += opens - (piece === "</g>");
      }
    });
    return found;
  }

  (window.nnbook ??= {}).ghost = (pieces, last) => {
    const before = panels(last), made = [...pieces];
    let changed = false;
    for (const [axes, items] of [...panels(pieces)].reverse()) { // from the end, so that places hold
      if (!before.has(axes)) { changed = true; continue; }
      const old = new Set(before.get(axes).map(([, item]) => item));
      const now = new Set(items.map(([, item]) => item));
      const ghost = [...old].filter((item) => !now.has(item) && isData(item));
      if (!items.length || ghost.every((item) => item.startsWith("<defs"))) continue;
      const [place] = items.find(([, item]) => !old.has(item) && isData(item)) ?? items[0];
      made.splice(place, 0, '<g class="ghost" opacity=".3">', ...ghost, "</g>");
    }
    return [made, changed];
  };
})();
