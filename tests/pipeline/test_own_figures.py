"""An analyst's own estimates: the template works as it is, any area can be asked about, and each fault is told by its line."""

import csv
import io
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import pipeline
from pipeline.cli import main
from pipeline.errors import ContractBroken, MeasureRefused, UsageError
from pipeline.tables.own import OWN_HLE

LONDON, NORTH_EAST = "E12000007", "E12000001"
Rows = list[dict[str, str]]


def run(*options: str) -> Result:
    return CliRunner().invoke(main, ["ask", *options])


@cache
def template() -> str:
    return run("--template").stdout


def rows() -> Rows:
    return list(csv.DictReader(io.StringIO(template())))


def written(folder: Path, changed: Rows, *, between: str = ",", encoding: str = "utf-8") -> Path:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(changed[0]), delimiter=between)
    writer.writeheader()
    writer.writerows(changed)
    path = folder / "mine.csv"
    path.write_text(text.getvalue(), encoding=encoding, newline="")
    return path


def asked(path: Path, one: str = LONDON, other: str = NORTH_EAST, *options: str) -> Result:
    return run("--hle", str(path), "--between", one, other, *options, "--json")


def reply(done: Result) -> dict[str, Any]:
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_template_as_it_is_gives_the_figures_of_the_same_pair(tmp_path: Path) -> None:
    own = reply(asked(written(tmp_path, rows(), encoding="utf-8-sig")))  # as a spreadsheet saves it
    ours = json.loads(run("--between", LONDON, NORTH_EAST, "--json").stdout)
    without_authorities = {"authorities_below_floor": None, "people_below_floor": None}
    assert own == ours | without_authorities
    assert ours["authorities_below_floor"] > 0


def test_areas_of_any_kind_and_a_measure_of_ones_own_can_be_asked_about(tmp_path: Path) -> None:
    new_names = {LONDON: ("QHG", "NHS Bedfordshire"), NORTH_EAST: ("SCO 1", "Highland")}
    changed = [
        {
            **row,
            **dict(zip(("area_code", "area_name"), new_names[row["area_code"]], strict=True)),
            "area_type": "other",
            "release": "2026-11",
            **{name: str(float(row[name]) + 20) for name in ("hle_years", "hle_lci_95", "hle_uci_95")},
        }
        for row in rows()
        if int(row["period_start"]) >= 2014
    ]
    path = written(tmp_path, changed)
    found = reply(asked(path, "QHG", "highland"))
    assert found["gap_years"] == pytest.approx(62.9 - 56.9)
    assert (found["baseline"], found["release"]) == ("2014 to 2016", "2026-11")
    told = run("--hle", str(path), "--between", "QHG", "SCO 1").stdout
    assert "the gap between NHS Bedfordshire and Highland is 6.0 years" in told
    refused = asked(path, "QHG", "SCO 1", "--rule", "england")
    assert refused.exit_code == UsageError.exit_code
    assert "E92000001" in refused.stderr


def test_two_areas_alone_need_to_be_named(tmp_path: Path) -> None:
    refused = run("--hle", str(written(tmp_path, rows())))
    assert refused.exit_code == UsageError.exit_code
    assert "Add --between" in refused.stderr


def test_estimates_for_all_areas_of_a_level_are_asked_about_by_the_definitions_in_use(tmp_path: Path) -> None:
    hle, ours = pipeline.open_tables().newest("hle"), json.loads(run("--all", "--json").stdout)
    by_question = {(one["definition"], one["sex"]): one for one in ours}
    for level, definitions in (("region", 4), ("utla", 2)):
        path = written(tmp_path, hle[hle["area_type"] == level].astype(str).to_dict("records"))
        found = json.loads(run("--hle", str(path), "--all", "--json").stdout)
        assert len(found) == 2 * definitions
        for one in found:
            same = by_question[one["definition"], one["sex"]]
            if level == "region":
                same = same | {"authorities_below_floor": None, "people_below_floor": None}
            # tables keep four decimals
            near = {name: pytest.approx(value, abs=1e-3) for name, value in same.items() if isinstance(value, float)}
            assert one == same | near


def test_one_sex_is_enough(tmp_path: Path) -> None:
    path = written(tmp_path, [row for row in rows() if row["sex"] == "male"])
    assert reply(asked(path, LONDON, NORTH_EAST, "--sex", "male"))["gap_years"] == pytest.approx(5.9)
    missing = asked(path)
    assert missing.exit_code == UsageError.exit_code
    assert "female" in missing.stderr


