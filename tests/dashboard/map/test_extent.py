"""Where the map opens, and where the drawn map puts a cell."""

from types import SimpleNamespace

import numpy as np
from layers import EAST, NORTH, publish_layers

from dashboard.map.extent import bounds, lattice
from geodata.crs import to_lonlat, to_working


def placed(spread, east, north):
    """As lattice.ts does: straight lines between four points."""
    across, up = (east - spread.east) / spread.step, (north - spread.north) / spread.step
    column, row = min(int(across), spread.columns - 2), min(int(up), spread.rows - 2)
    u, v = across - column, up - row

    def blend(values):
        at = row * spread.columns + column
        low = values[at] * (1 - u) + values[at + 1] * u
        high = values[at + spread.columns] * (1 - u) + values[at + spread.columns + 1] * u
        return low * (1 - v) + high * v

    return blend(spread.lon), blend(spread.lat)


def test_the_lattice_holds_within_a_metre(tmp_path):
    spread = lattice(publish_layers(tmp_path))
    random = np.random.default_rng(2)
    for x, y in random.uniform(-2000, 4000, (200, 2)):
        lon, lat = placed(spread, EAST + x, NORTH + y)
        back = to_working([lon], [lat], source=4326, working=3006)
        assert np.hypot(back[0][0] - EAST - x, back[1][0] - NORTH - y) < 1


def test_there_is_no_lattice_over_nothing(tmp_path):
    assert lattice(publish_layers(tmp_path, streets=[], areas=[])) is None


def test_the_map_opens_on_the_streets_and_not_on_the_whole_municipality(tmp_path):
    snapshot = publish_layers(tmp_path)
    west, south, east, north = bounds(SimpleNamespace(snapshot=snapshot, project=snapshot.project, places=()))
    lon, lat = to_lonlat([EAST + 400, EAST - 1900], [NORTH + 200, NORTH - 1900], working=3006)
    assert west < lon[0] < east
    assert south < lat[0] < north
    assert not (west < lon[1] < east and south < lat[1] < north)


def test_where_nothing_is_known_the_map_opens_on_the_extent_or_on_the_country(tmp_path):
    snapshot = publish_layers(tmp_path, streets=[], areas=[])
    ground = SimpleNamespace(snapshot=snapshot, project=snapshot.project, places=())
    west, south, east, north = bounds(ground)
    assert (west, south) < (11, 56)
    assert (east, north) > (24, 69)
    own = snapshot.project.model_copy(
        update={
            "geography": snapshot.project.geography.model_copy(update={"extent": (13.0, 58.0, 14.0, 59.0)})
        }
    )
    assert bounds(SimpleNamespace(snapshot=snapshot, project=own, places=())) == (13.0, 58.0, 14.0, 59.0)


def test_the_first_view_follows_the_layers_and_never_the_observations(small_ground):
    without = SimpleNamespace(
        snapshot=small_ground.snapshot, project=small_ground.project, places=small_ground.places
    )
    assert bounds(without) == bounds(small_ground)
