"""Names of authorities and of tenths, short enough for an axis."""

LONGEST = 16
"""Letters that fit on one line beside a plot."""


def on_two_lines(name: str) -> str:
    """A long name broken at the blank nearest to its middle; a short one as it is."""
    if len(name) <= LONGEST:
        return name
    middle = min((i for i, letter in enumerate(name) if letter == " "), key=lambda i: abs(i - len(name) / 2))
    return f"{name[:middle]}<br>{name[middle + 1 :]}"


def tenth(decile: int) -> str:
    """Name of a tenth by deprivation: "1, most", "2", ..., "10, least"."""
    return {1: "1, most", 10: "10, least"}.get(decile, str(decile))
