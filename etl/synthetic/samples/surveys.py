"""Samples of what people say: the exports of survey tools, a plain table, and what is keyed in by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from etl.synthetic.samples.scene import comma, scenes
from etl.synthetic.samples.writing import Sample, write_csv, write_geojson

if TYPE_CHECKING:
    from pathlib import Path

    from etl.synthetic.samples.scene import Scene
    from etl.synthetic.samples.writing import Rows

WHO = {
    "boende": "Boende",
    "elev": "Elev",
    "besokare": "Besökare",
    "personal_kommun": "Personal kommunen",
    "personal_polis": "Personal polisen",
}
PARTS = ("morgon", "dag", "kvall", "natt")
NO_POINT = 3
"""The scene whose point was never set."""


def _kobo(path: Path) -> None:
    rows: Rows = []
    for one in scenes():
        point = [] if one.number == NO_POINT else [str(one.lat), str(one.lon), "52.1", "6.5"]
        rows.append(
            {
                "start": f"{one.day}T{one.clock}:11.000+02:00",
                "end": f"{one.day}T{one.clock}:58.000+02:00",
                "today": f"{one.day}",
                "_id": str(700_100 + one.number),
                "_uuid": f"5d0c{one.number:04d}-7a31-4f2e-9b11-000000000{one.number:03d}",
                "_submission_time": f"{one.day}T{_utc(one)}:59",
                "alder": ("16-24", "25-44", "45-64", "65-")[one.number % 4],
                "kon": ("kvinna", "man")[one.number % 2],
                "insamlingsplats": ("Stortorget", "Biblioteket")[one.number % 2],
                "problem": one.code,
                "nar": PARTS[one.number % 4],
                "kommentar": one.text,
                "plats": " ".join(point),
                "_plats_latitude": point[0] if point else "",
                "_plats_longitude": point[1] if point else "",
                "_plats_altitude": point[2] if point else "",
                "_plats_precision": point[3] if point else "",
            }
        )
    rows[6]["today"] = "2026-04-31"
    write_csv(path, rows, delimiter=";", encoding="utf-8-sig")


def _odk(path: Path) -> None:
    rows: Rows = [
        {
            "SubmissionDate": f"{one.day}T{_utc(one)}:59.123Z",
            "today": f"{one.day}",
            "insamlingsplats": ("Stortorget", "Biblioteket")[one.number % 2],
            "svarande": one.who,
            "problem": one.code,
            "kommentar": one.text,
            "plats-Latitude": "" if one.number == NO_POINT else str(one.lat),
            "plats-Longitude": "" if one.number == NO_POINT else str(one.lon),
            "plats-Altitude": "" if one.number == NO_POINT else "52.1",
            "plats-Accuracy": "" if one.number == NO_POINT else "6.5",
            "KEY": f"uuid:5d0c{one.number:04d}-7a31-4f2e-9b11-000000000{one.number:03d}",
            "SubmitterID": "17",
            "SubmitterName": "Insamling",
            "AttachmentsPresent": "0",
            "AttachmentsExpected": "0",
            "Status": "",
            "ReviewState": "rejected" if one.number == 5 else "",
            "DeviceID": "collect:abc",
            "Edits": "0",
            "FormVersion": "3",
        }
        for one in scenes()
    ]
    write_csv(path, rows, delimiter=",", encoding="utf-8")


def _survey123(path: Path) -> None:
    rows: Rows = []
    for one in scenes():
        hour, minute = divmod(one.minute, 60)
        half = "PM" if hour >= 12 else "AM"
        sent = f"{one.day.month}/{one.day.day}/{one.day.year} {(hour - 1) % 12 + 1}:{minute:02d}:44 {half}"
        rows.append(
            {
                "ObjectID": str(one.number),
                "GlobalID": f"{{5d0c{one.number:04d}-7a31-4f2e-9b11-000000000{one.number:03d}}}",
                "Svarande": WHO[one.who],
                "Insamlingsplats": "Stortorget",
                "Problem": one.word,
                "Beskrivning": one.text,
                "Åtgärdsförslag": one.measure,
                "CreationDate": sent,
                "Creator": "enkat_exempelstad",
                "EditDate": sent,
                "Editor": "enkat_exempelstad",
                "x": "0" if one.number == NO_POINT else str(one.lon),
                "y": "0" if one.number == NO_POINT else str(one.lat),
            }
        )
    write_csv(path, rows, delimiter=",", encoding="utf-8-sig")


def _map_survey(path: Path) -> None:
    shapes: dict[int, dict[str, Any]] = {
        2: {"type": "LineString", "coordinates": [[12.92, 59.12], [12.93, 59.13]]},
        6: {
            "type": "Polygon",
            "coordinates": [[[12.92, 59.12], [12.93, 59.12], [12.93, 59.13], [12.92, 59.12]]],
        },
    }
    write_geojson(
        path,
        (
            (
                {
                    "id": one.number,
                    "svarsdatum": f"{one.day}",
                    "fraga": "otrygg",
                    "kategori": one.code,
                    "beskrivning": one.text,
                    "aldersgrupp": ("16-24", "25-44", "45-64", "65-")[one.number % 4],
                },
                None
                if one.number == NO_POINT
                else shapes.get(one.number, {"type": "Point", "coordinates": [one.lon, one.lat]}),
            )
            for one in scenes()
        ),
    )


def _plain(path: Path) -> None:
    rows: Rows = [
        {
            "Svar": str(100 + one.number),
            "Datum": f"{one.day.day} {('april', 'maj')[one.day.month - 4]} {one.day.year}",
            "Svarande": WHO[one.who],
            "Plats": one.place,
            "Vad är problemet?": one.word,
            "Beskriv": one.text,
            "Förslag": one.measure,
        }
        for one in scenes()
    ]
    rows[4]["Datum"] = "31 april 2026"
    write_csv(path, rows, delimiter=";", encoding="cp1252")


def _paper(path: Path) -> None:
    rows: Rows = [
        {
            "Omgång": ("Torget v. 16", "Gymnasiet v. 17")[one.number // 6],
            "Nr": str((one.number - 1) % 5 + 1),
            "Insamlingsplats": ("Stortorget", "Exempelgymnasiet")[one.number // 6],
            "Insamlingsdatum": f"{one.day}",
            "Svarande": WHO[one.who],
            "Plats": one.place,
            "Latitud": comma(one.lat) if one.number % 3 == 0 else "",
            "Longitud": comma(one.lon) if one.number % 3 == 0 else "",
            "Problem": one.code if one.number % 2 else one.word,
            "Kommentar": one.text,
            "Åtgärdsförslag": one.measure,
        }
        for one in scenes()
    ]
    write_csv(path, rows, delimiter=";", encoding="utf-8-sig")


def _rounds(path: Path) -> None:
    places = ("Stortorget", "Exempelgymnasiet", "Biblioteket", "Ishallen", "Vårdcentralen", "Stationen")
    rows: Rows = [
        {
            "Omgång": f"{places[number % 6]} {number}",
            "Insamlingsplats": places[number % 6],
            "Datum": f"2026-04-{14 + number}",
            "Utdelade": str(30 + 5 * number),
            "Inlämnade": str(17 + 3 * number),
            "Svarande": ("Boende", "Elev", "", "Besökare")[number % 4],
        }
        for number in range(1, 10)
    ]
    rows[2]["Inlämnade"] = "tolv"
    write_csv(path, rows, delimiter=";", encoding="utf-8-sig")


def _utc(one: Scene) -> str:
    return f"{one.minute // 60 - 2:02d}:{one.minute % 60:02d}"


SURVEYS = (
    Sample("kobo_survey", "trygghet_kobo.csv", _kobo, {"new": 8, "waiting": 1, "rejected": 1}),
    Sample("odk_central", "trygghet_odk.csv", _odk, {"new": 8, "waiting": 1, "set_aside": 1}),
    Sample("survey123", "trygghet_survey123.csv", _survey123, {"new": 9, "rejected": 1}),
    Sample("map_survey", "kartenkat.geojson", _map_survey, {"new": 9, "waiting": 1}),
    Sample("plain_survey", "enkat.csv", _plain, {"waiting": 9, "rejected": 1}),
    Sample("paper_survey", "inmatade_svar.csv", _paper, {"new": 3, "waiting": 7}),
    Sample("paper_batches", "omgangar.csv", _rounds, {"new": 8, "rejected": 1}),
)
"""Samples of surveys and of rounds of them."""
