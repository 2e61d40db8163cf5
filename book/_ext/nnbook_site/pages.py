"""A stock page without what it does not need, and with what it lacks.

The theme's templates and the extensions of Jupyter Book ask for scripts from elsewhere and 1.5 MB
of icons, let scripts stand in the way of the text, and leave a few faults of accessibility. Both
ends are mended here: what a page is given before it is rendered, and its HTML afterwards.
"""

from __future__ import annotations

import re

from docutils import nodes

from nnbook_lib.exercises import SETS, load

from . import app as installable
from . import runtime
from .card import NAME as CARD
from .card import SAYS
from .doors import Repository
from .styles import SHEET

UNUSED = (
    "thebe",
    "THEBE",
    "MathJax",
    "mathjax",
    "require.js",
    "html-manager",
    "embed-amd",
    "toggle",
    "design-tabs",
    "DOCUMENTATION_OPTIONS",
)
CELL = "cell_input docutils"  # of code, which Jupyter Book has put there
EXERCISE = "\ncheck("  # the line of code that ends an exercise's cell
SUMMARY = (
    "An interactive textbook on how neural networks compute and learn, with every gradient checked."
)

# (what the theme writes, what stands there instead)
REPAIRS = [
    # Icons come from site.css, as shapes of the text's color.
    (r"\s*<!-- So that users can add custom icons -->", ""),
    (r"\s*<script[^>]*fontawesome\.js[^>]*></script>", ""),
    (r'<(i|span) class="(fa[sb]? |fa-)', r'<\1 aria-hidden="true" class="\2'),
    # One style sheet has it all (styles.py), and scripts wait until the page stands.
    (r"\s*<!-- Loaded before other Sphinx assets -->", ""),
    (r'\s*<link href="[^"]*_static/styles/[^>]*>', ""),
    (r"\s*<!-- Pre-loaded scripts that we'll load fully later -->", ""),
    (r'\s*<link rel="preload" as="script"[^>]*>', ""),
    (r'<script src="', '<script defer src="'),
    # Search tools are for the search page; here they and the index would weigh on every page.
    (r'\s*<script[^>]* src="[^"]*(searchtools|language_data|searchindex)\.js"></script>', ""),
    (r'\s*<script type="application/vnd\.jupyter\.widget-state\+json">.*?</script>', ""),
    (r'\s*<script type="text/x-thebe-config">.*?</script>', ""),
    (r"\s*<script>kernelName = .*?</script>", ""),
    (r'\s*<meta name="viewport" content="width=device-width, initial-scale=1"\s*/>', ""),
    (r'\s*<meta name="docsearch:[^>]*>', ""),
    # The reader's theme from the first paint on.
    (
        r'dataset\.theme = localStorage\.getItem\("theme"\) \|\| "auto"',
        'dataset.theme = localStorage.getItem("theme") || '
        '(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")',
    ),
    # A corner of a table without words heads nothing.
    (r'<th class="head">(<p></p>)?</th>', "<td></td>"),
    # A button's name must begin with the words it shows.
    (r'(<button class="btn search-button-field[^>]*?) title="Search" aria-label="Search"', r"\1"),
    (r'<summary aria-label="Toggle hidden content">', "<summary>"),
    (r'<summary>(?=<span class="toctree-toggle")', '<summary aria-label="Sections">'),
    (r'<span (class="search-button__kbd-shortcut")', r'<span aria-hidden="true" \1'),
    # Here `make pdf` and `make epub` put links to what they made.
    (r'(<nav class="bd-links bd-docs-nav".*?</nav>)', r"\1<!-- pdf --><!-- epub -->"),
    # Everything stands in a landmark.
    (r'<div id="pst-skip-link"(.*?)</div>', r'<nav id="pst-skip-link" aria-label="Skip"\1</nav>'),
    (r'<div (id="pst-primary-sidebar")', r'<div role="complementary" aria-label="The book" \1'),
    (r'<div (id="pst-secondary-sidebar")', r'<div role="complementary" aria-label="This page" \1'),
    (r'\s*<div id="ethical-ad-placement".*?</div>', ""),
]


