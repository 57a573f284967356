"""New figures against the last committed ones: what changed in each table, and what that does to gaps and verdicts."""

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from pipeline import store
from pipeline.answers.gap.evidence import evidence_from
from pipeline.assemble.areas import all_areas
from pipeline.assemble.carried import carried
from pipeline.assemble.districts import districts
from pipeline.assemble.forecast_ends import forecast_ends
from pipeline.assemble.forecast_record import forecast_tables, regions_of
from pipeline.assemble.gap import gap_tables, gaps_of, standings
from pipeline.build import newest
from pipeline.errors import UsageError
from pipeline.intake import lock
from pipeline.review.changes import TableChange, table_change
from pipeline.review.pairs import PairChange, pair_change
from pipeline.tables import RAW

_OF_GAPS = ("hle", "income", "deprivation", "hle_deciles", "lookup")
"""Raw tables that gaps and verdicts are made from."""
_OF_GEOGRAPHY = ("districts", "population", "population_sex", "deprivation_lsoa")
"""Those that carry figures of an area that was split or merged to what followed."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Published figures as they stood at one moment; tables are read when they are asked for."""

    title: str
    """How to call them: "the last commit", "release 2024-12-12"."""
    folder: Path
    entries: Mapping[str, lock.Entry]
    texts: Mapping[str, str]
    """File name -> checksum, to tell which files changed."""
    upto: str = ""
    """Newest release of healthy life expectancy to look at; empty for all."""

    def has(self, name: str) -> bool:
        """Whether any file of a table is held."""
        return any(file.startswith(f"{name}/") for file in self.texts)

    def table(self, name: str) -> pd.DataFrame:
        """A raw table, all its files together.

        Raises:
            ContractBroken: a file breaks the contract.
        """
        files = [self.folder / file for file in sorted(self.texts) if file.startswith(f"{name}/")]
        return pd.concat([store.read(RAW[name], file) for file in files], ignore_index=True)


@dataclass(frozen=True, kw_only=True)
class GapChange:
    """What new figures do to one gap."""

    definition: str
    sex: str
    period: str
    """The newest period that both have."""
    gap_before: float
    gap_after: float
    newest_period: str
    newest_gap: float
    course_before: str
    course_after: str
    direction_before: str
    direction_after: str


@dataclass(frozen=True, kw_only=True)
class Difference:
    """All that changed between two states of the figures."""

    before: str
    after: str
    files: tuple[tuple[str, str], ...]
    """(new, revised or gone; file)."""
    tables: tuple[TableChange, ...]
    gaps: tuple[GapChange, ...]
    pair: PairChange | None = None
    """Where new incomes change the richest or the poorest region."""


def figures_in(folder: Path, title: str) -> Figures:
    """The figures under a folder such as data/raw.

    Raises:
        UsageError: the folder holds no figures.
        ContractBroken: a table breaks its contract.
    """
    paths = sorted(path for path in folder.rglob("*") if path.suffix in (".csv", ".topojson"))
    if not paths:
        raise UsageError(
            f"{folder} holds no published figures.", do="Name a folder such as data/raw, or a git revision."
        )
    return Figures(
        title=title,
        folder=folder,
        entries=lock.read(folder),
        texts={path.relative_to(folder).as_posix(): lock.sha256(path.read_bytes()) for path in paths},
    )


@contextmanager
def committed(revision: str) -> Iterator[Path]:
    """Give a temporary folder with data/raw as it stands in a git revision.

    Raises:
        UsageError: there is no git here, or no such revision.
    """
    command = ["git", "-C", str(store.ROOT), "archive", "--format=tar", revision, "data/raw"]
    try:
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - fixed command, no shell
    except OSError:
        done = None
    if done is None or done.returncode != 0:
        why = done.stderr.decode(errors="replace").strip() if done else "git is not installed"
        raise UsageError(
            f"The figures of {revision!r} cannot be had from git: {why}.",
            do="Name a revision that holds data/raw, or a folder of figures.",
        )
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
            archive.extractall(folder, filter="data")
        yield Path(folder) / "data" / "raw"


def at_release(figures: Figures, release: str) -> Figures:
    """The figures as a reader saw them on the day of an HLE release: that release and none after it.

    Raises:
        UsageError: no such release is held.
    """
    held = sorted(Path(name).stem for name in figures.texts if name.startswith("hle/"))
    if release not in held:
        raise UsageError(
            f"Release {release!r} of healthy life expectancy is not held.", do=f"Choose one of: {', '.join(held)}."
        )

    def seen(name: str) -> bool:
        return not name.startswith("hle/") or Path(name).stem <= release

    return replace(
        figures,
        title=f"release {release}",
        entries={name: entry for name, entry in figures.entries.items() if seen(name)},
        texts={name: text for name, text in figures.texts.items() if seen(name)},
        upto=release,
    )


