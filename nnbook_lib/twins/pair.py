"""Two networks in lockstep, and every moment of theirs that is kept."""

from __future__ import annotations

import math
from dataclasses import replace
from time import perf_counter

from .experiment import Experiment
from .learner import Learner
from .making import data
from .moment import MUCH, Moment, Side, look
from .script import script

FIRST = 20  # steps that are kept one by one, where a look is cheap: what bursts does so here
MOST = 300  # moments that are kept: when there are more, every second one, old and new


class Twins:
    """An experiment while it runs: same seed, same rows, same batches, and what differs.

        twins = Twins(Experiment(a={"activation": "sigmoid"}, b={"activation": "tanh"}))
        twins.advance(100).b.loss

    `moments` begins with the one before the first step. A network that diverges stops where it
    stops, and keeps what was last seen of it; the other goes on.
    """

    def __init__(self, experiment: Experiment):
        self.experiment = experiment
        self.data = data(*experiment.shared.values())
        self.learners = {s: Learner(own, self.data) for s, own in experiment.sides.items()}
        self.moments: list[Moment] = []
        self.thinned = 0  # how often every second moment was dropped
        self._seen = 0  # moments in all
        self.step = 0
        cheap = all(one.net.theta.size <= MUCH for one in self.learners.values())
        self._first = FIRST if cheap else 0
        self._keep()

    @property
    def over(self) -> bool:
        """Whether both have stopped."""
        return all(learner.stopped for learner in self.learners.values())

    def advance(self, steps: int = 1, seconds: float | None = None) -> Moment:
        """Take up to `steps` steps, in lockstep, and keep the moment after them; of the first FIRST the
        moment after each, unless a network is large. As many as fit into `seconds`, if given, and at
        least one.
        """
        end = None if seconds is None else perf_counter() + seconds
        for _ in range(steps):
            if self.over:
                break
            for learner in self.learners.values():
                learner.step()
            self.step += 1
            if self.step <= self._first:
                self._keep()
            if end is not None and perf_counter() > end:
                break
        return self._keep()

    def at(self, index: int) -> Moment:
        """A kept moment by its place; IndexError if there is none."""
        return self.moments[index]

    def script(self, step: int) -> str:
        """The experiment as Python, up to a step."""
        stops = any(one.stopped and one.steps < step for one in self.learners.values()) or any(
            moment.step == step and not math.isfinite(side.loss)
            for moment in self.moments
            for side in moment.sides
        )
        return script(self.experiment, step, stops)

    def learner(self, side: str, step: int) -> Learner:
        """The network of side "A" or "B" as it was after a step: the very one if it stands there, else
        trained anew.
        """
        now = self.learners[side]
        if now.steps == step or (now.stopped and step >= now.steps):
            return now
        again = Learner(self.experiment.sides[side], self.data)
        while again.steps < step and not again.stopped:
            again.step()
        return again

    def _keep(self) -> Moment:
        a, b = (self._look(side, learner) for side, learner in self.learners.items())
        moment = Moment(self.step, a, b)
        if self.moments and self.moments[-1].step == self.step:
            self.moments[-1] = moment
            return moment
        if (self._seen - 1) % 2**self.thinned:  # the newest is always there; few of them stay
            self.moments.pop()
        if len(self.moments) == MOST:
            self.moments = self.moments[::2]
            self.thinned += 1
        self.moments.append(moment)
        self._seen += 1
        return moment

    def _look(self, side: str, learner: Learner) -> Side:
        """What is seen of a network; of one that has stopped, what was last seen of it in numbers."""
        if not learner.stopped:
            return look(learner)
        seen = [moment.a if side == "A" else moment.b for moment in reversed(self.moments)]
        last = next((one for one in seen if math.isfinite(one.loss)), seen[0])
        return replace(last, stopped=learner.stopped, taken=learner.steps)
