"""Write what people say and what is seen on site: the Kobo export, the map survey, the reviews."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from etl.synthetic.calendar_weights import days
from etl.synthetic.dirt import REASON, RECORD, FileTruth, account_for
from geodata.crs import SWEREF99_TM, to_lonlat

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

ZONE = ZoneInfo("Europe/Stockholm")
FIRST_ID = 700_000
KOBO_COLUMNS = [
    "start",
    "end",
    "today",
    "_id",
    "_uuid",
    "_submission_time",
    "alder",
    "kon",
    "insamlingsplats",
    "problem",
    "nar",
    "kommentar",
    "plats",
    "_plats_latitude",
    "_plats_longitude",
    "_plats_altitude",
    "_plats_precision",
]


def write_kobo(inbox: Path, rows: pd.DataFrame, rng: np.random.Generator) -> FileTruth:
    """Write ``trygghetsmatning_kobo.csv``, a Kobo export: UTF-8 with BOM, semicolons, WGS 84."""
    lon, lat = to_lonlat(rows["x"], rows["y"], working=SWEREF99_TM)
    covered = days()
    count = int(rows[RECORD].max()) + 1
    seconds, lasted = rng.integers(0, 60, count), rng.integers(80, 600, count)
    altitude, precision = rng.uniform(40, 90, count), rng.uniform(3, 20, count)
    marks = [str(uuid.UUID(bytes=rng.bytes(16), version=4)) for _ in range(count)]
    written: list[tuple[object, ...]] = []
    said = rows[["age", "sex", "collected", "problem", "when", "comment"]].to_numpy(dtype=object).tolist()
    known = rows[["day", "minute", RECORD, REASON]].to_numpy(dtype=object).tolist()
    for (day, minute, number, reason), words, east, north in zip(known, said, lon, lat, strict=True):
        start = datetime.combine(covered[day], time(minute // 60, minute % 60), tzinfo=ZONE)
        start += timedelta(seconds=int(seconds[number]))
        end = start + timedelta(seconds=int(lasted[number]))
        point = [f"{north:.6f}", f"{east:.6f}", f"{altitude[number]:.1f}", f"{precision[number]:.1f}"]
        if reason == "missing_point":
            point = [""] * 4
        elif reason == "swapped":
            point[0], point[1] = point[1], point[0]
        written.append(
            (
                start.isoformat(timespec="milliseconds"),
                end.isoformat(timespec="milliseconds"),
                covered[day].isoformat(),
                FIRST_ID + number,
                marks[number],
                f"{end.astimezone(UTC):%Y-%m-%dT%H:%M:%S}",
                *words,
                " ".join(point).strip(),
                *point,
            )
        )
    name = "trygghetsmatning_kobo.csv"
    table = pd.DataFrame(written, columns=KOBO_COLUMNS)
    table.to_csv(inbox / name, sep=";", index=False, encoding="utf-8-sig")
    return account_for(f"inbox/{name}", rows)


def write_map_survey(inbox: Path, rows: pd.DataFrame) -> FileTruth:
    """Write ``karta_enkat.geojson``: points in WGS 84, some without geometry."""
    lon, lat = to_lonlat(rows["x"], rows["y"], working=SWEREF99_TM)
    covered = days()
    features: list[dict[str, Any]] = []
    columns = ["day", RECORD, REASON, "problem", "comment", "age", "when"]
    told = rows[columns].to_numpy(dtype=object).tolist()
    for (day, number, reason, problem, comment, age, when), east, north in zip(told, lon, lat, strict=True):
        at = [round(float(east), 6), round(float(north), 6)]
        if reason == "swapped":
            at.reverse()
        properties = {
            "id": number + 1,
            "svarsdatum": covered[day].isoformat(),
            "fraga": "otrygg",
            "kategori": problem,
            "beskrivning": comment,
            "aldersgrupp": age,
            "nar": when,
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
    table = pd.DataFrame(
        {
            "Ärende": [
                f"TMÖ {covered[day].year}-{n + 1:04d}"
                for n, day in zip(rows[RECORD], rows["day"], strict=True)
            ],
            "Datum": [covered[day].isoformat() for day in rows["day"]],
            "Plats": rows["where"].to_numpy(),
            "Latitud": np.where(gone, "", _commas(np.where(swapped, lon, lat))),
            "Longitud": np.where(gone, "", _commas(np.where(swapped, lat, lon))),
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


def _commas(degrees: NDArray[np.float64]) -> NDArray[np.object_]:
    return np.array([f"{value:.6f}".replace(".", ",") for value in degrees], dtype=object)
