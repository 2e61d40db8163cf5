"""What a page is given before it is rendered with templates/layout.html, and its HTML afterwards.

The extensions of Jupyter Book ask for scripts from elsewhere, and let scripts stand in the way of the
text: none of them is on the pages.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from docutils import nodes

from nnbook_lib.exercises import SETS, load

from . import app as installable
from . import runtime, tables
from .card import NAME as CARD
from .card import SAYS
from .doors import Repository
from .search import INDEX
from .styles import SHEET

CELL = "cell_input docutils"  # of code, which Jupyter Book has put there
EXERCISE = "\ncheck("  # the line of code that ends an exercise's cell
SUMMARY = (
    "An interactive textbook on how neural networks compute and learn, with every gradient checked."
)

OURS = {file.name for file in (Path(__file__).parent / "static").glob("*.js")}

# (what Sphinx and the theme write, what stands there instead)
REPAIRS = [
    (r'\s*<script type="application/vnd\.jupyter\.widget-state\+json">.*?</script>', ""),
    # Icons come from icons.css, as shapes of the text's color.
    (r'<(i|span) class="(fa[sb]? |fa-)', r'<\1 aria-hidden="true" class="\2'),
    # A corner of a table without words heads nothing.
    (r'<th class="head">(<p></p>)?</th>', "<td></td>"),
    # A fold of the book's contents says what it holds.
    (r'<summary>(?=<span class="toctree-toggle")', '<summary aria-label="Sections">'),
    # In the line that opens a fold nothing else can be pressed; the contents have the link.
    (
        r'(<details class="deeper"><summary>\s*<h\d>(?:(?!</h\d>).)*)<a class="headerlink".*?</a>',
        r"\1",
    ),
    # The sections of a chapter that is split are seen at once.
    (r'(has-children[^"]*"><a [^>]*>\d+\. [^<]*</a><details)>', r"\1 open>"),
]


def trim(app, pagename, templatename, context, doctree) -> None:
    """Take from a page the scripts and styles it has no use for; describe it; add ours."""
    body = context.get("body", "")
    app.add_js_file("app.js", loading_method="defer")
    app.add_js_file("page.js", loading_method="defer")
    app.add_js_file("progress.js", loading_method="defer")
    index = {"data-index": context["pathto"](INDEX, 1)}
    app.add_js_file("search.js", loading_method="defer", **index)
    if '<figure class="live"' in body:
        app.add_js_file("ghost.js", loading_method="defer")
        app.add_js_file("live.js", loading_method="defer")
    if '<figure class="guess"' in body:
        app.add_js_file("guess.js", loading_method="defer")
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
    if '<figure class="attack"' in body:  # after run.js, which it asks for
        app.add_js_file("attack.js", loading_method="defer")
    context["body"] = tables.as_cards(body)
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
    chapter = {"data-chapter": ""} if pagename in app.env.toc_secnumbers else {}
    return {"data-exercises": _exercises(), **chapter}


@cache
def _exercises() -> str:
    """`page:how many:its sets` of every page of exercises."""
    pages = []
    for notebook in dict.fromkeys(SETS.values()):
        sets = [name for name, where in SETS.items() if where == notebook]
        many = sum(name.partition(".")[0] in sets for name in load())
        pages.append(f"{notebook}:{many}:{','.join(sets)}")
    return " ".join(pages)


def _wanted(file) -> bool:
    return Path(str(getattr(file, "filename", file)).partition("?")[0]).name in OURS


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
        app.builder.templates.render = lambda name, context: polish(render(name, context))


def polish(html: str) -> str:
    """The page with all of REPAIRS made."""
    for pattern, instead in REPAIRS:
        html = re.sub(pattern, instead, html, flags=re.S)
    return html
