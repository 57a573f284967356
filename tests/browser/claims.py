"""What is true of every part of every screen, however it is looked at; each function returns what is wrong."""

from collections.abc import Mapping
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

Rules = Mapping[str, object]
RULES: Rules = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}
"""What WCAG asks for, and what is good practice besides."""
COLOURS: Rules = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
"""Rules that other colours of the screen can break; the rest is the same in light and dark."""
NEW_PART = ".st-key-tab ~ *"
"""What a button opens; all around it was looked at before."""

VIOLATIONS = """([within, rules]) => axe.run(within, rules).then(found => found.violations.flatMap(rule => rule.nodes.map(
    node => `${rule.id}: ${node.target} ${node.html.slice(0, 160)} | ${(node.failureSummary ?? "").slice(0, 300)}`)))"""

SKIPPED = """() => { const levels = [...document.querySelectorAll("[data-testid=stMain] :is(h1, h2, h3, h4, h5, h6)")]
        .filter(one => one.getClientRects().length).map(one => [+one.tagName[1], one.innerText]);
    return levels.filter(([level], at) => level > (at ? levels[at - 1][0] : 0) + 1).map(([, said]) => `skips a level: ${said}`); }"""
"""Headings that skip a level, which axe sees only where it is given the whole page."""

OUTSIDE = """() => {
    const main = document.querySelector("[data-testid=stMain]");
    const apart = "svg, [inert], .menu > *, [role=tablist] > *, .st-key-preview, [role=tooltip]";
    return [...main.querySelectorAll("*")]
        .filter(one => !one.closest(apart) && getComputedStyle(one).visibility !== "hidden")
        .filter(one => { const box = one.getBoundingClientRect();
                         return box.width && box.height && (box.right > main.clientWidth + 1 || box.left < -1); })
        .map(one => `sticks out: ${one.tagName} ${one.className}`.slice(0, 80));
}"""
"""Parts of the screen that stick out of it; what is closed, or scrolls in a box of its own as menu and tabs do, is no such part."""

CLIPPED = """() => [...document.querySelectorAll("[data-testid=stMain] :is(p, span, h1, h2, h3, h4, th, td, label, button, a)")]
    .filter(one => one.innerText.trim() && !one.closest("svg, .st-key-preview"))
    .filter(one => { while (one && getComputedStyle(one).clipPath !== "inset(50%)") one = one.parentElement; return !one; })
    .filter(one => getComputedStyle(one).overflowX !== "visible" && one.clientWidth && one.scrollWidth > one.clientWidth + 2)
    .map(one => `cut off: ${one.innerText.slice(0, 80)}`)"""
"""Words that are cut off, or end in dots, because their room is too narrow; those for screen readers alone are not meant to be seen."""

COLLIDING = """() => [...document.querySelectorAll("[data-testid=stMain] .stPlotlyChart")].flatMap(chart => {
    const frame = chart.getBoundingClientRect();
    const words = [...chart.querySelectorAll("text")]
        .filter(one => one.textContent.trim() && getComputedStyle(one).visibility !== "hidden")
        .map(one => [one.textContent, one.getBoundingClientRect()])
        .filter(([, box]) => box.width && box.height);
    const cut = words.filter(([, box]) => box.left < frame.left - 1 || box.right > frame.right + 1
                                       || box.top < frame.top - 2 || box.bottom > frame.bottom + 2);
    const over = words.flatMap(([said, one], i) => words.slice(i + 1)
        .filter(([, other]) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2
                            && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 5)
        .map(([also]) => `${said} over ${also}`));
    return [...cut.map(([said]) => `cut in a chart: ${said}`), ...over];
})"""
"""Words of a chart that leave it or lie over one another."""

CONTROLS = (
    "[data-testid=stMain] :is(button, input, select, textarea, summary, a[href], [role=radio], [role=combobox])"
    ":not([disabled]):not([tabindex='-1']):visible"
)
# a group of buttons of which one is chosen is one stop; the arrow keys move inside it
UNREACHED = """all => all.filter(one => !one.dataset.reached && !one.closest("[role=radiogroup], [role=group]"))
                          .map(one => `not reached by keyboard: ${one.outerHTML.slice(0, 160)}`)"""

