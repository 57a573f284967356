"""Writes a difference for people: as plain text for the terminal, as Markdown for a pull request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.review.changes import TableChange
from pipeline.review.diff import Difference, GapChange
from pipeline.review.pairs import PairChange

_UNITS = {"gdhi_per_head_gbp": "pounds", "population": "residents", "residents": "residents"}


@dataclass(frozen=True)
class _Section:
    heading: str
    lines: tuple[str, ...]
    table: tuple[tuple[str, ...], ...] = ()
    """Header first."""


def report(difference: Difference, *, markdown: bool) -> str:
    """The report as text; one sentence where nothing changed."""
    title = f"Published figures: {difference.after} against {difference.before}"
    if not difference.files and not difference.tables:
        return f"{title}\n\nNothing has changed.\n"
    sections = [
        _files(difference),
        *(_table(change) for change in difference.tables),
        *_pair(difference.pair),
        *_gaps(difference.gaps),
    ]
    write = _markdown if markdown else _text
    return f"{'# ' if markdown else ''}{title}\n\n" + "\n".join(write(section) for section in sections)


def _files(difference: Difference) -> _Section:
    lines = tuple(f"{name}: {state}" for state, name in difference.files)
    return _Section("Files under data/raw", lines or ("The same files, compared by release.",))


def _table(change: TableChange) -> _Section:
    lines = []
    if change.releases[0] != change.releases[1]:
        lines.append(f"Release {change.releases[0]} -> {change.releases[1]}.")
    lines.append(f"Rows: {change.rows[0]:,} -> {change.rows[1]:,}.")
    for label, found in (
        ("Periods gained", change.periods_gained),
        ("Periods lost", change.periods_lost),
        ("Areas gained", change.areas_gained),
        ("Areas lost", change.areas_lost),
    ):
        if found:
            lines.append(f"{label} ({len(found)}): {_listed(found)}.")
    if change.split_or_merged:
        lines.append(f"Split or merged: {change.split_or_merged}.")
    lines += [f"Code changed: {old} -> {new} ({name})." for old, new, name in change.codes_changed]
    lines += [f"Name changed: {code} {old} -> {new}." for code, old, new in change.names_changed]
    lines.append(
        f"Figures revised: {change.figures_revised:,} of {change.figures_compared:,} that both have, "
        f"{change.beyond_rounding:,} by more than rounding to one decimal can explain."
    )
    table: tuple[tuple[str, ...], ...] = ()
    if change.largest:
        lines.append("Largest revisions:")
        table = (
            ("figure", "column", "before", "after", "change"),
            *(
                (r.what, r.column, f"{r.before:.2f}", f"{r.after:.2f}", f"{r.change:+.2f} {_unit(r.column)}".strip())
                for r in change.largest
            ),
        )
    return _Section(f"Table {change.table}", tuple(lines), table)


def _pair(change: PairChange | None) -> list[_Section]:
    if change is None:
        return []
    lines = (
        f"With the incomes of {change.year} the pair is {' and '.join(change.now)}; it was {' and '.join(change.former)}.",
        f"Gap of the former pair in {change.period}: {_by_sex(change.former_gaps)}; of the new pair: {_by_sex(change.gaps_now)}.",
    )
    return [_Section("Incomes change the richest or the poorest region", lines)]


def _by_sex(gaps: Mapping[str, float]) -> str:
    return ", ".join(f"{sex} {years:.2f} years" for sex, years in gaps.items())


def _gaps(gaps: Sequence[GapChange]) -> list[_Section]:
    if not gaps:
        return []
    header = ("definition", "sex", "same period", "before", "after", "newest period", "gap", "course", "direction")
    rows = tuple(
        (
            gap.definition,
            gap.sex,
            gap.period,
            f"{gap.gap_before:.2f}",
            f"{gap.gap_after:.2f}",
            gap.newest_period,
            f"{gap.newest_gap:.2f}",
            _turn(gap.course_before, gap.course_after),
            _turn(gap.direction_before, gap.direction_after),
        )
        for gap in gaps
    )
    courses = sum(gap.course_before != gap.course_after for gap in gaps)
    directions = sum(gap.direction_before != gap.direction_after for gap in gaps)
    lines = (f"Gaps in years. Of {len(gaps)}, the course changed on {courses} and the direction on {directions}.",)
    return [_Section("Effect on every gap and verdict", lines, (header, *rows))]


def _turn(before: str, after: str) -> str:
    return after if before == after else f"{before} -> {after}"


def _unit(column: str) -> str:
    return "years" if "years" in column else _UNITS.get(column, "")


def _listed(names: Sequence[str], most: int = 20) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def _text(section: _Section) -> str:
    lines = [section.heading, *(f"  {line}" for line in section.lines)]
    if section.table:
        widths = [max(len(row[index]) for row in section.table) for index in range(len(section.table[0]))]
        lines += [
            "    " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in section.table
        ]
    return "\n".join(lines) + "\n"


def _markdown(section: _Section) -> str:
    lines = [f"## {section.heading}", "", *(f"- {line}" for line in section.lines)]
    if section.table:
        header, *rows = section.table
        lines += ["", _row(header), _row(["---"] * len(header)), *(_row(row) for row in rows)]
    return "\n".join(lines) + "\n"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
