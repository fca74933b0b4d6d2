"""Made-up promises of Exempelstad for 2026, with plan and log; nobody has promised or done any of it."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from etl.synthetic.calendar_weights import LAST_DAY
from geodata.calendars import risk_evenings
from geodata.school_year import SchoolYear

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

FIRST = date(2026, 1, 1)
FOLDER = "loften"
LOG_FILE = "logg.csv"
HEADING = (
    "datum;börjar;slutar;insats;plats;vilka;tillsammans med;fordon;kontrollerade;rapporterade;anteckning"
)
STARTS = ("07:40", "11:20", "14:10", "09:30", "17:00")
START_ODDS = (0.34, 0.16, 0.26, 0.16, 0.08)
SUMMER = (6, 7, 8)
INSPECTED = ((1, 30, ""), (3, 27, "kommunen"), (4, 30, "kommunen"), (6, 12, ""), (9, 25, "kommunen"))
REVIEWS = (date(2026, 4, 22), date(2026, 9, 16))


def write_promises(workspace: Path, *, schools: Sequence[str], squares: Sequence[str], seed: int) -> None:
    """Write the promises as TOML and the log as a table into the folder ``loften/`` of a workspace.

    The same places and seed give the same files.

    Parameters
    ----------
    schools, squares
        Names of places in the register; none is an empty log at such places.
    """
    folder = workspace / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    listed = ", ".join(f'"{name}"' for name in schools[:3])
    for source in sorted(
        files("etl.synthetic").joinpath("promises_2026").iterdir(), key=lambda one: one.name
    ):
        if source.name.endswith(".toml"):
            text = source.read_text(encoding="utf-8").replace('"SKOLOR"', listed or '"Skolan"')
            text = text.replace("SKOLA", schools[0] if schools else "Skolan")
            (folder / source.name).write_text(text, encoding="utf-8")
    rows = sorted(_rows(schools, squares, np.random.default_rng([seed, len(FOLDER)])))
    (folder / LOG_FILE).write_text("\n".join([HEADING, *rows]) + "\n", encoding="utf-8")


def _rows(schools: Sequence[str], squares: Sequence[str], rng: np.random.Generator) -> Iterator[str]:
    year = SchoolYear((), (), frozenset(), 9)
    days = [FIRST + timedelta(days=step) for step in range((LAST_DAY - FIRST).days + 1)]
    evenings = [day for day in risk_evenings(FIRST.year) if day <= LAST_DAY]
    for day in days:
        if schools and year.is_school_day(day) and rng.random() < 0.2:
            yield _check(day, str(rng.choice(schools)), rng)
        if day.month in SUMMER and day.weekday() >= 4 and rng.random() < 0.4:
            place = str(rng.choice(squares)) if squares else ""
            yield _row(
                day, "22:30", "00:15", "trafikkontroll", place, "polisen", car="civilt", note="A-traktorer"
            )
    for day in evenings:
        if rng.random() < 0.85:
            together = "polisen,kommunen" if rng.random() < 0.5 else "polisen"
            whom = "Fältgruppen" if "," in together else ""
            yield _row(day, "21:00", "01:30", "närvaro", "", together, whom=whom, car="till fots")
    for month, number, whom in INSPECTED:
        parties = f"polisen,{whom}" if whom else "polisen"
        yield _row(date(FIRST.year, month, number), "22:00", "23:30", "krogtillsyn", "", parties)
    for day, school in zip(REVIEWS, schools, strict=False):
        yield _row(day, "13:00", "15:00", "trafikmiljööversyn", school, "polisen,kommunen")
    yield _row(date(FIRST.year, 6, 11), "09:00", "", "dokument", "", "kommunen", note="Drogpolicyn antagen")


def _check(day: date, school: str, rng: np.random.Generator) -> str:
    start = STARTS[int(rng.choice(len(STARTS), p=START_ODDS))]
    hour, minute = (int(part) for part in start.split(":"))
    ends = hour * 60 + minute + int(rng.integers(15, 40))
    checked = int(rng.poisson(14))
    return _row(
        day,
        start,
        f"{ends // 60:02}:{ends % 60:02}",
        "trafikkontroll",
        school,
        "polisen",
        car="målat" if rng.random() < 0.7 else "civilt",
        counts=(str(checked), str(int(rng.binomial(checked, 0.15)))),
    )


def _row(  # noqa: PLR0913  each is a column
    day: date,
    start: str,
    end: str,
    kind: str,
    place: str,
    parties: str,
    *,
    whom: str = "",
    car: str = "",
    counts: tuple[str, str] = ("", ""),
    note: str = "",
) -> str:
    return ";".join((day.isoformat(), start, end, kind, place, parties, whom, car, *counts, note))
