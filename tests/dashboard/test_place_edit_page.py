"""Changing places on the page: drawn and pasted areas, revisions that were seen, and who may do what."""

import json
import shutil

import pytest
import shapely

from dashboard.desk import Desk
from dashboard.pages import place_edit
from dashboard.shell import show
from dashboard.views.drawn_area import read_area
from geodata.analyses.ground import open_ground, open_register
from geodata.crs import WGS84, reproject
from geodata.errors import ParameterError

PLANNER = "?som=planerare"


@pytest.fixture(scope="module")
def kept(small_workspace, tmp_path_factory):
    return shutil.copytree(small_workspace, tmp_path_factory.mktemp("edits") / "town")


@pytest.fixture
def desk(kept, tmp_path):
    return Desk(shutil.copytree(kept, tmp_path / "town"))


def place(desk, place_id=1):
    return next(one for one in open_register(desk.workspace).places() if one.place_id == place_id)


def act(desk, edit, *, place_id=1, revision=None, path=None, search=PLANNER, **sent):
    seen = str(place(desk, place_id).revision if revision is None else revision)
    body, _ = place_edit.act(
        desk,
        {"edit": edit, "place": str(place_id), "revision": seen, **sent},
        path or f"/platser/{place_id}/andra",
        search,
    )
    return body


def in_degrees(shape):
    return reproject([shape], source=3006, target=WGS84)[0]


def text_of(desk, path, search=PLANNER):
    _, body, _ = show(desk, path=path, search=search, shown=None)
    return json.dumps(body.to_plotly_json(), default=lambda one: one.to_plotly_json(), ensure_ascii=False)


def test_a_place_is_renamed_drawn_split_joined_and_its_history_is_told(desk):
    assert "Namnet är sparat" in act(desk, "rename", name=" Nya <namnet> ")
    ground = place(desk).geometry
    west, south, east, north = ground.bounds
    half = shapely.box(west, south, (west + east) / 2, north)
    assert "Platsen är delad" in act(desk, "split", name="Västra delen", area=in_degrees(half).wkt)
    parts = open_register(desk.workspace).places()
    part = next(one for one in parts if one.name == "Västra delen")
    assert part.geometry.area + place(desk).geometry.area == pytest.approx(ground.area, rel=1e-3)
    said = act(desk, "join", other=f"{part.place_id}:{part.revision}")
    assert "ihopslagna" in said
    assert place(desk).geometry.area == pytest.approx(ground.area, rel=1e-3)
    drawn = act(desk, "draw", area=json.dumps(shapely.geometry.mapping(in_degrees(half))))
    assert "Ytan är bytt" in drawn
    assert place(desk).geometry.area == pytest.approx(half.area, rel=1e-3)
    for told in ("Bytte namn", "Delades", "Slogs ihop", "Ritades om", "planeraren"):
        assert told in drawn
    assert "Nya &lt;namnet&gt;" in drawn
    assert open_ground(desk.workspace).place_position(1) == 0


def test_a_place_is_retired_and_taken_into_use_again(desk):
    assert "tagen ur bruk" in act(desk, "retire")
    assert 1 not in {one.place_id for one in open_ground(desk.workspace).places}
    new = text_of(desk, "/platser/ny")
    assert "Platser ur bruk" in new
    assert "i bruk igen" in act(desk, "restore", path="/platser/ny")
    assert 1 in {one.place_id for one in open_ground(desk.workspace).places}


def test_a_new_place_is_drawn(desk):
    west, south, _, _ = place(desk).geometry.bounds
    area = in_degrees(shapely.box(west, south, west + 40, south + 40)).wkt
    made = act(desk, "make", path="/platser/ny", name="Grillplatsen", kind="other", area=area)
    assert "Platsen är gjord" in made
    assert "Grillplatsen" in {one.name for one in open_ground(desk.workspace).places}
    assert "Välj ett av svaren" in act(desk, "make", path="/platser/ny", name="X", kind="slott", area=area)


