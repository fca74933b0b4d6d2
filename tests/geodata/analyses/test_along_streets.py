"""Stretches of made-up towns: what is counted, what is expected, who may see it."""

import numpy as np
import pytest
import shapely
from provstad import EAST, NORTH, Town, background, frame, planned_town, squares

from geodata.analyses.stretches import find_stretches
from geodata.errors import ParameterError
from geodata.evidence.agreement import Agreement
from geodata.privacy import Audience
from geodata.schema import Stream
from geodata.selection import Selection

POLICE = Selection(Audience.POLICE)
EVERY = 10**6


def cross():
    """Two streets of 1,200 m that meet in their middle, and a road without a name by itself."""
    lines = [
        ("Storgatan", "primary", [(0, 600), (600, 600)]),
        ("Storgatan", "primary", [(600, 600), (1200, 600)]),
        ("Skolgatan", "residential", [(600, 0), (600, 600)]),
        ("Skolgatan", "residential", [(600, 600), (600, 1200)]),
        (None, "service", [(1500, 0), (1500, 80)]),
    ]
    return frame(
        "streets",
        [
            {
                "street_id": number,
                "name": name,
                "road_class": road_class,
                "geometry": shapely.LineString([(EAST + x, NORTH + y) for x, y in points]),
            }
            for number, (name, road_class, points) in enumerate(lines)
        ],
    )


@pytest.fixture
def small(workspace):
    """A cross with one busy spot, a record in a field, and some known only to the municipality."""
    town = Town(streets=cross(), population=squares(12))
    town.add(EAST + 300, NORTH + 604, count=9)
    town.add(EAST + 600, NORTH + 900, count=6, category="damage_vandalism", stream="survey")
    town.add(EAST + 603, NORTH + 603)
    town.add(EAST + 1503, NORTH + 40, count=2)
    town.add(EAST + 900, NORTH + 900, count=2)
    town.add(None, None, location_precision="municipality", count=4)
    return town.publish(workspace)


def test_every_record_on_a_street_is_on_one_stretch(usual):
    answer = find_stretches(usual, POLICE, limit=EVERY)
    snapped = usual.records.problems(POLICE) & usual.in_hotspots & (usual.records.street_id >= 0)
    assert sum(one.count for one in answer.stretches) == answer.used == snapped.sum()
    assert len(answer.stretches) == answer.found
    assert find_stretches(usual, POLICE, limit=3).stretches == answer.stretches[:3]


def test_the_hot_spots_of_a_town_come_first(usual):
    answer = find_stretches(usual, POLICE)
    first = answer.stretches[:3]
    assert [(one.rank, one.street) for one in first] == [(1, "Östra 4"), (2, "Norra 3"), (3, "Östra 16")]
    assert {first[0].from_cross, first[0].to_cross} == {"Norra 3", "Norra 7"}
    assert first[2].top_category == "damage_vandalism"
    assert all(one.low > 3 for one in first)
    assert all(one.low < 1.5 for one in answer.stretches[3:])


def test_the_same_question_has_the_same_answer(usual):
    assert find_stretches(usual, POLICE) == find_stretches(usual, POLICE)


def test_a_stretch_says_where_it_is_and_what_it_holds(small):
    answer = find_stretches(small, POLICE)
    assert (answer.used, answer.off_street, answer.left_out) == (18, 2, {"municipality": 4})
    assert (answer.counting_rule, answer.window_m, answer.step_m) == ("along_street", 400, 100)
    by_street = {(one.street, one.count): one for one in answer.stretches}
    busy = by_street["Storgatan", 10]  # with the one in the crossing, for it is the larger street
    assert (busy.from_cross, busy.to_cross, busy.length_m) == (None, "Skolgatan", 400)
    assert busy.low < busy.ratio < busy.high
    assert (busy.tellable, busy.top_category, busy.road_class) == (True, "traffic_speed", "primary")
    assert by_street["Skolgatan", 6].top_category == "damage_vandalism"
    unnamed = by_street[None, 2]
    assert (unnamed.rank, unnamed.tellable, unnamed.length_m) == (None, False, 80)
    west, south, east, north = unnamed.line.bounds
    assert 10 < west < east + 1e-9 < 20
    assert 55 < south < north < 65


