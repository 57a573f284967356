"""What visitors are likely to choose next is drawn before they do, every choice of it, and without one error."""

import time

from running import counted, dashboard, until_ready

STANDS_STILL_SECONDS = 60
"""So long without one more drawn means that it has stopped."""


def test_likely_choices_are_drawn_before_they_are_made() -> None:
    with dashboard(DRAW_AHEAD="yes") as running:
        first = to_come = until_ready(running).json()["to_draw_ahead"]
        moved = time.monotonic()
        while to_come and time.monotonic() - moved < STANDS_STILL_SECONDS:
            time.sleep(0.2)
            now = until_ready(running).json()["to_draw_ahead"]
            if now < to_come:
                to_come, moved = now, time.monotonic()
        errors = counted(running).get("dashboard_errors_total", 0)
    assert first > 10
    assert to_come == 0
    assert errors == 0
