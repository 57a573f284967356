"""Measures everything, or the parts named: `python -m benchmarks [part …]`; writes results.md."""

import sys
import time
from collections.abc import Callable

import click

from benchmarks import (
    addresses,
    ask,
    build,
    change,
    connections,
    crowd,
    server_time,
    soak,
    start,
    static,
    statistics,
    views,
)
from benchmarks.measured import RESULTS, Part, save

PARTS: dict[str, Callable[[], Part]] = {
    "start": start.measure,
    "views": views.measure,
    "change": change.measure,
    "server": server_time.measure,
    "crowd": crowd.measure,
    "connections": connections.measure,
    "addresses": addresses.measure,
    "soak": soak.measure,
    "static": static.measure,
    "statistics": statistics.measure,
    "build": build.measure,
    "ask": ask.measure,
}


@click.command()
@click.argument("parts", nargs=-1, type=click.Choice(list(PARTS)))
def main(parts: tuple[str, ...]) -> None:
    """Measure PARTS, or all of them; exit with 1 if a limit is not kept."""
    missed = 0
    if not parts:
        RESULTS.unlink(missing_ok=True)
    for name in parts or PARTS:
        begun = time.perf_counter()
        part = PARTS[name]()
        save(part)
        click.echo(f"\n{part.title} ({time.perf_counter() - begun:.0f} s)")
        for row in part.rows:
            click.echo("  {}: limit {}, measured {} (against {}: {}), kept {}".format(*row.cells()))
        missed += sum(row.kept is False for row in part.rows)
    click.echo(f"\n{missed} limits not kept. Written: benchmarks/results.md")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main(prog_name="python -m benchmarks")
