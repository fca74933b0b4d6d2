"""Exempelstad: its files, its dirt and what is planted in it."""

import csv
import json
from itertools import pairwise

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from python_calamine import CalamineWorkbook

from etl.synthetic.sizes import SIZES, Size
from etl.synthetic.town import make_town
from geodata.account import Fate
from geodata.crs import SWEREF99_TM, to_working
from geodata.project import read_project

INCIDENT_HEADER = "Händelsenr;Datum;Klockslag;Brottskod;Händelsetyp;Plats;N;E;Allvarlighet;Beskrivning"
KOBO_HEADER = (
    "start;end;today;_id;_uuid;_submission_time;alder;kon;insamlingsplats;problem;nar;kommentar;plats;"
    "_plats_latitude;_plats_longitude;_plats_altitude;_plats_precision"
)
REVIEW_HEADER = "Ärende;Datum;Plats;Latitud;Longitud;Brist;Beskrivning;V85;ÅDT;Åtgärdsförslag;Status;Ansvarig"


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    return make_town(tmp_path_factory.mktemp("town"), size=Size.TOWN, seed=7)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return make_town(tmp_path_factory.mktemp("small"), size=Size.SMALL, seed=7)


def incidents(made):
    frames = [
        pd.read_csv(file, sep=";", encoding="cp1252", dtype=str, keep_default_na=False)
        for file in sorted((made.workspace / "inbox").glob("handelser_*.csv"))
    ]
    return pd.concat(frames, ignore_index=True)


def truth(made):
    return json.loads((made.workspace / "truth.geojson").read_text(encoding="utf-8"))["features"]


def streets(made):
    return gpd.read_file(made.workspace / "inbox" / "gator.gpkg", layer="gator")


def areas(made):
    return gpd.read_file(made.workspace / "inbox" / "kartlager.gpkg", layer="omraden")


def located_points(made):
    """Every incident and accident with a point that an import would take in, shape (n, 2)."""
    rows = incidents(made).drop_duplicates("Händelsenr")
    x, y = (rows[column].str.replace(",", ".").pipe(pd.to_numeric, errors="coerce") for column in "EN")
    within = (x.between(3e5, 5e5)) & (y.between(6e6, 7e6)) & ~rows["Datum"].str.endswith("02-30")
    within &= ~(
        (rows["Datum"].str[5:7] == "03")
        & (rows["Datum"].str[8:].astype(int) > 24)
        & (rows["Klockslag"] == "02:30")
    )
    sheet = CalamineWorkbook.from_path(str(made.workspace / "inbox" / "strada.xlsx")).get_sheet_by_name(
        "Olyckor"
    )
    crashes = [row for row in sheet.to_python()[1:] if row[13] != ""]
    once = {row[0]: (row[14], row[13]) for row in crashes}
    return np.vstack([np.column_stack([x[within], y[within]]), list(once.values())])


@pytest.mark.parametrize(
    ("file", "encoding", "header"),
    [
        ("handelser_2024.csv", "cp1252", INCIDENT_HEADER),
        ("trygghetsmatning_kobo.csv", "utf-8-sig", KOBO_HEADER),
        ("oversyner.csv", "utf-8", REVIEW_HEADER),
        ("befolkning.csv", "utf-8", "Ruta;Sida;Befolkning"),
    ],
)
def test_text_files_have_the_agreed_headers(small, file, encoding, header):
    assert (small.workspace / "inbox" / file).read_text(encoding=encoding).splitlines()[0] == header


def test_the_kobo_file_begins_with_a_byte_order_mark(small):
    assert (small.workspace / "inbox" / "trygghetsmatning_kobo.csv").read_bytes()[:3] == b"\xef\xbb\xbf"


def test_project_file_says_that_it_is_made_up(small):
    project = read_project(small.workspace)
    assert project.municipality.name == "Exempelstad"
    assert project.municipality.made_up
    assert all(list(small.workspace.glob(pattern)) for source in project.sources for pattern in source.files)
    west, south, east, north = project.geography.extent
    lonlat = gpd.GeoSeries(streets(small).geometry).to_crs(4326).total_bounds
    assert west < lonlat[0]
    assert south < lonlat[1]
    assert lonlat[2] < east
    assert lonlat[3] < north


def test_every_file_is_accounted_for_row_by_row(town):
    for file in town.files:
        assert sum(file.fates.values()) == file.read, file.file
        name = town.workspace / file.file
        if name.suffix == ".csv":
            encoding = "cp1252" if "handelser" in name.name else "utf-8-sig"
            with name.open(encoding=encoding, newline="") as text:
                assert sum(1 for _ in csv.reader(text, delimiter=";")) - 1 == file.read, file.file


