"""A place that is a set of authorities: named in law, or the reader's own, as the words of an address give it."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from pipeline.areas import COUNTED_WITH, ENDED, ENGLAND, GROUP, WITHOUT_HLE, code_in_force
from pipeline.errors import UsageError
from pipeline.geography.groups import NAMED_GROUPS

BETWEEN = "~"
"""What stands between codes in an address."""
MOST_AUTHORITIES, LONGEST_NAME, NAMED = 60, 60, 5
"""Authorities of a group, letters of its name, and how many codes a message names."""
_NAME = re.compile(r"[^\W_](?:[^\W_]|[ .,'\N{RIGHT SINGLE QUOTATION MARK}()&/-])*")


@dataclass(frozen=True, kw_only=True)
class Group:
    """A set of authorities with a name."""

    code: str
    """What stands for it where an area has its code: our name of a group in law, the reader's name of their own."""
    name: str
    authorities: tuple[str, ...]
    published_as: str = ""
    """Code of the published area that has exactly these authorities; empty where there is none."""

    @property
    def with_hle(self) -> tuple[str, ...]:
        """The authorities that have healthy life expectancy."""
        return tuple(code for code in self.authorities if code not in WITHOUT_HLE)

    @property
    def left_out(self) -> tuple[str, ...]:
        """The authorities without healthy life expectancy whose neighbour is not in the group."""
        return tuple(
            code for code in self.authorities if code in WITHOUT_HLE and COUNTED_WITH[code] not in self.authorities
        )


def group_of(areas: pd.DataFrame, place: str, codes: str = "") -> Group | None:
    """The group that the words of an address name; None where they name a published area, or nothing.

    Args:
        areas: table `areas`.
        place: code of an area, our name of a group in law, or the name of the reader's own area.
        codes: codes of the reader's own area with `BETWEEN` between them; empty for any other place.

    Raises:
        UsageError: the reader's own area has no usable name, or codes that are unknown, repeated, overlapping or too many.
    """
    if codes:
        return own_group(areas, name=place, codes=codes.split(BETWEEN))
    named = NAMED_GROUPS.get(place)
    if named is None:
        return None
    return Group(
        code=named.group,
        name=named.name,
        authorities=named.authorities,
        published_as=_published_as(areas, named.authorities),
    )


def own_group(areas: pd.DataFrame, *, name: str, codes: Sequence[str]) -> Group:
    """The reader's own area of authorities, or of regions and combined authorities that stand for theirs.

    Raises:
        UsageError: as `group_of`.
    """
    published = areas[areas["area_type"] != GROUP]
    told = _usable_name(published, name)
    authorities = _usable_codes(published, codes)
    return Group(code=told, name=told, authorities=authorities, published_as=_published_as(published, authorities))


def authorities_in(areas: pd.DataFrame, code: str) -> tuple[str, ...]:
    """Codes of the authorities that make up an area of table `areas`, in the order of the table: itself for an authority."""
    if "authorities" in areas:
        written = areas.loc[areas["area_code"] == code, "authorities"].dropna()
        if len(written):
            return tuple(written.iloc[0].split())
    return _members(areas).get(code, ())


def _members(areas: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Code of every published area -> codes of its authorities."""
    found: dict[str, list[str]] = {}
    columns = (areas[name] for name in ("area_type", "area_code", "region_code", "combined_authority_code"))
    for area_type, authority, *holders in zip(*columns, strict=True):
        if area_type == "utla":
            for code in (authority, ENGLAND, *(holder for holder in holders if pd.notna(holder))):
                found.setdefault(str(code), []).append(str(authority))
    return {code: tuple(authorities) for code, authorities in found.items()}


def _usable_name(areas: pd.DataFrame, name: str) -> str:
    told = " ".join(name.split())
    if not told:
        raise UsageError("Your own area has no name.", do="Give it a name.")
    if len(told) > LONGEST_NAME:
        raise UsageError(
            f"The name of your own area has {len(told)} letters, more than {LONGEST_NAME}.",
            do="Give it a shorter name.",
        )
    if not _NAME.fullmatch(told):
        raise UsageError(
            "The name of your own area holds signs that a name cannot have.",
            do="Use letters, digits, blanks and . , ' ( ) & / - only, and begin with a letter or digit.",
        )
    taken = {*areas["area_name"], *areas["area_code"], *NAMED_GROUPS, *(one.name for one in NAMED_GROUPS.values())}
    if told.casefold() in {one.casefold() for one in taken}:
        raise UsageError(f"{told} is the name of a published place.", do="Give your own area another name.")
    return told


def _usable_codes(areas: pd.DataFrame, codes: Sequence[str]) -> tuple[str, ...]:
    asked = [code_in_force(code.strip().upper()) for code in codes if code.strip()]
    if not asked:
        raise UsageError("Your own area has no authorities.", do="Choose one or more.")
    if len(asked) > MOST_AUTHORITIES:
        raise UsageError(
            f"Your own area has {len(asked)} codes, more than {MOST_AUTHORITIES}.", do="Choose fewer authorities."
        )
    unknown = [code for code in asked if code not in set(areas["area_code"]) - {ENGLAND}]
    if unknown:
        raise UsageError(
            f"Your own area has codes that are no authority in England today: {_named(unknown)}.{_ended(unknown)}",
            do="Use the codes of upper-tier authorities, as in areas.csv.",
        )
    members = _members(areas)
    _refuse_twice(members, asked)
    found = [authority for code in asked for authority in members[code]]
    if len(found) > MOST_AUTHORITIES:
        raise UsageError(
            f"Your own area has {len(found)} authorities, more than {MOST_AUTHORITIES}.", do="Choose fewer authorities."
        )
    if set(found) <= set(WITHOUT_HLE):
        raise UsageError(
            "No healthy life expectancy is published for any authority of your own area.", do="Choose others too."
        )
    return tuple(sorted(found))


def _refuse_twice(members: Mapping[str, Sequence[str]], asked: Sequence[str]) -> None:
    """Refuse codes that are repeated, and areas that share an authority."""
    repeated = {code for code in asked if asked.count(code) > 1}
    if repeated:
        raise UsageError(f"Your own area names {_named(repeated)} more than once.", do="Name each authority once.")
    held: dict[str, str] = {}
    for code in asked:
        for authority in members[code]:
            if authority in held:
                raise UsageError(
                    f"Your own area names {_named([held[authority], code])}, which overlap: both hold {authority}.",
                    do="Name each authority once.",
                )
            held[authority] = code


def _published_as(areas: pd.DataFrame, authorities: Collection[str]) -> str:
    """Code of the area in the tables that has exactly these authorities, or ""."""
    own = set(authorities)
    return next((code for code, held in _members(areas).items() if set(held) == own), "")


def _named(codes: Collection[str]) -> str:
    """Codes in a message: letters and digits alone, a few of them."""
    shown = [re.sub(r"[^A-Za-z0-9]", "", code)[:12] or "one without letters" for code in sorted(codes)]
    more = f" and {len(shown) - NAMED} more" if len(shown) > NAMED else ""
    return f"{', '.join(shown[:NAMED])}{more}"


def _ended(codes: Sequence[str]) -> str:
    return "".join(f" {code} was the code of {ENDED[code]}." for code in codes[:NAMED] if code in ENDED)
