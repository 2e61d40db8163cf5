"""The front page: its links become buttons, the way through the book cards with pictures, the three
ways in columns. In the notebook all of it is plain Markdown, which Jupyter and GitHub show as well.
"""

from __future__ import annotations

import re
from pathlib import Path

from docutils import nodes

from . import cards, pages

START, WAYS, CARDS = "Start chapter 1", "three-ways-in", "the-way-through"
DOORS = re.compile(r'<nav class="doors".*?</nav>\n?', re.S)


def dress(app, doctree, docname) -> None:
    """Mark what the style sheet and front.js look for, and put the cards in place of the table."""
    if docname != app.config.root_doc or app.builder.format != "html":
        return
    for link in doctree.findall(nodes.reference):
        if link.astext() == START:
            link.parent["classes"].append("front-start")
    for section in doctree.findall(nodes.section):
        if WAYS in section["ids"]:
            next(section.findall(nodes.bullet_list))["classes"].append("ways")
        if CARDS in section["ids"]:
            table = next(section.findall(nodes.table))
            table.replace_self(_cards(table))


def _cards(table: nodes.table) -> nodes.bullet_list:
    """A card for each row: its picture, the link to the chapter, the chapter's question."""
    found = nodes.bullet_list(classes=["cards"])
    (body,) = table.findall(nodes.tbody)
    for picture, row in zip(cards.PICTURES, body.children, strict=True):
        link = next(row.findall(nodes.reference), nodes.inline("", row.children[0].astext()))
        link["classes"].append("card-link")
        question = nodes.paragraph("", row.children[-1].astext())
        item = nodes.list_item("", nodes.raw("", cards.svg(picture), format="html"))
        item += [nodes.paragraph("", "", link, classes=["card-title"]), question]
        found += item
    return found


def move_doors(app, pagename, templatename, context, doctree) -> None:
    """The row of doors stands under the ways in, of which it is one, not between title and promise."""
    if pagename != app.config.root_doc or "body" not in context:
        return
    body = context["body"]
    if (doors := DOORS.search(body)) and f'id="{CARDS}"' in body:
        body = body.replace(doors[0], "", 1)
        before = re.search(rf'<section id="{CARDS}">', body)
        end = body.rindex("</section>", 0, before.start())
        context["body"] = f"{body[:end]}{doors[0]}{body[end:]}"


def lead_in(app, error) -> None:
    """The page at the site's bare address, which leads on to the front page at once. A link to it shows
    the card, since who makes a preview of a link does not follow on.
    """
    if error or app.builder.format != "html":
        return
    to = f"{app.config.root_doc}.html"
    tags = pages.described(app, "", pages.SUMMARY)
    (Path(app.outdir) / "index.html").write_text(
        f'<!DOCTYPE html>\n<html lang="en">\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Refresh" content="0; url={to}">\n'
        f'<title>{app.config.html_title}</title>\n{tags}<a href="{to}">{app.config.html_title}</a>\n',
        encoding="utf-8",
    )
