"""Claims, one for every public function of the measures, argument and kind of fault: bad input is refused by name.

Functions are found by import, so a new one fails here until it has a valid call (`valid_calls`). Each argument in turn is
replaced by something missing, infinite, empty, single, reversed, negative or of the wrong shape. The answer must be a
named refusal, unless `RIGHT_ANSWERS` or `EXCEPTIONS` says why an answer is right.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from pipeline import measures
from pipeline.errors import MeasureRefused, UsageError
from pipeline.measures.life.life_table import LifeTable
from pipeline.measures.trend.trend import Pace
from tests.measures.valid_calls import CALLS

HELPERS = {"refusals", "trend.inputs"}
"""Modules whose functions are the refusals themselves."""

MADE = (LifeTable, Pace)
"""Records that only our own functions make, from input that they have checked: no one gives them by hand."""

SIGNED = "figures of any sign have an answer: a gap may be turned round, a change may be a fall"
HOLE = "a hole stays a hole: without a published interval there is no standard error"
ALONE = "a series of any length has an answer, since nothing else has to match it"
RIGHT_ANSWERS: dict[str, dict[str, str]] = {
    # part that an argument plays -> kind of fault -> why an answer is right
    "signed": {"negative": SIGNED},
    "holed": {"negative": SIGNED, "missing": HOLE, "missing all": HOLE},
    "holed errors": {"missing": HOLE, "missing all": HOLE},
    "alone": {"one value": ALONE, "wrong shape": ALONE},
    "any shape": {"negative": SIGNED, "wrong shape": "a single number beside a row counts for each in the row"},
    "positive, any shape": {"wrong shape": "a single number beside a row counts for each in the row"},
    "said only": dict.fromkeys(["empty", "unknown word"], "is said beside the figures and moves none"),
    "numbers": dict.fromkeys(
        ["negative", "missing", "missing all", "infinite", "empty", "one value", "wrong shape"],
        "only moves or adds what the caller has checked",
    ),
}
PARTS = {
    **dict.fromkeys(["values", "pace", "covariance", "gap_change", "worse_off_change", "similar_changes"], "signed"),
    **dict.fromkeys(["place_change", "pace_lci_95", "residuals", "x", "y", "given", "end", "rest"], "signed"),
    **dict.fromkeys(["lower", "upper", "estimate"], "holed"),
}
ORDERED = {"mid_points", "other_mid_points", "ages", "band_ages", "series", "probabilities"}
"""Arguments that have an order; any other one, turned round, is another series with an answer of its own."""

COLUMNS: dict[str, dict[str, str]] = {
    "missing": dict.fromkeys(["hle_lci_95", "hle_uci_95", "hle_se", "better_off_se", "worse_off_se", "lci_95", "uci_95", "se",
                              "gap_sd_lci_95", "gap_sd_uci_95"], HOLE)
    | {"imd_score": "counts as no row", "value": "counts as no row", "population": "not asked for where one area is chosen"},
    "negative": dict.fromkeys(["residual_years", "residual_lci_95", "gap_sd", "gap_sd_lci_95", "value", "lci_95"], SIGNED),
}  # fmt: skip
"""Kind of fault -> column that may have it -> why, for tables in which a row or figure is optional."""

SELECTS = "chooses among the rows given, one by one"
EXCEPTIONS: dict[tuple[str, str, str], str] = {
    ("gap.path.halving_path", "mid_points", "reversed"): "each time is asked on its own",
    ("gap.path.rich_end_path", "mid_points", "reversed"): "each time is asked on its own",
    ("gap.gaps.gap_of_ends", "ends", "one row"): "one period has a gap",
    ("gap.gaps.with_standard_error", "hle", "one row"): SELECTS,
    ("gap.gaps.with_standard_error", "hle", "repeated row"): SELECTS,
    ("gap.gaps.region_deprivation", "deprivation", "one row"): "one authority makes the mean of its region",
    ("gap.gaps.equal_count_groups", "ordered", "repeated row"): "counts rows, whatever they hold",
    ("gap.gaps.borrowed_decile_error", "gaps", "one row"): "one gap borrows one error",
    ("gap.gaps.borrowed_decile_error", "hle", "one row"): "the newest error stands in for a period that England lacks",
    ("inequality.slope_index.ridits", "populations", "one value"): "one group is in the middle of itself",
    ("inequality.slope_index.ridits", "populations", "wrong shape"): ALONE,
    ("inequality.slope_index.slope_weights", "populations", "wrong shape"): ALONE,
    ("life.england_check.england_check", "good_health", "one row"): "one published age is checked",
    ("life.sullivan.shares_at_ages", "ages", "reversed"): "each age is looked up on its own",
    ("life.sullivan.shares_at_ages", "ages", "one value"): "each age is looked up on its own",
    ("life.sullivan.shares_at_ages", "ages", "wrong shape"): "each age is looked up on its own",
    ("places.building_blocks.block_gaps", "in_current_prices", "empty"): "no indicator is in current prices",
    (
        "places.building_blocks.block_gaps",
        "in_current_prices",
        "unknown word",
    ): "that indicator is not among the figures",
    ("places.building_blocks.gap_changes", "gaps", "one row"): "said to be one period",
    ("places.building_blocks.latest_figures", "figures", "one row"): SELECTS,
    ("places.building_blocks.latest_figures", "figures", "repeated row"): SELECTS,
    ("places.building_blocks.without_figure", "latest", "one row"): "all others are without a figure",
    ("places.building_blocks.without_figure", "authorities", "unknown word"): "it is without a figure",
    ("places.building_blocks.per_resident", "totals", "one row"): SELECTS,
    ("places.building_blocks.per_resident", "totals", "repeated row"): SELECTS,
    ("places.building_blocks.per_resident", "population", "one row"): "years without residents go, as documented",
    ("places.local_action.authorities_of", "codes", "empty"): "no place, no authorities",
    ("places.local_action.authorities_of", "codes", "unknown word"): "only authorities and combined ones have any",
    ("places.local_action.authorities_of", "areas", "one row"): "an authority is its own, whatever the table holds",
    ("places.places.held_in_every_period", "residuals", "one value"): ALONE,
    ("places.places.held_in_every_period", "residuals", "wrong shape"): ALONE,
    ("places.places.rank_interval", "ranks", "one value"): ALONE,
    ("places.places.rank_interval", "ranks", "wrong shape"): ALONE,
    ("places.similar_places.change_against_similar", "similar_changes", "wrong shape"): ALONE,
    (
        "places.similar_places.weakest_blocks",
        "latest",
        "one row",
    ): "no indicator has five similar places, as documented",
    (
        "places.similar_places.weakest_blocks",
        "area_code",
        "unknown word",
    ): "a place without figures has no rows, as documented",
    ("places.similar_places.weakest_blocks", "similar", "unknown word"): "no indicator has five similar places",
    ("places.similar_places.moved_beside_similar", "similar", "unknown word"): "no indicator has five similar places",
    (
        "places.similar_places.moved_beside_similar",
        "figures",
        "one row",
    ): "one period has no change, so no row is given",
    ("places.similar_places.moved_beside_similar", "area_code", "unknown word"): "a place without figures has no row",
    ("trend.rolling.overlap", "mid_points", "one value"): "a period overlaps itself",
    ("trend.rolling.non_overlapping", "mid_points", "one value"): "one period shares no year with another",
    ("trend.trend.process_covariance", "mid_points", "one value"): ALONE,
    ("trend.forecast.years_to_reach", "probabilities", "reversed"): "each is asked on its own",
    ("trend.variances.deviations_from_common_movement", "values", "one value"): ALONE,
    ("trend.variances.deviations_from_common_movement", "values", "wrong shape"): ALONE,
    ("trend.trend.process_covariance", "other_mid_points", "one value"): ALONE,
    ("trend.trend.wandering_covariance", "mid_points", "one value"): ALONE,
}


def why_answered(name: str, argument: str, kind: str) -> str:
    """Why an answer to this fault is right; empty if it is not."""
    *inside, fault_kind = kind.split(": ")  # of a record: its part, and the fault of that
    asked = inside[-1] if inside else argument
    part = CALLS[name].parts.get(asked, PARTS.get(asked, asked))
    fault, _, column = kind.partition(" ")
    if fault_kind == "reversed" and asked not in ORDERED:
        return "another order is another series"
    return (
        EXCEPTIONS.get((name, argument, kind))
        or RIGHT_ANSWERS.get(part, {}).get(fault_kind)
        or COLUMNS.get(fault, {}).get(column, "")
    )


@cache
def functions() -> dict[str, Any]:
    found = {}
    for module in pkgutil.walk_packages(measures.__path__, f"{measures.__name__}."):
        name = module.name.removeprefix(f"{measures.__name__}.")
        if module.ispkg or name in HELPERS:
            continue
        for function, value in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction):
            if value.__module__ == module.name and not function.startswith("_"):
                found[f"{name}.{function}"] = value
    return found


def faults(value: Any) -> Iterator[tuple[str, Any]]:
    """Each kind of fault that an argument of this type can have, and the argument with it."""
    if isinstance(value, pd.DataFrame):
        yield from frame_faults(value)
    elif isinstance(value, str):
        yield "unknown word", "no such word"
    elif isinstance(value, (bool, np.random.Generator, *MADE)) or value is None:
        return
    elif is_dataclass(value):
        yield from record_faults(value)
    elif isinstance(value, dict):
        yield "empty", {}
    elif isinstance(value, int | float) or (isinstance(value, np.ndarray) and not value.ndim):
        yield from (("missing", np.nan), ("infinite", np.inf), ("negative", -abs(value) or -1.0))
        yield from (("empty", []), ("wrong shape", [value] * 7))
    elif isinstance(value, list | tuple) and is_dataclass(value[0]):
        yield "empty", []
        yield from ((kind, [broken, *value[1:]]) for kind, broken in record_faults(value[0]))
    elif isinstance(value, list | tuple) and isinstance(value[0], str):
        yield "empty", []
        yield "unknown word", ["no such word"]
    elif isinstance(value, pd.Series):
        for kind, broken in array_faults(value.to_numpy(dtype=float)):
            if len(broken) == len(value) and kind != "reversed":
                yield kind, pd.Series(broken, index=value.index)
    elif isinstance(value, np.ndarray | list | tuple):
        yield from array_faults(np.asarray(value, dtype=float))


def record_faults(value: Any) -> Iterator[tuple[str, Any]]:
    """Each fault of each part of a record that the record itself lets pass."""
    for part in fields(value):
        for kind, fault in faults(getattr(value, part.name)):
            with suppress(MeasureRefused):
                yield f"{part.name}: {kind}", replace(value, **{part.name: fault})


def array_faults(values: np.ndarray) -> Iterator[tuple[str, Any]]:
    for kind, fault in (("missing", np.nan), ("infinite", np.inf)):
        broken = values.copy()
        broken.flat[0] = fault
        yield kind, broken
    yield "missing all", np.full_like(values, np.nan)
    yield "empty", values[..., :0]
    yield "one value", values[..., :1]
    yield "reversed", values[..., ::-1]
    yield "negative", -np.abs(values) - (values == 0)
    yield "wrong shape", np.concatenate([values, values[..., :1]], axis=-1)


def frame_faults(table: pd.DataFrame) -> Iterator[tuple[str, Any]]:
    yield "empty", table.iloc[:0]
    yield "one row", table.iloc[:1]
    yield "repeated row", pd.concat([table, table.iloc[:1]], ignore_index=True)
    for column in table.select_dtypes("number").columns:
        for kind, fault in (("missing", np.nan), ("infinite", np.inf), ("negative", -1e3)):
            broken = table.astype({column: float})
            broken.iloc[[0, -1], broken.columns.get_loc(column)] = fault
            yield f"{kind} {column}", broken


def test_every_public_function_has_a_valid_call():
    assert sorted(functions()) == sorted(CALLS)


@pytest.mark.parametrize("name", CALLS)
def test_a_valid_call_is_answered(name):
    functions()[name](**CALLS[name].arguments)


def is_refused(name: str, argument: str, fault: Any) -> bool:
    try:
        functions()[name](**CALLS[name].arguments | {argument: fault})
    except (MeasureRefused, UsageError):
        return True
    return False


@pytest.mark.parametrize("name", CALLS)
def test_bad_input_is_refused_by_name_or_has_a_right_answer(name):
    tried = [(argument, *one) for argument, value in CALLS[name].arguments.items() for one in faults(value)]
    answered = [(argument, kind) for argument, kind, fault in tried if not is_refused(name, argument, fault)]
    silent = [(argument, kind) for argument, kind in answered if not why_answered(name, argument, kind)]
    assert silent == []


def test_every_exception_is_about_an_answer_that_is_given():
    for name, argument, kind in EXCEPTIONS:
        fault = dict(faults(CALLS[name].arguments[argument]))[kind]
        functions()[name](**CALLS[name].arguments | {argument: fault})
