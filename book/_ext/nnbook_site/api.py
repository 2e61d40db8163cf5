"""The library's reference, made from its source files: for every public name its signature, its
docstring as it is written, and its code in a fold. And links to it from the text of the chapters.

    ```{library} layer losses           the entries of these modules, on this page
    ```{library} the rest               of all modules that no other page of the folder names
    ```{library-index} forward learning   all names, page by page, each with its first sentence

A name in code, such as `nn.Dense` or `diagnostics.gradient_norms`, becomes a link to its entry: in
the text once a section, in the code cells once a page.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import dedent

from docutils import nodes
from docutils.parsers.rst import Directive

import nnbook_lib

LIBRARY = Path(nnbook_lib.__file__).parent
PAGES = "reference/api"
REST = "the rest"
PLAIN = {"explore": "live.explore", "check": "exercises.check"}  # known by their first name
WIDTH = 84  # of a signature in one line
CALL = re.compile(r"(?P<name>[A-Za-z_][\w./]*?)(?P<file>\.py)?(?:\(.*\))?")


@dataclass(frozen=True)
class Entry:
    """A public name: where it is defined, how it is called, and what is said of it."""

    module: str
    name: str  # "" for the module itself
    node: ast.AST

    @property
    def path(self) -> str:
        return f"{self.module}.{self.name}".strip(".")

    @property
    def key(self) -> str:
        """The anchor of the entry."""
        return f"nnbook_lib.{self.path}"

    @property
    def shown(self) -> str:
        """The name as a reader writes it after `import nnbook_lib as nn`."""
        if self.name and exported().get(self.name) == self.module:
            return f"nn.{self.name}"
        return f"nn.{self.path}" if self.module in loaded() else self.key

    @property
    def doc(self) -> str:
        if isinstance(self.node, ast.Assign | ast.AnnAssign):
            return ""
        return inspect.cleandoc(ast.get_docstring(self.node) or "")

    @property
    def lines(self) -> tuple[int, int]:
        decorators = [d.lineno for d in getattr(self.node, "decorator_list", [])]
        return min([self.node.lineno, *decorators]), self.node.end_lineno

    @property
    def source(self) -> str:
        first, last = self.lines
        return "\n".join(file_of(self.module).read_text("utf-8").splitlines()[first - 1 : last])


# What the library consists of ------------------------------------------------------------------


@cache
def modules() -> tuple[str, ...]:
    """Every module, as in "layer"; of a package inside, what it imports: "exercises.report"."""
    found = [p.stem for p in LIBRARY.glob("*.py") if not p.stem.startswith("__")]
    for package in LIBRARY.glob("*/__init__.py"):
        name = package.parent.name
        found += [name, *(f"{name}.{module}" for module in _imports(package))]
    return tuple(sorted(found))


def file_of(module: str) -> Path:
    path = LIBRARY.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def exported() -> dict[str, str]:
    """{name: module} of what nnbook_lib/__init__.py brings to the top."""
    imports = [n for n in _tree(LIBRARY / "__init__.py").body if isinstance(n, ast.ImportFrom)]
    return {a.asname or a.name: n.module for n in imports if n.module for a in n.names}


@cache
def loaded() -> frozenset[str]:
    """The modules that `import nnbook_lib` loads, so that nn.<module> is there."""
    found, waiting = set(), list(_imports(LIBRARY / "__init__.py"))
    while waiting:
        module = waiting.pop()
        if module not in found and module in modules():
            found.add(module)
            waiting += _imports(file_of(module))
    return frozenset(found)


def _imports(path: Path) -> Iterator[str]:
    for node in _tree(path).body:
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            yield from [node.module] if node.module else [alias.name for alias in node.names]


def entries(module: str) -> Iterator[Entry]:
    """A module's public names, in the order of its file."""
    for node in _tree(file_of(module)).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names = [node.name]
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [t.id for t in targets if isinstance(t, ast.Name)]
        else:
            continue
        yield from (Entry(module, n, node) for n in names if not n.startswith("_"))


