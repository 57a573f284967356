"""Names of people and of ends of a gap as running text has them."""

PEOPLE = {"female": "women", "male": "men"}
REGIONS_WITH_ARTICLE = {
    "East Midlands",
    "East of England",
    "North East",
    "North West",
    "South East",
    "South West",
    "West Midlands",
}


def running_name(area_name: str) -> str:
    """An area's name in running text: "the North East", "London"; only some English regions need an article."""
    if area_name == "Yorkshire and The Humber":
        return "Yorkshire and the Humber"
    return f"the {area_name}" if area_name in REGIONS_WITH_ARTICLE else area_name


def running_end(name: str) -> str:
    """An end of the gap in running text: "the North East", "the least deprived fifth"."""
    is_group = name.split(maxsplit=1)[0] in {"Least", "Most"} or name[0].isdigit()
    return f"the {name[0].lower()}{name[1:]}" if is_group else running_name(name)
