"""Where a cure is tried: the learner's script is run once, and what it made is looked at.

    trials = Trials(lambda: (X, T), "net, opt")
    Mistake("...", other_script, when=trials.shows(lambda seen: seen.opt.lr < 0.01))

`shows` turns a question about what was seen into one about the script, as an exercise's demands and
mistakes ask it.
"""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np

from ...activations import Activation
from ...dense import Dense
from ...inspection import diagnostics
from ...mlp import mlp
from ...network import Network, loss_and_grad
from ...optimizers import Optimizer
from ...tape import Tape
from ...training import train
from ..exercise import Demand, Mistake
from .networks import CROSS, T_TEST, X_TEST, T, X

Question = Callable[[SimpleNamespace], Any]
KINDS = {"net": (Network, "a network"), "opt": (Optimizer, "the optimizer that trained it")}
KINDS |= {name: (np.ndarray, "an array") for name in "xt"}
TEST = X_TEST, T_TEST
PATIENCE = 60.0  # seconds for a script that trains, on a slow or busy machine too
UNTRAINED = (
    "The optimizer that you return has made no step. nn.train trains only while a loop runs through it, "
    "`for _ in nn.train(net, loss, opt, ...)`, and with the `net` and the `opt` that it is given."
)
WROTE = (
    "The script writes into the arrays it was given; run a second time, it would find other data. "
    "`x = x / 255` makes a new array, `x /= 255` does not; nor does rng.shuffle."
)
OTHER = (
    "The network that you return is not the one that was trained last. Return the `net` that nn.train was "
    "given."
)
TOUCHED = (
    "The parameters were changed after the training: what it had learned is spoiled, and what was wrong "
    "while it learned is not mended by it. Treat it before."
)
LATE = (
    "The learning rate was changed after the training. All steps were made with the old one: set it where "
    "the optimizer is made."
)
KEPT = 4  # scripts whose outcome is remembered: one check asks many questions of the same


def deep(depth: int = 2, activation: str = "relu", **how) -> Network:
    """The clinic's usual network, seeded. Keywords as in mlp."""
    return mlp(64, 10, depth=depth, activation=activation, rng=np.random.default_rng(0), **how)


def learn(
    net: Network,
    opt: Optimizer,
    x: np.ndarray = X,
    t: np.ndarray = T,
    epochs: int = 5,
    clip: float | None = None,
) -> tuple[Network, Optimizer]:
    """Train it as the scripts of the clinic do; return net, opt."""
    rng = np.random.default_rng(1)
    for _ in train(net, CROSS, opt, x, t, batch=32, epochs=epochs, clip=clip, rng=rng):
        pass
    return net, opt


def digits() -> tuple[np.ndarray, np.ndarray]:
    """Fresh copies of the training digits, for a script to do with what it likes."""
    return X.copy(), T.copy()


@contextlib.contextmanager
def noting() -> Iterator[SimpleNamespace]:
    """What the optimizers do meanwhile: the last one's `theta`; what it was before the `first` step and
    behind the `last`; the last step's `rate`; the `norms` of the gradients.
    """
    seen, real = (
        SimpleNamespace(theta=None, first=None, last=None, rate=None, norms=[]),
        Optimizer.step,
    )

    def step(self: Optimizer, theta: np.ndarray, grad: np.ndarray) -> None:
        if seen.theta is not theta:
            seen.theta, seen.first, seen.norms = theta, np.copy(theta), []
        seen.rate = self.rate(self.steps)
        seen.norms.append(float(np.linalg.norm(grad)))
        real(self, theta, grad)
        seen.last = np.copy(theta)

    Optimizer.step = step
    try:
        yield seen
    finally:
        Optimizer.step = real


