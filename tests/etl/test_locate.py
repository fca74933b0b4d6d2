"""Where: coordinate systems, what a drawn shape says, areas by name, and whose municipality it is."""

import json
import re

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from pyproj import Transformer
from small_workspace import Workspace, incident

from etl.rules import LocationRule, Scope
from etl.scope import about_others, names_of
from geodata.account import Fate, Rejection
from geodata.sections import Municipality

SAFFLE = (12.939890467118953, 59.12884026836468)
SAFFLE_SWEREF = (382096.4315, 6556218.24501748)


@pytest.mark.parametrize("crs", [3006, 3007, 3021])
def test_the_project_file_says_the_crs_of_a_file(workspace: Workspace, crs: int) -> None:
    # In the authority's own order of axes: latitude before longitude, north before east.
    north, east = Transformer.from_crs(4326, crs).transform(SAFFLE[1], SAFFLE[0])
    assert north > 6_000_000 > east
    workspace.use("police_incidents", "handelser_*.csv", more=f"crs = {crs}\n")
    workspace.put_incidents(incident("K1", east=f"{east:.2f}".replace(".", ","), north=f"{north:.2f}"))
    file = workspace.only_file()
    assert file.said["crs"] == str(crs)
    (row,) = workspace.table().to_dict("records")
    assert (row["x"], row["y"]) == pytest.approx(SAFFLE_SWEREF, abs=0.1)


def survey(workspace: Workspace, shapes: list[shapely.Geometry | None], *, crs: int | None = 4326) -> None:
    workspace.use("map_survey", "karta.gpkg")
    frame = gpd.GeoDataFrame(
        {
            "id": range(1, len(shapes) + 1),
            "svarsdatum": "2025-05-20",
            "fraga": "otrygg",
            "kategori": "morkt",
            "beskrivning": "",
            "aldersgrupp": "",
        },
        geometry=shapes,
        crs=crs,
    )
    frame.to_file(workspace.folder / "inbox" / "karta.gpkg")


def test_several_points_are_an_area_and_one_is_a_point(workspace: Workspace) -> None:
    survey(workspace, [shapely.MultiPoint([SAFFLE]), shapely.MultiPoint([SAFFLE, (12.99, 59.2)])])
    workspace.run()
    table = workspace.table().set_index("source_record_id")
    assert table["location_precision"].to_dict() == {"1": "exact", "2": "area"}
    assert table["x"].isna().to_dict() == {"1": False, "2": True}


def test_shapes_that_say_no_place_are_rejected_and_the_others_come_in(workspace: Workspace) -> None:
    workspace.use("map_survey", "karta.geojson")
    point = {"type": "Point", "coordinates": list(SAFFLE)}
    ring = [[12.9, 59.1], [12.95, 59.1], [12.95, 59.15], [12.9, 59.1]]
    shapes = [
        point,
        {"type": "GeometryCollection", "geometries": [point, {"type": "Polygon", "coordinates": [ring]}]},
        {"type": "GeometryCollection", "geometries": []},
        {"type": "Point", "coordinates": [float("nan"), 59.1]},
        {"type": "LineString", "coordinates": [[12.9, 59.1], [float("nan"), 59.1]]},
    ]
    answer = {
        "svarsdatum": "2025-05-20",
        "fraga": "",
        "kategori": "morkt",
        "beskrivning": "",
        "aldersgrupp": "",
    }
    features = [
        {"type": "Feature", "properties": {"id": number, **answer}, "geometry": shape}
        for number, shape in enumerate(shapes, start=1)
    ]
    workspace.put("karta.geojson", json.dumps({"type": "FeatureCollection", "features": features}))
    file = workspace.only_file()
    assert [(row.row, row.column, row.code, row.value) for row in file.rejections] == [
        (2, "geometry", "geometry_kind", "GEOMETRYCOLLECTION"),
        (4, "geometry", "geometry_broken", "POINT"),
        (5, "geometry", "geometry_broken", "LINESTRING"),
    ]
    assert (file.fates[Fate.NEW], file.fates[Fate.WAITING], file.adds_up) == (1, 1, True)


def without_extent(workspace: Workspace, *, working: int) -> None:
    project = workspace.folder / "problembild.toml"
    text, changed = re.subn(r"extent = .*", f"working_crs = {working}", project.read_text(encoding="utf-8"))
    assert changed == 1
    project.write_text(text, encoding="utf-8")


ALBANY = (-123.1059, 44.6365)


