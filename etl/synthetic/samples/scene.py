"""What happens in the sample files: a few streets of Exempelstad, what people say of them, and when."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.crs import SWEREF99_TM, to_lonlat

if TYPE_CHECKING:
    from collections.abc import Iterator

TOLD = Path(__file__).parents[1] / "scenes.toml"
FIRST_DAY = date(2026, 4, 13)
PEOPLE = ("boende", "elev", "boende", "besokare", "personal_kommun", "boende", "personal_polis", "elev")


@dataclass(frozen=True, slots=True)
class Scene:
    """One thing that somebody has seen.

    Attributes
    ----------
    number
        From 1.
    code, word
        The problem, as forms and as people write it.
    text, measure
        What is said of it, and what should be done.
    place
        The words for where.
    day, minute
        When it was said, and at which minute of the day.
    who
        Who said it, as forms write it.
    east, north, lon, lat
        Where: SWEREF 99 TM in metres, and degrees.
    """

    number: int
    code: str
    word: str
    text: str
    measure: str
    place: str
    day: date
    minute: int
    who: str
    east: float
    north: float
    lon: float
    lat: float

    @property
    def clock(self) -> str:
        """The time of day, ``17:05``."""
        return f"{self.minute // 60:02d}:{self.minute % 60:02d}"


def scenes() -> Iterator[Scene]:
    """Tell the scenes in the order that they are said, one every other day."""
    told = tomllib.loads(TOLD.read_text(encoding="utf-8"))["scene"]
    for number, one in enumerate(told, start=1):
        lon, lat = to_lonlat([one["east"]], [one["north"]], working=SWEREF99_TM)
        yield Scene(
            number=number,
            code=one["code"],
            word=one["word"],
            text=one["text"],
            measure=one["measure"],
            place=one["place"],
            day=FIRST_DAY + timedelta(days=2 * number),
            minute=7 * 60 + 37 * number,
            who=PEOPLE[number % len(PEOPLE)],
            east=float(one["east"]),
            north=float(one["north"]),
            lon=round(float(lon[0]), 6),
            lat=round(float(lat[0]), 6),
        )


def comma(value: float, decimals: int = 6) -> str:
    """Write a number with a decimal comma."""
    return f"{value:.{decimals}f}".replace(".", ",")
