"""Exports charts: `python -m charts export|publish|site|list`."""

from charts.export.cli import main

if __name__ == "__main__":
    main(prog_name="python -m charts")