@pytest.mark.parametrize(
    ("working", "home", "away"), [(3006, SAFFLE, ALBANY), (3008, SAFFLE, ALBANY), (32610, ALBANY, SAFFLE)]
)
def test_without_an_extent_points_are_held_to_where_the_working_crs_is_used(
    workspace: Workspace, working: int, home: tuple[float, float], away: tuple[float, float]
) -> None:
    survey(workspace, [shapely.Point(point) for point in (home, home, home, home[::-1], away)])
    without_extent(workspace, working=working)
    file = workspace.only_file()
    rejected = [(row.row, row.code) for row in file.rejections]
    assert rejected == [(4, "coordinates_swapped"), (5, "coordinates_outside")]
    assert file.fates[Fate.NEW] == len(workspace.table()) == 3


def test_without_an_extent_a_file_of_swapped_points_stops(workspace: Workspace) -> None:
    survey(workspace, [shapely.Point(SAFFLE[::-1])] * 3)
    without_extent(workspace, working=3006)
    assert workspace.only_file().stopped == "axes_undecided"


def test_a_point_a_line_and_an_area_say_less_and_less(workspace: Workspace) -> None:
    point = shapely.Point(SAFFLE)
    line = shapely.LineString([SAFFLE, (SAFFLE[0] + 0.01, SAFFLE[1])])
    survey(workspace, [point, line, point.buffer(0.01), None])
    workspace.run()
    table = workspace.table().set_index("source_record_id")
    assert table["location_precision"].to_dict() == {"1": "exact", "2": "street", "3": "area", "4": "unknown"}
    assert table["located_by"].fillna("").to_dict() == {
        "1": "geometry",
        "2": "geometry",
        "3": "geometry",
        "4": "",
    }
    assert table["x"].notna().to_dict() == {"1": True, "2": True, "3": False, "4": False}
    assert table.loc["1", ["x", "y"]].tolist() == pytest.approx(SAFFLE_SWEREF, abs=0.01)


def test_the_file_s_own_crs_goes_before_the_mapping_s(workspace: Workspace) -> None:
    survey(workspace, [shapely.Point(SAFFLE_SWEREF)], crs=3006)
    assert workspace.only_file().said["crs"] == "3006"
    assert workspace.table()[["x", "y"]].iloc[0].tolist() == pytest.approx(SAFFLE_SWEREF, abs=0.01)


def test_a_table_without_geometry_is_stopped_where_it_is_needed(workspace: Workspace) -> None:
    workspace.use("boundary", "gr.parquet")
    frame = pd.DataFrame({"kommun_kod": ["1785"], "kommun": ["Säffle"]})
    frame.to_parquet(workspace.folder / "inbox" / "gr.parquet")
    file = workspace.only_file()
    assert (file.stopped, file.stopped_values["mapping"]) == ("geometry_missing", "boundary")


def areas(workspace: Workspace, shapes: list[shapely.Geometry | None], *, crs: int = 3006) -> None:
    workspace.use("areas", "kartlager.gpkg")
    frame = gpd.GeoDataFrame(
        {"id": range(1, len(shapes) + 1), "typ": "park", "namn": "Parken"}, geometry=shapes, crs=crs
    )
    frame.to_file(workspace.folder / "inbox" / "kartlager.gpkg", layer="omraden")


def test_shapes_are_mended_or_refused(workspace: Workspace) -> None:
    x, y = SAFFLE_SWEREF
    bow = shapely.Polygon([(x, y), (x + 10, y + 10), (x + 10, y), (x, y + 10)])
    flat = shapely.Polygon([(x, y), (x + 10, y), (x, y)])
    collection = shapely.GeometryCollection([shapely.Point(x, y)])
    areas(workspace, [bow, flat, None, collection, shapely.box(x, y, x + 10, y + 10)])
    file = workspace.only_file()
    assert [(row.row, row.code, row.value) for row in file.rejections] == [
        (2, "geometry_broken", "POLYGON"),
        (3, "geometry_empty", "MISSING"),
        (4, "geometry_kind", "GEOMETRYCOLLECTION"),
    ]
    assert file.said["geometry_mended"] == "1"
    table = workspace.table("areas")
    assert table["area_id"].tolist() == [1, 5]
    assert table.geometry.is_valid.all()
    assert table.geometry.area.tolist() == pytest.approx([50, 100])


def test_a_layer_goes_on_past_the_boundary_but_is_not_swapped(workspace: Workspace) -> None:
    far = shapely.Point(18.06, 59.33).buffer(0.01)
    swapped = shapely.Point(SAFFLE[1], SAFFLE[0]).buffer(0.01)
    nowhere = shapely.Point(0, 0)
    areas(workspace, [far, swapped, nowhere], crs=4326)
    file = workspace.only_file()
    assert [(row.row, row.code) for row in file.rejections] == [
        (2, "coordinates_swapped"),
        (3, "coordinates_zero"),
    ]
    assert file.rejections[1].value == "POINT (0 0)"