def difference(before: Figures, after: Figures) -> Difference:
    """What changed from one state of the figures to another; tables are compared by their newest release."""
    files = files_changed(before, after)
    touched = {name.partition("/")[0] for _, name in files}
    shared = [name for name in RAW if name in touched and before.has(name) and after.has(name)]
    names = _names(before) | _names(after) if shared else {}
    changes = [
        table_change(
            RAW[name],
            _latest(before.table(name)),
            _latest(after.table(name)),
            replaced_before=_replaced(name, before),
            replaced_after=_replaced(name, after),
            names=names,
        )
        for name in shared
    ]
    changed = tuple(change for change in changes if not change.is_empty)
    return Difference(
        before=before.title,
        after=after.title,
        files=files,
        tables=changed,
        gaps=gap_changes(before, after) if touched & set(_OF_GAPS) else (),
        pair=_pair_change(before, after) if "income" in touched else None,
    )


def _pair_change(before: Figures, after: Figures) -> PairChange | None:
    return pair_change(
        income_before=newest(before.table("income")),
        income_after=newest(after.table("income")),
        hle=newest(after.table("hle")),
    )


def gap_changes(before: Figures, after: Figures) -> tuple[GapChange, ...]:
    """What changed for every definition of the gap and both sexes that have a period in common."""
    gap, then, now = ["definition", "sex"], _gaps_and_verdicts(before), _gaps_and_verdicts(after)
    common = now.merge(then, on=[*gap, "period"], suffixes=("_after", "_before")).groupby(gap, as_index=False).last()
    newest_rows = now.groupby(gap, as_index=False)[["period", "gap"]].last()
    found = common.merge(newest_rows.set_axis([*gap, "newest_period", "newest_gap"], axis="columns"), on=gap)
    return tuple(GapChange(**{str(name): value for name, value in row.items()}) for row in found.to_dict("records"))


def _gaps_and_verdicts(figures: Figures) -> pd.DataFrame:
    """Every gap by definition, sex and period (oldest first), with the verdict of its definition and sex."""
    latest = {name: newest(figures.table(name)) for name in _OF_GAPS}
    if figures.upto:
        # errors of deciles are borrowed from areas of the same period, so a period not yet reached has none
        deciles = latest["hle_deciles"]
        latest["hle_deciles"] = deciles[deciles["period_end"] <= latest["hle"]["period_end"].max()]
    areas, income = all_areas(latest["lookup"], latest["hle"]), latest["income"]
    if not set(latest["deprivation"]["area_code"]) <= set(areas["area_code"]):
        more = {name: newest(figures.table(name)) for name in _OF_GEOGRAPHY if name != "deprivation_lsoa"}
        more["deprivation_lsoa"] = figures.table("deprivation_lsoa")
        latest = carried({**latest, **more}, districts=districts(areas=areas, lookup=more["districts"]))
    regions = regions_of(latest["hle"])
    forecasts = forecast_tables(regions, regions.fits_by_year())
    forecasts["forecast_ends"] = forecast_ends(income=income, deprivation=latest["deprivation"], areas=areas)
    gaps = gaps_of(latest, areas=areas)
    verdicts = gap_tables(standings(gaps, latest["hle"], evidence_from(income=income, tables=forecasts)))["verdicts"]
    gaps = gaps.sort_values("period_start").rename(columns={"gap_years": "gap"})
    columns = ["definition", "sex", "period", "gap"]
    words = ["definition", "sex", "course", "direction"]
    return gaps[columns].merge(verdicts[words], on=["definition", "sex"])


def _latest(frame: pd.DataFrame) -> pd.DataFrame:
    # each building block has a release of its own, so the newest of the table is not the newest of each
    return newest(frame) if "release" in frame and "indicator" not in frame else frame


def _replaced(table: str, figures: Figures) -> dict[str, str]:
    entries = [(name, entry) for name, entry in figures.entries.items() if name.startswith(f"{table}/")]
    newest_release = max((entry.release for _, entry in entries), default="")
    return {
        old: new for _, entry in entries if entry.release == newest_release for old, new in entry.replaced_codes.items()
    }


def _names(figures: Figures) -> dict[str, str]:
    return {
        str(code): str(name)
        for table in ("lookup", "hle")
        if figures.has(table)
        for code, name in figures.table(table)[["area_code", "area_name"]].itertuples(index=False, name=None)
    }


def files_changed(before: Figures, after: Figures) -> tuple[tuple[str, str], ...]:
    """(new, revised or gone; file) of every file that is not the same on both sides."""
    then, now = before.texts, after.texts
    new = [("new", name) for name in now if name not in then]
    gone = [("gone", name) for name in then if name not in now]
    revised = [("revised", name) for name in now if name in then and then[name] != now[name]]
    return tuple(sorted(new + gone + revised, key=lambda pair: pair[1]))
