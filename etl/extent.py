"""Which features of a larger file lie wholly outside the workspace: a county's roads, a country's squares."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from etl.doubts.references import settle_reference_of
from etl.locate import stated_crs
from geodata.crs import WGS84, is_geographic, reproject

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from etl.context import Context
    from etl.mapping import Mapping
    from etl.readers.raw_table import RawTable


def outside_extent(raw: RawTable, mapping: Mapping, context: Context) -> NDArray[np.bool_]:
    """Say which rows lie wholly outside the extent in the project file.

    Returns
    -------
    ndarray of bool
        Shape ``(n,)``; nobody lies outside where the mapping does not ask, or where there is no extent or
        no geometry. What reaches over the edge is inside.

    Raises
    ------
    FileFaultError
        What `settle_reference` raises.
    """
    outside = np.zeros(len(raw.cells), dtype=bool)
    extent = context.project.geography.extent
    asked = mapping.scope is not None and mapping.scope.extent and mapping.location is not None
    if not asked or mapping.location is None or extent is None or raw.geometry is None:
        return outside
    stated = stated_crs(mapping.location, context, stated=raw.crs)
    reference = settle_reference_of(raw.geometry, stated=stated, context=context)
    boxes = shapely.bounds(raw.geometry)
    if reference.swapped:
        boxes = boxes[:, [1, 0, 3, 2]]
    if not is_geographic(reference.epsg):
        with np.errstate(invalid="ignore"):
            boxes = shapely.bounds(reproject(shapely.box(*boxes.T), source=reference.epsg, target=WGS84))
    west, south, east, north = extent
    # NaN, for a feature without geometry, is never outside: it is rejected by its own name.
    return np.asarray(
        (boxes[:, 2] < west) | (boxes[:, 0] > east) | (boxes[:, 3] < south) | (boxes[:, 1] > north)
    )
