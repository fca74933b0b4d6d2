"""Write what is made up for practice in the layouts that projects read: WRITERS."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import shapely

from etl.synthetic.practice_told import YEAR
from etl.synthetic.samples.scene import comma
from etl.synthetic.samples.writing import write_csv, write_geojson
from geodata.crs import SWEREF99_TM, to_lonlat
from geodata.schema import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from etl.synthetic.practice_told import Made, Told
    from etl.synthetic.samples.writing import Rows

SQUARE_M = 100
HOMES_M = 500
"""How far from a place people live whom the squares count."""
STATUSES = ("Föreslagen", "Beslutad", "Finansierad", "Avslagen")
RESPONSIBLE = ("Gatuenheten", "Trafikverket", "Skolförvaltningen")
MEASURED = timedelta(days=6)
VEHICLES = 1_150
ABOVE = (0.47, 0.46)
"""Share above the limit before and after where nothing is done."""
ABOVE_FIRST = (0.53, 0.31)
"""And at the first place, where something is."""
REPORTED = {
    "for_fort": "Höga hastigheter",
    "buskorning": "Buskörning",
    "overgang": "Övergångsställe",
    "parkering_skola": "Felparkering",
    "morkt": "Belysning",
    "skrapigt": "Nedskräpning",
    "skadegorelse": "Skadegörelse",
    "samling": "Störande folksamling",
}


def _kobo(path: Path, made: Made) -> None:
    rows: Rows = []
    for number, one in enumerate(made.answers, start=1):
        lon, lat = _degrees(one)
        clock = f"{one.minute // 60:02d}:{one.minute % 60:02d}"
        # Its own id, so that a file written again is the same answers.
        mark = hashlib.sha256(f"{one.day}{number}{one.text}{one.x:.1f}".encode()).hexdigest()
        rows.append(
            {
                "start": f"{one.day}T{clock}:11.000+02:00",
                "end": f"{one.day}T{clock}:58.000+02:00",
                "today": f"{one.day}",
                "_id": str(800_000 + number),
                "_uuid": f"pahittat-{mark[:24]}",
                "_submission_time": f"{one.day}T20:00:00",
                "alder": one.age,
                "kon": one.sex,
                "insamlingsplats": one.collected_at,
                "svarande": one.who,
                "problem": one.kind,
                "nar": "",
                "kommentar": one.text,
                "plats": f"{lat:.6f} {lon:.6f} 50.0 5.0",
                "_plats_latitude": f"{lat:.6f}",
                "_plats_longitude": f"{lon:.6f}",
                "_plats_altitude": "50.0",
                "_plats_precision": "5.0",
            }
        )
    write_csv(path, rows, delimiter=";", encoding="utf-8-sig")


def _safety_survey(path: Path, made: Made) -> None:
    features = []
    for number, one in enumerate(made.measured, start=1):
        at = [round(degree, 6) for degree in _degrees(one)]
        properties = {
            "id": number,
            "svarsdatum": f"{one.day}",
            "fraga": "otrygg",
            "kategori": one.kind,
            "beskrivning": one.text,
            "aldersgrupp": one.age,
        }
        features.append((properties, {"type": "Point", "coordinates": at}))
    write_geojson(path, features)


def _incidents(path: Path, made: Made) -> None:
    rows: Rows = [
        {
            "Händelsenr": f"PÅHITTAD-{number:04d}",
            "Datum": f"{one.day}",
            "Klockslag": f"{one.minute // 60:02d}.{one.minute % 60:02d}",
            "Brottskod": "",
            "Händelsetyp": one.kind,
            "Plats": one.place,
            "N": comma(one.y, 1),
            "E": comma(one.x, 1),
            "Allvarlighet": "Lindrig" if one.kind == "Trafikolycka" else "",
            "Beskrivning": one.text,
        }
        for number, one in enumerate(made.incidents, start=1)
    ]
    write_csv(path, rows, delimiter=";", encoding="cp1252")


def _reviews(path: Path, made: Made) -> None:
    rows: Rows = []
    for number, one in enumerate(made.reviews, start=1):
        lon, lat = _degrees(one)
        nothing = one.kind == "Ingen brist"
        rows.append(
            {
                "Ärende": f"PÅHITTAD {one.day.year}-{number:04d}",
                "Datum": f"{one.day}",
                "Plats": one.place,
                "Latitud": comma(lat),
                "Longitud": comma(lon),
                "Brist": one.kind,
                "Beskrivning": one.text,
                "V85": "" if number % 2 else str(38 + number),
                "ÅDT": "",
                "Åtgärdsförslag": one.measure,
                "Status": "Ingen åtgärd" if nothing else STATUSES[number % len(STATUSES)],
                "Ansvarig": RESPONSIBLE[number % len(RESPONSIBLE)],
            }
        )
    write_csv(path, rows, delimiter=";", encoding="utf-8")


def _reports(path: Path, made: Made) -> None:
    """Write what the municipality hears in its daily work: half of what people say, a month before."""
    rows: Rows = [
        {
            "Ärendenummer": f"PÅHITTAD-{one.day.year}-{number:05d}",
            "Inkommet": f"{one.day - timedelta(days=30 + number)} 09:15",
            "Kategori": REPORTED[one.kind],
            "Beskrivning": one.text,
            "Adress": one.place,
            "N": comma(one.y + 12, 1),
            "E": comma(one.x - 9, 1),
            "Status": ("Mottaget", "Pågår", "Åtgärdat")[number % 3],
        }
        for number, one in enumerate((told for told in made.answers if told.kind in REPORTED), start=1)
        if number % 2
    ]
    write_csv(path, rows, delimiter=";", encoding="cp1252")


def _speeds(path: Path, made: Made) -> None:
    """Write measurements a week long in both directions, before the dialogue and a year later."""
    rows: Rows = []
    rng = np.random.default_rng(len(made.places))
    for at, place in enumerate(made.places):
        middle = shapely.point_on_surface(place.geometry)
        (lon,), (lat,) = to_lonlat([middle.x], [middle.y], working=SWEREF99_TM)
        usual = ABOVE if at else ABOVE_FIRST
        for year, share in enumerate(usual):
            for week in range(2):
                first = made.course.asked + year * YEAR - timedelta(days=28 - 14 * week)
                if first + MEASURED > made.course.last:
                    continue
                for direction in ("in", "ut"):
                    found = share + float(rng.normal(0, 0.012))
                    rows.append(
                        {
                            "Mätning": f"PÅHITTAD-{place.place_id}-{year}{week}{direction}",
                            "Mätplats": place.name,
                            "Riktning": direction,
                            "Från": f"{first}",
                            "Till": f"{first + MEASURED}",
                            "Tid på dygnet": "",
                            "Antal fordon": str(VEHICLES + int(rng.integers(-90, 90))),
                            "Medelhastighet": comma(33 + 12 * (found - 0.45), 1),
                            "V85": comma(39 + 14 * (found - 0.45), 1),
                            "Andel över": f"{comma(100 * found, 1)} %",
                            "Hastighetsgräns": "30" if place.kind is PlaceKind.SCHOOL_ZONE else "40",
                            "Latitud": comma(float(lat)),
                            "Longitud": comma(float(lon)),
                        }
                    )
    write_csv(path, rows, delimiter=";", encoding="utf-8")


def _population(path: Path, made: Made) -> None:
    """Write who lives round the places, fewer the farther away: SCB's squares of 100 m."""
    persons: dict[int, int] = {}
    steps = np.arange(-HOMES_M, HOMES_M, SQUARE_M)
    for place in made.places:
        middle = shapely.centroid(place.geometry)
        for dx in steps:
            for dy in steps:
                east = int((middle.x + dx) // SQUARE_M * SQUARE_M)
                north = int((middle.y + dy) // SQUARE_M * SQUARE_M)
                persons[east * 10_000_000 + north] = max(2, 14 - int(np.hypot(dx, dy)) // 50)
    rows: Rows = [
        {"Ruta": str(square), "Sida": str(SQUARE_M), "Befolkning": str(count)}
        for square, count in sorted(persons.items())
    ]
    write_csv(path, rows, delimiter=";", encoding="utf-8")


def _degrees(one: Told) -> tuple[float, float]:
    lon, lat = to_lonlat([one.x], [one.y], working=SWEREF99_TM)
    return float(lon[0]), float(lat[0])


WRITERS: dict[str, Callable[[Path, Made], None]] = {
    "kobo_survey": _kobo,
    "map_survey": _safety_survey,
    "police_incidents": _incidents,
    "traffic_reviews": _reviews,
    "citizen_reports": _reports,
    "speed_measurements": _speeds,
    "population": _population,
}
"""Mapping → who writes a file that it reads."""