class Trials:
    """Runs scripts. given() -> their arguments, fresh each time; returns: "net, opt", what they
    return; test: (x, t), the rows on which the network is asked.

    What a question sees: each of `returns` by its name; `right`, the fraction of the test rows that
    the network gets right; `trained`, whether the optimizer made a step; `wrote`, whether the script
    wrote into what it was given; `start`, the network as it was before its first step; `clipped`,
    whether gradients were cut to one length; `astray`, OTHER, TOUCHED or LATE, or "".
    """

    def __init__(self, given: Callable[[], tuple], returns: str, test: tuple | None = None):
        self.given, self.returns, self.test = given, returns.split(", "), test
        self._kept: list[tuple[Any, Any]] = []

    def shows(self, question: Question) -> Callable[[Any], Any]:
        """The question, asked of a script that need not run again; False if it trained nothing."""
        return lambda script: self._seen(script).trained and question(self._seen(script))

    def knows(self, question: Question) -> Callable[[Any], Any]:
        """The same, False also if another network is returned than was trained, or an altered one."""
        return self.shows(lambda seen: not seen.astray and question(seen))

    def mistakes(
        self, ill: Callable[..., tuple], *each: tuple[str, Any, Question]
    ) -> list[Mistake]:
        """Mistakes, from (what to say, a script, question), after those that any script can make; ill:
        the script as it is before the cure.
        """

        def other(net: Network, *rest: Any) -> tuple:
            fresh = copy.deepcopy(net)
            fresh.theta[...] = 0
            return fresh, *rest

        def touched(net: Network, *rest: Any) -> tuple:
            net.theta[...] = 0
            return net, *rest

        def late(net: Network, opt: Optimizer, *rest: Any) -> tuple:
            opt.lr = opt.lr / 2
            return net, opt, *rest

        ways = [(OTHER, other), (TOUCHED, touched), (LATE, late)]
        common = [
            Mistake(
                says,
                lambda *given, end=end: end(*ill(*given)),
                when=self.shows(lambda seen, says=says: seen.astray == says),
            )
            for says, end in ways[: 3 if "opt" in self.returns else 2]
        ]
        own = [Mistake(says, script, when=self.knows(asks)) for says, script, asks in each]
        return common + own

    def fails(self, kind: type[BaseException], saying: str = "") -> Callable[[Any], bool]:
        """Whether the script ends with such an error, with these words in it."""

        def ask(script: Any) -> bool:
            try:
                self._seen(script)
            except kind as error:
                return saying in str(error)
            return False

        return ask

    def demands(self, *each: tuple[str, Question, str]) -> list[Demand]:
        """Demands, from (what must hold, question, hint), between two that hold for every script.

        The first runs the script anew.
        """

        def trains(script: Any) -> bool:
            self._kept = [pair for pair in self._kept if pair[0] is not script]
            return self._seen(script).trained

        return [
            Demand("the network is trained", trains, UNTRAINED),
            *(Demand(says, self.shows(question), hint) for says, question, hint in each),
            Demand("its data are as they were", self.shows(lambda c: not c.wrote), WROTE),
        ]

    def _seen(self, script: Any) -> SimpleNamespace:
        """What the script made; raises what it raised, again and again."""
        found = [outcome for known, outcome in self._kept if known is script]
        outcome = found[0] if found else self._try(script)
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    def _try(self, script: Any) -> Any:
        """Run the script: what it made, or what it raised, and remember it."""
        given = self.given()
        before = copy.deepcopy(given)
        try:
            with noting() as steps:
                result = script(*given)
            outcome = self._look(result, steps)
            outcome.wrote = not all(map(np.array_equal, before, given))
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # also that its time is up
            outcome = error
        self._kept = [*self._kept[1 - KEPT :], (script, outcome)]
        return outcome

    def _look(self, result: Any, steps: SimpleNamespace) -> SimpleNamespace:
        if result is Ellipsis:
            raise NotImplementedError
        parts = result if isinstance(result, tuple) else (result,)
        kinds = [KINDS[name] for name in self.returns]
        if len(parts) != len(kinds) or not all(
            isinstance(part, kind) for part, (kind, _) in zip(parts, kinds, strict=True)
        ):
            wanted = ", ".join(f"{name} ({kinds[i][1]})" for i, name in enumerate(self.returns))
            came = ", ".join(type(part).__name__ for part in parts)
            raise TypeError(f"the script should return {wanted}; it returned {came}")
        seen = SimpleNamespace(**dict(zip(self.returns, parts, strict=True)))
        seen.trained = "opt" not in self.returns or seen.opt.steps > 0
        seen.start = copy.deepcopy(seen.net)
        same = steps.theta is not None and np.shares_memory(steps.theta, seen.net.theta)
        if same:
            seen.start.theta[...] = steps.first
        longest = max(steps.norms, default=0.0)
        seen.clipped = np.sum(np.isclose(steps.norms, longest, rtol=1e-6)) > 2
        seen.astray = ""
        if steps.theta is not None and not same:
            seen.astray = OTHER
        elif same and not np.array_equal(steps.last, seen.net.theta):
            seen.astray = TOUCHED
        elif same and "opt" in self.returns and seen.opt.steps > 0:
            seen.astray = LATE if seen.opt.rate(seen.opt.steps - 1) != steps.rate else ""
        x, t = self.test or (seen.x, seen.t)
        seen.right = float(np.mean(seen.net(x).argmax(axis=1) == t))
        return seen


# What is asked of a network ------------------------------------------------------------------


def weights(net: Network) -> list[np.ndarray]:
    """The weight matrices of its Dense layers, in order."""
    return [layer.W for layer in net.walk() if isinstance(layer, Dense)]


def bends(net: Network) -> set[str]:
    """The names of its activation functions."""
    return {layer.name for layer in net.walk() if isinstance(layer, Activation)}


def tape(net: Network, x: np.ndarray, t: np.ndarray) -> Tape:
    """The watched tape of a pass over 128 rows."""
    return loss_and_grad(net, CROSS, x[:128], t[:128], watch=True)[1]


def dead(net: Network, x: np.ndarray, t: np.ndarray) -> np.ndarray:
    """The dead fraction of each layer's units."""
    return diagnostics.dead_units(tape(net, x, t))


def always_on(net: Network, x: np.ndarray, t: np.ndarray) -> np.ndarray:
    """The fraction of each layer's units whose output is above 0 on every row."""
    return np.array(
        [(r.y > 0).all(axis=0).mean() for r in diagnostics.activation_records(tape(net, x, t))]
    )


def delta_ratio(net: Network, x: np.ndarray, t: np.ndarray) -> float:
    """The norm of dL/du in the first layer over that in the last hidden one."""
    norms = diagnostics.gradient_norms(tape(net, x, t))
    return float(norms[0] / norms[-2])
