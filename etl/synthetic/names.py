"""Give streets their names: old ones in the middle, one theme a neighbourhood outside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.synthetic.words import words

if TYPE_CHECKING:
    import numpy as np

NEIGHBOURHOOD_M = 520.0
_PARTS = ("Norra", "Södra", "Östra", "Västra", "Övre", "Nedre", "Lilla", "Gamla", "Nya", "Inre", "Yttre")


class NameGiver:
    """Gives each street of a tile a name that no other street there has."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._given: set[str] = set()
        self._main = list(words().streets.main)
        self._industry = list(words().streets.industry)
        rng.shuffle(self._industry)
        self._themes: dict[tuple[int, int], str] = {}

    def take(self, name: str) -> str:
        """Reserve a name and return it."""
        self._given.add(name)
        return name

    def road_to(self, village: str) -> str:
        """Name a country road after where it goes; every stretch of it bears the name."""
        return self.take(village.removesuffix(" kyrkby") + "vägen")

    def street(self, zone: str, x: float, y: float, length: float) -> str:
        """Name a street by its zone, its middle (metres) and its length."""
        if zone in {"centre", "inner"} and self._next(self._main):
            return self.take(self._main.pop(0))
        if zone == "industry" and self._next(self._industry):
            return self.take(self._industry.pop(0))
        cell = (int(x // NEIGHBOURHOOD_M), int(y // NEIGHBOURHOOD_M))
        themes = words().streets.themes
        if cell not in self._themes:
            self._themes[cell] = str(self._rng.choice(sorted(themes)))
        first = str(self._rng.choice(themes[self._themes[cell]]))
        endings = ("gatan",) if zone in {"centre", "inner", "industry"} else words().streets.endings
        ending = str(self._rng.choice(endings))
        if length < 120 and ending == "gatan":
            ending = "gränd"
        return self._unused(first + ending)

    def _next(self, names: list[str]) -> bool:
        while names and names[0] in self._given:
            names.pop(0)
        return bool(names)

    def _unused(self, name: str) -> str:
        if name not in self._given:
            return self.take(name)
        for part in self._rng.permutation(_PARTS):
            if f"{part} {name}" not in self._given:
                return self.take(f"{part} {name}")
        number = 2
        while f"{name} {number}" in self._given:
            number += 1
        return self.take(f"{name} {number}")
