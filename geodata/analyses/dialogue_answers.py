"""Which imported answers were given at which occasion of a dialogue, by where and when they were."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.dialogues.dialogue import NOWHERE
from geodata.schema import Stream
from geodata.selection import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geodata.analyses.ground import Ground
    from geodata.dialogues.dialogue import Course, Dialogue, Occasion

ELSEWHERE = -1


@dataclass(frozen=True, slots=True)
class Collected:
    """Imported answers of a dialogue's days.

    Attributes
    ----------
    by_occasion
        Answers given at each occasion, in the dialogue's order.
    elsewhere
        Answers of the same days that were given at none of them, or do not say where.
    """

    by_occasion: tuple[int, ...]
    elsewhere: int


def collected_answers(
    ground: Ground, dialogue: Dialogue, course: Course, names: Mapping[int, str]
) -> Collected:
    """Count the survey's answers of a dialogue's days by occasion; every answer counts once.

    An answer was given at an occasion when its ``collected_at`` is called as the occasion's place, its words,
    or one of its `collected_as`; small letters and capitals are one. Of several occasions at one place it is
    of the nearest day, and of the first of them where days do not tell. What does not say where belongs to
    the asking by web or telephone that names its source. An occasion whose sources are recorded takes
    answers of those alone.

    Parameters
    ----------
    names
        The name of each place, by id.
    """
    records = ground.records
    given = records.of_stream(Stream.SURVEY) & counted(records.frame)
    # What is known to the month or the year alone is of these days where all of it lies in them.
    given &= records.first_day >= np.datetime64(dialogue.first)
    given &= records.last_day <= np.datetime64(dialogue.last)
    rows = np.flatnonzero(given)
    frame = records.frame
    where = frame["collected_at"].iloc[rows].fillna("").astype(str).str.strip().str.casefold()
    kinds = zip(where, frame["source"].iloc[rows].astype(str), records.day[rows], strict=True)
    sizes: dict[tuple[str, str, np.datetime64], int] = defaultdict(int)
    for kind in kinds:
        sizes[kind] += 1
    counts = np.zeros(len(dialogue.occasions) + 1, dtype=np.int64)
    for (said, source, day), size in sizes.items():
        counts[_occasion(dialogue, course, names, said=said, source=source, day=day)] += size
    return Collected(tuple(int(one) for one in counts[:-1]), int(counts[ELSEWHERE]))


def _occasion(
    dialogue: Dialogue,
    course: Course,
    names: Mapping[int, str],
    *,
    said: str,
    source: str,
    day: np.datetime64,
) -> int:
    """Return the number of the occasion that such an answer was given at, or `ELSEWHERE`."""
    fitting = []
    for number, one in enumerate(dialogue.occasions):
        outcome = course.outcome(one.key)
        sources = outcome.sources if outcome is not None else ()
        at_place = bool(said) and said in called(one, names)
        by_source = not said and one.method in NOWHERE and source in sources
        if (at_place and (not sources or source in sources)) or by_source:
            fitting.append((_days_off(one, day), number))
    return min(fitting)[1] if fitting else ELSEWHERE


def called(occasion: Occasion, names: Mapping[int, str]) -> frozenset[str]:
    """Return what answers may call the place of an occasion, in small letters."""
    place = names.get(occasion.place, "") if occasion.place is not None else ""
    every = (place, occasion.where, *occasion.collected_as)
    return frozenset(one.strip().casefold() for one in every if one.strip())


def _days_off(occasion: Occasion, day: np.datetime64) -> int:
    if occasion.day is None or np.isnat(day):
        return 0
    return abs(int((day - np.datetime64(occasion.day)).astype(int)))
