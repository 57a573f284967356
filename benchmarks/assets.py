"""What the maps send, against the map files of two other dashboards of English figures."""

import gzip

from benchmarks.measured import Part, Row
from benchmarks.servers import ROOT

FINGERTIPS_NEXT_KB = 1010
"""Authority boundaries of FingertipsNext in gzip, read from its repository in 2026 (3,386 kB before compression)."""

EXPLORE_LOCAL_STATISTICS_KB = 216
"""Boundaries of all UK levels of ONS Explore Local Statistics in gzip, read in 2026 (705 kB before compression)."""


def measure() -> Part:
    """Measure the boundary files."""
    part = Part(
        "assets",
        "Map files",
        "Each file in gzip at its strongest, as the server sends it. FingertipsNext's and ONS Explore Local Statistics' "
        "files are those of their repositories in 2026; the latter's hold all levels of the UK in one.",
    )
    for file in sorted((ROOT / "static" / "boundaries").glob("*.geojson")):
        size = len(gzip.compress(file.read_bytes(), compresslevel=9, mtime=0)) / 1000
        if file.stem == "utla":
            part.rows += [
                Row(
                    what="authorities, against FingertipsNext",
                    value=size,
                    unit="kB",
                    reference=FINGERTIPS_NEXT_KB,
                    at_most=60,
                ),
                Row(
                    what="authorities, against Explore Local Statistics",
                    value=size,
                    unit="kB",
                    reference=EXPLORE_LOCAL_STATISTICS_KB,
                    at_most=1 / 3,
                    limit_on_ratio=True,
                ),
            ]
        else:
            part.rows.append(Row(what=file.stem, value=size, unit="kB"))
    return part
