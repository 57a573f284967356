"""When ONS replaces an area code: the file alone is refused, the file with a known successor goes through."""

import pytest
from publisher import as_bytes, published_hle
from world import World, keep_only

from pipeline import areas, store
from pipeline.intake import lock
from pipeline.intake.recode import recode_held
from pipeline.tables import RAW

LEEDS, NEW_LEEDS = "E08000035", "E08000099"


@pytest.fixture
def leeds_has_a_new_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(areas.SUCCESSORS, LEEDS, NEW_LEEDS)


def recoded() -> bytes:
    published = published_hle("2026-02-19")
    return as_bytes(published.assign(areacd=published["areacd"].replace({LEEDS: NEW_LEEDS})))


def test_a_new_code_without_a_known_successor_is_refused(
    world: World, hle_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    world.server.serve(hle_url, recoded())
    before = world.held()
    assert world.fetch() == 4
    said = capsys.readouterr().err
    assert "E08000035 Leeds. Instead there is E08000099 Leeds." in said
    assert "add a row to pipeline/sources/succession.csv" in said
    assert world.held() == before


@pytest.mark.usefixtures("leeds_has_a_new_code")
def test_once_the_successor_is_known_the_file_goes_through_and_older_releases_follow(
    world: World, hle_url: str
) -> None:
    world.server.serve(hle_url, recoded())
    assert world.fetch() == 0
    for release in ("2024-12-12", "2026-02-19"):
        codes = set(store.read(RAW["hle"], world.raw_folder / "hle" / f"{release}.csv")["area_code"])
        assert NEW_LEEDS in codes
        assert LEEDS not in codes
    assert lock.read(world.raw_folder)["hle/2024-12-12.csv"].replaced_codes[LEEDS] == NEW_LEEDS


@pytest.mark.usefixtures("leeds_has_a_new_code")
def test_tables_prepared_by_hand_are_recoded_where_they_stand(world: World) -> None:
    keep_only(world.raw_folder, "population/2024-07.csv", "deprivation/2025-10.csv", "good_health/2026-02-19.csv")
    assert sorted(recode_held(world.raw_folder)) == ["deprivation/2025-10.csv", "population/2024-07.csv"]
    text = (world.raw_folder / "population" / "2024-07.csv").read_text(encoding="utf-8")
    assert f"{NEW_LEEDS},Leeds" in text
    assert LEEDS not in text
    entry = lock.read(world.raw_folder)["population/2024-07.csv"]
    assert entry.table_sha256 == lock.sha256(text.encode())
    assert recode_held(world.raw_folder) == []
