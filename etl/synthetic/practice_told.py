"""What people say, see and report round a municipality's places when a cycle is practised: all made up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import shapely

from etl.synthetic.background import draw_within
from etl.synthetic.rhythm import rhythms
from etl.synthetic.words import words
from geodata.errors import ParameterError
from geodata.schema import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.places.place import Place

LONGEST_YEARS = 4
YEAR = timedelta(days=365)
HALF_YEAR = timedelta(days=182)

FELT_AT = {
    PlaceKind.SCHOOL_ZONE: "school_zone",
    PlaceKind.SQUARE: "square",
    PlaceKind.CENTRE: "square",
    PlaceKind.STATION: "station",
    PlaceKind.PARK: "park",
}
"""Kind of place → what is felt there, of the made-up municipality's words; joyriding elsewhere."""

HAPPENS_AT = {
    "school_zone": ("speeding", "traffic_other", "accident"),
    "square": ("disorder", "drunkenness", "vandalism", "narcotics"),
    "station": ("vandalism", "disorder", "theft"),
    "park": ("narcotics", "vandalism", "gathering"),
    "joyriding": ("joyriding", "joyriding", "speeding"),
}
SCHOOL_MINUTES = (450, 470, 485, 700, 860, 880)
EVENING_MINUTES = (1210, 1290, 1350, 1410, 15, 70)

WHO = (
    "boende",
    "boende",
    "boende",
    "boende",
    "elev",
    "elev",
    "besokare",
    "personal_kommun",
    "personal_polis",
)
ABOUT_PLACE = 0.85
"""Share of the answers that are about a place; the others lie round one."""
ROUND_M = 600.0
FIRST_MORE = 2.0
"""How much more often the first place of a kind is named than the others, so that something can be found."""


