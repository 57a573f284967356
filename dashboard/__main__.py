"""Starts the dashboard: `python -m dashboard`."""

import signal
import sys
from contextlib import suppress

import click

from pipeline.errors import PipelineError


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
def main(port: int, address: str) -> None:
    """Serve the dashboard until Ctrl-C."""
    # A service manager's stop (SIGTERM) ends as quietly as Ctrl-C, which a shell script's `&` would have switched off.
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.default_int_handler)
    # Streamlit takes a second to load: not before the words of the command are known to be right.
    from dashboard.server.app import dashboard_app  # noqa: PLC0415
    from dashboard.server.run import listen, serve, shown_address  # noqa: PLC0415

    try:
        with suppress(KeyboardInterrupt):
            listening = listen(address, port)
            app = dashboard_app()
            click.echo(f"The dashboard is at {shown_address(listening)} (Ctrl-C stops it).")
            serve(app, listening)
        click.echo("Stopped.")
    except PipelineError as error:
        click.echo(error.explain(), err=True)
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main(prog_name="python -m dashboard")
