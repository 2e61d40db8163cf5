"""Instruments to look at a training run through: a Course in, a picture and a sentence out.

    caption = look(fig, "gradient", course)

INSTRUMENTS names them. Axes keep their limits from course to course, so that two can be compared.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from .. import marks, plotting
from ..numbers import count, number, percent
from .course import AFTER, BEFORE, Course, Profile

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BLUE, ORANGE, GRAY = plotting.COLORS["forward"], plotting.COLORS["backward"], plotting.GRAY
FIRST, SECOND = plotting.STYLE["axes.prop_cycle"].by_key()["color"][:2]  # before, after


def look(fig: Figure, instrument: str, course: Course) -> str:
    """Draw what the instrument shows of the course, and say it.

    KeyError for an unknown one; ValueError for a course whose first loss is no number already.
    """
    if not len(course.losses):
        raise ValueError(
            "The loss is no number at the first step, so there is no training to look at: an "
            "activation, a weight or the data gives NaN or infinity."
        )
    return INSTRUMENTS[instrument](fig, course)


def loss_and_accuracy(fig: Figure, course: Course) -> str:
    """The loss of the mini-batches, and the fraction of rows that are right by epoch."""
    left, right = fig.subplots(1, 2)
    size = max(1, min(course.steps_wanted // 40, len(course.losses) // 4))
    parts = np.split(course.losses, range(size, len(course.losses), size))
    means = np.array([course.losses[0], *(part.mean() for part in parts)])
    steps = np.array([1, *np.cumsum([len(part) for part in parts])])
    left.set(xlim=(0, course.steps_wanted), ylim=(1e-2, 1e4), xlabel="step", title="loss (log)")
    shown = np.where((means >= 1e-2) & (means <= 1e4), means, np.nan)
    plotting.curves(steps, {"": shown}, left, log=True, color=BLUE)
    left.minorticks_off()
    left.set(xticks=[0, course.steps_wanted], yticks=[1e-2, 1, 1e2, 1e4])
    marks.level(left, np.log(10), "a guess")
    if means.max() > 1e4:
        marks.gone(left, steps[means.argmax()], number(means.max()), BLUE)
    if course.diverged:
        marks.say(left, f"no number\nafter step {len(course.losses)}", y=0.7)
    epochs = np.arange(len(course.right))
    last_epoch = max(5, len(course.right) - 1)
    right.set(xlim=(0, 1.02 * last_epoch), ylim=(-0.02, 1.02), xlabel="epoch")
    right.set_title("right (dashed: test)")
    right.set(xticks=[0, last_epoch], yticks=[0, 0.5, 1])
    right.plot(epochs, course.right[:, 0], color=FIRST, marker="o", ms=4)
    right.plot(epochs, course.right[:, 1], color=SECOND, marker="s", ms=4, ls="--")
    train, test = course.right[-1]
    end = f"no number after step {len(course.losses)}" if course.diverged else number(means[-1], 3)
    return (
        f"At the end {percent(train)} of the training rows are right, and {percent(test)} of the "
        f"test rows. Loss at the start {number(means[0], 3)}, highest {number(means.max(), 3)}, at "
        f"the end {end}; a guess costs 2.3."
    )


def gradient(fig: Figure, course: Course) -> str:
    """The norm of dL/du in each layer, before and after training."""
    draw_gradient(fig.subplots(), course.delta)
    (when, d), *_ = course.delta.items()
    zero = int(np.sum(d == 0))
    if zero:
        found = f"is exactly 0 in {_layers_named(zero)}"
    elif not np.isfinite(d).all():
        found = "is no number"
    else:
        ratio = d[0] / d[-1]
        found = "differs from layer to layer"
        if d.max() < 5 * d.min():
            found = "has about one size in all layers"
        elif not 1 / 5 < ratio < 5:
            somewhat = " somewhat" * bool(1 / 30 < ratio < 30)
            found = f"{'falls' if ratio < 1 else 'grows'}{somewhat} on its way back"
    said = [f"{when} training {_size(d[0])} and {_size(d[-1])}" for when, d in course.delta.items()]
    first_and_last = f"In the first layer and in the last it is {'; '.join(said)}"
    return f"{_sentence(when)} training ‖δ‖ {found}. {first_and_last}{_end(course.delta)}"


def step_sizes(fig: Figure, course: Course) -> str:
    """The length of the first and of the last step beside that of the weights it moves."""
    draw_step_sizes(fig.subplots(), course.ratios)
    first = float(np.median(next(iter(course.ratios.values()))))
    size = "has the usual length" if 1e-3 <= first <= 0.1 else "is longer than usual"
    size = "moves no weight" if first == 0 else "is shorter than usual" if first < 1e-3 else size
    said = [f"at the {when} {_size(np.median(r))}" for when, r in course.ratios.items()]
    return (
        f"The first step {size}. ‖ΔW‖ / ‖W‖, median of the layers: {', '.join(said)}; usual is "
        "0.001 to 0.1."
    )


def activations(fig: Figure, course: Course) -> str:
    """Histograms of every layer's activations, and of the outputs, before and after training."""
    axes = fig.subplots(1, 2, sharey=True)
    for ax, when in zip(axes, (BEFORE, AFTER), strict=True):
        ax.set_title(f"{when} training")
        if when not in course.values:
            ax.text(0.5, 0.5, "no numbers", ha="center", transform=ax.transAxes)
            continue
        shown = _layers(len(course.values[when]))
        values = [course.values[when][i - 1] for i in shown]
        hidden = np.concatenate([v.ravel() for v in values[:-1]])
        wide = float(np.quantile(np.abs(hidden), 0.99))
        limit = next((edge for edge in (1.2, 3, 10, 100, 1000) if wide <= edge), 1e4)
        plotting.histograms(values, ax, (-limit, limit))
        ax.set_yticks(range(1, len(shown) + 1), [*map(str, shown[:-1]), "out"])
        ax.set_xlabel("value")
        ax.set_xticks([-limit / 2, 0, limit / 2])
    axes[1].set_ylabel("")
    zeros, said = [], []
    for when, layers in course.values.items():
        hidden, out = layers[-2], layers[-1]
        zeros.append(f"{percent(float(np.mean(hidden == 0)))} {when} training")
        rest = np.abs(hidden[hidden != 0])
        size = number(rest.mean()) if len(rest) else "0"
        said.append(f"{when} training {size}, and the outputs spread over {number(np.ptp(out))}")
    return (
        f"Zeros in the last hidden layer: {' and '.join(zeros)}. The mean size of its other values "
        f"is {'; '.join(said)}{_end(course.values)}"
    )


