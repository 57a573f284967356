"""Columns of small tables as lists: rows chosen, values put in step with other rows."""

import math

import numpy as np
import pandas as pd
import pytest

from charts.kit.columns import columns, highest, in_step, rows_with

TOLD = pd.DataFrame({"model": ["drift", "flat", "drift"], "period": ["a", "a", "b"], "years": [5.125, 4.0, math.nan]})


def test_only_the_rows_asked_for_are_returned_in_their_order() -> None:
    assert columns(TOLD, ("period",), only=("model", "drift")) == {"period": ["a", "b"]}
    assert columns(TOLD, ("period",)) == {"period": ["a", "a", "b"]}


def test_rows_are_told_by_a_mark_of_each() -> None:
    assert rows_with({"period": ["a", "b", "c"]}, [True, False, True], False) == {"period": ["b"]}


def test_a_row_without_a_value_is_missing_and_the_others_are_rounded_as_pandas_does() -> None:
    values = in_step(["b", "x", "a"], ["a", "b"], [5.125, 2.675])
    np.testing.assert_array_equal(values, pd.Series([2.675, math.nan, 5.125]).round(2))


def test_missing_values_are_not_the_highest() -> None:
    assert highest([1.0, math.nan, 3.0]) == 3.0
    with pytest.raises(ValueError, match="empty"):
        highest([math.nan])