def test_dirt_is_there_in_the_numbers_that_are_told(town):
    rows = incidents(town)
    told = {}
    for file in town.files:
        if "handelser" in file.file:
            for reason, count in file.reasons.items():
                told[reason] = told.get(reason, 0) + count
    assert told["digest"] == (rows["Händelsetyp"] == "Sammanfattning natt").sum()
    assert told["at_zero"] == (rows["N"] == "0,0").sum()
    assert told["no_such_day"] == rows["Datum"].str.endswith("-02-30").sum()
    assert told["duplicate"] == rows.duplicated().sum()
    assert told["missing_point"] == ((rows["N"] == "") & (rows["Händelsetyp"] != "Sammanfattning natt")).sum()
    north = rows["N"].str.replace(",", ".").pipe(pd.to_numeric, errors="coerce")
    assert told["swapped"] == north.between(1, 1e6).sum()
    assert rows["Klockslag"].str.contains(".", regex=False).mean() > 0.2
    assert (rows["Klockslag"] == "").mean() > 0.01


def test_a_town_has_the_agreed_amounts(town):
    fates = {file.file: file.fates for file in town.files}
    happened = sum(
        f[Fate.NEW] + f[Fate.WAITING] for name, f in fates.items() if "handelser" in name or "strada" in name
    )
    assert 11_000 < happened < 13_000
    assert (
        sum(fates[f"inbox/{n}"][Fate.NEW] for n in ("trygghetsmatning_kobo.csv", "karta_enkat.geojson"))
        > 2_200
    )
    assert fates["inbox/oversyner.csv"][Fate.NEW] > 140
    assert len(town.schools) == 10
    assert (areas(town)["typ"] == "torg").sum() == 4


def test_a_small_place_is_small(small):
    located = sum(f.fates[Fate.NEW] for f in small.files if "handelser" in f.file or "strada" in f.file)
    answers = sum(f.read for f in small.files if "kobo" in f.file or "karta" in f.file)
    assert 36 <= located <= 56
    assert 36 <= answers <= 46
    assert len(small.schools) == 3
    assert not any(feature["properties"]["in_incidents"] for feature in truth(small))


def test_planted_places_stand_out_from_their_background(town):
    points = located_points(town)
    planted = [feature for feature in truth(town) if feature["properties"]["in_incidents"]]
    assert sum(f["properties"]["kind"] == "school_zone" for f in planted) == 4
    assert sum(f["properties"]["kind"] == "joyriding" for f in planted) == 4
    assert sum(f["properties"]["round"] for f in planted) == 1
    assert sum(f["properties"]["kind"] == "square" for f in planted) == 2
    for feature in planted:
        said = feature["properties"]
        footprint = gpd.GeoSeries([shapely.geometry.shape(feature["geometry"])], crs=4326).to_crs(
            SWEREF99_TM
        )[0]
        found = shapely.contains_xy(footprint, points[:, 0], points[:, 1]).sum()
        assert abs(found - said["extra_events"] - said["background_events"]) <= 1, said["name"]
        assert said["extra_events"] >= 25, said["name"]
        assert found >= 3 * said["background_events"], said["name"]
        assert footprint.area < 100_000, said["name"]


def test_some_places_are_known_to_one_stream_only(town):
    streams = {feature["properties"]["streams"] for feature in truth(town)}
    assert streams == {"felt_and_recorded", "felt_only", "recorded_only"}
    for feature in truth(town):
        said = feature["properties"]
        assert (said["extra_answers"] > 0) == (said["streams"] != "recorded_only"), said["name"]


def test_planted_school_events_fall_when_school_begins_and_ends(town):
    rows = incidents(town)
    schools = [
        f for f in truth(town) if f["properties"]["kind"] == "school_zone" and f["properties"]["in_incidents"]
    ]
    shapes = gpd.GeoSeries([shapely.geometry.shape(f["geometry"]) for f in schools], crs=4326).to_crs(
        SWEREF99_TM
    )
    x, y = (rows[column].str.replace(",", ".").pipe(pd.to_numeric, errors="coerce") for column in "EN")
    inside = shapely.contains_xy(shapely.union_all(shapes.to_numpy()), x.fillna(0), y.fillna(0))
    hour = pd.to_numeric(rows["Klockslag"].str[:2], errors="coerce")
    at_bells = hour.isin([7, 8, 14, 15])
    assert at_bells[inside].mean() > 2 * at_bells[~inside].mean()


