"""What places are found in: the layers of one import, checked and ready."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.evidence.exposure import Exposure, exposure
from geodata.streets.network import StreetNetwork, build
from geodata.streets.walking import CrossingRule, Walk, walk

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    import pandas as pd

    from geodata.project import Project
    from geodata.school_settings import Schools


OBSERVED = (
    "category",
    "themes",
    "stream",
    "local_hour",
    "location_precision",
    "x",
    "y",
    "street_id",
    "set_aside",
    "linked_to",
)
"""What kinds of place look at of a record: a million whole ones are half a gigabyte."""


@dataclass(frozen=True, eq=False)
class PlaceLayers:
    """The layers that kinds of place are made from, and the settings for it.

    Attributes
    ----------
    schools, areas, streets
        Tables of ``schema.TABLES``, geometry in the working CRS; each may be empty.
    population
        Table of ``schema.TABLES``: who lives where.
    told
        Reads what was told and reported (`OBSERVED` of the observations).
    project
        The workspace's settings.
    """

    schools: gpd.GeoDataFrame
    areas: gpd.GeoDataFrame
    streets: gpd.GeoDataFrame
    population: pd.DataFrame
    told: Callable[[], pd.DataFrame]
    project: Project

    @cached_property
    def observations(self) -> pd.DataFrame:
        """What was told and reported, read where a kind of place looks at it."""
        return self.told()

    @cached_property
    def network(self) -> StreetNetwork:
        """The street network, built once for all kinds."""
        return build(self.streets)

    @cached_property
    def walk(self) -> Walk:
        """The network as it is walked: crossing points and speed limits taken into account."""
        return school_walk(self.network, self.areas, self.project.schools)

    @cached_property
    def exposure(self) -> Exposure:
        """People and traffic, as weighted points."""
        return exposure(self.streets, self.population)


def school_walk(network: StreetNetwork, areas: gpd.GeoDataFrame, settings: Schools) -> Walk:
    """Return the network as pupils walk it: over fast roads where the area layer shows a crossing point."""
    shown = areas[(areas["kind"] == "pedestrian_crossing").to_numpy()]
    return walk(
        network,
        shapely.centroid(np.asarray(shown.geometry.to_numpy(), dtype=object)),
        rule=CrossingRule(settings.fast_kmh, settings.crossing_cost_m, settings.blocked_kmh),
    )
