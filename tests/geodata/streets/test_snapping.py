import geopandas as gpd
import numpy as np
import shapely

from geodata.streets.snapping import snap

STREETS = gpd.GeoDataFrame(
    {"street_id": [7, 3, 5]},
    geometry=[
        shapely.LineString([(0, 0), (100, 0)]),
        shapely.LineString([(0, 20), (100, 20)]),
        shapely.LineString([(0, 500), (100, 500)]),
    ],
    crs=3006,
)


def test_takes_the_nearest_street_within_reach():
    street_id, distance_m = snap([50, 50, 50], [4, 540, 300], STREETS)
    assert street_id.tolist() == [7, 5, -1]
    np.testing.assert_allclose(distance_m, [4, 40, np.nan])


def test_equally_near_streets_give_the_lowest_id_whatever_their_order():
    for streets in (STREETS, STREETS.iloc[::-1]):
        assert snap([50], [10], streets)[0].tolist() == [3]


def test_a_record_without_a_point_belongs_to_no_street():
    street_id, distance_m = snap([np.nan, 50], [0, np.nan], STREETS)
    assert street_id.tolist() == [-1, -1]
    assert np.isnan(distance_m).all()


def test_no_streets_at_all():
    street_id, distance_m = snap([50], [0], STREETS.iloc[:0])
    assert street_id.tolist() == [-1]
    assert np.isnan(distance_m).all()
