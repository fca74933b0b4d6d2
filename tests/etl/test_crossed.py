"""Crossed shapes are mended; a tangle is refused at once, however many points it has."""

import numpy as np
import pytest
import shapely
from small_workspace import Workspace
from test_damaged_files import put_areas

from etl.crossed import crossings, mend

X, Y = 382096.4, 6556218.2
MANY = 200_000


def ring(points: int, *, radius: float = 1000.0) -> np.ndarray:
    angle = np.linspace(0, 2 * np.pi, points, endpoint=False)
    return np.column_stack([X + radius * np.cos(angle), Y + radius * np.sin(angle)])


def tangle(points: int) -> shapely.Polygon:
    return shapely.Polygon(np.random.default_rng(1).random((points, 2)) * 1000 + (X, Y))


@pytest.mark.parametrize("points", [60, 300])
def test_crossings_are_counted_about(points: int) -> None:
    shape = tangle(points)
    noded = shapely.node(shapely.boundary(shape))
    # Every crossing divides two segments.
    exact = (shapely.get_num_geometries(noded) - points) / 2
    assert crossings(shape) == pytest.approx(exact, rel=0.25)
    assert crossings(shapely.Polygon(ring(points))) == 0


def test_a_crossed_shape_is_mended_and_others_are_left_alone() -> None:
    bow = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    shapes = np.array([bow, shapely.Point(1, 1), None, shapely.MultiPolygon([bow])], dtype=object)
    mended, crossed, tangled = mend(shapes)
    assert crossed.tolist() == [True, False, False, True]
    assert not tangled.any()
    assert shapely.is_valid(mended[crossed]).all()
    assert shapely.area(mended[0]) == pytest.approx(2.0)
    assert mended[1] is shapes[1]
    assert mended[2] is None


@pytest.mark.slow
def test_a_polygon_of_very_many_points_comes_in(workspace: Workspace) -> None:
    twisted = ring(MANY)
    twisted[[10, 11]] = twisted[[11, 10]]
    put_areas(workspace, [shapely.Polygon(ring(MANY)), shapely.Polygon(twisted)])
    file = workspace.only_file()
    assert (file.adds_up, file.rejections) == (True, ())
    assert file.said["geometry_mended"] == "1"
    areas = workspace.table("areas")
    assert shapely.area(areas["geometry"].to_numpy()) == pytest.approx([np.pi * 1000**2] * 2, rel=1e-6)


@pytest.mark.parametrize("points", [5_000, pytest.param(MANY, marks=pytest.mark.slow)])
def test_a_tangle_is_rejected_and_the_others_come_in(workspace: Workspace, points: int) -> None:
    put_areas(workspace, [tangle(points), shapely.box(X, Y, X + 5, Y + 5)])
    file = workspace.only_file()
    assert [(row.row, row.code, row.value) for row in file.rejections] == [(1, "geometry_broken", "POLYGON")]
    assert len(workspace.table("areas")) == 1
