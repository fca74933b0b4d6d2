from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geodata.errors import ProjectError
from geodata.places.kinds import KINDS, candidates
from geodata.places.layers import PlaceLayers
from geodata.places.school_zones import school_ids, site_name
from geodata.project import parse_project
from geodata.schema import SCHOOLS, TABLES, PlaceKind, conform

PROJECT = parse_project({"municipality": {"name": "Provstad", "code": "9999"}, "schools": {"zone_m": 300}})
EMPTY = {
    "schools": gpd.GeoDataFrame(columns=SCHOOLS.names, geometry="geometry", crs=3006),
    "areas": gpd.GeoDataFrame(columns=["area_id", "kind", "name", "geometry"], geometry="geometry", crs=3006),
    "streets": gpd.GeoDataFrame(
        columns=["street_id", "name", "road_class", "speed_limit_kmh", "geometry"],
        geometry="geometry",
        crs=3006,
    ),
    "population": conform(pd.DataFrame(columns=TABLES["population"].names), "population"),
    "told": lambda: conform(pd.DataFrame(columns=TABLES["observations"].names), "observations"),
}


def layers(**tables):
    return PlaceLayers(**{**EMPTY, **tables}, project=PROJECT)


def schools(*rows):
    table = pd.DataFrame(rows, columns=["school_id", "name", "pupils", "x", "y"])
    points = [
        None if np.isnan(x) else shapely.Point(x, y) for x, y in zip(table["x"], table["y"], strict=True)
    ]
    return gpd.GeoDataFrame(table.drop(columns=["x", "y"]).assign(stage="F-6"), geometry=points, crs=3006)


def areas(*rows):
    table = pd.DataFrame(rows, columns=["area_id", "kind", "name", "shape"])
    return gpd.GeoDataFrame(table.drop(columns="shape"), geometry=list(table["shape"]), crs=3006)


def test_a_municipality_with_nothing_has_no_places():
    assert candidates(layers()) == []


def test_every_kind_finds_nothing_in_nothing():
    for find in KINDS.values():
        assert find(layers()) == []


def test_without_streets_a_school_zone_is_a_circle():
    (zone,) = candidates(layers(schools=schools(("1", "Åsebro skola", 90, 1000, 2000))))
    assert (zone.kind, zone.name, zone.source_key) == (PlaceKind.SCHOOL_ZONE, "Åsebro skola", "schools:1")
    assert zone.geometry.area == pytest.approx(np.pi * 300**2, rel=0.01)


def test_units_in_one_building_are_one_zone():
    table = schools(
        ("49693776", "Tegnérskolan anpassad grundskola", np.nan, 1000, 2000),
        ("40517936", "Tegnérskolan", 440, 1000, 2000),
        ("47179243", "Nysäters skola", 70, 9000, 2000),
    )
    found = {zone.name: school_ids(zone.source_key) for zone in candidates(layers(schools=table))}
    assert found == {"Tegnérskolan": ("40517936", "49693776"), "Nysäters skola": ("47179243",)}


def test_a_school_without_a_point_has_no_zone():
    assert candidates(layers(schools=schools(("1", "Skolan", 10, np.nan, np.nan)))) == []


@pytest.mark.parametrize(
    ("units", "name"),
    [
        ([("Höglundaskolan anpassad grundskola 1-6", 0), ("Höglundaskolan anpassad grundskola 7-9", 0)],
         "Höglundaskolan anpassad grundskola"),
        ([("Jämtlands Gymn, Åre 1", 0), ("Jämtlands Gymn, Åre 2", 0)], "Jämtlands Gymn, Åre"),
        ([("Melleruds anpassade grundskola", np.nan), ("Rådaskolan 1", np.nan)], "Rådaskolan 1"),
        ([("Rådaskolan 1", 20), ("Melleruds grundskola", 300)], "Melleruds grundskola"),
    ],
)  # fmt: skip
def test_the_name_of_a_site(units, name):
    assert site_name(pd.DataFrame(units, columns=["name", "pupils"])) == name
    assert site_name(pd.DataFrame(units[::-1], columns=["name", "pupils"])) == name


def test_named_areas_become_places_and_unnamed_do_not():
    table = areas(
        (1, "square", "Stortorget", shapely.box(0, 0, 100, 50)),
        (2, "square", "", shapely.box(500, 0, 600, 50)),
        (3, "square", None, shapely.box(700, 0, 800, 50)),
        (4, "station", "Stationen", shapely.Point(2000, 0)),
        (5, "water", "Sjön", shapely.box(900, 900, 2000, 2000)),
        (6, "park", "Parken", None),
    )
    found = {place.name: place for place in candidates(layers(areas=table))}
    assert set(found) == {"Stortorget", "Stationen"}
    assert found["Stortorget"].geometry.covers(shapely.box(0, 0, 100, 50))
    assert found["Stationen"].geometry.area == pytest.approx(np.pi * 100**2, rel=0.01)


def test_the_municipality_names_a_place_of_its_own_with_a_radius():
    named = {"name": "Gångtunneln", "longitude": 15.0, "latitude": 60.0, "place": "other", "radius_m": 50}
    word = {"name": "Torget", "aliases": ["Stora torget"]}
    project = parse_project(
        {"municipality": {"name": "Provstad", "code": "9999"}, "gazetteer": {"place": [named, word]}}
    )
    (place,) = candidates(replace(layers(), project=project))
    assert (place.kind, place.name) == (PlaceKind.OTHER, "Gångtunneln")
    assert place.geometry.area == pytest.approx(np.pi * 50**2, rel=0.01)


def test_a_place_to_work_at_needs_a_point():
    with pytest.raises(ProjectError, match="needs longitude and latitude"):
        parse_project(
            {
                "municipality": {"name": "Provstad", "code": "9999"},
                "gazetteer": {"place": [{"name": "Tunneln", "aliases": ["T"], "place": "other"}]},
            }
        )
