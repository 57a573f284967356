"""Pages, briefs and data packages stand alone: no network, no script from a figure's words, digests that hold."""

import hashlib
import html
import io
import json
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from charts.catalogue.catalogue import CATALOGUE, Shot
from charts.catalogue.packs import PACKS
from charts.catalogue.view import View
from charts.export.brief import ENDS_SHOWN, Part, brief, sentences_about
from charts.export.chromium import Chromium
from charts.export.data import chart_csv, zipped
from charts.export.inert import inert
from charts.export.page import chart_page, table
from charts.export.pictures import picture_in_brief
from charts.kit.chart import Chart
from charts.kit.drawing import Drawing
from pipeline.processed import Tables
from pipeline.tables import PROCESSED

EVIL = '</script><script>alert("x")</script>'


class Loads(HTMLParser):
    """Notes every address that a page would fetch by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.images_without_alt = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        for name in ("src", "srcset", "poster", "data"):
            if told.get(name):
                self.addresses.append(str(told[name]))
        if tag == "link" and told.get("href"):
            self.addresses.append(str(told["href"]))
        if tag == "img" and not told.get("alt"):
            self.images_without_alt += 1


def loads(page: str) -> Loads:
    found = Loads()
    found.feed(re.sub(r"<script( type=\"application/json\"[^>]*)?>.*?</script>", "", page, flags=re.DOTALL))
    return found


@pytest.fixture(scope="module")
def parts(tables: Tables) -> list[Part]:
    return blank_parts(tables, "national", View())


def blank_parts(tables: Tables, pack: str, view: View) -> list[Part]:
    """The charts of a pack with blank pictures of the size that their own have."""
    found = []
    for shot in PACKS[pack](tables, view):
        chart = shot.chart(tables)
        width, height = (picture_in_brief(chart).drawing.layout[side] for side in ("width", "height"))
        svg = f"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}'/>"
        found.append(Part(shot=shot, chart=chart, svg=svg.encode()))
    return found


@pytest.fixture(scope="module")
def page(parts: list[Part], tables: Tables) -> str:
    return page_of(parts, tables, View())


def page_of(parts: list[Part], tables: Tables, view: View) -> str:
    return brief(
        parts,
        title="The gap",
        sentences=sentences_about(tables, view),
        sources=tables.package["sources"],
        release=tables.release,
        build=tables.build,
    )


def test_a_brief_fetches_nothing(page: str) -> None:
    found = loads(page)
    assert found.addresses
    assert all(address.startswith("data:image/svg+xml;base64,") for address in found.addresses)
    assert "@import" not in page
    assert "<script" not in page


def test_a_brief_holds_verdict_findings_tables_caveats_sources_release_and_build(
    page: str, parts: list[Part], tables: Tables
) -> None:
    said = html.unescape(page)
    for who in ("Women", "Men"):
        assert re.search(rf"{who} in London can expect \d+\.\d more years in good health than {who.lower()} in", said)
    for part in parts:
        assert part.chart.title in said
        assert part.chart.source in said
        assert part.chart.alt in said
        for caveat in part.chart.caveats:
            assert caveat in said
        assert str(part.chart.table.iloc[0, 0]) in said
    for source in tables.package["sources"]:
        assert source["title"] in said
    assert f"Build {tables.build}" in said
    assert loads(page).images_without_alt == 0


def test_a_brief_about_a_place_says_where_it_stands(tables: Tables) -> None:
    women, men = sentences_about(tables, View(place="E06000001"))
    assert women.startswith("In 2022 to 2024, women in Hartlepool could expect 51.2 (95% interval 47.1 to 55.2) years")
    assert "men in Hartlepool" in men
    nothing, _ = sentences_about(tables, View(place="E09000001"))
    assert nothing.count("City of London") == 1
    assert nothing.startswith("No healthy life expectancy is published")


def test_a_brief_about_an_own_area_says_whose_estimate_it_is(tables: Tables) -> None:
    women, men, estimate = sentences_about(tables, View(place="South Tees", codes="E06000002~E06000003"))
    assert "women in South Tees could expect" in women
    assert "men in South Tees" in men
    assert estimate == "South Tees: our estimate from ONS figures for 2 authorities."


def test_a_long_table_shows_both_its_ends_and_says_so(page: str) -> None:
    assert f"The first and the last {ENDS_SHOWN} of 672 rows" in page


@pytest.fixture(scope="module")
def briefs(page: str, tables: Tables, browser_path: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The briefs of the nation and of places as PDF; Hull has the longest name of an authority in its charts."""
    views = {
        "Hull": View(place="E06000010"),
        "North East": View(place="E12000001"),
        "Own": View(place="South Tees", codes="E06000002~E06000003"),
    }
    pages = {name: page_of(blank_parts(tables, "place", view), tables, view) for name, view in views.items()}
    file = tmp_path_factory.mktemp("briefs") / "brief.html"
    found = {}
    with Chromium(tabs=1) as browser:
        for name, text in {"nation": page, **pages}.items():
            file.write_text(text, encoding="utf-8")
            found[name] = browser.page_as_pdf(file)
    return found


def test_a_brief_of_the_nation_has_at_most_12_pages_and_of_a_place_8(briefs: dict[str, bytes]) -> None:
    pages = {name: len(re.findall(rb"/Type /Page\b", content)) for name, content in briefs.items()}
    assert 6 <= pages["nation"] <= 12
    assert all(3 <= count <= 8 for count in pages.values() if count != pages["nation"]), pages


