"""Measures everything, or the parts named: `python -m benchmarks [part …]`; writes results.md and results.json."""

import sys
import time
from collections.abc import Callable

import click

from benchmarks import assets, build_growth, first_view, redraw, replicas, server_time, sessions, statistics
from benchmarks.measured import Part, save

PARTS: dict[str, Callable[[], Part]] = {
    "views": first_view.measure,
    "redraws": redraw.measure,
    "server": server_time.measure,
    "sessions": sessions.measure,
    "replicas": replicas.measure,
    "assets": assets.measure,
    "statistics": statistics.measure,
    "build": build_growth.measure,
}


@click.command()
@click.argument("parts", nargs=-1, type=click.Choice(list(PARTS)))
def main(parts: tuple[str, ...]) -> None:
    """Measure PARTS, or all of them; exit with 1 if a limit is not kept."""
    missed = 0
    for name in parts or PARTS:
        begun = time.perf_counter()
        part = PARTS[name]()
        save(part)
        over = [row for row in part.rows if row.met is False]
        missed += len(over)
        click.echo(
            f"{part.title}: {len(part.rows)} figures in {time.perf_counter() - begun:.0f} s, {len(over)} over their limit"
        )
        for row in over:
            click.echo(f"  {row.what}: {row.value:.3g} {row.unit}" + (f", ratio {row.ratio:.2f}" if row.ratio else ""))
    click.echo("Written: benchmarks/results.md, benchmarks/results.json")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main(prog_name="python -m benchmarks")
