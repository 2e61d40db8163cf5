"""Data sets: small problems made on the spot; real digits and penguins shipped with the package.

Classification sets return x: (n, d) floating and t: (n,) labels from 0; regression and yes-or-no
sets return t: (n, 1). Random ones take rng and are the same for the same seed.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import numpy as np

from .own_data.reading import read_table
from .own_data.table import Table
from .shapes import floating_dtype, generator, not_negative, number, positive, sizes, whole

PENGUINS = Path(__file__).parent / "data" / "penguins.csv"


class Digits(NamedTuple):
    """The digits' split. x: (n, 64) pixels from 0 to 1, row by row; t: (n,) labels 0 to 9."""

    x: np.ndarray
    t: np.ndarray
    x_test: np.ndarray
    t_test: np.ndarray


def digits(dtype: type = np.float64) -> Digits:
    """1442 training and 355 test images of handwritten digits, 8 x 8 pixels.

    The UCI set of Alpaydin & Kaynak (1998), CC BY 4.0; see data/README.md. The split is fixed: of
    each class every fifth image, in the file's order, is for the test. Writers occur in both
    parts, so the test measures new images, not new hands.
    """
    floating_dtype("digits", dtype)
    with (
        files(__package__).joinpath("data/digits.npz").open("rb") as file,
        np.load(file, allow_pickle=False) as stored,
    ):
        x, t = (stored["pixels"] / 16).astype(dtype), stored["labels"].astype(np.intp)
    test = np.zeros(len(t), bool)
    for label in range(10):
        test[np.flatnonzero(t == label)[4::5]] = True
    return Digits(x[~test], t[~test], x[test], t[test])


def penguins(
    target: str = "species",
    *,
    leave_out: Sequence[str] = ("island", "sex", "year"),
    one_hot: Sequence[str] = (),
    gaps: str = "drop",
) -> Table:
    """344 penguins of three species, measured on islands near Palmer Station, Antarctica.

    Four measurements: bill_length_mm, bill_depth_mm, flipper_length_mm and body_mass_g; and species
    (Adelie, Chinstrap, Gentoo), island, sex and year. It is `read_table(datasets.PENGUINS, ...)`:
    as it stands, x holds the measurements, t the species, and the two birds that were not measured
    are left out. Gorman, Williams & Fraser 2014; Horst, Hill & Gorman 2020; CC0; see data/README.md.
    """
    return read_table(PENGUINS, target=target, leave_out=leave_out, one_hot=one_hot, gaps=gaps)


def xor() -> tuple[np.ndarray, np.ndarray]:
    """The four points of exclusive or. x: (4, 2) of 0 and 1, t: (4, 1), 1 where the two differ."""
    x = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    return x, (x[:, :1] != x[:, 1:]).astype(float)


def moons(
    n: int = 200, noise: float = 0.1, *, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Two interleaved half circles of radius 1, with noise. x: (n, 2), t: (n,) of 0 and 1."""
    sizes("moons", n=n)
    not_negative("moons", noise=noise)
    t = np.arange(n) % 2
    angle = np.pi * generator("moons", rng).random(n)
    upper = np.column_stack([np.cos(angle), np.sin(angle)])
    lower = np.column_stack([1 - np.cos(angle), 0.5 - np.sin(angle)])
    return np.where(t[:, None] == 0, upper, lower) + noise * rng.standard_normal((n, 2)), t


def circles(
    n: int = 200, noise: float = 0.05, inner: float = 0.5, *, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Two circles about the origin, radius 1 (label 0) and `inner` (label 1). x: (n, 2), t: (n,)."""
    sizes("circles", n=n)
    not_negative("circles", noise=noise)
    positive("circles", inner=inner)
    t = np.arange(n) % 2
    angle = 2 * np.pi * generator("circles", rng).random(n)
    radius = np.where(t == 0, 1.0, inner)
    x = radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    return x + noise * rng.standard_normal((n, 2)), t


def spirals(
    n: int = 300,
    arms: int = 2,
    turns: float = 1.0,
    noise: float = 0.02,
    *,
    rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray]:
    """Arms that wind `turns` times around the origin, out to radius 1, clockwise where turns < 0.

    x: (n, 2), t: (n,) labels 0 .. arms-1.
    """
    sizes("spirals", n=n, arms=arms)
    number("spirals", turns=turns)
    not_negative("spirals", noise=noise)
    t = np.arange(n) % arms
    radius = np.sqrt(generator("spirals", rng).random(n))  # even over the arm's length, nearly
    angle = 2 * np.pi * (turns * radius + t / arms)
    x = radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    return x + noise * rng.standard_normal((n, 2)), t


def sine(
    n: int = 100, noise: float = 0.1, *, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """t = sin x + noise at random places. x: (n, 1) in [-pi, pi], sorted; t: (n, 1)."""
    sizes("sine", n=n)
    not_negative("sine", noise=noise)
    x = np.sort(generator("sine", rng).uniform(-np.pi, np.pi, n))[:, None]
    return x, np.sin(x) + noise * rng.standard_normal((n, 1))


def symmetry() -> tuple[np.ndarray, np.ndarray]:
    """All 64 six-bit patterns, t = 1 if the same backwards. x: (64, 6), t: (64, 1).

    The first learned-representation example of Rumelhart, Hinton & Williams 1986, fig. 1.
    """
    x = ((np.arange(64)[:, None] >> np.arange(5, -1, -1)) & 1).astype(float)
    return x, (x == x[:, ::-1]).all(axis=1, keepdims=True).astype(float)


def adding_problem(
    n: int, length: int, *, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Remember two marked numbers of a long sequence and add them. x: (n, length, 2), t: (n, 1).

    x[:, :, 0] are uniform in [0, 1]; x[:, :, 1] is 1 at two places, one in each half, else 0; t
    is the sum of the two marked numbers. Always answering 1 has a mean squared error of 1/6. This
    is the later form of the task; Hochreiter & Schmidhuber 1997 used values in [-1, 1] and the
    target 0.5 + sum/4 (1/24).
    """
    sizes("adding_problem", n=n)
    whole("adding_problem", least=2, length=length)  # one mark a half
    rng = generator("adding_problem", rng)
    x = np.zeros((n, length, 2))
    x[:, :, 0] = rng.random((n, length))
    half = length // 2
    for marks in (rng.integers(0, half, n), rng.integers(half, length, n)):
        x[np.arange(n), marks, 1] = 1
    return x, (x[:, :, 0] * x[:, :, 1]).sum(axis=1, keepdims=True)
