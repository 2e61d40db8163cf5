"""Which panels of two pictures can be laid on one another."""

from __future__ import annotations

import base64
import hashlib

import numpy as np
from matplotlib.axes import Axes


def scale(ax: Axes) -> str:
    """A word that two panels share if a curve of one can be read at the ticks of the other: same place,
    limits and ticks. "" for one with a bitmap, which would hide what lies under it, and for a diagram,
    which has no ticks.
    """
    ticks = [len(axis.get_majorticklocs()) for axis in (ax.xaxis, ax.yaxis)]
    if ax.images or not ax.axison or not any(ticks):
        return ""
    said = [np.round(ax.bbox.extents, 1).tolist()]
    for axis in (ax.xaxis, ax.yaxis):
        places = axis.get_majorticklocs()
        limits = [f"{v:.6g}" for v in (*axis.get_view_interval(), *places)]
        said += [axis.get_scale(), limits, axis.major.formatter.format_ticks(places)]
    digest = hashlib.sha256(repr(said).encode()).digest()
    return base64.urlsafe_b64encode(digest[:6]).decode()
