"""Towns that several tests ask questions of."""

import pytest
from provstad import EAST, NORTH, background, planned_town


@pytest.fixture
def workspace(tmp_path):
    return tmp_path / "provstad"


@pytest.fixture(scope="session")
def usual(tmp_path_factory):
    """A town with 3,000 incidents and 600 answers, one hot corner and one hot school."""
    town = planned_town()
    background(town, records=3000, blocks=20)
    background(town, records=600, blocks=20, stream="survey", seed=2)
    town.add(
        EAST + 1600, NORTH + 1600, count=60, category="damage_vandalism", local_hour=23, time_precision="hour"
    )
    for shift in range(-100, 101, 50):
        town.add(EAST + 400 + shift, NORTH + 400, count=60, local_hour=7, time_precision="hour")
        town.add(EAST + 400 + shift, NORTH + 400, count=20, stream="survey", text="Bilarna kör för fort")
    town.add(
        EAST + 410, NORTH + 400, stream="review", category="traffic_crossing", status="proposed", v85_kmh=43.0
    )
    town.add(EAST + 1510, NORTH + 400, stream="review", category="other", status="nothing_called_for")
    town.add(None, None, location_precision="municipality", location_text="Provstad", count=7)
    return town.publish(tmp_path_factory.mktemp("usual") / "provstad")
