"""Scales on which a line is fitted or errors are normal: as measured, logarithm, logit."""

from typing import Literal

import numpy as np
from scipy.special import expit, logit

from pipeline.measures.refusals import FloatArray, refuse_where

Scale = Literal["none", "log", "logit"]


def on_scale(natural: FloatArray, scale: Scale) -> FloatArray:
    """Return values as measured on the scale: unchanged, ln y, or ln(y / (1 - y)); same shape."""
    if scale == "log":
        return np.asarray(np.log(natural))
    return np.asarray(logit(natural)) if scale == "logit" else natural


def from_scale(scaled: FloatArray, scale: Scale) -> FloatArray:
    """Return values on the scale as measured again: the inverse of `on_scale`; same shape."""
    if scale == "log":
        return np.asarray(np.exp(scaled))
    return np.asarray(expit(scaled)) if scale == "logit" else scaled


def slope_from_scale(natural: FloatArray, scale: Scale) -> FloatArray:
    """Return how fast the value as measured moves with the scaled one: 1, y, or y (1 - y); same shape."""
    if scale == "log":
        return natural
    return np.asarray(natural * (1 - natural)) if scale == "logit" else np.ones_like(natural)


def refuse_outside_scale(natural: FloatArray, scale: Scale) -> None:
    """Refuse values that the scale cannot hold.

    Raises:
        MeasureRefused: a value at or below 0 on the log scale, or outside 0 to 1 on the logit scale.
    """
    if scale == "log":
        refuse_where(natural <= 0, what="The log scale needs values above 0.", element="group")
    if scale == "logit":
        refuse_where(
            (natural <= 0) | (natural >= 1), what="The logit scale needs shares between 0 and 1.", element="group"
        )
