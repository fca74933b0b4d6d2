"""Real schools of the five municipalities, as people there speak of them."""

import geopandas as gpd
import pandas as pd
import pytest
from real_data import real

from etl.gazetteer.gazetteer import Gazetteer, make_gazetteer
from etl.gazetteer.normalise import phrase_key
from geodata.crs import SWEREF99_TM
from geodata.project import parse_project
from geodata.schema import TABLES

SAFFLE, MELLERUD, ARE = ("Säffle", "1785"), ("Mellerud", "1461"), ("Åre", "2321")


def empty(table: str) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({name: [] for name in TABLES[table].names}, geometry="geometry")


def schools_of(municipality: tuple[str, str]) -> tuple[Gazetteer, pd.DataFrame]:
    name, code = municipality
    listed = pd.read_csv(real("sweden", "schools_in_the_five_municipalities.csv"))
    own = listed[listed["municipality"] == name]
    points = gpd.points_from_xy(own["easting_3006"], own["northing_3006"])
    schools = gpd.GeoDataFrame(
        {"school_id": own["school_unit_code"].astype("str").to_numpy(), "name": own["name"].to_numpy()},
        geometry=points,
        crs=SWEREF99_TM,
    )
    project = parse_project({"municipality": {"name": name, "code": code}})
    town = make_gazetteer(schools=schools, areas=empty("areas"), streets=empty("streets"), project=project)
    return town, own.set_index("name")


@pytest.mark.parametrize(
    ("municipality", "phrase", "unit"),
    [
        (SAFFLE, "vid Tegnérskolan", "Tegnérskolan"),
        (SAFFLE, "utanför tegnerskolan i Säffle", "Tegnérskolan"),
        (SAFFLE, "Nysäters skolas infart", "Nysäters skola"),
        (MELLERUD, "övergångsstället vid Åsebro skola", "Åsebro skola"),
        (MELLERUD, "Rådaskolan", "Rådaskolan 1"),
        (ARE, "Racklofska skolan", "Racklöfska skolan F-6"),
        (ARE, "bakom Kyrkslättens skola, Åre", "Kyrkslättens skola F-6"),
    ],
)
def test_a_real_school_is_found(municipality: tuple[str, str], phrase: str, unit: str) -> None:
    town, schools = schools_of(municipality)
    place = town.resolve([phrase])[phrase_key(phrase)].accepted
    assert place is not None, phrase
    there = schools.loc[unit, ["easting_3006", "northing_3006"]].tolist()
    assert (place.x, place.y) == pytest.approx(there, abs=50)


def test_a_school_with_two_sites_waits_for_a_person() -> None:
    town, _ = schools_of(SAFFLE)
    asked = town.resolve(["Höglundaskolan"])["höglundaskolan"]
    assert asked.reason == "ambiguous"
    assert len({(place.x, place.y) for place in asked.candidates}) == 2  # 680 m apart


def test_what_is_named_in_another_municipality_waits() -> None:
    town, _ = schools_of(SAFFLE)
    for phrase in ("Tegnérskolan i Arvidsjaur", "Fridhemsskolan", "skolan", "torget"):
        assert town.resolve([phrase])[phrase_key(phrase)].accepted is None, phrase
