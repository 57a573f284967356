"""What visitors are likely to choose next is drawn before they do, every choice of it, and without one error."""

import time

from running import counted, dashboard, until_ready


def test_likely_choices_are_drawn_before_they_are_made() -> None:
    with dashboard(DRAW_AHEAD="yes") as running:
        to_come = [until_ready(running).json()["to_draw_ahead"]]
        for _ in range(300):
            if to_come[-1] == 0:
                break
            time.sleep(0.2)
            to_come.append(until_ready(running).json()["to_draw_ahead"])
        errors = counted(running).get("dashboard_errors_total", 0)
    assert to_come[0] > 10
    assert to_come[-1] == 0
    assert errors == 0
