"""A link is read in either spelling and copied in full; what it gets wrong is said, and never ends in a traceback."""

import random
import string
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from cold_links import COPIED, EVERY_CONTROL
from streamlit.testing.v1 import AppTest

from dashboard import link

Screen = Callable[..., AppTest]

SCREENS = ["", "pages/map.py", "pages/progress.py", "pages/deprivation.py", "pages/place.py", "pages/data.py"]
WORDS = ["sex", "definition", "baseline", "target", "share", "rule", "path", "level", "period", "measure", "place"]
WORDS += ["part", "table", "section", "source", "layout", "chart", "embed", "unknown"]


def sent(shown: AppTest) -> str:
    """Return the link that the screen offers to copy, read out of the code it shows."""
    return next(code.value for code in shown.code if "?" in code.value)


def said(shown: AppTest) -> str:
    return " ".join(warning.value for warning in shown.warning)


def test_our_own_names_and_the_visible_words_choose_the_same(screen: Screen) -> None:
    by_name = screen("pages/map.py", sex="male", level="region", period="2011 to 2013")
    by_words = screen("pages/map.py", sex="Men", level="Regions", period="2011 to 2013")
    assert not said(by_name)
    assert not said(by_words)
    assert by_name.session_state["sex"] == by_words.session_state["sex"] == "male"
    assert by_name.session_state["level"] == by_words.session_state["level"] == "region"


def test_a_place_is_found_by_code_by_replaced_code_and_by_name(screen: Screen) -> None:
    for asked in ("E08000038", "E08000016", "Barnsley"):
        shown = screen("pages/place.py", place=asked)
        assert shown.session_state["place"] == "E08000038", asked
        assert not said(shown)


def test_a_name_that_two_places_share_is_told_apart(screen: Screen) -> None:
    assert screen("pages/place.py", place="West Midlands (region)").session_state["place"] == "E12000005"
    assert screen("pages/place.py", place="West Midlands (combined authority)").session_state["place"] == "E47000007"


@pytest.mark.parametrize(
    ("word", "value", "words"),
    [
        ("sex", "robots", "Sex: “robots” is not one of the choices, so Women is shown"),
        ("definition", "richest", "so Richest and poorest region by disposable income is shown"),
        ("target", "1999", "Target year: “1999” is not one of the choices, so 2034 is shown"),
        ("place", "Hartlepol", "did you mean Hartlepool?"),
        ("place", "E10000006", "E10000006 was the code of Cumbria, since 2023 Cumberland, and Westmorland and Furness"),
    ],
)
def test_a_value_that_is_no_choice_is_said_with_what_is_shown_instead(
    screen: Screen, word: str, value: str, words: str
) -> None:
    shown = screen("pages/place.py" if word == "place" else "pages/progress.py", **{word: value})
    assert words in said(shown)
    assert not shown.exception


def test_what_was_misread_is_forgotten_once_the_visitor_chooses(screen: Screen) -> None:
    shown = screen("pages/map.py", sex="robots")
    assert "robots" in said(shown)
    shown.session_state["sex"] = "male"
    assert "robots" not in said(shown.run())


def test_nothing_is_said_of_a_good_link(screen: Screen) -> None:
    assert not screen("pages/progress.py", sex="male", definition="deprivation-regions", target="2040").warning


def test_the_link_to_copy_carries_every_control_defaults_too(screen: Screen) -> None:
    shown = screen("pages/progress.py", sex="male")
    words = parse_qs(urlsplit(sent(shown)).query)
    assert words["sex"] == ["male"]
    assert words["definition"] == ["income-regions"]
    assert words["target"] == ["2034"]
    assert {"baseline", "rule", "share", "path"} <= set(words)


def test_a_copied_link_opens_the_same_view_and_is_copied_the_same_again(screen: Screen) -> None:
    first = sent(screen("pages/map.py", sex="male", level="region", measure="difference", place="E12000001"))
    words = {name: values[0] for name, values in parse_qs(urlsplit(first).query).items()}
    assert words["place"] == "E12000001"
    assert sent(screen("pages/map.py", **words)) == first


def test_no_word_of_an_address_is_left_out_of_these_tests() -> None:
    assert {word for _, asked in EVERY_CONTROL for word in asked} == link.WORDS


@pytest.mark.parametrize(
    ("page", "asked"),
    [(f"pages/{name}.py" if name else "", asked) for name, asked in EVERY_CONTROL],
    ids=[f"{name or 'first'}-{'-'.join(asked)}" for name, asked in EVERY_CONTROL],
)
def test_a_cold_link_sets_every_control_and_both_the_copied_link_and_the_address_say_so_again(
    screen: Screen, page: str, asked: dict[str, str]
) -> None:
    shown = screen(page, **asked)
    again = parse_qs(urlsplit(sent(shown)).query)
    assert again == {name: [COPIED.get(text, text)] for name, text in asked.items()}
    assert not said(shown)
    address = {name: words if isinstance(words, str) else words[0] for name, words in shown.query_params.items()}
    assert sent(screen(page, **address)) == sent(shown)


def test_words_of_a_link_cannot_bring_a_picture_or_a_link_onto_the_screen() -> None:
    quoted = link.quoted("![x](https://example.org/a.png) [y](https://example.org) <b>")
    assert "](" not in quoted.replace("\\]\\(", "")
    assert "<b" not in quoted.replace("\\<", "")


def test_a_long_value_is_cut_short() -> None:
    assert len(link.quoted("a" * 5000)) == link.LONGEST_ECHO + 1


def malformed(seed: int) -> dict[str, str]:
    """Return words of an address as a damaged, mistyped or hostile link might hold them."""
    chance = random.Random(seed)
    junk = [
        "",
        " ",
        "null",
        "-1",
        "1e309",
        "9" * 400,
        "../../etc/passwd",
        "<script>alert(1)</script>",
        "'; DROP TABLE hle; --",
        "![x](https://example.org/x.png)",
        "\x00\x07",
        "\N{RIGHT-TO-LEFT OVERRIDE}neM",
        "\N{PILE OF POO}",
        "E99999999",
        "2022 to 2024 to 2026",
        "$\\infty$",
        "{{7*7}}",
        "Women,Men",
        "female\nmale",
    ]
    value = [lambda: chance.choice(junk), lambda: "".join(chance.choices(string.printable, k=chance.randint(1, 80)))]
    return {word: chance.choice(value)() for word in chance.sample(WORDS, k=chance.randint(1, 6)) if word != "embed"}


@pytest.mark.parametrize("page", SCREENS)
def test_a_hundred_malformed_links_give_a_friendly_page(screen: Screen, page: str) -> None:
    for seed in range(17):  # on each of six screens
        words = malformed(seed * len(SCREENS) + SCREENS.index(page))
        shown = screen(page, **words)
        assert not shown.exception, words
        assert shown.title[0].value
        controls = [word for word, value in words.items() if value and word in shown.session_state]
        assert said(shown).count("is not one of the choices") == len(controls), words
