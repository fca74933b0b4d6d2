"""Words for places: what is understood, how precisely, and what a person must say."""

import geopandas as gpd
import numpy as np
import paper_town
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.gazetteer.candidates import Candidate, Resolution, settle
from etl.gazetteer.gazetteer import Gazetteer, make_gazetteer
from etl.gazetteer.normalise import phrase_key
from etl.gazetteer.spelling import cost, near
from geodata.precision import LocationPrecision as Precision

SYSTEMET = """
[[gazetteer.place]]
name = "Systembolaget"
aliases = ["Systemet", "bolaget"]
longitude = 12.943
latitude = 59.130
[[gazetteer.place]]
name = "Folkets hus"
aliases = ["Folkan"]
[[gazetteer.place]]
name = "Gasverket"
aliases = ["Gasen"]
"""


@pytest.fixture(scope="module")
def town() -> Gazetteer:
    return paper_town.gazetteer()


def ask(town: Gazetteer, phrase: str) -> Resolution:
    return town.resolve([phrase])[phrase_key(phrase)]


def found(town: Gazetteer, phrase: str) -> Candidate:
    resolution = ask(town, phrase)
    assert resolution.reason is None, (phrase, resolution)
    return resolution.candidates[0]


def at(candidate: Candidate) -> tuple[float, float]:
    return paper_town.from_middle(candidate.x, candidate.y)


@pytest.mark.parametrize(
    "phrase",
    [
        "Tegnérskolan",
        "vid Tegnérskolan",
        "VID TEGNÉRSKOLAN",
        "utanför tegnerskolan",
        "Tegnérskolans parkering",
        "Tegnér-skolan",
        "Tegnér skolan",
        "Tegnérskola",
        "Tengérskolan",
        "Tegnérrskolan",
        "i närheten av Tegnersklan",
        "övergångsstället mitt emot Tegnérskolan",
        "på Tegnérskolans norra sida",
        "te\u0301gnerskolan".replace("te\u0301", "te"),
        "\u200bTegne\u0301rskolan\u202c",
        "vid Tegnérskolan, Säffle",
        "vid Tegnérskolan i Säffle",
    ],
)
def test_a_school_is_known_however_it_is_written(town: Gazetteer, phrase: str) -> None:
    place = found(town, phrase)
    assert (place.label, place.precision, at(place)) == ("Tegnérskolan", Precision.NAMED_PLACE, (420, 150))
    assert 0.85 <= place.confidence <= 1


@pytest.mark.parametrize(
    "phrase",
    [
        "Kyrkogatan",
        "på Kyrkogatan",
        "längs hela Kyrkogatan",
        "Kyrkog.",
        "Kyrkog",
        "kyrkog 14",
        "Kyrkogatan 14 B",
        "Kyrkogatan 14-16",
        "Kyrko gatan",
        "Kyrkogatans trottoar",
        "Kyrkgoatan",
        "Kyrkogattan",
        "Kyrkogatan mot stationen",
        "norra delen av Kyrkogatan",
        "Kyrkogatan (utanför Säffle)".replace("utanför ", ""),
    ],
)
def test_a_street_is_known_to_the_street(town: Gazetteer, phrase: str) -> None:
    place = found(town, phrase)
    assert (place.label, place.precision) == ("Kyrkogatan", Precision.STREET)
    assert at(place)[0] == 1000


def test_a_house_number_is_less_sure_than_the_street_alone(town: Gazetteer) -> None:
    assert found(town, "Kyrkogatan 14").confidence < found(town, "Kyrkogatan").confidence


@pytest.mark.parametrize(
    "phrase",
    [
        "Storgatans korsning med Skolgatan",
        "korsningen Storgatan/Skolgatan",
        "korsningen Storgatan och Skolgatan",
        "korsningen mellan Storgatan och Skolgatan",
        "i korsningen av Storgatan och Skolgatan",
        "korsn. Storg./Skolg.",
        "hörnet Skolgatan Storgatan",
        "Storgatan/Skolgatan",
        "Storgatan x Skolgatan",
        "Storgatan - Skolgatan",
        "Storgatan–Skolgatan",
        "Storgatan-Skolgatan",
        "där Storgatan korsar Skolgatan",
        "Storgatan vid Skolgatan",
        "Storgatan i korsningen med Skolgatan",
        "vid korsningen mellan Stortgatan och Skolgatn",
        "övergångsstället i korsningen Storgatan Skolgatan",
        "korsningen Storgatan/Skolgatan i Säffle",
    ],
)
def test_a_crossing_stands_for_the_spot(town: Gazetteer, phrase: str) -> None:
    place = found(town, phrase)
    assert (place.kind, place.precision, at(place)) == ("crossing", Precision.ADDRESS, (400, 0))


@pytest.mark.parametrize("phrase", ["Norra Ringvägen/Storgatan", "korsningen Kyrkogatan Älggatan"])
def test_streets_that_do_not_cross_wait(town: Gazetteer, phrase: str) -> None:
    assert ask(town, phrase).accepted is None


