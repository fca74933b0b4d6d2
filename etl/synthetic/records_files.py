"""Write the streams as the files that a municipality gets: CSV, Kobo, GeoJSON and the accident Excel."""

from __future__ import annotations

import json
import uuid
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np
import openpyxl
import pandas as pd

from etl.synthetic.calendar_weights import days
from etl.synthetic.dirt import FATE, REASON, FileTruth, account_for
from etl.synthetic.rhythm import rhythms
from etl.synthetic.words import words
from geodata.account import Fate
from geodata.crs import SWEREF99_TM, to_lonlat

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

ZONE = ZoneInfo("Europe/Stockholm")
INJURIES = ("", "Ingen", "Lindrig", "Svår", "Död")
INJURY_SHARE = (0.1, 0.55, 0.29, 0.055, 0.005)


def write_incidents(
    inbox: Path, rows: pd.DataFrame, street: NDArray[np.object_], rng: np.random.Generator
) -> list[FileTruth]:
    """Write ``handelser_<year>.csv``: cp1252, semicolons, decimal commas, SWEREF 99 TM.

    Parameters
    ----------
    rows
        Incidents with `dirt.FATE` and `dirt.REASON`; kind ``digest`` has no point.
    street
        Name of the street at each row.
    """
    count = len(rows)
    kinds = rhythms().kinds
    covered = days()
    day = np.array([covered[number] for number in rows["day"]])
    dotted = rng.random(count) < 0.4
    timeless = (rng.random(count) < 0.04) & (rows[REASON].to_numpy() != "no_such_hour")
    written = []
    numbers: dict[tuple[object, ...], str] = {}
    for n, row in enumerate(rows.itertuples(index=False)):
        key = (row.day, row.minute, row.kind, row.x, row.y)
        again = getattr(row, FATE) is Fate.LINKED
        if again and key in numbers:
            written.append(next(line for line in reversed(written) if line[0] == numbers[key]))
            continue
        reason = getattr(row, REASON)
        number = f"5000-K{n + 1:06d}-{day[n]:%y}"
        numbers[key] = number
        clock = f"{row.minute // 60:02d}{'.' if dotted[n] else ':'}{row.minute % 60:02d}"
        north, east = _comma(row.y), _comma(row.x)
        date_text = day[n].isoformat()
        label, code = "Sammanfattning natt", ""
        if row.kind != "digest":
            label, code = kinds[row.kind].label, str(rng.choice(kinds[row.kind].code))
        if reason in {"missing_point", "digest"}:
            north = east = ""
        elif reason == "swapped":
            north, east = east, north
        elif reason == "at_zero":
            north = east = "0,0"
        elif reason == "no_such_day":
            date_text = f"{day[n].year}-02-30"
        elif reason == "no_such_hour":
            date_text, clock = f"{day[n].year}-03-{_last_sunday_of_march(day[n].year):02d}", "02:30"
        written.append(
            (
                number,
                date_text,
                "" if timeless[n] else clock,
                code,
                label,
                "" if row.kind == "digest" else str(street[n]),
                north,
                east,
                str(rng.choice(INJURIES, p=INJURY_SHARE)) if row.kind == "accident" else "",
                _note(row.kind, rng),
            )
        )
    columns = ["Händelsenr", "Datum", "Klockslag", "Brottskod", "Händelsetyp", "Plats", "N", "E", "Allvarlighet", "Beskrivning"]  # fmt: skip
    table = pd.DataFrame(written, columns=columns)
    truths = []
    years = np.array([each.year for each in day])
    for year in sorted(set(years.tolist())):
        name = f"handelser_{year}.csv"
        table[years == year].to_csv(
            inbox / name, sep=";", index=False, encoding="cp1252", lineterminator="\r\n"
        )
        truths.append(account_for(f"inbox/{name}", rows[years == year]))
    return truths