def test_a_brief_in_print_is_a4_tagged_titled_and_in_english(briefs: dict[str, bytes]) -> None:
    for content in briefs.values():
        assert content.startswith(b"%PDF-")
        size = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", content)
        assert [float(side) for side in size.groups()] == pytest.approx((595, 842), abs=1.5)
        assert b"/Marked true" in content
        assert b"/StructTreeRoot" in content
        assert b"/Lang (en-GB)" in content
        assert b"/Title (The gap)" in content


def test_a_brief_prints_without_cutting_a_chart_or_a_row(page: str) -> None:
    assert re.search(r"tr, img, \.beside, [^{]*\{break-inside: avoid;\}", page)


@pytest.mark.parametrize("name", ["gap-path", "map"])
def test_a_page_of_one_chart_fetches_nothing_and_says_everything(name: str, tables: Tables) -> None:
    chart = CATALOGUE[name].chart(tables, View())
    found = chart_page(chart)
    assert loads(found).addresses == []
    said = html.unescape(found)
    for text in (chart.title, chart.subtitle, chart.source, chart.alt):
        assert text in said
    assert "PlotlyGeoAssets" in found
    assert "app/static" not in found


def test_pages_of_several_charts_share_one_script_beside_them(national: Path) -> None:
    pages = sorted((national / "html").glob("*.html"))
    assert pages
    for file in pages:
        text = file.read_text(encoding="utf-8")
        assert loads(text).addresses == ["plotly.min.js", "draw.js"]
        assert (
            re.findall(r"<script(?![^>]*(?:src=|application/json))", text) == []
        )  # a strict server forbids code in pages
    assert (national / "html" / "plotly.min.js").stat().st_size > 1_000_000


def test_words_of_a_figure_cannot_become_code() -> None:
    chart = Chart(
        id="x",
        drawing=Drawing([{"type": "scatter", "x": [1], "y": [1], "name": EVIL}], {}),
        title=EVIL,
        subtitle=EVIL,
        settings=EVIL,
        source=EVIL,
        alt=EVIL,
        table=pd.DataFrame({EVIL: [EVIL]}),
        caveats=(EVIL,),
    )
    found = chart_page(chart, live_view=f"https://x.example/?{EVIL}")
    assert found.count("</script>") == found.count("<script")
    assert 'alert("x")</script>' not in found
    shot = Shot(entry=CATALOGUE["map"], view=View())
    text = brief(
        [Part(shot=shot, chart=chart, svg=b"<svg/>")],
        title=EVIL,
        sentences=[EVIL],
        sources=[{"title": EVIL, "path": EVIL}],
        release="2026-02-19",
        build="x",
    )
    assert "<script" not in text


def test_a_table_ties_every_cell_to_its_headings() -> None:
    found = table(pd.DataFrame({"Place": ["A"], "Years": [-1.5], "Note": [None]}), caption="C")
    assert found.count('scope="col"') == 3
    assert found.count('scope="row"') == 1
    assert "<caption>C</caption>" in found
    assert "\N{MINUS SIGN}1.5" in found
    assert "none" in found


def test_the_data_package_vouches_for_every_table_beside_it(tables: Tables) -> None:
    with zipfile.ZipFile(io.BytesIO(zipped(tables.files()))) as archive:
        package = json.loads(archive.read("datapackage.json"))
        assert set(archive.namelist()) == {"datapackage.json", *(r["path"] for r in package["resources"])}
        assert {resource["path"] for resource in package["resources"]} == {f"{name}.csv" for name in PROCESSED}
        for resource in package["resources"]:
            content = archive.read(resource["path"])
            assert resource["bytes"] == len(content)
            assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
            header = content.decode().split("\n", 1)[0].split(",")
            assert header == [field["name"] for field in resource["schema"]["fields"]]
        assert package["profile"] == "tabular-data-package"
        assert package["licenses"]


def test_the_same_files_give_the_same_zip(tables: Tables) -> None:
    assert zipped(tables.files()) == zipped(tables.files())


@pytest.mark.parametrize("text", ["=1+1", "+A1", "-A1", "@x", "\tx"])
def test_text_that_a_spreadsheet_would_run_is_made_inert_in_csv(text: str) -> None:
    assert inert(text) == f"'{text}"


def test_an_interval_is_two_columns_of_numbers_in_csv() -> None:
    table = pd.DataFrame(
        {"Pace": ["Observed", "Needed"], "95% interval": ["\N{MINUS SIGN}0.2 to 1,003.5", "not published"], "n": [1, 2]}
    )
    read = pd.read_csv(io.BytesIO(chart_csv(table)))
    assert list(read) == ["Pace", "95% interval, lower limit", "95% interval, upper limit", "n"]
    assert read.iloc[0].tolist() == ["Observed", "-0.2", "1003.5", 1]
    assert read.iloc[1].tolist() == ["Needed", "not published", "not published", 2]


@pytest.mark.parametrize("value", ["-1.5", "Hartlepool", "", -1.5, None, "\N{MINUS SIGN}0.4", "2011 to 2013"])
def test_numbers_and_plain_text_are_left_alone(value: object) -> None:
    assert inert(value) == value