@dataclass(frozen=True, slots=True)
class Course:
    """When a cycle is practised.

    Attributes
    ----------
    asked, asked_until
        First and last day of the dialogue, local days.
    last
        Last day of what is made up: the day that promises are measured on.
    """

    asked: date
    asked_until: date
    last: date

    def __post_init__(self) -> None:
        if not self.asked <= self.asked_until <= self.last <= self.asked + LONGEST_YEARS * YEAR:
            raise ParameterError(
                "practice_days",
                f"A cycle goes from the dialogue ({self.asked} to {self.asked_until}) to its last day"
                f" ({self.last}), {LONGEST_YEARS} years at most.",
                asked=self.asked.isoformat(),
                until=self.asked_until.isoformat(),
                last=self.last.isoformat(),
                years=LONGEST_YEARS,
            )

    @property
    def first(self) -> date:
        """The first day of what is made up: half a year before anybody was asked."""
        return self.asked - HALF_YEAR


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that somebody says, sees or reports.

    Attributes
    ----------
    day, minute
        Local day and minute of it.
    kind
        The problem as forms write it, the deficiency of a review, or the word for an incident.
    text, measure
        What is said of it, and what should be done; empty where nothing is.
    place
        Name of the place that it is about, or is close to.
    collected_at
        Where it was said; empty where nobody was asked.
    who, age, sex
        Of an answer, as forms write them.
    x, y
        Where, metres in the working CRS.
    """

    day: date
    minute: int
    kind: str
    text: str
    place: str
    x: float
    y: float
    measure: str = ""
    collected_at: str = ""
    who: str = ""
    age: str = ""
    sex: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """All that is made up of a cycle, each in the order of time, and the places that it is told of.

    Attributes
    ----------
    answers, measured
        What was said in the dialogue and a year later, and in a safety survey before it.
    """

    course: Course
    places: tuple[Place, ...]
    answers: tuple[Told, ...]
    measured: tuple[Told, ...]
    incidents: tuple[Told, ...]
    reviews: tuple[Told, ...]


def told_answers(
    places: Sequence[Place], count: int, first: date, last: date, rng: np.random.Generator
) -> tuple[Told, ...]:
    """Tell what people answer about the places from one day to another."""
    found, met = [], [place.name for place in places] + ["Webben"] * 2
    for day, at in zip(_days(count, first, last, rng), _choose(places, count, rng), strict=True):
        felt = words().felt[FELT_AT.get(places[at].kind, "joyriding")].problems
        code = str(rng.choice(list(felt), p=np.array(list(felt.values()))))
        x, y = _point(places[at], rng)
        found.append(
            Told(
                day=day,
                minute=int(rng.integers(9 * 60, 19 * 60)),
                kind=code,
                text=_plain(words().problems[code].comments, places[at].name, rng),
                place=places[at].name,
                x=x,
                y=y,
                collected_at=str(rng.choice(met)),
                who=str(rng.choice(WHO)),
                age=str(rng.choice(words().answers.ages, p=words().answers.age_share)),
                sex=str(rng.choice(words().answers.sexes, p=words().answers.sex_share)),
            )
        )
    return tuple(found)


def told_incidents(
    places: Sequence[Place], count: int, first: date, last: date, rng: np.random.Generator
) -> tuple[Told, ...]:
    """Tell what is reported to the police at the places; something happens on the last day."""
    found = []
    days = [*_days(count - 1, first, last, rng), last]
    for day, at in zip(days, _choose(places, count, rng), strict=True):
        felt = FELT_AT.get(places[at].kind, "joyriding")
        kind = str(rng.choice(HAPPENS_AT[felt]))
        x, y = _point(places[at], rng)
        minutes = SCHOOL_MINUTES if felt == "school_zone" else EVENING_MINUTES
        text = str(rng.choice(words().incidents.notes[kind])).format(n=int(rng.integers(2, 9)))
        label = rhythms().kinds[kind].label
        found.append(Told(day, int(rng.choice(minutes)), label, text, places[at].name, x, y))
    return tuple(found)


def told_reviews(
    places: Sequence[Place], count: int, first: date, last: date, rng: np.random.Generator
) -> tuple[Told, ...]:
    """Tell what reviews of the traffic environment find at the places, at each in turn."""
    found = []
    for number, day in enumerate(_days(count, first, last, rng)):
        place, deficiency = places[number % len(places)], str(rng.choice(list(words().reviews)))
        seen = words().reviews[deficiency]
        x, y = _point(place, rng)
        text, measure = _plain(seen.texts, place.name, rng), str(rng.choice(seen.measures))
        found.append(Told(day, 13 * 60, deficiency, text, place.name, x, y, measure=measure))
    return tuple(found)


def _days(count: int, first: date, last: date, rng: np.random.Generator) -> list[date]:
    steps = rng.integers(0, (last - first).days + 1, count)
    return sorted(first + timedelta(days=int(step)) for step in steps)


def _choose(places: Sequence[Place], count: int, rng: np.random.Generator) -> list[int]:
    """Draw places; the first of each kind more often."""
    kinds = [place.kind for place in places]
    weight = np.array([FIRST_MORE if kinds.index(kind) == at else 1.0 for at, kind in enumerate(kinds)])
    return [int(at) for at in rng.choice(len(places), count, p=weight / weight.sum())]


def _point(place: Place, rng: np.random.Generator) -> tuple[float, float]:
    """Draw a point at a place, or round it."""
    if rng.random() < ABOUT_PLACE:
        (x, y), *_ = draw_within(place.geometry, 1, rng).tolist()
        return float(x), float(y)
    middle = shapely.centroid(place.geometry)
    away, turn = ROUND_M * np.sqrt(rng.random()), rng.uniform(0, 2 * np.pi)
    return float(middle.x + away * np.cos(turn)), float(middle.y + away * np.sin(turn))


def _plain(texts: Sequence[str], place: str, rng: np.random.Generator) -> str:
    """Choose a sentence that names no street: none is made up in a real municipality."""
    return str(rng.choice([one for one in texts if "{street}" not in one])).format(place=place)
