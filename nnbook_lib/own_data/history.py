"""What `fit` writes down while a network is trained, in words and as three plots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..inspection.course import AFTER, Profile
from ..numbers import number, times
from ..printable import printable
from ..shapes import got

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FIRST, LAST = "first epoch", "last epoch"  # the moments of `ratios`


@dataclass(frozen=True, eq=False)
class History:
    """The course of a training run; what `fit` returns. Printed, it says how the run ended.

    loss: (epochs,), the mean of each epoch's mini-batches, taken while the weights moved;
    val_loss, val_score: (epochs,), of the validation rows after each epoch, or None where there is
    none; metric: what the score is called. best_epoch: the one with the lowest val_loss, from 1, as
    which the network was left; 0 if it was left as it came; None where there was nothing to choose.
    epochs: how many there should have been; ended: "epochs", "patience", "diverged" or
    "interrupted"; why: the same as a sentence.

    delta: ||dL/du|| by layer, of up to 128 training rows, before and after training; ratios:
    ||dW|| / ||W|| by layer, of the first step of the first and of the last epoch. unit: what delta
    is counted by: "layer", or in a recurrent network "time step".
    """

    loss: np.ndarray
    val_loss: np.ndarray | None
    val_score: np.ndarray | None
    metric: str
    best_epoch: int | None
    epochs: int
    ended: str
    delta: Profile
    ratios: Profile
    unit: str = "layer"

    def __repr__(self) -> str:
        return printable(f"{self.why}\n{self._result()}")

    @property
    def why(self) -> str:
        """Why the training ended, as a sentence."""
        done, of = len(self.loss), f"of {self.epochs}"
        if self.ended == "patience":
            since = done - self.best_epoch
            return (
                f"Stopped after epoch {done} {of}: no better validation loss for {_epochs(since)}."
            )
        if self.ended == "diverged":
            return f"Diverged in epoch {done + 1} {of}: the loss was no longer a finite number."
        if self.ended == "interrupted":
            return f"Interrupted in epoch {done + 1} {of}."
        return f"Trained for {_epochs(done)}."

    def _result(self) -> str:
        if self.best_epoch == 0:
            none = "No validation loss was finite" if len(self.loss) else "No epoch was finished"
            return f"{none}: the network is as it was before training."
        if self.best_epoch is None:
            if len(self.loss) == 0:
                return "No epoch was finished."
            first, last = number(self.loss[0]), number(self.loss[-1])
            return (
                f"Training loss {first} in the first epoch, {last} in the last; "
                "without validation, nothing is known of new rows."
            )
        at = self.best_epoch - 1
        score = "" if self.val_score is None else f", {self.metric} {number(self.val_score[at])}"
        return (
            f"Kept the best, epoch {self.best_epoch}: validation loss "
            f"{number(self.val_loss[at])}{score}, training loss {number(self.loss[at])}."
        )

    def plot(self, fig: Figure | None = None) -> str:
        """Draw the three diagnostic plots on fig, and say in a sentence what they show.

        Above, the loss by epoch, the best one marked; then ||delta|| by layer before and after
        training; then ||dW|| / ||W|| by layer. Without fig, on a new one of pyplot's. Raises
        TypeError for what is no figure.
        """
        from matplotlib.figure import FigureBase

        from ..inspection import instruments

        if fig is None:
            from matplotlib import pyplot

            fig = pyplot.figure(figsize=(5.6, 7.5), layout="constrained")
        losses = {"training": self.loss}
        if self.val_loss is not None:
            losses["validation"] = self.val_loss
        panels = {"loss": lambda ax: instruments.draw_losses(ax, losses, self.best_epoch)}
        if self.delta:
            panels["‖δ‖"] = lambda ax: instruments.draw_gradient(ax, self.delta, self.unit)
        if self.ratios:
            panels["‖ΔW‖ / ‖W‖"] = lambda ax: instruments.draw_step_sizes(ax, self.ratios)
        if not isinstance(fig, FigureBase):
            raise TypeError(
                f"History.plot draws on a whole figure, three plots; got {got(fig)}. Pass a Figure, or "
                "nothing."
            )
        axes = fig.subplots(len(panels), squeeze=False)[:, 0]
        for ax, (what, draw) in zip(axes, panels.items(), strict=True):
            draw(ax)
            ax.set(ylabel="", title=f"{what} (logarithmic scale)")
        return self._conclusion()

    def _conclusion(self) -> str:
        said = []
        if self.best_epoch:
            best = number(self.val_loss[self.best_epoch - 1])
            said += [f"the lowest validation loss is {best}, after epoch {self.best_epoch}"]
            said[0] += f" of {len(self.loss)}"
        elif len(self.loss):
            said += [f"the training loss went from {number(self.loss[0])}"]
            said[0] += f" to {number(self.loss[-1])} in {_epochs(len(self.loss))}"
        else:
            said += ["no epoch was finished"]
        if AFTER in self.delta:
            first, last = self.delta[AFTER][[0, -1]]
            with np.errstate(divide="ignore", invalid="ignore"):
                part = f"{times(first / last)} that at the last"
            said += [f"‖δ‖ at the first {self.unit} is {part}"] * (len(self.delta[AFTER]) > 1)
        if LAST in self.ratios:
            step = number(np.median(self.ratios[LAST]))
            said += [f"a step of the last epoch moves the weights by {step} of their length"]
        text = "; ".join(said) + "."
        return text[0].upper() + text[1:]


def _epochs(n: int) -> str:
    return f"{n} epoch" + "s" * (n != 1)
