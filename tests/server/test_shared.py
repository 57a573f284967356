"""What is worked out once and shared between visitors, and what is not."""

import threading
import time
from dataclasses import dataclass

import pandas as pd
import pytest

from dashboard import shared as sharing
from dashboard.shared import shared


@pytest.fixture(autouse=True)
def nothing_held() -> None:
    sharing._held.clear()


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


def test_records_are_the_same_when_their_words_are_equal_and_their_tables_the_same() -> None:
    make, tables = Counted(), [pd.DataFrame({"a": [1]}) for _ in range(2)]
    first = shared(make, Settings("b1", tables[0]))
    assert shared(make, Settings("b1", tables[0])) is first
    assert shared(make, Settings("b2", tables[0])) is not first
    assert shared(make, Settings("b1", tables[1])) is not first


def test_another_table_gives_another_result_though_its_figures_are_equal() -> None:
    make = Counted()
    tables = [pd.DataFrame({"a": [1]}) for _ in range(2)]
    assert shared(make, tables[0]) is not shared(make, tables[1])


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
