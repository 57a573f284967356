"""A template that is too large, reaches out, or holds programs is refused in words before it is opened."""

import io
import random
import zipfile
from pathlib import Path

import pytest
from pptx import Presentation

from charts.export.powerpoint.template import open_stage
from pipeline.errors import UsageError

RELATIONS = "ppt/slideMasters/_rels/slideMaster1.xml.rels"
LINK = '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}" TargetMode="External"/>'


@pytest.fixture(scope="module")
def plain() -> dict[str, bytes]:
    buffer = io.BytesIO()
    Presentation().save(buffer)
    with zipfile.ZipFile(buffer) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(folder: Path, parts: dict[str, bytes]) -> Path:
    path = folder / "house.pptx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def related(plain: dict[str, bytes], kind: str, target: str) -> dict[str, bytes]:
    link = LINK.format(kind, target).encode()
    return plain | {RELATIONS: plain[RELATIONS].replace(b"</Relationships>", link + b"</Relationships>")}


def refusal(path: Path) -> str:
    with pytest.raises(UsageError) as refused:
        open_stage(path)
    assert refused.value.where == path.name  # a name, no folder
    assert refused.value.do
    return refused.value.what


def test_one_that_unpacks_to_far_more_is_refused_unread(plain: dict[str, bytes], tmp_path: Path) -> None:
    path = packed(tmp_path, plain | {"ppt/media/bomb.xml": bytes(60_000_000)})
    assert path.stat().st_size < 200_000
    assert "far larger once unpacked" in refusal(path)


@pytest.mark.parametrize("part", ["ppt/vbaProject.bin", "ppt/activeX/activeX1.xml", "ppt/embeddings/oleObject1.bin"])
def test_one_with_programs_is_refused(plain: dict[str, bytes], tmp_path: Path, part: str) -> None:
    assert "macros or embedded programs" in refusal(packed(tmp_path, plain | {part: b"x"}))


@pytest.mark.parametrize("kind", ["image", "oleObject", "attachedTemplate", "video"])
def test_one_that_fetches_from_elsewhere_is_refused(plain: dict[str, bytes], tmp_path: Path, kind: str) -> None:
    assert "elsewhere" in refusal(packed(tmp_path, related(plain, kind, "http://192.0.2.1/picture.png")))


def test_a_link_that_waits_for_a_click_may_stay(plain: dict[str, bytes], tmp_path: Path) -> None:
    path = packed(tmp_path, related(plain, "hyperlink", "https://www.example.org"))
    assert open_stage(path).presentation.slide_layouts


def test_one_that_defines_words_of_its_own_is_refused(plain: dict[str, bytes], tmp_path: Path) -> None:
    content = plain["ppt/presentation.xml"].replace(b"?>", b'?><!DOCTYPE p [<!ENTITY a "aaaa">]>', 1)
    assert "words of its own" in refusal(packed(tmp_path, plain | {"ppt/presentation.xml": content}))


def test_damaged_ones_are_refused_in_words_or_do_no_harm(plain: dict[str, bytes], tmp_path: Path) -> None:
    generator = random.Random(20)
    whole = packed(tmp_path, plain).read_bytes()
    path = tmp_path / "damaged.pptx"
    refused = 0
    for _ in range(12):
        damaged = bytearray(whole)
        for _ in range(20):
            damaged[generator.randrange(len(damaged))] = generator.randrange(256)
        path.write_bytes(damaged[: generator.randrange(len(damaged) // 2, len(damaged) + 1)])
        try:
            open_stage(path)
        except UsageError:
            refused += 1
    assert refused
    for name in ("ppt/presentation.xml", "[Content_Types].xml", "ppt/slideMasters/slideMaster1.xml", RELATIONS):
        assert refusal(packed(tmp_path, {one: content for one, content in plain.items() if one != name}))
        assert refusal(packed(tmp_path, plain | {name: b"<no"}))
