"""Which words of a picture touch a mark, a line or other words, run off its edge, or are too small to be read."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SMALLEST_POINTS, SLIDE_POINTS = 12, 960
"""Smallest type on a slide 13.33 inches wide, and the width of that slide in points."""

SIGNS = ("\N{BLACK DOWN-POINTING TRIANGLE}", "\N{BLACK UP-POINTING TRIANGLE}")
"""Signs on areas of a map, which tell its classes apart without colour: marks, though drawn as letters."""

_READ = Path(__file__).with_name("words_and_marks.js").read_text(encoding="utf-8")
_SLACK = 1.5

Box = dict[str, Any]


def collisions(svg: str, page: Page) -> list[str]:
    """What is wrong with the words of a picture, each in a sentence; nothing where all is well."""
    page.set_content(f"<style>body {{margin: 0}}</style>{svg}")
    found = page.evaluate(_READ)
    words = [_letters(word) for word in found["words"] if word["text"] not in SIGNS]
    return [
        *_touching(words),
        *_on_marks(words, found["marks"]),
        *_on_lines(words, found["lines"]),
        *_badly_set(words, found["edges"]),
    ]


def _letters(word: Box) -> Box:
    """The box of the letters themselves, without the room above and below a line."""
    spare = 0.17 * (word["bottom"] - word["top"])
    return {**word, "top": word["top"] + spare, "bottom": word["bottom"] - spare}


def _meet(one: Box, other: Box) -> bool:
    wide = min(one["right"], other["right"]) - max(one["left"], other["left"])
    high = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    return bool(wide > _SLACK and high > _SLACK)


def _touching(words: list[Box]) -> Iterator[str]:
    for i, one in enumerate(words):
        yield from (f"{one['text']!r} touches {other['text']!r}" for other in words[i + 1 :] if _meet(one, other))


def _on_marks(words: list[Box], marks: list[Box]) -> Iterator[str]:
    for word in words:
        for mark in marks:
            within = mark["left"] - 1 <= word["left"] and word["right"] <= mark["right"] + 1
            hidden_behind = word["ground"] and mark["guide"]
            if _meet(word, mark) and not hidden_behind and not (mark["holds_words"] and within):
                yield f"{word['text']!r} is on a mark"
                break


def _on_lines(words: list[Box], lines: list[list[tuple[float, float]]]) -> Iterator[str]:
    for word in words:
        crossed = (
            word["left"] + 1 < x < word["right"] - 1 and word["top"] + 1 < y < word["bottom"] - 1
            for line in lines
            for x, y in line
        )
        if not word["ground"] and any(crossed):
            yield f"{word['text']!r} is on a line"


def _badly_set(words: list[Box], edges: Box) -> Iterator[str]:
    points = SLIDE_POINTS / (edges["right"] - edges["left"])
    for word in words:
        if word["size"] * points < SMALLEST_POINTS - 0.05:
            yield f"{word['text']!r} is {word['size'] * points:.1f} points"
        inside = (
            word["left"] >= edges["left"] - 1
            and word["top"] >= edges["top"] - 1
            and word["right"] <= edges["right"] + 1
            and word["bottom"] <= edges["bottom"] + 1
        )
        if not inside:
            yield f"{word['text']!r} runs off the picture"
