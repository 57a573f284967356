"""Every part of every screen can be used by everyone: one visit opens each tab in turn and looks at it in every way."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser.claims import (
    COLOURS,
    NEW_PART,
    beyond_the_keyboard,
    cut_or_colliding,
    lost_in_forced_colours,
    moving_though_unwanted,
    violations,
    wrong_on_paper,
)
from browser.tab import BETWEEN_FRAMES, DESK, PHONE, ZOOMED, Tab, leave, open_tab, wait_until_drawn
from playwright.sync_api import Browser, Page, expect

from dashboard.shell import MENU

pytestmark = pytest.mark.browser

SHOWN = {
    "map": ["map", "map?periods=four&place=E06000009"],
    "place": ["place", "place?place=E06000009", "place?place=E47000001&tab=authorities"],
    "levers": ["levers", "levers?view=action&case=4.A"],
}
"""What a screen is opened with, where it shows something else with another choice."""
PATHS = [
    path for file, _ in MENU for path in ([""] if file == "app.py" else SHOWN.get(Path(file).stem, [Path(file).stem]))
]
ONE_PART = {"levers?view=action&case=4.A", "place?place=E47000001&tab=authorities"}
"""Openings of which the other parts are those of an opening before."""
OWN_HEADINGS = {
    "": "The gap is not being halved.",
    "place": "How many healthy years can people expect where you live?",
    "place?place=E06000009": "Blackpool",
    "place?place=E47000001&tab=authorities": "Greater Manchester",
}
"""Screens whose heading is no name: its answer, what it asks first, or the place; how it begins."""
PHONE_SCREENFUL = 844
SMALL_DESK = (1280, 720)
HIGHEST_FIRST_PLOT = 400
PLOT_FIRST = {"", "map", "deprivation", "progress", "place?place=E06000009"}
"""Screens whose first chart is in sight at once."""
ANSWERS = {
    "": ".answer",
    "place?place=E06000009": ".place-summary",
    "place?place=E47000001&tab=authorities": ".place-summary",
    "slides": ".stRadio [role=radiogroup]",  # the deck
    "data": "[data-testid=stMain] h2",
    "trust": "[data-testid=stMain] h2",
}
"""What answers on a screen, where it is not the title of its first chart."""


def parts(page: Page, path: str) -> Iterator[str]:
    """Open each part of a screen in turn, by the buttons that lead to them, and give its name."""
    switches = page.get_by_role("radiogroup", name=re.compile("^(Look at|Part)$")).get_by_role("radio")
    yield ""
    for at in range(1, 1 if path in ONE_PART else switches.count()):
        switches.nth(at).click()
        wait_until_drawn(page, calm=BETWEEN_FRAMES)  # one run, begun by the click
        yield switches.nth(at).inner_text()


def resized(page: Page, width: int, height: int = 900) -> Page:
    page.set_viewport_size({"width": width, "height": height})
    wait_until_drawn(page, calm=BETWEEN_FRAMES)
    return page


def opened(browser: Browser, address: str, path: str, *, width: int = DESK, dark: bool = False) -> Tab:
    tab = open_tab(browser, address, width=width, dark=dark)
    tab.page.goto(f"{address}/{path}")
    wait_until_drawn(tab.page)
    return tab


def named(faults: Sequence[str], *where: str) -> list[str]:
    return [f"{', '.join(filter(None, where))}: {fault}" for fault in dict.fromkeys(faults)]


def without_its_name(page: Page, path: str) -> list[str]:
    """What does not say which screen this is: its title, its heading where that is no answer, and the menu."""
    file = f"pages/{urlsplit(path).path}.py" if path else "app.py"
    name, heading = dict(MENU)[file], page.locator("h1").inner_text()
    wrong = [] if page.title().startswith(f"{name} ") else [f"title: {page.title()}"]
    right = heading.startswith(OWN_HEADINGS[path]) if path in OWN_HEADINGS else heading == name
    wrong += [] if right else [f"heading: {heading}"]
    menu = page.locator(".menu a").all_inner_texts()
    return wrong + ([] if menu == [label for _, label in MENU] else [f"menu: {menu}"])


def seen_at(page: Page, *, part: str) -> list[str]:
    """What is wrong with a part at this width: at a desk for those who see little or have no mouse, else for its room."""
    if (page.viewport_size or {})["width"] != DESK:
        return cut_or_colliding(page)
    return [*violations(page, within=part), *beyond_the_keyboard(page), *lost_in_forced_colours(page)]


def below_the_first_fold(page: Page, path: str) -> list[str]:
    answers = page.locator(ANSWERS.get(path, ".chart-title")).evaluate_all(
        "all => all.map(one => [one.innerText, one.getBoundingClientRect().bottom])"
    )
    wanted = 2 if path == "" else 1  # women's and men's
    below = [f"below the fold: {said}" for said, bottom in answers[:wanted] if bottom > PHONE_SCREENFUL]
    return below if len(answers) >= wanted else ["an answer is missing"]


def below_the_middle(page: Page) -> list[str]:
    top = page.locator(".stPlotlyChart .main-svg").first.evaluate("plot => plot.getBoundingClientRect().top")
    return [] if 0 < top <= HIGHEST_FIRST_PLOT else [f"the first plot begins at {top:.0f}"]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path or "first")
def test_every_part_in_light_colours_at_a_desk_and_enlarged(chromium: Browser, address: str, path: str) -> None:
    tab = opened(chromium, address, path)
    page, faults = tab.page, without_its_name(tab.page, path)
    if path in PLOT_FIRST:
        faults += named(below_the_middle(resized(page, *SMALL_DESK)), "small desk")
    sizes = [(DESK, 900), (ZOOMED, 360)]
    for name in parts(page, path):
        for width, height in sizes:
            faults += named(seen_at(resized(page, width, height), part=NEW_PART if name else "body"), name, str(width))
        sizes.reverse()  # the next part is opened at the width that this one was left at
    assert faults == [], "\n".join(faults)
    assert page.locator(".stException, [data-testid=stAlertContentError]").count() == 0
    assert (tab.console_errors, tab.other_hosts, tab.failed) == ([], [], [])
    leave(page)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path or "first")
def test_every_part_in_dark_colours_on_a_phone_and_on_paper(chromium: Browser, address: str, path: str) -> None:
    tab = opened(chromium, address, path, dark=True)
    page, faults = tab.page, []
    faults += named(violations(page, rules=COLOURS), "desk")
    resized(page, PHONE, PHONE_SCREENFUL)
    faults += named([*violations(page), *below_the_first_fold(page, path)], "phone")
    faults += named(moving_though_unwanted(page), "less motion")
    for name in parts(page, path):
        faults += named(cut_or_colliding(page), name, "phone")
        if name:
            faults += named(violations(page, within=NEW_PART, rules=COLOURS), name)
        faults += named(wrong_on_paper(page), name, "paper")
    assert faults == [], "\n".join(faults)
    leave(page)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_no_violation_in_what_a_phone_opens(chromium: Browser, address: str, dark: bool) -> None:
    page = opened(chromium, address, "map", width=PHONE, dark=dark).page
    page.locator(".fold summary").click()  # the controls, folded on a phone
    expect(page.get_by_role("radiogroup", name="Areas")).to_be_visible()
    for button in ("Definitions", "Picture, data, notes", "Embed a chart"):
        page.get_by_role("button", name=button).first.click()
        popover = page.locator("[data-testid=stPopoverBody]")
        expect(popover.locator("p, li, table, button, code").first).to_be_visible()
        if button == "Picture, data, notes":  # with the widest table there is
            expect(popover.locator(".data-table")).to_be_visible()
            assert not cut_or_colliding(page)
        wait_until_drawn(page)
        assert violations(page, within="[data-testid=stPopoverBody]") == [], button
        page.keyboard.press("Escape")
        expect(popover).to_have_count(0)
    leave(page)


def test_a_table_does_not_break_words(chromium: Browser, address: str) -> None:
    page = opened(chromium, address, "?tab=definitions", width=PHONE).page
    lines = page.locator(".data-table td", has_text="Wider").evaluate_all(
        """cells => cells.map(cell => { const range = document.createRange(); range.selectNodeContents(cell);
                                        return range.getClientRects().length; })"""
    )
    assert lines
    assert set(lines) == {1}
    leave(page)


def test_each_kind_of_fault_would_be_found(chromium: Browser, address: str) -> None:
    page = opened(chromium, address, "deprivation", width=PHONE).page
    page.evaluate(
        """() => {
            const head = document.querySelector("[data-testid=stMain] h1");
            head.insertAdjacentHTML("afterend", `<img src=x><div style='width: 700px'>wide</div>
                <p style='width: 9px; overflow: hidden; white-space: nowrap'>clipped</p><h4>skipped</h4>
                <p style='animation: 1s infinite alternate turns'>turning</p><style>@keyframes turns {to {rotate: 9deg}}</style>
                <button class='fault' onfocus='this.blur(); delete this.dataset.reached;' style='display: block !important'>unreached</button>
                <div role='tablist'><button role='tab' aria-selected='true' style='outline: none !important'>one</button><button role='tab' style='outline: none !important'>other</button></div>`);
            document.addEventListener("focusin", event => { if (event.target.className === "fault") event.stopPropagation(); }, true);
            const [one, other] = document.querySelectorAll(".stPlotlyChart .ytick text");
            other.setAttribute("transform", one.getAttribute("transform") ?? "");
            for (const name of ["x", "y"]) other.setAttribute(name, one.getAttribute(name));
        }"""
    )
    found = [
        *violations(page),
        *cut_or_colliding(page),
        *beyond_the_keyboard(page),
        *lost_in_forced_colours(page),
        *moving_though_unwanted(page),
        *wrong_on_paper(page),
    ]
    for fault in (
        "image-alt",
        "skips a level: skipped",
        "sticks out: DIV",
        "cut off: clipped",
        " over ",
        "not reached by keyboard",
        "looks as the rest do: one",
        "moves: P",
        "printed control: unreached",
    ):
        assert any(fault in line for line in found), (fault, found)
    leave(page)