def test_the_same_in_python(tmp_path: Path) -> None:
    path = written(tmp_path, rows())
    tables = pipeline.open_tables(hle=path, between=("London", "North East"))
    found = pipeline.ask(tables, pipeline.Question(definition_id="own-pair"))
    assert found.as_row() == reply(asked(path))


def cell(line: int, column: str, value: str) -> Callable[[Rows], None]:
    def change(changed: Rows) -> None:
        changed[line - 2][column] = value

    return change


def no_row(line: int) -> Callable[[Rows], None]:
    return lambda changed: changed.__delitem__(line - 2)


def twice(line: int) -> Callable[[Rows], None]:
    return lambda changed: changed.append(changed[line - 2])


WORDS = [
    column.name for column in OWN_HLE.columns if column.kind == "text" and column.name not in ("area_code", "area_name")
]
NUMBERS = [column.name for column in OWN_HLE.columns if column.kind != "text"]
FAULTS = [
    *[(cell(3, column.name, ""), f"line 3, {column.name}: the cell is empty") for column in OWN_HLE.columns],
    *[(cell(4, name, "n/a"), f"line 4, {name}: must be a") for name in NUMBERS],
    *[(cell(4, name, "61,3"), f"line 4, {name}: must be a") for name in NUMBERS],
    *[(cell(5, name, "1e9"), f"line 5, {name}: must be at most") for name in NUMBERS],
    *[(cell(5, name, "inf"), f"line 5, {name}: must be") for name in NUMBERS],
    *[(cell(6, name, "anything"), f"line 6, {name}: must") for name in WORDS],
    (cell(7, "area_name", "<b>London"), "line 7, area_name: must hold no markup"),
    (cell(8, "hle_lci_95", "99"), "line 8, hle_lci_95: must not be above hle_years"),
    (cell(8, "hle_uci_95", "31"), "line 8, hle_uci_95: must not be below hle_years"),
    (cell(9, "period_end", "2030"), "line 9, period: must be 3 whole years"),
    (cell(9, "period", "2011 to 2013"), "line 9, period: must be period_start and period_end in words"),
    (no_row(10), "line 10, period_start: must follow the year before"),
    (twice(10), "line 50, period: stands twice"),
]


@pytest.mark.parametrize(("change", "said"), FAULTS, ids=[said for _, said in FAULTS])
def test_a_fault_is_told_by_its_line_and_column(tmp_path: Path, change: Callable[[Rows], None], said: str) -> None:
    changed = rows()
    change(changed)
    refused = asked(written(tmp_path, changed))
    assert refused.exit_code == ContractBroken.exit_code
    assert said in refused.stderr
    assert "Traceback" not in refused.output


def test_all_faults_are_told_at_once_and_many_are_counted(tmp_path: Path) -> None:
    refused = asked(written(tmp_path, [{**row, "sex": "F"} for row in rows()]))
    assert len(re.findall(r"(?m)^  line \d+, sex", refused.stderr)) == 10
    assert "and 38 more" in refused.stderr


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda _: b"", "missing release"),
        (lambda _: b"\xff\xfe\x00r", "UTF-8"),
        (lambda text: text.replace(b",", b";"), "semicolons"),
        (lambda text: text.replace(b",hle_uci_95", b""), "missing hle_uci_95"),
        (lambda text: text.replace(b"area_name", b"name"), "missing area_name; not known name"),
        (lambda text: text.splitlines()[0], "no row below the header"),
        (lambda text: text.replace(b"2011,2013,63.7", b"2011,63.7"), "10 cells, the header has 11"),
        (lambda _: b'release,"area', "missing area_code"),
    ],
    ids=["empty", "not text", "semicolons", "a column less", "another column", "no rows", "ragged", "open quotation"],
)
def test_a_file_that_is_no_such_table_is_refused_in_words(
    tmp_path: Path, change: Callable[[bytes], bytes], said: str
) -> None:
    (tmp_path / "mine.csv").write_bytes(change(template().encode()))
    refused = asked(tmp_path / "mine.csv")
    assert refused.exit_code == ContractBroken.exit_code
    assert said in refused.stderr
    assert "Traceback" not in refused.output


def test_periods_that_the_figures_cannot_use_are_refused_in_words(tmp_path: Path) -> None:
    short = written(tmp_path, [row for row in rows() if int(row["period_start"]) < 2014])
    assert asked(short).exit_code == MeasureRefused.exit_code
    other = written(tmp_path, [row for row in rows() if row["area_code"] != LONDON or row["period_start"] != "2011"])
    refused = asked(other)
    assert refused.exit_code == MeasureRefused.exit_code
    assert "different periods" in refused.stderr
