"""Rows held back: a table is split at random before anything is computed from it."""

from __future__ import annotations

import math

import numpy as np

from ..shapes import generator, got, same_length
from .arrays import array, labels
from .telling import and_more


def train_test_split(
    *arrays: np.ndarray,
    test_size: float | int = 0.25,
    stratify: np.ndarray | None = None,
    rng: np.random.Generator,
) -> list[np.ndarray]:
    """Split arrays of n rows each at random, all in the same way; as scikit-learn's.

        x_train, x_test, t_train, t_test = nn.train_test_split(x, t, test_size=0.2, rng=rng)

    Returns two new arrays for each given: its training rows, its test rows. test_size: a fraction
    of the rows (rounded up to whole rows), or a whole number of rows. stratify: labels (n,) or
    (n, 1), usually t; the classes then have the same shares in both parts, up to one row.

    A validation part comes from a second split, of what is not for the test:

        x_rest, x_test, t_rest, t_test = nn.train_test_split(x, t, stratify=t, rng=rng)
        x_train, x_val, t_train, t_val = nn.train_test_split(
            x_rest, t_rest, stratify=t_rest, rng=rng
        )

    Raises TypeError or ValueError where arrays are not of one length, a part would be empty, or
    a class of stratify would be missing from a part (scikit-learn lets it be missing, if the class
    has two rows).
    """
    whose = "train_test_split"
    rng = generator(whose, rng)
    if not arrays:
        raise TypeError(f"{whose} expects at least one array: train_test_split(x, t, rng=rng).")
    found = {f"array {i}": array(whose, f"array {i}", a) for i, a in enumerate(arrays, 1)}
    if stratify is not None:
        found["stratify"] = _labels(whose, stratify)
    n = same_length(whose, "rows", found)
    n_test = _count(whose, n, test_size)
    by = found.pop("stratify", None)
    if by is None:
        order = rng.permutation(n)
        test, train = order[:n_test], order[n_test:]
    else:
        test, train = _by_class(whose, by, n_test, rng)
    return [part for a in found.values() for part in (a[train], a[test])]


def _count(whose: str, n: int, test_size: float | int) -> int:
    """The number of test rows."""
    whole = isinstance(test_size, int | np.integer) and not isinstance(test_size, bool)
    if not whole and not (isinstance(test_size, float | np.floating) and 0 < test_size < 1):
        raise ValueError(
            f"{whose}: test_size must be a fraction between 0 and 1 or a whole number of rows; "
            f"got {test_size!r}."
        )
    count = int(test_size) if whole else math.ceil(test_size * n)
    if not 0 < count < n:
        raise ValueError(
            f"{whose}: with test_size={test_size} of {n} rows, {max(0, n - count)} would be left "
            f"for training and {max(0, count)} for the test; each part needs at least one."
        )
    return count


def _labels(whose: str, stratify: object) -> np.ndarray:
    if isinstance(stratify, bool | str):
        raise TypeError(
            f"{whose}: stratify must be labels, one a row; got {got(stratify)}. Pass t."
        )
    remedy = "Rows with a single 1 become labels by t.argmax(axis=1)."
    found = labels(whose, "stratify", stratify, remedy=remedy)
    if found.dtype.kind == "f" and (found != np.round(found)).any():
        raise ValueError(
            f"{whose}: stratify must be classes, and these are numbers such as {found[0]:g}. Leave "
            "stratify out."
        )
    return found


def _by_class(whose, by, n_test, rng) -> tuple[np.ndarray, np.ndarray]:
    """Rows for the test and for training: of each class its share, the largest remainders up."""
    names, which, counts = np.unique(by, return_inverse=True, return_counts=True)
    share = counts * n_test / len(by)
    take = np.floor(share).astype(int)
    mixed = rng.permutation(len(names))  # equal remainders are drawn
    largest = mixed[np.argsort(take[mixed] - share[mixed], kind="stable")]
    take[largest[: n_test - take.sum()]] += 1
    missing = (take == 0) | (take == counts)
    if missing.any():
        part = "test" if (take == 0).any() else "training"
        have = [
            f"{str(name)!r} ({count} of {len(by)} rows)"
            for name, count in zip(names[missing], counts[missing], strict=True)
        ]
        rare = and_more(have)
        raise ValueError(
            f"{whose}: the {part} part, {n_test if part == 'test' else len(by) - n_test} rows, "
            f"would have none of class {rare}. Take another test_size, collect more rows of it or "
            "leave it out, or leave stratify out."
        )
    rows = [rng.permutation(np.flatnonzero(which == c)) for c in range(len(names))]
    test = np.concatenate([r[:k] for r, k in zip(rows, take, strict=True)])
    train = np.concatenate([r[k:] for r, k in zip(rows, take, strict=True)])
    return rng.permutation(test), rng.permutation(train)
