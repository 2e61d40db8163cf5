"""Published results, reproduced: what a paper said, what came out here, and how far the two may differ.

    from nnbook_lib.landmarks import Comparison

catalog.py        every landmark: its year, its paper, its page and its verdict
comparison.py     `Comparison`: the table paper, here, deviation, whose tolerances are asserted
runs.py           the stored runs of the scripts in benchmarks/

The other modules hold what is too long for a cell of the landmark they are named after.
"""

from .catalog import LANDMARKS, Landmark
from .comparison import Comparison

__all__ = ["LANDMARKS", "Comparison", "Landmark"]
