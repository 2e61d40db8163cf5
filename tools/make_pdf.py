"""The whole book as one PDF, printed by Chromium from the built site.

    python tools/make_pdf.py            after `make book`

The pages in the order of _toc.yml become one document: a title page, a table of contents with page
numbers, the chapters with the first picture of each live figure, and at the end everything that is
folded on the site (answers, hints, solutions), linked both ways. Code that only draws is left out,
and so is the library's reference, which lives on the site. The PDF stands in the site itself, and
a link to it in the sidebar of every page: it is put there only now, so it never leads nowhere.
"""

from __future__ import annotations

import base64
import re
import shutil
import sys
import time
from datetime import datetime
from pathlib import Path

import yaml
from edition import edition
from one_document import assemble
from site_pages import demand, offer

ROOT = Path(__file__).parents[1]
SITE = ROOT / "_build" / "html"
WORK = ROOT / "_build" / "pdf"
NAME = "how-neural-networks-learn.pdf"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

FIT = """() => {  // formulas, tables and code too wide for the paper are made smaller until they fit
    for (const box of document.querySelectorAll("div.formula, table, pre")) {
        const room = box.parentElement.clientWidth;
        const need = box.matches("table") ? box.offsetWidth : box.scrollWidth;
        if (need > room + 1) box.style.fontSize = `${Math.floor(96 * room / need)}%`;
    }
}"""


def chromium() -> str:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        sys.exit("make_pdf.py prints with Chromium or Chrome, and found neither on this machine.")
    return found


NUMBER = """numbers => {
    for (const link of document.querySelectorAll(".toc a"))
        link.querySelector(".page").textContent = numbers[link.hash.slice(1)];
}"""


def print_book(page, file: Path, made: datetime) -> tuple[bytes, int]:
    """(PDF, number of pages): printed once to learn the pages, and once to tell them."""
    page.goto(file.as_uri())
    page.emulate_media(media="print")
    page.evaluate("document.fonts.ready")
    page.evaluate(FIT)
    numbers, _ = page_numbers(printed(page))
    page.evaluate(NUMBER, numbers)
    pdf = dated(said_once(printed(page)), made)
    again, count = page_numbers(pdf)
    if again != numbers:
        raise RuntimeError("the page numbers in the table of contents have moved the pages")
    return pdf, count


def printed(page) -> bytes:
    """The open document as a PDF, tagged and with bookmarks."""
    session = page.context.new_cdp_session(page)
    made = session.send(
        "Page.printToPDF",
        {
            "preferCSSPageSize": True,
            "printBackground": True,
            "generateTaggedPDF": True,
            "generateDocumentOutline": True,
            "transferMode": "ReturnAsStream",
        },
    )
    pieces = []
    while True:
        piece = session.send("IO.read", {"handle": made["stream"], "size": 1 << 22})
        pieces.append(base64.b64decode(piece["data"]))
        if piece["eof"]:
            return b"".join(pieces)


TWICE = re.compile(rb"/Title \(([^()\\]+)\1\)")
TWICE_UNICODE = re.compile(rb"/Title <FEFF((?:[0-9A-F]{4})+)\1>")


def said_once(pdf: bytes) -> bytes:
    """Chromium tells a heading at the top of a page twice in the bookmark: "ContentsContents".

    Spaces take the second one's place, so that nothing in the file moves.
    """
    pdf = TWICE.sub(lambda m: b"/Title (%s%s)" % (m[1], b" " * len(m[1])), pdf)
    return TWICE_UNICODE.sub(
        lambda m: b"/Title <FEFF%s%s>" % (m[1], b"0020" * (len(m[1]) // 4)), pdf
    )


DATE = re.compile(rb"/(CreationDate|ModDate) \(D:\d{14}")


def dated(pdf: bytes, made: datetime) -> bytes:
    """The PDF with the date of its edition, in place of that of its printing."""
    return DATE.sub(lambda m: b"/%s (D:%s" % (m[1], f"{made:%Y%m%d%H%M%S}".encode()), pdf)


OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\n?(.*?)endobj", re.S)


def page_numbers(pdf: bytes) -> tuple[dict[str, int], int]:
    """({anchor: page}, number of pages) of a PDF as Chromium writes it, objects in the clear."""
    objects = {int(n): text.split(b"stream\n")[0] for n, text in OBJECT.findall(pdf)}
    tree = {n: text for n, text in objects.items() if re.search(rb"/Type\s*/Pages\b", text)}
    top = next(n for n, text in tree.items() if b"/Parent" not in text)
    order: list[int] = []

    def walk(n: int) -> None:
        if n not in tree:
            order.append(n)
            return
        for kid in re.findall(rb"(\d+) 0 R", re.search(rb"/Kids\s*\[(.*?)\]", tree[n], re.S)[1]):
            walk(int(kid))

    walk(top)
    place = {n: i for i, n in enumerate(order, 1)}
    found = {}
    for text in objects.values():
        for name, target in re.findall(rb"/([^\s/\[\]<>()]+)\s*\[(\d+) 0 R\s*/XYZ", text):
            if int(target) in place:
                found[unescaped(name)] = place[int(target)]
    return found, len(order)


def unescaped(name: bytes) -> str:
    """A PDF name: #2D is a hyphen."""
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), name).decode()


def main() -> None:
    from playwright.sync_api import sync_playwright

    demand(SITE, ROOT / "_toc.yml")
    began = time.perf_counter()
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    this = edition(ROOT)
    WORK.mkdir(exist_ok=True)
    file = WORK / "book.html"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page(viewport={"width": 658, "height": 900})  # the width of the text
        page.set_default_timeout(600_000)
        file.write_text(assemble(SITE, ROOT / "_toc.yml", config, this), encoding="utf-8")
        pdf, count = print_book(page, file, this.made)
        browser.close()
    (SITE / NAME).write_bytes(pdf)
    size = f"{count} pages, {len(pdf) / 1e6:.1f} MB"
    offer(SITE, NAME, "The book as a PDF", size)
    print(f"{SITE / NAME}: {size}, in {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