def weights(fig: Figure, course: Course) -> str:
    """Histograms of the weights of every layer, after training."""
    ax = fig.subplots()
    shown = _layers(len(course.weights))
    wide = max(float(np.abs(w).max()) for w in course.weights)
    limit = next((edge for edge in (0.3, 1, 3, 20) if wide <= edge), 100.0)
    plotting.histograms([course.weights[i - 1] for i in shown], ax, (-limit, limit))
    ax.set(xlabel="weight after training")
    ax.set_yticks(range(1, len(shown) + 1), map(str, shown))
    rows = [len(np.unique(w.round(9), axis=0)) for w in course.weights]
    spread = [number(w.std()) for w in course.weights]
    return (
        f"After training, layer 1 has {count(rows[0], 'different unit')} of {len(course.weights[0])}. Its "
        f"weights spread by {spread[0]}, those of the last layer by {spread[-1]}."
    )


def silent_units(fig: Figure, course: Course) -> str:
    """The fractions of each layer that are dead or saturated, before and after training."""
    axes = fig.subplots(1, 2, sharey=True)
    for ax, profile, title in zip(
        axes, (course.dead, course.shut), ("dead units", "saturated values"), strict=True
    ):
        last = max(map(len, profile.values()))
        ax.set(ylim=(-0.03, 1.25), xlim=(0.5, last + 0.6), title=title, xlabel="layer")
        for (when, share), look in zip(profile.items(), ("o--", "s-"), strict=False):
            color = FIRST if when == BEFORE else SECOND
            ax.plot(np.arange(1, len(share) + 1), share, look, color=color, ms=5, lw=1)
        ax.set_xticks(_layers(last))
    axes[0].set_yticks([0, 0.5, 1])
    axes[0].text(0.04, 0.92, "dashed: before", transform=axes[0].transAxes)
    axes[1].text(0.04, 0.92, "line: after", transform=axes[1].transAxes)
    said = [
        f"{when} training {percent(dead.max())} of the units are dead and "
        f"{percent(course.shut[when].max())} of the values saturated"
        for when, dead in course.dead.items()
    ]
    return f"In the worst layer, {', '.join(said)}{_end(course.dead)}"


def data(fig: Figure, course: Course) -> str:
    """The first ten training rows as images with their labels, and the range of the numbers."""
    ax = fig.subplots()
    pixels = course.x.reshape(len(course.x), -1)
    plotting.images(pixels, ax, titles=[str(label) for label in course.t], columns=5)
    high = float(np.sqrt(np.mean(pixels**2)))
    return (
        f"The numbers run from {number(pixels.min())} to {number(pixels.max())}. Their root mean "
        f"square is {number(high)}. Ten rows of the training data before the first step, their "
        f"labels below: {', '.join(map(str, course.t))}."
    )


def gradient_check(fig: Figure, course: Course) -> str:
    """The cosine between backward's gradient and that by nudging the weights, layer by layer."""
    ax = fig.subplots()
    layers = np.arange(1, len(course.agreement) + 1)
    ax.axhline(0, color=GRAY, lw=1)
    ax.bar(layers, course.agreement, 0.5, color=ORANGE)
    ax.set(ylim=(-1.1, 1.1), xlabel="layer", xticks=layers)
    ax.set_yticks([-1, 0, 1], ["opposite", "unrelated", "the same"])
    ax.set_title("agreement of backward with nudged weights")
    said = ", ".join(f"{a:.2f}".replace("-", "−") for a in course.agreement)
    off = [str(layer) for layer, a in zip(layers, course.agreement, strict=True) if a < 0.99]
    found = f"disagree in layer{'s' * (len(off) > 1)} {', '.join(off)}" if off else "agree"
    return f"Backward and nudging {found}. Cosine of the two, before training, by layer: {said}."


