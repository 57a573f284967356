"""Colours stay apart for people with a colour vision deficiency, on light and dark screens."""

from itertools import combinations, product

import numpy as np
import pytest
from colour_vision import DEFICIENCIES, VISIONS, ciede2000, contrast, difference, least_step

from charts.kit.palette import DARK, LIGHT, Palette
from charts.kit.palette import contrast as contrast_on_charts

CLASSES_APART = 9.5
"""CIEDE2000 between classes that lie side by side: some four times what is just seen on large areas (2.3)."""

ROLES_APART = 12.0
"""Between roles, which are lines and points and so need more."""

ROLES = ("better_off", "worse_off", "gap", "target", "needed", "quiet", "ink")

palettes = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
visions = pytest.mark.parametrize("vision", VISIONS)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((50, 2.5, 0), (61, -5, 29), 22.8977),
        ((50, 2.5, 0), (56, -27, -3), 31.9030),
        ((50, 2.5, 0), (58, 24, 15), 19.4535),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ],
)
def test_the_difference_formula_gives_the_published_pairs(
    one: tuple[float, ...], other: tuple[float, ...], expected: float
) -> None:
    assert ciede2000(np.array(one, dtype=float), np.array(other, dtype=float)) == pytest.approx(expected, abs=5e-5)


@pytest.mark.parametrize(
    ("vision", "one", "other"),
    [
        ("protanopia", "#c00000", "#3a3a00"),
        ("deuteranopia", "#d0021b", "#6b7d00"),
        ("tritanopia", "#0070c0", "#008070"),
    ],
)
def test_pairs_known_to_be_confused_come_out_closer_than_in_full_vision(vision: str, one: str, other: str) -> None:
    assert difference(one, other, vision) < 0.62 * difference(one, other, "full colour vision")


def test_a_traffic_light_sequence_would_be_refused() -> None:
    red_amber_green = ("#d73027", "#fdae61", "#fee08b", "#a6d96a", "#1a9850")
    assert min(least_step(red_amber_green, vision) for vision in DEFICIENCIES) < CLASSES_APART


@palettes
@visions
def test_neighbouring_classes_of_a_map_stay_apart(palette: Palette, vision: str) -> None:
    assert least_step(palette.sequence, vision) >= CLASSES_APART
    assert least_step(palette.diverging, vision) >= CLASSES_APART


@palettes
@visions
def test_all_two_way_colours_stay_apart(palette: Palette, vision: str) -> None:
    colours = [colour for row in palette.two_way for colour in row]
    assert min(difference(one, other, vision) for one, other in combinations(colours, 2)) >= ROLES_APART


@palettes
@visions
def test_no_figure_is_not_taken_for_a_class(palette: Palette, vision: str) -> None:
    classes = {*palette.sequence, *palette.diverging, *(colour for row in palette.two_way for colour in row)}
    assert min(difference(palette.no_figure, colour, vision) for colour in classes) >= CLASSES_APART


@palettes
@visions
def test_roles_that_appear_together_stay_apart(palette: Palette, vision: str) -> None:
    found = {
        (one, other): difference(getattr(palette, one), getattr(palette, other), vision)
        for one, other in combinations(ROLES, 2)
    }
    assert min(found.values()) >= ROLES_APART, min(found, key=lambda pair: found[pair])


@palettes
def test_roles_that_are_written_in_words_can_be_read(palette: Palette) -> None:
    for role in ROLES:
        assert contrast(getattr(palette, role), palette.paper) >= 4.5, role


@palettes
def test_a_sequence_runs_one_way_in_lightness_and_so_reads_in_grey(palette: Palette) -> None:
    against_black = [contrast(colour, "#000000") for colour in palette.sequence]
    assert against_black in (sorted(against_black), sorted(against_black, reverse=True))


@palettes
def test_two_way_colours_run_one_way_in_lightness_along_both_ways(palette: Palette) -> None:
    light = np.array([[contrast(colour, "#000000") for colour in row] for row in palette.two_way])
    steps = [np.sign(np.diff(light, axis=axis)) for axis in (0, 1)]
    assert len({sign for step in steps for sign in step.ravel()}) == 1


@palettes
def test_labels_on_any_class_can_be_read(palette: Palette) -> None:
    classes = {*palette.sequence, *palette.diverging, *(colour for row in palette.two_way for colour in row)}
    for fill in classes | {palette.no_figure}:
        assert contrast(palette.on(fill), fill) >= 4.5, fill


def test_contrast_on_charts_is_that_of_the_guidelines() -> None:
    assert contrast_on_charts("#000000", "#ffffff") == pytest.approx(21)
    assert contrast_on_charts("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    for one, other in product(("#0058b8", "#fde8c9"), ("#ffffff", "#1b1b1b")):
        assert contrast_on_charts(one, other) == pytest.approx(contrast(one, other), rel=1e-3)
