"""A site of four pages, as `make book` would leave it: what the PDF and the EPUB are tested with."""

from pathlib import Path

CONFIG = {"title": "A book", "author": "Nobody", "sphinx": {"config": {"language": "en"}}}
PUBLISHED = CONFIG | {"repository": {"url": "https://github.com/Some-One/book"}}
HOME = "https://some-one.github.io/book/"
TOC = """\
format: jb-book
root: intro
parts:
  - caption: The book
    chapters:
      - file: one
        sections:
          - file: more/two
  - caption: Reference
    chapters:
      - file: reference/api/index
      - file: reference/terms
"""
PAGES = {
    "intro": """<section id="intro"><h1>A book<a class="headerlink" href="#intro">#</a></h1>
        <p><a href="one.html">one</a>, <a href="more/two.html#deep">deep</a>, <a
        href="reference/api/index.html#name">name</a>, <a href="https://example.org">out</a></p>
        </section>""",
    "one": """<section id="one"><h1><span class="section-number">1. </span>One</h1>
        <nav class="doors"><p>Run this</p></nav>
        <details><summary>What you need</summary><p>school</p></details>
        <section id="quiz"><h2>Quiz</h2><p><strong>1.</strong> What? <a
        href="#live-x--deep">See</a></p>
        <details class="option"><summary>this</summary><p>No: wrong.</p></details>
        <details class="option"><summary>that</summary><p>Right.</p></details>
        <p><strong>2.</strong> And now?</p>
        <details class="option"><summary>so</summary><p>Yes.</p></details></section>
        <details class="admonition hide above-input"><summary>Show</summary><pre>code</pre></details>
        <div class="highlight"><pre><span class="k">return</span> <span class="n">x</span>
        </pre></div>
        <figure class="live" id="live-x" data-frames="x.js"
        aria-label="A line"><div class="live-controls"><button id="live-x--deep">Deep</button>
        <div class="live-control"><label for="live-x-n">n</label><span class="live-input"><input
        type="range" id="live-x-n"><output for="live-x-n">2</output></span></div></div>
        <svg role="img" aria-label="A line" viewBox="0 0 9 9"><defs><clipPath id="c"><path
        d="M0 0"></path></clipPath><path id="d" d="M0 0"></path></defs><g clip-path="url(#c)"><use
        href="#d"></use></g></svg>
        <p class="live-setting">Drawn for n 2, with skip.</p>
        <figcaption aria-live="polite"><b>It says.</b> So.</figcaption></figure></section>""",
    "more/two": """<section id="two"><h1>Two</h1><section id="deep"><h2>Deep</h2><p>x
        <math data-tex="u^2"><msup><mi>u</mi><mn>2</mn></msup></math>
        <a href="../one.html#quiz">back</a></p>
        <details class="hint"><summary>Hint</summary><p>Look.</p></details>
        <details class="solution"><summary>Solution</summary><p>Found.</p></details></section>
        </section>""",
    "reference/terms": """<section id="terms"><h1>Terms</h1><p>A word<br>and a picture: <img
        src="../_images/dot.svg" alt="A dot"></p><details class="hub"><summary>Links</summary><ul>
        <li><p>One</p><pre>/hub/git-pull?repo=one</pre></li><li><p>Two</p><pre>/hub/two</pre></li>
        </ul></details></section>""",
}
MARKS = "<!-- pdf --><!-- epub -->"
LOGO = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">
<path d="M1 1 L7 7 M1 7 Q4 4 7 1" stroke="#0072b2" stroke-width="1"/>
<circle cx="4" cy="4" r="2" fill="#d55e00"/></svg>"""
FONT = '@font-face { font-family: "STIX Two Math"; src: url("fonts/f.woff2"); }'


def build(folder: Path) -> Path:
    """Write the site into folder/_build/html, and its _toc.yml; returns the folder."""
    html = folder / "_build" / "html"
    for name, body in PAGES.items():
        file = html / f"{name}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(
            f'<html><head></head><body>{MARKS}<article class="bd-article">{body}</article>'
            "</body></html>",
            encoding="utf-8",
        )
    (html / "_static" / "fonts").mkdir(parents=True)
    (html / "_images").mkdir()
    for drawing in ("_static/logo.svg", "_images/dot.svg"):
        (html / drawing).write_text(LOGO, encoding="utf-8")
    (html / "_static" / "site.css").write_text(FONT, encoding="utf-8")
    (html / "_static" / "fonts" / "f.woff2").write_bytes(b"wOF2")
    (folder / "_toc.yml").write_text(TOC, encoding="utf-8")
    return folder