def test_two_streets_named_together_may_be_both(town: Gazetteer) -> None:
    assert ask(town, "Storgatan och Skolgatan").reason == "unsure"


def test_a_stretch_between_two_streets_is_known_to_the_street(town: Gazetteer) -> None:
    for phrase in (
        "Storgatan mellan Skolgatan och Kyrkogatan",
        "på Storgatan mellan Skolg. och Kyrkog.",
        "Storgatan från Skolgatan till Kyrkogatan",
    ):
        place = found(town, phrase)
        assert (place.kind, place.precision, at(place)) == ("stretch", Precision.STREET, (700, 0))


def test_a_street_by_a_school_is_the_spot_nearest_to_it(town: Gazetteer) -> None:
    place = found(town, "övergångsstället på Skolgatan vid Tegnérskolan")
    assert (place.precision, at(place)) == (Precision.NAMED_PLACE, (400, 150))
    assert at(found(town, "övergångsstället på Skolgatan vid skolan")) == (400, 150)


def test_a_school_by_a_street_is_the_school(town: Gazetteer) -> None:
    assert at(found(town, "skolan på Skolgatan")) == (420, 150)


def test_a_place_far_from_what_it_is_said_to_be_by_waits(town: Gazetteer) -> None:
    assert ask(town, "på Älggatan vid stationen").reason == "unsure"


def test_a_definite_noun_is_one_thing_where_there_is_but_one(town: Gazetteer) -> None:
    assert found(town, "torget").label == "Stortorget"
    assert found(town, "stationen").label == "Säffle station"
    assert found(town, "tågstationen i Säffle").label == "Säffle station"
    assert found(town, "parken").label == "Stadsparken"
    assert found(town, "torget i Säffle").label == "Stortorget"
    assert found(town, "skolan i Svanby").label == "Svanby skola"
    assert found(town, "Svanbys skola").label == "Svanby skola"


def test_a_definite_noun_that_fits_several_waits(town: Gazetteer) -> None:
    school = ask(town, "vid skolan")
    assert school.reason == "ambiguous"
    assert {one.label for one in school.candidates} == set(paper_town.SCHOOLS)


def test_two_streets_of_one_name_wait_and_the_locality_tells_which(town: Gazetteer) -> None:
    both = ask(town, "Storgatan")
    assert both.reason == "ambiguous"
    assert {one.label for one in both.candidates} == {"Storgatan", "Storgatan (Svanby)"}
    assert at(found(town, "Storgatan i Svanby"))[0] > 3_500
    assert at(found(town, "Storgatan, Svanby"))[0] > 3_500
    assert at(found(town, "Svanby, Storgatan 3"))[0] > 3_500
    assert at(found(town, "Storgatan vid Stadsparken"))[1] == 0


def test_several_anchors_are_each_held_against_the_map(town: Gazetteer) -> None:
    assert found(town, "Tegnérskolan, Skolgatan, nära Storgatan").label == "Tegnérskolan"
    assert ask(town, "Tegnérskolan, Skolgatan, nära Älggatan").accepted is None
    assert ask(town, "Norrstaden vid Norra Ringvägen på Svanby").accepted is None


def test_a_locality_that_is_not_here_waits(town: Gazetteer) -> None:
    assert ask(town, "torget i Karlstad").accepted is None
    assert ask(town, "Kyrkogatan, Åmål").accepted is None


def test_the_point_of_a_town_is_no_place_in_it(town: Gazetteer) -> None:
    assert found(town, "Kyrkogatan, Säffle").precision is Precision.STREET
    assert found(town, "Säffle").precision is Precision.MUNICIPALITY


def test_a_village_without_a_ground_is_a_locality_and_a_place(town: Gazetteer) -> None:
    assert found(town, "Älggatan i Hult").precision is Precision.STREET
    assert at(found(town, "i Hult")) == (1600, 320)
    assert found(town, "Kyrkogatan i Hult").label == "Kyrkogatan"


def test_a_district_alone_has_no_point(town: Gazetteer) -> None:
    place = found(town, "i Norrstaden")
    assert place.precision is Precision.AREA
    assert np.isnan(place.x)
    assert place.area_id == 7
    assert found(town, "Säffle").precision is Precision.MUNICIPALITY


def test_what_tells_namesakes_apart_is_never_a_misspelling(town: Gazetteer) -> None:
    assert found(town, "Norra Ringv").label == "Norra Ringvägen"
    assert found(town, "N. Ringvägen").label == "Norra Ringvägen"
    assert found(town, "Nora Ringvägen").label == "Norra Ringvägen"
    assert ask(town, "Ringvägen").accepted is None
    assert ask(town, "Västra Ringvägen").accepted is None
    assert ask(town, "Gamla Kyrkogatan").accepted is None


