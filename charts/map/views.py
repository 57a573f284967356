"""What a map is of: measure, areas, people, period and form."""

from dataclasses import dataclass

from charts.kit import words
from charts.map.measures import MEASURES, MapMeasure


@dataclass(frozen=True, kw_only=True)
class MapView:
    """What a map is of."""

    measure: str
    """A key of `MEASURES`."""
    area_type: str
    sex: str
    period: str
    since: str = ""
    """The earlier period of a change; "" for none."""
    form: str = "map"
    """Land ("map") or squares of one size ("tiles"); only authorities are drawn as tiles."""
    selected: str = ""
    """Code of a place to outline, or ""."""

    @property
    def on_tiles(self) -> bool:
        """Whether authorities are drawn as tiles."""
        return self.form == "tiles" and self.area_type == "utla"

    @property
    def shows(self) -> MapMeasure:
        """The measure."""
        return MEASURES[self.measure]

    @property
    def who(self) -> str:
        """ "women" or "men"."""
        return words.people(self.sex)

    @property
    def level(self) -> str:
        """The areas in running text: "authorities", "combined authorities"."""
        return words.LEVELS[self.area_type].lower().removeprefix("local ")

    @property
    def when(self) -> str:
        """The period, or both of a change: "2011 to 2013 up to 2022 to 2024"."""
        return f"{self.since} up to {self.period}" if self.measure == "change" else self.period
