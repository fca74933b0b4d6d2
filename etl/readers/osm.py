"""OpenStreetMap extracts: the features that a mapping asks for by their tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from etl.readers.osm_tags import SPEED, Features
from etl.readers.raw_table import RawTable, Unreadable, text_cells
from geodata.crs import WGS84
from geodata.errors import FileFaultError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from etl.readers.raw_table import ReaderOptions

ID = "id"
OBJECT = "object"
FEATURE = "feature"
NAME = "name"


def read_osm(path: Path, options: ReaderOptions, *, file: str, encoding: str | None) -> RawTable:  # noqa: ARG001  the format states its own encoding
    """Read the features of an extract, numbered from 1 in the file's order.

    Columns are ``id`` (a number of its own), ``object`` (``way 17``), ``feature`` (the tag that makes it
    one, ``highway=residential``), ``name``, ``speed_kmh`` (the limit in km/h, whatever unit or zone it is
    written in) and those of ``options.attributes``.

    Raises
    ------
    FileFaultError
        ``file_unreadable``, ``file_no_rows`` where no object has the tags.
    """
    features = Features(options.tags)
    said: dict[str, str] = {}
    ids: Sequence[int]
    try:
        if options.shape == "links":
            from etl.readers.osm_links import read_links  # noqa: PLC0415  slow to import

            links, cut = read_links(path, features)
            ids = [link.link_id for link in links]
            kinds = [link.way.feature for link in links]
            tags = [link.way.tags for link in links]
            called = [f"way {link.way.osm_id}" for link in links]
            shapes = np.array([link.line for link in links], dtype=object)
            said |= {"ways_cut": str(cut)} if cut else {}
        else:
            from etl.readers.osm_shapes import read_shapes  # noqa: PLC0415  slow to import

            drawn = read_shapes(path, features, lines=options.lines)
            ids = [one.feature_id for one in drawn]
            kinds = [one.feature for one in drawn]
            tags = [one.tags for one in drawn]
            called = [one.called for one in drawn]
            shapes = np.array([one.shape for one in drawn], dtype=object)
            if options.shape == "points":
                shapes = np.asarray(shapely.point_on_surface(shapes), dtype=object)
    except RuntimeError as error:
        problem = str(error).replace(str(path), file)
        raise FileFaultError(
            "file_unreadable",
            f"{file} can't be read as OpenStreetMap: {problem}.",
            file=file,
            format="OpenStreetMap",
            problem=problem,
        ) from error
    if not len(shapes):
        raise FileFaultError("file_no_rows", f"{file} has no features with these tags.", file=file)
    columns = {ID: [str(one) for one in ids], OBJECT: called, FEATURE: kinds}
    columns |= {name: [one.get(name, "") for one in tags] for name in (NAME, *options.attributes)}
    columns[SPEED] = [features.speed(one) for one in tags]
    rows = np.arange(1, len(shapes) + 1, dtype=np.int64)
    whole = ~shapely.is_missing(shapes)
    return RawTable(
        cells=text_cells(
            {
                name: pd.Series(values, dtype="str")[whole].reset_index(drop=True)
                for name, values in columns.items()
            },
            rows=int(whole.sum()),
        ),
        rows=rows[whole],
        said=said | features.said(),
        geometry=shapes[whole],
        crs=WGS84,
        unreadable=tuple(
            Unreadable(int(rows[at]), "shape_not_whole", called[at]) for at in np.flatnonzero(~whole)
        ),
    )