CHOSEN = """() => {
    const look = one => { const s = getComputedStyle(one); return [s.color, s.backgroundColor, s.borderBottom, s.outline].join(); };
    return [...document.querySelectorAll("[data-testid=stMain] :is([role=radiogroup], [role=tablist])")].flatMap(group => {
        const choices = [...group.querySelectorAll("[role=radio], [role=tab]")].filter(one => one.getClientRects().length);
        const chosen = choices.filter(one => [one.ariaChecked, one.ariaSelected].includes("true"));
        const rest = choices.filter(one => !chosen.includes(one));
        return chosen.filter(one => rest.some(other => look(other) === look(one)))
            .map(one => `chosen, but looks as the rest do: ${one.innerText}`);
    });
}"""
"""Choices that look no different from those that are not chosen."""

MOVING = """() => [...document.querySelectorAll("*")].filter(one => { const style = getComputedStyle(one);
        const lasts = times => times.split(",").some(time => parseFloat(time) > 0.02);
        const moves = style.transitionProperty.split(", ").some(name => !/color|border|background|opacity|shadow|none|fill/.test(name));
        return (lasts(style.transitionDuration) && moves) || (style.animationName !== "none" && lasts(style.animationDuration)); })
    .map(one => `moves: ${one.tagName} ${one.className}`.slice(0, 120))"""
"""What would move; a colour that fades does not."""

ON_PAPER = """() => [
    ...[...document.querySelectorAll("[data-testid=stMain] :is(button, input, [role=radio], [role=tab], summary)")]
        .filter(one => one.getClientRects().length).map(one => `printed control: ${one.innerText || one.outerHTML.slice(0, 80)}`),
    ...[...document.querySelectorAll(".stPlotlyChart")].filter(one => !one.getClientRects().length).map(() => "chart not printed"),
    ...(getComputedStyle(document.querySelector(".stApp")).backgroundColor === "rgb(255, 255, 255)" ? [] : ["dark paper"]),
]"""


def violations(page: Page, *, within: str = "body", rules: Rules = RULES) -> list[str]:
    """What axe finds in a part of the page, one line for each element, and headings that skip a level."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    part = within if page.locator(within).count() else "body"
    return [*page.evaluate(VIOLATIONS, [part, rules]), *page.evaluate(SKIPPED)]


def cut_or_colliding(page: Page) -> list[str]:
    """What sticks out, is cut off or lies over something else."""
    return [fault for what in (OUTSIDE, CLIPPED, COLLIDING) for fault in page.evaluate(what)]


def beyond_the_keyboard(page: Page) -> list[str]:
    """Controls that the Tab key does not reach from where the focus is; those it has reached before are done."""
    page.evaluate("""() => { if (!window.reached) addEventListener("focusin", event => { event.target.dataset.reached = "yes"; });
                             window.reached = true; }""")
    controls = page.locator(CONTROLS)
    for _ in range(8 + controls.count() // 2):
        if not controls.evaluate_all(UNREACHED):
            return []
        for _ in range(8):
            page.keyboard.press("Tab")
    missed: list[str] = controls.evaluate_all(UNREACHED)
    return missed


def lost_in_forced_colours(page: Page) -> list[str]:
    """What cannot be told in the colours that a visitor has set for all pages."""
    return _found_with(page, CHOSEN, forced_colors="active")


def moving_though_unwanted(page: Page) -> list[str]:
    """What moves for a visitor who has asked for less motion."""
    return _found_with(page, MOVING, reduced_motion="reduce")


def wrong_on_paper(page: Page) -> list[str]:
    """What is printed and should not be, or is missing on paper."""
    return _found_with(page, ON_PAPER, media="print")


def _found_with(page: Page, script: str, **media: Any) -> list[str]:
    page.emulate_media(**media)
    found: list[str] = page.evaluate(script)
    page.emulate_media(**dict.fromkeys(media, "null"))
    return found
