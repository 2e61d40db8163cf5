"""Exercises on the landmarks, results of papers made to run again, in the order of the text."""

from . import (  # noqa: F401, I001
    mirror,
    stuck,
    one_step,
    adding,
    ranges,
    counting,
    modes,
    scales,
    percentiles,
    blocks,
    lengths,
    moments,
    lines,
    inertia,
    born_dead,
)
