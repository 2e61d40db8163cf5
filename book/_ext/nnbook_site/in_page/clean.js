/* nnbook.clean(html): what Python shows as HTML, made anew of elements and attributes that can do
   nothing but show. An answer may have come in a file from somebody else. */
"use strict";
(() => {
  const HTML = new Set(("a abbr b blockquote br caption code col colgroup dd del details div dl dt em "
    + "figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre s samp section small span "
    + "strong sub summary sup table tbody td tfoot th thead tr u ul var").split(" "));
  const SVG = new Set(("circle clipPath defs desc ellipse g image line linearGradient marker mask path pattern "
    + "polygon polyline radialGradient rect stop svg symbol text title tspan use").split(" "));
  const SPACES = { "http://www.w3.org/1999/xhtml": HTML, "http://www.w3.org/2000/svg": SVG };
  /* What CSS may ask for, and escapes, which may hide that; SVG reads its attributes as CSS. */
  const LEADS = /\\|image(-set)?\(|src\(|url\(\s*["']?(?!#)/i;
  const EMPTIED = new Set(["script", "style", "template", "iframe", "object", "title", "head"]);
  const PICTURE = /^data:image\/(png|jpeg|gif|webp)[;,]/i; // no page asks another server

  /* A strict policy complains of styles as soon as they are read: their attributes get another name. */
  const STYLE = "data-css";
  const renamed = (html) => html.replace(/<style\b[^]*?<\/style\s*>/gi, "")
    .replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, ` ${STYLE}=`));

  function attribute(made, { name, value, namespaceURI }) {
    if (/^(on|src.|style$|(form)?action|ping|target|autofocus|contenteditable|slot|background|popover|name$)/i
      .test(name)) return; // by its name an image would stand in the place of what a document can do
    if (name === STYLE) {
      const { style } = document.createElement("p"); // it reads what is written with escapes, too
      style.cssText = value;
      style.removeProperty("position");
      if (!LEADS.test(style.cssText)) made.style.cssText = style.cssText; // var() keeps escapes
      return;
    }
    if (name === "src" || made.localName === "image" && /(^|:)href$/.test(name)) {
      if (!PICTURE.test(value)) return;
    } else if (/(^|:)href$/.test(name)) {
      const inside = value.startsWith("#");
      if (!inside && (made.localName !== "a" || !/^https?:\/\//i.test(value))) return;
      if (!inside) made.rel = "noreferrer";
    } else if (SPACES[made.namespaceURI] === SVG && LEADS.test(value)) return;
    try { made.setAttributeNS(namespaceURI, name, value); } catch { /* a name that only a parser takes */ }
  }
  function copied(node, into) {
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) into.append(child.data);
      if (child.nodeType !== Node.ELEMENT_NODE) continue;
      if (SPACES[child.namespaceURI]?.has(child.localName)) {
        const made = document.createElementNS(child.namespaceURI, child.localName);
        for (const one of child.attributes) attribute(made, one);
        copied(child, made);
        into.append(made);
      } else if (!EMPTIED.has(child.localName)) copied(child, into); // only what it says
    }
    return into;
  }

  (window.nnbook ??= {}).clean = (html) => {
    const read = new DOMParser().parseFromString(renamed(html), "text/html");
    return copied(read.body, document.createDocumentFragment());
  };
})();