def test_a_stop_is_set_by_the_last_click_and_removed(desk):
    at = in_degrees(place(desk).geometry.centroid)
    said = act(desk, "stop", name="P-fickan", corner=f"{at.x} {at.y}", search="?som=polis")
    assert "P-fickan" in said
    (stop,) = open_register(desk.workspace).stops.at(1)
    assert "Stoppet är borttaget" in act(desk, "unstop", stop=str(stop.stop_id), search="?som=polis")
    assert "Klicka på kartan först" in act(desk, "stop", name="", corner="")
    assert "utanför kommunen" in act(desk, "stop", name="", corner="0 0")
    west, south, _, _ = open_ground(desk.workspace).project.geography.extent
    assert "Högst 500 meter" in act(desk, "stop", name="", corner=f"{west} {south}")


@pytest.mark.parametrize(
    ("edit", "sent", "fault"),
    [
        ("rename", {"name": "  "}, "måste ha ett namn"),
        ("rename", {"name": "X", "revision": 99}, "ändrats av någon annan"),
        ("draw", {"area": ""}, "Rita ytan"),
        ("draw", {"area": "POLYGON ((0 0"}, "går inte att läsa"),
        ("draw", {"area": '{"type": "Feature"}'}, "går inte att läsa"),
        ("draw", {"area": '{"type": "FeatureCollection", "features": []}'}, "går inte att läsa"),
        ("draw", {"area": "{"}, "går inte att läsa"),
        ("draw", {"area": "POLYGON ((nan 1, 2 2, 3 3, nan 1))"}, "går inte att läsa"),
        ("draw", {"area": "LINESTRING (13 58, 14 59)"}, "ingen yta"),
        ("draw", {"area": "POLYGON EMPTY"}, "ingen yta"),
        ("draw", {"area": "POLYGON ((0 0, 1 0, 1 1, 0 0))"}, "utanför kommunen"),
        ("join", {"other": "1:0"}, "med sig själv"),
        ("join", {"other": ""}, "Välj ett av svaren"),
        ("unstop", {"stop": "77"}, "Stoppet finns inte"),
        ("explode", {}, "Välj ett av svaren"),
    ],
)
def test_what_will_not_do_is_told_and_changes_nothing(kept, edit, sent, fault):
    desk = Desk(kept)
    before = open_register(kept).version()
    assert fault in act(desk, edit, **sent)
    assert open_register(kept).version() == before


@pytest.mark.parametrize(("som", "edits"), [("polis", False), ("planerare", True), ("samordnare", True)])
def test_police_say_where_to_stop_and_the_municipality_where_a_place_ends(kept, som, edits):
    desk, search = Desk(kept), f"?som={som}"
    body = text_of(desk, "/platser/1/andra", search)
    assert "Säkert stopp" in body
    assert ("Ta ur bruk" in body) == edits
    before = open_register(kept).version()
    if not edits:
        assert "Det här visas inte" in act(desk, "retire", search=search)
    assert open_register(kept).version() == before


@pytest.mark.parametrize("som", ["namnd", "allmanhet"])
def test_others_neither_see_nor_change(kept, som):
    desk, search = Desk(kept), f"?som={som}"
    assert "Det här visas inte" in text_of(desk, "/platser/1/andra", search)
    assert "andra" not in text_of(desk, "/platser/1", search).split("actions")[-1][:200]
    before = open_register(kept).version()
    act(desk, "rename", name="Hej", search=search)
    assert open_register(kept).version() == before


def test_an_area_in_metres_is_taken_as_it_is(kept):
    geography = open_ground(kept).project.geography
    ground = place(Desk(kept)).geometry.envelope
    assert shapely.equals_exact(read_area(ground.wkt, geography), ground, tolerance=0.01, normalize=True)
    again = read_area(
        json.dumps({"type": "Feature", "geometry": shapely.geometry.mapping(in_degrees(ground))}), geography
    )
    assert again.area == pytest.approx(ground.area, rel=1e-6)
    with pytest.raises(ParameterError):
        read_area("POINT (500000 6500000)", geography)
