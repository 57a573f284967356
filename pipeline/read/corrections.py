"""Known errors in the figures we were given, each corrected for a stated reason and only while it is still there."""

from dataclasses import dataclass

import pandas as pd

from pipeline.errors import SourceChanged


@dataclass(frozen=True, kw_only=True)
class RegionCorrection:
    """An authority that a lookup puts into the wrong region."""

    area_code: str
    area_name: str
    given: str
    right: str
    reason: str


REGIONS = tuple(
    RegionCorrection(
        area_code=area_code,
        area_name=area_name,
        given="E12000004",
        right="E12000003",
        reason="Lies in Yorkshire and The Humber; the lookup gives it the East Midlands because its combined authority, "
        "Greater Lincolnshire, lies mostly there.",
    )
    for area_code, area_name in (("E06000012", "North East Lincolnshire"), ("E06000013", "North Lincolnshire"))
)


def corrected_regions(lookup: pd.DataFrame) -> pd.DataFrame:
    """The lookup with the known wrong regions put right.

    Raises:
        SourceChanged: an error is no longer there; its correction must then be deleted.
    """
    fixed = lookup.copy()
    for correction in REGIONS:
        here = fixed["area_code"] == correction.area_code
        if set(fixed.loc[here, "region_code"]) != {correction.given}:
            raise SourceChanged(
                f"{correction.area_name} is no longer in region {correction.given}: the known error has been mended.",
                where="pipeline/read/corrections.py",
                do=f"Delete the correction of {correction.area_code} from REGIONS and run the command again.",
            )
        fixed.loc[here, "region_code"] = correction.right
    return fixed
