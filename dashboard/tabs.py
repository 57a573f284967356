"""Parts of a screen of which one is shown at a time: the others are not made before they are opened."""

from collections.abc import Callable, Mapping

from dashboard import link, screen


def show(parts: Mapping[str, tuple[str, Callable[[], None]]]) -> None:
    """Show parts of a screen as tabs; the address carries which is open as the word "tab".

    Where the address asks for one chart alone, every part is run, so that the chart is found whichever part it is in:
    no other chart is drawn then.

    Args:
        parts: name in the address -> words on the tab, and what shows the part.
    """
    shown = screen.current()
    if not shown.only:
        tabs = link.tabs({name: words for name, (words, _) in parts.items()}, key="tab")
        for tab, (_, part) in zip(tabs, parts.values(), strict=True):
            if tab.open:
                with tab:
                    part()
        return
    for name, (_, part) in parts.items():
        found_before = shown.found
        part()
        if shown.found and not found_before:
            shown.controls["tab"] = name
