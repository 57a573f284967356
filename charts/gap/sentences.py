"""The sentences about one gap: how large it is, how it has moved, what the target needs, and how likely it is."""

from collections.abc import Mapping, Sequence

import pandas as pd

from charts.kit import words
from pipeline.answers.gap.answer import Answer
from pipeline.answers.gap.ends_moved import EndsMoved
from pipeline.answers.gap.outlook import Outlook, Standing
from pipeline.answers.gap.question import Question
from pipeline.answers.gap.sentence import DIRECTIONS
from pipeline.measures.gap.verdict import Direction
from pipeline.measures.trend.detection import FirstToTell


def finding(answer: Answer) -> str:
    """The gap now in one sentence, in Markdown."""
    latest, who = answer.latest, words.people(answer.sex)
    better, worse = ends_named(answer)
    gap = float(latest["gap_years"])
    limits = words.interval(latest["gap_lci_95"], latest["gap_uci_95"])
    at = "at" if " end of " in better else "in"
    return (
        f"**{who.capitalize()}** {at} {better} can expect **{words.number(abs(gap))} {'more' if gap >= 0 else 'fewer'} years** in "
        f"good health than {who} {at} {worse}{f' (95% interval {limits})' if limits else ''}."
    )


def ends_named(answer: Answer) -> tuple[str, str]:
    """The better-off and the worse-off end in running text."""
    return words.place(answer.latest["better_off"]), words.place(answer.latest["worse_off"])


def direction_since(answer: Answer, outlook: Outlook) -> str:
    """The direction, with the first period where the gap is compared with a later one: "Wider since 2011 to 2013"."""
    return f"{outlook.direction}{_since_first(answer, outlook)}"


def _since_first(answer: Answer, outlook: Outlook) -> str:
    return "" if answer.baseline["period"] == outlook.first_period else f" since {outlook.first_period}"


def course_and_direction(answer: Answer, outlook: Outlook) -> str:
    """The two words of the verdict in running text: "not on course, wider"."""
    return f"{outlook.course.lower()}, {direction_since(answer, outlook).lower()}"


def since(answer: Answer) -> str:
    """Where the gap comes from: "Up from 3.6 in 2011 to 2013"."""
    now, then = (words.number(row["gap_years"]) for row in (answer.latest, answer.baseline))
    period = answer.baseline["period"]
    if now == then:
        return f"As in {period}"
    way = "Up" if answer.latest["gap_years"] > answer.baseline["gap_years"] else "Down"
    return f"{way} from {then} in {period}"


def chance_of_target(answer: Answer, outlook: Outlook) -> str:
    """ "Chance of halving by 2034: below 1%"."""
    question = answer.question
    aim = "halving" if question.share_to_close == 0.5 else f"closing {question.share_to_close:.0%} of it"
    return f"Chance of {aim} by {question.target_year}: {words.percent(outlook.probability)}"


def newest_move(answer: Answer, outlook: Outlook) -> str:
    """The gap now and what the newest period did: "6.0 years, down from 6.5 in 2021 to 2023; not clearly different."."""
    return f"{words.years(answer.latest['gap_years'])}, {newest_step(answer, outlook)}"


def newest_step(answer: Answer, outlook: Outlook) -> str:
    """What the newest period did: "down from 6.5 in 2021 to 2023; not clearly different."."""
    latest, before = answer.latest, answer.history.iloc[-2]
    now, then = (words.number(row["gap_years"]) for row in (latest, before))
    if now == then:
        return f"as in {before['period']}."
    way = "up" if outlook.newest_change > 0 else "down"
    clear = "clearly different" if outlook.newest_change_clear else "not clearly different"
    return f"{way} from {then} in {before['period']}; {clear}."


def moved(answer: Answer, outlook: Outlook) -> str:
    """How the gap has moved since the first period, with the interval that knows that gaps wander."""
    said = DIRECTIONS[outlook.direction]
    pace = words.signed(outlook.wandering_pace, 2)
    limits = words.interval(outlook.wandering_lci_95, outlook.wandering_uci_95, 2)
    return f"the gap {said} since {outlook.first_period}: {pace} years a year (95% interval {limits})."


def need(answer: Answer) -> str:
    """The target and the pace that it needs from here."""
    target, question = answer.target_gap_years, answer.question
    if answer.required_pace >= 0:
        return f"the gap is already within the target of {words.years(target)} by {question.target_year}."
    aim = "To halve" if question.share_to_close == 0.5 else "To go"
    then = words.number(answer.baseline["gap_years"])
    return (
        f"{aim} from {then} to {words.years(target)} by {question.target_year}, the gap must narrow by "
        f"{words.number(-answer.required_pace, 2)} years a year."
    )


