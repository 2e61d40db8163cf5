"""The built site as one HTML document, to be printed: see make_pdf.py."""

from __future__ import annotations

import html
import re
from pathlib import Path

import yaml
from bs4 import BeautifulSoup, Tag

STYLE = Path(__file__).with_name("pdf.css")
LEFT_OUT = ("reference/api/",)
NOT_PRINTED = (
    "a.headerlink, script, .live-controls, button, details.hide, .cell.tag_hide-cell, "
    "nav.doors, .toctree-wrapper, .exercise-bar, .exercise-tick, .d-print-none"
)
REFERS = ("aria-labelledby", "aria-describedby", "for", "headers")


# One page ---------------------------------------------------------------------------------------


def pages(toc: Path) -> list[tuple[str, str]]:
    """(part's caption, page's name) in the order of a _toc.yml."""
    contents = yaml.safe_load(toc.read_text(encoding="utf-8"))

    def names(chapters):
        for chapter in chapters:
            yield chapter["file"]
            yield from names(chapter.get("sections", []))

    found = [("", contents["root"])]
    for part in contents.get("parts", [contents]):
        found += [(part.get("caption", ""), name) for name in names(part.get("chapters", []))]
    return [(part, name) for part, name in found if not name.startswith(LEFT_OUT)]


def slug(name: str) -> str:
    return re.sub(r"\W+", "-", name.rsplit(".", 1)[0] if name.endswith(".html") else name)


