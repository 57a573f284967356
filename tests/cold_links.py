"""Links that set every control of every screen, for the tests of screens with and without a browser."""

PROGRESS = {
    "sex": "male",
    "definition": "deprivation-regions",
    "baseline": "2012 to 2014",
    "target": "2038",
    "share": "0.75",
    "rule": "england",
    "path": "geometric",
    "model": "no-drift",
}
EVERY_CONTROL = [
    (
        "",
        {
            "definition": "deprivation-regions",
            "baseline": "2012 to 2014",
            "target": "2040",
            "model": "drift",
            "tab": "readings",
            "among": "baseline",
        },
    ),
    (
        "map",
        {
            "level": "region",
            "sex": "male",
            "measure": "change",
            "period": "2021 to 2023",
            "since": "2012 to 2014",
            "place": "E12000001",
        },
    ),
    (
        "map",
        {
            "level": "utla",
            "sex": "male",
            "view": "tiles",
            "measure": "difference",
            "periods": "four",
            "place": "E08000035",
        },
    ),
    (
        "progress",
        {
            **PROGRESS,
            "tab": "ages",
            "since": "2013 to 2015",
            "period": "2021 to 2023",
        },
    ),
    (
        "progress",
        {
            **PROGRESS,
            "tab": "scenarios",
            "beside": "/?definition=extreme-regions",
        },
    ),
    (
        "deprivation",
        {
            "sex": "male",
            "period": "2016 to 2018",
            "place": "E08000035",
            "tab": "slopes",
            "groups": "authorities",
            "index": "rii",
        },
    ),
    ("deprivation", {"sex": "male", "period": "2016 to 2018", "place": "E08000035", "tab": "places"}),
    (
        "place",
        {
            "place": "E08000016",
            "sex": "male",
            "definition": "extreme-regions",
            "target": "2036",
            "alike": "global",
            "layout": "page",
        },
    ),
    (
        "place",
        {
            "place": "E06000009",
            "sex": "male",
            "definition": "extreme-regions",
            "target": "2036",
            "layout": "screen",
            "alike": "economic",
            "tab": "peers",
        },
    ),
    (
        "place",
        {
            "place": "South Tees",
            "codes": "E06000002~E06000003",
            "sex": "male",
            "definition": "extreme-regions",
            "target": "2036",
            "layout": "screen",
            "tab": "compare",
            "compare": "E12000001~E06000001",
            "quantity": "le",
        },
    ),
    (
        "place",
        {
            "place": "E06000009",
            "sex": "male",
            "alike": "demographic",
            "definition": "extreme-regions",
            "target": "2036",
            "layout": "screen",
            "tab": "pair",
            "against": "E12000008",
            "baseline": "2012 to 2014",
        },
    ),
    (
        "levers",
        {
            "view": "gaps",
            "part": "Work",
            "department": "Department for Work and Pensions",
            "acts": "combined-authority",
            "term": "short",
            "block": "employment-rate",
        },
    ),
    (
        "levers",
        {
            "view": "health",
            "sex": "male",
            "part": "Income",
            "department": "HM Treasury",
            "acts": "local",
            "term": "short",
        },
    ),
    ("levers", {"view": "place", "place": "E08000035", "line": "smoking", "sex": "male"}),
    ("levers", {"view": "action", "case": "9.A", "sex": "male"}),
    (
        "slides",
        {
            "definition": "deprivation-regions",
            "baseline": "2012 to 2014",
            "target": "2038",
            "place": "E06000009",
            "shape": "square",
            "quantity": "le",
            "deck": "levelling.male,gap-path.female",
            "slide": "2",
        },
    ),
    ("data", {"part": "sources", "source": "hle/2026-02-19.csv"}),
    ("data", {"part": "releases", "sex": "male", "definition": "extreme-regions"}),
    ("data", {"part": "downloads", "table": "places"}),
    ("data", {"part": "methods", "section": "3"}),
]
"""Every control of every screen, and none at its default."""

COPIED = {"0.75": "75", "E08000016": "E08000038"}
"""What a link may say -> how the copied one says it: a share in per cent, a place by the code in force."""
