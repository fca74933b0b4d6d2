"""The GeoPackage read back: layers, system of coordinates, styles by the palette, and nothing for those it is not for."""

import shutil
import sqlite3
import xml.etree.ElementTree as ET
from datetime import date

import pyogrio
import pytest
from typer.testing import CliRunner

from dashboard.app import create_app
from dashboard.command import app
from dashboard.gis.geopackage import geopackage
from dashboard.gis.qml import colour
from dashboard.gis.styles import STYLES
from dashboard.map.palette import LIGHT
from dashboard.settings import Settings
from dashboard.texts.catalogue import catalogue
from geodata.analyses.ground import open_ground, open_register
from geodata.privacy import Audience
from geodata.promises.activity import Party
from geodata.reviews.checklist import Verdict
from geodata.reviews.review import Light, MeasureDraft, MeasureStatus, ReviewDraft, ReviewResult
from geodata.selection import Selection

DRAFT = ReviewDraft(
    entry_key="gpkg",
    place_id=1,
    point=None,
    day=date(2026, 3, 14),
    light=Light.DARK,
    season=None,
    parties=frozenset({Party.POLICE}),
    with_whom="",
    road_keeper=None,
    result=ReviewResult.MEASURES,
    note="",
    checks=(("sight", Verdict.LACKING),),
    measures=(MeasureDraft("Klipp <häcken> & åk", "Gatuenheten", 4000), MeasureDraft("Gupp")),
)


@pytest.fixture(scope="module")
def workspace(small_workspace, tmp_path_factory):
    folder = shutil.copytree(small_workspace, tmp_path_factory.mktemp("gis") / "town")
    open_ground(folder)
    register = open_register(folder)
    place = next(one for one in register.places() if one.place_id == 1)
    middle = place.geometry.centroid
    register.reviews.add(
        ReviewDraft(
            **{name: getattr(DRAFT, name) for name in DRAFT.__slots__} | {"point": (middle.x, middle.y)}
        ),
        by="kim",
    )
    measure = register.reviews.all()[0].measures[0]
    register.measures.set_status(measure.measure_id, MeasureStatus.DECIDED, day=date(2026, 4, 1), by="kim")
    return folder


@pytest.fixture(scope="module")
def written(workspace, tmp_path_factory):
    """The file for staff and for the council."""
    folder, ground = tmp_path_factory.mktemp("written"), open_ground(workspace)
    reviews = open_register(workspace).reviews.all()
    found = {}
    for audience in (Audience.PLANNER, Audience.COUNCIL):
        found[audience] = folder / f"{audience}.gpkg"
        found[audience].write_bytes(geopackage(catalogue("sv"), ground, reviews, Selection(audience)))
    return found


def layer(written, name, audience=Audience.PLANNER):
    return pyogrio.read_dataframe(written[audience], layer=name)


def styles(path):
    connection = sqlite3.connect(path)
    try:
        return {
            row[0]: row[1:]
            for row in connection.execute(
                "SELECT f_table_name, f_table_schema, f_geometry_column, useAsDefault, styleQML FROM layer_styles"
            )
        }
    finally:
        connection.close()


def test_every_layer_is_there_in_the_projects_own_system(written, workspace):
    listed = dict(pyogrio.list_layers(written[Audience.PLANNER]))
    assert set(listed) == {*STYLES, "about", "layer_styles"}
    for name in STYLES:
        found = layer(written, name)
        assert found.crs.to_epsg() == 3006, name
        assert pyogrio.read_info(written[Audience.PLANNER], layer=name)["geometry_name"] == "geom"
    ground = open_ground(workspace)
    places = layer(written, "places")
    assert set(places["place_id"]) == {one.place_id for one in ground.places}
    assert places.geometry.area.sum() == pytest.approx(
        sum(one.geometry.area for one in ground.places), rel=1e-6
    )
    assert len(layer(written, "school_zones")) == (places["kind"] == "school_zone").sum()
    ways = layer(written, "school_ways")
    assert len(ways)
    assert set(ways["level"]) <= {"1", "2", "3"}
    assert (ways["pupils"] % 10 == 0).all()