def trim(app, pagename, templatename, context, doctree) -> None:
    """Take from a page the scripts and styles it has no use for; describe it; add ours."""
    body = context.get("body", "")
    app.add_js_file("app.js", loading_method="defer")
    app.add_js_file("progress.js", loading_method="defer")
    if '<figure class="live"' in body:
        app.add_js_file("live.js", loading_method="defer")
    python, script = runtime.attributes(app, pagename), ""
    if '<figure class="twins"' in body:  # and not where its code is listed
        app.add_js_file("twins.js", loading_method="defer", **python)
    if pagename.startswith("exercises/"):
        app.add_js_file("kept.js", loading_method="defer")
        script = "solve.js" if EXERCISE in body else ""
    elif CELL in body:
        script = "run.js"
    app.add_js_file("reading.js", loading_method="defer", **_reading(app, pagename))
    if 'class="option ' in body:
        app.add_js_file("quiz.js", loading_method="defer")
    if pagename == app.config.root_doc:
        app.add_js_file("front.js", loading_method="defer")
    if python and script:
        app.add_js_file(script, loading_method="defer", id="nnbook-python", **python)
    context["script_files"] = [s for s in context["script_files"] if _wanted(s)]
    context["css_files"] = [s for s in context["css_files"] if SHEET in str(s.filename)]
    context["metatags"] = "".join(
        [
            context.get("metatags", ""),
            _meta(app, context, doctree),
            installable.head(context["pathto"]),
        ]
    )


def _reading(app, pagename) -> dict[str, str]:
    """What reading.js is told: that a page is a chapter, and where how many exercises are."""
    pages = []
    for notebook in dict.fromkeys(SETS.values()):
        sets = [name for name, where in SETS.items() if where == notebook]
        many = sum(name.partition(".")[0] in sets for name in load())
        pages.append(f"{notebook}:{many}:{','.join(sets)}")
    chapter = {"data-chapter": ""} if pagename in app.env.toc_secnumbers else {}
    return {"data-exercises": " ".join(pages), **chapter}


def _wanted(file) -> bool:
    text = f"{getattr(file, 'filename', file)} {getattr(file, 'attributes', {}).get('body', '')}"
    return not any(word in text for word in UNUSED)


def _meta(app, context, doctree) -> str:
    """The page's description, and what a link to it shows elsewhere."""
    first = next(iter(doctree.findall(nodes.paragraph)), None) if doctree else None
    text = " ".join(first.astext().split()) if first is not None else SUMMARY
    if len(text) > 160:
        text = text[:160].rsplit(" ", 1)[0] + " …"
    return described(app, re.sub("<[^>]+>", "", context.get("title", "")), text)


def described(app, title: str, text: str) -> str:
    """The tags for a title, a description and the card. A card needs a whole address: that of
    _config.yml, or else the one that the repository's pages have.
    """
    base = app.config.html_baseurl or Repository.configured().site
    facts = {
        "og:title": title or app.config.html_title,
        "og:description": text,
        "og:type": "article",
        "og:site_name": app.config.html_title,
        "og:image": f"{base.rstrip('/')}/_static/{CARD}",
        **{"og:image:width": "1200", "og:image:height": "630", "og:image:alt": SAYS},
    }
    tags = "".join(f'<meta property="{k}" content="{_quoted(v)}">\n' for k, v in facts.items())
    tags += '<meta name="twitter:card" content="summary_large_image">\n'
    return f'<meta name="description" content="{_quoted(text)}">\n{tags}'


def _quoted(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


def polish_templates(app) -> None:
    """Let every page that the builder renders go through `polish`."""
    if app.builder.format == "html":
        render = app.builder.templates.render
        app.builder.templates.render = lambda name, context: polish(
            render(name, context), search=context.get("pagename") == "search"
        )


def polish(html: str, search: bool = False) -> str:
    """The page with all of REPAIRS made; the search page keeps its tools."""
    for pattern, instead in REPAIRS:
        if not (search and "searchtools" in pattern):
            html = re.sub(pattern, instead, html, flags=re.S)
    return html
