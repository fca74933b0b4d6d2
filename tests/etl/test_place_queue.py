"""From words in a file to a place on the map, or to a person who says it once."""

import json
from datetime import UTC, datetime

import geopandas as gpd
import numpy as np
import pandas as pd
import paper_town
import pytest
import shapely
from small_workspace import Workspace

from etl.fates import placed_by_words
from etl.gazetteer.placing import locate_phrases, locate_sites
from etl.parts import join_to_areas
from etl.pipeline import (
    relocate,
    settle_place,
    settled_places,
    unmatched_aliases,
    waiting_places,
    withdraw_place,
)
from geodata.account import Fate
from geodata.errors import MissingError, ParameterError
from geodata.precision import LocationPrecision
from geodata.store.decisions import LocationAnswer

HEADING = "Svar;Datum;Plats;Vad är problemet?;Beskriv"
AMBIGUOUS = "vid skolan"


def put_layers(workspace: Workspace) -> None:
    """Write the paper town's layers as files of the shipped layouts."""
    inbox = workspace.folder / "inbox"
    streets = paper_town.streets()
    gpd.GeoDataFrame(
        {
            "ELEMENT_ID": streets["street_id"],
            "Gatunamn": streets["name"],
            "Vagklass": "bostadsgata",
            "Hogsta_tillatna_hastighet": 30,
            "Adt_samtliga_fordon": None,
        },
        geometry=streets.geometry,
        crs=3006,
    ).to_file(inbox / "gator.gpkg", layer="gator")
    areas = paper_town.areas()
    squares = areas[areas["kind"].isin(["square", "park", "station"])]
    words = {"square": "torg", "park": "park", "station": "station"}
    gpd.GeoDataFrame(
        {"id": squares["area_id"], "typ": squares["kind"].map(words), "namn": squares["name"]},
        geometry=squares.geometry,
        crs=3006,
    ).to_file(inbox / "kartlager.gpkg", layer="omraden")
    schools = paper_town.schools().to_crs(4326)
    units = [
        {
            "data": {
                "type": "schoolunit",
                "schoolUnitCode": f"9900000{number}",
                "attributes": {
                    "displayName": name,
                    "status": "AKTIV",
                    "schoolTypes": ["GR"],
                    "addresses": [
                        {"geoCoordinates": {"latitude": f"{at.y:.6f}", "longitude": f"{at.x:.6f}"}}
                    ],
                },
            },
            "local": {"pupils": 100, "bellStart": "08:10", "bellEnd": "14:00", "stage": "F-6"},
        }
        for number, (name, at) in enumerate(zip(schools["name"], schools.geometry, strict=True))
    ]
    workspace.put("skolenheter.json", json.dumps(units))
    for mapping, file in (
        ("streets", "gator.gpkg"),
        ("areas", "kartlager.gpkg"),
        ("school_register", "skolenheter.json"),
    ):
        workspace.use(mapping, file)


def put_answers(workspace: Workspace, *phrases: str, name: str = "svar.csv") -> None:
    lines = [f"{name}{number};2026-05-12;{phrase};För hög fart;Fort" for number, phrase in enumerate(phrases)]
    workspace.put(name, "\n".join([HEADING, *lines]) + "\n")
    workspace.use("plain_survey", "svar*.csv")


@pytest.fixture
def town(workspace: Workspace) -> Workspace:
    put_layers(workspace)
    return workspace


def rows(workspace: Workspace) -> pd.DataFrame:
    return workspace.table().set_index("location_text").sort_index()


def fates(workspace: Workspace) -> dict[str, int]:
    report = relocate(workspace.folder)
    assert report.adds_up
    (file,) = (file for file in report.files if file.source == "plain_survey")
    return {str(fate): count for fate, count in file.fates.items() if count}


