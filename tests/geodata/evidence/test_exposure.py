import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geodata.evidence.exposure import COVARIATES, exposure
from geodata.grid import SquareGrid
from geodata.schema import STREETS

E0, N0 = 412_000.0, 6_578_000.0


def streets(*rows, name=""):
    table = pd.DataFrame(rows, columns=["road_class", "flow_adt", "line"])
    lines = [shapely.LineString([(E0 + x, N0 + y) for x, y in line]) for line in table["line"]]
    table["street_id"] = range(len(table))
    table["name"] = name
    return gpd.GeoDataFrame(table.drop(columns="line"), geometry=lines, crs=3006)


NO_STREETS = gpd.GeoDataFrame(columns=STREETS.names, geometry="geometry", crs=3006)


def population(*rows):
    table = pd.DataFrame(rows, columns=["square_id", "side_m", "population"])
    return table.astype({"square_id": "int64", "side_m": "int64", "population": "float64"})


def column(found, name):
    return found.values[:, COVARIATES.index(name)]


def test_nothing_is_exposed_in_an_empty_workspace():
    found = exposure(NO_STREETS, population())
    assert (len(found.x), found.has_streets, found.has_population, found.has_flow) == (0, False, False, False)
    assert found.in_areas(np.array([], dtype=object)).shape == (0, len(COVARIATES))


def test_street_metres_and_traffic_are_kept_whole():
    found = exposure(
        streets(("residential", np.nan, [(0, 0), (333, 0)]), ("primary", 4000.0, [(0, 0), (0, 250)])),
        population(),
    )
    assert column(found, "metres_residential").sum() == pytest.approx(333)
    assert column(found, "metres_primary").sum() == pytest.approx(250)
    assert column(found, "flow").sum() == pytest.approx(1000)
    assert found.street_id.tolist() == [0] * 34 + [1] * 25
    assert found.along_m[[0, 33, 34]].tolist() == pytest.approx([333 / 68, 333 - 333 / 68, 5])
    assert (found.has_streets, found.has_population, found.has_flow) == (True, False, True)


def test_a_street_without_flow_takes_the_median_of_its_class():
    found = exposure(
        streets(
            ("primary", 2000.0, [(0, 0), (100, 0)]),
            ("primary", 6000.0, [(0, 10), (100, 10)]),
            ("primary", np.nan, [(0, 20), (100, 20)]),
            ("path", np.nan, [(0, 30), (100, 30)]),
        ),
        population(),
    )
    assert column(found, "flow").sum() == pytest.approx((2000 + 6000 + 4000) * 0.1)


def test_the_carriageways_of_a_divided_street_share_its_metres_and_the_flow_of_its_class():
    lines = [(0, 0), (300, 0)], [(300, 12), (0, 12)]
    divided = exposure(streets(*(("primary", None, line) for line in lines), name="Ringvägen"), population())
    assert column(divided, "metres_primary").sum() == pytest.approx(300)
    two = exposure(streets(*(("primary", None, line) for line in lines)), population())
    assert column(two, "metres_primary").sum() == pytest.approx(600)
    measured = streets(("primary", 4000.0, lines[0]), ("primary", np.nan, lines[1]), name="Ringvägen")
    assert column(exposure(measured, population()), "flow").sum() == pytest.approx((4000 + 2000) * 0.3)


def test_people_live_along_the_streets_of_their_square():
    first = int(E0 * 10_000_000 + N0)
    found = exposure(
        streets(("residential", np.nan, [(0, 5), (50, 5)]), ("residential", np.nan, [(50, 5), (80, 5)])),
        population((first, 100, 16.0), (first + 100, 100, 9.0), (first, 1000, 0.0)),
    )
    assert column(found, "population").sum() == pytest.approx(25)
    on_street = column(found, "metres_residential") > 0
    assert column(found, "population")[on_street].sum() == pytest.approx(16)
    np.testing.assert_allclose(column(found, "population")[on_street], 16 * 10 / 80)
    alone = ~on_street & (column(found, "population") > 0)
    assert found.x[alone].tolist() == [E0 + 50]
    assert found.y[alone].tolist() == [N0 + 150]


def test_cells_and_areas_share_the_same_points():
    found = exposure(streets(("residential", np.nan, [(0, 5), (400, 5)])), population())
    grid = SquareGrid(100)
    ids = np.unique(grid.ids(found.x, found.y))
    cells = found.in_cells(grid, ids)
    np.testing.assert_allclose(cells.sum(axis=1), 100)
    areas = found.in_areas(
        np.array([shapely.box(E0, N0, E0 + 200, N0 + 10), shapely.box(0, 0, 1, 1)], dtype=object)
    )
    np.testing.assert_allclose(areas.sum(axis=1), [200, 0])
