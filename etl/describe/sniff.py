"""Which reader takes a file, and which sheet, layer or list of records in it."""

from __future__ import annotations

import json
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from python_calamine import CalamineError, load_workbook

from etl.describe.lexicon import lexicon
from etl.readers import read_file
from etl.readers.raw_table import ReaderOptions
from etl.readers.vector_layers import find_layers
from geodata.errors import FileFaultError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from etl.describe.lexicon import Known
    from etl.readers.raw_table import RawTable

SUFFIXES: dict[str, str] = {
    ".csv": "delimited",
    ".txt": "delimited",
    ".tsv": "delimited",
    ".xlsx": "excel",
    ".xlsm": "excel",
    ".xlsb": "excel",
    ".xls": "excel",
    ".ods": "excel",
    ".json": "json_records",
    ".geojson": "vector",
    ".gpkg": "vector",
    ".shp": "vector",
    ".zip": "vector",
    ".fgb": "vector",
    ".kml": "vector",
    ".kmz": "vector",
    ".parquet": "vector",
}
"""Suffix → key of ``READERS``."""

DEEPEST = 3
"""Levels of a JSON document that are searched for a list of records."""


def readings(path: Path, *, file: str) -> list[tuple[ReaderOptions, RawTable]]:
    """Read a file in every way that it can be read: each sheet, layer or list with rows.

    Raises
    ------
    FileFaultError
        ``describe_format`` for a suffix that no reader takes, and what the reader raises for a file that
        can't be read in any way.
    """
    options = list(_options(path, file=file))
    found: list[tuple[ReaderOptions, RawTable]] = []
    fault: FileFaultError | None = None
    for one in options:
        try:
            raw = read_file(path, one, file=file)
        except FileFaultError as error:
            fault = fault or error
        else:
            found.append((one, raw))
    if not found and fault is not None:
        raise fault
    return found


def _options(path: Path, *, file: str) -> list[ReaderOptions]:
    _refuse_known(lambda one: bool(one.suffix) and path.name.lower().endswith(one.suffix), file=file)
    reader = SUFFIXES.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(SUFFIXES)
        raise FileFaultError(
            "describe_format",
            f"{file}: no reader takes files that end with {path.suffix or 'nothing'}; known: {known}.",
            file=file,
            format=path.suffix or "?",
            known=known,
        )
    if reader == "excel":
        return [ReaderOptions(format=reader, sheet=sheet) for sheet in _sheets(path)] or [
            ReaderOptions(format=reader)
        ]
    if reader == "json_records":
        return _json(path)
    if reader == "vector":
        layers = [layer.name for layer in find_layers(path, file=file)]
        _refuse_known(
            lambda one: bool(one.layer) and any(fnmatchcase(name, one.layer) for name in layers),
            file=file,
        )
        if len(layers) > 1:
            return [ReaderOptions(format=reader, layer=layer) for layer in layers]
    return [ReaderOptions(format=reader)]


def _refuse_known(is_it: Callable[[Known], bool], *, file: str) -> None:
    """Say which shipped mappings read a file that a reader of its own knows."""
    for one in lexicon().known:
        if is_it(one):
            mappings = ", ".join(one.mappings)
            raise FileFaultError(
                "describe_known",
                f"{file}: a reader of its own knows such files; use the shipped mappings {mappings}.",
                file=file,
                mapping=mappings,
            )


def _sheets(path: Path) -> list[str]:
    try:
        return list(load_workbook(path).sheet_names)
    except (CalamineError, OSError):
        return []  # the reader says what is wrong with it


def _json(path: Path) -> list[ReaderOptions]:
    """Tell GeoJSON from records, and find where the records stand."""
    try:
        document = json.loads(path.read_bytes())
    except (ValueError, OSError, RecursionError):
        return [ReaderOptions(format="json_records")]
    if isinstance(document, dict) and document.get("type") == "FeatureCollection":
        return [ReaderOptions(format="vector")]
    return [ReaderOptions(format="json_records", records=at) for at in _lists(document, "", DEEPEST)] or [
        ReaderOptions(format="json_records")
    ]


def _lists(value: Any, at: str, depth: int) -> list[str]:
    if isinstance(value, list):
        return [at] if value and all(isinstance(one, dict) for one in value) else []
    if not isinstance(value, dict) or not depth:
        return []
    return [
        found
        for key, inner in value.items()
        if "." not in key
        for found in _lists(inner, f"{at}.{key}" if at else key, depth - 1)
    ]
