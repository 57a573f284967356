"""A small world's figures in the layout of every publisher, made from the same neutral rows: damage the rows, render them."""

import csv
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import openpyxl
import pandas as pd
from samples import FOLDER

from pipeline.areas import AREA_TYPES, NATION_TYPES, area_type_of
from pipeline.sources import BUILDING_BLOCKS, SOURCES, Source

AREAS = {
    "E92000001": "England",
    "E12000001": "North East",
    "E12000007": "London",
    "E47000001": "Greater Manchester",
    "E47000002": "South Yorkshire",
    "E06000001": "Hartlepool",
    "E08000035": "Leeds",
    "E09000007": "Camden",
}
NATIONS = {
    "K02000001": "United Kingdom",
    "N92000002": "Northern Ireland",
    "S92000003": "Scotland",
    "W92000004": "Wales",
    "N09000003": "Belfast",
    "S12000036": "City of Edinburgh",
    "W06000015": "Cardiff",
}
NEW_AREA = {
    "country": "E92000009",
    "region": "E12000019",
    "combined-authority": "E47000099",
    "utla": "E06000099",
    "nation": "N92000009",
    "nation-authority": "W06000099",
}
_LEVELS = {
    "fingertips-hle": ("country", "region", "utla"),
    "fingertips-le": ("country", "region", "utla"),
    "iod-file-7": ("utla",),
    "iod-file-11": ("utla",),
    "ons-topology": ("region", "combined-authority", "utla"),
    "ons-neighbours": ("combined-authority", "utla"),
    "ons-nations": ("nation", "nation-authority"),
}
_SLOPES = ("ons-slope-workbook", "fingertips-slope", "ons-deciles-workbook")
FETCHED = [source.id for source in SOURCES.values() if source.reader]


@dataclass(frozen=True)
class Row:
    """One figure: of whom, when, how much."""

    code: str
    name: str
    sex: str
    start: int
    value: float
    indicator: str = ""
    spelt: str = ""
    """The period as the publisher spells it, where not in its usual way."""

    @property
    def limits(self) -> tuple[float, float]:
        """The interval, two years to either side."""
        return round(self.value - 2, 2), round(self.value + 2, 2)


def level_of(code: str) -> str:
    """The level of an area of any nation."""
    return area_type_of(code, {**AREA_TYPES, **NATION_TYPES})


def names_in(source: Source) -> dict[str, str]:
    """The areas of a source in the small world: code -> name."""
    return {code: name for code, name in (AREAS | NATIONS).items() if level_of(code) in levels_of(source)}


def levels_of(source: Source) -> tuple[str, ...]:
    """The levels of area in a source of the small world; none where it has no areas."""
    if source.reader in _SLOPES:
        return ()
    if source.reader == "open-geography":
        return tuple(level for level, _ in source.areas)
    return _LEVELS.get(source.reader, ("country", "region", "combined-authority", "utla"))


def small(source: Source) -> Source:
    """The source as it would be in the small world: with its counts of areas, where areas are counted, and no page."""
    counted = {level for level, _ in source.areas}
    levels = [level for level in map(level_of, names_in(source)) if level in counted]
    counts = pd.Series(levels, dtype=str).value_counts()
    url = f"https://publisher.example/{source.id}"
    return replace(
        source,
        areas=tuple((str(level), int(count)) for level, count in counts.items()),
        releases=(replace(source.releases[-1], url=url, page="", sha256=""),),
        latest=None,
    )


def rows_of(source: Source) -> list[Row]:
    """The figures of a source in the small world."""
    indicators = [block.published_name for block in BUILDING_BLOCKS if block.source_id == source.id]
    if source.reader in _SLOPES:
        return [Row("E92000001", "England", sex, start, 19.0) for sex in ("Female", "Male") for start in (2021, 2022)]
    areas = names_in(source)
    if source.reader == "ons-gdhi":
        return [Row(code, name, "", year, 20_000.0 + year) for code, name in areas.items() for year in (2022, 2023)]
    if indicators:
        return [
            Row(code, name, "", 2023, 50.0 + index, indicator)
            for indicator in indicators
            for index, (code, name) in enumerate(areas.items())
        ]
    if source.table in ("hle", "nations", "life_expectancy"):
        return [
            Row(code, name, sex, start, 55.0 + 2 * index + (1 + index / 8) * (sex == "Female"))
            for index, (code, name) in enumerate(areas.items())
            for sex in ("Female", "Male")
            for start in (2021, 2022)
        ]
    return [Row(code, name, "", 2025, 40.0 - index) for index, (code, name) in enumerate(areas.items())]


