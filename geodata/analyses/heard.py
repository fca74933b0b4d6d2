"""Who has been heard: answers by part of the municipality and by age against those who live there."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.age_groups import group_codes
from geodata.analyses.division import division_of
from geodata.analyses.heard_ages import age_codes, residents_by_age
from geodata.analyses.heard_themes import (
    FEWEST_ANSWERS,
    FEWEST_PARTS,
    ThemeHeard,
    Weighted,
    weighted_themes,
)
from geodata.disclosure import open_together, rounded
from geodata.evidence.raking import merged, merged_in_order
from geodata.privacy import RULES
from geodata.schema import GROUP_OF, Stream
from geodata.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geodata.analyses.ground import Ground
    from geodata.privacy import Audience

FEWER, MORE = 0.8, 1.25
"""A part with fewer or more times its share of the residents than this is heard less or more, where its range
leaves an even share out."""

CLEAR = (2 / 3, 1.5)
"""A part whose range lies within these is heard about as its residents are many."""

HEARD = ("less", "as_many", "unclear", "more")
"""In the order in which parts are told."""

Z = 1.6449
"""On either side of the 90 % range."""


@dataclass(frozen=True, slots=True)
class PartHeard:
    """One part of the municipality, or several small ones together.

    Attributes
    ----------
    names
        Names of the parts.
    residents
        People who live there.
    answers
        Answers that are about it; rounded for an audience without exact counts, None where withheld.
    low, high
        Its share of the answers over its share of the residents, 90 % range; None where withheld.
    heard
        ``less``, ``as_many``, ``more``, or ``unclear`` where the range reaches over several.
    """

    names: tuple[str, ...]
    residents: int
    answers: int | None
    low: float | None
    high: float | None
    heard: str


@dataclass(frozen=True, slots=True)
class HeardAnswer:
    """Who has been heard.

    Attributes
    ----------
    division
        ``districts``, or ``schools`` where no districts are imported: everybody belongs to the nearest
        school. None where there is neither, or no population.
    parts
        Heard least first.
    themes
        Largest first; empty where weights would not bear it.
    bears
        Equally weighted answers that would know a weighted share as well.
    ages
        Age groups, youngest first, small ones with a neighbour: `names` are codes of ``age_groups``. Empty
        without ages, without a table of residents by age, or where all together would be too few.
    aged
        Answers that tell an age group; None without exact counts.
    weighted_by
        ``part``, or ``part_and_age`` where the answers bear both: what the themes are weighted by.
    collected
        Where answers were given, and how many there; empty where withheld.
    placed, answers
        Answers with a place, and all; None without exact counts.
    """

    division: str | None
    parts: tuple[PartHeard, ...]
    themes: tuple[ThemeHeard, ...]
    bears: int | None
    ages: tuple[PartHeard, ...]
    aged: int | None
    weighted_by: str
    collected: tuple[tuple[str, int], ...]
    placed: int | None
    answers: int | None


def who_was_heard(ground: Ground, audience: Audience) -> HeardAnswer:
    """Tell who has been heard, over all time.

    An answer belongs to the part that it is about: where those who answer live is not known. Parts and age
    groups with few answers are merged before anything is worked out, so that what is shown is all of it and
    no small number follows from the rest.
    """
    exact = RULES[audience].exact_counts
    minimum = max(FEWEST_ANSWERS, ground.project.privacy.minimum_count)
    asked = ground.records.problems(Selection(audience)) & ground.records.of_stream(Stream.SURVEY)
    placed = asked & ground.records.in_places
    division = division_of(ground)
    residents = np.zeros(0) if division is None else division.residents(ground)
    collected = _collected(ground, asked, minimum=minimum, exact=exact)
    whole = (int(placed.sum()), int(asked.sum())) if exact else (None, None)
    age, living = age_codes(ground), residents_by_age(ground)
    told = asked & (age >= 0)
    ages = _ages(ground, age[told], living, exact=exact, minimum=minimum)
    aged = int(told.sum()) if exact else None
    if division is None or residents.sum() <= 0:
        return HeardAnswer(None, (), (), None, ages, aged, "part", collected, *whole)
    names = division.names
    part_of = division.at(ground.records.x[placed], ground.records.y[placed])
    counts = np.bincount(part_of[part_of >= 0], minlength=len(names)).astype(np.float64)
    groups = merged(counts, minimum=minimum)
    parts = [_part(names, residents, counts, group, exact=exact, minimum=minimum) for group in groups]
    answers = Weighted(
        category=ground.observations["category"][placed].astype(object).map(GROUP_OF).to_numpy(dtype=object),
        part=part_of,
        age=age[placed],
    )
    themes, bears, by = weighted_themes(answers, residents, living, minimum=minimum, exact=exact)
    return HeardAnswer(
        division=division.kind,
        parts=tuple(sorted(parts, key=lambda part: (HEARD.index(part.heard), part.high or 0.0, part.names))),
        themes=themes,
        bears=bears if exact else None,
        ages=ages,
        aged=aged,
        weighted_by=by,
        collected=collected,
        placed=whole[0],
        answers=whole[1],
    )


def _ages(
    ground: Ground,
    age: NDArray[np.int64],
    living: NDArray[np.float64] | None,
    *,
    exact: bool,
    minimum: int,
) -> tuple[PartHeard, ...]:
    """Hold the answers of each age group against those who live there; nothing where one group is all."""
    codes = group_codes(ground.project.survey.age_groups)
    if living is None or not len(age):
        return ()
    counts = np.bincount(age, minlength=len(codes)).astype(np.float64)
    groups = merged_in_order(counts, minimum=minimum)
    if len(groups) < FEWEST_PARTS:
        return ()
    return tuple(_part(codes, living, counts, group, exact=exact, minimum=minimum) for group in groups)


def _part(
    names: Sequence[str],
    residents: NDArray[np.float64],
    counts: NDArray[np.float64],
    group: list[int],
    *,
    exact: bool,
    minimum: int,
) -> PartHeard:
    """Say one part, its answers held against its residents."""
    answers, living, total = counts[group].sum(), residents[group].sum(), counts.sum()
    shown = exact or answers >= minimum
    if not exact:  # what is shown of it is reckoned from what is shown
        answers, total = rounded(answers), rounded(total)
    low = high = None
    heard = "unclear"
    if shown and living > 0 and total > 0:
        share, of = answers / total, living / residents.sum()
        middle = (share + Z * Z / 2 / total) / (1 + Z * Z / total)
        reach = Z / (1 + Z * Z / total) * np.sqrt(share * (1 - share) / total + Z * Z / 4 / total**2)
        low, high = float((middle - reach) / of), float((middle + reach) / of)
        if high < 1 and share / of < FEWER:
            heard = "less"
        elif low > 1 and share / of > MORE:
            heard = "more"
        elif low >= CLEAR[0] and high <= CLEAR[1]:
            heard = "as_many"
    return PartHeard(
        names=tuple(names[at] for at in group),
        residents=round(float(living)),
        answers=int(answers) if shown else None,
        low=low if exact else None,
        high=high if exact else None,
        heard=heard,
    )


def _collected(
    ground: Ground, asked: NDArray[np.bool_], *, minimum: int, exact: bool
) -> tuple[tuple[str, int], ...]:
    """Count where answers were given; for those without exact counts all of them or none."""
    given = ground.observations["collected_at"][asked].dropna().astype(str)
    counts = Counter(given.tolist())
    if not exact:
        if not open_together(np.array(list(counts.values()), dtype=np.int64), minimum=minimum):
            return ()
        counts = Counter({name: int(rounded(count)) for name, count in counts.items()})
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0])))
