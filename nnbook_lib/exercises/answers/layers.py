"""Using a learner's layer, with a sentence where its forward or backward gives something else."""

from __future__ import annotations

from typing import Any

import numpy as np


def forward(layer: Any, x: np.ndarray, **how: bool) -> tuple[Any, Any]:
    """y, saved = layer.forward(x). TypeError unless it returns two things."""
    result = layer.forward(x, **how)
    if result is Ellipsis:
        raise NotImplementedError
    if not isinstance(result, tuple) or len(result) != 2:
        came = "None" if result is None else f"a single {type(result).__name__}"
        if isinstance(result, tuple):
            came = f"a tuple of {len(result)}"
        raise TypeError(
            "forward must return two things, its output and what backward needs (`return y, saved`); it "
            f"returns {came}"
        )
    if result[0] is Ellipsis:
        raise NotImplementedError
    return result


def backward(layer: Any, dy: np.ndarray, saved: Any) -> Any:
    """layer.backward(dy, saved). TypeError if that is None or several things."""
    result = layer.backward(dy, saved)
    if result is Ellipsis:
        raise NotImplementedError
    if result is None or isinstance(result, tuple):
        came = "None" if result is None else f"a tuple of {len(result)}"
        raise TypeError(
            "backward must return one thing, the gradient of the layer's input; it returns "
            f"{came}. Gradients of parameters are added to self.d..., not returned"
        )
    return result
