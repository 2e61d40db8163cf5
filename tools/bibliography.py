"""Write book/reference/bibliography.md from book/references.bib, and list how each work is cited.

A citation is a plain link, which reads well on the page, in JupyterLab, and on GitHub. From a
notebook in book/ and for one in a folder of it:

    [[Glorot and Bengio, 2010](reference/bibliography.md#glorot2010)]
    [[Glorot and Bengio, 2010](../reference/bibliography.md#glorot2010)]

    python tools/bibliography.py
"""

import re
from collections import Counter
from pathlib import Path

from pybtex.database import BibliographyData, Entry, parse_file
from pybtex.plugin import find_plugin

BOOK = Path(__file__).parents[1] / "book"
WORKS = BOOK / "references.bib"
PAGE = BOOK / "reference" / "bibliography.md"
HEAD = (
    "# Bibliography\n\nThe works that the text cites. A DOI or an arXiv number leads to the work.\n"
)
ESCAPED = re.compile(r"\\([-.()])")  # what pybtex takes for Markdown, though it is none in a line
ARXIV = re.compile(r"arXiv:(\d+\.\d+)")


def named(entry: Entry) -> str:
    """Authors and year, as the text names a work."""
    authors = entry.persons["author"]
    last = [" ".join(map(str, a.rich_prelast_names + a.rich_last_names)) for a in authors]
    who = f"{last[0]} et al." if len(last) > 2 else " and ".join(last)
    return f"{who}, {entry.fields['year']}"


def entries(works: BibliographyData) -> dict[str, tuple[str, str]]:
    """key -> (how the text cites it, the entry in Markdown), by author and year.

    Works of the same authors and year have letters: He et al., 2016a.
    """
    style = find_plugin("pybtex.style.formatting", "plain")()
    markdown = find_plugin("pybtex.backends", "markdown")("utf-8")
    names = {key: named(entry) for key, entry in works.entries.items()}
    many, seen = Counter(names.values()), Counter()
    found = {}
    for each in style.format_bibliography(works):
        name = names[each.key]
        letter = "abcdefgh"[seen[name]] if many[name] > 1 else ""
        seen[name] += 1
        text = ESCAPED.sub(r"\1", " ".join(each.text.render(markdown).split()))
        text = ARXIV.sub(r"[\g<0>](https://arxiv.org/abs/\1)", text)
        found[each.key] = (name + letter, text)
    return found


def page(works: BibliographyData) -> str:
    """The page of the book; each entry has an anchor that HTML, GitHub and JupyterLab know."""
    lines = [
        f'- <a id="{key}"></a>**{name}.** {text}' for key, (name, text) in entries(works).items()
    ]
    return "\n".join([HEAD, *lines, ""])


if __name__ == "__main__":
    works = parse_file(WORKS)
    PAGE.write_text(page(works), encoding="utf-8")
    for key, (name, _) in entries(works).items():
        print(f"[[{name}](reference/bibliography.md#{key})]")
