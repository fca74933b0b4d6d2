"""What the weekly view says (EST): what was unusual, what was done, what lags, what comes, where to focus."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dashboard.access.actions import Action, may
from dashboard.views.address import format_search
from dashboard.views.frame import Way
from dashboard.views.picture import problem_name
from dashboard.views.picture_page import PATH as PICTURE_PATH
from dashboard.views.picture_page import PLACE_PATH, WEEK_PATH
from dashboard.views.promise_measure import measure_words
from dashboard.views.promises import PATH as PROMISES_PATH
from dashboard.views.signed import signed
from dashboard.views.source_ends import ends_words
from dashboard.views.week_coming import coming_lines
from geodata.picture.usual_week import WeekVerdict
from geodata.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.address import Address
    from geodata.analyses.est import Done, EstWeek, Lagging
    from geodata.analyses.est_counts import WeekCounts
    from geodata.analyses.est_focus import Proposal
    from geodata.periods import Period
    from geodata.picture.focus import Focus
    from geodata.picture.usual_week import Usual
    from geodata.targeting.slot import Reason

SHOWN = 8
"""Places that stand open; the others were as usual."""

SURE = (WeekVerdict.MORE, WeekVerdict.LESS)
PERHAPS = (WeekVerdict.PERHAPS_MORE, WeekVerdict.PERHAPS_LESS)
STANDS_OUT = frozenset({*SURE, *PERHAPS})


@dataclass(frozen=True, slots=True)
class CountLine:
    """A number of the week against its usual: name, address, number, the usual, and a word with its code."""

    name: str
    href: str
    count: str
    usual: str
    verdict: str
    word: str


@dataclass(frozen=True, slots=True)
class ProposalView:
    """Where to look, and why; `place_id` and `problem` fill the form in."""

    name: str
    href: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FocusView:
    """What was set: on what, where and who, why, and the meeting; `focus_id` where it may be taken back."""

    what: str
    where: str
    why: str
    meeting: str
    focus_id: int | None


@dataclass(frozen=True, slots=True)
class WeekView:
    """The page in words."""

    sentence: str
    basis: tuple[str, ...]
    rooms: tuple[Way, ...]
    weeks: tuple[Way, ...]
    problems: tuple[CountLine, ...]
    places: tuple[CountLine, ...]
    places_rest: str
    answers: str
    done: tuple[str, ...]
    lagging: tuple[tuple[str, str, str], ...]
    coming_heading: str
    coming: tuple[str, ...]
    focus: tuple[FocusView, ...]
    focus_heading: str
    next_focus: tuple[FocusView, ...]
    next_heading: str
    proposals: tuple[ProposalView, ...]
    notices: tuple[str, ...]
    may_set: bool
    next_monday: str


def week_view(
    texts: Catalogue, address: Address, *, week: EstWeek, names: Mapping[int, str], language: str
) -> WeekView:
    """Say a week.

    Parameters
    ----------
    names
        Names of all places, by id.
    language
        The project's language, which the address need not say.
    """
    search = format_search(
        replace(address, selection=Selection(address.audience), place_id=None), language=language
    )
    counts, may_set = week.counts, may(address.audience, Action.SET_FOCUS)
    first = [one for one in counts.places if one.usual.verdict in STANDS_OUT][:SHOWN] if counts else []
    rest = len(counts.places) - len(first) if counts else 0
    return WeekView(
        sentence=_sentence(texts, week),
        basis=_basis(texts, week),
        rooms=(
            Way(texts("picture.title"), f"{PICTURE_PATH}{search}"),
            Way(texts("week.title"), f"{WEEK_PATH}{search}", current=True),
        ),
        weeks=_weeks(texts, week.week, search),
        problems=tuple(
            _count(texts, problem_name(texts, one.problem), "", one.usual) for one in counts.problems
        )
        if counts
        else (),
        places=tuple(
            _count(texts, one.name, f"{PLACE_PATH}/{one.place_id}{search}", one.usual) for one in first
        ),
        places_rest=texts("week.places_rest", n=rest) if rest else "",
        answers=_answers(texts, week),
        done=tuple(_done(texts, one) for one in week.done),
        lagging=tuple(_lagging(texts, one, search) for one in week.lagging),
        coming_heading=texts("week.coming", week=_name(texts, week.coming.week)),
        coming=coming_lines(texts, week.coming, names),
        focus=tuple(_focus(texts, one, names, may_set=False) for one in week.focus),
        focus_heading=texts("week.focus_of", week=_name(texts, week.week)),
        next_focus=tuple(_focus(texts, one, names, may_set=may_set) for one in week.next_focus),
        next_heading=texts("week.focus_of", week=_name(texts, week.coming.week)),
        proposals=tuple(_proposal(texts, one, search) for one in week.proposals),
        notices=(texts("week.compared", problems=counts.compared[0], places=counts.compared[1]),)
        if counts
        else (),
        may_set=may_set,
        next_monday=week.coming.week.first.isoformat(),
    )


def week_path(day: date) -> str:
    """Return the path of the week that holds a day."""
    year, number, _ = day.isocalendar()
    return f"{WEEK_PATH}/{year}-{number:02}"


def _name(texts: Catalogue, week: Period) -> str:
    return texts("week.name", number=str(week.first.isocalendar().week))


def _sentence(texts: Catalogue, week: EstWeek) -> str:
    name = _name(texts, week.week)
    name = f"{name[:1].upper()}{name[1:]}"
    counts = week.counts
    if counts is None and week.ends:
        return texts("week.source_ends", week=name, ends=ends_words(texts, week.ends))
    if counts is None:
        return texts("week.not_whole", week=name, days=week.days)
    if not counts.weeks:
        return texts("week.nothing_usual", week=name)
    # What may be chance is said by itself, and only where nothing surer is to be said.
    for verdicts in (SURE, PERHAPS):
        found = [(one, texts.form.listing(out)) for one in verdicts if (out := _out(texts, counts, one))]
        said = [texts(f"week.also_{one}", what=what) for one, what in found[1:]]
        if found:
            first, what = found[0]
            return " ".join([texts(f"week.sentence_{first}", week=name, what=what), *said])
    return texts("week.sentence_usual", week=name)


def _out(texts: Catalogue, counts: WeekCounts, verdict: WeekVerdict) -> list[str]:
    problems = [one for one in counts.problems if one.usual.verdict is verdict]
    return [
        *(problem_name(texts, one.problem).lower() for one in problems),
        *(texts("week.at", place=one.name) for one in counts.places if one.usual.verdict is verdict),
    ]


def _basis(texts: Catalogue, week: EstWeek) -> tuple[str, ...]:
    said = [texts("week.recorded", n=week.recorded, period=week.week)]
    if week.counts is not None and week.counts.weeks:
        counts = week.counts
        usual = [*(one.usual for one in counts.problems), *(one.usual for one in counts.places)]
        seasonal = any(one.seasonal for one in usual)
        said.append(texts("week.against_season" if seasonal else "week.against", n=week.counts.weeks))
    return tuple(said)


def _weeks(texts: Catalogue, week: Period, search: str) -> tuple[Way, ...]:
    before, after = week.first - timedelta(days=7), week.first + timedelta(days=7)
    return (
        Way(texts("week.before"), f"{week_path(before)}{search}"),
        Way(texts("week.last"), f"{WEEK_PATH}{search}"),
        Way(texts("week.after"), f"{week_path(after)}{search}"),
    )


def _count(texts: Catalogue, name: str, href: str, usual: Usual) -> CountLine:
    said = "–"
    if usual.expected is not None and usual.low is not None and usual.high is not None:
        said = texts("week.usual", expected=usual.expected, range=texts.form.span(usual.low, usual.high))
    return CountLine(
        name=name,
        href=href,
        count=texts.form.number(usual.count),
        usual=said,
        verdict=str(usual.verdict),
        word=texts(f"week.verdict.{usual.verdict}"),
    )


def _answers(texts: Catalogue, week: EstWeek) -> str:
    if not week.answers:
        return texts("week.no_answers")
    found = [f"{problem_name(texts, code).lower()} ({texts.form.number(n)})" for code, n in week.answers]
    return texts("week.answers", n=sum(n for _, n in week.answers), what=texts.form.listing(found))


def _done(texts: Catalogue, one: Done) -> str:
    who = texts.form.listing([texts(f"party.{party}") for party in one.parties])
    said = texts(
        "week.done",
        day=f"{texts.form.days[one.started.weekday()]} {texts.form.at(f'{one.started:%H:%M}')}",
        kind=texts(f"activity_kind.{one.kind}").lower(),
        place=one.place or texts("week.no_place"),
        who=who,
    )
    if one.car is not None:
        said += f" {texts('week.done_car', car=texts(f'car_type.{one.car}').lower())}"
    if one.checked is not None:
        key = "week.done_checked_only" if one.reported is None else "week.done_checked"
        said += f" {texts(key, checked=one.checked, reported=one.reported or 0)}"
    if one.counts_for:
        return f"{said} {texts('week.done_counts', promises=texts.form.listing(list(one.counts_for)))}"
    return f"{said} {texts('week.done_counts_not')}"


def _lagging(texts: Catalogue, one: Lagging, search: str) -> tuple[str, str, str]:
    said = "; ".join(measure_words(texts, measure) for measure in one.measures)
    words = texts("week.lagging", state=texts(f"promise_state.{one.state}").lower(), measure=said)
    return f"{one.promise}: {one.activity}", f"{PROMISES_PATH}/{one.key}{search}", words


def _focus(texts: Catalogue, one: Focus, names: Mapping[int, str], *, may_set: bool) -> FocusView:
    line = one.line
    who = texts.form.listing([texts(f"party.{party}") for party in sorted(line.parties)])
    place = names.get(line.place_id, "") if line.place_id is not None else texts("week.everywhere")
    return FocusView(
        what=line.what,
        where=texts("week.focus_where", place=place, who=who),
        why=line.why,
        meeting=texts("week.focus_met", on=line.met_on, by=signed(texts, one.noted_by)),
        focus_id=one.focus_id if may_set else None,
    )


def _proposal(texts: Catalogue, one: Proposal, search: str) -> ProposalView:
    return ProposalView(
        name=one.place or texts("week.everywhere"),
        href=f"{PLACE_PATH}/{one.place_id}{search}" if one.place_id is not None else "",
        reasons=tuple(_reason(texts, reason) for reason in one.reasons),
    )


def _reason(texts: Catalogue, reason: Reason) -> str:
    values = dict(reason.values)
    if "problem" in values:
        values["problem"] = problem_name(texts, str(values["problem"])).lower()
    if "evening" in values:
        values["evening"] = texts(f"risk_evening_one.{values['evening']}")
    code = reason.code
    if code == "risk_evening" and "count" not in values:
        code = "risk_evening_bare"
    return texts(f"week.reason.{code}", **values)
