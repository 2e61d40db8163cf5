"""Exercises on the landmarks, results of papers made to run again, in the order of the text."""

from . import mirror, stuck, in_time, widths, modes, blocks, lengths, moments, lines, late  # noqa: F401, I001
