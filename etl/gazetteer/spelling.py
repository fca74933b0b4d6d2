"""How far a written word is from a name, counted as people misspell."""

from __future__ import annotations

import itertools
import re
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz.distance import OSA, Levenshtein
from rapidfuzz.process import cdist

from etl.gazetteer.normalise import fold
from etl.gazetteer.words import place_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SHORTEST = 4
"""Letters; a shorter word is known only as it is written."""
ONE_EDIT_BELOW = 9
"""Letters; a name shorter than this bears one edit, a longer one two."""
MOST_EDITS = 2

FOLDED = 0.25
"""Cost of an å, ä or ö typed as a or o; each of the first two counts."""
DOUBLED = 0.6
"""Cost of a letter doubled, or of a double one written once."""
ALIKE = 0.7
"""Cost of a letter taken for one that sounds or looks alike."""
UNLIKE = 1.4
"""Cost of a letter taken for one that neither sounds alike nor lies beside it on the keyboard."""
FIRST = 0.3
"""Added for an edit in the first letter, which people seldom miss."""

_DIGITS = re.compile(r"\d+")


@lru_cache(maxsize=1)
def _taken_for() -> dict[tuple[str, str], float]:
    """Return what it costs to take a letter for another, where that is less than for any two."""
    spelling = place_words().spelling
    pairs = {(one, other): 1.0 for row in spelling.keys for one, other in itertools.pairwise(fold(row))}
    pairs |= {(pair[0], pair[1]): ALIKE for pair in spelling.alike}
    return pairs | {(other, one): cost for (one, other), cost in pairs.items()}


def near(
    queries: Sequence[str], forms: Sequence[str], *, processor_count: int = 1
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pairs of query and form that are few enough edits from each other.

    Words are compared in blocks of like length, so that most pairs are never looked at.

    Parameters
    ----------
    queries, forms
        Squeezed words as written.

    Returns
    -------
    tuple of ndarray
        Index among `queries` and among `forms`, each of shape ``(pairs,)``.
    """
    folded_forms = [fold(form) for form in forms]
    folded_queries = [fold(query) for query in queries]
    of_length: dict[int, list[int]] = {}
    for number, form in enumerate(folded_forms):
        of_length.setdefault(len(form), []).append(number)
    asked: dict[int, list[int]] = {}
    for number, query in enumerate(folded_queries):
        asked.setdefault(len(query), []).append(number)
    left: list[NDArray[np.int64]] = []
    right: list[NDArray[np.int64]] = []
    for length, rows in asked.items():
        most = edits_borne(length + MOST_EDITS)
        columns = [n for size in range(length - most, length + most + 1) for n in of_length.get(size, ())]
        if not columns:
            continue
        edits = cdist(
            [folded_queries[row] for row in rows],
            [folded_forms[column] for column in columns],
            scorer=OSA.distance,
            score_cutoff=most,
            dtype=np.uint8,
            workers=processor_count,
        )
        borne = np.array([edits_borne(len(folded_forms[column])) for column in columns], dtype=np.uint8)
        hit, column = np.nonzero(edits <= borne)
        left.append(np.asarray(rows, dtype=np.int64)[hit])
        right.append(np.asarray(columns, dtype=np.int64)[column])
    nothing = np.zeros(0, dtype=np.int64)
    return np.concatenate([nothing, *left]), np.concatenate([nothing, *right])


def edits_borne(length: int) -> int:
    """Return how many edits a word of so many letters bears and still is known."""
    if length < SHORTEST:
        return 0
    return 1 if length < ONE_EDIT_BELOW else MOST_EDITS


def cost(query: str, form: str) -> float | None:
    """Return how many edits a word is from a name, weighted; None when they differ in a number.

    0 is the same word. An edit costs 1, less where people make it often, more in the first letter.
    """
    if _DIGITS.findall(query) != _DIGITS.findall(form):
        return None
    one, other = fold(query), fold(form)
    edits = OSA.distance(one, other)
    accents = min(2, sum(a != b for a, b in zip(query, form, strict=True))) if one == other else 0
    if one != other:
        plain = OSA.distance(query, form)
        accents = min(2, max(0, plain - edits))
    weighted = float(edits) + FOLDED * accents
    operations = Levenshtein.editops(one, other)
    if len(operations) != edits:  # two neighbours that changed places
        return weighted
    for operation in operations:
        at, to = operation.src_pos, operation.dest_pos
        if operation.tag == "replace":
            weighted += _taken_for().get((one[at], other[to]), UNLIKE) - 1
        elif operation.tag == "delete":
            weighted -= (1 - DOUBLED) if _doubled(one, at) else 0.0
        else:
            weighted -= (1 - DOUBLED) if _doubled(other, to) else 0.0
        weighted += FIRST if min(at, to) == 0 else 0.0
    return weighted


def _doubled(word: str, at: int) -> bool:
    letter = word[at]
    return (at > 0 and word[at - 1] == letter) or (at + 1 < len(word) and word[at + 1] == letter)
