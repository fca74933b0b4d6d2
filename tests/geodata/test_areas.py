"""Points in areas: every point as if it were looked up alone."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geodata import areas as module
from geodata.areas import join_areas

CRS = 3006


def layer(rows: list[tuple[int, str, shapely.Geometry]]) -> gpd.GeoDataFrame:
    ids, kinds, shapes = zip(*rows, strict=True)
    return gpd.GeoDataFrame({"area_id": ids, "kind": kinds}, geometry=list(shapes), crs=CRS)


@pytest.fixture
def lattice() -> gpd.GeoDataFrame:
    """Forty areas with ragged edges, a hole in one, and one in two parts."""
    random = np.random.default_rng(7)
    centres = shapely.MultiPoint(random.uniform(0, 10_000, (40, 2)))
    cells = shapely.get_parts(shapely.voronoi_polygons(centres, extend_to=shapely.box(0, 0, 10_000, 10_000)))
    cells = shapely.intersection(cells, shapely.box(0, 0, 10_000, 10_000))
    cells[3] = shapely.difference(cells[3], shapely.centroid(cells[3]).buffer(150))
    cells[5] = shapely.union(cells[5], shapely.box(20_000, 0, 20_500, 500))
    return layer([(number + 100, "boundary", cell) for number, cell in enumerate(cells)])


def test_many_points_are_where_each_alone_would_be(lattice: gpd.GeoDataFrame) -> None:
    random = np.random.default_rng(8)
    x, y = random.uniform(-500, 21_000, (2, module.FEW_POINTS + 5_000))
    x[:10] = np.nan
    alone = np.concatenate(
        [join_areas(x[at : at + 1000], y[at : at + 1000], lattice) for at in range(0, len(x), 1000)]
    )
    together = join_areas(x, y, lattice)
    assert (together == alone).all()
    assert set(together) == {-1, *range(100, 140)}
    assert (together[:10] == -1).all()


def test_points_on_boundaries_and_corners_take_the_lowest_id(lattice: gpd.GeoDataFrame) -> None:
    on = shapely.get_coordinates(shapely.segmentize(shapely.boundary(lattice.geometry.to_numpy()), 2.0))
    on = np.concatenate([on, on])[: max(module.FEW_POINTS + 1, len(on))]
    expected = [
        min(lattice["area_id"].to_numpy()[shapely.intersects(lattice.geometry.to_numpy(), point)])
        for point in shapely.points(on[:500])
    ]
    assert join_areas(on[:, 0], on[:, 1], lattice)[:500].tolist() == expected


def test_the_district_goes_before_the_municipality_and_other_kinds_do_not_count() -> None:
    areas = layer(
        [
            (1, "park", shapely.box(0, 0, 10, 10)),
            (2, "boundary", shapely.box(0, 0, 100, 100)),
            (3, "district", shapely.box(0, 0, 50, 50)),
            (4, "district", shapely.LineString([(60, 60), (70, 70)])),
        ]
    )
    assert join_areas([5, 60, 65, 200], [5, 10, 65, 5], areas).tolist() == [3, 2, 2, -1]


def test_without_areas_no_point_lies_in_one() -> None:
    empty = gpd.GeoDataFrame({"area_id": [], "kind": []}, geometry=[], crs=CRS)
    assert join_areas([1.0], [1.0], empty).tolist() == [-1]