def test_reviews_of_files_and_of_the_register_are_points(written):
    reviews = layer(written, "reviews")
    assert reviews["review_id"].notna().sum() == 1
    assert len(reviews) > 5
    own = reviews[reviews["review_id"].notna()].iloc[0]
    assert (own["result"], own["lacks"], own["day"]) == ("measures", "sight", "2026-03-14")
    measures = layer(written, "measures")
    assert {"Klipp <häcken> & åk", "Gupp"} <= set(measures["measure"])
    decided = measures[measures["measure"] == "Klipp <häcken> & åk"].iloc[0]
    assert (decided["status"], decided["cost_sek"], decided["since"]) == ("decided", 4000, "2026-04-01")


def test_each_layer_has_one_style_that_qgis_takes_by_itself(written):
    found = styles(written[Audience.PLANNER])
    assert set(found) == set(STYLES)
    for name, (schema, geometry, default, qml) in found.items():
        assert (schema, geometry, default) == ("", "geom", 1), name
        root = ET.fromstring(qml)
        renderer = root.find("renderer-v2")
        symbols = {one.get("name") for one in renderer.iter("symbol")}
        categories = list(renderer.iter("category"))
        assert symbols == ({one.get("symbol") for one in categories} or {"0"})
        assert all(one.get("label") for one in categories)
        attribute = renderer.get("attr")
        if attribute:
            columns = set(pyogrio.read_info(written[Audience.PLANNER], layer=name)["fields"])
            assert attribute in columns
            values = set(layer(written, name)[attribute].dropna())
            assert values <= {one.get("value") for one in categories}, name


def test_the_colours_are_those_of_the_map(written):
    found = styles(written[Audience.PLANNER])
    for code, inside in LIGHT.agreement.items():
        assert colour(inside.colour, inside.opacity) in found["places"][3], code
    for edge in LIGHT.chance.values():
        assert colour(edge.colour) in found["hotspots"][3]
    assert colour(LIGHT.way) in found["school_ways"][3]
    assert colour(LIGHT.streams["review"].colour) in found["reviews"][3]
    assert colour("#0a0b0c", 0.5) == "10,11,12,128"


def test_the_council_gets_places_and_decided_measures_alone(written, workspace):
    council = Audience.COUNCIL
    for name in ("stretches", "hotspots", "reviews"):
        assert len(layer(written, name, council)) == 0, name
    measures = layer(written, "measures", council)
    assert list(measures["measure"]) == ["Klipp <häcken> & åk"]
    place = next(one for one in open_ground(workspace).places if one.place_id == 1)
    assert measures.geometry.iloc[0].equals(place.geometry.representative_point())
    places = layer(written, "places", council)
    for stream in ("survey", "review", "incident"):
        shown = places[stream].dropna()
        assert (shown % 5 == 0).all()
        assert places.loc[places[stream].isna(), f"{stream}_ratio"].isna().all()
    told = layer(written, "about", council).set_index("what")
    assert told.loc["reviews", "note"] == "Visas inte för den som filen är gjord för."
    assert told.loc["audience", "value"] == "Nämnd"


def test_what_is_withheld_keeps_its_type(written):
    kinds = {
        audience: dict(
            zip(*(pyogrio.read_info(path, layer="places")[key] for key in ("fields", "dtypes")), strict=True)
        )
        for audience, path in written.items()
    }
    assert kinds[Audience.PLANNER] == kinds[Audience.COUNCIL]


def test_it_is_downloaded_and_written_by_the_command(workspace, tmp_path):
    client = create_app(Settings(workspace=workspace)).server.test_client()
    got = client.get("/lager.gpkg?som=planerare")
    assert got.data.startswith(b"SQLite format 3")
    assert "problembild.gpkg" in got.headers["Content-Disposition"]
    run = CliRunner().invoke
    out = tmp_path / "new" / "x.gpkg"
    told = run(app, ["export", "qgis", "--workspace", str(workspace), "--out", str(out)])
    assert told.exit_code == 0, told.output
    assert set(dict(pyogrio.list_layers(out))) >= set(STYLES)
    assert [one.name for one in out.parent.iterdir()] == ["x.gpkg"]
    refused = run(app, ["export", "qgis", "-w", str(workspace), "--as", "council", "--category", "traffic"])
    assert refused.exit_code == 2
    assert run(app, ["export", "qgis", "-w", str(tmp_path)]).exit_code == 2
