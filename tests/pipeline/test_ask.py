"""`ask` answers what the screens answer, under keys that stay as they are, and quickly."""

import csv
import io
import json
import random
import time
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from statistics import median
from typing import Any, get_args, get_type_hints

import pytest
from click.testing import CliRunner, Result

import pipeline
from charts.catalogue.gap import standing_of
from charts.catalogue.view import question_of, view_of
from pipeline.answers.ask.reply import KEYS, Reply, ask
from pipeline.answers.gap.outlook import first_publication_that_could_tell
from pipeline.answers.gap.question import Question
from pipeline.answers.gap.what_it_takes import floor
from pipeline.cli import main
from pipeline.errors import ContractBroken, MeasureRefused, UsageError
from pipeline.measures.gap.definitions import DEFINITIONS
from pipeline.measures.gap.path import PathShape, RichEndRule
from pipeline.processed import Tables

PROMISED = (
    "definition sex baseline target_year share rule release build gap_years gap_lci_95 gap_uci_95 target_gap_years "
    "required_pace observed_pace pace_lci_95 pace_uci_95 probability course direction floor_years "
    "authorities_below_floor people_below_floor first_to_tell"
)
"""Programs of others read these: one may be added at the end, none renamed or taken away."""
MODELS = ("two-sex", "drift", "no-drift", "last-value", "pre-pandemic")


@cache
def tables() -> Tables:
    return Tables.open()


def run(*options: str) -> Result:
    return CliRunner().invoke(main, ["ask", *options])


