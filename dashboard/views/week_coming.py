"""What the week after holds, a line each: risk evenings, holidays, school, dialogues, planned slots."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.est_coming import Coming, ComingDialogue
    from geodata.targeting.slot import Slot

MINUTES = 60
DAY_MINUTES = 24 * MINUTES
SCHOOL_WEEK = 5


def coming_lines(texts: Catalogue, coming: Coming, names: Mapping[int, str]) -> tuple[str, ...]:
    """Say what comes.

    Parameters
    ----------
    names
        Names of all places, by id.
    """
    said = [
        texts("week.evening", day=_day(texts, day), what=texts(f"risk_evening_one.{kind}"))
        for day, kind in coming.evenings
    ]
    if not said:
        said.append(texts("week.no_evenings"))
    said += [texts("week.holiday", day=_day(texts, day)) for day in coming.holidays]
    if coming.school_days < SCHOOL_WEEK:
        school = "week.school_days" if coming.school_days else "week.no_school"
        said.append(texts(school, n=coming.school_days))
    said += [_dialogue(texts, one) for one in coming.dialogues]
    said += [_slot(texts, slot, names) for slot in coming.slots]
    if coming.slots_hidden:
        said.append(texts("week.slots_hidden"))
    elif not coming.slots:
        said.append(texts("week.no_slots"))
    return tuple(said)


def _day(texts: Catalogue, day: date) -> str:
    return f"{texts.form.days[day.weekday()]} {texts.form.day(day)}"


def _dialogue(texts: Catalogue, one: ComingDialogue) -> str:
    when = _day(texts, one.day)
    if one.start:
        when = f"{when} {texts.form.at(one.start)}"
    return texts("week.dialogue", day=when, name=one.name, where=one.where or texts("week.no_place"))


def _slot(texts: Catalogue, slot: Slot, names: Mapping[int, str]) -> str:
    start, end = (_clock(minute) for minute in (slot.from_minute, slot.to_minute))
    return texts(
        "week.slot",
        day=_day(texts, slot.day),
        time=f"{texts.form.at(start)}–{texts.form.time(end)}",
        kind=texts(f"activity_kind.{slot.kind}").lower(),
        place=names.get(slot.place_id, ""),
        who=texts.form.listing([texts(f"party.{one}") for one in sorted(slot.parties)]),
    )


def _clock(minute: int) -> str:
    return f"{minute % DAY_MINUTES // MINUTES:02}:{minute % MINUTES:02}"
