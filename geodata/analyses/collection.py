"""Where the survey stood: at which places answers were given, and whether they are about the ground near by.

A survey reaches those who pass where it stands, and they speak of what they pass. An answer given at a place
is not about it, but where answers from a place speak more of its surroundings than the others do, the map
shows where the survey stood as well as where it is unsafe. That is said, with its numbers.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.analyses.dialogue_answers import called
from geodata.disclosure import open_together, rounded
from geodata.evaluation.survey_change import Share
from geodata.privacy import RULES
from geodata.schema import Stream
from geodata.selection import Selection

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.analyses.dialogues import DialogueAnswer
    from geodata.analyses.ground import Ground
    from geodata.privacy import Audience

NEAR_M = 500.0
"""What lies no farther from where an answer was given, as the crow flies, is near by."""

FEWEST = 10
"""Placed answers that a place must have given, and the others together, for their shares to be compared."""


@dataclass(frozen=True, slots=True)
class Nearness:
    """How many placed answers are about the ground near a place: of those given there, and of the others.

    Attributes
    ----------
    more
        Whether those given there clearly are so more often: the 90 % ranges of the shares lie apart.
    """

    near: int
    of: int
    others_near: int
    others_of: int
    more: bool


@dataclass(frozen=True, slots=True)
class CollectionPlace:
    """One place where answers were given.

    Attributes
    ----------
    name
        As the answers call it.
    answers
        Rounded for an audience without exact counts.
    share
        Of the answers that say where they were given, 0 to 1.
    lonlat
        From the occasion of a dialogue that was held there, else from the register's place of that name; None
        where neither is known, or where one asked without being anywhere.
    nearness
        None without exact counts, without a point, and where there are too few.
    """

    name: str
    answers: int
    share: float
    lonlat: tuple[float, float] | None
    nearness: Nearness | None


@dataclass(frozen=True, slots=True)
class Collection:
    """Where the survey stood, over all time.

    Attributes
    ----------
    places
        Most answers first; empty where nothing says where, or it is withheld.
    silent
        Answers that do not say where they were given; None without exact counts.
    """

    places: tuple[CollectionPlace, ...]
    silent: int | None


def where_collected(ground: Ground, audience: Audience, dialogues: tuple[DialogueAnswer, ...]) -> Collection:
    """Tell where answers were given; parts are open together or not at all, as `who_was_heard` has them.

    Parameters
    ----------
    dialogues
        Whose occasions tell where a place is.
    """
    records = ground.records
    exact = RULES[audience].exact_counts
    asked = np.flatnonzero(records.problems(Selection(audience)) & records.of_stream(Stream.SURVEY))
    written = ground.observations["collected_at"].iloc[asked].fillna("").astype(str).str.strip()
    said = _one_spelling(written.tolist())
    counts = Counter(said.tolist())
    silent = counts.pop("", 0)
    if not exact and not open_together(
        np.array(list(counts.values()), dtype=np.int64), minimum=ground.project.privacy.minimum_count
    ):
        return Collection((), None)
    shown = counts if exact else Counter({name: int(rounded(count)) for name, count in counts.items()})
    total = sum(shown.values())
    points = _points(ground, dialogues)
    places = []
    for name, count in sorted(shown.items(), key=lambda one: (-one[1], one[0])):
        point, lonlat = points.get(name.casefold(), (None, None))
        nearness = _nearness(ground, asked, said == name, point) if exact and point is not None else None
        places.append(CollectionPlace(name, count, count / total if total else 0.0, lonlat, nearness))
    return Collection(tuple(places), silent if exact else None)


def _one_spelling(written: list[str]) -> NDArray[np.str_]:
    """Call every place as it is mostly written: small letters and capitals are one."""
    spellings: dict[str, str] = {}
    for name, _ in Counter(written).most_common():
        spellings.setdefault(name.casefold(), name)
    return np.array([spellings[name.casefold()] for name in written], dtype=np.str_)


def _points(
    ground: Ground, dialogues: tuple[DialogueAnswer, ...]
) -> dict[str, tuple[tuple[float, float], tuple[float, float]]]:
    """Return where the places are, by what answers may call them; a newer dialogue's occasion wins."""
    found: dict[str, tuple[tuple[float, float], tuple[float, float]]] = {}
    for position, place in enumerate(ground.places):
        middle, shown = place.geometry.representative_point(), ground.place_points[position]
        found[place.name.casefold()] = ((middle.x, middle.y), (float(shown.x), float(shown.y)))
    for dialogue in reversed(dialogues):
        for one in dialogue.occasions:
            if one.point is None or one.lonlat is None:
                continue
            names = {one.occasion.place: one.place} if one.occasion.place is not None else {}
            for name in called(one.occasion, names):
                found[name] = (one.point, one.lonlat)
    return found


def _nearness(
    ground: Ground, asked: NDArray[np.int64], here: NDArray[np.bool_], point: tuple[float, float]
) -> Nearness | None:
    placed = ground.records.in_places[asked]
    away = np.hypot(ground.records.x[asked] - point[0], ground.records.y[asked] - point[1])
    near = placed & (away <= NEAR_M)
    of, others_of = int((placed & here).sum()), int((placed & ~here).sum())
    if min(of, others_of) < FEWEST:
        return None
    hits, others = int((near & here).sum()), int((near & ~here).sum())
    low, _ = Share(hits / of, of).interval()
    _, high = Share(others / others_of, others_of).interval()
    return Nearness(hits, of, others, others_of, more=low > high)
