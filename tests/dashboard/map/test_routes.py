"""The map's own routes: right for each audience, refused for others, whole under ranges."""

import pytest
from flask import Flask

from dashboard.failures import STATUS, register_failures
from dashboard.map.routes import read_bounds, register_routes
from dashboard.map.tiles import tiles_name, tiles_path
from geodata.errors import MissingError, ParameterError, ProblembildError, StoreError
from geodata.precision import HOTSPOT_LOCATION

WHOLE = "bounds=10,55,25,70"
STAFF = ("polis", "planerare", "samordnare")
ONLOOKERS = ("namnd", "allmanhet")


@pytest.fixture
def client(small_ground):
    server = Flask(__name__)
    register_routes(server, lambda: small_ground)
    register_failures(server)
    return server.test_client()


@pytest.mark.parametrize("word", STAFF)
def test_staff_get_single_records(client, small_ground, word):
    answer = client.get(f"/map/{word}/observations.json?{WHOLE}")
    assert answer.status_code == 200
    features = answer.json["features"]
    assert 0 < len(features) <= small_ground.in_hotspots.sum()
    assert answer.json["limited"] is False
    for feature in features:
        assert set(feature["properties"]) == {"stream", "title", "when"}
        lon, lat = feature["geometry"]["coordinates"]
        assert 10 < lon < 25
        assert 55 < lat < 70


def test_records_without_a_spot_of_their_own_are_not_sent(client, small_ground):
    located = small_ground.observations[small_ground.in_hotspots]
    assert set(located["location_precision"]) <= {str(one) for one in HOTSPOT_LOCATION}
    assert len(client.get(f"/map/polis/observations.json?{WHOLE}").json["features"]) <= len(located)


@pytest.mark.parametrize("word", ONLOOKERS)
def test_onlookers_are_refused_single_records(client, word):
    answer = client.get(f"/map/{word}/observations.json?{WHOLE}")
    assert answer.status_code == 403
    assert answer.json["code"] == "not_for_audience"


@pytest.mark.parametrize("word", ONLOOKERS)
def test_no_query_makes_an_onlooker_staff(client, word):
    assert client.get(f"/map/{word}/observations.json?som=polis&{WHOLE}").status_code == 403


def test_the_audience_of_the_path_wins_over_that_of_the_query(client):
    answer = client.get(f"/map/polis/observations.json?som=allmanhet&{WHOLE}")
    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["tiles/{name}.pmtiles", "ground.json", "observations.json"])
@pytest.mark.parametrize("word", ["kung", "POLIS", "police"])
def test_an_unknown_audience_is_not_found(client, small_ground, word, path):
    name = tiles_name(small_ground.snapshot)
    assert client.get(f"/map/{word}/{path.format(name=name)}?{WHOLE}").status_code == 404


def test_filters_of_the_address_hold_for_records_too(client):
    everything = client.get(f"/map/polis/observations.json?{WHOLE}").json["features"]
    survey = client.get(f"/map/polis/observations.json?strom=sager&{WHOLE}").json["features"]
    assert {feature["properties"]["stream"] for feature in survey} == {"survey"}
    asked = [one for one in everything if one["properties"]["stream"] == "survey"]
    assert len(asked) == len(survey)


def test_records_speak_the_language_of_the_address(client):
    titles = [
        {
            one["properties"]["title"]
            for one in client.get(f"/map/polis/observations.json?{query}{WHOLE}").json["features"]
        }
        for query in ("", "sprak=en&")
    ]
    assert titles[0].isdisjoint(titles[1])


def test_only_what_lies_inside_the_bounds_is_sent(client):
    all_of_it = client.get(f"/map/polis/observations.json?{WHOLE}").json["features"]
    lons = sorted(feature["geometry"]["coordinates"][0] for feature in all_of_it)
    middle = lons[len(lons) // 2]
    west = client.get(f"/map/polis/observations.json?bounds=10,55,{middle},70").json["features"]
    assert 0 < len(west) < len(all_of_it)
    assert all(feature["geometry"]["coordinates"][0] <= middle + 1e-6 for feature in west)


@pytest.mark.parametrize(
    "bounds",
    ["", "1,2,3", "a,b,c,d", "14,59,13,60", "13,60,14,59", "13,59,14,nan", "13,59,14,inf", "0,0,0,0,0"],
)
def test_bounds_that_cannot_be_read_are_refused(client, bounds):
    answer = client.get(f"/map/polis/observations.json?bounds={bounds}")
    assert answer.status_code == 400
    assert answer.json["code"] == "bounds_unreadable"
    with pytest.raises(ParameterError):
        read_bounds({"bounds": bounds})


def test_a_filter_that_cannot_be_read_is_refused(client):
    answer = client.get(f"/map/polis/observations.json?dagar=9&{WHOLE}")
    assert answer.status_code == 400
    assert answer.json["code"] == "address_unreadable"


@pytest.mark.parametrize("path", [f"observations.json?{WHOLE}", "ground.json", "tiles/ab-100-1.pmtiles"])
@pytest.mark.parametrize(
    ("error", "status"),
    [
        (MissingError("no_snapshot", "Nothing is imported yet.", folder="store"), 404),
        (StoreError("snapshot_unreadable", "The snapshot is damaged.", snapshot="x"), 500),
    ],
    ids=["before the first import", "a damaged store"],
)
def test_what_is_wrong_is_said_on_every_route(path, error, status):
    def nothing():
        raise error

    server = Flask(__name__)
    register_routes(server, nothing)
    register_failures(server)
    answer = server.test_client().get(f"/map/polis/{path}")
    assert (answer.status_code, answer.json["code"]) == (status, error.code)


def test_every_error_has_a_status():
    assert set(STATUS) == set(ProblembildError.__subclasses__())


def test_tiles_come_in_pieces_and_may_be_kept_for_ever(client, small_ground):
    path = f"/map/allmanhet/tiles/{tiles_name(small_ground.snapshot)}.pmtiles"
    content = tiles_path(small_ground.snapshot).read_bytes()
    piece = client.get(path, headers={"Range": "bytes=0-126"}, buffered=True)
    assert piece.status_code == 206
    assert piece.data == content[:127]
    assert piece.data.startswith(b"PMTiles")
    whole = client.get(path, buffered=True)
    assert whole.data == content
    assert "immutable" in whole.headers["Cache-Control"]
    assert "private" in whole.headers["Cache-Control"]


@pytest.mark.parametrize(
    "name", ["CURRENT", "..%2FCURRENT", "..%2F..%2Fproblembild", "0123456789abcdef-100-1"]
)
def test_no_other_file_comes_out_of_the_store(client, name):
    assert client.get(f"/map/polis/tiles/{name}.pmtiles").status_code == 404


def test_the_drawn_ground_is_for_everyone(client):
    for word in (*STAFF, *ONLOOKERS):
        answer = client.get(f"/map/{word}/ground.json")
        assert answer.status_code == 200
        assert answer.json["type"] == "FeatureCollection"
