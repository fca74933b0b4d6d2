"""What points to a person, planted in every cell of a file, and a search for it in all that an import leaves."""

import copy
import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq

CANARIES = {
    "identity": ("850101-1234", ("850101", "8501011234")),
    "phone": ("070-987 65 43", ("987 65", "9876543")),
    "email": ("fagel.kanarie@example.org", ("kanarie@", "fagel.kan")),
    "plate": ("KNR 12A", ("KNR 12A", "KNR12A")),
    "identity_apart": ("850102\u20111234", ("850102",)),
    "phone_in_points": ("tel:070.987.65.44", ("987.65", "65.44")),
    "email_in_words": ("kanarie2 (at) example.org", ("kanarie2", "example.org")),
    "plate_wide": ("ＫＮＲ-３４Ｂ", ("ＫＮＲ", "KNR-34B")),
    "name": ("läraren Torbjörn Kanariefågel", ("Kanariefågel",)),
}
"""Kind → what is written, and what must stand nowhere."""

Copies = Callable[[dict[str, Any], str], Iterator[dict[str, Any]]]


def plant(path: Path, canary: str) -> int:
    """Add to a file, for each of its cells, a copy of a row with `canary` in that cell; return how many."""
    planters = {".csv": _csv, ".txt": _csv, ".json": _json, ".geojson": _geojson, ".xlsx": _excel}
    return planters[path.suffix](path, canary)


def plantable(path: Path) -> bool:
    """Say whether `plant` can write such a file."""
    return path.suffix in {".csv", ".txt", ".json", ".geojson", ".xlsx"}


def _copies(record: Any, canary: str) -> Iterator[Any]:
    """Yield copies of a record of JSON, each with one of its plain values replaced."""
    for where in _leaves(record):
        other = copy.deepcopy(record)
        inner = other
        for key in where[:-1]:
            inner = inner[key]
        inner[where[-1]] = canary
        yield other


def _leaves(value: Any, where: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _leaves(inner, (*where, key))
    elif where:
        yield where


def _csv(path: Path, canary: str) -> int:
    raw = path.read_bytes()
    encoding = "utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "utf-8"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        encoding, text = "cp1252", raw.decode("cp1252")
    heading = text.splitlines()[0]
    delimiter = max(";,\t", key=heading.count)
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    planted = []
    for at in range(len(rows[0])):
        row = list(rows[1])
        row[at] = canary
        planted.append(row)
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows([*rows, *planted])
    if encoding == "cp1252" and not set(canary) <= set(canary.encode("cp1252", "ignore").decode("cp1252")):
        encoding = "utf-8-sig"
    path.write_bytes(out.getvalue().encode(encoding))
    return len(planted)


def _json(path: Path, canary: str) -> int:
    document = json.loads(path.read_text("utf-8"))
    records = document
    while isinstance(records, dict):
        records = max(records.values(), key=lambda value: len(str(value)))
    planted = list(_copies(records[0], canary))
    records.extend(planted)
    path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    return len(planted)


def _geojson(path: Path, canary: str) -> int:
    document = json.loads(path.read_text("utf-8"))
    first = document["features"][0]
    planted = [{**first, "properties": one} for one in _copies(first["properties"], canary)]
    document["features"].extend(planted)
    path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    return len(planted)


def _excel(path: Path, canary: str) -> int:
    book = openpyxl.load_workbook(path)
    planted = 0
    for sheet in book.worksheets:
        rows = list(sheet.iter_rows(values_only=True))
        for at in range(len(rows[0])):
            row = list(rows[1])
            row[at] = canary
            sheet.append(row)
            planted += 1
    book.save(path)
    return planted


def found_in(folder: Path, signs: tuple[str, ...]) -> list[str]:
    """Return the files below a folder that hold one of some texts, Parquet decoded."""
    return [
        str(path.relative_to(folder))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and any(sign in _content(path) for sign in signs)
    ]


def _content(path: Path) -> str:
    if path.suffix == ".parquet":
        table = pq.read_table(path)
        return "\n".join(str(value) for column in table.columns for value in column.to_pylist())
    return path.read_bytes().decode("utf-8", errors="replace")