def target_words(question: Question) -> str:
    """ "Half", or "Target" where another share is to be closed."""
    return "Half" if question.share_to_close == 0.5 else "Target"


def prospect(answer: Answer, outlook: Outlook) -> str:
    """What our forecast gives for reaching the target."""
    return (
        f"Our forecast puts the chance of reaching {words.years(answer.target_gap_years)} by {answer.question.target_year} "
        f"{_at(outlook.probability)}."
    )


def _at(probability: float) -> str:
    said = words.percent(probability)
    return said if said.startswith(("below", "above")) else f"at {said}"


def standing_sentences(one: Standing) -> str:
    """The gap now, how it has moved, what the target needs and how likely it is, in plain sentences."""
    answer, outlook = one.answer, one.outlook
    return " ".join(
        (
            finding(answer).replace("**", ""),
            f"{outlook.course}; {outlook.direction[0].lower()}{outlook.direction[1:]} since {outlook.first_period}.",
            words.sentence_start(need(answer)),
            prospect(answer, outlook),
            f"{answer.latest['period']}: {newest_move(answer, outlook)}",
        )
    )


def two_paces(answer: Answer) -> str:
    """Why the pace that the gap needs and the pace that the poorer end needs differ; "" where none is needed."""
    if answer.required_pace >= 0:
        return ""
    better, worse = ends_named(answer)
    assumed = float(answer.path["rich_end_years"].iloc[-1]) - float(answer.latest["better_off_years"])
    said = (
        f"the gap must narrow by {words.number(-answer.required_pace, 2)} years a year, and {worse} must rise by "
        f"{words.number(float(answer.poor_end.pace_years_per_year), 2)}"
    )
    if round(abs(assumed), 1) == 0:
        return f"{said}. They agree, because we assume {better} to stay where it is."
    way = "higher" if assumed > 0 else "lower"
    return (
        f"{said}. They differ, because we assume {better} to be {words.years(abs(assumed))} {way} in "
        f"{answer.question.target_period.label} than now."
    )


def which_end_moved(answer: Answer, found: EndsMoved | None) -> str:
    """Which end moved away from the rest, as a finding; the ends alone where they are no regions."""
    better, worse = ends_named(answer)
    if found is None:
        rich, poor = answer.change.better_off_change, answer.change.worse_off_change
        return f"{better} {words.moved(float(rich))}, {worse} {words.moved(float(poor)).removesuffix(' years')}"
    return {
        "both ends": f"{better} moved up and {worse} down, away from the rest",
        "better-off end": f"{better} clearly moved away from the rest, {worse} did not",
        "worse-off end": f"{worse} clearly fell away from the rest, {better} did not",
        "neither end": "neither end clearly moved away from the rest",
    }[found.moved_away]


def england_fall(changes: Mapping[str, float], since: str) -> str:
    """England's own change for each sex: "England's own healthy life expectancy fell 2.6 years for women and ..."."""
    rose = {sex: change > 0 for sex, change in changes.items()}
    if len(set(rose.values())) == 1:
        verb = "rose" if next(iter(rose.values())) else "fell"
        parts = [
            f"{words.number(abs(change))}{' years' if not i else ''} for {words.people(sex)}"
            for i, (sex, change) in enumerate(changes.items())
        ]
        return f"England's own healthy life expectancy {verb} {words.listed(parts)} since {since}"
    parts = [f"{words.moved(change)} for {words.people(sex)}" for sex, change in changes.items()]
    return f"England's own healthy life expectancy {words.listed(parts)} since {since}"


def definitions_agree(standings: Mapping[str, Sequence[Standing]]) -> tuple[str, str]:
    """How many definitions say what: "Not on course on any of 8 definitions" and "Women: wider on 1 of 8, ..."."""
    found = [one.outlook for both in standings.values() for one in both]
    count = len(next(iter(standings.values())))
    on_course = sum(one.course != "Not on course" for one in found)
    said = words.number_of(count, "definition")
    course = (
        f"Not on course on {len(found) - on_course} of {len(found)}, women and men by {said}"
        if on_course
        else f"Not on course on any of {said}"
    )
    directions = (
        f"{words.people(sex).capitalize()}: {by_direction([one.outlook.direction for one in both])}"
        for sex, both in standings.items()
    )
    return course, ". ".join(directions)


def by_direction(found: Sequence[Direction]) -> str:
    """ "wider on 1 of 8, no clear change on 7"."""
    counts = [(word, found.count(word)) for word in DIRECTIONS if word in found]
    first = f"{counts[0][0].lower()} on {counts[0][1]} of {len(found)}"
    return ", ".join([first, *(f"{word.lower()} on {count}" for word, count in counts[1:])])