def in_json(*options: str) -> Any:
    done = run(*options, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def links(count: int) -> Iterator[dict[str, str]]:
    """Settings as a link has them, at random but the same every time."""
    chance, gaps = random.Random(18), tables().table("gaps")
    periods = {name: sorted(rows["period"].unique())[:-1] for name, rows in gaps.groupby("definition")}
    for _ in range(count):
        definition = chance.choice(list(DEFINITIONS))
        yield {
            "definition": definition,
            "sex": chance.choice(["female", "male"]),
            "baseline": chance.choice(periods[definition]),
            "target": str(chance.randint(2027, 2050)),
            "share": str(chance.randint(5, 95)),
            "rule": chance.choice(get_args(RichEndRule)),
            "path": chance.choice(get_args(PathShape)),
            "model": chance.choice(MODELS),
        }


def options(link: dict[str, str]) -> list[str]:
    return [part for name, value in link.items() for part in (f"--{name.replace('path', 'shape')}", value)]


def shown(link: dict[str, str]) -> dict[str, Any]:
    """The same figures by the way that the charts of the screens take."""
    found = standing_of(tables(), view_of(link))
    one, ahead, below = found.answer, found.outlook, floor(tables(), found.answer)
    try:
        due = str(first_publication_that_could_tell(one, ahead.made.evidence).published)[:7]
    except MeasureRefused:
        due = None
    limits = (one.latest["gap_lci_95"], one.latest["gap_uci_95"])
    return {
        **{name: link[name] for name in ("definition", "sex", "baseline", "rule")},
        "target_year": int(link["target"]),
        "share": int(link["share"]),
        "release": one.release,
        "build": tables().build,
        "gap_years": one.latest["gap_years"],
        "gap_lci_95": None if "deciles" in link["definition"] else limits[0],
        "gap_uci_95": None if "deciles" in link["definition"] else limits[1],
        "target_gap_years": one.target_gap_years,
        "required_pace": one.required_pace,
        "observed_pace": ahead.wandering_pace,
        "pace_lci_95": ahead.wandering_lci_95,
        "pace_uci_95": ahead.wandering_uci_95,
        "probability": ahead.probability,
        "course": ahead.course,
        "direction": ahead.direction,
        "floor_years": below.floor_years,
        "authorities_below_floor": int((below.areas["shortfall_years"] > 0).sum()),
        "people_below_floor": below.people,
        "first_to_tell": due,
    }


def in_python(link: dict[str, str]) -> Reply:
    return ask(tables(), question_of(tables(), view_of(link)), sex=link["sex"], model=link["model"])


def test_the_keys_are_the_ones_promised() -> None:
    assert " ".join(KEYS) == PROMISED
    assert list(in_json()) == PROMISED.split()


def test_questions_about_one_gap_share_what_takes_long() -> None:
    # that a thousand questions take less than five seconds is measured by `python -m benchmarks ask`
    first, *others = [{**link, "definition": "slope-regions", "baseline": "2014 to 2016"} for link in links(60)]
    in_python(first)
    in_python({**first, "model": "two-sex"})
    slow, quick = [], []
    for link in others:
        begun = time.process_time()
        in_python({**link, "model": "two-sex"})
        quick.append(time.process_time() - begun)
    for link in others[:5]:
        begun = time.process_time()
        floor(tables(), standing_of(tables(), view_of({**link, "model": "two-sex"})).answer)
        slow.append(time.process_time() - begun)
    assert median(quick) < median(slow) / 2


def test_400_questions_at_random_get_the_figures_of_the_screens_from_a_shell_and_in_python() -> None:
    """Eighty settings, each with every forecast; the screens, which are slower, are asked about every tenth question."""
    every_model = [part for model in MODELS for part in ("--model", model)]
    for number, link in enumerate(links(80)):
        link.pop("model")
        replies = in_json(*options(link), *every_model)
        for model, found in zip(MODELS, replies, strict=True):
            assert asdict(in_python({**link, "model": model})) == found
        if number % 2 == 0:
            at = number // 2 % len(MODELS)
            same_figures(replies[at], shown({**link, "model": MODELS[at]}))


def same_figures(found: dict[str, Any], expected: dict[str, Any]) -> None:
    numbers = {name for name, value in expected.items() if isinstance(value, float)}
    assert {name: found[name] for name in numbers} == pytest.approx(
        {name: expected[name] for name in numbers}, abs=2e-6
    )
    assert {name: found[name] for name in KEYS if name not in numbers} == {
        name: value for name, value in expected.items() if name not in numbers
    }


def test_the_usual_question_by_the_published_figures() -> None:
    # ONS: London 63.7 and the North East 60.1 in 2011 to 2013; 62.9 and 56.9 in 2022 to 2024
    found = in_json()
    assert found["gap_years"] == pytest.approx(62.9 - 56.9)
    assert found["target_gap_years"] == pytest.approx((63.7 - 60.1) / 2)
    assert found["required_pace"] == pytest.approx((1.8 - 6.0) / 10)
    assert found["floor_years"] == pytest.approx(63.7 - 1.8)
    assert (found["share"], found["target_year"], found["baseline"]) == (50, 2034, "2011 to 2013")


def test_every_key_has_the_type_that_it_says() -> None:
    types = get_type_hints(Reply)
    for row in in_json("--all"):
        for name, value in row.items():
            allowed = get_args(types[name]) or (types[name],)
            assert value in allowed or isinstance(value, (*(one for one in allowed if isinstance(one, type)), int)), (
                name
            )


def test_csv_holds_the_same_figures_as_json() -> None:
    rows = list(csv.DictReader(io.StringIO(run("--all", "--csv").stdout)))
    as_json = in_json("--all")
    assert len(rows) == len(as_json) == 2 * len(DEFINITIONS)
    for row, one in zip(rows, as_json, strict=True):
        assert row == {name: "" if value is None else str(value) for name, value in one.items()}


def test_an_option_given_twice_asks_two_questions() -> None:
    found = in_json("--target", "2030", "--target", "2040", "--sex", "male", "--sex", "female")
    asked_about = {(one["sex"], one["target_year"]) for one in found}
    assert asked_about == {("male", 2030), ("male", 2040), ("female", 2030), ("female", 2040)}


def test_the_words_say_the_figures_and_can_be_written_by_any_shell() -> None:
    told = run("--sex", "male").stdout
    assert "Men, 2022 to 2024: the gap between London and the North East is 5.9 years" in told
    assert "the gap must narrow by 0.35 years a year" in told
    assert "Not on course. The chance of reaching the target is below 1%." in told
    assert told.isascii()
    assert run("--all").stdout.isascii()


def test_a_pair_of_places_is_asked_about_by_code_name_and_replaced_code() -> None:
    by_code = in_json("--between", "E08000038", "E92000001")
    assert by_code == in_json("--between", "E08000016", "england") == in_json("--between", "England", "Barnsley")
    assert by_code["definition"] == "own-pair"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--definition", "income-region"], "Did you mean income-regions?"),
        (["--sex", "women"], "Choose one of female, male"),
        (["--sex", "Female"], "Did you mean female?"),
        (["--baseline", "long ago"], "Write a period"),
        (["--baseline", "2030 to 2032"], "Choose a period from 2011 to 2013"),
        (["--target", "1999"], "from 2027 to 2050"),
        (["--target", "9" * 5000], "from 2027 to 2050"),
        (["--share", "half"], "from 5 to 95"),
        (["--rule", "hold"], "Did you mean held?"),
        (["--shape", "curved"], "Choose one of linear, geometric"),
        (["--model", "drifts"], "Did you mean drift?"),
        (["--between", "Londn", "Surrey"], "Did you mean London?"),
        (["--between", "London", "London"], "no gap to itself"),
        (["--between", "West Midlands", "London"], "E12000005 or E47000007"),
        (["--between", "London", "Surrey", "--definition", "income-regions"], "Leave out --definition or --between"),
        (["--json", "--csv"], "Leave out --json or --csv"),
        (["--hle", "nowhere.csv"], "ask --template"),
        (["--hle", "nowhere.csv", "--between", "A", "B"], "ask --template"),
        (["--unknown"], "No such option"),
        (["London"], "unexpected extra argument"),
    ],
    ids=lambda given: " ".join(given)[:40] if isinstance(given, list) else "",
)
def test_what_cannot_be_asked_is_refused_with_what_to_write_instead(given: list[str], said: str) -> None:
    done = run(*given)
    assert done.exit_code == UsageError.exit_code
    assert said in done.stderr
    assert not done.stdout
    assert "Traceback" not in done.output


