"""One process for each implementation, so that none changes another's memory, threads or compiler state.

A process sleeps unless it is asked something, and only one is asked at a time.
"""

from __future__ import annotations

import importlib
import multiprocessing
import time
from typing import NamedTuple

import numpy as np


class Ready(NamedTuple):
    """What a worker says after `prepare`: its fastest variant, that one's seconds a step, all results."""

    variant: str
    seconds: float
    results: dict[
        str, tuple[np.ndarray, np.ndarray | None]
    ]  # variant -> values of 2 steps, parameters


class Worker:
    """A process that runs the tasks of one module (ours, textbook, floor, torch_peer, jax_peer)."""

    def __init__(self, module: str):
        context = multiprocessing.get_context("spawn")
        self.pipe, far_end = context.Pipe()
        self.process = context.Process(target=_serve, args=(module, far_end), daemon=True)
        self.process.start()
        far_end.close()

    def prepare(self, problem) -> Ready:
        """Build every variant of the problem's task, run two steps of each, keep the fastest."""
        return self._ask(("prepare", problem))

    def seconds(self, steps: int) -> float:
        """The time that many steps take, after one that is not counted."""
        return self._ask(("time", steps))

    def _ask(self, message):
        self.pipe.send(message)
        answer = self.pipe.recv()
        if isinstance(answer, Exception):
            raise answer
        return answer


def _serve(module: str, pipe) -> None:
    step = None
    while True:
        try:
            what, argument = pipe.recv()
        except EOFError:  # the benchmark has ended
            return
        try:
            if what == "prepare":
                step, answer = _prepare(module, argument)
            else:
                answer = _time(step, argument)
        except Exception as error:
            answer = error
        pipe.send(answer)


def _prepare(module, problem):
    variants = getattr(importlib.import_module(module), problem.task)(problem)
    results, times = {}, {}
    for name, (step, parameters) in variants.items():
        first = step()
        after = None if parameters is None else _flat(parameters())
        if first is None:  # the floor computes no result
            step()
        else:
            results[name] = np.concatenate([np.ravel(first), np.ravel(step())]), after
        start, steps = time.perf_counter(), 0
        while steps < 1 or time.perf_counter() - start < 0.05:
            step()
            steps += 1
        times[name] = (time.perf_counter() - start) / steps
    best = min(times, key=times.get)
    return variants[best][0], Ready(best, times[best], results)


def _time(step, steps: int) -> float:
    step()
    start = time.perf_counter()
    for _ in range(steps):
        step()
    return time.perf_counter() - start


def _flat(arrays) -> np.ndarray:
    return np.concatenate([np.ravel(a) for a in arrays]).astype(np.float64)
