"""Changes that touch an authority, in words: what its figures cover before and after, and what is to come."""

from collections.abc import Mapping, Sequence
from datetime import date

from pipeline.succession import CARRIES_ON, SUCCESSION, Succession

_STAYED = {
    "boundary": "A stretch of the boundary between {both} moved in {year}, and {new_name} got a new code (it was {old_code}). Figures of "
    "earlier files are shown under the code in force.",
    "one-tier": "{new_name} became one authority in {year} in place of a county and its districts (it was {old_code}). The "
    "outer boundary stayed.",
    "name": "{new_name} was called {old_name} until {year} (code {old_code}).",
}


def changes() -> Mapping[str, str]:
    """Code in force -> what changed, with the law. Only changes since 2011, where the figures begin."""
    formed: dict[str, list[Succession]] = {}
    for row in SUCCESSION:
        if row.new_code and row.old_code and row.is_authority:
            formed.setdefault(row.new_code, []).append(row)
    return {code: f"{_what_changed(rows)} {rows[0].law}." for code, rows in formed.items()}


def _what_changed(rows: Sequence[Succession]) -> str:
    first = rows[0]
    if first.change in CARRIES_ON:
        both = _listed([row.new_name for row in SUCCESSION if row.law == first.law])
        return _STAYED[first.change].format(**vars(first), year=first.year, both=both)
    return (
        f"{first.new_name} was formed in {first.year} from {_listed([_part(row) for row in rows])}. Releases before then have "
        "figures for what it was formed from only."
    )


def _part(row: Succession) -> str:
    return f"{'part of ' if row.change == 'split' else ''}{row.old_name} ({row.old_code})"


def announced(code: str) -> str:
    """What is to become of an area, with the day and the law; "" where nothing is announced.

    It holds until ONS publishes figures under the new codes, so it names a day and no tense.
    """
    own = [row for row in SUCCESSION if row.old_code == code and not row.new_code]
    if not own:
        return ""
    new = [row.new_name for row in own]
    old = dict.fromkeys(
        row.old_name for row in SUCCESSION if row.new_name in new and not row.new_code and row.is_authority
    )
    day = date.fromisoformat(own[0].from_date)
    law = own[0].law
    return (
        f"{_listed(new)} {'replaces' if len(new) == 1 else 'replace'} {_listed(list(old))} from {day.day} {day:%B %Y} "
        f"({law}). No figures are published for {'it' if len(new) == 1 else 'them'} yet, so {own[0].old_name} is shown with its "
        "whole history."
    )


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