@pytest.mark.parametrize(
    "phrase",
    ["utanför Systemet", "hemma", "Blåkullagatan", "ICA Kyrkogatan", "hos ***", "överallt", "x", "i"],
)
def test_what_the_layers_do_not_know_waits(town: Gazetteer, phrase: str) -> None:
    assert ask(town, phrase).accepted is None


@pytest.mark.parametrize("phrase", ["", " ", "...", "–", "!?"])
def test_a_record_without_words_waits_for_want_of_words(town: Gazetteer, phrase: str) -> None:
    assert ask(town, phrase).reason == "no_words"


def test_a_bus_stop_at_the_gate_is_no_second_place(town: Gazetteer) -> None:
    assert found(town, "Tegnérskolan").kind == "school"
    assert found(town, "busshållplatsen Tegnérskolan").kind == "bus_stop"


def test_a_municipality_adds_places_and_other_words() -> None:
    town = paper_town.gazetteer(SYSTEMET)
    shop = found(town, "utanför Systemet")
    assert (shop.label, shop.precision) == ("Systembolaget", Precision.NAMED_PLACE)
    assert at(found(town, "bakom Folkan")) == (900, 60)
    assert town.unmatched == ("Gasverket",)
    assert ask(town, "Gasen").accepted is None


def test_the_threshold_and_the_margin_are_the_municipality_s() -> None:
    strict = paper_town.gazetteer("[gazetteer]\naccept = 0.97\n")
    assert ask(strict, "Kyrkgoatan").reason == "unsure"
    one = Candidate("A", "street", Precision.STREET, 0.0, 0.0, 0.95)
    other = Candidate("B", "street", Precision.STREET, 900.0, 0.0, 0.91)
    assert settle([one, other], accept=0.85, margin=0.05).reason == "ambiguous"
    assert settle([one, other], accept=0.85, margin=0.03).accepted == one
    assert settle([], accept=0.85, margin=0.05).reason == "unknown"


def test_edits_cost_what_they_are_worth() -> None:
    assert cost("storgatan", "storgatan") == 0
    assert cost("algatan", "älgatan") == pytest.approx(0.25)
    assert cost("storrgatan", "storgatan") == pytest.approx(0.6)
    assert cost("storgatna", "storgatan") == 1
    assert cost("storhatan", "storgatan") == 1  # the key beside
    assert cost("storpatan", "storgatan") == pytest.approx(1.4)
    assert cost("ztorgatan", "storgatan") == pytest.approx(1.0)  # sounds alike, but in the first letter
    assert cost("solvägen2", "solvägen3") is None


def test_words_are_near_when_few_letters_differ() -> None:
    left, right = near(["skolgtan", "xyz", "ågatan"], ["skolgatan", "storgatan", "agatan"])
    assert list(zip(left.tolist(), right.tolist(), strict=True)) == [(0, 0), (2, 2)]


EMPTY = make_gazetteer(
    schools=paper_town.schools().iloc[:0],
    areas=paper_town.areas().iloc[:0],
    streets=paper_town.streets().iloc[:0],
    project=paper_town.project(),
)
FULL = paper_town.gazetteer(SYSTEMET)


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_no_text_is_placed_where_nothing_is_known(phrase: str) -> None:
    resolution = EMPTY.resolve([phrase])[phrase_key(phrase)]
    accepted = resolution.accepted
    assert accepted is None or accepted.precision is Precision.MUNICIPALITY


WORDS = st.sampled_from(
    [
        "storgatan",
        "Skolg.",
        "vid",
        "mellan",
        "och",
        "/",
        "i",
        "Svanby",
        "torget",
        "korsningen",
        "med",
        "14",
        "från",
        "till",
        "skolan",
        ",",
        "mot",
        "norra",
        "sidan",
        "x",
        "Tegnérskolan",
        "***",
        "Säffle",
        "hörnet",
    ]
)


@given(st.lists(WORDS, max_size=8).map(" ".join))
@settings(max_examples=300, deadline=None)
def test_any_order_of_words_has_an_answer_or_a_reason(phrase: str) -> None:
    resolution = FULL.resolve([phrase])[phrase_key(phrase)]
    place = resolution.accepted
    assert (place is None) == (resolution.reason is not None)
    if place is not None:
        assert place.confidence >= 0.85
        has_point = bool(np.isfinite(place.x))
        assert has_point == (place.precision not in {Precision.AREA, Precision.MUNICIPALITY})


def test_links_without_names_and_empty_layers_are_no_entries() -> None:
    nameless = paper_town.streets().assign(name=None)
    town = make_gazetteer(
        schools=gpd.GeoDataFrame({"school_id": ["1"], "name": [None]}, geometry=[shapely.Point(0, 0)]),
        areas=paper_town.areas().iloc[:0],
        streets=nameless,
        project=paper_town.project(),
    )
    assert ask(town, "Storgatan").reason == "unknown"
