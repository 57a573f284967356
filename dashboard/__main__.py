"""Starts the dashboard: `python -m dashboard`."""

import re
import signal
import sys
from contextlib import suppress

import click

from pipeline.errors import PipelineError

_SITE = re.compile(r"https?://[a-z0-9*.-]+(:[0-9*]+)?|\*|'self'|'none'", re.IGNORECASE)


def _sites(_: click.Context, __: click.Parameter, text: str) -> str:
    for site in text.split():
        if not _SITE.fullmatch(site):
            raise click.BadParameter(f"{site!r} is no site. Write it as https://www.example.org")
    return " ".join(text.split())


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    envvar="PORT",
    show_envvar=True,
    default=8501,
    show_default=True,
    help="Port to listen at; 0 takes any free one.",
)
@click.option(
    "--address",
    envvar="ADDRESS",
    show_envvar=True,
    default="127.0.0.1",
    show_default=True,
    help="Address to listen at; 0.0.0.0 lets other machines in.",
)
@click.option(
    "--metrics-port",
    type=click.IntRange(1, 65535),
    envvar="METRICS_PORT",
    show_envvar=True,
    help="Port for the figures that Prometheus reads; none without it.",
)
@click.option(
    "--most-visitors",
    type=click.IntRange(1),
    envvar="MOST_VISITORS",
    show_envvar=True,
    default=400,
    show_default=True,
    help="Connections served at once; whoever comes later is told to wait.",
)
@click.option(
    "--embedded-by",
    envvar="EMBEDDED_BY",
    show_envvar=True,
    callback=_sites,
    default="",
    help="Sites that may show a screen or chart inside a page of theirs, separated by blanks.",
)
def main(port: int, address: str, metrics_port: int | None, most_visitors: int, embedded_by: str) -> None:
    """Serve the dashboard until Ctrl-C."""
    # A service manager's stop (SIGTERM) ends as quietly as Ctrl-C, which a shell script's `&` would have switched off.
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.default_int_handler)
    # Streamlit takes a second to load: not before the words of the command are known to be right.
    from dashboard.server.app import dashboard_app  # noqa: PLC0415
    from dashboard.server.run import give_memory_back, listen, serve, shown_address  # noqa: PLC0415
    from dashboard.watching import metrics  # noqa: PLC0415

    try:
        with suppress(KeyboardInterrupt):
            give_memory_back()
            listening = listen(address, port)
            if metrics_port:
                metrics.offer(listen(address, metrics_port))
            app = dashboard_app(most_visitors=most_visitors, embedded_by=embedded_by)
            click.echo(f"The dashboard is at {shown_address(listening)} (Ctrl-C stops it).")
            serve(app, listening)
        click.echo("Stopped.")
    except PipelineError as error:
        click.echo(error.explain(), err=True)
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main(prog_name="python -m dashboard")
