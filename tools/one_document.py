"""The built site as one HTML document, to be printed: see make_pdf.py."""

from __future__ import annotations

import html
import re
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from edition import Edition
from site_pages import LICENSE, address, pages, relink, sections, slug, text, title

STYLE = Path(__file__).with_name("pdf.css")
REFERS = ("aria-labelledby", "aria-describedby", "for", "headers")


# One page ---------------------------------------------------------------------------------------


def article(site: Path, name: str) -> Tag:
    """A page's text, in which every id begins with the page's slug."""
    found = text(site, name)
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
    return found


def unfold(tag: Tag, head: str) -> list[Tag]:
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
        answer.append(heading(soup, "h3", asked(fold, head), f"{key}-asked"))
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


def asked(fold: Tag, page: str) -> str:
    """What a fold answers: its section, and the number of the question before it."""
    inside = fold.find_parent("section")
    head = inside.find(["h1", "h2", "h3", "h4"]).get_text() if inside else page
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


def assemble(site: Path, toc: Path, config: dict, edition: Edition) -> str:
    """The whole book as one HTML document; the pages in its table of contents are still empty."""
    order = pages(toc)
    known = {name for *_, name in order}
    elsewhere = address(config)

    def inside(name, anchor):
        if name in known:
            return f"#{slug(name)}--{anchor}" if anchor else f"#{slug(name)}"

    body, contents, styles, answers = [], [], [], []
    part = ""
    for caption, level, name in order:
        page = article(site, name)
        relink(page, name, inside, elsewhere, files="../html/")
        words = title(page)
        found = unfold(page, words)
        if caption != part:
            part = caption
            contents.append(f'<p class="part">{html.escape(part)}</p>')
        key = slug(name)
        contents.append(entry(key, words, level))
        contents += [entry(anchor, head, 3) for anchor, head in sections(page)]
        styles.append(running_head(key, words))
        body.append(f'<div class="chapter" id="{key}" style="page: p-{key}">{page}</div>')
        if found:
            told = "".join(map(str, found))
            link = f'<a href="#{key}">{html.escape(words)}</a>'
            answers.append(f"<section><h2>{link}</h2>{told}</section>")
    if answers:
        words = "Answers, hints and solutions"
        contents.append(entry("answers", words, 1))
        styles.append(running_head("answers", words))
        body.append(
            f'<div class="chapter" id="answers" style="page: p-answers"><h1>{words}</h1>'
            f"<p>A heading here leads back to where the question was asked.</p>{''.join(answers)}</div>"
        )
    return document(site, config, edition, elsewhere, styles, contents, body)


def document(site, config, edition, elsewhere, styles, contents, body) -> str:
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
        f'<p class="edition">{edition}</p>'
        f'<div class="about">{where if elsewhere else ""}<p>Figures with an orange edge have '
        f"controls on the site and in Jupyter; here stands their first picture. Quizzes, hints, "
        f"solutions and what is to be guessed are answered at the end. Code that only draws is left out.</p>"
        f"<p>{LICENSE}</p></div></div>"
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
