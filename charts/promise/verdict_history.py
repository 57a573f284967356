"""Chart `verdict-history`: what would have been said of the gap at each earlier period, on every definition."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, file_name, source_line
from charts.kit.drawing import Drawing
from charts.kit.marks import Mark, points
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import figures, intervals, yes_or_no
from charts.kit.theme import drawn
from pipeline.measures.gap.definitions import DEFINITIONS

SYMBOLS = {"Wider": "triangle-up", "No clear change": "circle", "Narrower": "triangle-down"}
ON_COURSE = ("On course", "Halved")
WORDS = ("course", "direction")


def verdict_history_chart(
    rows: pd.DataFrame, *, definition: str, release: str, build: str, palette: Palette = LIGHT
) -> Chart:
    """One row for each definition, one sign for each period: which way the gap had moved by then; changes of word are ringed.

    `rows`: table `verdict_history` for one sex; `definition`: the reader's own, in bold.
    """
    who = words.people(str(rows["sex"].iloc[0]))
    return Chart(
        id="verdict-history",
        drawing=_drawing(rows, definition, palette),
        title=f"{who.capitalize()}: {_finding(rows)}",
        subtitle=f"Direction of the gap for {who} as today's methods would have given it, by the last period then known; a ring "
        "marks a change of word",
        settings=f"Half of the gap of the baseline (2011 to 2013, or the first period) by 2034. {_course(rows)}",
        source=source_line(release=release, build=build),
        alt=_alt(rows, who),
        table=_table(rows),
        caveats=(
            "Figures of today's release up to each period, with variances fitted to those periods: what was published then had "
            "other values.",
            "A word needs four periods, so that nothing is said before 2014 to 2016.",
            "A word can change because a year of data came in: neighbouring periods share two of three years.",
        ),
        file_stem=file_name("verdict-history", who, build),
    )


def _finding(rows: pd.DataFrame) -> str:
    on = int(rows["course"].isin(ON_COURSE).sum())
    changes = int((rows["course_changed"] | rows["direction_changed"]).sum())
    course = "never on course" if not on else f"on course {on} of {len(rows)} times"
    changed = f"has changed {words.number_of(changes, 'time')}" if changes else "has never changed"
    return f"{course}, and the word {changed}"


def _course(rows: pd.DataFrame) -> str:
    counts = rows["course"].value_counts()
    return f"Course: {', '.join(f'{str(word).lower()} {count} times' for word, count in counts.items())}."


def _drawing(rows: pd.DataFrame, definition: str, palette: Palette) -> Drawing:
    names = [name for name in DEFINITIONS if name in set(rows["definition"])]
    periods = sorted(rows["period"].unique())
    placed = rows.assign(
        y=[DEFINITIONS[name].short_label for name in rows["definition"]],
        said=[f"{row['period']}: {row['direction']}<br>{row['course']}" for row in rows.to_dict("records")],
    )
    colours = {"Wider": palette.worse_off, "No clear change": palette.quiet, "Narrower": palette.better_off}
    changed = placed[placed["course_changed"] | placed["direction_changed"]]
    labels = [DEFINITIONS[name].short_label for name in names]
    layout = {
        "xaxis": {
            "tickvals": [int(period[-4:]) for period in periods],
            "ticktext": [period.replace(" to ", " to<br>") if i % 4 == 0 else "" for i, period in enumerate(periods)],
            "tickangle": 0,
            "zeroline": False,
            "range": [int(periods[0][-4:]) - 0.5, int(periods[-1][-4:]) + 0.5],
        },
        "yaxis": {
            "type": "category",
            "categoryarray": labels,
            "tickvals": labels,
            "ticktext": [
                f"<b>{text}</b>" if name == definition else text
                for name, text in zip(names, (label.replace(", ", ",<br>") for label in labels), strict=True)
            ],
            "tickfont": {"size": 13},
            "range": [len(names) - 0.4, -0.6],
        },
    }
    signs = [
        _signs(placed[placed["direction"] == word], word, symbol, colours[word]) for word, symbol in SYMBOLS.items()
    ]
    return drawn([*signs, _rings(changed, palette)], palette, height=150 + 44 * len(names), layout=layout)


def _signs(rows: pd.DataFrame, name: str, symbol: str, colour: str) -> Mark:
    size = 10 if name == "No clear change" else 17
    return points(
        rows["period_end"],
        rows["y"],
        hover="%{customdata}",
        name=name,
        customdata=rows["said"],
        cliponaxis=False,
        marker={"symbol": symbol, "size": size, "color": colour},
    )


def _rings(rows: pd.DataFrame, palette: Palette) -> Mark:
    return points(
        rows["period_end"],
        rows["y"],
        hover="%{customdata}",
        name="Word changed",
        customdata=rows["said"],
        cliponaxis=False,
        marker={"symbol": "circle-open", "size": 28, "color": palette.ink, "line": {"width": 2, "color": palette.ink}},
    )


def _alt(rows: pd.DataFrame, who: str) -> str:
    changed = rows[rows["course_changed"] | rows["direction_changed"]]
    said = "; ".join(
        f"{DEFINITIONS[row['definition']].short_label}, {row['period']}: {row['course'].lower()}, {row['direction'].lower()}"
        for row in changed.to_dict("records")
    )
    return (
        f"Grid of signs for the direction of the gap for {who}, {rows['definition'].nunique()} definitions by "
        f"{rows['period'].nunique()} periods from {rows['period'].min()} to {rows['period'].max()}. {_course(rows)} "
        f"Changes of word: {len(changed)}{f' ({said})' if said else ''}."
    )


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    return figures(
        rows,
        {
            "Definition": [DEFINITIONS[name].label for name in rows["definition"]],
            "Last period then known": "period",
            "Gap (years)": "gap_years",
            "Course": "course",
            "Chance of halving by 2034": rows["probability"].map(words.percent),
            "Direction": "direction",
            "95% interval of the pace (years a year)": intervals(rows, "wandering", 2),
            "Word changed": yes_or_no(rows["course_changed"] | rows["direction_changed"]),
        },
    )


def by_release_table(rows: pd.DataFrame) -> pd.DataFrame:
    """What each release would have given for one definition: a row for each, the newest first; women and men.

    `rows`: table `verdicts_by_release` for the definition.
    """
    newest_first = sorted(rows["release"].unique(), reverse=True)
    by_sex = {sex: rows[rows["sex"] == sex].set_index("release").loc[newest_first] for sex in words.PEOPLE}
    periods = next(iter(by_sex.values()))["period"]
    return pd.DataFrame(
        {"Released": [words.day(release) for release in newest_first], "Latest period": periods.to_numpy()}
        | {
            words.people(sex).capitalize(): [_said_then(row) for row in own.to_dict("records")]
            for sex, own in by_sex.items()
        }
    )


def _said_then(row: Mapping[Hashable, Any]) -> str:
    changed = [f"{row[word].lower()} (a change)" if row[f"{word}_changed"] else row[word].lower() for word in WORDS]
    return f"{words.years(row['gap_years'])}: {', '.join(changed)}"
