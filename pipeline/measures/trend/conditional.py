"""The best prediction of one normal vector from another, when the level of both has unknown coefficients.

With y = X b + e, the vector asked for = Z b + u, Var(e) = C, Cov(u, e) = c and Var(u) = V: generalised least squares for
b, then the conditional normal. This is universal kriging (Goldberger, 1962; Harville, 1977): the error of b is
in the covariance of the prediction.
"""

from dataclasses import dataclass

import numpy as np

from pipeline.measures.gap.difference import FloatArray


@dataclass(frozen=True, kw_only=True)
class JointNormal:
    """Covariances of the seen values and those asked for, and the designs of their levels (matrices may be stacked)."""

    seen: FloatArray
    """C, n by n, positive definite."""
    across: FloatArray
    """c, m by n: those asked for with the seen ones."""
    asked: FloatArray
    """V, m by m."""
    design: FloatArray
    """X, n by p."""
    design_asked: FloatArray
    """Z, m by p."""


@dataclass(frozen=True)
class Conditional:
    """Mean (m) and covariance (m by m) of the values asked for, and the coefficients b, after the leading shape."""

    mean: FloatArray
    covariance: FloatArray
    coefficients: FloatArray


def conditional(y: FloatArray, joint: JointNormal) -> Conditional:
    """Mean = Z b + c C⁻¹ (y - X b); covariance = V - c C⁻¹ c' + (Z - c C⁻¹ X) (X'C⁻¹X)⁻¹ (Z - c C⁻¹ X)'."""
    X, Z = joint.design, joint.design_asked
    inverse = np.linalg.inv(joint.seen)
    information = np.linalg.inv(X.T @ inverse @ X)
    b = information @ (X.T @ inverse @ y[..., None])
    gain = joint.across @ inverse
    mean = Z @ b + gain @ (y[..., None] - X @ b)
    lever = Z - gain @ X
    covariance = (
        joint.asked - gain @ np.swapaxes(joint.across, -1, -2) + lever @ information @ np.swapaxes(lever, -1, -2)
    )
    return Conditional(mean[..., 0], covariance, b[..., 0])
