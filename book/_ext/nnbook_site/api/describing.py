"""The entry of a name: docstrings and code as nodes."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from textwrap import dedent

from docutils import nodes

from .names import Entry, path_of
from .signatures import call as written
from .signatures import signature

STRESSED = re.compile(r"(?<![\w*])\*(\w(?:[^*]*\w)?)\*(?![\w*])")  # and not x * y * z


def prose(text: str) -> list[nodes.Node]:
    """A docstring as nodes: paragraphs as they are; what is indented or set in columns, as code."""
    found = []
    for block in re.split(r"\n\s*\n", text):
        for verbatim, lines in _runs(block.splitlines()):
            if verbatim:
                found.append(code("\n".join(lines)))
            elif lines[0].startswith("- "):
                items = re.split(r"(?:^|\n)- ", "\n".join(lines))[1:]
                found.append(
                    nodes.bullet_list("", *(nodes.list_item("", paragraph(i)) for i in items))
                )
            else:
                found.append(paragraph("\n".join(lines)))
    return found


def _runs(lines: list[str]) -> Iterator[tuple[bool, list[str]]]:
    """Consecutive lines that are code, or are not."""
    columns = any(re.search(r"\S {3,}\S", line) for line in lines)
    run: list[str] = []
    state = False
    for line in lines:
        verbatim = columns or (line.startswith("    ") and not (run and run[0].startswith("- ")))
        if run and verbatim != state:
            yield state, run
            run = []
        state = verbatim
        run.append(line)
    if run:
        yield state, run


def paragraph(text: str) -> nodes.paragraph:
    """A paragraph of a docstring, with its `code` and its *words to stress*."""
    found = nodes.paragraph()
    for i, part in enumerate(re.split(r"`([^`]+)`", text)):
        if i % 2:
            found += nodes.literal("", " ".join(part.split()))
            continue
        for k, words in enumerate(STRESSED.split(part)):
            if words:
                as_it_is = nodes.inline("", words, support_smartquotes=False)  # f' has a prime
                found += nodes.emphasis("", words) if k % 2 else as_it_is
    return found


def code(text: str) -> nodes.literal_block:
    text = dedent(text)
    try:
        ast.parse(text)
        language = "python"
    except SyntaxError:
        language = "text"
    return nodes.literal_block(text, text, language=language)


def section(entry: Entry, *content: nodes.Node) -> nodes.section:
    title = nodes.title("", "", nodes.literal("", entry.name or f"nnbook_lib.{entry.module}"))
    return nodes.section("", title, *content, ids=[entry.key], classes=["api"])


def listing(entry: Entry) -> list[nodes.Node]:
    first, last = entry.lines
    lines = f"lines {first} to {last}" if first < last else f"line {first}"
    where = f"nnbook_lib/{path_of(entry.module)}, {lines}"
    head = f'<details class="source"><summary>Source: {where}</summary>'
    return [
        nodes.raw("", head, format="html"),
        nodes.literal_block(entry.source, entry.source, language="python"),
        nodes.raw("", "</details>", format="html"),
    ]


def describe(entry: Entry) -> nodes.section:
    """The section of one name."""
    if isinstance(entry.node, ast.Assign | ast.AnnAssign):
        short = entry.lines[1] - entry.lines[0] < 6
        shown = [nodes.literal_block(entry.source, entry.source, language="python")]
        return section(entry, *(shown if short else listing(entry)))
    call = signature(entry)
    content = [nodes.literal_block(call, call, language="python", classes=["signature"])]
    content += prose(entry.doc)
    if isinstance(entry.node, ast.ClassDef):
        content += methods(entry.node)
    return section(entry, *content, *listing(entry))


def methods(node: ast.ClassDef) -> list[nodes.Node]:
    """A class's public methods that have something to say, and how they are called."""
    items = []
    for method in node.body:
        doc = ast.get_docstring(method) if isinstance(method, ast.FunctionDef) else None
        public = doc and (not method.name.startswith("_") or method.name == "__call__")
        if not public:
            continue
        is_property = any(ast.unparse(d).endswith("property") for d in method.decorator_list)
        call = (
            method.name if is_property else " ".join(written(method.name, method, "self").split())
        )
        call = call.replace("( ", "(").replace(", )", ")").replace(" )", ")")
        term = nodes.term("", "", nodes.literal("", call))
        items.append(
            nodes.definition_list_item(
                "", term, nodes.definition("", *prose(inspect.cleandoc(doc)))
            )
        )
    return [nodes.definition_list("", *items, classes=["methods"])] if items else []
