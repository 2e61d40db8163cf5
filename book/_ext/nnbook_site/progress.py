"""Says what a build is going to run and about how long that takes, what it is doing meanwhile, and
afterwards where the time went.

How long: `seconds.json` has what each notebook took on one machine, what writing the pages took, and
how long a small training run takes there. The same run is timed here; then what was already done
corrects the guess.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import threadpoolctl
from sphinx.util import logging

import nnbook_lib as nn
from nnbook_lib.live.explorer import BUILDING
from nnbook_lib.live.frames import REPORT

logger = logging.getLogger(__name__)
KNOWN = Path(__file__).parent / "seconds.json"
UNKNOWN = 5.0  # seconds, for a notebook that is not in the file
OFTEN, SELDOM = 0.5, 15  # seconds between two words: on a terminal, in a log


class Progress:
    """The course of running these notebooks. `order`: the longest first, so that none ends alone;
    `jobs`: how many at a time.
    """

    def __init__(self, app, todo: list[str], all_of: int):
        known = json.loads(KNOWN.read_text(encoding="utf-8"))
        expected = {name: known["notebooks"].get(name, UNKNOWN) for name in todo}
        self.order = sorted(expected, key=expected.get, reverse=True)
        self.jobs, self.all_of = min(cores(), max(1, len(todo))), all_of
        self.took: dict[str, float] = {}
        self._expected, self._started = expected, {}
        self._file = Path(os.environ[BUILDING]) / REPORT
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text("")
        self._done = threading.Event()
        app.nnbook_progress = self
        kept = all_of - len(todo)
        if not todo:
            logger.info(f"All {all_of} notebooks are kept as they were run; pages are written.")
            return
        self._slower = benchmark() / known["benchmark"]
        logger.info(
            f"{len(todo)} of {all_of} notebooks are run, {self.jobs} at a time"
            f"{f', {kept} are kept' if kept else ''}: about {words(self._left())}, and "
            f"{words(self._slower * known['pages'])} for the pages. {numerics()}"
        )

    def __enter__(self) -> Progress:
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()
        return self

    def __exit__(self, *_) -> None:
        self.ended = time.perf_counter()
        self._done.set()
        self._watcher.join()

    @contextlib.contextmanager
    def running(self, name: str) -> Iterator[None]:
        """One notebook, while it runs."""
        self._started[name] = time.perf_counter()
        yield
        self.took[name] = time.perf_counter() - self._started.pop(name)
        left = len(self.order) - len(self.took)
        more = f"; {left} to go, about {words(self._left())}" if left else ""
        self._say(f"ran {name} in {words(self.took[name])}{more}\n")

    def _left(self) -> float:
        """Seconds until all have run, by what those that have run took."""
        guess = self._slower
        if self.took:
            guess = sum(self.took.values()) / sum(self._expected[name] for name in self.took)
        now = time.perf_counter()
        left = {name: s * guess for name, s in self._expected.items() if name not in self.took}
        for name, begun in list(self._started.items()):
            left[name] = max(0.1 * left.get(name, 0), left.get(name, 0) - (now - begun))
        return max(max(left.values(), default=0), sum(left.values()) / self.jobs)

    def _watch(self) -> None:
        terminal = sys.stderr.isatty()
        while not self._done.wait(OFTEN if terminal else SELDOM):
            newest = {line["notebook"]: line for line in self._lines()}
            doing = [self._doing(name, newest.get(name)) for name in list(self._started)]
            if doing:
                line = f"{' | '.join(doing)} | about {words(self._left())} left"
                self._say(line if terminal else f"{line}\n")

    def _doing(self, name: str, line: dict | None) -> str:
        if line and line["done"] < line["of"]:
            return f"{name}: {line['figure']}, picture {line['done']} of {line['of']}"
        return name

    def _say(self, text: str) -> None:
        sys.stderr.write(f"\r\033[K{text}" if sys.stderr.isatty() else text)
        sys.stderr.flush()

    def _lines(self) -> Iterator[dict]:
        for line in self._file.read_text(encoding="utf-8").splitlines():
            with contextlib.suppress(ValueError):  # half written
                yield json.loads(line)

    def table(self) -> Iterator[str]:
        """Where the time went: a line for each notebook that ran, and under it its live figures."""
        figures: dict[str, list[dict]] = {}
        for line in self._lines():
            if "kb" in line:
                figures.setdefault(line["notebook"], []).append(line)
        yield f"{'seconds in':44}{'all':>7}{'computing':>11}{'drawing':>9}{'packing':>9}{'kB':>7}"
        for name in sorted(self.took, key=self.took.get, reverse=True):
            yield f"{name:44}{self.took[name]:7.1f}"
            drawn = figures.get(name, [])
            own = self.took[name] - sum(sum((line["seconds"] or {}).values()) for line in drawn)
            yield f"{'  its cells, and starting':44}{own:7.1f}"
            for line in drawn:
                title = f"  {line['figure'].removeprefix('live-')}, {line['of']} pictures"
                spent = line["seconds"]
                if spent is None:
                    yield f"{title:44}{'kept':>7}{line['kb']:36.0f}"
                else:
                    computing, drawing, packing = spent.values()
                    parts = f"{computing:11.1f}{drawing:9.1f}{packing:9.1f}{line['kb']:7.0f}"
                    yield f"{title:44}{sum(spent.values()):7.1f}{parts}"
        yield f"{'all notebooks':44}{sum(self.took.values()):7.1f}"

    def faults(self) -> Iterator[str]:
        """What a reader would stumble over in the pictures of the notebooks that ran."""
        for line in self._lines():
            for fault, places in line.get("faults", {}).items():
                yield (
                    f"{line['notebook']}, {line['figure']}: {fault} in {len(places)} of {line['of']} "
                    f"pictures, the first at {places[0]}"
                )


def report(app, error) -> None:
    """The table of a build that ran notebooks, and the faults of their pictures; of a build that ran
    all, what they took.
    """
    progress = getattr(app, "nnbook_progress", None)
    if error or not (progress and progress.took):
        return
    logger.info("")
    for line in progress.table():
        logger.info(line)
    for line in progress.faults():
        logger.warning(line)
    if len(progress.took) == progress.all_of:
        seconds = {name: round(s, 1) for name, s in sorted(progress.took.items())}
        pages = round(time.perf_counter() - progress.ended, 1)
        facts = {"benchmark": round(benchmark(), 4), "pages": pages, "notebooks": seconds}
        (progress._file.parent / KNOWN.name).write_text(json.dumps(facts, indent=1) + "\n")


def benchmark() -> float:
    """Seconds for a small training run, the shortest of three."""
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=10, width=32, activation="tanh", rng=rng)
    x, t = rng.normal(size=(64, 64)), rng.integers(10, size=64)

    def once() -> float:
        begun = time.perf_counter()
        for _ in range(30):
            nn.loss_and_grad(net, nn.SoftmaxCrossEntropy(), x, t)
        return time.perf_counter() - begun

    with threadpoolctl.threadpool_limits(1):
        return min(once() for _ in range(3))


def numerics() -> str:
    """What multiplies the matrices here: numpy's library, and the kernel it picked for this
    processor. "Prescott" on a processor of today means that it was not recognized.
    """
    for pool in threadpoolctl.threadpool_info():
        if pool["user_api"] == "blas":
            library = f"{pool['internal_api']} {pool['version']}"
            kernel = f", {pool['architecture']} kernel" if pool.get("architecture") else ""
            return f"numpy {np.__version__}, {library}{kernel}, one thread each."
    return f"numpy {np.__version__}."


def words(seconds: float) -> str:
    """40 s; 3 min 20 s."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def cores() -> int:
    """How many processes this one may run at a time."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
