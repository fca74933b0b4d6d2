"""Write what happened as the files that a municipality gets: the police's CSV and the accident Excel."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import openpyxl
import pandas as pd

from etl.synthetic.calendar_weights import days
from etl.synthetic.dirt import FATE, REASON, RECORD, FileTruth, account_for
from etl.synthetic.rhythm import rhythms
from etl.synthetic.words import words
from geodata.account import Fate

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

INJURIES = ("", "Ingen", "Lindrig", "Svår", "Död")
INJURY_SHARE = (0.1, 0.55, 0.29, 0.055, 0.005)
DOTTED_SHARE = 0.4
TIMELESS_SHARE = 0.04
HARM = ("Dödsolycka", "Svår olycka", "Lindrig olycka", "Ej personskadeolycka")
HARM_SHARE = (0.01, 0.11, 0.66, 0.22)
CRASH_TYPES = (
    "Singel",
    "Upphinnande",
    "Korsande kurs",
    "Avsvängande",
    "Cykel singel",
    "Fotgängare/motorfordon",
    "Möte",
)
ROAD_USERS = ("Personbil", "Cykel", "Fotgängare", "Moped", "Lastbil", "Motorcykel")
CRASH_COLUMNS = [
    "Olycksnummer",
    "Olyckstyp",
    "År",
    "Månad",
    "Dag",
    "Klockslag grupp (timme)",
    "Kommun",
    "Olycksväg/-gata",
    "Händelseförlopp (P)",
    "Händelseförlopp (S)",
    "Polisrapport",
    "Sjukvårdsrapport",
    "Sammanvägd skadegrad",
    "N SWEREF99TM",
    "E SWEREF99TM",
]
PERSON_COLUMNS = ["Olycksnummer", "Ålder", "Kön", "Sammanvägd Trafikantkategori - Huvudgrupp", "MAIS"]


def write_incidents(
    inbox: Path, rows: pd.DataFrame, street: NDArray[np.object_], rng: np.random.Generator
) -> list[FileTruth]:
    """Write ``handelser_<year>.csv``: cp1252, semicolons, decimal commas, SWEREF 99 TM.

    Parameters
    ----------
    rows
        Incidents with the columns of `dirt.spoil`; kind ``digest`` has no point.
    street
        Name of the street at each row.
    """
    record, reason, kind = rows[RECORD].to_numpy(), rows[REASON].to_numpy(), rows["kind"].to_numpy()
    count = int(record.max()) + 1
    day = np.array([each.isoformat() for each in days()])[rows["day"]].astype(object)
    year = np.array([each.year for each in days()])[rows["day"]]
    bad_day, bad_hour = reason == "no_such_day", reason == "no_such_hour"
    day[bad_day] = [f"{each}-02-30" for each in year[bad_day]]
    day[bad_hour] = [_clock_forward(int(each)).isoformat() for each in year[bad_hour]]
    clock = _clocks(rows["minute"].to_numpy(), (rng.random(count) < DOTTED_SHARE)[record])
    clock[(rng.random(count) < TIMELESS_SHARE)[record]] = ""
    clock[bad_hour] = "02:30"
    north, east = _commas(rows["y"].to_numpy()), _commas(rows["x"].to_numpy())
    for gone, value in ((np.isin(reason, ["missing_point", "digest"]), ""), (reason == "at_zero", "0,0")):
        north[gone], east[gone] = value, value
    swapped = reason == "swapped"
    north[swapped], east[swapped] = east[swapped], north[swapped]
    kinds = rhythms().kinds
    pick = rng.random((3, count))[:, record]
    injury = np.array(INJURIES, dtype=object)[
        np.searchsorted(np.cumsum(INJURY_SHARE), pick[0], side="right").clip(max=4)
    ]
    digest = kind == "digest"
    label = np.array([kinds[k].label if k in kinds else "Sammanfattning natt" for k in kind], dtype=object)
    code = [_of(kinds[k].code, part) if k in kinds else "" for k, part in zip(kind, pick[1], strict=True)]
    table = pd.DataFrame(
        {
            "Händelsenr": [f"5000-K{n + 1:06d}-{y % 100}" for n, y in zip(record, year, strict=True)],
            "Datum": day,
            "Klockslag": clock,
            "Brottskod": code,
            "Händelsetyp": label,
            "Plats": np.where(digest, "", street),
            "N": north,
            "E": east,
            "Allvarlighet": np.where(kind == "accident", injury, ""),
            "Beskrivning": [_note(k, part) for k, part in zip(kind, pick[2], strict=True)],
        }
    )
    truths = []
    for each in sorted(set(year.tolist())):
        name = f"handelser_{each}.csv"
        mine = year == each
        table[mine].to_csv(inbox / name, sep=";", index=False, encoding="cp1252", lineterminator="\r\n")
        truths.append(account_for(f"inbox/{name}", rows[mine]))
    return truths


def write_accidents(
    inbox: Path, rows: pd.DataFrame, street: NDArray[np.object_], municipality: str, rng: np.random.Generator
) -> FileTruth:
    """Write ``strada.xlsx`` in STRADA's shape: sheets Olyckor and Personer, the time as an hour group."""
    book = openpyxl.Workbook(write_only=True)
    crashes, persons = book.create_sheet("Olyckor"), book.create_sheet("Personer")
    crashes.append(CRASH_COLUMNS)
    persons.append(PERSON_COLUMNS)
    covered = days()
    draws = rng.random((int(rows[RECORD].max()) + 1, 5))
    told = words().incidents.notes["accident"]
    columns = ["day", "minute", "x", "y", REASON, RECORD, FATE]
    for (number_of_day, minute, x, y, reason, record, fate), name in zip(
        rows[columns].to_numpy(dtype=object).tolist(), street, strict=True
    ):
        pick = draws[record]
        day, hour = covered[number_of_day], minute // 60
        harm = int(np.searchsorted(np.cumsum(HARM_SHARE), pick[0], side="right").clip(max=3))
        missing = reason == "missing_point"
        number, story = f"{day.year}{record + 1:05d}", _of(told, pick[1])
        crashes.append(
            [
                number,
                _of(CRASH_TYPES, pick[2]),
                day.year,
                day.month,
                day.day,
                f"{hour:02d}-{hour + 1:02d}",
                municipality,
                name,
                story,
                story if pick[3] < 0.3 else "",
                "Ja" if pick[4] < 0.7 else "Nej",
                "Nej" if HARM[harm] == HARM[-1] else "Ja",
                HARM[harm],
                None if missing else round(y, 1),
                None if missing else round(x, 1),
            ]
        )
        if fate == Fate.LINKED:
            continue
        for _ in range(int(rng.integers(1, 4))):
            part = rng.random(4)
            persons.append(
                [
                    number,
                    6 + int(part[0] * 84),
                    _of(("Man", "Kvinna"), part[1]),
                    _of(ROAD_USERS, part[2]),
                    int(4 * part[3] ** 2),
                ]
            )
    name = "strada.xlsx"
    book.save(inbox / name)
    return account_for(f"inbox/{name}", rows)


def _clocks(minute: NDArray[np.int64], dotted: NDArray[np.bool_]) -> NDArray[np.object_]:
    with_colon = np.array([f"{m // 60:02d}:{m % 60:02d}" for m in range(24 * 60)], dtype=object)
    with_dot = np.array([text.replace(":", ".") for text in with_colon], dtype=object)
    return np.asarray(np.where(dotted, with_dot[minute], with_colon[minute]))


def _commas(value: NDArray[np.float64]) -> NDArray[np.object_]:
    return np.array(["" if np.isnan(v) else f"{v:.1f}".replace(".", ",") for v in value], dtype=object)


def _of(choices: Sequence[str], part: float) -> str:
    """Return one of the choices by a number from 0 to 1."""
    return choices[int(part * len(choices))]


def _note(kind: str, part: float) -> str:
    few = 2 + int(part * 1_000) % 12
    if kind == "digest":
        return words().incidents.digest.format(n=few + 2)
    return _of(words().incidents.notes[kind], part).format(n=few)


def _clock_forward(year: int) -> date:
    """Return the day on which the clock goes forward: 02:30 does not exist then."""
    last = date(year, 3, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)
