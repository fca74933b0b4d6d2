"""Samples of what is seen on site: reviews, walks, measured speeds, and faults that people report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.synthetic.samples.scene import comma, scenes
from etl.synthetic.samples.writing import Sample, write_csv

if TYPE_CHECKING:
    from pathlib import Path

    from etl.synthetic.samples.writing import Rows

STATUSES = ("Föreslagen", "Beslutad", "Finansierad", "Byggd", "Avslagen", "Ingen åtgärd")
LACKS = ("Hastighet", "Sikt", "Övergång", "Belysning", "Separering", "Parkering och hämtning", "Ingen brist")
SEEN = ("Belysning", "Växtlighet", "Sikt", "Nedskräpning", "Klotter och skadegörelse", "Trafik", "Övrigt")
REPORTED = (
    "Belysning",
    "Klotter",
    "Nedskräpning",
    "Höga hastigheter",
    "Felparkering",
    "Hål i vägen",
    "Växtlighet",
)
CHECKED = ("Bra", "Brist", "Ej aktuellt", "Bra", "Brist")


def _reviews(path: Path) -> None:
    rows: Rows = [
        {
            "Ärende": f"TMÖ 2026-{one.number:04d}",
            "Datum": f"{one.day}",
            "Plats": one.place,
            "Latitud": comma(one.lat),
            "Longitud": comma(one.lon),
            "Brist": LACKS[one.number % 7],
            "Beskrivning": one.text,
            "V85": str(36 + one.number),
            "ÅDT": f"{one.number} {100 + 17 * one.number}",
            "Åtgärdsförslag": one.measure,
            "Status": STATUSES[one.number % 6],
            "Ansvarig": ("Gatuenheten", "Trafikverket")[one.number % 2],
        }
        for one in scenes()
    ]
    rows[3]["V85"] = "fort"
    write_csv(path, rows, delimiter=";", encoding="utf-8")


def _checklists(path: Path) -> None:
    rows: Rows = [
        {
            "Ärende": f"TMÖ 2026-{100 + one.number}",
            "Datum": f"{one.day}",
            "Plats": one.place,
            "Latitud": "" if one.number == 4 else comma(one.lat),
            "Longitud": "" if one.number == 4 else comma(one.lon),
            "Sikt": CHECKED[one.number % 5],
            "Övergång": CHECKED[(one.number + 1) % 5],
            "Hastighet": CHECKED[one.number % 4],
            "Belysning": CHECKED[(one.number + 2) % 5],
            "Separering": CHECKED[(one.number + 3) % 4],
            "Parkering och hämtning": CHECKED[(one.number + 2) % 3],
            "V85": comma(36.5 + one.number, 1),
            "ÅDT": str(900 + 35 * one.number),
            "Iakttagelser": one.text,
            "Åtgärdsförslag": one.measure,
            "Status": STATUSES[one.number % 5],
            "Ansvarig": ("Gatuenheten", "Trafikverket", "Skolan")[one.number % 3],
        }
        for one in scenes()
    ]
    write_csv(path, rows, delimiter=";", encoding="utf-8-sig")


def _walks(path: Path) -> None:
    rows: Rows = [
        {
            "Vandring": ("Centrum 2026", "Norra stan 2026")[one.number // 6],
            "Punkt": str((one.number - 1) % 5 + 1),
            "Datum": f"{('2026-10-14', '2026-10-21')[one.number // 6]}",
            "Plats": one.place,
            "Observation": one.text,
            "Kategori": SEEN[one.number % 7],
            "Åtgärdsförslag": one.measure,
            "Ansvarig": ("Gatuenheten", "Bostadsbolaget", "Polisen")[one.number % 3],
            "Status": ("Föreslagen", "Beslutad", "Klar", "Ingen åtgärd")[one.number % 4],
        }
        for one in scenes()
    ]
    write_csv(path, rows, delimiter=";", encoding="utf-8-sig")


def _reports(path: Path) -> None:
    rows: Rows = [
        {
            "Ärendenummer": f"FA-2026-{one.number:05d}",
            "Inkommet": f"{one.day} {one.clock}",
            "Kategori": REPORTED[one.number % 7],
            "Beskrivning": one.text,
            "Adress": one.place,
            "N": "" if one.number == 6 else comma(one.north, 1),
            "E": "" if one.number == 6 else comma(one.east, 1),
            "Status": ("Mottaget", "Pågår", "Åtgärdat")[one.number % 3],
            "Åtgärdat": f"2026-06-{one.number:02d}" if one.number % 3 == 2 else "",
        }
        for one in scenes()
    ]
    rows[7]["N"], rows[7]["E"] = rows[7]["E"], rows[7]["N"]
    write_csv(path, rows, delimiter=";", encoding="cp1252")


def _speeds(path: Path) -> None:
    rows: Rows = [
        {
            "Mätning": f"M{one.number}",
            "Mätplats": one.place,
            "Riktning": ("norrut", "söderut")[one.number % 2],
            "Från": f"{one.day}",
            "Till": f"{one.day.replace(day=28)}",
            "Tid på dygnet": ("", "07:30-08:30")[one.number % 2],
            "Antal fordon": str(310 + 97 * one.number),
            "Medelhastighet": comma(31.2 + one.number / 2, 1),
            "V85": comma(38.1 + one.number, 1),
            "Andel över": f"{23 + 3 * one.number} %",
            "Hastighetsgräns": ("30", "40")[one.number % 2],
            "Latitud": "" if one.number == 2 else comma(one.lat),
            "Longitud": "" if one.number == 2 else comma(one.lon),
        }
        for one in scenes()
    ]
    write_csv(path, rows, delimiter=";", encoding="utf-8")


REVIEWS = (
    Sample("traffic_reviews", "oversyner.csv", _reviews, {"new": 9, "rejected": 1}),
    Sample("traffic_review_checklist", "oversyner_checklista.csv", _checklists, {"new": 9, "waiting": 1}),
    Sample("safety_walk", "trygghetsvandring.csv", _walks, {"waiting": 10}),
    Sample("citizen_reports", "felanmalan.csv", _reports, {"new": 8, "waiting": 1, "rejected": 1}),
    Sample("speed_measurements", "hastigheter.csv", _speeds, {"new": 8, "waiting": 1, "rejected": 1}),
)
"""Samples of reviews, reports and measurements."""