INSTRUMENTS: dict[str, Callable[[Figure, Course], str]] = {
    "loss and accuracy": loss_and_accuracy,
    "gradient": gradient,
    "step sizes": step_sizes,
    "activations": activations,
    "weights": weights,
    "silent units": silent_units,
    "the data": data,
    "gradient check": gradient_check,
}


def draw_gradient(ax: Axes, delta: Profile, unit: str = "layer") -> None:
    """||dL/du|| by layer, or by another unit, one line for each moment."""
    _profiles(ax, delta, "‖δ‖", [1e-20, 1e-15, 1e-10, 1e-5, 1, 1e5], unit)


def draw_step_sizes(ax: Axes, ratios: Profile) -> None:
    """||dW|| / ||W|| by layer, one line for each moment; the usual sizes in gray."""
    ax.axhspan(1e-3, 1e-1, color=GRAY, alpha=0.15, lw=0)
    _profiles(ax, ratios, "‖ΔW‖ / ‖W‖", [1e-9, 1e-6, 1e-3, 1, 1e3])
    low, high = ax.get_xlim()
    spots = [(low + f * (high - low), 1e-2, "center", "center") for f in (0.93, 0.07, 0.5, 0.25)]
    above = [(x, 0.13, *sides) for x, _, *sides in spots]
    marks.note(ax, "usual", [*spots, *above], color=GRAY)


def draw_losses(ax: Axes, losses: Mapping[str, np.ndarray], best_epoch: int | None) -> None:
    """Losses by epoch, one line for each name; the best epoch marked on the last of them."""
    epochs = np.arange(1, 1 + max(map(len, losses.values())))
    seen = np.concatenate(list(losses.values()))
    seen = seen[np.isfinite(seen) & (seen > 0)]
    low, high = (seen.min() / 1.3, seen.max() * 1.3) if len(seen) else (0.1, 1.0)
    ax.set(xlim=(0, len(epochs) + 1), ylim=(low, high), xlabel="epoch")
    ax.set_prop_cycle(color=[FIRST, SECOND], linestyle=["-", "--"])
    dots = {"marker": "o", "markersize": 4} if len(epochs) < 3 else {}
    plotting.curves(epochs, losses, ax, log=True, **dots)
    if best_epoch:
        *_, (_, last) = losses.items()
        ax.plot(best_epoch, last[best_epoch - 1], "o", color=SECOND)
        marks.upright(ax, best_epoch, "kept")
    ax.xaxis.get_major_locator().set_params(integer=True)


def _profiles(ax: Axes, named: Profile, what: str, ticks: list[float], unit: str = "layer") -> None:
    """One line a moment over the layers, logarithmic; what lies beyond the ticks is at the edge,
    with its value, and of what is zero it is said.
    """
    last = max(map(len, named.values()))
    ax.set(xlim=(0.5, last + 0.5), ylim=(ticks[0] / 10, ticks[-1] * 10))
    ax.set_prop_cycle(color=[FIRST, SECOND], linestyle=["--", "-"])
    shown = {
        name: np.where(values > 0, np.clip(values, ticks[0], ticks[-1]), np.nan)
        for name, values in named.items()
    }
    plotting.by_layer(shown, ax, what=what, log=True, unit=unit)
    ax.set_xticks(_layers(last))
    ax.set_yticks(ticks)
    zero = {name: int(np.sum(values == 0)) for name, values in named.items()}
    said = [f"{name}: 0 in {_layers_named(n, unit)}" for name, n in zero.items() if n]
    if said:
        marks.say(ax, "\n".join(said), y=0.25)
    seen = np.concatenate([values[(values > 0) & np.isfinite(values)] for values in named.values()])
    at = [0.5 + part * last for part in (0.15, 0.85, 0.5)]
    if len(seen) and seen.min() < ticks[0]:
        spots = [(x, 3 * ticks[0], "center", "bottom") for x in at]
        marks.note(ax, f"↓ {number(seen.min(), 1)}", spots)
    if len(seen) and seen.max() > ticks[-1]:
        spots = [(x, ticks[-1] / 3, "center", "top") for x in at]
        marks.note(ax, f"↑ {number(seen.max(), 1)}", spots)


def _layers_named(n: int, unit: str = "layer") -> str:
    """The first n layers, in words."""
    return f"{unit} 1" if n == 1 else f"{unit}s 1 to {n}"


def _layers(last: int) -> list[int]:
    """At most five layers to name, the first and the last among them."""
    return sorted({round(v) for v in np.linspace(1, last, min(last, 5))})


def _size(v: float) -> str:
    """v with three digits; 0 only where it is 0, since the difference matters here."""
    return number(v, 3)


def _end(seen: Mapping) -> str:
    return "." if AFTER in seen else "; after training they are no numbers."


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
