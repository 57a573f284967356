"""What we note about a source of figures: who publishes it, where, under which licence, and what to beware of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pipeline.tables import RAW, SECOND, Table

OPEN_GOVERNMENT_LICENCE = "Open Government Licence v3.0"

Role = Literal["figures", "second"]

ROUNDED_TO_ONE_DECIMAL = 0.051
"""Two roundings of one figure to one decimal differ by no more than this."""


@dataclass(frozen=True, kw_only=True)
class Release:
    """One publication of a source: its date, and the address at which exactly these bytes stay."""

    date: str
    """ISO date of publication; the month alone where the day is not known."""
    url: str = ""
    """Address of the publisher's file; empty where no address of this very release is known."""
    page: str = ""
    """Page that links to the file, where the file's own address is not known beforehand."""
    last_period: str = ""
    """Newest period that this release holds, where its address may come to hold a newer release."""
    sha256: str = ""
    """Checksum of the file where the publisher's bytes are known beforehand."""


@dataclass(frozen=True, kw_only=True)
class Latest:
    """Where a publisher puts the newest release, and the small file beside it that gives its date."""

    url: str
    about_url: str


@dataclass(frozen=True, kw_only=True)
class Source:
    """One source, as its publisher describes it; facts written by hand, nothing measured."""

    id: str
    title: str
    publisher: str
    table: str
    """Table that its figures fill (in pipeline.tables RAW or SECOND), or "boundaries"."""
    landing_page: str
    releases: tuple[Release, ...]
    reader: str = ""
    """Name of the reader in pipeline.read.READERS; empty where there is only a table prepared by hand."""
    latest: Latest | None = None
    part: str = ""
    """Name of the file under data/raw/<table>/ where a table is made of parts rather than releases."""
    role: Role = "figures"
    """"second": held only to be compared with the figures of the first source, never built from."""
    areas: tuple[tuple[str, int], ...] = ()
    """How many areas of each level every release must bring: (area type, count); empty where it is not fixed."""
    licence: str = OPEN_GOVERNMENT_LICENCE
    own_attribution: str = ""
    """Words that the licence asks for, where they are not the usual ones."""
    caveats: tuple[str, ...] = ()
    geography: str = ""
    largest_megabytes: int = 60
    next_release: str = ""
    """When the next figures are expected (ISO; the month alone where no day is announced); empty where nobody can say."""
    tolerances: Mapping[str, float] = field(default_factory=dict)
    """Of a second source: column -> how far it may be from the first source's, where that is not two roundings to one
    decimal; "*" stands for every other column."""
    layout_not_seen: str = ""
    """What of the file's layout is known from descriptions only; empty where the reader has met the publisher's file."""

    @property
    def attribution(self) -> str:
        """Words that the licence asks for."""
        return self.own_attribution or f"Source: {self.publisher} licensed under the Open Government Licence v.3.0"

    @property
    def contract(self) -> Table:
        """Contract of the table that its figures fill."""
        return (SECOND if self.role == "second" else RAW)[self.table]

    def tolerance(self, column: str) -> float:
        """How far a figure may be from the first source's before `check` fails, in the column's unit."""
        return self.tolerances.get(column, self.tolerances.get("*", ROUNDED_TO_ONE_DECIMAL))

    def raw_name(self, release: str) -> str:
        """Where a release is kept, relative to data/raw."""
        extension = "topojson" if self.table == "boundaries" else "csv"
        folder = f"second/{self.id}" if self.role == "second" else self.table
        return f"{folder}/{self.part or release}.{extension}"

    def as_reference(self) -> dict[str, str]:
        """The entry by which a data package names this source."""
        return {"name": self.id, "title": f"{self.title}, {self.publisher}", "path": self.landing_page}
