"""Which problems of saved pictures a promise can be said to answer, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.views.picture import problem_name
from geodata.analyses.saved_pictures import problems_of

if TYPE_CHECKING:
    from dashboard.texts.catalogue import Catalogue
    from geodata.promises.promise import Promise
    from geodata.store.register import Register


def answerable(texts: Catalogue, register: Register, promise: Promise | None = None) -> list[tuple[str, str]]:
    """Return what was chosen from saved pictures, newest first, and what the promise answers already.

    Returns
    -------
    list of tuple
        ``bild-2026#traffic_speed`` and its words.
    """
    found = {
        f"{one.key}#{decision.problem}": (decision.problem, one.name)
        for one in reversed(register.pictures.all())
        for decision in one.chosen
    }
    for one in problems_of(register, promise) if promise is not None else ():
        found.setdefault(f"{one.picture}#{one.problem}", (one.problem, one.name))
    return [
        (code, texts("promise.answers_one", problem=problem_name(texts, problem), picture=name))
        for code, (problem, name) in found.items()
    ]
