"""Chart `place-ranks`: the ranks by healthy life expectancy that one authority may hold."""

from collections.abc import Sequence

import pandas as pd

from charts.kit import words
from charts.kit.chart import Chart, file_name, source_line
from charts.kit.drawing import Drawing
from charts.kit.marks import Mark, above_plot, error_bars, note, points, tinted
from charts.kit.palette import LIGHT, Palette
from charts.kit.table import Record, figures
from charts.kit.theme import drawn
from pipeline.answers.place.profile import Place


def place_ranks(rows: pd.DataFrame, place: Place, *, of: int, build: str, palette: Palette = LIGHT) -> Chart:
    """95% intervals of the rank among `of` authorities, women and men; 1st is the highest HLE.

    `rows`: table `places` of the authority, one row per sex.
    """
    ranked = rows.to_dict("records")
    period, people = str(ranked[0]["period"]), [words.people(str(row["sex"])) for row in ranked]
    chances = dict(zip(people, (words.percent(float(row["p_lowest_fifth"])) for row in ranked), strict=True))
    said = "; ".join(
        f"{who} {_range(row)}, {chances[who]} chance of the lowest fifth"
        for who, row in zip(people, ranked, strict=True)
    )
    return Chart(
        id="place-ranks",
        drawing=_drawing(ranked, of, palette),
        title=f"{place.name}: {', '.join(f'{who} {_range(row)}' for who, row in zip(people, ranked, strict=True))} of {of}",
        subtitle=f"Ranks by healthy life expectancy at birth that fit the figures, {period}, 95% intervals",
        settings=f"Rank among {of} authorities, 1st is the highest. Chance of the lowest fifth: "
        f"{', '.join(f'{who} {chance}' for who, chance in chances.items())}. From 10,000 simulated sets of figures.",
        source=source_line(release=str(ranked[0]["release"]), build=build),
        alt=f"Two lines of possible ranks among {of} authorities, {period}: {said}.",
        table=figures(
            rows,
            {
                "Sex": [who.capitalize() for who in people],
                "Best rank (95%)": "rank_lci_95",
                "Worst rank (95%)": "rank_uci_95",
                "Probability of the lowest fifth": "p_lowest_fifth",
            },
            decimals=4,
        ),
        caveats=(
            "A single rank is not given: the figures are too uncertain to tell most authorities apart.",
            "Figures are first moved towards the average as far as chance explains them, so that a range holds the true rank about 95 "
            "times in 100.",
        ),
        file_stem=file_name("place-ranks", place.name, period),
    )


def _drawing(ranked: Sequence[Record], of: int, palette: Palette) -> Drawing:
    last = of + 0.5
    lowest_fifth = {
        "type": "rect",
        **{"x0": last - round(of / 5), "x1": last, "xref": "x", "y0": 0, "y1": 1, "yref": "y domain"},
        "fillcolor": tinted(palette.worse_off, 0.18),
        "line": {"width": 0},
        "layer": "below",
    }
    layout = {
        "margin": {"t": 34, "r": 36},  # room for the last rank, which is left out where it does not fit
        "shapes": [lowest_fifth],
        "annotations": [
            *(_rank_words(row, of, palette) for row in ranked),
            above_plot(last, "Lowest fifth", xanchor="right"),
        ],
        "xaxis": {
            "range": [0.5, last],
            "tickvals": [1, 50, 100, of],
            "ticktext": ["1st<br>highest", "50th", "100th", f"{_ordinal(of)}<br>lowest"],
        },
        "yaxis": {"range": [1.6, -0.9], "showgrid": False},  # room above each line for its words
    }
    return drawn([_rank_range(row, palette) for row in ranked], palette, height=220, layout=layout)


def _rank_range(row: Record, palette: Palette) -> Mark:
    """A line from the best to the worst rank; its middle is no estimate of a rank and is not marked."""
    name, best, worst = words.people(str(row["sex"])).capitalize(), row["rank_lci_95"], row["rank_uci_95"]
    return points(
        [(best + worst) / 2],
        [name],
        hover=f"{name}: {_range(row)}",
        name=name,
        marker={"size": 10, "opacity": 0, "color": palette.gap},
        error_x=error_bars([(best + worst) / 2], [best], [worst], palette.gap, thickness=6),
        cliponaxis=False,
        showlegend=False,
    )


def _rank_words(row: Record, of: int, palette: Palette) -> Mark:
    best, worst = row["rank_lci_95"], row["rank_uci_95"]
    at, anchor = (
        (worst, "right") if worst > 0.8 * of else (best, "left") if best < 0.2 * of else ((best + worst) / 2, "center")
    )
    who, text = words.people(str(row["sex"])).capitalize(), f"<b>{_range(row)}</b>"
    return note(at, who, text, yshift=18, xanchor=anchor, size=15, colour=palette.ink)


def _range(row: Record) -> str:
    return f"{_ordinal(row['rank_lci_95'])} to {_ordinal(row['rank_uci_95'])}"


def _ordinal(rank: float) -> str:
    number = int(rank)
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
