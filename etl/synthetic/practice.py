"""Practise a cycle before the municipality's own files have come: made-up files round its real places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from etl.synthetic.practice_told import YEAR, Made, told_answers, told_incidents, told_reviews
from etl.synthetic.practice_writing import WRITERS
from geodata.errors import ParameterError, ProjectError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from etl.synthetic.practice_told import Course
    from geodata.places.place import Place
    from geodata.project import Project

MADE_UP = "pahittad"
"""How the name of a source begins that holds what is made up; its files are called so too."""

ANSWERS, AGAIN = 40, 28
"""Answers in the dialogue, and a year later: a small municipality's."""
MEASURED, INCIDENTS, REVIEWS = 24, 44, 8


def write_practice(
    workspace: Path, project: Project, places: Sequence[Place], course: Course, *, seed: int
) -> tuple[str, ...]:
    """Write the made-up files that a project reads: one for each source whose name begins with ``MADE_UP``.

    The same places, days and seed give the same files; those of an earlier time are overwritten.

    Parameters
    ----------
    places
        Of the register; those retired are left out.

    Returns
    -------
    tuple of str
        The files, below the workspace.

    Raises
    ------
    ProjectError
        ``practice_not_made_up`` when the project does not say that its data are made up;
        ``practice_no_source`` when it has no such source, or one that can't be made up.
    ParameterError
        ``practice_no_place`` when the register has no place to make anything up at.
    """
    if not project.municipality.made_up:
        raise ProjectError(
            "practice_not_made_up",
            "The project file says nothing of made-up data: practise in a workspace of its own, with"
            " made_up = true under [municipality], and never in the municipality's.",
        )
    sources = [one for one in project.sources if one.name.startswith(MADE_UP)]
    strange = [one.name for one in sources if one.mapping not in WRITERS]
    if strange or not sources:
        found = ", ".join(strange) or "–"
        raise ProjectError(
            "practice_no_source",
            f"A source to make up is called {MADE_UP}… and has one of the mappings {', '.join(WRITERS)};"
            f" not so: {found}.",
            begins=MADE_UP,
            known=", ".join(WRITERS),
            found=found,
        )
    in_use = tuple(place for place in places if not place.retired)
    if not in_use:
        raise ParameterError(
            "practice_no_place", "There is no place to make anything up at: import schools or places first."
        )
    made = _made(in_use, course, np.random.default_rng([seed, len(MADE_UP)]))
    written = []
    for source in sources:
        name = source.files[0].replace("*", "")
        path = workspace / name
        path.parent.mkdir(parents=True, exist_ok=True)
        WRITERS[source.mapping](path, made)
        written.append(name)
    return tuple(written)


def _made(places: tuple[Place, ...], course: Course, rng: np.random.Generator) -> Made:
    answers = told_answers(places, ANSWERS, course.asked, course.asked_until, rng)
    again = course.asked + YEAR
    if again <= course.last:
        until = min(course.asked_until + YEAR, course.last)
        answers += told_answers(places, AGAIN, again, until, rng)
    return Made(
        course,
        places,
        answers,
        told_answers(places, MEASURED, course.first, course.asked, rng),
        told_incidents(places, INCIDENTS, course.first, course.last, rng),
        told_reviews(places, REVIEWS, course.asked_until, course.last, rng),
    )
