"""Parts of a screen of which one is shown at a time: the others are not made before they are opened."""

from collections.abc import Callable, Mapping

from dashboard import link, screen


def show(parts: Mapping[str, tuple[str, Callable[[], None]]]) -> None:
    """Show buttons of which each opens a part of a screen; the address carries which is open as the word "tab".

    `st.tabs` looks the part, but was a third of what a browser makes anew at every change of any control.

    Where the address asks for one chart alone, every part is run, so that the chart is found whichever part it is in:
    no other chart is drawn then.

    Args:
        parts: name in the address -> words on the tab, and what shows the part.
    """
    shown = screen.current()
    if not shown.only:
        opened = link.segmented_control(
            "Part",
            list(parts),
            key="tab",
            default=next(iter(parts)),
            format_func=lambda name: parts[name][0],
            label_visibility="collapsed",
            wrap=True,
        )
        parts[opened][1]()
        return
    for name, (_, part) in parts.items():
        found_before = shown.found
        part()
        if shown.found and not found_before:
            shown.controls["tab"] = name
