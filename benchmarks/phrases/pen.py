"""A pen that writes names as people do, and knows when a reader can't tell which name it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import cdist

from benchmarks.phrases.spelling import misspell, reshape, shorten, without_dots

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

MISSPELLED, SHORT, RESHAPED = 0.2, 0.08, 0.05
"""Shares of the names that are written so."""


class Pen:
    """Draws among choices and writes names.

    Parameters
    ----------
    names
        Every name of the ground, which a misspelled one must not be taken for.
    """

    def __init__(self, names: Sequence[str], rng: np.random.Generator) -> None:
        self.rng = rng
        self.names = names

    def one(self, of: Sequence[str]) -> str:
        """Return one of several words."""
        return str(of[int(self.rng.integers(len(of)))])

    def name(self, name: str, pool: Sequence[str] | None = None) -> tuple[str, bool]:
        """Write a name as somebody might; say whether a reader can tell which name it is."""
        chance = self.rng.random()
        if chance < MISSPELLED and len(name) > 4:
            text = misspell(name, self.rng)
            return text, not self._as_near_another(text, name, self.names if pool is None else pool)
        if chance < MISSPELLED + SHORT:
            return shorten(name, self.rng), True
        if chance < MISSPELLED + SHORT + RESHAPED:
            return reshape(name, self.rng), True
        return name, True

    def _as_near_another(self, text: str, name: str, pool: Sequence[str]) -> bool:
        """Say whether another name is as few edits away, with the dots or without."""
        others = [other for other in pool if other != name]
        for write in (str, without_dots):
            said = write(text).lower()
            own = DamerauLevenshtein.distance(said, write(name).lower())
            edits = cdist(
                [said], [write(other).lower() for other in others], scorer=DamerauLevenshtein.distance
            )
            if others and edits.min() <= own:
                return True
        return False