def test_population_lies_in_squares_of_the_national_grid(town):
    table = pd.read_csv(town.workspace / "inbox" / "befolkning.csv", sep=";")
    assert (table["Sida"] == 100).all()
    east, north = table["Ruta"] // 10_000_000, table["Ruta"] % 10_000_000
    assert (east % 100 == 0).all()
    assert (north % 100 == 0).all()
    assert table["Befolkning"].sum() == pytest.approx(town.population, rel=0.05)


def test_streets_meet_only_at_their_ends(town):
    lines = streets(town).geometry.to_numpy()
    one, two = shapely.STRtree(lines).query(lines, predicate="crosses")
    assert len(one) == len(two) == 0


def test_the_street_net_is_no_grid(town):
    lines = streets(town)
    local = lines[lines["Vagklass"] == "bostadsgata"].geometry
    bearings, lengths = [], []
    for line in local:
        for (x0, y0), (x1, y1) in pairwise(line.coords):
            bearings.append(np.arctan2(y1 - y0, x1 - x0))
            lengths.append(np.hypot(x1 - x0, y1 - y0))
    # Four-way order of bearings: 1 for a perfect grid.
    order = abs(np.average(np.exp(4j * np.array(bearings)), weights=lengths))
    assert order < 0.6


def test_houses_stand_clear_of_streets_and_water(town):
    shapes = areas(town)
    houses = shapes[shapes["typ"] == "byggnad"].geometry.to_numpy()
    assert len(houses) > 3_000
    assert shapely.is_valid(shapes.geometry.to_numpy()).all()
    assert not len(
        shapely.STRtree(streets(town).geometry.to_numpy()).query(houses, predicate="intersects")[0]
    )
    water = shapes[shapes["typ"] == "vatten"].geometry.to_numpy()
    assert not len(shapely.STRtree(water).query(houses, predicate="intersects")[0])


def test_map_survey_has_points_in_degrees_and_some_without(town):
    features = json.loads((town.workspace / "inbox" / "karta_enkat.geojson").read_text(encoding="utf-8"))[
        "features"
    ]
    assert set(features[0]["properties"]) == {
        "id",
        "svarsdatum",
        "fraga",
        "kategori",
        "beskrivning",
        "aldersgrupp",
        "nar",
    }
    points = [f["geometry"]["coordinates"] for f in features if f["geometry"]]
    assert len(points) < len(features)
    right = [at for at in points if at[0] < at[1]]
    x, y = to_working([at[0] for at in right], [at[1] for at in right], source=4326, working=SWEREF99_TM)
    assert np.hypot(x - np.median(x), y - np.median(y)).max() < SIZES[Size.TOWN].half_side_m * 1.5
    assert 0 < len(points) - len(right) < 10


def test_schools_come_as_the_register_writes_them(town):
    units = json.loads((town.workspace / "inbox" / "skolenheter.json").read_text(encoding="utf-8"))
    statuses = [unit["data"]["attributes"]["status"] for unit in units]
    assert statuses.count("AKTIV") == 10
    assert statuses.count("UPPHORT") == 2
    first = units[0]
    assert isinstance(first["data"]["attributes"]["addresses"][0]["geoCoordinates"]["latitude"], str)
    assert set(first["local"]) == {"pupils", "bellStart", "bellEnd", "stage"}


def test_the_same_seed_makes_the_same_place_and_another_seed_another(small, tmp_path):
    again = make_town(tmp_path / "again", size=Size.SMALL, seed=7)
    other = make_town(tmp_path / "other", size=Size.SMALL, seed=8)
    assert again.files == small.files
    for file in ("handelser_2024.csv", "trygghetsmatning_kobo.csv", "befolkning.csv", "oversyner.csv"):
        assert (again.workspace / "inbox" / file).read_bytes() == (
            small.workspace / "inbox" / file
        ).read_bytes()
    assert streets(again).geometry.equals(streets(small).geometry)
    assert other.street_km != small.street_km


def test_comments_that_name_someone_are_counted(town):
    answers = pd.read_csv(
        town.workspace / "inbox" / "trygghetsmatning_kobo.csv", sep=";", encoding="utf-8-sig"
    )
    named = answers["kommentar"].fillna("").str.contains("070-174|@example")
    assert 0 < named.sum() <= town.identities + 5
