"""Answers that come near the right one: rounded, or found by trying."""

from __future__ import annotations

import numpy as np


def rounded(answer, right, *cases) -> bool:
    """Whether it gives the right numbers, rounded to a few digits behind the point."""
    came = [float(answer(*case)) for case in cases]
    wanted = [float(right(*case)) for case in cases]
    return came != wanted and any(
        np.allclose(came, np.round(wanted, digits), rtol=0, atol=1e-12) for digits in range(8)
    )


def nearly(answer, right, *cases) -> bool:
    """Whether it gives numbers within a tenth of the right ones, and not these."""
    gaps = [abs(float(answer(*case)) - float(right(*case))) for case in cases]
    return 1e-7 < max(gaps) <= 0.1
