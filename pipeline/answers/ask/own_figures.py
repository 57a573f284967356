"""The tables that an analyst asks: ours, or their own estimates in place of ours, with a pair of places as one more gap."""

from pathlib import Path

import pandas as pd

from pipeline.answers.ask.own_gaps import own_gaps
from pipeline.answers.ask.settings import suggestion
from pipeline.answers.gap.own_pair import with_own_pair
from pipeline.areas import LONDON, code_in_force
from pipeline.errors import UsageError
from pipeline.processed import Tables
from pipeline.read.own_figures import read_own_figures

NORTH_EAST = "E12000001"


class OwnFigures(Tables):
    """The tables of a build with an analyst's own estimates, and their gaps, in place of ours."""

    def __init__(self, of: Tables, hle: pd.DataFrame) -> None:
        """Take the tables and the rows that stand in for table `hle`."""
        super().__init__(of.folder, of.package)
        self._of = of
        self._hle = hle

    def _read(self, name: str) -> pd.DataFrame:
        if name == "hle":
            return self._hle
        return own_gaps(self._of, self.newest("hle")) if name == "gaps" else self._of.table(name)


def open_tables(
    folder: Path | None = None, *, hle: Path | str | None = None, between: tuple[str, str] | None = None
) -> Tables:
    """Open the figures to ask.

    Args:
        folder: folder of the processed tables; that of the project if not given.
        hle: CSV file of own estimates in place of ours, as `ask --template` prints it. They need a pair of places unless
            they hold all our regions or authorities.
        between: codes or names of two places, whose gap is then asked about as definition `own-pair`.

    Raises:
        NotBuilt: there is no build, or it is damaged.
        UsageError: there is no such file or place, or own estimates need a pair and came without.
        ContractBroken: own estimates break their contract.
    """
    tables = Tables.open_whole(folder)
    if hle is not None:
        tables = OwnFigures(tables, read_own_figures(Path(hle)))
    if between is None and tables.table("gaps").empty:
        raise UsageError(
            "Own figures need a pair of places, whose gap is asked about: they hold neither all regions nor all authorities.",
            do="Add --between CODE CODE with two area codes of the file (in Python: between=(code, code)).",
        )
    if between is None:
        return tables
    one, other = (area_code(tables.newest("hle"), words) for words in between)
    return with_own_pair(tables, one, other)


def area_code(hle: pd.DataFrame, words: str) -> str:
    """The code of an area that has figures, from its code, a code that it had, or its name.

    Raises:
        UsageError: no area, or more than one, is called so.
    """
    names = hle.drop_duplicates("area_code").set_index("area_code")["area_name"]
    for code in (words, code_in_force(words)):
        if code in names.index:
            return code
    found = names.index[names.str.casefold() == words.strip().casefold()]
    if len(found) == 1:
        return str(found[0])
    if len(found):
        raise UsageError(f"More than one area is called {words!r}.", do=f"Give its code: {' or '.join(found)}.")
    raise UsageError(
        f"There are no figures for an area {words!r}.",
        do=f"{suggestion(words, names.tolist())}Give the code or the name of an area in table `hle`.",
    )


def own_template(tables: Tables) -> pd.DataFrame:
    """Rows of table `hle` to write own figures over: London and the North East, every period, both sexes."""
    hle = tables.newest("hle")
    rows: pd.DataFrame = hle[hle["area_code"].isin([LONDON, NORTH_EAST])]
    return rows.sort_values(["area_code", "sex", "period_start"])
