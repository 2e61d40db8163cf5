/* "Run this page", in the row of doors of a chapter. The rest comes with the click: python/opening.js. */
"use strict";
(() => {
  const nnbook = window.nnbook ??= {};
  const { root, version, bytes, drawing } = document.currentScript.dataset;
  nnbook.fetched = (file) => {
    const address = `${root}_static/python/${file}?v=${version}`;
    const tag = document.createElement(file.endsWith(".css") ? "link" : "script");
    Object.assign(tag, { rel: "stylesheet", href: address, src: address, async: false });
    return new Promise((resolve, reject) => {
      tag.onload = resolve;
      tag.onerror = () => { tag.remove(); reject(); };
      document.head.append(tag);
    });
  };
  const doors = document.querySelector(".doors ul");
  if (!doors || !document.querySelector("div.cell_input")) return;
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.textContent = "Run this page";
  item.append(button);
  doors.prepend(item);
  /* under: what the question whether to load Python stands under, if not under the doors */
  nnbook.runPage = async (under) => {
    try {
      if (!nnbook.opening) await Promise.all(["asking.js", "opening.js"].map(nnbook.fetched));
      nnbook.opening({ item, button, under, root, megabytes: Math.round((+bytes + +drawing) / 1e6) });
    } catch {
      button.textContent = "Run this page: did not arrive, try again";
    }
  };
  button.onclick = () => nnbook.runPage();
})();
