import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import ParameterError
from geodata.grid import GRIDS, SCB_SIDES_M, HexGrid, SquareGrid, choose_cell_size

EAST = st.floats(250_000, 930_000)
NORTH = st.floats(6_100_000, 7_690_000)


def test_a_square_is_named_by_its_south_west_corner_east_first():
    assert SquareGrid(100).ids([412_345.6], [6_578_123.4]).tolist() == [4_123_006_578_100]
    assert SquareGrid(250).ids([412_345.6], [6_578_123.4]).tolist() == [4_122_506_578_000]
    assert SquareGrid(1000).ids([412_345.6], [6_578_123.4]).tolist() == [4_120_006_578_000]


def test_a_point_on_an_edge_belongs_to_the_square_north_and_east():
    assert SquareGrid(100).ids([412_300.0], [6_578_100.0]).tolist() == [4_123_006_578_100]


@pytest.mark.parametrize("name", GRIDS)
@given(x=EAST, y=NORTH)
def test_a_point_lies_in_its_cell(name, x, y):
    grid = GRIDS[name](100)
    ids = grid.ids([x], [y])
    (polygon,) = grid.polygons(ids)
    assert polygon.distance(shapely.Point(x, y)) < 1e-6
    assert grid.ids(*grid.centroids(ids)).tolist() == ids.tolist()
    assert 0 < ids[0] < 2**53


@pytest.mark.parametrize("name", GRIDS)
@pytest.mark.parametrize("side_m", SCB_SIDES_M)
def test_all_grids_of_a_size_have_cells_of_the_same_area(name, side_m):
    grid = GRIDS[name](side_m)
    (polygon,) = grid.polygons(grid.ids([412_345.6], [6_578_123.4]))
    assert polygon.area == pytest.approx(side_m**2)
    assert grid.area_m2 == pytest.approx(side_m**2)


@pytest.mark.parametrize(("grid", "around"), [(SquareGrid(100), 8), (HexGrid(60.0), 6)])
def test_neighbours_touch_and_cells_apart_do_not(grid, around):
    x, y = np.meshgrid(np.arange(0, 1000, 20.0) + 412_000, np.arange(0, 1000, 20.0) + 6_578_000)
    ids = np.unique(grid.ids(x.ravel(), y.ravel()))
    joined = grid.neighbours(ids)
    polygons = grid.polygons(ids)
    first, second = shapely.STRtree(polygons).query(polygons, predicate="dwithin", distance=0.001)
    touching = {(a, b) for a, b in zip(first.tolist(), second.tolist(), strict=True) if a != b}
    assert set(zip(*(part.tolist() for part in joined.nonzero()), strict=True)) == touching
    assert joined.sum(axis=1).max() == around
    assert joined.diagonal().sum() == 0


def test_one_cell_and_no_cell_have_no_neighbours():
    for ids in (SquareGrid(100).ids([412_345.6], [6_578_123.4]), np.array([], dtype=np.int64)):
        assert SquareGrid(100).neighbours(ids).nnz == 0


def test_a_point_that_no_square_can_name_is_refused():
    with pytest.raises(ParameterError) as error:
        SquareGrid(100).ids([412_345.0, -5.0], [6_578_123.0, 6_578_123.0])
    assert error.value.code == "outside_grid"
    assert error.value.values["east"] == -100


def test_the_cell_size_grows_when_events_are_few():
    town = 400 * 100**2
    assert choose_cell_size(12_000, town) == 100
    assert choose_cell_size(100, town) == 250
    assert choose_cell_size(12, town) == 1000
    assert choose_cell_size(0, town) == 1000
    assert choose_cell_size(0, 0.0) == 100
