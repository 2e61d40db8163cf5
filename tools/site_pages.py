"""The built site's pages as the text of a book without scripts: what the PDF and the EPUB share."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import yaml
from bs4 import BeautifulSoup, Tag

sys.path.insert(0, str(Path(__file__).parents[1] / "book" / "_ext"))
from nnbook_site.app import WORKER, write_worker

LICENSE = "Text and figures: CC BY 4.0. Code: BSD 3-Clause."
LEFT_OUT = ("reference/api/",)
ON_SITE = "on-site"  # the class of a link that leads to the site, though the page is in the book
SCREEN_ONLY = (
    "a.headerlink, script, style, .live-controls, .twins-numbers, button, details.hide, "
    ".cell.tag_hide-cell, nav.doors, .toctree-wrapper, .exercise-bar, .exercise-tick, .d-print-none"
)


class Page(NamedTuple):
    """A page's place in the book: the caption of its part, its level in it (1 for a chapter)."""

    part: str
    level: int
    name: str


def pages(toc: Path) -> list[Page]:
    """The pages in the order of a _toc.yml."""
    contents = yaml.safe_load(toc.read_text(encoding="utf-8"))

    def found(part, chapters, level=1):
        for chapter in chapters:
            yield Page(part, level, chapter["file"])
            yield from found(part, chapter.get("sections", []), level + 1)

    book = [Page("", 1, contents["root"])]
    for part in contents.get("parts", [contents]):
        book += found(part.get("caption", ""), part.get("chapters", []))
    return [page for page in book if not page.name.startswith(LEFT_OUT)]


def demand(site: Path, toc: Path) -> None:
    """End the program with the remedy if a page is not built."""
    for *_, name in pages(toc):
        if not (site / f"{name}.html").exists():
            sys.exit(
                f"The built site lacks {name}, which {sys.argv[0]} reads: run make book first."
            )


def slug(name: str) -> str:
    """A page's name as an id, or as a file's name in one folder."""
    return re.sub(r"\W+", "-", name.rsplit(".", 1)[0] if name.endswith(".html") else name)


def text(site: Path, name: str) -> Tag:
    """A page's text, without what only makes sense on a screen with scripts."""
    soup = BeautifulSoup((site / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
    found = soup.select_one("article.bd-article > section")
    for figure in found.select("figure.live"):
        if setting := figure.select_one(".live-setting"):  # so that it can be understood alone
            figure.figcaption.append(setting.extract())
    for link in found.select(
        'a[href*="#live-"][href*="--"]'
    ):  # to a preset, which moves there only
        link["class"] = [*link.get("class", []), ON_SITE]
    for fold in found.select("details.hub"):
        fold.replace_with(copied_there(fold, soup))
    for fold in found.select("details.deeper"):  # a section like any other, with its mark
        fold.summary.unwrap()
        fold.unwrap()
    for part in found.select(SCREEN_ONLY):
        part.decompose()
    return found


def copied_there(fold: Tag, soup: BeautifulSoup) -> Tag:
    """A fold of long addresses, to be copied into a browser, as a link to where it is on the site."""
    place = fold.find_parent("section")["id"]
    words = soup.new_tag("a", attrs={"class": ON_SITE, "href": f"#{place}"})
    words.string = f"{fold.summary.get_text()}, on the site"
    line = soup.new_tag("p")
    titles = [" ".join(item.p.get_text().split()) for item in fold.find_all("li")]
    line.extend([words, f": {'; '.join(titles)}."])
    return line


def title(page: Tag) -> str:
    return " ".join(page.h1.get_text().split())


def sections(page: Tag) -> list[tuple[str, str]]:
    """(id, heading) of a page's sections."""
    heads = page.select(":scope > section > h2")
    return [(head.parent["id"], " ".join(head.get_text().split())) for head in heads]


# Links ------------------------------------------------------------------------------------------


def relink(
    page: Tag, name: str, inside: Callable[[str, str], str | None], elsewhere: str, files: str
) -> None:
    """Lead a page's links to where inside(page, anchor) says, those it has no place for to the site
    at `elsewhere`, or nowhere; and what it shows to the folder `files`.
    """
    for link in page.select("[href], [src]"):
        for key in ("href", "src"):
            to = link.get(key)
            if not to or re.match(r"[a-z]+:", to):
                continue
            path, _, anchor = to.partition("#")
            target = resolved(name, path) if path else f"{name}.html"
            if key == "src":
                link[key] = files + target
            elif (
                target.endswith(".html")
                and ON_SITE not in link.get("class", ())
                and (place := inside(target[:-5], anchor))
            ):
                link[key] = place
            elif elsewhere:
                link[key] = f"{elsewhere}{target}" + (f"#{anchor}" if anchor else "")
            else:
                del link[key]


def resolved(name: str, path: str) -> str:
    """A link of a page as a path from the top of the site."""
    parts = name.split("/")[:-1]
    for step in path.split("?")[0].split("/"):
        if step == "..":
            parts = parts[:-1]
        elif step not in ("", "."):
            parts.append(step)
    return "/".join(parts)


def address(config: dict) -> str:
    """Where the site stands, from the repository that _config.yml names; or ""."""
    given = (config.get("html") or {}).get("baseurl") or ""
    url = (config.get("repository") or {}).get("url", "")
    match = re.match(r"https://github\.com/([^/]+)/([^/]+)", str(url))
    given = given or (f"https://{match[1].lower()}.github.io/{match[2]}/" if match else "")
    return given and given.rstrip("/") + "/"


def offer(site: Path, file: str, words: str, more: str) -> None:
    """Put a link to a file at the site's top on every page, where there is a mark for its kind.

    It is put there only when the file is made, so that it never leads nowhere.
    """
    mark = f"<!-- {file.rsplit('.')[-1]} -->"
    link = re.compile(re.escape(mark) + r'(<p class="download">.*?</p>)?', re.S)
    for page in site.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        if mark in html:
            up = "../" * (len(page.relative_to(site).parts) - 1)
            new = f'{mark}<p class="download"><a href="{up}{file}">{words}</a> ({more})</p>'
            page.write_text(link.sub(lambda _, new=new: new, html), encoding="utf-8")
    if (site / WORKER).exists():
        write_worker(site)  # which knows the pages by their content