def write_kobo(inbox: Path, rows: pd.DataFrame, rng: np.random.Generator) -> FileTruth:
    """Write ``trygghetsmatning_kobo.csv``, a Kobo export: UTF-8 with BOM, semicolons, WGS 84."""
    lon, lat = to_lonlat(rows["x"], rows["y"], working=SWEREF99_TM)
    covered = days()
    written: list[tuple[object, ...]] = []
    lines: dict[tuple[object, ...], tuple[object, ...]] = {}
    for n, row in enumerate(rows.itertuples(index=False)):
        key = (row.day, row.minute, row.x, row.y)
        if getattr(row, FATE) is Fate.LINKED:
            written.append(lines[key])
            continue
        start = datetime.combine(covered[row.day], time(row.minute // 60, row.minute % 60), tzinfo=ZONE)
        start += timedelta(seconds=int(rng.integers(0, 60)))
        end = start + timedelta(seconds=int(rng.integers(80, 600)))
        point = [f"{lat[n]:.6f}", f"{lon[n]:.6f}", f"{rng.uniform(40, 90):.1f}", f"{rng.uniform(3, 20):.1f}"]
        reason = getattr(row, REASON)
        if reason == "missing_point":
            point = ["", "", "", ""]
        elif reason == "swapped":
            point[0], point[1] = point[1], point[0]
        line = (
            start.isoformat(timespec="milliseconds"),
            end.isoformat(timespec="milliseconds"),
            covered[row.day].isoformat(),
            700000 + n,
            str(uuid.UUID(bytes=rng.bytes(16), version=4)),
            end.astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%dT%H:%M:%S"),
            row.age,
            row.sex,
            row.collected,
            row.problem,
            row.when,
            row.comment,
            " ".join(point).strip(),
            *point,
        )
        lines[key] = line
        written.append(line)
    columns = ["start", "end", "today", "_id", "_uuid", "_submission_time", "alder", "kon", "insamlingsplats", "problem", "nar", "kommentar", "plats", "_plats_latitude", "_plats_longitude", "_plats_altitude", "_plats_precision"]  # fmt: skip
    name = "trygghetsmatning_kobo.csv"
    pd.DataFrame(written, columns=columns).to_csv(inbox / name, sep=";", index=False, encoding="utf-8-sig")
    return account_for(f"inbox/{name}", rows)


def write_map_survey(inbox: Path, rows: pd.DataFrame) -> FileTruth:
    """Write ``karta_enkat.geojson``: points in WGS 84, some without geometry."""
    lon, lat = to_lonlat(rows["x"], rows["y"], working=SWEREF99_TM)
    covered = days()
    features: list[dict[str, Any]] = []
    for n, row in enumerate(rows.itertuples(index=False)):
        reason = getattr(row, REASON)
        at = [round(float(lon[n]), 6), round(float(lat[n]), 6)]
        if reason == "swapped":
            at.reverse()
        properties = {
            "id": n + 1,
            "svarsdatum": covered[row.day].isoformat(),
            "fraga": "otrygg",
            "kategori": row.problem,
            "beskrivning": row.comment,
            "aldersgrupp": row.age,
        }
        point = None if reason == "missing_point" else {"type": "Point", "coordinates": at}
        features.append({"type": "Feature", "properties": properties, "geometry": point})
    name = "karta_enkat.geojson"
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    (inbox / name).write_text(text, encoding="utf-8")
    return account_for(f"inbox/{name}", rows)


def write_reviews(inbox: Path, rows: pd.DataFrame) -> FileTruth:
    """Write ``oversyner.csv``: UTF-8, semicolons, decimal commas, WGS 84."""
    lon, lat = to_lonlat(rows["x"], rows["y"], working=SWEREF99_TM)
    reason = rows[REASON].to_numpy()
    gone, swapped = reason == "missing_point", reason == "swapped"
    covered = days()
    north = np.array(
        [f"{value:.6f}".replace(".", ",") for value in np.where(swapped, lon, lat)], dtype=object
    )
    east = np.array([f"{value:.6f}".replace(".", ",") for value in np.where(swapped, lat, lon)], dtype=object)
    table = pd.DataFrame(
        {
            "Ärende": [f"TMÖ {covered[day].year}-{n + 1:04d}" for n, day in enumerate(rows["day"])],
            "Datum": [covered[day].isoformat() for day in rows["day"]],
            "Plats": rows["where"].to_numpy(),
            "Latitud": np.where(gone, "", north),
            "Longitud": np.where(gone, "", east),
            "Brist": rows["deficiency"].to_numpy(),
            "Beskrivning": rows["text"].to_numpy(),
            "V85": ["" if np.isnan(value) else f"{value:.0f}" for value in rows["v85"]],
            "ÅDT": ["" if np.isnan(value) else f"{value:.0f}" for value in rows["flow"]],
            "Åtgärdsförslag": rows["measure"].to_numpy(),
            "Status": rows["status"].to_numpy(),
            "Ansvarig": rows["responsible"].to_numpy(),
        }
    )
    name = "oversyner.csv"
    table.to_csv(inbox / name, sep=";", index=False, encoding="utf-8")
    return account_for(f"inbox/{name}", rows)


def write_accidents(
    inbox: Path, rows: pd.DataFrame, street: NDArray[np.object_], municipality: str, rng: np.random.Generator
) -> FileTruth:
    """Write ``strada.xlsx`` in STRADA's shape: sheets Olyckor and Personer, the time as an hour group."""
    book = openpyxl.Workbook(write_only=True)
    crashes, persons = book.create_sheet("Olyckor"), book.create_sheet("Personer")
    crashes.append(["Olycksnummer", "Olyckstyp", "År", "Månad", "Dag", "Klockslag grupp (timme)", "Kommun", "Olycksväg/-gata", "Händelseförlopp (P)", "Händelseförlopp (S)", "Polisrapport", "Sjukvårdsrapport", "Sammanvägd skadegrad", "N SWEREF99TM", "E SWEREF99TM"])  # fmt: skip
    persons.append(["Olycksnummer", "Ålder", "Kön", "Sammanvägd Trafikantkategori - Huvudgrupp", "MAIS"])
    covered = days()
    made: dict[tuple[object, ...], list[object]] = {}
    for n, row in enumerate(rows.itertuples(index=False)):
        key = (row.day, row.minute, row.x, row.y)
        if key in made:
            crashes.append(made[key])
            continue
        day, hour = covered[row.day], row.minute // 60
        harm = int(rng.choice(4, p=[0.01, 0.11, 0.66, 0.22]))
        missing = getattr(row, REASON) == "missing_point"
        told = str(rng.choice(words().incidents.notes["accident"]))
        number = f"{day.year}{n + 1:05d}"
        made[key] = [
            number,
            str(
                rng.choice(
                    [
                        "Singel",
                        "Upphinnande",
                        "Korsande kurs",
                        "Avsvängande",
                        "Cykel singel",
                        "Fotgängare/motorfordon",
                        "Möte",
                    ]
                )
            ),  # fmt: skip
            day.year,
            day.month,
            day.day,
            f"{hour:02d}-{hour + 1:02d}",
            municipality,
            str(street[n]),
            told,
            told if rng.random() < 0.3 else "",
            "Ja" if rng.random() < 0.7 else "Nej",
            "Ja" if harm < 3 else "Nej",
            ["Dödsolycka", "Svår olycka", "Lindrig olycka", "Ej personskadeolycka"][harm],
            None if missing else round(float(row.y), 1),
            None if missing else round(float(row.x), 1),
        ]
        crashes.append(made[key])
        for _ in range(int(rng.integers(1, 4))):
            persons.append(
                [
                    number,
                    int(rng.integers(6, 90)),
                    str(rng.choice(["Man", "Kvinna"])),
                    str(rng.choice(["Personbil", "Cykel", "Fotgängare", "Moped", "Lastbil", "Motorcykel"])),
                    int(rng.choice([0, 1, 1, 1, 2, 3])),
                ]
            )
    name = "strada.xlsx"
    book.save(inbox / name)
    return account_for(f"inbox/{name}", rows)


def _comma(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.1f}".replace(".", ",")


def _note(kind: str, rng: np.random.Generator) -> str:
    if kind == "digest":
        return words().incidents.digest.format(n=int(rng.integers(4, 14)))
    return str(rng.choice(words().incidents.notes[kind])).format(n=int(rng.integers(2, 15)))


def _last_sunday_of_march(year: int) -> int:
    last = datetime(year, 3, 31, tzinfo=ZONE)
    return 31 - (last.weekday() + 1) % 7