def article(site: Path, name: str) -> Tag:
    """A page's text, without what only makes sense on a screen; every id begins with its slug."""
    soup = BeautifulSoup((site / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
    found = soup.select_one("article.bd-article > section")
    for part in found.select(NOT_PRINTED):
        part.decompose()
    for formula in found.select("[data-tex]"):  # one picture with its source as words, not 30 tags
        formula.attrs |= {"role": "img", "aria-label": formula.attrs.pop("data-tex")}
    for tag in [found, *found.select("[id]")]:
        tag["id"] = f"{slug(name)}--{tag['id']}"
    for tag in found.find_all(True):
        for key in REFERS:
            if key in tag.attrs:
                given = tag[key] if isinstance(tag[key], list) else tag[key].split()
                tag[key] = " ".join(f"{slug(name)}--{each}" for each in given)
        for key, value in tag.attrs.items():
            if isinstance(value, str) and "url(#" in value:
                tag[key] = value.replace("url(#", f"url(#{slug(name)}--")
        if tag.name == "style" and tag.string:
            tag.string = tag.string.replace("url(#", f"url(#{slug(name)}--")
    return found


def relink(tag: Tag, name: str, known: set[str], elsewhere: str) -> None:
    """Lead links to pages of the book into this document; others to the site, or nowhere."""
    for link in tag.select("[href], [src], [*|href]") + tag.find_all(attrs={"xlink:href": True}):
        for key in ("href", "xlink:href", "src"):
            to = link.get(key)
            if not to or re.match(r"[a-z]+:", to):
                continue
            path, _, anchor = to.partition("#")
            page = resolved(name, path) if path else f"{name}.html"
            if key == "src":
                link[key] = f"../html/{page}"
            elif page.endswith(".html") and page.removesuffix(".html") in known:
                target = slug(page.removesuffix(".html"))
                link[key] = f"#{target}--{anchor}" if anchor else f"#{target}"
            elif elsewhere:
                link[key] = f"{elsewhere}{page}" + (f"#{anchor}" if anchor else "")
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


def unfold(tag: Tag, title: str) -> list[Tag]:
    """Take the folds out of a page: a list of their heads stays, and their contents are returned.

    Folds before the first section, which say what a chapter builds on, are opened where they are.
    Folds that follow one another belong together: options of a question, hints of an exercise.
    """
    soup = BeautifulSoup("", "html.parser")
    first = tag.find("section")
    answers = []
    done = set()
    for fold in tag.find_all("details"):
        if id(fold) in done or fold.find_parent("details"):
            continue
        if (
            first
            and fold.find_parent("section") is tag
            and fold not in first.find_all_next("details")
        ):
            open_in_place(fold, soup)
            continue
        group = [fold]
        while (after := following(group[-1])) is not None:
            group.append(after)
        done |= {id(each) for each in group}
        key = f"{tag['id']}--answer-{len(answers) + 1}"
        kind = "options" if "option" in fold.get("class", []) else "hints"
        heads = soup.new_tag("ul", attrs={"class": kind, "id": f"{key}-asked"})
        answer = soup.new_tag("section", attrs={"class": "answer", "id": key})
        answer.append(heading(soup, "h3", asked(fold, title), f"{key}-asked"))
        for i, each in enumerate(group):
            words = each.summary.extract() if each.summary else soup.new_tag("summary")
            item = soup.new_tag("li")
            link = soup.new_tag("a", attrs={"href": f"#{key}"})
            link.extend(list(BeautifulSoup(words.decode_contents(), "html.parser").contents))
            item.append(link)
            heads.append(item)
            box = soup.new_tag("div", attrs={"class": "unfolded"})
            name = soup.new_tag("p", attrs={"class": "fold-name"})
            if kind == "options":
                name.append(f"{chr(ord('A') + i)}. ")
            name.extend(list(words.contents))
            box.append(name)
            for inner in each.find_all("details"):
                open_in_place(inner, soup)
            box.extend(list(each.contents))
            answer.append(box)
        group[0].insert_before(heads)
        for each in group:
            each.decompose()
        answers.append(answer)
    return answers


def asked(fold: Tag, title: str) -> str:
    """What a fold answers: its section, and the number of the question before it."""
    inside = fold.find_parent("section")
    head = inside.find(["h1", "h2", "h3", "h4"]).get_text() if inside else title
    before = fold.find_previous_sibling()
    number = re.match(r"(\d+)\.", before.get_text()) if before is not None else None
    return f"{head}, question {number[1]}" if number else head


def following(fold: Tag) -> Tag | None:
    """The fold that comes right after this one."""
    after = fold.next_sibling
    while after is not None and not isinstance(after, Tag) and not str(after).strip():
        after = after.next_sibling
    return after if isinstance(after, Tag) and after.name == "details" else None


def open_in_place(fold: Tag, soup: BeautifulSoup) -> None:
    if fold.summary:
        fold.summary.name = "p"
        fold.p["class"] = "fold-name"
    fold.name = "div"
    fold["class"] = "open"


def heading(soup: BeautifulSoup, level: str, words: str, back: str) -> Tag:
    head = soup.new_tag(level)
    link = soup.new_tag("a", attrs={"href": f"#{back}"})
    link.string = words
    head.append(link)
    return head


# The document -----------------------------------------------------------------------------------


def assemble(site: Path, toc: Path, config: dict) -> str:
    """The whole book as one HTML document; the pages in its table of contents are still empty."""
    order = pages(toc)
    known = {name for _, name in order}
    elsewhere = address(config)
    body, contents, styles, answers = [], [], [], []
    part = ""
    for caption, name in order:
        text = article(site, name)
        relink(text, name, known, elsewhere)
        title = " ".join(text.h1.get_text().split())
        found = unfold(text, title)
        if caption != part:
            part = caption
            contents.append(f'<p class="part">{html.escape(part)}</p>')
        key = slug(name)
        contents.append(entry(key, title, 1 + name.count("/") * ("index" not in name)))
        for head in text.select(":scope > section > h2"):
            words = " ".join(head.get_text().split())
            contents.append(entry(head.parent["id"], words, 3))
        styles.append(running_head(key, title))
        body.append(f'<div class="chapter" id="{key}" style="page: p-{key}">{text}</div>')
        if found:
            inside = "".join(map(str, found))
            link = f'<a href="#{key}">{html.escape(title)}</a>'
            answers.append(f"<section><h2>{link}</h2>{inside}</section>")
    if answers:
        title = "Answers, hints and solutions"
        contents.append(entry("answers", title, 1))
        styles.append(running_head("answers", title))
        body.append(
            f'<div class="chapter" id="answers" style="page: p-answers"><h1>{title}</h1>'
            f"<p>A heading here leads back to where the question was asked.</p>{''.join(answers)}</div>"
        )
    return document(site, config, elsewhere, styles, contents, body)


def document(site, config, elsewhere, styles, contents, body) -> str:
    title, author = config["title"], config["author"]
    sheets = dict.fromkeys(  # of all pages, since one has formulas and another a table
        sheet.split("?")[0]
        for page in sorted(site.glob("*.html"))
        for sheet in re.findall(
            r'<link[^>]*href="(_static/[^"]+\.css[^"]*)"', page.read_text("utf-8")
        )
    )
    links = "".join(f'<link rel="stylesheet" href="../html/{sheet}">' for sheet in sheets)
    where = f'<p>The book itself, where its figures move: <a href="{elsewhere}">{elsewhere}</a></p>'
    return (
        f'<!DOCTYPE html><html lang="en" data-theme="light" data-mode="light"><head>'
        f'<meta charset="utf-8"><title>{html.escape(title)}</title>{links}'
        f"<style>{STYLE.read_text('utf-8')}\n{''.join(styles)}</style></head><body>"
        f'<div class="cover"><img src="../html/_static/logo.svg" alt="">'
        f'<p class="title">{html.escape(title)}</p><p class="author">{html.escape(author)}</p>'
        f'<div class="about">{where if elsewhere else ""}<p>Figures with an orange edge have '
        f"controls on the site and in Jupyter; here stands their first picture. Quizzes, hints and "
        f"solutions are answered at the end. Code that only draws is left out.</p>"
        f"<p>Text and figures: CC BY 4.0. Code: BSD 3-Clause.</p></div></div>"
        f'<nav class="toc" id="contents"><h1>Contents</h1>{"".join(contents)}</nav>'
        f'<main class="bd-article">{"".join(body)}</main></body></html>'
    )


def entry(anchor: str, words: str, level: int) -> str:
    """A line of the table of contents."""
    page = '<span class="page"></span>'
    return f'<p class="level{level}"><a href="#{anchor}">{html.escape(words)}{page}</a></p>'


def running_head(key: str, title: str) -> str:
    words = title.replace("\\", "\\\\").replace('"', '\\"')
    return f'@page p-{key} {{ @top-left {{ content: "{words}"; }} }}\n'


def address(config: dict) -> str:
    """Where the site stands, from the repository that _config.yml names; or ""."""
    given = (config.get("html") or {}).get("baseurl") or ""
    match = re.match(r"https://github\.com/([^/]+)/([^/]+)", str(repository(config)))
    given = given or (f"https://{match[1].lower()}.github.io/{match[2]}/" if match else "")
    return given and given.rstrip("/") + "/"


def repository(config: dict) -> str:
    return (config.get("repository") or {}).get("url", "")
