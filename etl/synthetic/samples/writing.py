"""How a sample file is written."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Sample:
    """A file in the layout of one shipped mapping.

    Attributes
    ----------
    mapping
        Name of the mapping.
    file
        Name of the file.
    write
        Writes it at a path.
    fates
        Fate → number of its rows at a first import without any other layer.
    """

    mapping: str
    file: str
    write: Callable[[Path], None]
    fates: dict[str, int] = field(default_factory=dict)


def write_csv(path: Path, rows: Sequence[Mapping[str, str]], *, delimiter: str, encoding: str) -> None:
    """Write rows under the headings of the first."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))


def write_geojson(path: Path, features: Iterable[tuple[dict[str, Any], dict[str, Any] | None]]) -> None:
    """Write properties and geometries as a feature collection in longitude and latitude."""
    collection = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": properties, "geometry": geometry}
            for properties, geometry in features
        ],
    }
    path.write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")