def module_entry(module: str) -> Entry:
    return Entry(module, "", _tree(file_of(module)))


@cache
def catalog() -> dict[str, Entry]:
    """{path: entry}, as in "dense.Dense"; also by bare name for what is exported."""
    found = {}
    for module in modules():
        found[module] = module_entry(module)
        found |= {entry.path: entry for entry in entries(module)}
    for name, module in exported().items():
        found[name] = found[f"{module}.{name}"]
    return found


def resolve(text: str, own: frozenset[str] = frozenset()) -> Entry | None:
    """The entry that a piece of code names, if it names one.

    After nn. or nnbook_lib. any name counts; a file's name and module.name do too; a bare name
    only if it can hardly mean something else, and the page does not define it (`own`) itself.
    """
    match = CALL.fullmatch(text.strip())
    if not match:
        return None
    name, known = match["name"], catalog()
    if match["file"]:
        name = name.removeprefix("nnbook_lib/").replace("/", ".")
        return known[name] if name in modules() else None
    for prefix in ("nn.", "nnbook_lib."):
        if name.startswith(prefix):
            name = name.removeprefix(prefix)
            whole, part = known.get(name), known.get(name.rpartition(".")[0])
            if whole or (part and isinstance(part.node, ast.ClassDef)):
                return whole or part  # nn.Dense.forward is told of under nn.Dense
            return None
    if "." in name:
        return known.get(name)
    if name in PLAIN and name not in own:
        return known.get(PLAIN[name])
    if name in own or not ("_" in name or name[0].isupper()):
        return None
    return known[name] if name in exported() else _only(name)


def _only(name: str) -> Entry | None:
    """The one function of this name, if there is one."""
    found = [
        e for e in catalog().values() if e.name == name and isinstance(e.node, ast.FunctionDef)
    ]
    return found[0] if len(found) == 1 else None


# From a docstring and a signature to nodes -------------------------------------------------------


def signature(entry: Entry) -> str:
    """How it is called; one parameter in a line if it is long."""
    node = entry.node
    if isinstance(node, ast.FunctionDef):
        return _call(entry.shown, node)
    start = _start(node)
    if start:
        return _call(entry.shown, start, "self")
    fields = [_plain(m) for m in node.body if isinstance(m, ast.AnnAssign)]
    is_record = node.decorator_list or "NamedTuple" in map(ast.unparse, node.bases)
    return _wrap(entry.shown, fields) if is_record and fields else entry.shown


def _start(node: ast.ClassDef) -> ast.FunctionDef | None:
    """The __init__ of a class, or of the nearest of the library's classes it is made from."""
    for method in node.body:
        if getattr(method, "name", "") == "__init__":
            return method
    bases = (_classes().get(ast.unparse(base)) for base in node.bases)
    return next(filter(None, (_start(base) for base in bases if base)), None)


@cache
def _classes() -> dict[str, ast.ClassDef]:
    trees = (_tree(file_of(module)) for module in modules())
    return {n.name: n for tree in trees for n in tree.body if isinstance(n, ast.ClassDef)}


def _call(name: str, node: ast.FunctionDef, without: str = "") -> str:
    a = node.args
    given = [*a.posonlyargs, *a.args]
    defaults = [None] * (len(given) - len(a.defaults)) + a.defaults
    pairs = zip(given, defaults, strict=True)
    parts = [_parameter(arg, default) for arg, default in pairs if arg.arg != without]
    if a.vararg:
        parts.append("*" + _parameter(a.vararg))
    elif a.kwonlyargs:
        parts.append("*")
    parts += [_parameter(*pair) for pair in zip(a.kwonlyargs, a.kw_defaults, strict=True)]
    if a.kwarg:
        parts.append("**" + _parameter(a.kwarg))
    return _wrap(name, parts, f" -> {_plain(node.returns)}" if node.returns else "")


