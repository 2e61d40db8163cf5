"""Training with an eye on rows that are not trained on: validation, early stopping, a history."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable

import numpy as np

from ..inspection.course import AFTER, BEFORE, ROWS, watched
from ..inspection.diagnostics import gradient_norms, update_ratios
from ..losses import Loss
from ..network import Network, expect_loss, expect_network
from ..optimizers import Optimizer
from ..optional import missing
from ..recurrent import Cell
from ..shapes import floating, got, samples, sizes
from ..training import Diverged, Step, train
from .history import FIRST, LAST, History
from .validation import Metric, judge_of, name_of


def fit(
    net: Network,
    loss: Loss,
    opt: Optimizer,
    x: np.ndarray,
    t: np.ndarray,
    *,
    validation: tuple[np.ndarray, np.ndarray] | None = None,
    epochs: int,
    batch: int | None = 32,
    patience: int | None = None,
    clip: float | None = None,
    metric: Metric | None = None,
    rng: np.random.Generator | None = None,
    progress: bool | str = False,
) -> History:
    """Train net, judge it by the validation rows after each epoch, and keep the best.

        history = fit(net, loss, Adam(0.01), x, t, validation=(x_val, t_val),
                      epochs=200, patience=20, rng=rng)
        print(history)
        history.plot()

    It is a loop around `train`, whose arguments batch, clip and rng are. With validation, net is
    left as it was after the epoch with the lowest validation loss, batch normalization's averages
    included; with patience, training stops when that loss has not improved for so many epochs
    (Keras: EarlyStopping with restore_best_weights=True). Without validation, net stays as the last
    step left it. So does opt, always.

    metric(net, x, t) -> number is noted of the validation rows after each epoch; by default it is
    `accuracy` where loss is a cross-entropy and t are labels. progress=True prints epochs 1, 2, 5,
    10, 20, 50 and so on; progress="bar" shows tqdm's bar, if tqdm is installed.

    Judging moves no buffer and draws nothing from rng, so the steps are the same with validation
    and without. A loss that is no longer finite ends the training with a RuntimeWarning, Ctrl-C (in
    a notebook, Stop) without one; either way the best network is put back, and the history returned.
    A RuntimeWarning also says when validation rows are training rows, more than by chance.
    Raises TypeError or ValueError, before the first step, on what does not fit.
    """
    _check(net, loss, x, t, validation, patience, metric, progress)
    bar = _tqdm() if progress == "bar" else None
    seen = _Instruments(net, loss, x, t)
    judge, metric = judge_of(net, loss, x, validation, metric)
    steps = train(net, loss, opt, x, t, batch=batch, epochs=epochs, clip=clip, rng=rng)
    rows, of_epoch = [], []  # (loss, validation loss, score) of each epoch; losses of this one
    best, lowest, best_epoch, ended = net.state(), np.inf, 0, "epochs"
    try:
        for step in steps if bar is None else bar(steps, desc="fit", unit="step"):
            of_epoch.append(step.loss)
            seen.after(step)
            if not step.ends_epoch:
                continue
            rows.append((np.mean(of_epoch), *judge()))
            of_epoch = []
            if progress is True:
                _print(step.epoch, rows[-1], metric)
            if rows[-1][1] < lowest:
                best, lowest, best_epoch = net.state(), rows[-1][1], step.epoch
            if patience is not None and step.epoch - best_epoch >= patience:
                ended = "patience"
                break
    except Diverged as error:
        ended = "diverged"
        warnings.warn(f"fit: {error}", RuntimeWarning, stacklevel=2)
    except KeyboardInterrupt:
        ended = "interrupted"
    if validation is None or (ended == "interrupted" and best_epoch == 0):
        best_epoch = None
    else:
        net.restore(best)
    losses, val_losses, scores = np.reshape(rows, (-1, 3)).T
    history = History(
        loss=losses,
        val_loss=None if validation is None else val_losses,
        val_score=None if metric is None else scores,
        metric=name_of(metric),
        best_epoch=best_epoch,
        epochs=epochs,
        ended=ended,
        delta=seen.delta(),
        ratios=seen.ratios,
        unit=seen.unit,
    )
    if progress:
        print(history)
    return history


class _Instruments:
    """What the plots of a History show of the layers: ||delta|| before and after, ||dW|| / ||W||."""

    def __init__(self, net: Network, loss: Loss, x: np.ndarray, t: np.ndarray):
        self.case = net, loss, x[:ROWS], t[:ROWS]
        self.ratios: dict[str, np.ndarray] = {}
        cells = any(isinstance(layer, Cell) for layer in net.walk())
        self.unit = "time step" if cells else "layer"
        self._weights = any(name == "W" for _, name in net.parameters())
        self._before, self._theta = self._look(), net.theta.copy()

    def after(self, step: Step) -> None:
        """Note how far the first step of an epoch has moved the weights."""
        net = self.case[0]
        if self._theta is not None and self._weights:
            self.ratios[LAST] = update_ratios(net, self._theta)
            self.ratios = {FIRST: self.ratios[LAST]} | self.ratios
        self._theta = net.theta.copy() if step.ends_epoch else None

    def delta(self) -> dict[str, np.ndarray]:
        """||delta|| by layer, before and now, where the loss was finite."""
        seen = {BEFORE: self._before, AFTER: self._look()}
        return {when: delta for when, delta in seen.items() if delta is not None}

    def _look(self) -> np.ndarray | None:
        with np.errstate(all="ignore"):
            tape = watched(*self.case)
        return None if tape is None or not self._weights else gradient_norms(tape)


def _check(net, loss, x, t, validation, patience, metric, progress) -> None:
    expect_network("fit", net)
    expect_loss("fit", loss)
    samples("fit", x=x, t=t)
    _no_gaps("x", x)
    if patience is not None:
        sizes("fit", patience=patience)
    if metric is not None and not callable(metric):
        raise TypeError(f"fit: metric must be a function of net, x and t; got {got(metric)}.")
    if not (isinstance(progress, bool) or progress == "bar"):
        raise ValueError(f'fit: progress must be True, False or "bar"; got {progress!r}.')
    if validation is None:
        for name, value in {"patience": patience, "metric": metric}.items():
            if value is not None:
                raise ValueError(
                    f"fit: {name} looks at validation rows, and there are none. Pass "
                    "validation=(x_val, t_val), as train_test_split gives them."
                )
        return
    if metric is not None and not _takes_three(metric):
        raise TypeError(
            f"fit: metric is called as metric(net, x, t), and {name_of(metric)} cannot be. Write lambda "
            "net, x, t: nn.r2_score(t, net(x)), or another number in its place."
        )
    if not (isinstance(validation, tuple | list) and len(validation) == 2):
        raise TypeError(
            f"fit: validation must be a pair (x_val, t_val); got {got(validation)}. "
            "Pass inputs and targets, in that order."
        )
    x_val, t_val = validation
    samples("fit, on the validation data", x_val=x_val, t_val=t_val)
    for name, theirs, ours in ("x", x_val, x), ("t", t_val, t):
        if theirs.shape[1:] != ours.shape[1:] and (name == "t" or x.ndim == 2):
            raise ValueError(
                f"fit: {name}_val has rows of shape {theirs.shape[1:]}, and {name} of "
                f"{ours.shape[1:]}. Take both from one table, split by train_test_split."
            )
    floating("fit", x)
    if x_val.dtype != x.dtype:
        raise TypeError(
            f"fit: x_val is of {x_val.dtype}, and x of {x.dtype}. Pass x_val.astype(np.{x.dtype})."
        )
    _no_gaps("x_val", x_val)


def _takes_three(metric: Metric) -> bool:
    """Whether it can be called as metric(net, x, t), as far as can be seen."""
    try:
        inspect.signature(metric).bind(None, None, None)
    except (TypeError, ValueError) as error:
        return isinstance(error, ValueError)  # a function written in C may not say
    return True


def _no_gaps(name: str, x: np.ndarray) -> None:
    """Raise ValueError for numbers that are none, which gaps in a table become."""
    bad = ~np.isfinite(x) if x.dtype.kind == "f" else np.zeros(x.shape, bool)
    if gaps := int(bad.reshape(len(x), -1).any(axis=1).sum()):
        raise ValueError(
            f"fit: {name} has NaN or infinity in {gaps} of its {len(x)} rows. Leave out rows with gaps."
        )


# Progress ------------------------------------------------------------------------------------


def _print(epoch: int, row: tuple[float, float, float], metric: Metric | None) -> None:
    """A line for epochs 1, 2, 5, 10, 20, 50, ..., so that long runs print little."""
    if str(epoch).rstrip("0") not in ("1", "2", "5"):
        return
    loss, val_loss, score = row
    line = f"epoch {epoch:4}: loss {loss:.4g}"
    line += "" if np.isnan(val_loss) else f", validation {val_loss:.4g}"
    print(line + ("" if metric is None else f", {name_of(metric)} {score:.3g}"))


def _tqdm() -> Callable:
    """tqdm's bar, for a terminal or a notebook."""
    try:
        from tqdm.auto import tqdm
    except ModuleNotFoundError as error:
        raise missing(error, 'The bar of progress="bar"') from None
    return tqdm