def headline(standings: Mapping[str, Standing]) -> str:
    """What the default figures say of the promise: "The gap is not being halved. It has widened for women."."""
    found = {words.people(sex): one.outlook for sex, one in standings.items()}
    one = next(iter(standings.values()))
    return f"{_on_halving(found)} {_on_direction(found, since=_since_first(one.answer, one.outlook))}".strip()


def _on_halving(found: Mapping[str, Outlook]) -> str:
    sayings = {
        "Halved": "The gap has been halved",
        "On course": "The gap is on course to be halved",
        "Cannot tell": "Whether the gap is being halved cannot be told",
        "Not on course": "The gap is not being halved",
    }
    courses = {one.course for one in found.values()}
    if len(courses) == 1:
        return f"{sayings[courses.pop()]}."
    return " ".join(f"{sayings[one.course]} for {who}." for who, one in found.items())


def _on_direction(found: Mapping[str, Outlook], *, since: str) -> str:
    told = []
    for word in ("Wider", "Narrower"):
        who = [people for people, one in found.items() if one.direction == word]
        if who:
            told.append(f"It {DIRECTIONS[word]} for {words.listed(who)}{since}.")
    return " ".join(told) or f"It shows no clear change{since}."


def first_to_tell_sentence(answer: Answer, first: FirstToTell | None, *, detectable_years: float) -> str:
    """When the figures could first show whether the required pace is kept, and what a change must come to.

    Args:
        answer: the question answered.
        first: None where no publication within 60 years could show it.
        detectable_years: smallest change between two periods without a common year that is clear; NaN where none is known.
    """
    if answer.required_pace >= 0:
        return "The latest gap already meets the target, so no pace is required."
    if first is None:
        return "No publication in the next 60 years could tell the required pace from no change."
    return (
        f"If the gap now narrowed by the required {words.pace(answer.required_pace)}, the first figures likely to show it "
        f"(a chance of 80%) would be those of **{first.published:%B %Y}**."
        + (
            f" Two periods that share no year must differ by {words.years(detectable_years)} before a change is clear."
            if detectable_years > 0
            else ""
        )
    )


def latest_step(answer: Answer, vintages: pd.DataFrame) -> str:
    """Which period the newest release added, and how far it revised the gap of the one before (from table `vintages`)."""
    latest, before = answer.latest["period"], answer.history.iloc[-2]["period"]
    return (
        f"**{words.people(answer.sex).capitalize()}:** {latest} is new, released {words.day(answer.release)}. It shares two of its three years with {before}."
        f"{_revision(answer, before, vintages)}"
    )


def _revision(answer: Answer, period: str, vintages: pd.DataFrame) -> str:
    """How far the newest release revised the gap of a period; "" for a definition without earlier releases."""
    same_gap = (vintages["definition"] == answer.question.definition_id) & (vintages["sex"] == answer.sex)
    told = vintages[same_gap & (vintages["period"] == period)].sort_values("release")
    if len(told) <= 1:
        return ""
    old, new = told.iloc[-2], told.iloc[-1]
    revision = new["gap_years"] - old["gap_years"]
    since = f"since the release of {words.day(old['release'])}"
    if abs(revision) <= 0.1:  # each end is published to one decimal at best, so less than 0.1 may be rounding
        return f" The gap for {period} has not changed {since}, apart from rounding."
    return f" The gap for {period} was revised by {words.signed(revision)} years {since}."


def pair_changed(pairs: pd.DataFrame) -> str:
    """That the newest incomes changed the richest or poorest region, and how the former pair stands; "" where they did not.

    `pairs`: table `income_pairs`.
    """
    releases = sorted(pairs["release"].unique())[-2:]
    then, now = (pairs[pairs["release"] == release].set_index("sex") for release in (releases[0], releases[-1]))
    ends = ["better_off", "worse_off"]
    former, newest = then[ends].iloc[0], now[ends].iloc[0]
    if former.equals(newest):
        return ""
    gaps = [
        f"{who} {words.with_interval(row['gap_years'], row['gap_lci_95'], row['gap_uci_95'])}"
        for who, row in ((who, then.loc[sex]) for sex, who in words.PEOPLE.items())
    ]
    return (
        f"The pair has changed. With the incomes of {now['year'].iloc[0]} it is {_of_pair(newest)}, in every period; with those "
        f"of {then['year'].iloc[0]} it was {_of_pair(former)}. The gap of the former pair in {then['period'].iloc[0]}, in "
        f"years: {words.listed(gaps)}."
    )


def _of_pair(ends: pd.Series) -> str:
    return words.listed([words.place(str(name)) for name in ends])
