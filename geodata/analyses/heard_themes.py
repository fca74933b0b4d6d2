"""What answers are about with every part of the municipality, and every age, weighed by its residents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.disclosure import named_together, rounded
from geodata.evidence.raking import merged, merged_in_order, rake
from geodata.schema import CATEGORIES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.evidence.raking import Raked

FEWEST_ANSWERS = 10
"""Answers that a part must have to stand alone, whoever looks; the privacy threshold where that is higher."""

FEWEST_PARTS = 2

MOST_AGED = 0.7
"""With a smaller share of the answers telling an age, those that do would speak for too many that don't."""

WORTH_LEAST = 0.25
"""Weights that leave less than this share of the answers' worth tell of the weights, not of the answers."""


@dataclass(frozen=True, slots=True)
class ThemeHeard:
    """What a group of problems has of the answers: as they came, and with every part weighed by residents."""

    group: str
    plain: float
    weighted: float


@dataclass(frozen=True, eq=False)
class Weighted:
    """Answers with a place.

    Attributes
    ----------
    category
        Group of problems, shape ``(n,)``.
    part, age
        Position of the part and of the age group, -1 where there is none, shape ``(n,)``.
    """

    category: NDArray[np.object_]
    part: NDArray[np.int64]
    age: NDArray[np.int64]


def weighted_themes(
    answers: Weighted,
    residents: NDArray[np.float64],
    living: NDArray[np.float64] | None,
    *,
    minimum: int,
    exact: bool,
) -> tuple[tuple[ThemeHeard, ...], int | None, str]:
    """Weigh the groups of problems by part and age where the answers bear it, else by part.

    Parameters
    ----------
    residents, living
        Residents of each part, and of each age group where that is known.
    minimum
        Answers that a part must have; without `exact` a theme too, and what is left beside those shown.
    exact
        Whether counts may be known; else shares are those of rounded counts, in whole per cent.

    Returns
    -------
    themes
        Largest first; empty where a single part is all there is.
    bears
        Equally weighted answers that would know a share as well.
    by
        ``part_and_age`` or ``part``.
    """
    inside = answers.part >= 0
    both = inside & (answers.age >= 0)
    if living is not None and both.sum() >= MOST_AGED * inside.sum():
        raked = _raked(answers, both, [residents, living], minimum=minimum)
        if raked is not None and raked[0].converged and raked[0].answers >= WORTH_LEAST * both.sum():
            themes = _themes(answers.category[both], raked[1], minimum=minimum, exact=exact)
            return themes, round(raked[0].answers), "part_and_age"
    raked = _raked(answers, inside, [residents], minimum=minimum)
    if raked is None:
        return (), None, "part"
    themes = _themes(answers.category[inside], raked[1], minimum=minimum, exact=exact)
    return themes, round(raked[0].answers), "part"


def _raked(
    answers: Weighted,
    which: NDArray[np.bool_],
    margins: list[NDArray[np.float64]],
    *,
    minimum: int,
) -> tuple[Raked, NDArray[np.float64]] | None:
    """Return the fit and each answer's weight; None where a margin is one group, or one has no answers."""
    axes, targets = [], []
    for position, margin, merging in zip(
        (answers.part[which], answers.age[which]), margins, (merged, merged_in_order), strict=False
    ):
        counts = np.bincount(position, minlength=len(margin)).astype(np.float64)
        groups = merging(counts, minimum=minimum)
        people = np.array([margin[group].sum() for group in groups])
        held = np.array([counts[group].sum() for group in groups])
        if len(groups) < FEWEST_PARTS or (held[people > 0] == 0).any():
            return None
        place = np.full(len(margin), -1, dtype=np.int64)
        for number, group in enumerate(groups):
            place[group] = number
        axes.append(place[position])
        targets.append(people)
    shape = tuple(len(target) for target in targets)
    at = np.ravel_multi_index(tuple(axes), shape)
    counts = np.bincount(at, minlength=int(np.prod(shape))).astype(np.float64).reshape(shape)
    raked = rake(counts, targets)
    weight = np.divide(raked.cells, counts, out=np.zeros_like(counts), where=counts > 0)
    return raked, weight.ravel()[at]


def _themes(
    categories: NDArray[np.object_], weight: NDArray[np.float64], *, minimum: int, exact: bool
) -> tuple[ThemeHeard, ...]:
    counts = {name: int((categories == name).sum()) for name in CATEGORIES}
    shown = sorted(counts, key=lambda name: -counts[name])
    if exact:
        shown = [name for name in shown if counts[name] >= FEWEST_ANSWERS]
    else:
        many = [counts[name] for name in shown]
        shown = shown[: named_together(many, of=len(categories), minimum=minimum)]
    found = [
        ThemeHeard(
            name, counts[name] / len(categories), float(weight[categories == name].sum() / len(categories))
        )
        for name in shown
    ]
    if not exact:
        total = max(1, int(rounded(len(categories))))
        found = [
            ThemeHeard(
                one.group,
                round(int(rounded(counts[one.group])) / total, 2),
                round(one.weighted, 2),
            )
            for one in found
        ]
    return tuple(sorted(found, key=lambda theme: (-theme.weighted, theme.group)))