def test_words_that_are_sure_become_a_place_and_the_others_wait(town: Workspace) -> None:
    put_answers(town, "vid Tegnérskolan", "korsningen Storgatan/Kyrkogatan", AMBIGUOUS, "hemma", "")
    report = town.run()
    file = next(file for file in report.files if file.source == "plain_survey")
    assert (file.fates[Fate.NEW], file.fates[Fate.WAITING], file.adds_up) == (2, 3, True)
    assert file.said["placed_by_words"] == "2"
    seen = town.table().set_index(town.table()["location_text"].fillna(""))
    school = seen.loc["vid Tegnérskolan"]
    assert (school["located_by"], school["location_precision"]) == ("gazetteer", "named_place")
    assert paper_town.from_middle(school["x"], school["y"]) == (420, 150)
    assert school["location_confidence"] == 1.0
    assert school["street_id"] == -1
    crossing = seen.loc["korsningen Storgatan/Kyrkogatan"]
    assert (crossing["location_precision"], crossing["street_id"] > 0) == ("address", True)
    waiting = seen.loc[[AMBIGUOUS, "hemma", ""]]
    assert waiting["location_precision"].tolist() == ["unknown"] * 3
    assert waiting["x"].isna().all()
    assert waiting["located_by"].isna().all()
    assert waiting["location_confidence"].isna().all()


def test_where_an_answer_was_collected_is_never_its_place(town: Workspace) -> None:
    town.use("kobo_survey", "kobo.csv")
    heading = "start,end,today,_uuid,_submission_time,insamlingsplats,problem,kommentar"
    heading += ",_plats_latitude,_plats_longitude,alder,kon,nar,plats,_plats_altitude,_plats_precision,_id"
    town.put("kobo.csv", f"{heading}\n,,2026-05-12,a1,,Stortorget,for_fort,,,,,,,,,,1\n")
    report = town.run()
    file = next(file for file in report.files if file.source == "kobo_survey")
    assert file.stopped is None, file.stopped_values
    (row,) = town.table().to_dict("records")
    assert (row["collected_at"], row["location_precision"]) == ("Stortorget", "unknown")
    (waiting,) = waiting_places(town.folder)
    assert (waiting.phrase, waiting.reason, waiting.counts) == ("", "no_words", {"survey": 1})


def test_the_queue_says_why_and_how_many_and_what_it_may_be(town: Workspace) -> None:
    put_answers(town, AMBIGUOUS, "Vid  skolan.", "hemma", "Kyrkogatan", "")
    town.run()
    schools, home, silent = waiting_places(town.folder)
    assert (schools.phrase_key, schools.reason, schools.counts) == (AMBIGUOUS, "ambiguous", {"survey": 2})
    assert {choice.label for choice in schools.choices} == set(paper_town.SCHOOLS)
    assert all(12 < choice.longitude < 14 and 58 < choice.latitude < 60 for choice in schools.choices)
    assert (home.reason, home.choices) == ("unknown", ())
    assert (silent.phrase_key, silent.reason, silent.records) == ("", "no_words", 1)


def test_an_answer_is_given_once_and_holds_over_imports_until_withdrawn(town: Workspace) -> None:
    put_answers(town, AMBIGUOUS)
    assert fates(town) == {"waiting": 1}
    (asked,) = waiting_places(town.folder)
    tegner = next(choice for choice in asked.choices if choice.label == "Tegnérskolan")
    settle_place(town.folder, asked.phrase_key, choice=tegner.choice_id, by="Kim")
    assert waiting_places(town.folder) == ()

    put_answers(town, "VID SKOLAN", name="svar2.csv")  # a new file, another way of writing it
    relocate(town.folder)
    seen = town.table()
    assert seen["located_by"].tolist() == ["person", "person"]
    assert seen["location_confidence"].tolist() == [1.0, 1.0]
    assert {paper_town.from_middle(x, y) for x, y in zip(seen["x"], seen["y"], strict=True)} == {(420, 150)}
    (kept,) = settled_places(town.folder)
    assert (kept.label, kept.decided_by, kept.precision) == ("Tegnérskolan", "Kim", "named_place")

    withdraw_place(town.folder, asked.phrase_key)
    relocate(town.folder)
    assert town.table()["location_precision"].tolist() == ["unknown", "unknown"]
    assert [one.phrase_key for one in waiting_places(town.folder)] == [AMBIGUOUS]
    assert settled_places(town.folder) == ()


