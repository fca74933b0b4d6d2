"""Write events on the made-up town's squares: fair days, cruising, a Christmas market.

They are drawn from a stream of their own, after all else: no incident follows from them, so what is planted
stays as it is.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from etl.synthetic.calendar_weights import FIRST_DAY, LAST_DAY
from etl.synthetic.dirt import FileTruth, all_new

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from etl.synthetic.land import Land

STREAM = 7_001
"""Beside the seed: the stream that events are drawn from."""

AHEAD_DAYS = 120
FRIDAY, SATURDAY = 4, 5
SQUARES = 2

YEARLY = (
    ("Torgdag", (5, 6, 7, 8, 9), SATURDAY, 9),
    ("Cruising", (6, 7, 8), FRIDAY, 17),
    ("Julmarknad", (12,), SATURDAY, 10),
)
"""Name, months, weekday and the first hour that it may begin."""


def write_public_events(inbox: Path, land: Land, seed: int) -> FileTruth:
    """Write ``evenemang.csv``: UTF-8, semicolons, local times, squares by their names."""
    rng = np.random.default_rng([seed, STREAM])
    squares = [str(name) for name in land.areas.loc[land.areas["kind"] == "square", "name"] if name]
    rows = [row for square in squares[:SQUARES] for row in _events(square, rng)]
    headings = ["Evenemang", "Plats", "Början", "Slut"]
    table = pd.DataFrame(rows, columns=headings).sort_values(["Början", "Plats"])
    table.to_csv(inbox / "evenemang.csv", sep=";", index=False, encoding="utf-8")
    return all_new("inbox/evenemang.csv", len(table))


def _events(square: str, rng: np.random.Generator) -> Iterator[tuple[str, str, str, str]]:
    last = LAST_DAY + timedelta(days=AHEAD_DAYS)
    for year in range(FIRST_DAY.year, last.year + 1):
        for name, months, weekday, hour in YEARLY:
            for month in months:
                day = _first(year, month, weekday) + timedelta(days=7 * int(rng.integers(0, 3)))
                start, lasts = hour + int(rng.integers(0, 2)), int(rng.integers(4, 6))
                if FIRST_DAY <= day <= last:
                    yield name, square, f"{day} {start:02d}:00", f"{day} {start + lasts:02d}:00"


def _first(year: int, month: int, weekday: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7)