def rendered(source: Source, rows: Iterable[Row]) -> bytes:
    """The rows as the source's publisher would send them."""
    rows = list(rows)
    render: dict[str, Callable[[], bytes]] = {
        "ons-hle": lambda: els(rows, "yrs", lambda row: f"{row.sex} healthy life expectancy"),
        "ons-nations": lambda: els(rows, "yrs", lambda row: f"{row.sex} healthy life expectancy"),
        "ons-neighbours": lambda: neighbours(rows),
        "ons-gdhi": lambda: els(rows, "£", lambda row: "Gross disposable household income"),
        "ons-building-block": lambda: els(rows, "%", lambda row: row.indicator),
        "ons-hle-workbook": lambda: book({"1": area_sheet(rows, ("HLE", "LCI", "UCI"))}),
        "ons-le-workbook": lambda: book(
            {"1": area_sheet(rows, ("Life expectancy", "Lower confidence interval", "Upper confidence interval"))}
        ),
        "ons-deciles-workbook": lambda: book({"1": decile_sheet(rows, "LE", 20), "4": decile_sheet(rows, "HLE", 0)}),
        "ons-slope-workbook": lambda: book({"6": slope_sheet(rows)}),
        "iod-file-11": lambda: book({"IMD": scores_sheet(rows)}),
        "iod-file-7": lambda: small_areas(rows),
        "open-geography": lambda: geojson(rows, source),
        "ons-topology": lambda: topojson(rows),
    }
    if source.reader.startswith("fingertips"):
        return fingertips(rows, {"hle": "90362", "le": "90366", "slope": "90825"}[source.reader.partition("-")[2]])
    return render[source.reader]()


def table(rows: Iterable[Iterable[object]]) -> bytes:
    """Rows of cells as the bytes of a CSV file."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def els(rows: list[Row], unit: str, indicator: Callable[[Row], str]) -> bytes:
    """The layout of Explore Local Statistics."""
    header = [
        "areacd",
        "areanm",
        "geography",
        "indicator",
        "period",
        "observation",
        "measure",
        "unit",
        "lci_95",
        "uci_95",
        "status",
        "notes",
    ]
    length = "P3Y" if unit == "yrs" else "P1Y"
    return table(
        [header]
        + [
            [row.code, row.name, "", indicator(row), row.spelt or f"{row.start}-01-01/{length}", row.value, "", unit]
            + ([*row.limits, "", ""] if unit == "yrs" else ["", "", "", ""])
            for row in rows
        ]
    )


ALIKE = ["E06000001", "E08000035", "W06000015", "E07000008"]
"""The neighbours of every area: two authorities, one outside England, a district."""


def neighbours(rows: list[Row], alike: list[str] = ALIKE) -> bytes:
    """A file of statistical neighbours, twenty columns of which few are used."""
    places = range(1, 21)
    body = [[row.code, *alike, *[""] * (len(places) - len(alike))] for row in rows]
    return b"\xef\xbb\xbf" + table([["AREACD", *places], *body])


def period(row: Row) -> str:
    """The period as workbooks spell it."""
    return row.spelt or f"{row.start} to {row.start + 2}"


def book(sheets: dict[str, list[list[object]]]) -> bytes:
    """Sheets, each under two lines of notes, as the bytes of a workbook."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in [["Notes apply"], ["Source: Office for National Statistics"], *rows]:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def area_sheet(rows: list[Row], values: tuple[str, str, str]) -> list[list[object]]:
    """A sheet of areas by period, sex and age group."""
    header: list[object] = ["Period", "Area code", "Area name", "Sex", "Age group", *values]
    return [header, *([period(row), row.code, row.name, row.sex, "<1", row.value, *row.limits] for row in rows)]


