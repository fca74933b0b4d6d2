"""The made land: what every later step of the making stands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from shapely import Polygon


@dataclass(frozen=True, slots=True)
class School:
    """A made-up school unit; `x`, `y` in metres, bells as local ``HH:MM``."""

    code: str
    name: str
    stage: str
    pupils: int
    bell_start: str
    bell_end: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Land:
    """Ground, streets and people, in SWEREF 99 TM metres.

    Attributes
    ----------
    boundary
        The municipality.
    streets
        One link a row, split where streets meet: ``name``, ``road_class`` (`geodata.codelists.ROAD_CLASSES`),
        ``speed_limit_kmh``, ``flow`` (true vehicles a day), ``measured`` (whether the flow is known to the
        municipality), ``town`` (number of the main town it belongs to), ``geometry``.
    areas
        ``kind`` (`geodata.codelists.AREA_KINDS`), ``name``, ``town``, ``geometry``.
    dwellings
        Where people live: ``x``, ``y``, ``persons``, ``street`` (row of `streets`).
    schools
        Every school unit that is in use.
    places
        Names of towns and villages with their point: ``name``, ``x``, ``y``, ``town``.
    """

    boundary: Polygon
    streets: gpd.GeoDataFrame
    areas: gpd.GeoDataFrame
    dwellings: pd.DataFrame
    schools: tuple[School, ...]
    places: pd.DataFrame
