"""Women's and men's charts of one view, on one scale."""

from collections.abc import Sequence

from charts.catalogue.catalogue import Shot
from charts.catalogue.view import View
from charts.kit.chart import Chart
from charts.kit.scales import on_one_scale

Shown = tuple[Shot, Chart]


def on_scales_of_pairs(drawn: Sequence[Shown]) -> list[Shown]:
    """The charts in the same order, women's and men's of the same view with axes that reach equally far."""
    scaled = list(drawn)
    views: dict[tuple[str, View], list[int]] = {}
    for i, (shot, _) in enumerate(drawn):
        views.setdefault((shot.entry.id, shot.view.with_settings(sex="")), []).append(i)
    for alike in views.values():
        for i, chart in zip(alike, on_one_scale([drawn[i][1] for i in alike]), strict=True):
            scaled[i] = (drawn[i][0], chart)
    return scaled
