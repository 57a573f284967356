"""Who can act on which building block of health: facts written by hand, each with the law or document it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Capital = Literal["financial and physical", "human", "social", "natural"]
Level = Literal["national", "combined-authority", "local"]
Horizon = Literal["short", "long"]
Polarity = Literal["high-is-good", "high-is-bad"]

SIGNS: Mapping[str, int] = {"high-is-good": 1, "high-is-bad": -1}
"""Polarity -> what a value is multiplied by so that more is better."""

DWP = "Department for Work and Pensions"
DFE = "Department for Education"
DBT = "Department for Business and Trade"
DCMS = "Department for Culture, Media and Sport"
DEFRA = "Department for Environment, Food and Rural Affairs"
DESNZ = "Department for Energy Security and Net Zero"
DFT = "Department for Transport"
DHSC = "Department of Health and Social Care"
MHCLG = "Ministry of Housing, Communities and Local Government"
TREASURY = "HM Treasury"

EVERY_LEVEL: tuple[Level, ...] = ("national", "combined-authority", "local")
COUNCILS: tuple[Level, ...] = ("national", "local")
MAYORS: tuple[Level, ...] = ("national", "combined-authority")

_EMPLOYMENT = (
    "DWP runs Jobcentre Plus and employment support; its guidance on local Get Britain Working plans (April 2025) has "
    "combined authorities and councils plan with it"
)
_GROWTH = (
    "Growth is led by HM Treasury and the National Minimum Wage Act 1998 by the Department for Business and Trade; the "
    "English Devolution White Paper (December 2024) has mayoral authorities write local growth plans"
)
_BENEFITS = (
    "Working-age benefits are DWP's (Welfare Reform Act 2012); councils run council tax reduction (Local Government "
    "Finance Act 2012, section 10)"
)
_TAX = (
    "Taxes are HM Treasury's, benefits DWP's; councils run council tax reduction (Local Government Finance Act 2012, "
    "section 10)"
)
_SCHOOLS = "Schools are DfE's; councils must promote high standards and every child's potential (Education Act 1996, section 13A)"
_ADULT_SKILLS = (
    "Adult skills moved from DfE to DWP on 16 September 2025 (Prime Minister's written statement); combined authorities "
    "hold adult education functions by orders under section 105A of the Local Democracy, Economic Development and "
    "Construction Act 2009"
)
_PLANNING = (
    "Planning and housing are MHCLG's; councils write local plans and combined authorities spatial development "
    "strategies (Planning and Compulsory Purchase Act 2004, as amended by the Planning and Infrastructure Act 2025)"
)
_PUBLIC_HEALTH = (
    "Public health is DHSC's; councils must take steps to improve their people's health (National Health Service Act "
    "2006, section 2B)"
)


@dataclass(frozen=True, kw_only=True)
class Lever:
    """One indicator of a building block, who leads on it, who can act, and how soon the figure can answer."""

    indicator: str
    label: str
    counts: str
    """What is counted, of whom."""
    block: str
    capital: Capital
    department: str
    level: tuple[Level, ...]
    horizon: Horizon
    """ "short" where the figure can answer to a decision within about five years, else "long"; our judgement."""
    polarity: Polarity
    basis: str
    """The law or document on which department and levels rest."""
    in_index: bool = False
    """Whether it is what the index's own domains of income, work and skills count, so that its figures must be worse where
    deprivation is higher: the build checks the polarity against that."""
    current_prices: bool = False
    """Whether values rise with prices, so that old ones must be re-priced before they are compared."""


LEVERS: tuple[Lever, ...] = (
    Lever(
        indicator="employment-rate",
        label="Employment rate",
        counts="Residents aged 16 to 64 in paid work",
        block="Work",
        capital="financial and physical",
        department=DWP,
        level=EVERY_LEVEL,
        horizon="short",
        polarity="high-is-good",
        basis=_EMPLOYMENT,
        in_index=True,
    ),
    Lever(
        indicator="economic-inactivity",
        label="Economic inactivity",
        counts="Residents aged 16 to 64 who are not in work and not seeking it",
        block="Work",
        capital="financial and physical",
        department=DWP,
        level=EVERY_LEVEL,
        horizon="short",
        polarity="high-is-bad",
        basis=_EMPLOYMENT,
        in_index=True,
    ),
    Lever(
        indicator="claimant-count",
        label="Unemployment benefit claims",
        counts="Residents aged 16 to 64 who claim unemployment-related benefits",
        block="Work",
        capital="financial and physical",
        department=DWP,
        level=EVERY_LEVEL,
        horizon="short",
        polarity="high-is-bad",
        basis=_EMPLOYMENT,
        in_index=True,
    ),
    Lever(
        indicator="gva-per-hour",
        label="Output per hour worked",
        counts="Gross value added per hour worked, current prices",
        block="Work",
        capital="financial and physical",
        department=TREASURY,
        level=MAYORS,
        horizon="long",
        polarity="high-is-good",
        basis=_GROWTH,
        current_prices=True,
    ),
    Lever(
        indicator="median-weekly-pay",
        label="Weekly pay",
        counts="Median gross weekly pay of residents who are employees, current prices",
        block="Income",
        capital="financial and physical",
        department=DBT,
        level=MAYORS,
        horizon="short",
        polarity="high-is-good",
        basis=_GROWTH,
        current_prices=True,
    ),
    Lever(
        indicator="disposable-income",
        label="Disposable income per head",
        counts="Gross disposable household income per resident, before housing costs, current prices",
        block="Income",
        capital="financial and physical",
        department=TREASURY,
        level=COUNCILS,
        horizon="short",
        polarity="high-is-good",
        basis=_TAX,
        current_prices=True,
    ),
    Lever(
        indicator="child-poverty-before-housing",
        label="Child poverty before housing costs",
        counts="Children under 16 in families below 60% of median income, before housing costs",
        block="Income",
        capital="financial and physical",
        department=DWP,
        level=COUNCILS,
        horizon="short",
        polarity="high-is-bad",
        basis=_BENEFITS,
        in_index=True,
    ),
    Lever(
        indicator="child-poverty-after-housing",
        label="Child poverty after housing costs",
        counts="Children under 16 in families below 60% of median income, after housing costs",
        block="Income",
        capital="financial and physical",
        department=DWP,
        level=COUNCILS,
        horizon="short",
        polarity="high-is-bad",
        basis=_BENEFITS,
        in_index=True,
    ),
    Lever(
        indicator="early-years-communication",
        label="Early language at five",
        counts="Five-year-olds at the expected level in communication and language",
        block="Early years",
        capital="human",
        department=DFE,
        level=COUNCILS,
        horizon="long",
        polarity="high-is-good",
        basis="Early years are DfE's; councils must improve young children's well-being and narrow inequalities between "
        "them (Childcare Act 2006, section 1)",
    ),
    Lever(
        indicator="primary-expected-standard",
        label="Attainment at 11",
        counts="Pupils at the expected standard in reading, writing and mathematics at the end of primary school",
        block="Education and skills",
        capital="human",
        department=DFE,
        level=COUNCILS,
        horizon="long",
        polarity="high-is-good",
        basis=_SCHOOLS,
    ),
    Lever(
        indicator="persistent-absence",
        label="Persistent absence from school",
        counts="Pupils of state-funded schools who miss a tenth of sessions or more",
        block="Education and skills",
        capital="human",
        department=DFE,
        level=COUNCILS,
        horizon="short",
        polarity="high-is-bad",
        basis="Attendance is DfE's; councils support and enforce it under its statutory guidance, Working together to "
        "improve school attendance (2024)",
    ),
    Lever(
        indicator="gcse-english-maths",
        label="English and maths GCSEs by 19",
        counts="Young people with GCSEs in English and mathematics by 19, by place of school",
        block="Education and skills",
        capital="human",
        department=DFE,
        level=COUNCILS,
        horizon="long",
        polarity="high-is-good",
        basis=_SCHOOLS,
        in_index=True,
    ),
    Lever(
        indicator="apprenticeship-starts",
        label="Apprenticeship starts",
        counts="Apprenticeships started by residents aged 16 and over",
        block="Education and skills",
        capital="human",
        department=DWP,
        level=("national",),
        horizon="short",
        polarity="high-is-good",
        basis="Apprenticeships moved from DfE to DWP on 16 September 2025 (Prime Minister's written statement)",
    ),
    Lever(
        indicator="further-education",
        label="Adult further education",
        counts="Residents aged 19 and over in further education and skills, apprenticeships included",
        block="Education and skills",
        capital="human",
        department=DWP,
        level=MAYORS,
        horizon="short",
        polarity="high-is-good",
        basis=_ADULT_SKILLS,
    ),
    Lever(
        indicator="no-qualifications",
        label="Lack of qualifications",
        counts="Residents aged 16 to 64 without qualifications",
        block="Education and skills",
        capital="human",
        department=DWP,
        level=MAYORS,
        horizon="long",
        polarity="high-is-bad",
        basis=_ADULT_SKILLS,
        in_index=True,
    ),
    Lever(
        indicator="house-price-to-earnings",
        label="House prices against earnings",
        counts="Median house price as a multiple of residents' median yearly earnings",
        block="Housing",
        capital="financial and physical",
        department=MHCLG,
        level=EVERY_LEVEL,
        horizon="long",
        polarity="high-is-bad",
        basis=_PLANNING,
    ),
    Lever(
        indicator="net-new-homes",
        label="New homes",
        counts="Net additions to the housing stock",
        block="Housing",
        capital="financial and physical",
        department=MHCLG,
        level=EVERY_LEVEL,
        horizon="short",
        polarity="high-is-good",
        basis=_PLANNING,
    ),
    Lever(
        indicator="travel-time-public-transport",
        label="Travel time to jobs",
        counts="Average time to the nearest centre with 500 to 4,999 jobs, by public transport or on foot",
        block="Surroundings",
        capital="financial and physical",
        department=DFT,
        level=EVERY_LEVEL,
        horizon="long",
        polarity="high-is-bad",
        basis="Transport is DfT's; local transport authorities, combined authorities among them, write local transport "
        "plans (Transport Act 2000, section 108)",
    ),
    Lever(
        indicator="library-within-walk",
        label="Libraries within a walk",
        counts="Residents within 30 minutes' walk of a public library",
        block="Surroundings",
        capital="social",
        department=DCMS,
        level=COUNCILS,
        horizon="long",
        polarity="high-is-good",
        basis="DCMS superintends public libraries, councils must provide them (Public Libraries and Museums Act 1964, "
        "sections 1 and 7)",
    ),
    Lever(
        indicator="sports-facilities",
        label="Sports facilities",
        counts="Sports facilities for the number of residents",
        block="Surroundings",
        capital="social",
        department=DCMS,
        level=COUNCILS,
        horizon="long",
        polarity="high-is-good",
        basis="DCMS funds sport through Sport England; councils may provide facilities (Local Government (Miscellaneous "
        "Provisions) Act 1976, section 19)",
    ),
    Lever(
        indicator="greenhouse-gas-emissions",
        label="Greenhouse gas emissions",
        counts="Territorial emissions per resident, industry included",
        block="Surroundings",
        capital="natural",
        department=DESNZ,
        level=EVERY_LEVEL,
        horizon="long",
        polarity="high-is-bad",
        basis="Carbon budgets are DESNZ's (Climate Change Act 2008); combined authorities and councils act through local "
        "transport plans (Transport Act 2000, section 108)",
    ),
    Lever(
        indicator="air-pollution-removed",
        label="Air cleaned by vegetation",
        counts="Value to health of the air pollution that vegetation removes, per resident, 2024 prices",
        block="Surroundings",
        capital="natural",
        department=DEFRA,
        level=EVERY_LEVEL,
        horizon="long",
        polarity="high-is-good",
        basis="Nature is Defra's; councils and mayors of combined authorities prepare local nature recovery strategies "
        "(Environment Act 2021, section 105)",
    ),
    Lever(
        indicator="smoking",
        label="Smoking",
        counts="Adults who smoke",
        block="Behaviours",
        capital="human",
        department=DHSC,
        level=COUNCILS,
        horizon="short",
        polarity="high-is-bad",
        basis=_PUBLIC_HEALTH,
    ),
    Lever(
        indicator="physical-inactivity",
        label="Physical inactivity",
        counts="Adults who are active for less than 30 minutes a week",
        block="Behaviours",
        capital="human",
        department=DCMS,
        level=EVERY_LEVEL,
        horizon="short",
        polarity="high-is-bad",
        basis="DCMS leads on sport and physical activity (Get Active, 2023); councils have the public health duty (National "
        "Health Service Act 2006, section 2B); combined authorities plan walking and cycling (Transport Act 2000, "
        "section 108)",
    ),
    Lever(
        indicator="adult-obesity",
        label="Adult obesity",
        counts="Adults living with obesity",
        block="Behaviours",
        capital="human",
        department=DHSC,
        level=COUNCILS,
        horizon="long",
        polarity="high-is-bad",
        basis=_PUBLIC_HEALTH,
    ),
    Lever(
        indicator="preventable-cardiovascular-deaths",
        label="Preventable heart and stroke deaths",
        counts="Deaths under 75 from cardiovascular disease considered preventable, age-standardised",
        block="Care",
        capital="human",
        department=DHSC,
        level=COUNCILS,
        horizon="long",
        polarity="high-is-bad",
        basis="The health service is DHSC's (National Health Service Act 2006, section 1); councils arrange health checks "
        "(Local Authorities (Public Health Functions) Regulations 2013)",
    ),
    Lever(
        indicator="early-cancer-diagnosis",
        label="Early cancer diagnosis",
        counts="Cancers of known stage that were diagnosed at stage 1 or 2",
        block="Care",
        capital="human",
        department=DHSC,
        level=("national",),
        horizon="short",
        polarity="high-is-good",
        basis="The health service is DHSC's (National Health Service Act 2006, section 1)",
    ),
    Lever(
        indicator="engaged-with-arts",
        label="Engagement with the arts",
        counts="Adults who engaged with the arts in person within a year",
        block="Wellbeing",
        capital="social",
        department=DCMS,
        level=COUNCILS,
        horizon="short",
        polarity="high-is-good",
        basis="DCMS funds the arts through Arts Council England; councils may provide them (Local Government Act 1972, "
        "section 145)",
    ),
    Lever(
        indicator="life-satisfaction",
        label="Life satisfaction",
        counts="Average rating by residents aged 16 and over, 0 to 10",
        block="Wellbeing",
        capital="human",
        department=TREASURY,
        level=("national",),
        horizon="short",
        polarity="high-is-good",
        basis="No department holds it as a whole; HM Treasury sets how well-being counts in decisions (Wellbeing Guidance "
        "for Appraisal, Green Book supplement, 2021)",
    ),
    Lever(
        indicator="anxiety",
        label="Anxiety",
        counts="Average rating of yesterday's anxiety by residents aged 16 and over, 0 to 10",
        block="Wellbeing",
        capital="human",
        department=DHSC,
        level=COUNCILS,
        horizon="short",
        polarity="high-is-bad",
        basis=_PUBLIC_HEALTH,
    ),
)
"""Every lever, block by block."""

WITHOUT_DIRECTION: Mapping[str, str] = {
    "food-outlets": "Food outlets: no agreed good direction, since healthy and unhealthy ones are counted together",
    "supermarkets": "Chain supermarkets: no agreed good direction, since more of them is not plainly better food",
}
"""Indicators that are published and held, but are no levers: whether more is better is not agreed."""
