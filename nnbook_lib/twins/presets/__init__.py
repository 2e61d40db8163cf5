"""Experiments that teach: each with a question to answer first, and what one finds out."""

from ..preset import Preset, run
from . import activations, basics, clinic, initialization, layers, vanishing

PRESETS: tuple[Preset, ...] = (
    *basics.PRESETS,
    *vanishing.PRESETS,
    *activations.PRESETS,
    *initialization.PRESETS,
    *layers.PRESETS,
    *clinic.PRESETS,
)
BY_KEY = {preset.key: preset for preset in PRESETS}

__all__ = ["BY_KEY", "PRESETS", "Preset", "run"]
