import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata import crs
from geodata.errors import ParameterError

# The cathedral of Karlstad, read off a paper map: far from symmetric, so a swap can't hide.
LON, LAT = 13.5065, 59.3813
EAST, NORTH = 415120.0, 6583300.0


def test_a_swedish_point_goes_in_east_first():
    x, y = crs.to_working([LON], [LAT], source=crs.WGS84, working=crs.SWEREF99_TM)
    assert x[0] == pytest.approx(EAST, abs=200)
    assert y[0] == pytest.approx(NORTH, abs=200)


@given(lon=st.floats(11.0, 24.0), lat=st.floats(55.4, 69.0))
def test_round_trip_keeps_the_point_and_its_order(lon, lat):
    x, y = crs.to_working([lon], [lat], source=crs.WGS84, working=crs.SWEREF99_TM)
    back_lon, back_lat = crs.to_lonlat(x, y, working=crs.SWEREF99_TM)
    assert back_lon[0] == pytest.approx(lon, abs=1e-7)
    assert back_lat[0] == pytest.approx(lat, abs=1e-7)
    assert y[0] > 6_100_000
    assert x[0] < 1_200_000


def test_geometries_keep_east_first():
    [point] = crs.reproject([shapely.Point(LON, LAT)], source=crs.WGS84, target=crs.SWEREF99_TM)
    assert (point.x, point.y) == (pytest.approx(EAST, abs=200), pytest.approx(NORTH, abs=200))


def test_the_same_crs_changes_nothing():
    x, y = crs.to_working([EAST], [NORTH], source=crs.SWEREF99_TM, working=crs.SWEREF99_TM)
    assert (x[0], y[0]) == (EAST, NORTH)


def test_a_point_outside_the_world_comes_back_infinite_not_wrong():
    x, y = crs.to_working([0.0], [np.nan], source=crs.WGS84, working=crs.SWEREF99_TM)
    assert not np.isfinite(x[0])
    assert not np.isfinite(y[0])


@pytest.mark.parametrize("epsg", [4326, 2264, 999999])
def test_only_metres_may_be_worked_in(epsg):
    with pytest.raises(ParameterError, match=str(epsg)) as raised:
        crs.check_working(epsg)
    assert raised.value.code == "crs_not_metric"


@pytest.mark.parametrize("epsg", [crs.SWEREF99_TM, crs.RT90_25_GON_V, *crs.SWEREF99_LOCAL])
def test_the_swedish_systems_are_metric(epsg):
    assert crs.check_working(epsg) == epsg
    assert not crs.is_geographic(epsg)
