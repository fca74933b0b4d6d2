"""What was recorded in a week, by problem and by place, against what is usual for the week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.picture.focus import WEEK_DAYS
from geodata.picture.usual_week import Usual, judged, usual_week
from geodata.privacy import Audience
from geodata.schema import Stream
from geodata.selection import Selection

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.analyses.ground import Ground
    from geodata.periods import Period

LONGEST_WEEKS = 260
"""Five years back: what was usual before that is not any more."""

YEAR_WEEKS = 52

NO_PROBLEM = "other"


@dataclass(frozen=True, slots=True)
class ProblemWeek:
    """The incidents of one problem in the week."""

    problem: str
    usual: Usual


@dataclass(frozen=True, slots=True)
class PlaceWeek:
    """The incidents at one place in the week.

    Attributes
    ----------
    problem
        The most common problem there that week; None where there is none.
    is_new
        Whether there was nothing in the year before.
    """

    place_id: int
    name: str
    usual: Usual
    problem: str | None
    is_new: bool


@dataclass(frozen=True, slots=True)
class WeekCounts:
    """A week against what is usual.

    Attributes
    ----------
    problems
        Farthest above the usual first.
    places
        Likewise; only those with something recorded that week.
    compared
        How many numbers were held against their usual, in each of the two lists.
    weeks
        How many weeks before it tell what is usual.
    """

    problems: tuple[ProblemWeek, ...]
    places: tuple[PlaceWeek, ...]
    compared: tuple[int, int]
    weeks: int


def count_week(ground: Ground, week: Period) -> WeekCounts:
    """Count a week's incidents of known day by problem and place.

    Weeks are looked at from when every source that is still used had begun, so that a new source is no rise;
    one that had nothing in the year before the week is not used any more, and is looked at in no week.
    """
    records = ground.records
    incident = records.of_stream(Stream.INCIDENT) & records.problems(Selection(Audience.POLICE))
    monday = np.datetime64(week.first)
    rows = np.flatnonzero(incident & ~np.isnat(records.day) & (records.day < monday + WEEK_DAYS))
    rows, weeks = _used(ground, rows, monday)
    back = (monday - records.day[rows] + WEEK_DAYS - 1).astype(np.int64) // WEEK_DAYS  # 0 is the week itself
    rows, back = rows[back <= weeks], back[back <= weeks]
    starts = monday - WEEK_DAYS * np.arange(weeks, 0, -1)
    problems = _problems(ground, rows, back, starts, monday)
    every = _places(ground, rows, back, starts, monday)
    return WeekCounts(
        problems=problems,
        places=tuple(one for one in every if one.usual.count),
        compared=(_compared([one.usual for one in problems]), _compared([one.usual for one in every])),
        weeks=weeks,
    )


def _used(ground: Ground, rows: NDArray[np.int64], monday: np.datetime64) -> tuple[NDArray[np.int64], int]:
    """Return the records of sources that are still used, and how many whole weeks before all of them hold."""
    source = ground.records.series[rows]
    day = ground.records.day[rows]
    used = np.unique(source[day >= monday - YEAR_WEEKS * WEEK_DAYS])
    if not len(used):
        return rows[:0], 0
    first = max(day[source == one].min() for one in used)
    weeks = int(np.clip((monday - first).astype(np.int64) // WEEK_DAYS, 0, LONGEST_WEEKS))
    return rows[np.isin(source, used)], weeks


def _problems(
    ground: Ground,
    rows: NDArray[np.int64],
    back: NDArray[np.int64],
    starts: NDArray[np.datetime64],
    monday: np.datetime64,
) -> tuple[ProblemWeek, ...]:
    code = ground.records.category_code[rows]
    names, found = [], []
    for at, name in enumerate(ground.records.category_names):
        here = back[code == at]
        if name != NO_PROBLEM and len(here):
            names.append(name)
            found.append(_usual(here, starts, monday))
    told = [ProblemWeek(*one) for one in zip(names, judged(found), strict=True)]
    return tuple(sorted(told, key=lambda one: _above(one.usual)))


def _places(
    ground: Ground,
    rows: NDArray[np.int64],
    back: NDArray[np.int64],
    starts: NDArray[np.datetime64],
    monday: np.datetime64,
) -> tuple[PlaceWeek, ...]:
    when = np.full(len(ground.observations), -1, dtype=np.int64)
    when[rows] = back
    place, observation = ground.place_members
    kept = when[observation] >= 0
    place, observation = place[kept], observation[kept]
    places = np.unique(place)
    usual = judged([_usual(when[observation[place == at]], starts, monday) for at in places.tolist()])
    told = []
    for at, one in zip(places.tolist(), usual, strict=True):
        inside = observation[place == at]
        now = [name for name, _ in ground.records.categories_of(inside[when[inside] == 0])]
        told.append(
            PlaceWeek(
                place_id=ground.places[at].place_id,
                name=ground.places[at].name,
                usual=one,
                problem=next((name for name in now if name != NO_PROBLEM), None),
                is_new=not ((when[inside] > 0) & (when[inside] <= YEAR_WEEKS)).any(),
            )
        )
    return tuple(sorted(told, key=lambda one: _above(one.usual)))


def _usual(back: NDArray[np.int64], starts: NDArray[np.datetime64], monday: np.datetime64) -> Usual:
    counts = np.bincount(back, minlength=len(starts) + 1)
    return usual_week(counts[:0:-1], starts, count=int(counts[0]), start=monday)


def _above(usual: Usual) -> tuple[bool, float, int]:
    """Order by how far above the usual a number is, the least likely first; what is below comes last."""
    above = usual.expected is not None and usual.count > usual.expected
    return not above, (usual.p if above and usual.p is not None else 1.0), -usual.count


def _compared(found: list[Usual]) -> int:
    return sum(one.p is not None for one in found)
