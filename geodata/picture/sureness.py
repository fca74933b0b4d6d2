"""How sure a problem is, in words of rank: which rule gives which word is data, and stands on the page."""

from __future__ import annotations

from dataclasses import dataclass

SPEAKS = 5
"""A kind of source speaks of a problem with so many records; a review speaks by itself."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a word asks for, all of it.

    Attributes
    ----------
    answers
        Residents' answers of the problem, at least.
    kinds
        Kinds of source that speak of it, at least: residents, staff, visitors, the local council, reviews,
        records.
    records
        Of all kinds together, at least.
    """

    word: str
    answers: int
    kinds: int
    records: int


SURENESS = (
    Rule("well", answers=30, kinds=3, records=30),
    Rule("fairly", answers=10, kinds=2, records=30),
    Rule("one_sided", answers=0, kinds=1, records=30),
    Rule("weakly", answers=0, kinds=1, records=10),
)
"""Surest first: the first that holds is the word."""

TOO_FEW = "too_few"
"""Where none of them holds."""

WORDS = (*(rule.word for rule in SURENESS), TOO_FEW)


def sureness(spoken: dict[str, int], *, answers: int) -> str:
    """Say how sure a problem is.

    Parameters
    ----------
    spoken
        Records by kind of source.
    answers
        Those of residents among them.
    """
    fewest = {"reviews": 1}
    kinds = sum(count >= fewest.get(kind, SPEAKS) for kind, count in spoken.items())
    records = sum(spoken.values())
    for rule in SURENESS:
        if answers >= rule.answers and kinds >= rule.kinds and records >= rule.records:
            return rule.word
    return TOO_FEW
