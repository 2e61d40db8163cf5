"""How fast is nnbook_lib? The same work by our library, plain numpy, PyTorch and JAX, in turns.

    python benchmarks/bench.py                 all tables, about 5 minutes
    python benchmarks/bench.py --quick         a smoke run
    python benchmarks/bench.py --only lstm     one table: step, digits, moons, lstm, norms
    python benchmarks/bench.py --write         all, and rewrite book/reference/benchmarks.md (make bench)

It fails when two implementations do not compute the same; it never fails on speed.
"""

from __future__ import annotations

import argparse
import os
import sys

# One thread for everyone. These are read when numpy, PyTorch and JAX are first imported.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):  # a machine's own tuning of one peer's BLAS
    os.environ.pop(name, None)
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
os.environ["JAX_PLATFORMS"] = "cpu"

from importlib.util import find_spec
from pathlib import Path

import numpy as np

import page
from page import Row
from problems import DIGITS, LSTM, MOONS, NORMS, STEP, Problem, problems
from workers import Ready, Worker

MODULES = {
    "ours": "ours",
    "floor": "floor",
    "textbook": "textbook",
    "torch": "torch_peer",
    "jax": "jax_peer",
}
PAGE = Path(__file__).parents[1] / "book" / "reference" / "benchmarks.md"


def main() -> None:
    options = arguments()
    names = [n for n in MODULES if n not in ("torch", "jax") or find_spec(n)]
    missing = sorted(set(MODULES) - set(names))
    if options.write and missing:
        sys.exit(
            f"bench.py --write: {' and '.join(missing)} not installed, so the page would lose columns that "
            f"it has now. Install what is missing, or run without --write to see the rest."
        )
    workers = {name: Worker(MODULES[name]) for name in names}
    rows: list[Row] = []
    table = None
    for problem in problems(options.quick):
        if options.only not in (None, problem.table):
            continue
        if problem.table != table:
            table = problem.table
            print(f"\n{page.TITLES[table]}\n\n{page.HEAD}", flush=True)
        rows.append(run(problem, workers, options.quick))
        print(page.line(rows[-1]), flush=True)
    if options.write:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(page.render(rows), encoding="utf-8")
        print(f"\nWritten: {PAGE.name}")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a few small cases, few rounds")
    parser.add_argument("--only", choices=[STEP, DIGITS, MOONS, LSTM, NORMS], help="one table")
    parser.add_argument("--write", action="store_true", help="rewrite the book's page")
    options = parser.parse_args()
    if options.write and (options.quick or options.only):
        parser.error("--write needs the whole run: leave out --quick and --only.")
    return options


def run(problem: Problem, workers: dict[str, Worker], quick: bool) -> Row:
    """Check that all compute the same, then time them in turns: ours, floor, ..., ours, floor, ..."""
    ready = {name: worker.prepare(problem) for name, worker in workers.items()}
    accuracy = compare(problem, ready)
    together = sum(r.seconds for r in ready.values())
    steps = max(1, round(0.06 / together))
    rounds = 5 if quick else int(np.clip(4 / (steps * together), 11, 61))
    times = {name: [] for name in workers}
    for _ in range(rounds):
        for name, worker in workers.items():
            times[name].append(worker.seconds(steps) / steps)
    times = {name: np.array(seconds) for name, seconds in times.items()}
    ratios = {name: float(np.median(times["ours"] / times[name])) for name in times}
    return Row(
        problem.table,
        problem.name,
        float(np.median(times["ours"])),
        ratios,
        problem.targets,
        {name: r.variant for name, r in ready.items()},
        accuracy,
    )


def compare(problem: Problem, ready: dict[str, Ready]) -> dict[str, float]:
    """Raise unless all variants of all peers got our losses and our step; return the test accuracies.

    Two steps are compared: the second loss is right only if the first step moved the parameters right.
    Where a peer also gave its parameters after one step, the step itself, lr times the gradient, is compared.
    """
    close = 1e-8 if problem.dtype == np.float64 else 1e-3
    before = np.concatenate([a.ravel() for a in problem.arrays]).astype(np.float64)
    ((values, after),) = ready["ours"].results.values()
    accuracy = {}
    for peer, answer in ready.items():
        for variant, (its_values, its_after) in answer.results.items():
            who = f"{problem.name}: {peer} {variant}".rstrip()
            if problem.table == DIGITS:  # a run gives two losses and, in the end, an accuracy
                accuracy[peer] = float(its_values[2])
                its_values, values = its_values[:2], values[:2]
            error = np.abs(its_values - values).max() / np.abs(values).max()
            if not error <= close:
                raise SystemExit(f"{who} computes {its_values}, our library {values}.")
            if its_after is not None and after is not None:
                step, its_step = after - before, its_after - before
                error = np.linalg.norm(its_step - step) / np.linalg.norm(step)
                if not error <= close:
                    raise SystemExit(f"{who}: its gradient differs from ours by {error:.1e}.")
    return accuracy


if __name__ == "__main__":
    main()