def test_a_file_that_is_stopped_keeps_its_rows_and_follows_the_answers(town: Workspace) -> None:
    put_answers(town, AMBIGUOUS, "Kyrkogatan")
    town.run()
    settle_place(town.folder, AMBIGUOUS, nowhere=True, by="Kim")
    town.put("svar.csv", "")
    report = town.run()
    assert [file.file for file in report.stopped] == ["svar.csv"]
    seen = rows(town)
    assert seen["location_precision"].to_dict() == {AMBIGUOUS: "municipality", "Kyrkogatan": "street"}


def test_a_person_goes_before_the_gazetteer(town: Workspace) -> None:
    put_answers(town, "Kyrkogatan")
    town.run()
    settle_place(town.folder, "kyrkogatan", lonlat=(12.9500, 59.1300), by="Kim")
    relocate(town.folder)
    (row,) = town.table().to_dict("records")
    assert (row["located_by"], row["location_precision"]) == ("person", "named_place")
    point = gpd.GeoSeries([shapely.Point(row["x"], row["y"])], crs=3006).to_crs(4326)[0]
    assert (point.x, point.y) == pytest.approx((12.95, 59.13), abs=1e-5)


def test_a_record_that_an_answer_moves_is_changed_though_its_words_are_the_same(town: Workspace) -> None:
    put_answers(town, AMBIGUOUS, "vid Tegnérskolan", "Kyrkogatan")
    town.run()
    settle_place(town.folder, AMBIGUOUS, lonlat=(12.9500, 59.1300), by="Kim")
    assert fates(town) == {"changed": 1, "unchanged": 2}
    assert fates(town) == {"unchanged": 3}
    settle_place(town.folder, AMBIGUOUS, lonlat=(12.9400, 59.1300), by="Kim")  # precision as before
    assert fates(town) == {"changed": 1, "unchanged": 2}
    settle_place(town.folder, "vid tegnérskolan", lonlat=(12.9500, 59.1300), by="Kim")
    assert fates(town) == {"changed": 1, "unchanged": 2}
    settle_place(town.folder, AMBIGUOUS, lonlat=(12.9400, 59.1300), by="Lo")  # the same, said again
    assert fates(town) == {"unchanged": 3}
    withdraw_place(town.folder, AMBIGUOUS)
    assert fates(town) == {"waiting": 1, "unchanged": 2}


def test_a_record_known_by_its_district_alone_moves_with_it() -> None:
    frame = pd.DataFrame(
        {
            "observation_id": ["a", "b", "c"],
            "located_by": ["person", "person", "coordinates"],
            "location_precision": ["area", "named_place", "exact"],
            "x": [np.nan, 1.0, 1.0],
            "y": [np.nan, 1.0, 1.0],
            "area_id": [7, 7, 7],
        }
    )
    elsewhere = frame.assign(area_id=8)
    assert len(placed_by_words(frame)) == 2  # what has coordinates of its own is told by its content
    same = [
        one == other for one, other in zip(placed_by_words(frame), placed_by_words(elsewhere), strict=True)
    ]
    assert same == [False, True]


def test_what_nobody_can_tell_counts_for_the_municipality_and_asks_no_more(town: Workspace) -> None:
    put_answers(town, "hemma")
    town.run()
    settle_place(town.folder, "hemma", nowhere=True, by="Kim")
    assert fates(town) == {"changed": 1}
    (row,) = town.table().to_dict("records")
    assert (row["location_precision"], row["located_by"]) == ("municipality", "person")
    assert pd.isna(row["x"])
    assert waiting_places(town.folder) == ()


def test_an_answer_that_cannot_be_kept_is_refused(town: Workspace) -> None:
    put_answers(town, AMBIGUOUS)
    town.run()
    for wrong, error, code in (
        ({}, ParameterError, "answer_unclear"),
        ({"nowhere": True, "lonlat": (12.95, 59.13)}, ParameterError, "answer_unclear"),
        ({"lonlat": (59.13, 12.95)}, ParameterError, "point_outside"),
        ({"choice": "nothing"}, MissingError, "choice_unknown"),
    ):
        with pytest.raises(error) as raised:
            settle_place(town.folder, AMBIGUOUS, by="Kim", **wrong)
        assert raised.value.code == code
    with pytest.raises(MissingError) as raised:
        settle_place(town.folder, "torget", nowhere=True, by="Kim")
    assert raised.value.code == "phrase_unknown"
    with pytest.raises(MissingError) as raised:
        withdraw_place(town.folder, AMBIGUOUS)
    assert raised.value.code == "phrase_unanswered"
    assert settled_places(town.folder) == ()