def streets(workspace: Workspace, shapes: list[shapely.Geometry], ids: list[int]) -> None:
    workspace.use("streets", "gator.gpkg")
    frame = gpd.GeoDataFrame(
        {
            "ELEMENT_ID": ids,
            "Gatunamn": "Skolgatan",
            "Vagklass": "bostadsgata",
            "Hogsta_tillatna_hastighet": 30,
            "Adt_samtliga_fordon": np.nan,
        },
        geometry=shapes,
        crs=3006,
    )
    frame.to_file(workspace.folder / "inbox" / "gator.gpkg", layer="gator")


def test_lines_in_parts_become_links_and_nothing_is_lost(workspace: Workspace) -> None:
    x, y = SAFFLE_SWEREF
    meeting = shapely.MultiLineString([[(x, y), (x + 10, y)], [(x + 10, y), (x + 20, y)]])
    apart = shapely.MultiLineString([[(x, y), (x + 10, y)], [(x + 50, y), (x + 70, y)]])
    flat = shapely.LineString([(x, y), (x, y)])
    streets(workspace, [meeting, apart, flat], [1, 2, 3])
    file = workspace.only_file()
    assert file.rejections == (Rejection("gator.gpkg", 3, "geometry", "geometry_broken", "MULTILINESTRING"),)
    assert file.said["lines_divided"] == "1"
    assert file.adds_up
    table = workspace.table("streets")
    assert table["street_id"].tolist() == [1, 2, 1_000_000_000_002]
    assert table["length_m"].tolist() == pytest.approx([20, 10, 20])
    assert set(table.geometry.geom_type) == {"LineString"}


def test_a_street_that_stands_twice_is_linked_and_one_that_differs_is_refused(workspace: Workspace) -> None:
    x, y = SAFFLE_SWEREF
    one = shapely.LineString([(x, y), (x + 10, y)])
    other = shapely.LineString([(x, y), (x, y + 10)])
    streets(workspace, [one, one, other], [1, 1, 1])
    file = workspace.only_file()
    assert {str(fate): count for fate, count in file.fates.items() if count} == {
        "new": 1,
        "linked": 1,
        "rejected": 1,
    }
    assert file.rejections == (Rejection("gator.gpkg", 3, "ELEMENT_ID", "id_twice", "1"),)


def test_population_squares_lie_on_their_grid(workspace: Workspace) -> None:
    workspace.use("population", "bef.csv")
    workspace.put(
        "bef.csv",
        "Ruta;Sida;Befolkning\n3820006556200;100;42\n3820506556200;100;1\n3820006556200,5;100;1\n"
        "3821006556200;100;-1\n3821006556200;0;1\n3820006556200;100;43\n",
    )
    file = workspace.only_file()
    assert [(row.row, row.column, row.code) for row in file.rejections] == [
        (3, "Ruta", "square_off_grid"),
        (4, "Ruta", "number_unreadable"),
        (5, "Befolkning", "number_negative"),
        (6, "Ruta", "square_off_grid"),
        (7, "Ruta", "id_twice"),
    ]
    assert workspace.table("population").to_dict("list") == {
        "square_id": [3820006556200],
        "side_m": [100],
        "population": [42.0],
    }


def cells(**columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(values, dtype="str") for name, values in columns.items()})


@pytest.mark.parametrize("own", ["Mellerud", "Melleruds kommun", "MELLERUD"])
def test_rows_about_other_municipalities_are_found_by_name(own: str) -> None:
    names = cells(
        n=["Mellerud", "mellerud", "Melleruds kommun", "Västra Götalands län", "Värmlands län", "Åre", ""]
    )
    others = about_others(names, Scope(name="n"), Municipality(name=own, code="1461"))
    assert others.tolist() == [False, False, False, False, True, True, False]


def test_rows_about_other_municipalities_are_found_by_code() -> None:
    others = about_others(cells(c=["1461", "1785", ""]), Scope(code="c"), Municipality(name="x", code="1461"))
    assert others.tolist() == [False, True, False]


def test_a_name_that_ends_in_s_keeps_it() -> None:
    assert names_of("Borås") == {"borås"}
    assert names_of("Borås stad") >= {"borås"}


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"east": "e"},
        {"east": "e", "latitude": "l"},
        {"longitude": "x", "latitude": "y", "geometry": True},
        {"area": "a", "east": "e"},
    ],
)
def test_a_place_is_found_in_one_way(wrong: dict[str, str | bool]) -> None:
    with pytest.raises(ValueError, match="say east and north"):
        LocationRule(**wrong)
