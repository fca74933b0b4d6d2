"""Samples of what happened: the police's CSV, their open events, and accidents."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import openpyxl

from etl.synthetic.samples.scene import comma, scenes
from etl.synthetic.samples.writing import Sample, write_csv

if TYPE_CHECKING:
    from pathlib import Path

    from etl.synthetic.samples.writing import Rows

KINDS = (
    "Fortkörning",
    "Buskörning",
    "Trafikolycka",
    "Ordningsstörning",
    "Skadegörelse",
    "Stöld/inbrott",
    "Misshandel",
    "Narkotikabrott",
    "Fylleri/LOB",
    "Sammanfattning natt",
)
PUBLISHED = (
    "Trafikolycka, personskada",
    "Misshandel",
    "Skadegörelse",
    "Trafikolycka, vilt",
    "Brand",
    "Rattfylleri",
    "Stöld/inbrott",
    "Ordningslagen",
    "Sammanfattning natt",
    "Narkotikabrott",
)
HARM = ("Lindrig olycka", "Svår olycka", "Ej personskadeolycka", "Lindrig olycka", "Dödsolycka")
MONTHS = ("april", "maj")


def _incidents(path: Path) -> None:
    rows: Rows = [
        {
            "Händelsenr": f"5000-K{1000 + one.number}-26",
            "Datum": f"{one.day}" if one.number % 3 else f"{one.day:%d.%m.%Y}",
            "Klockslag": "" if one.number == 4 else one.clock.replace(":", "." if one.number % 2 else ":"),
            "Brottskod": str(3005 + one.number),
            "Händelsetyp": KINDS[one.number - 1],
            "Plats": one.place,
            "N": "" if one.number == 10 else comma(one.north, 1),
            "E": "" if one.number == 10 else comma(one.east, 1),
            "Allvarlighet": ("", "Lindrig", "Ingen", "Svår")[one.number % 4],
            "Beskrivning": one.text,
        }
        for one in scenes()
    ]
    rows[6]["Klockslag"] = "25.10"
    write_csv(path, rows, delimiter=";", encoding="cp1252")


def _events(path: Path) -> None:
    records = []
    for one in scenes():
        where = ("Exempelstad", "Exempelstad", "Säffle")[one.number % 3]
        told = f"{one.day.day:02d} {MONTHS[one.day.month - 4]} {one.clock.replace(':', '.')}"
        name = f"{told}, {PUBLISHED[one.number - 1]}, {where}"
        records.append(
            {
                "id": 610_000 + one.number,
                "datetime": f"{one.day} {one.minute // 60 + 1}:{one.minute % 60:02d}:04 +02:00",
                "name": name,
                "summary": one.text,
                "url": f"/aktuellt/handelser/{610_000 + one.number}",
                "type": PUBLISHED[one.number - 1],
                "location": {"name": where, "gps": "59.13,12.93"},
            }
        )
    path.write_text(json.dumps(records, ensure_ascii=False), encoding="utf-8")


def _accidents(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Olyckor"
    headings = [
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
    sheet.append(headings)
    persons = book.create_sheet("Personer")
    persons.append(["Olycksnummer", "Ålder", "Kön", "Sammanvägd Trafikantkategori - Huvudgrupp", "MAIS"])
    for one in scenes():
        hour = one.minute // 60
        at = (None, None) if one.number == 6 else (one.north, one.east)
        sheet.append(
            [
                202_600_000 + one.number,
                ("Singel", "Upphinnande", "Cykel singel", "Möte")[one.number % 4],
                2026,
                one.day.month,
                31 if one.number == 9 and one.day.month == 4 else one.day.day,
                f"{hour:02d}-{hour + 1:02d}",
                "Exempelstad",
                one.place,
                one.text,
                ("", "Föll omkull.")[one.number % 2],
                "Ja",
                ("Nej", "Ja")[one.number % 2],
                HARM[one.number % 5],
                *at,
            ]
        )
        persons.append([202_600_000 + one.number, 20 + one.number, "Kvinna", "Cykel", 1])
    book.save(path)


INCIDENTS = (
    Sample(
        "police_incidents",
        "handelser_2026.csv",
        _incidents,
        {"new": 8, "rejected": 1, "set_aside": 1},
    ),
    Sample("police_events", "handelser.json", _events, {"new": 6, "set_aside": 4}),
    Sample("strada", "olyckor.xlsx", _accidents, {"new": 9, "waiting": 1}),
)
"""Samples of incidents."""
