"""The ground of the map without WebGL."""

import json

from layers import publish_layers

from dashboard.map.drawn_ground import drawn_ground


def test_it_has_one_shape_for_each_kind_and_a_point_for_each_name(tmp_path):
    told = json.loads(drawn_ground(publish_layers(tmp_path)))
    shapes = [one for one in told["features"] if one["geometry"]["type"] != "Point"]
    kinds = [one["properties"]["kind"] for one in shapes]
    assert sorted(kinds) == ["boundary", "railway", "road_primary", "road_residential", "square", "water"]
    names = {one["properties"]["name"]: one["geometry"] for one in told["features"] if one not in shapes}
    assert set(names) == {"Sjön"}
    lon, lat = names["Sjön"]["coordinates"]
    assert 13 < lon < 14
    assert 59 < lat < 60
    assert told["lattice"]["step"] == 5000


def test_nothing_gives_nothing(tmp_path):
    told = json.loads(drawn_ground(publish_layers(tmp_path, streets=[], areas=[])))
    assert told["features"] == []
    assert told["lattice"] is None