def decile_sheet(rows: list[Row], value: str, more: int) -> list[list[object]]:
    """A sheet of ten deciles for each row."""
    header: list[object] = ["Period", "IMD decile", "Sex", "Age group", value, "LCI", "UCI"]
    years = {decile: 50.0 + decile + more for decile in range(1, 11)}
    return [
        header,
        *(
            [period(row), decile, row.sex, "<1", years[decile], years[decile] - 1, years[decile] + 1]
            for row in rows
            for decile in years
        ),
    ]


def slope_sheet(rows: list[Row]) -> list[list[object]]:
    """A sheet of the slope index."""
    return [["Period", "Sex", "SII", "LCI", "UCI"], *([period(row), row.sex, row.value, *row.limits] for row in rows)]


def scores_sheet(rows: list[Row], year: str = "2024") -> list[list[object]]:
    """The sheet IMD of File 11."""
    kind = "Upper Tier Local Authority District"
    header: list[object] = [f"{kind} code ({year})", f"{kind} name ({year})", "IMD - Average score"]
    header += ["IMD - Rank of average score", "IMD - Proportion of LSOAs in most deprived 10% nationally"]
    return [header, *([row.code, row.name, row.value, 1 + index, 0.1] for index, row in enumerate(rows))]


def small_areas(rows: list[Row], year: str = "2024") -> bytes:
    """File 7, one small area in each district; every area of the small world is its own district."""
    imd = "Index of Multiple Deprivation (IMD)"
    district = "Local Authority District"
    header = ["LSOA code (2021)", "LSOA name (2021)", f"{district} code ({year})", f"{district} name ({year})"]
    header += [f"{imd} Score", f"{imd} Decile"]
    body = [
        [f"E0100000{index}", f"{row.name} 001A", row.code, row.name, row.value, 1 + index, 1500]
        for index, row in enumerate(rows)
    ]
    return table([[*header, "Total population: mid 2022"], *body])


def geojson(rows: list[Row], source: Source) -> bytes:
    """An answer of Open Geography, with the year of the release in the name of its field."""
    kind = "RGN" if ("region" in levels_of(source)) else "CTYUA"
    year = source.releases[-1].date[2:4]
    shape = {"type": "Polygon", "coordinates": [[[-1.5, 53.0], [-1.0, 53.0], [-1.0, 54.0], [-1.5, 53.0]]]}
    features = [
        {"properties": {f"{kind}{year}CD": row.code, f"{kind}{year}NM": row.name}, "geometry": shape} for row in rows
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def topojson(rows: list[Row]) -> bytes:
    """A topology of one square that every area fills."""
    layers = {"region": "rgn", "combined-authority": "cauth", "utla": "utla"}
    objects: dict[str, dict[str, list[object]]] = {layer: {"geometries": []} for layer in layers.values()}
    for row in rows:
        level = level_of(row.code.strip().upper()) or "utla"
        facts = {"areacd": row.code, "areanm": row.name}
        objects[layers[level]]["geometries"].append({"type": "Polygon", "arcs": [[0]], "properties": facts})
    square = [[0, 0], [0, 5], [5, 0], [-5, -5]]
    transform = {"scale": [0.1, 0.1], "translate": [-2, 52]}
    return json.dumps({"type": "Topology", "transform": transform, "objects": objects, "arcs": [square]}).encode()


FINGERTIPS_HEADER = (FOLDER / "fingertips_26.csv").read_text(encoding="utf-8").splitlines()[0].split(",")


def fingertips(rows: list[Row], indicator: str) -> bytes:
    """The 26 columns of Fingertips."""
    body = []
    for row in rows:
        cells: dict[str, object] = dict.fromkeys(FINGERTIPS_HEADER, "")
        cells |= {"Indicator ID": indicator, "Area Code": row.code, "Area Name": row.name, "Sex": row.sex}
        cells |= {"Time period": row.spelt or f"{row.start} - {(row.start + 2) % 100}", "Value": row.value}
        cells |= dict(zip(("Lower CI 95.0 limit", "Upper CI 95.0 limit"), row.limits, strict=True))
        body.append(list(cells.values()))
    return table([FINGERTIPS_HEADER, *body])