def _parameter(argument: ast.arg, default: ast.expr | None = None) -> str:
    text = _plain(argument)
    if default is None:
        return text
    return f"{text} = {_plain(default)}" if argument.annotation else f"{text}={_plain(default)}"


def _plain(node: ast.AST) -> str:
    """Its source in one line, with the quotes and the numbers that this library writes."""
    text = re.sub(r"\b(\de-)0(\d)\b", r"\1\2", ast.unparse(node))
    return text.replace("'", '"')


def _wrap(name: str, parts: list[str], tail: str = "") -> str:
    """In one line, or with the parameters in a line, or one in each, as they fit."""
    inside = ", ".join(parts)
    if len(line := f"{name}({inside}){tail}") <= WIDTH:
        return line
    if len(inside) <= WIDTH - 4:
        return f"{name}(\n    {inside}\n){tail}"
    return f"{name}(\n" + "".join(f"    {part},\n" for part in parts) + f"){tail}"


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
    found = nodes.paragraph()
    for i, part in enumerate(re.split(r"`([^`\n]+)`", text)):
        if part:
            as_it_is = nodes.inline("", part, support_smartquotes=False)  # the prime of f' is none
            found += nodes.literal("", part) if i % 2 else as_it_is
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
    where = f"nnbook_lib/{_path(entry.module)}, {lines}"
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
        call = method.name if is_property else " ".join(_call(method.name, method, "self").split())
        call = call.replace("( ", "(").replace(", )", ")").replace(" )", ")")
        term = nodes.term("", "", nodes.literal("", call))
        items.append(
            nodes.definition_list_item(
                "", term, nodes.definition("", *prose(inspect.cleandoc(doc)))
            )
        )
    return [nodes.definition_list("", *items, classes=["methods"])] if items else []


# The directives -----------------------------------------------------------------------------------


def pages(source: Path) -> dict[str, str]:
    """{module: page} as the pages of the reference say it."""
    found, last = {}, None
    for file in sorted((source / PAGES).glob("*.md")):
        for given in re.findall(r"^```\{library\} (.+)$", file.read_text("utf-8"), re.M):
            page = f"{PAGES}/{file.stem}"
            if given == REST:
                last = page
            else:
                found |= dict.fromkeys(given.split(), page)
    if last:
        found |= {module: last for module in modules() if module not in found}
    return found


class Library(Directive):
    """The entries of some modules."""

    required_arguments, final_argument_whitespace = 1, True

    def run(self) -> list[nodes.Node]:
        env = self.state.document.settings.env
        here = pages(Path(env.srcdir))
        names = self.arguments[0].split()
        if self.arguments[0] == REST:
            names = [m for m in modules() if here[m] == env.docname]
        found = []
        for name in names:
            if name not in modules():
                raise self.error(f"nnbook_lib has no module {name!r}.")
            env.note_dependency(str(file_of(name)))
            whole = module_entry(name)
            parts = [describe(entry) for entry in entries(name)]
            found.append(section(whole, *prose(whole.doc), *parts))
        return found


class LibraryIndex(Directive):
    """Every name with its first sentence, in the order of the pages that are named."""

    required_arguments, final_argument_whitespace = 1, True

    def run(self) -> list[nodes.Node]:
        env = self.state.document.settings.env
        where = pages(Path(env.srcdir))
        order = [f"{PAGES}/{name}" for name in self.arguments[0].split()]
        if missing := set(where.values()) ^ set(order):
            raise self.error(f"Every page of the reference, and no other: {sorted(missing)}.")
        found = []
        for page in order:
            text = Path(env.srcdir, page).with_suffix(".md").read_text("utf-8")
            head = re.search(r"^# (.+)$", text, re.M)[1]
            link = nodes.reference("", head, internal=True, refuri=f"{Path(page).name}.html")
            title = nodes.title("", "", link)
            ids = [nodes.make_id(head)]
            found.append(nodes.section("", title, ids=ids))
            for module in [m for m in where if where[m] == page and m in modules()]:
                env.note_dependency(str(file_of(module)))
                found[-1] += summary(module)
        return found