def test_identities_in_words_for_places_never_leave_the_inbox(town: Workspace) -> None:
    put_answers(town, "hos Kim 070-174 06 05")
    town.run()
    (asked,) = waiting_places(town.folder)
    assert (asked.phrase, asked.phrase_key) == ("hos Kim ***", "hos kim")
    settle_place(town.folder, asked.phrase_key, nowhere=True, by="Kim")
    assert b"070" not in (town.folder / "store" / "register.sqlite").read_bytes()


def test_a_new_layer_places_what_waited(workspace: Workspace) -> None:
    put_answers(workspace, "vid Tegnérskolan")
    workspace.run()
    assert [one.reason for one in waiting_places(workspace.folder)] == ["unknown"]
    put_layers(workspace)
    workspace.run()
    assert workspace.table()["located_by"].tolist() == ["gazetteer"]


def test_the_sites_of_measurements_are_placed_by_their_names() -> None:
    frame = pd.DataFrame(
        {
            "measurement_id": ["a", "b", "c"],
            "site": ["Kyrkogatan", "Blåkullagatan", None],
            "location_precision": ["unknown"] * 3,
            "geometry": pd.Series([None] * 3, index=[4, 7, 9], dtype=object),
        },
        index=[4, 7, 9],
    )
    placed = locate_sites({"a": frame}, paper_town.gazetteer(), {})["a"]
    assert placed["location_precision"].tolist() == ["street", "unknown", "unknown"]
    assert [shape is None for shape in placed["geometry"]] == [False, True, True]
    assert placed.index.tolist() == [4, 7, 9]


def test_a_record_without_a_point_keeps_the_district_that_its_words_named(tmp_path) -> None:
    frame = pd.DataFrame({"x": [None, 1.0], "y": [None, 1.0], "area_id": [7, 8]}).astype(
        {"x": float, "y": float}
    )
    joined = join_to_areas(tmp_path, {"a": frame}, {}, crs=3006)["a"]
    assert joined["area_id"].tolist() == [7, -1]


def test_a_district_that_a_person_chose_keeps_its_area() -> None:
    gazetteer = paper_town.gazetteer()
    areas = paper_town.areas().set_index("name")
    frame = pd.DataFrame(
        {
            "location_text": pd.Series(["utkanten", "hemma"], dtype="str"),
            "x": np.nan,
            "y": np.nan,
            "location_precision": pd.Series(["unknown", "unknown"], dtype="str"),
            "located_by": pd.Series([None, None], dtype="str"),
            "location_confidence": np.nan,
            "area_id": np.array([-1, -1], dtype=np.int64),
            "set_aside": False,
        }
    )
    said = {"utkanten": (LocationPrecision.AREA, "Svanby"), "hemma": (LocationPrecision.MUNICIPALITY, "")}
    answers = {
        phrase: LocationAnswer(
            phrase_key=phrase,
            phrase=phrase,
            precision=precision,
            label=label,
            x=None,
            y=None,
            decided_by="Kim",
            decided_at=datetime(2026, 5, 12, tzinfo=UTC),
        )
        for phrase, (precision, label) in said.items()
    }
    placed = locate_phrases({"a": frame}, gazetteer, answers)["a"]
    assert placed["area_id"].tolist() == [areas.loc["Svanby", "area_id"], -1]
    assert placed["location_precision"].tolist() == ["area", "municipality"]


def test_aliases_for_what_no_layer_knows_are_told(town: Workspace) -> None:
    town.run()
    path = town.folder / "problembild.toml"
    more = '[[gazetteer.place]]\nname = "Gasverket"\naliases = ["Gasen"]\n'
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    town.run()
    assert unmatched_aliases(town.folder) == ("Gasverket",)


def test_a_workspace_without_a_snapshot_has_no_queue(workspace: Workspace) -> None:
    workspace.put_incidents()
    with pytest.raises(MissingError):
        waiting_places(workspace.folder)
