"""The dialogues for an audience: their state as it is, what each occasion gave, and what of it is imported.

How far a dialogue has come, and whether its result is late, is the authorities' own and shown to everybody.
How many people talked or answered is not: council and public see rounded counts, those of all occasions
or of none, and no notes.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata import crs
from geodata.analyses.dialogue_answers import Collected, collected_answers
from geodata.analyses.dialogue_steps import clock_day
from geodata.analyses.ground import open_register
from geodata.analyses.promises import measured_on
from geodata.dialogues.lapse import LAPSES, lapse_of
from geodata.disclosure import open_together, rounded
from geodata.errors import MissingError
from geodata.privacy import RULES
from geodata.store.register import Register

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from geodata.analyses.ground import Ground
    from geodata.dialogues.dialogue import Occasion
    from geodata.dialogues.lapse import Lapse
    from geodata.places.place import Place
    from geodata.privacy import Audience
    from geodata.project import Project
    from geodata.store.dialogues import KeptDialogue

ABOUT_RESULT = ("result_overdue", "no_result_day")
"""Lapses that everybody is told of; the others are for those who keep the dialogues."""


@dataclass(frozen=True, slots=True)
class OccasionAnswer:
    """One occasion and what it gave.

    Attributes
    ----------
    place
        The place's name in the register; empty for none.
    retired
        Whether that place is no longer in use.
    point
        Metres east and north in the working CRS; None where it is told in words alone.
    lonlat
        The same as longitude and latitude.
    recorded
        Whether anybody has written down what it gave.
    talks, answers, imported
        People talked with and answers given, as recorded; answers of its place and day that are imported.
        Rounded for an audience without exact counts; None where not counted, not imported or withheld.
    note
        None for council and public.
    sources
        By which the answers are said to have come in.
    """

    occasion: Occasion
    place: str
    retired: bool
    point: tuple[float, float] | None
    lonlat: tuple[float, float] | None
    recorded: bool
    talks: int | None
    answers: int | None
    imported: int | None
    note: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DialogueAnswer:
    """One dialogue.

    Attributes
    ----------
    occasions
        In the order in which they are held, those without a day last.
    lapse
        What it owes on the day it is looked at; housekeeping is told to those with exact counts alone.
    talks, answers, imported
        Sums over the occasions, as there.
    elsewhere
        Imported answers of its days that belong to no occasion; None without exact counts or an import.
    withheld
        Whether counts are there that the audience may not see.
    exact
        Whether the counts are as they are, and not rounded.
    """

    kept: KeptDialogue
    lapse: Lapse | None
    occasions: tuple[OccasionAnswer, ...]
    talks: int | None
    answers: int | None
    imported: int | None
    elsewhere: int | None
    withheld: bool
    exact: bool


@contextmanager
def standing_register(workspace: Path, project: Project) -> Iterator[Register]:
    """Give the register, which is there before anything is imported: one asks before one has answers."""
    try:
        kept = open_register(workspace)
    except MissingError as error:
        if error.code != "no_snapshot":
            raise
        kept = None
    if kept is not None:
        yield kept
        return
    register = Register(
        workspace / "store",
        municipality_code=project.municipality.code,
        working_crs=project.geography.working_crs,
    )
    try:
        yield register
    finally:
        register.close()


def looked_at_on(ground: Ground | None, project: Project) -> date:
    """Return the local day on which dialogues are looked at when none is asked for."""
    return clock_day(project) if ground is None else measured_on(ground)


def follow_dialogues(
    register: Register,
    project: Project,
    audience: Audience,
    *,
    ground: Ground | None,
    today: date | None = None,
) -> tuple[DialogueAnswer, ...]:
    """Tell of every dialogue, newest first.

    Parameters
    ----------
    ground
        What is imported; None before the first import.
    today
        Local day; None as in `looked_at_on`.
    """
    places = {place.place_id: place for place in register.places()}
    day = today or looked_at_on(ground, project)
    return tuple(_answer(kept, project, audience, ground, places, day) for kept in register.dialogues.all())


def owed(register: Register, *, today: date) -> tuple[tuple[KeptDialogue, Lapse], ...]:
    """Return the dialogues that owe something on a local day, what weighs most and is oldest first."""
    found = [
        (kept, lapse)
        for kept in register.dialogues.all()
        if (lapse := lapse_of(kept.dialogue, kept.course, today=today)) is not None
    ]
    return tuple(sorted(found, key=lambda one: (LAPSES.index(one[1].code), -one[1].days)))


def follow_dialogue(
    register: Register,
    project: Project,
    key: str,
    audience: Audience,
    *,
    ground: Ground | None,
    today: date | None = None,
) -> DialogueAnswer:
    """Tell of one dialogue; parameters as `follow_dialogues`.

    Raises
    ------
    MissingError
        ``no_dialogue``.
    """
    places = {place.place_id: place for place in register.places()}
    day = today or looked_at_on(ground, project)
    return _answer(register.dialogues.find(key), project, audience, ground, places, day)


def _answer(
    kept: KeptDialogue,
    project: Project,
    audience: Audience,
    ground: Ground | None,
    places: Mapping[int, Place],
    today: date,
) -> DialogueAnswer:
    dialogue, course = kept.dialogue, kept.course
    rule = RULES[audience]
    names = {number: place.name for number, place in places.items()}
    collected = None if ground is None else collected_answers(ground, dialogue, course, names)
    outcomes = [course.outcome(one.key) for one in dialogue.occasions]
    columns = {
        "talks": [None if one is None else one.talks for one in outcomes],
        "answers": [None if one is None else one.answers for one in outcomes],
        "imported": _imported(collected, len(outcomes)),
    }
    shown = {
        name: _shown(counts, exact=rule.exact_counts, minimum=project.privacy.minimum_count)
        for name, counts in columns.items()
    }
    lapse = lapse_of(dialogue, course, today=today)
    occasions = []
    for number, one in enumerate(dialogue.occasions):
        place = places.get(one.place) if one.place is not None else None
        point = _point(one, place)
        outcome = outcomes[number]
        occasions.append(
            OccasionAnswer(
                occasion=one,
                place=place.name if place is not None else "",
                retired=place is not None and place.retired,
                point=point,
                lonlat=_lonlat(point, project.geography.working_crs),
                recorded=outcome is not None,
                talks=shown["talks"][0][number],
                answers=shown["answers"][0][number],
                imported=shown["imported"][0][number],
                note=outcome.note if outcome is not None and rule.quotes else None,
                sources=outcome.sources if outcome is not None else (),
            )
        )
    return DialogueAnswer(
        kept=kept,
        lapse=lapse if lapse is None or rule.exact_counts or lapse.code in ABOUT_RESULT else None,
        occasions=tuple(sorted(occasions, key=_when)),
        talks=shown["talks"][1],
        answers=shown["answers"][1],
        imported=shown["imported"][1],
        elsewhere=collected.elsewhere if collected is not None and rule.exact_counts else None,
        withheld=any(
            one is not None and hidden is None
            for name, counts in columns.items()
            for one, hidden in zip(counts, shown[name][0], strict=True)
        ),
        exact=rule.exact_counts,
    )


def _when(one: OccasionAnswer) -> tuple[bool, int, str]:
    """Order occasions by day and time, those without a day last."""
    day = one.occasion.day
    return day is None, 0 if day is None else day.toordinal(), one.occasion.start or ""


def _imported(collected: Collected | None, occasions: int) -> list[int | None]:
    return [None] * occasions if collected is None else list(collected.by_occasion)


def _shown(
    counts: Sequence[int | None], *, exact: bool, minimum: int
) -> tuple[tuple[int | None, ...], int | None]:
    """Return counts that stand beside each other, and their sum, as an audience may see them."""
    known = [one for one in counts if one is not None]
    total = sum(known) if known else None
    if exact or total is None:
        return tuple(counts), total
    if not open_together(np.array(known, dtype=np.int64), minimum=minimum):
        # The parts change places with each other, so what they come to together tells of none.
        return (None,) * len(counts), int(rounded(total)) if total >= minimum else None
    return tuple(None if one is None else int(rounded(one)) for one in counts), int(rounded(total))


def _point(occasion: Occasion, place: Place | None) -> tuple[float, float] | None:
    if occasion.point is not None:
        return occasion.point
    if place is None:
        return None
    middle = place.geometry.representative_point()
    return float(middle.x), float(middle.y)


def _lonlat(point: tuple[float, float] | None, working_crs: int) -> tuple[float, float] | None:
    if point is None:
        return None
    lon, lat = crs.to_lonlat(np.array([point[0]]), np.array([point[1]]), working=working_crs)
    return float(lon[0]), float(lat[0])
