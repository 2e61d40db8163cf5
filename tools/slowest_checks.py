"""How long each check takes: of every exercise's right answer and of its named mistakes.

    .venv/bin/python tools/slowest_checks.py [--all] [set or exercise ...]

Each is timed as a reader's first: what the exercises remember of their own trainings is forgotten.
Prints the slowest ten, or all, in seconds of the processor, which a busy machine does not change
much, and how many take longer than they should.
"""

from __future__ import annotations

import argparse
import os
import sys
from time import process_time

# threads that wait for each other would be counted, too
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
from nnbook_lib.exercises import check, load

SLOW = 3.0  # seconds, which a reader would wait


def seconds(name: str) -> list[tuple[float, str]]:
    """(seconds, which answer) of each check of an exercise."""
    exercise = load()[name]
    makers = [("the right answer", exercise.right_answer)]
    for k, mistake in enumerate(exercise.mistakes):
        makers.append((f"mistake {k}", lambda m=mistake: exercise.wrong_answer(m)))
    taken = []
    for which, make in makers:
        answer = make()
        forget()
        begun = process_time()
        repr(check(name, answer))
        taken.append((process_time() - begun, which))
    return taken


def forget() -> None:
    """Empty the caches of all exercises."""
    for name, module in list(sys.modules.items()):
        if name.startswith("nnbook_lib.exercises."):
            for thing in vars(module).values():
                getattr(thing, "cache_clear", int)()


def main() -> None:
    """Time the checks that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", help="sets or exercises; all, if none is given")
    parser.add_argument("--all", action="store_true", help="print all, not the slowest ten")
    asked = parser.parse_args()
    chosen = [
        name
        for name in load()
        if not asked.names or name in asked.names or name.partition(".")[0] in asked.names
    ]
    taken = sorted(
        ((s, name, which) for name in chosen for s, which in seconds(name)), reverse=True
    )
    for s, name, which in taken if asked.all else taken[:10]:
        print(f"{s:6.2f} s  {name}, {which}")
    slow = sum(s > SLOW for s, _, _ in taken)
    total = sum(s for s, _, _ in taken)
    print(f"{len(taken)} checks in {total:.0f} s; {slow} of them longer than {SLOW:g} s")


if __name__ == "__main__":
    main()
