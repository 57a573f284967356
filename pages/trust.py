"""How far to trust this: what the dashboard is for, what it assumes, how it was checked, and what it cannot say."""

from dashboard import shell
from dashboard.data import assurance

TERMS = (
    *(
        "hle",
        "gap",
        "verdict",
        "interval",
        "forecast",
        "pace",
        "baseline",
        "period",
        "small-area",
        "decile",
        "authority",
    ),
    *("building-blocks", "release", "reading", "milestone"),
)

with shell.page(
    "How far to trust this", "What is this for, what does it rest on, and what can it not say?", terms=TERMS
) as current:
    assurance.show(current)
