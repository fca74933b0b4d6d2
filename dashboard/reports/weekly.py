"""The weekly sheet (EST): what is new this week, what was done, and what to look at next week; one page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from dashboard.reports.frame import foot_of
from dashboard.reports.picture_lines import problem_name
from dashboard.reports.report import Cell, Points, Report, Section, Table, Words
from dashboard.views.promise_measure import measure_words
from dashboard.views.source_ends import ends_words
from geodata.analyses.est import est_week
from geodata.analyses.promises import measured_on
from geodata.picture.usual_week import WeekVerdict
from geodata.privacy import Audience

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.reports.report import Block, Commission
    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.est import Done, EstWeek, Lagging
    from geodata.analyses.est_coming import Coming
    from geodata.analyses.est_counts import WeekCounts
    from geodata.picture.focus import Focus
    from geodata.picture.usual_week import Usual
    from geodata.targeting.slot import Reason, Slot

PROBLEMS, PLACES, DONE, SLOTS, NAMED = 6, 4, 6, 5, 4
"""How many lines of each have room on the page, and names in its sentence."""

TOLD = (WeekVerdict.MORE, WeekVerdict.PERHAPS_MORE)
SURE = (WeekVerdict.MORE, WeekVerdict.LESS)
PERHAPS = (WeekVerdict.PERHAPS_MORE, WeekVerdict.PERHAPS_LESS)


def weekly_report(commission: Commission) -> Report:
    """Write the sheet of the week that holds the day asked for, or of the last whole week."""
    texts, ground = commission.texts, commission.ground
    found = est_week(ground, commission.audience, day=commission.asked)
    number = found.week.first.isocalendar()
    return Report(
        title=texts(
            "report.est.titled",
            week=number.week,
            year=str(number.year),
            name=ground.project.municipality.name,
        ),
        sentence=_sentence(texts, found),
        basis=_basis(texts, found),
        sections=(
            Section(texts("report.est.new"), _new(texts, found)),
            Section(texts("report.est.done"), _done(commission, found)),
            Section(
                texts("report.est.next", week=found.coming.week.first.isocalendar().week),
                _next(commission, found),
            ),
        ),
        # The sheet is of a week; the day at its foot is the one it was made on.
        foot=foot_of(replace(commission, today=measured_on(ground))),
        one_page=True,
    )


def _sentence(texts: Catalogue, found: EstWeek) -> str:
    if found.counts is None and found.ends:
        return texts("report.est.source_ends", ends=ends_words(texts, found.ends))
    if found.counts is None:
        return texts("report.est.not_covered", n=found.days)
    # What may be chance is said by itself, and only where nothing surer is to be said.
    for verdicts in (SURE, PERHAPS):
        told = [(verdict, names) for verdict in verdicts if (names := _names(texts, found.counts, verdict))]
        if told:
            return " ".join(
                texts(f"report.est.{verdict}_of", names=texts.form.listing(names[:NAMED]))
                for verdict, names in told
            )
    return texts("report.est.as_usual")


def _names(texts: Catalogue, counts: WeekCounts, verdict: WeekVerdict) -> list[str]:
    problems = [one.problem for one in counts.problems if one.usual.verdict is verdict]
    names = [problem_name(texts, code).lower() for code in problems]
    return [*names, *(one.name for one in counts.places if one.usual.verdict is verdict)]


def _basis(texts: Catalogue, found: EstWeek) -> tuple[str, ...]:
    said = [texts("report.est.recorded", n=found.recorded, period=found.week)]
    if found.counts is not None:
        said.append(texts("report.est.usual_of", weeks=found.counts.weeks))
        said.append(texts("report.est.compared", n=sum(found.counts.compared)))
    return tuple(said)


def _more(usual: Usual) -> bool:
    return usual.verdict in TOLD


def _new(texts: Catalogue, found: EstWeek) -> tuple[Block, ...]:
    counts = found.counts
    said = () if not found.answers else (Words(_answers(texts, found)),)
    if counts is None:
        return (Words(texts("report.est.partly")), *said)
    first = sorted(counts.problems, key=lambda one: one.usual.verdict not in (*SURE, *PERHAPS))
    problems = tuple(
        (problem_name(texts, one.problem), *_against(texts, one.usual)) for one in first[:PROBLEMS]
    )
    places = tuple(
        (
            Cell(one.name, small=(texts("report.est.is_new"),) if one.is_new else ()),
            *_against(texts, one.usual),
        )
        for one in counts.places
        if _more(one.usual)
    )[:PLACES]
    headings = tuple(texts(f"report.est.{name}") for name in ("count", "usual", "verdict"))
    blocks: list[Block] = []
    if problems:
        blocks.append(
            Table(
                texts("report.est.problems"),
                (texts("report.est.problem"), *headings),
                problems,
                widths=(38, 14, 20, 28),
            )
        )
    if places:
        blocks.append(
            Table(
                texts("report.est.places"),
                (texts("report.place"), *headings),
                places,
                widths=(38, 14, 20, 28),
            )
        )
    else:
        blocks.append(Words(texts("report.est.no_places"), "quiet"))
    return (*blocks, *said)


def _against(texts: Catalogue, usual: Usual) -> tuple[str, str, str]:
    span = "–"
    if usual.low is not None and usual.high is not None:
        span = texts.form.span(usual.low, usual.high)
    return texts.form.number(usual.count), span, texts(f"report.est.verdict_{usual.verdict}")


def _answers(texts: Catalogue, found: EstWeek) -> str:
    total = sum(count for _, count in found.answers)
    names = [problem_name(texts, code).lower() for code, _ in found.answers[:3]]
    return texts("report.est.answers", n=total, names=texts.form.listing(names))


def _done(commission: Commission, found: EstWeek) -> tuple[Block, ...]:
    texts = commission.texts
    blocks: list[Block] = []
    if found.done:
        rows = tuple(_entry(texts, one) for one in found.done[:DONE])
        headings = tuple(texts(f"report.est.{name}") for name in ("day", "what", "where", "counts_for"))
        caption = texts("report.est.entries", n=len(found.done))
        blocks.append(Table(caption, headings, rows, widths=(19, 25, 26, 30)))
        if len(found.done) > DONE:
            blocks.append(Words(texts("report.est.entries_more", n=len(found.done) - DONE), "quiet"))
    else:
        blocks.append(Words(texts("report.est.nothing_done")))
    if found.focus:
        blocks.append(Points(_focus(commission, found.focus), texts("report.est.was_focus")))
    if found.lagging:
        late = tuple(_late(texts, one) for one in found.lagging)
        blocks.append(Points(late, texts("report.est.lagging")))
    return tuple(blocks)


def _entry(texts: Catalogue, one: Done) -> tuple[Cell | str, ...]:
    day = texts.form.days[one.started.weekday()]
    at = texts.form.at(f"{one.started:%H:%M}")
    who = [texts(f"party_short.{party}") for party in one.parties]
    small = [texts.form.listing(who)] if who else []
    if one.car is not None:
        small.append(texts(f"car_type.{one.car}").lower())
    if one.checked is not None:
        key = "report.est.checked_only" if one.reported is None else "report.est.checked"
        small.append(texts(key, n=one.checked, reported=one.reported or 0))
    return (
        f"{day} {at}",
        Cell(texts(f"activity_kind.{one.kind}"), small=(", ".join(small),) if small else ()),
        one.place or "–",
        texts.form.listing(list(one.counts_for)) if one.counts_for else texts("report.est.for_none"),
    )


def _late(texts: Catalogue, one: Lagging) -> str:
    words = "; ".join(measure_words(texts, measure) for measure in one.measures)
    return texts("report.est.late", activity=one.activity, promise=one.promise, words=words or "–")


def _next(commission: Commission, found: EstWeek) -> tuple[Block, ...]:
    texts = commission.texts
    blocks: list[Block] = [Words(_calendar(texts, found.coming))]
    if found.next_focus:
        blocks.append(Points(_focus(commission, found.next_focus), texts("report.est.focus")))
    else:
        blocks.append(Words(texts("report.est.no_focus"), "quiet"))
    if found.proposals:
        rows = tuple(
            (
                one.place or texts("report.est.everywhere").capitalize(),
                problem_name(texts, one.problem) if one.problem else "–",
                Cell("", small=tuple(_reason(texts, reason) for reason in one.reasons)),
            )
            for one in found.proposals
        )
        headings = tuple(texts(f"report.est.{name}") for name in ("where", "problem", "why"))
        blocks.append(Table(texts("report.est.proposals"), headings, rows, widths=(30, 22, 48)))
        blocks.append(Words(texts("report.est.decides"), "quiet"))
    else:
        blocks.append(Words(texts("report.est.no_proposals")))
    return (*blocks, *_slots(commission, found.coming))


def _calendar(texts: Catalogue, coming: Coming) -> str:
    said = [
        texts("report.est.school_days", n=coming.school_days)
        if coming.school_days
        else texts("report.est.no_school")
    ]
    said += [
        texts("report.est.evening", day=day, what=texts(f"risk_evening_one.{kind}"))
        for day, kind in coming.evenings
    ]
    said += [texts("report.est.holiday", day=day) for day in coming.holidays]
    return " ".join(said)


def _focus(commission: Commission, found: Sequence[Focus]) -> tuple[str, ...]:
    texts = commission.texts
    names = {place.place_id: place.name for place in commission.ground.places}
    return tuple(
        texts(
            "report.est.focus_line",
            what=one.line.what,
            where=names.get(one.line.place_id or -1, texts("report.est.everywhere")),
            who=texts.form.listing([texts(f"party_short.{party}") for party in sorted(one.line.parties)]),
            why=one.line.why or texts("report.chosen.no_why"),
        )
        for one in found
    )


def _reason(texts: Catalogue, reason: Reason) -> str:
    values = dict(reason.values)
    if "problem" in values:
        values["problem"] = problem_name(texts, str(values["problem"]))
    if "days" in values:
        days = str(values["days"]).split(", ")
        values["days"] = texts.form.listing([texts.form.day(date.fromisoformat(one)) for one in days])
    key = reason.code
    if key == "risk_evening" and "count" not in values:
        key = "risk_evening_anywhere"
    return texts(f"report.est.because_{key}", **values)


def _slots(commission: Commission, coming: Coming) -> tuple[Block, ...]:
    """List what is planned, to those who may know of it; what the police are about to do is theirs alone."""
    texts = commission.texts
    if commission.audience is not Audience.POLICE and not coming.slots:
        return (Words(texts("report.est.slots_hidden"), "quiet"),)
    if not coming.slots:
        return (Words(texts("report.est.no_slots"), "quiet"),)
    names = {place.place_id: place.name for place in commission.ground.places}
    rows = tuple(_slot(texts, one, names.get(one.place_id, "–")) for one in coming.slots[:SLOTS])
    headings = tuple(texts(f"report.est.{name}") for name in ("day", "what", "where"))
    more = len(coming.slots) - SLOTS
    return (
        Table(texts("report.est.slots"), headings, rows, widths=(28, 34, 38)),
        *((Words(texts("report.est.slots_more", n=more), "quiet"),) if more > 0 else ()),
        *((Words(texts("report.est.slots_hidden"), "quiet"),) if coming.slots_hidden else ()),
    )


def _slot(texts: Catalogue, one: Slot, place: str) -> tuple[str, ...]:
    first, last = (
        f"{minute // 60 % 24:02d}:{minute % 60:02d}" for minute in (one.from_minute, one.to_minute)
    )
    from_to = f"{texts.form.at(first)}–{texts.form.time(last)}"
    return f"{texts.form.days[one.day.weekday()]} {from_to}", texts(f"activity_kind.{one.kind}"), place