def test_a_shorter_window_ends_at_the_crossing(small):
    answer = find_stretches(
        small, Selection(Audience.POLICE, streams=frozenset({Stream.SURVEY})), length_m=500
    )
    (stretch,) = answer.stretches
    assert {stretch.from_cross, stretch.to_cross} == {"Storgatan", None}


def test_what_is_expected_along_the_streets_adds_up_to_what_happened(workspace):
    town = planned_town()
    background(town, records=2000, blocks=20)
    ground = town.publish(workspace)
    answer = find_stretches(ground, POLICE, limit=EVERY)
    assert sum(one.expected for one in answer.stretches) == pytest.approx(answer.used, rel=0.05)
    ratios = [one.ratio for one in answer.stretches]
    assert np.quantile(ratios, 0.95) < 1.6


def test_without_a_stream_of_records_there_is_nothing_to_show(workspace):
    town = Town(streets=cross())
    town.add(EAST + 900, NORTH + 900, count=7)
    answer = find_stretches(town.publish(workspace), POLICE)
    assert (answer.stretches, answer.found, answer.used, answer.off_street) == ((), 0, 0, 7)
    assert "none_on_streets" in answer.warnings


def test_without_streets_it_says_so(workspace):
    town = Town(population=squares(3))
    town.add(EAST + 50, NORTH + 50, count=7)
    answer = find_stretches(town.publish(workspace), POLICE)
    assert (answer.stretches, answer.used, answer.off_street) == ((), 0, 7)
    assert answer.warnings == ("stretches_need_streets", "no_streets")


def test_few_records_have_no_rank(workspace):
    town = Town(streets=cross())
    town.add(EAST + 300, NORTH + 600, count=3)
    answer = find_stretches(town.publish(workspace), POLICE)
    assert [one.rank for one in answer.stretches] == [None]
    assert "too_few_to_rank" in answer.warnings


@pytest.mark.parametrize("audience", [Audience.COUNCIL, Audience.PUBLIC])
def test_who_sees_no_cells_sees_no_stretches(small, audience):
    answer = find_stretches(small, Selection(audience))
    assert (answer.stretches, answer.found, answer.warnings) == ((), 0, ("stretches_withheld",))
    assert (answer.off_street, answer.left_out) == (None, {})


@pytest.mark.parametrize("length_m", [49.9, -400, float("nan")])
def test_a_window_has_a_length(small, length_m):
    with pytest.raises(ParameterError) as caught:
        find_stretches(small, POLICE, length_m=length_m)
    assert caught.value.code == "stretch_too_short"


def test_a_stretch_has_its_three_streams_side_by_side_and_how_they_agree(usual):
    answer = find_stretches(usual, POLICE)
    for one in answer.stretches:
        assert [stream.stream for stream in one.streams] == list(Stream)
        assert sum(stream.count for stream in one.streams) == one.count
        assert all(stream.low <= stream.ratio <= stream.high for stream in one.streams)
        assert (one.agreement_sureness is None) == (one.agreement is Agreement.TOO_FEW)
    felt_too = answer.stretches[0]
    assert felt_too.agreement is Agreement.FELT_AND_RECORDED
    assert felt_too.agreement_sureness > 0.9


def test_streams_that_are_not_asked_for_stand_beside_those_that_are(usual):
    only = Selection(Audience.POLICE, streams=frozenset({Stream.INCIDENT}))
    first = find_stretches(usual, only, limit=1).stretches[0]
    by_stream = {one.stream: one for one in first.streams}
    assert by_stream[Stream.INCIDENT].count == first.count
    assert by_stream[Stream.INCIDENT].expected == pytest.approx(first.expected)
