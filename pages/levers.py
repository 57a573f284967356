"""Levers: which building blocks of health are unequal, who holds them, and what have places done?"""

from dashboard import shell
from dashboard.levers import views as levers

TERMS = (
    *(
        "building-blocks",
        "fifth",
        "imd",
        "hle",
        "interval",
        "similar",
        "combined-authority",
        "local-action",
        "expected",
    ),
    "held",
)

with shell.page(
    "Levers",
    "What is healthy life made of, who can act on it, and what have places done?",
    terms=TERMS,
) as figures:
    levers.show(levers.view(), figures)
