"""The national road database: links in one layer, and what is true of them in others, joined.

An element (``ELEMENT_ID`` in a GeoPackage, ``RLID`` in a Shape) has many rows in every layer, each with the
part of its line for which something is true.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from etl.readers.raw_table import RawTable, text_cells
from etl.readers.road_pieces import NEAR_M, changes, divide, joints, pairs
from etl.readers.vector import read_layer, reading_vectors, to_raw
from etl.readers.vector_layers import choose_layer, find_layers
from geodata.errors import FileFaultError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from etl.readers.raw_table import JoinedLayer, ReaderOptions
    from etl.readers.vector_layers import VectorLayer

ELEMENT = "element"
DBF_NAME = 10
"""Letters of a column's name that a Shape keeps."""


def read_road_data(path: Path, options: ReaderOptions, *, file: str, encoding: str | None) -> RawTable:
    """Read links with the values of other layers that run along them.

    Columns are ``element`` and those of ``options.join``; a value that no layer gives is empty. A link is
    divided where a value changes and where another link ends at it. Rows are numbered as in the layer of
    the links; the pieces of a link share its number.

    Raises
    ------
    FileFaultError
        ``layer_missing`` where no layer with links is there, ``columns_missing`` where a layer has no
        element, and what `read_vector` raises.
    """
    with reading_vectors(path, file=file):
        layers = find_layers(path, file=file)
        base = _base(layers, options, file=file)
        links = _read(base, encoding=encoding, file=file)
        found = _joined(layers, options.join, encoding=encoding, file=file)
    lines, of_row = _lines(links)
    elements = _element(links, options.element, file=file)[of_row]
    values = [(join, raw, _element(raw, options.element, file=file)) for join, raw in found]
    cuts = [joints(lines)] + [changes(lines, elements, *_along(raw, of)) for _, raw, of in values]
    pieces, of_line = divide(lines, cuts)
    columns = {ELEMENT: elements[of_line]} | {
        join.column: np.full(len(pieces), "", dtype=object) for join in options.join
    }
    for join, raw, of in values:
        given = _values(pieces, elements[of_line], raw, of, join, file=file)
        empty = columns[join.column] == ""
        columns[join.column] = np.where(empty, given, columns[join.column])
    absent = [join.layer for join in options.join if join not in [one for one, _ in found]]
    return RawTable(
        cells=text_cells(
            {name: pd.Series(text, dtype="str") for name, text in columns.items()}, rows=len(pieces)
        ),
        rows=links.rows[of_row[of_line]],
        said=links.said
        | {"layers_joined": ", ".join(dict.fromkeys(raw.said["layer"] for _, raw in found))}
        | ({"layers_absent": ", ".join(dict.fromkeys(absent))} if absent else {}),
        geometry=pieces,
        crs=links.crs,
        unreadable=links.unreadable,
    )


def _base(layers: Sequence[VectorLayer], options: ReaderOptions, *, file: str) -> VectorLayer:
    for pattern in options.base:
        fitting = [layer for layer in layers if layer.matches(pattern)]
        if len(fitting) == 1:
            return fitting[0]
    return choose_layer(list(layers), " / ".join(options.base), file=file)


def _joined(
    layers: Sequence[VectorLayer], joins: Sequence[JoinedLayer], *, encoding: str | None, file: str
) -> list[tuple[JoinedLayer, RawTable]]:
    """Read the layers that are there and hold something, each once."""
    read: dict[VectorLayer, RawTable | None] = {}
    found = []
    for join in joins:
        for layer in layers:
            if layer.matches(join.layer):
                if layer not in read:
                    read[layer] = _read_some(layer, encoding=encoding, file=file)
                raw = read[layer]
                if raw is not None:
                    found.append((join, raw))
    return found


def _read(layer: VectorLayer, *, encoding: str | None, file: str) -> RawTable:
    return to_raw(*read_layer(layer, encoding=encoding), file=file)


def _read_some(layer: VectorLayer, *, encoding: str | None, file: str) -> RawTable | None:
    """Read a layer; one without rows says nothing of any link."""
    try:
        raw = _read(layer, encoding=encoding, file=file)
    except FileFaultError as fault:
        if fault.code != "file_no_rows":
            raise
        return None
    return raw if raw.geometry is not None else None


def _lines(links: RawTable) -> tuple[NDArray[np.object_], NDArray[np.intp]]:
    """Return single lines in the plane, and the row of each; other shapes stay out of the network."""
    shapes = links.geometry if links.geometry is not None else np.full(len(links.rows), None, dtype=object)
    parts, at = shapely.get_parts(shapely.force_2d(shapes), return_index=True)
    line = (shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING) & (shapely.length(parts) > 0)
    return parts[line], at[line]


def _along(raw: RawTable, of: NDArray[np.object_]) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    lines, at = _lines(raw)
    return lines, of[at]


def _element(raw: RawTable, names: Sequence[str], *, file: str) -> NDArray[np.object_]:
    """Return the element of each row.

    Raises
    ------
    FileFaultError
        ``columns_missing``.
    """
    return _column(raw, names, file=file)


def _column(raw: RawTable, names: Sequence[str], *, file: str) -> NDArray[np.object_]:
    called = {name.casefold(): name for name in raw.cells.columns}
    for name in names:
        for written in (name.casefold(), name.casefold()[:DBF_NAME]):
            if written in called:
                return np.asarray(raw.cells[called[written]].to_numpy(dtype=object))
    raise FileFaultError(
        "columns_missing",
        f"{file}: the layer {raw.said['layer']} has none of the columns {', '.join(names)}.",
        file=file,
        mapping=raw.said["layer"],
        column=", ".join(names),
        found=", ".join(raw.cells.columns),
    )


def _values(
    pieces: NDArray[np.object_],
    elements: NDArray[np.object_],
    raw: RawTable,
    of: NDArray[np.object_],
    join: JoinedLayer,
    *,
    file: str,
) -> NDArray[np.object_]:
    """Return for each piece the value that runs along its middle, the newest of several; ``""`` for none."""
    shapes, at = _lines(raw)
    which, value = pairs(elements, of[at])
    middle = shapely.line_interpolate_point(pieces[which], 0.5, normalized=True)
    distance = shapely.distance(shapes[value], middle)
    text = _column(raw, join.field, file=file)[at]
    date = _column(raw, join.newest, file=file)[at] if join.newest else np.full(len(at), "", dtype=object)
    table = pd.DataFrame(
        {"which": which, "distance": distance, "text": text[value], "date": date[value], "at": value}
    )
    near = table[(table["distance"] < NEAR_M) & (table["text"] != "")]
    best = near.sort_values(["date", "at"], ascending=[False, True]).drop_duplicates("which")
    given = np.full(len(pieces), "", dtype=object)
    given[best["which"].to_numpy()] = best["text"].to_numpy()
    return given
