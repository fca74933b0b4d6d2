"""The street network: links that meet where their end points coincide."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.codelists import ROAD_CLASSES
from geodata.streets.carriageways import abreast

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

NODE_TOLERANCE_M = 0.1
"""End points closer than this are one node: files round coordinates to centimetres or decimetres."""

NOT_WALKED = frozenset({"motorway"})
"""Road classes that nobody walks along."""


@dataclass(frozen=True, eq=False)
class StreetNetwork:
    """Links and nodes of a street layer, in the working CRS (metres).

    Attributes
    ----------
    street_id, road_class, name
        One value a link, shape ``(links,)``; a name is empty where there is none.
    speed_limit_kmh
        NaN where it is not known, shape ``(links,)``.
    geometry
        LineStrings, shape ``(links,)``.
    length_m
        Length of each link along its geometry, shape ``(links,)``.
    start, end
        Node number of each link's first and last vertex, shape ``(links,)``.
    node_xy
        Node coordinates, shape ``(nodes, 2)``.
    """

    street_id: NDArray[np.int64]
    road_class: NDArray[np.object_]
    name: NDArray[np.object_]
    speed_limit_kmh: NDArray[np.float64]
    geometry: NDArray[np.object_]
    length_m: NDArray[np.float64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    node_xy: NDArray[np.float64]

    @property
    def links(self) -> int:
        """Number of links."""
        return len(self.street_id)

    @property
    def nodes(self) -> int:
        """Number of nodes."""
        return len(self.node_xy)

    @cached_property
    def tree(self) -> shapely.STRtree:
        """Spatial index over the links."""
        return shapely.STRtree(self.geometry)

    @cached_property
    def degree(self) -> NDArray[np.int64]:
        """Link ends at each node, shape ``(nodes,)``; a loop counts twice, 3 or more is a crossing."""
        return np.bincount(np.concatenate([self.start, self.end]), minlength=self.nodes)

    @cached_property
    def abreast(self) -> NDArray[np.float64]:
        """How many carriageways of its street run side by side along each link, shape ``(links,)``."""
        return abreast(self.geometry, self.name, self.road_class)

    @cached_property
    def class_rank(self) -> NDArray[np.int64]:
        """0 for the largest class of road, more the smaller; one not known comes last, shape ``(links,)``."""
        ranks = {road_class: number for number, road_class in enumerate(ROAD_CLASSES)}
        return np.array([ranks.get(one, len(ranks)) for one in self.road_class], dtype=np.int64)

    @cached_property
    def walked(self) -> NDArray[np.bool_]:
        """Which links may be walked, shape ``(links,)``."""
        return ~np.isin(self.road_class, list(NOT_WALKED))

    @cached_property
    def ways(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
        """The ways to walk out of each node: where a node's begin, to which node each leads, its metres."""
        walking = self.adjacency(self.walked)
        return walking.indptr.astype(np.int64), walking.indices.astype(np.int64), walking.data

    def adjacency(self, use: NDArray[np.bool_]) -> csr_array:
        """Return the shortest link between each pair of neighbouring nodes, over the links in `use`.

        Parameters
        ----------
        use
            Which links may be walked, shape ``(links,)``.

        Returns
        -------
        csr_array
            Metres, shape ``(nodes, nodes)``, symmetric.
        """
        start, end, length = self.start[use], self.end[use], self.length_m[use]
        first, last = np.minimum(start, end), np.maximum(start, end)
        # The sparse constructor adds parallel links together; the shortest is the one that is walked.
        order = np.lexsort((length, last, first))
        first, last, length = first[order], last[order], length[order]
        fresh = np.ones(len(first), dtype=bool)
        fresh[1:] = (first[1:] != first[:-1]) | (last[1:] != last[:-1])
        fresh &= first != last
        first, last, length = first[fresh], last[fresh], length[fresh]
        from scipy.sparse import csr_array  # noqa: PLC0415  slow to import

        return csr_array(
            (np.tile(length, 2), (np.concatenate([first, last]), np.concatenate([last, first]))),
            shape=(self.nodes, self.nodes),
        )


def build(streets: gpd.GeoDataFrame) -> StreetNetwork:
    """Build the network of a street layer.

    Parameters
    ----------
    streets
        Columns of ``schema.STREETS``, geometry in the working CRS; links split at crossings. Rows
        without a geometry, or with an empty one, are no links.

    Returns
    -------
    StreetNetwork
        Links in the order of the rows; without links when the layer is empty.
    """
    geometry = np.asarray(streets.geometry.to_numpy(), dtype=object)
    usable = ~(shapely.is_missing(geometry) | shapely.is_empty(geometry))
    streets, geometry = streets[usable], geometry[usable]
    coordinates, owner = shapely.get_coordinates(geometry, return_index=True)
    first = np.searchsorted(owner, np.arange(len(geometry)), side="left")
    last = np.searchsorted(owner, np.arange(len(geometry)), side="right") - 1
    ends = np.concatenate([coordinates[first], coordinates[last]])
    rounded = np.round(ends / NODE_TOLERANCE_M).astype(np.int64)
    _, kept, node = np.unique(rounded, axis=0, return_index=True, return_inverse=True)
    node = node.reshape(-1)
    return StreetNetwork(
        street_id=streets["street_id"].to_numpy(dtype=np.int64),
        road_class=streets["road_class"].fillna("").to_numpy(dtype=object),
        name=streets["name"].fillna("").to_numpy(dtype=object),
        speed_limit_kmh=streets["speed_limit_kmh"].to_numpy(dtype=np.float64, na_value=np.nan),
        geometry=geometry,
        length_m=np.asarray(shapely.length(geometry), dtype=np.float64),
        start=node[: len(geometry)],
        end=node[len(geometry) :],
        node_xy=ends[kept],
    )
