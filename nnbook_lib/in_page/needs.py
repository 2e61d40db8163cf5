"""Which cells of a page one of them needs, by their names: those that give what it asks for, and what these
ask for in turn. So a claim is attacked without running what took the book minutes.
"""

from __future__ import annotations

import ast
import json
import re
import symtable
from collections.abc import Iterator, Sequence

AT_ONCE = {"genexpr", "listcomp", "setcomp", "dictcomp"}  # run where they stand
JUPYTER = re.compile(r"^(\s*)[%!].*$", re.M)


def needed(asked: str) -> str:
    """JSON in: `cells`, the sources of all, and `at`, the number of one, from 0. JSON out: `cells`, the
    numbers of those to be run for it, in their order, itself the last.
    """
    told = json.loads(asked)
    return json.dumps({"cells": cells_needed(told["cells"], told["at"])})


def cells_needed(cells: Sequence[str], at: int) -> list[int]:
    """The numbers of the cells that cell `at` needs, in their order, itself the last.

    What a cell asks for at once, the last cell above it has given. What a function asks for as it is
    called may be given by any cell above `at`, the last one of them. A cell that cannot be read gives
    nothing.
    """
    read = [_read(source) for source in cells[: at + 1]]
    found, todo = set(), [at]
    while todo:
        number = todo.pop()
        if number in found:
            continue
        found.add(number)
        now, later, _ = read[number]
        todo += [*_givers(now, read, number), *_givers(later, read, at)]
    return sorted(found)


def _givers(names: set[str], read: Sequence[tuple], below: int) -> Iterator[int]:
    """The last cell above `below` that gives each of the names, if there is one."""
    for name in names:
        for number in range(below - 1, -1, -1):
            if name in read[number][2]:
                yield number
                break


def _read(source: str) -> tuple[set[str], set[str], set[str]]:
    """The names that a cell asks for at once, those that its functions ask for, and those that it gives."""
    now, later, given = set(), set(), set()
    try:
        body = ast.parse(JUPYTER.sub(r"\1pass", source)).body
    except (SyntaxError, ValueError):
        return now, later, given
    for statement in body:
        here, inside, new = _names(statement)
        now |= here - given  # what it has given itself, it need not ask for
        later |= inside
        given |= new
    return now, later - given, given


def _names(statement: ast.stmt) -> tuple[set[str], set[str], set[str]]:
    now, later, given = set(), set(), set()
    todo = [(symtable.symtable(ast.unparse(statement), "cell", "exec"), now)]
    while todo:
        table, asked = todo.pop()
        for inner in table.get_children():
            runs = inner.get_type() == "class" or inner.get_name() in AT_ONCE
            todo.append((inner, asked if runs else later))
        whole = table.get_type() == "module"
        for symbol in table.get_symbols():
            if symbol.is_referenced() and (whole or symbol.is_global()):
                asked.add(symbol.get_name())
            changes = symbol.is_assigned() or symbol.is_imported()
            if changes and (whole or symbol.is_declared_global()):
                given.add(symbol.get_name())
    if isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
        now.add(statement.target.id)
    return now, later, given
