"""What is worked out once and shared between visitors, and what is not."""

import threading
import time
from copy import copy
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import pytest

from dashboard import shared as sharing
from dashboard.shared import shared


@pytest.fixture(autouse=True)
def nothing_held() -> None:
    sharing.forget()


class Counted:
    """A function that counts its calls."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, *args: object, **kwargs: object) -> object:
        self.calls += 1
        return object()


def test_the_same_arguments_give_the_same_object_once_worked_out() -> None:
    make, table = Counted(), pd.DataFrame({"a": [1]})
    first = shared(make, table, sex="female", year=2034)
    assert shared(make, table, sex="female", year=2034) is first
    assert make.calls == 1


@pytest.mark.parametrize("other", [{"sex": "male"}, {"sex": None}, {"people": "female"}, {}])
def test_other_settings_give_another_result(other: dict[str, object]) -> None:
    make = Counted()
    assert shared(make, sex="female") is not shared(make, **other)
    assert make.calls == 2


def test_one_true_and_one_point_nought_are_three_settings() -> None:
    make = Counted()
    assert len({id(shared(make, value)) for value in (1, True, 1.0)}) == 3


@dataclass(frozen=True)
class Settings:
    build: str
    table: pd.DataFrame


@pytest.mark.parametrize("value", [float("nan"), np.int64(3), np.float64(2.5), date(2026, 2, 19), None, pd.NA])
def test_a_number_a_date_or_none_at_all_is_the_same_each_time(value: object) -> None:
    make = Counted()
    assert shared(make, value) is shared(make, copy(value))
    assert make.calls == 1


def test_records_are_the_same_when_all_they_hold_is() -> None:
    make, tables = Counted(), [pd.DataFrame({"a": [1]}), pd.DataFrame({"a": [2]})]
    first = shared(make, Settings("b1", tables[0]))
    assert shared(make, Settings("b1", tables[0].copy())) is first
    assert shared(make, Settings("b2", tables[0])) is not first
    assert shared(make, Settings("b1", tables[1])) is not first


def test_the_same_rows_picked_out_anew_are_the_same_table() -> None:
    make, table = Counted(), pd.DataFrame({"sex": ["female", "male"], "hle": [61.9, 61.5]})
    picked = [shared(make, [table[table["sex"] == "male"]], names={"a": "b"}) for _ in range(3)]
    assert make.calls == 1
    assert len({id(one) for one in picked}) == 1


def test_what_came_out_is_known_again_without_looking_through_it(monkeypatch: pytest.MonkeyPatch) -> None:
    make, use = iter([pd.DataFrame({"a": [1]}), Settings("b1", pd.DataFrame({"a": [1]}))]), Counted()
    table, record = (shared(next, make, number) for number in range(2))
    monkeypatch.setattr(sharing, "_digest", None)
    first = [shared(use, one) for one in (table, record, record.table)]
    assert [shared(use, one) for one in (table, record, record.table)] == first
    assert use.calls == 3


@pytest.mark.parametrize(
    "other",
    [
        pd.DataFrame({"a": [1.0, 2.0], "b": ["x", "z"]}),
        pd.DataFrame({"a": [1.0, 2.1], "b": ["x", "y"]}),
        pd.DataFrame({"a": [1.0, 2.0], "c": ["x", "y"]}),
        pd.DataFrame({"a": [1, 2], "b": ["x", "y"]}),
        pd.DataFrame({"a": [2.0, 1.0], "b": ["y", "x"]}),
        pd.DataFrame({"a": [1.0, 2.0], "b": ["x", "y"]}, index=[0, 5]),
        pd.DataFrame({"a": [1.0, None], "b": ["x", "y"]}),
        pd.Series([1.0, 2.0], name="a"),
    ],
)
def test_a_table_that_differs_in_anything_gives_another_result(other: pd.DataFrame) -> None:
    make, table = Counted(), pd.DataFrame({"a": [1.0, 2.0], "b": ["x", "y"]})
    assert shared(make, table) is not shared(make, other)


def test_what_cannot_be_compared_is_the_same_only_when_it_is_the_same_object() -> None:
    make, odd = Counted(), pd.DataFrame({"a": [[1], [2]]})
    assert shared(make, odd) is shared(make, odd)
    assert shared(make, odd.copy()) is not shared(make, odd)


def test_a_new_table_at_the_place_of_a_forgotten_one_is_not_mistaken_for_it() -> None:
    make = Counted()
    results = {id(shared(make, pd.DataFrame({"a": [number]}))) for number in range(50)}
    assert len(results) == make.calls == 50


def test_an_error_is_raised_again_and_not_kept() -> None:
    answers = iter([ValueError("not yet"), "ready"])

    def make() -> object:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    with pytest.raises(ValueError, match="not yet"):
        shared(make)
    assert shared(make) == "ready"


def test_forty_visitors_at_once_work_it_out_once() -> None:
    calls = []

    def slow() -> object:
        calls.append(1)
        time.sleep(0.05)
        return object()

    found: list[object] = []
    visitors = [threading.Thread(target=lambda: found.append(shared(slow))) for _ in range(40)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    assert len(calls) == 1
    assert len({id(one) for one in found}) == 1


def test_the_longest_unused_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "MOST_HELD", 2)
    make = Counted()
    kept = shared(make, "kept")
    shared(make, "second")
    assert shared(make, "kept") is kept
    shared(make, "third")
    assert shared(make, "kept") is kept
    shared(make, "second")
    assert make.calls == 4