def summary(module: str) -> list[nodes.Node]:
    """A module's names, each with its first sentence."""
    named = list(entries(module))
    items = [paragraph(f"`{e.shown}`  {_first_sentence(e.doc)}") for e in named if e.doc]
    if plain := [f"`{e.shown}`" for e in named if not e.doc]:
        items.append(paragraph(", ".join(plain)))
    whole = module_entry(module)
    head = paragraph(f"`nnbook_lib/{_path(module)}`: {_first_sentence(whole.doc)}")
    return [head, nodes.bullet_list("", *(nodes.list_item("", item) for item in items))]


def _path(module: str) -> str:
    return file_of(module).relative_to(LIBRARY).as_posix()


def _first_sentence(doc: str) -> str:
    """Up to the first full stop that ends a sentence, or the first paragraph."""
    block = doc.split("\n\n")[0].replace("\n", " ")
    match = re.match(r".*?\.(?= [A-Z`]|$)", block)
    return match[0] if match else block.rstrip(":")


# The links ----------------------------------------------------------------------------------------

OWN = re.compile(r"^\s*(?:def|class) (\w+)|^(\w+) = ", re.M)


def link_names(app, doctree, docname) -> None:
    """Make names of the library in the text links, once in a section."""
    if app.builder.format != "html":
        return
    where = pages(Path(app.srcdir))
    blocks = "\n".join(block.astext() for block in doctree.findall(nodes.literal_block))
    own = frozenset() if docname.startswith(PAGES) else frozenset(sum(OWN.findall(blocks), ()))
    seen = set()
    for literal in list(doctree.findall(nodes.literal)):
        above, at = [], literal.parent
        while at is not None:
            above.append(at)
            at = at.parent
        if any(isinstance(a, nodes.title | nodes.reference | nodes.term) for a in above):
            continue
        entry = resolve(literal.astext(), own)
        if not entry or entry.module not in where:
            continue
        inside = next((a for a in above if isinstance(a, nodes.section)), None)
        if (mark := (id(inside), entry.key)) in seen or entry.key in (inside or {}).get("ids", []):
            continue
        seen.add(mark)
        link = nodes.reference(
            "", "", internal=True, classes=["api"], refuri=_uri(app, docname, entry, where)
        )
        literal.replace_self(link)
        link += literal


def _uri(app, docname: str, entry: Entry, where: dict[str, str]) -> str:
    page = where[entry.module]
    local = "" if page == docname else app.builder.get_relative_uri(docname, page)
    return f"{local}#{entry.key}"


BLOCK = re.compile(r'<div class="highlight"><pre>.*?</pre>', re.S)
NAME = r'<span class="n">\w+</span>'
CHAIN = re.compile(rf'<span class="n">nn</span>(?:<span class="o">\.</span>{NAME})+')


def link_code(app, pagename, templatename, context, doctree) -> None:
    """Make nn.names in the code cells of a page links, once on the page."""
    body = context.get("body", "")
    if app.builder.format != "html" or doctree is None or pagename.startswith(PAGES):
        return
    where = pages(Path(app.srcdir))
    seen = set()

    def linked(match: re.Match) -> str:
        entry = resolve(re.sub(r"<[^>]+>", "", match[0]))
        if not entry or entry.key in seen or entry.module not in where:
            return match[0]
        seen.add(entry.key)
        return f'<a class="api" href="{_uri(app, pagename, entry, where)}">{match[0]}</a>'

    context["body"] = BLOCK.sub(lambda block: CHAIN.sub(linked, block[0]), body)


def setup(app) -> None:
    app.add_directive("library", Library)
    app.add_directive("library-index", LibraryIndex)
    app.connect("doctree-resolved", link_names)
    app.connect("html-page-context", link_code, priority=700)
    # The pages are read and written again when a name comes or goes.
    app.add_config_value("nnbook_names", sorted(catalog()), "env", [list])