def test_a_pair_without_a_gap_to_close_is_refused_with_its_own_exit_code() -> None:
    hle = tables().newest("hle")
    years = hle[hle["sex"] == "female"].pivot(index="area_code", columns="period", values="hle_years")
    ahead_now = years.mean(axis=1)
    one, other = next(
        (one, other)
        for one in years.index
        for other in years.index
        if ahead_now[one] > ahead_now[other] and years.loc[one, "2011 to 2013"] < years.loc[other, "2011 to 2013"]
    )
    done = run("--between", one, other)
    assert done.exit_code == MeasureRefused.exit_code
    assert "nothing to halve" in done.stderr


def test_a_question_that_cannot_be_is_refused_in_python_too() -> None:
    for wrong in ({"rule": "hold"}, {"shape": "curved"}, {"share_to_close": 50}):
        with pytest.raises(UsageError):
            Question(**wrong)
    with pytest.raises(UsageError, match="robots"):
        pipeline.ask(tables(), sex="robots")
    with pytest.raises(AttributeError, match="answer"):
        pipeline.answer  # noqa: B018 - a name that is not offered


def test_a_damaged_table_gives_no_answer(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("figures")
    for file in tables().folder.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "gaps.csv").write_text((folder / "gaps.csv").read_text().replace("6.0", "1.0"))
    with pytest.raises(ContractBroken, match=r"gaps\.csv"):
        pipeline.ask(pipeline.open_tables(folder))
