"""What travels to the browser, and for whom."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
import shapely

from dashboard.map.extent import bounds
from dashboard.map.payload import map_payload
from dashboard.map.tile_layers import cell_ids
from dashboard.texts.catalogue import catalogue
from dashboard.views.address import Address
from geodata.analyses.hotspot_areas import HotspotArea
from geodata.analyses.hotspots import find_hotspots
from geodata.analyses.ranking import rank_places
from geodata.privacy import Audience
from geodata.selection import Selection

FRONTEND = Path(__file__).parents[3] / "dashboard" / "map" / "frontend"


def made(ground, *, audience=Audience.POLICE, language="sv", dark=False, **chosen):
    address = Address(selection=Selection(audience=audience), language=language, **chosen)
    return map_payload(
        catalogue(language),
        address,
        ground=ground,
        hotspots=find_hotspots(ground, address.selection),
        ranking=rank_places(ground, address.selection),
        dark=dark,
    )


def test_it_is_plain_json_and_says_what_the_browser_expects(small_ground):
    payload = made(small_ground)
    assert json.loads(json.dumps(payload, allow_nan=False)) == json.loads(json.dumps(payload))
    interface = (FRONTEND / "payload.ts").read_text()
    body = interface[interface.index("export interface Payload {") :]
    wanted = set(re.findall(r"^  (\w+): ", body[: body.index("\n}")], re.MULTILINE))
    assert set(payload) == wanted


def test_every_cell_with_a_record_is_painted_or_brings_its_own_shape(small_ground):
    payload = made(small_ground)
    found = find_hotspots(small_ground, Selection(audience=Audience.POLICE))
    assert payload["cells"] == {str(cell): level for cell, level in found.cells.items()}
    in_tiles = set(cell_ids(small_ground.snapshot).tolist())
    loose = {feature["id"] for feature in payload["loose_cells"]["features"]}
    assert loose == set(found.cells) - in_tiles


def test_a_record_far_from_every_street_is_still_on_the_map(small_ground):
    address = Address(selection=Selection(audience=Audience.POLICE))
    found = find_hotspots(small_ground, address.selection)
    far = 3_000_000_000_000 + 6_500_000
    payload = map_payload(
        catalogue("sv"),
        address,
        ground=small_ground,
        hotspots=replace(found, cells={**found.cells, far: 3}),
        ranking=rank_places(small_ground, address.selection),
    )
    (loose,) = [one for one in payload["loose_cells"]["features"] if one["id"] == far]
    assert loose["properties"] == {"level": 3}
    assert shapely.from_geojson(json.dumps(loose["geometry"])).is_valid


def test_an_area_without_street_and_place_has_a_name_to_be_read_aloud(small_ground):
    selection = Selection(audience=Audience.POLICE)
    found = find_hotspots(small_ground, selection)
    area = HotspotArea(
        area_id=1,
        outline=shapely.box(13.2, 58.8, 13.21, 58.81),
        area_m2=10_000.0,
        count=9,
        expected=2.0,
        ratio=4.5,
        length_m=0.0,
        score=4.0,
        p_adjusted=0.01,
        street_names=(),
        nearest_place=None,
        category=None,
    )
    payload = map_payload(
        catalogue("sv"),
        Address(selection=selection),
        ground=small_ground,
        hotspots=replace(found, areas=(area,)),
        ranking=rank_places(small_ground, selection),
    )
    (sent,) = payload["areas"]["features"]
    assert sent["properties"]["said"].startswith(catalogue("sv")("map.area_unnamed"))


def test_places_say_in_words_what_the_pattern_says(small_ground):
    swedish, english = (made(small_ground, language=language) for language in ("sv", "en"))
    assert len(swedish["places"]["features"]) == len(small_ground.places)
    one, same = swedish["places"]["features"][0], english["places"]["features"][0]
    assert one["id"] == same["id"]
    assert one["properties"]["said"] != same["properties"]["said"]
    ids = [feature["id"] for feature in swedish["places"]["features"]]
    assert len(set(ids)) == len(ids)
    west, south, east, north = (11, 55, 24, 69)
    for feature in swedish["places"]["features"]:
        assert west < feature["properties"]["lon"] < east
        assert south < feature["properties"]["lat"] < north


def test_the_shape_sent_is_the_place_within_a_metre(small_ground):
    sent = {feature["id"]: feature["geometry"] for feature in made(small_ground)["places"]["features"]}
    for place, polygon in zip(small_ground.places, small_ground.place_polygons, strict=True):
        off = shapely.hausdorff_distance(shapely.from_geojson(json.dumps(sent[place.place_id])), polygon)
        assert off < 1e-5  # degrees: at most 1.1 m


@pytest.mark.parametrize("audience", [Audience.COUNCIL, Audience.PUBLIC])
def test_onlookers_get_places_but_no_cells_no_areas_and_no_address_for_records(small_ground, audience):
    payload = made(small_ground, audience=audience)
    assert payload["cells"] == {}
    assert payload["loose_cells"]["features"] == []
    assert payload["areas"]["features"] == []
    assert payload["observations_url"] is None
    assert len(payload["places"]["features"]) == len(small_ground.places)


def test_addresses_carry_the_audience_and_the_filters(small_ground):
    address = Address(
        selection=Selection(audience=Audience.PLANNER, categories=frozenset({"traffic"})), place_id=1
    )
    payload = map_payload(
        catalogue("sv"),
        address,
        ground=small_ground,
        hotspots=find_hotspots(small_ground, address.selection),
        ranking=rank_places(small_ground, address.selection),
        root="/demo/",
    )
    assert payload["observations_url"].startswith("/demo/map/planerare/observations.json?")
    assert "vad=traffic" in payload["observations_url"]
    assert re.fullmatch(r"/demo/map/planerare/tiles/[0-9a-f]+-100-\d+\.pmtiles", payload["tiles_url"])
    assert payload["selected"] == {"kind": "place", "id": 1}


def test_an_area_can_be_the_selected_thing(small_ground):
    assert made(small_ground)["selected"] is None
    assert made(small_ground, area_id=2)["selected"] == {"kind": "area", "id": 2}


def test_the_view_opens_the_same_whatever_is_filtered(small_ground):
    assert made(small_ground)["bounds"] == bounds(small_ground)
    assert made(small_ground, audience=Audience.PUBLIC)["bounds"] == bounds(small_ground)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_word_that_the_map_asks_for_is_there(small_ground, language):
    sources = "".join(path.read_text() for path in FRONTEND.glob("*.ts"))
    asked = set(re.findall(r'say\([\w.]+, "(\w+)"\)', sources)) | set(
        re.findall(r'button\(DRAWINGS\.\w+, "(\w+)"', sources)
    )
    assert {"zoom_in", "north", "limited", "title"} <= asked
    texts = made(small_ground, language=language)["texts"]
    assert asked <= set(texts) | {"pick"}  # the map that one points on brings that word itself
    assert {f"stream.{name}" for name in ("survey", "review", "incident")} <= set(texts)


def test_dark_is_another_palette(small_ground):
    light, dark = made(small_ground), made(small_ground, dark=True)
    assert (light["dark"], dark["dark"]) == (False, True)
    assert light["palette"] != dark["palette"]


def found_on(ground, **area):
    """What is found on a small town, with one stretch of street that is."""
    stretch = HotspotArea(
        area_id=1,
        outline=shapely.LineString([(13.2, 58.8), (13.21, 58.81)]),
        area_m2=0.0,
        length_m=412.0,
        count=9,
        expected=2.0,
        ratio=4.5,
        score=4.0,
        p_adjusted=0.03,
        street_names=("Storgatan",),
        nearest_place=None,
        category=None,
        class_code="new",
    )
    found = find_hotspots(ground, Selection(audience=Audience.POLICE), method="count")
    return replace(found, areas=(replace(stretch, **area),))


def shown(ground, hotspots, **chosen):
    selection = Selection(audience=Audience.POLICE)
    return map_payload(
        catalogue("sv"),
        Address(selection=selection, **chosen),
        ground=ground,
        hotspots=hotspots,
        ranking=rank_places(ground, selection),
    )


def test_areas_carry_their_chance_and_their_kind(small_ground):
    (area,) = shown(small_ground, found_on(small_ground))["areas"]["features"]
    told = area["properties"]
    assert (told["chance"], told["symbol"], told["word"], told["stretch"]) == ("probably", "+", "ny", True)
    assert area["geometry"]["type"] == "LineString"
    assert "Troligen mer än slumpen. Ny:" in told["said"]


def test_a_layer_sends_only_what_it_shows(small_ground):
    found = found_on(small_ground)
    areas, places = (shown(small_ground, found, layer=layer) for layer in ("areas", "agreement"))
    assert (areas["cells"], areas["agreement"], len(areas["areas"]["features"])) == ({}, False, 1)
    assert (places["cells"], places["areas"]["features"], places["agreement"]) == ({}, [], True)
    assert places["places"]["features"]
