"""The plan in words: what is to be done week by week and why, what it covers, what promises still lack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import isfinite
from typing import TYPE_CHECKING

from dashboard.views.patrol_sheet import slot_how, slot_time
from dashboard.views.plan_promises import PromiseRow, promise_rows
from dashboard.views.plan_words import reason_words
from dashboard.views.signed import signed
from geodata.promises.activity import Party
from geodata.targeting.passes import driving_order, working_day
from geodata.targeting.slot import SlotStatus

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.shown_plan import ShownPlan
    from geodata.targeting.plan import Plan, PlanFigures
    from geodata.targeting.slot import Slot

PATH = "/planen"
REASONS = 3


@dataclass(frozen=True, slots=True)
class SlotCard:
    """One thing to do, in words.

    Attributes
    ----------
    acts
        What can be done with it: key of ``plan.act``.
    """

    slot_id: int
    revision: int
    time: str
    place: str
    place_id: int
    what: str
    how: str
    stand: str
    why: tuple[str, ...]
    status: str
    state: str
    acts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DayColumn:
    """One working day.

    Attributes
    ----------
    sheet
        The day in a link to its patrol sheet; empty where the police have nothing to do that is not over.
    """

    name: str
    day: str
    sheet: str
    cards: tuple[SlotCard, ...]


@dataclass(frozen=True, slots=True)
class WeekRow:
    """A week; days without anything are left out."""

    heading: str
    summary: str
    days: tuple[DayColumn, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class FigureBar:
    """How much a plan covers, against the others on one scale: the share of the longest bar."""

    label: str
    value: str
    share: float
    own: bool


@dataclass(frozen=True, slots=True)
class PlanView:
    """The page in words.

    Attributes
    ----------
    first_days
        Today, and Mondays that a new plan can start on: value and words.
    span
        First and last day of the plan, for the files of it; None where there is none.
    sure
        What a new plan would take away and leave, asked before it is made; empty where it takes nothing away.
    """

    sentence: str
    basis: tuple[str, ...]
    notices: tuple[str, ...]
    bars: tuple[FigureBar, ...]
    bars_note: str
    promises: tuple[PromiseRow, ...]
    weeks: tuple[WeekRow, ...]
    first_days: tuple[tuple[str, str], ...]
    can_replan: bool
    span: tuple[str, str] | None = None
    sure: str = ""


def plan_view(texts: Catalogue, shown: ShownPlan, *, today: date, warnings: Sequence[str] = ()) -> PlanView:
    """Say how the plan stands.

    Parameters
    ----------
    today
        Working day by the clock; the week that holds it stands open.
    warnings
        Codes of ``geodata.codes`` about the plan that was just made.
    """
    monday = today + timedelta(days=7 - today.weekday())
    weekday = texts.form.days[today.weekday()]
    first_days = (
        (today.isoformat(), texts("plan.from_now", weekday=weekday, day=texts.form.day(today))),
        *(
            (day.isoformat(), texts("plan.from_week", week=day.isocalendar().week, day=texts.form.day(day)))
            for day in (monday + timedelta(days=7 * number) for number in range(4))
        ),
    )
    plan = shown.plan
    notices = tuple(texts(f"warning.{code}") for code in warnings)
    if plan is None:
        none = texts("plan.none"), (texts("plan.none_next"),)
        return PlanView(*none, notices, (), "", (), (), first_days, can_replan=False)
    if not shown.hours:
        notices = (texts("errors.plan_no_hours"),)
    slots = [one for one in shown.slots if one.status is not SlotStatus.CANCELLED]
    places = texts("plan.place_count", n=len({one.place_id for one in slots}))
    sentence = texts(f"plan.sentence.{plan.basis}", n=len(slots), places=places, days=_days(texts, plan))
    return PlanView(
        sentence=sentence,
        basis=_basis(texts, plan, shown.records_until),
        notices=notices,
        bars=() if plan.figures is None else _bars(texts, plan.figures),
        bars_note="" if plan.figures is None else _proof(texts, plan.figures),
        promises=promise_rows(texts, shown.promises),
        weeks=_weeks(texts, plan, slots, shown.place_names, today),
        first_days=first_days,
        can_replan=shown.hours and plan.last > today,
        span=(plan.first.isoformat(), plan.last.isoformat()),
        sure=_sure(texts, plan, slots, today),
    )


def _sure(texts: Catalogue, plan: Plan, slots: Sequence[Slot], today: date) -> str:
    """Say what a new plan would take away and what it leaves."""
    done = sum(one.status is SlotStatus.DONE for one in slots)
    ahead = [one for one in slots if one.status is SlotStatus.PLANNED and working_day(one) >= today]
    locked = sum(one.locked for one in ahead)
    loose = len(ahead) - locked
    return texts("plan.sure", n=loose, days=_days(texts, plan), done=done, locked=locked) if loose else ""


def _days(texts: Catalogue, plan: Plan) -> str:
    return f"{texts.form.day(plan.first)} – {texts.form.day(plan.last)}"


def _basis(texts: Catalogue, plan: Plan, until: date | None) -> tuple[str, ...]:
    made = texts("plan.made", by=signed(texts, plan.made_by), day=texts.form.day(plan.made_at.date()))
    if plan.figures is None:
        return (texts("plan.rotation_why"), made)
    if until is not None:
        made = f"{texts('plan.records_until', day=texts.form.day(until))} {made}"
    found = plan.figures
    return (
        texts(
            "plan.covers",
            covered=texts.form.number(found.covered, decimals=1),
            range=texts.form.span(found.low, found.high, decimals=1),
            whole=texts.form.number(found.whole),
        ),
        made,
    )


def _bars(texts: Catalogue, figures: PlanFigures) -> tuple[FigureBar, ...]:
    values = {
        "own": figures.covered,
        "greedy": figures.greedy,
        "random": figures.random,
    }
    proven = (figures.bound,) if isfinite(figures.bound) else ()
    longest = max(*proven, *values.values())
    return tuple(
        FigureBar(
            texts(f"plan.bar.{name}"),
            texts.form.number(value, decimals=1)
            if name != "own"
            else f"{texts.form.number(value, decimals=1)} "
            f"({texts.form.span(figures.low, figures.high, decimals=1)})",
            value / longest if longest else 0.0,
            own=name == "own",
        )
        for name, value in values.items()
    )


def _proof(texts: Catalogue, figures: PlanFigures) -> str:
    times = texts.form.number(figures.covered / figures.random if figures.random else 0.0, decimals=1)
    if not isfinite(figures.bound):
        return texts("plan.no_proof", times=times)
    more = figures.bound / figures.covered - 1 if figures.covered else 0.0
    return texts("plan.proof", share=texts.form.share(max(more, 0.0)), times=times)


def _is_ours(slot: Slot) -> bool:
    return Party.POLICE in slot.parties and slot.status in {SlotStatus.PLANNED, SlotStatus.DONE}


def _weeks(
    texts: Catalogue, plan: Plan, slots: Sequence[Slot], names: dict[int, str], today: date
) -> tuple[WeekRow, ...]:
    rows: list[WeekRow] = []
    start = plan.first - timedelta(days=plan.first.weekday())
    while start <= plan.last:
        end = start + timedelta(days=6)
        inside = [one for one in slots if start <= working_day(one) <= end]
        done = sum(one.status is SlotStatus.DONE for one in inside)
        days = []
        for number in range(7):
            day = start + timedelta(days=number)
            mine = driving_order(one for one in inside if working_day(one) == day)
            if mine:
                cards = tuple(_card(texts, one, names) for one in mine)
                sheet = day.isoformat() if any(_is_ours(one) for one in mine) else ""
                days.append(DayColumn(texts.form.days[number], texts.form.day(day), sheet, cards))
        rows.append(
            WeekRow(
                texts("plan.week", week=start.isocalendar().week),
                texts("plan.week_summary", n=len(inside), done=done),
                tuple(days),
                is_open=start <= today <= end or (not rows and today < start),
            )
        )
        start += timedelta(days=7)
    return tuple(rows)


def _card(texts: Catalogue, slot: Slot, names: dict[int, str]) -> SlotCard:
    planned = slot.status is SlotStatus.PLANNED
    state = "locked" if planned and slot.locked else str(slot.status)
    acts: tuple[str, ...] = ()
    if planned:
        acts = ("unlock" if slot.locked else "lock", "miss", "cancel")
    elif slot.status is SlotStatus.MISSED:
        acts = ("plan_again",)
    stand = "" if slot.stand is None else slot.stand.name
    if stand and slot.stand is not None and slot.stand.is_safe_stop:
        stand = texts("plan.stand_safe", stand=stand)
    return SlotCard(
        slot_id=slot.slot_id or 0,
        revision=slot.revision,
        time=slot_time(texts, slot),
        place=names.get(slot.place_id, ""),
        place_id=slot.place_id,
        what=texts(f"activity_kind.{slot.kind}"),
        how=slot_how(texts, slot),
        stand=stand,
        why=tuple(filter(None, (reason_words(texts, one) for one in slot.why)))[:REASONS],
        status=texts(f"slot_status.{state}"),
        state=state,
        acts=acts,
    )
