"""Text that a spreadsheet must not take for a formula."""

from pipeline.tables.contract import FORMULA_STARTS

_STARTS = (*FORMULA_STARTS, "\t", "\r")


def inert(value: object) -> object:
    """A cell's value unchanged, or with an apostrophe before text that a spreadsheet would run as a formula.

    Numbers stay numbers; a text that is a number ("-1.2") stays as it is, since reading it as a number does no harm.
    """
    if not isinstance(value, str) or not value.startswith(_STARTS):
        return value
    try:
        float(value)
    except ValueError:
        return f"'{value}"
    return value
