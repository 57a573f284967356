"""The best prediction of one normal vector from another, when the level of both has unknown coefficients.

With y = X b + e, the vector asked for = Z b + u, Var(e) = C, Cov(u, e) = c and Var(u) = V: generalised least squares for
b, then the conditional normal. This is universal kriging (Goldberger, 1962; Harville, 1977): the error of b is
in the covariance of the prediction.
"""

from dataclasses import dataclass

import numpy as np

from pipeline.errors import MeasureRefused
from pipeline.measures.difference import FloatArray
from pipeline.measures.refusals import covariance_matrices, finite_array
from pipeline.measures.trend.inputs import invertible


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

    def __post_init__(self) -> None:
        """Refuse parts that are missing, do not fit together, or leave no error."""
        n, m = np.shape(invertible(self.seen))[-1], np.shape(self.asked)[-1]
        covariance_matrices(self.asked, m)
        shapes = {"across": (m, n), "asked": (m, m), "design": (n, self.design.shape[-1])}
        shapes["design_asked"] = (m, self.design.shape[-1])
        for name, shape in shapes.items():
            if finite_array(getattr(self, name), name=name).shape[-2:] != shape:
                raise MeasureRefused(f"The part {name} of a joint normal has the wrong shape.", do=f"Make it {shape}.")


@dataclass(frozen=True)
class Conditional:
    """Mean (m) and covariance (m by m) of the values asked for, and the coefficients b, after the leading shape."""

    mean: FloatArray
    covariance: FloatArray
    coefficients: FloatArray


def conditional(y: FloatArray, joint: JointNormal) -> Conditional:
    """Mean = Z b + c C⁻¹ (y - X b); covariance = V - c C⁻¹ c' + (Z - c C⁻¹ X) (X'C⁻¹X)⁻¹ (Z - c C⁻¹ X)'.

    Raises:
        MeasureRefused: `y` is missing, infinite or of another length than the seen values.
    """
    if finite_array(y, name="value").shape[-1:] != joint.seen.shape[-1:]:
        raise MeasureRefused("The seen values do not fit their covariance.", do="Give one value for each row of it.")
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
