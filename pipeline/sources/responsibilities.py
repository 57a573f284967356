"""Departments, levels of government, and the laws and documents by which each may act on the building blocks of health."""

from pipeline.sources.lever import Level

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

EMPLOYMENT_BASIS = (
    "DWP runs Jobcentre Plus and employment support; its guidance on local Get Britain Working plans (April 2025) has "
    "combined authorities and councils plan with it"
)
GROWTH_BASIS = (
    "Growth is led by HM Treasury and the National Minimum Wage Act 1998 by the Department for Business and Trade; the "
    "English Devolution White Paper (December 2024) has mayoral authorities write local growth plans"
)
BENEFITS_BASIS = (
    "Working-age benefits are DWP's (Welfare Reform Act 2012); councils run council tax reduction (Local Government "
    "Finance Act 2012, section 10)"
)
TAX_BASIS = (
    "Taxes are HM Treasury's, benefits DWP's; councils run council tax reduction (Local Government Finance Act 2012, "
    "section 10)"
)
SCHOOLS_BASIS = "Schools are DfE's; councils must promote high standards and every child's potential (Education Act 1996, section 13A)"
ADULT_SKILLS_BASIS = (
    "Adult skills moved from DfE to DWP on 16 September 2025 (Prime Minister's written statement); combined authorities "
    "hold adult education functions by orders under section 105A of the Local Democracy, Economic Development and "
    "Construction Act 2009"
)
PLANNING_BASIS = (
    "Planning and housing are MHCLG's; councils write local plans and combined authorities spatial development "
    "strategies (Planning and Compulsory Purchase Act 2004, as amended by the Planning and Infrastructure Act 2025)"
)
PUBLIC_HEALTH_BASIS = (
    "Public health is DHSC's; councils must take steps to improve their people's health (National Health Service Act "
    "2006, section 2B)"
)
