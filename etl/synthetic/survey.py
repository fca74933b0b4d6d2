"""Residents' answers: after where people live, traffic, schools, and the places planted as felt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from etl.synthetic.background import draw_points, draw_within
from etl.synthetic.calendar_weights import LAST_DAY, days
from etl.synthetic.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from etl.synthetic.land import Land
    from etl.synthetic.planting import PlantedPlace

PLANTED_SHARE = 0.26
COMMENT_SHARE = 0.62
IDENTITY_SHARE = 0.012
SCHOOL_SPREAD_M = 110.0
_EVENING = {
    "morkt",
    "odsligt",
    "samling",
    "alkohol",
    "narkotika",
    "vald_hot",
    "buskorning",
    "ingen_overblick",
}


def draw_answers(
    land: Land, count: int, places: Sequence[PlantedPlace], rng: np.random.Generator
) -> pd.DataFrame:
    """Draw answers to the safety survey.

    Returns
    -------
    DataFrame
        ``day`` (number since the first covered day), ``minute``, ``problem``, ``when``, ``comment``,
        ``age``, ``sex``, ``collected``, ``x``, ``y`` in metres, ``planted``; in time order.
    """
    felt = [number for number, place in enumerate(places) if place.felt]
    planted = np.full(count, -1)
    if felt:
        chosen = rng.random(count) < PLANTED_SHARE
        planted[chosen] = rng.choice(felt, int(chosen.sum()))
    problem = np.empty(count, dtype=object)
    points = np.empty((count, 2))
    for number in felt:
        mine = planted == number
        told = words().felt[places[number].kind].problems
        problem[mine] = rng.choice(list(told), int(mine.sum()), p=np.array(list(told.values())))
        points[mine] = draw_within(places[number].footprint, int(mine.sum()), rng)
    others = planted < 0
    share = np.array([entry.share for entry in words().problems.values()])
    problem[others] = rng.choice(list(words().problems), int(others.sum()), p=share / share.sum())
    near = np.array([words().problems[code].near for code in problem])
    points[others & (near == "flow")] = draw_points(
        land, int((others & (near == "flow")).sum()), rng, by="flow"
    )
    points[others & (near == "people")] = draw_points(
        land, int((others & (near == "people")).sum()), rng, by="people"
    )
    at_school = others & (near == "schools")
    points[at_school] = _near_schools(land, int(at_school.sum()), rng)
    day = _asked(count, rng)
    answers = words().answers
    frame = pd.DataFrame(
        {
            "day": day,
            "minute": rng.integers(9 * 60, 19 * 60, count),
            "problem": problem,
            "when": [
                _when(code, places[number].kind if number >= 0 else None, rng)
                for code, number in zip(problem, planted, strict=True)
            ],
            "comment": _comments(land, problem, points, rng),
            "age": rng.choice(answers.ages, count, p=answers.age_share),
            "sex": rng.choice(answers.sexes, count, p=answers.sex_share),
            "collected": rng.choice(answers.collected, count),
            "x": points[:, 0],
            "y": points[:, 1],
            "planted": planted,
        }
    )
    return frame.sort_values(["day", "minute", "x"], ignore_index=True)


def _asked(count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Draw days of the yearly survey month (May), the last two years a little more."""
    covered = days()
    rounds = list(range(covered[0].year + 1, LAST_DAY.year + 1))
    weight = np.linspace(0.7, 1.3, len(rounds))
    year = rng.choice(rounds, count, p=weight / weight.sum())
    start = {
        year: next(n for n, day in enumerate(covered) if (day.year, day.month) == (year, 5))
        for year in rounds
    }
    return np.array([start[int(number)] for number in year]) + rng.integers(0, 31, count)


def _near_schools(land: Land, count: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Draw points on streets round the schools, in proportion to their pupils."""
    pupils = np.array([school.pupils for school in land.schools], dtype=np.float64)
    at = np.array([(school.x, school.y) for school in land.schools])
    points = at[rng.choice(len(at), count, p=pupils / pupils.sum())] + rng.normal(
        0, SCHOOL_SPREAD_M, (count, 2)
    )
    lines = land.streets.geometry.to_numpy()
    here = shapely.points(points)
    nearest = shapely.STRtree(lines).nearest(here)
    along = shapely.line_interpolate_point(lines[nearest], shapely.line_locate_point(lines[nearest], here))
    return np.asarray(shapely.get_coordinates(along))


def _when(code: str, kind: str | None, rng: np.random.Generator) -> str:
    if kind is not None:
        return str(rng.choice(words().felt[kind].when))
    if rng.random() < 0.35:
        return ""
    usual = (
        ("kvall", "natt", "helg")
        if code in _EVENING
        else ("vardag_morgon", "vardag_dag", "vardag_eftermiddag")
    )
    return str(rng.choice(usual))


def _comments(
    land: Land, problem: NDArray[np.object_], points: NDArray[np.float64], rng: np.random.Generator
) -> list[str]:
    named = land.streets[land.streets["name"] != ""]
    nearest = named["name"].to_numpy()[
        shapely.STRtree(named.geometry.to_numpy()).nearest(shapely.points(points))
    ]
    said = []
    for code, street in zip(problem, nearest, strict=True):
        text = ""
        if rng.random() < COMMENT_SHARE:
            text = str(rng.choice(words().problems[code].comments)).format(street=street, place=street)
        if rng.random() < IDENTITY_SHARE:
            contact = str(rng.choice(words().answers.identities)).format(n=int(rng.integers(5, 100)))
            text = f"{text} {contact}".strip()
        said.append(text)
    return said
