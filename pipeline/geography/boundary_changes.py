"""Boundary changes that touch an authority in force, in words: what its figures cover before and after."""

from collections.abc import Mapping

CHANGES: Mapping[str, str] = {
    "E08000038": "A stretch of the boundary between Barnsley and Sheffield moved in 2025, and both got new codes (Barnsley "
    "was E08000016). Figures of earlier files are shown under the code in force.",
    "E08000039": "A stretch of the boundary between Barnsley and Sheffield moved in 2025, and both got new codes (Sheffield "
    "was E08000019). Figures of earlier files are shown under the code in force.",
    "E06000063": "Cumberland was formed in 2023, when Cumbria was divided in two. Releases before then have figures for "
    "Cumbria only (E10000006).",
    "E06000064": "Westmorland and Furness was formed in 2023, when Cumbria was divided in two. Releases before then have "
    "figures for Cumbria only (E10000006).",
    "E06000065": "North Yorkshire became one authority in 2023 in place of a county and its districts (it was E10000023). The "
    "outer boundary stayed.",
    "E06000066": "Somerset became one authority in 2023 in place of a county and its districts (it was E10000027). The outer "
    "boundary stayed.",
    "E06000061": "North Northamptonshire was formed in 2021, when Northamptonshire (E10000021) was divided in two.",
    "E06000062": "West Northamptonshire was formed in 2021, when Northamptonshire (E10000021) was divided in two.",
    "E06000060": "Buckinghamshire became one authority in 2020 in place of a county and its districts (it was E10000002). The "
    "outer boundary stayed.",
    "E06000058": "Bournemouth, Christchurch and Poole was formed in 2019 from Bournemouth (E06000028), Poole (E06000029) and "
    "Christchurch, which had belonged to Dorset.",
    "E06000059": "Dorset became one authority in 2019, without Christchurch (the county before it was E10000009).",
    "E06000057": "The boundary between Northumberland and Gateshead moved slightly in 2013, and both got new codes "
    "(Northumberland was E06000048).",
    "E08000037": "The boundary between Northumberland and Gateshead moved slightly in 2013, and both got new codes (Gateshead "
    "was E08000020).",
}
"""Code in force -> what changed. Only changes since 2011, where the figures begin."""
