"""Lines are broken so that nothing runs off a picture, in whatever face the machine has."""

import pytest

from charts.kit.textwidth import balanced, text_width, wrapped

# Widths at 100 units as DejaVu Sans 2.37 draws them, the widest of the faces that a picture may be drawn in.
REGULAR = {
    "Women: the North East would have to rise 5.0 years to 61.9 by 2034": 3443,
    "Source: Office for National Statistics, healthy life expectancy, released 19 February 2026, Open Government "
    "Licence v3.0. Build 834dec55.": 6976,
    "Highest and lowest, authorities": 1559,
}


@pytest.mark.parametrize(("text", "width"), REGULAR.items())
def test_a_line_is_taken_to_be_as_wide_as_the_widest_face_draws_it(text: str, width: int) -> None:
    assert width <= text_width(text, 100) <= 1.1 * width


def test_bold_type_is_wider() -> None:
    assert text_width("gap", 20, bold=True) > text_width("gap", 20)


def test_wrapped_lines_fit_and_lose_no_word() -> None:
    text = next(iter(REGULAR))
    lines = wrapped(text, 300, 20)
    assert len(lines) > 1
    assert " ".join(lines) == text
    assert all(text_width(line, 20) <= 300 for line in lines)


def test_a_word_that_is_too_long_stays_whole() -> None:
    assert wrapped("incomprehensibilities", 10, 20) == ["incomprehensibilities"]


def test_balanced_lines_leave_no_lonely_last_word() -> None:
    text = "Women: the North East would have to rise 5.0 years to 61.9 by 2034"
    greedy, even = wrapped(text, 700, 20), balanced(text, 700, 20)
    assert len(greedy) == len(even)
    assert " ".join(even) == text
    assert len(even[-1]) >= len(greedy[-1])
