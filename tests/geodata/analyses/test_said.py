"""When answers say that it happens: kept apart from recorded times, and choosing a window where these can't."""

import numpy as np
import pytest
from provstad import EAST, NORTH, background, planned_town

from geodata.analyses.place import describe_place
from geodata.analyses.place_evidence import events_at_places
from geodata.analyses.plan import bears
from geodata.analyses.windows import place_windows
from geodata.evidence.windows import StreamCount, Window
from geodata.periods import TimeWindow
from geodata.privacy import Audience
from geodata.selection import Selection

POLICE = Selection(Audience.POLICE)


def told(town, x, y, ways, category="traffic_speed"):
    for way, count in ways.items():
        town.add(EAST + x, NORTH + y, stream="survey", category=category, count=count, said_when=way or None)


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    """A school about which mornings are named, one as elsewhere, and one whose incidents tell the time."""
    town = planned_town()
    background(town, records=400, blocks=20)
    elsewhere = {"weekday_morning": 40, "weekday_afternoon": 40, "evening": 40, "": 60}
    for x, y in ((50, 1950), (1950, 50), (1950, 1950)):
        told(town, x, y, elsewhere)
    told(town, 400, 420, {"weekday_morning": 18, "school_start": 4, "evening": 2, "always": 3, "": 5})
    told(town, 1500, 420, {"weekday_morning": 9, "weekday_afternoon": 9, "evening": 9})
    for day in range(3, 8):
        town.add(
            EAST + 1000,
            NORTH + 1600,
            day=f"2025-03-0{day}",
            count=6,
            local_hour=14,
            time_precision="hour",
        )
    told(town, 1000, 1600, {"weekday_afternoon": 6, "evening": 4})
    return town.publish(tmp_path_factory.mktemp("said") / "provstad")


def at(ground, name, selection=POLICE):
    row = next(number for number, place in enumerate(ground.places) if place.name == name)
    return place_windows(ground, selection, events_at_places(ground, selection)).at(row, most=3)


def answer(ground, name, audience=Audience.POLICE):
    place = next(one for one in ground.places if one.name == name)
    return describe_place(ground, place.place_id, Selection(audience))


def test_answers_choose_a_window_where_recorded_times_are_too_few(ground):
    (window, *_) = at(ground, "Skola 1")
    assert window.from_said
    assert (window.weekdays, window.from_minute, window.to_minute) == ((0, 1, 2, 3, 4), 360, 540)
    assert StreamCount("said", 22, 24) in window.evidence
    assert window.strength.low > 1


def test_what_is_said_as_elsewhere_chooses_nothing(ground):
    assert at(ground, "Skola 2") == ()


def test_recorded_times_go_first_and_answers_stand_beside_them(ground):
    (window, *_) = at(ground, "Skola 3")
    assert not window.from_said
    assert StreamCount("said", 6, 10) in window.evidence
    assert any(one.stream == "incident" for one in window.evidence)


def test_hours_that_are_chosen_come_back_as_no_finding(ground):

    chosen = Selection(Audience.POLICE, window=TimeWindow(frozenset(range(7)), 6, 9))
    assert at(ground, "Skola 1", chosen) == ()


def test_a_place_tells_what_answers_say_of_when(ground):
    said = answer(ground, "Skola 1").said
    assert (said.answers, said.of, said.always) == (24, 32, 3)
    assert said.parts == (("weekday_morning", 18), ("school_start", 4), ("evening", 2))
    weight = np.array(said.weight)
    assert weight.sum() == pytest.approx(24)
    # Eighteen mornings over fifteen hours; four who say school start, 07.30 to 08.30, over five.
    assert weight[0, 6] == pytest.approx(18 / 15)
    assert weight[0, 7] == pytest.approx(18 / 15 + 4 / 10)
    assert said.naming[0][7] == 22
    assert said.naming[6][19] == 2


def test_the_recorded_rhythm_holds_no_said_hour(ground):
    told = answer(ground, "Skola 3")
    assert sum(map(sum, told.rhythm)) == told.rhythm_known
    assert told.rhythm_known >= 30


def test_the_council_is_told_no_count_of_what_is_said(ground):
    told = answer(ground, "Skola 1", Audience.COUNCIL)
    assert told.said is None
    (window, *_) = told.when.windows
    assert (window.evidence, window.strength) == ((), None)


def test_a_plan_does_not_rest_on_said_hours_alone(ground):
    windows = place_windows(ground, POLICE, events_at_places(ground, POLICE))
    assert bears(windows, len(ground.places))
    alone = [row for row, place in enumerate(ground.places) if place.name == "Skola 1"]
    assert not any(not one.from_said for row in alone for one in windows.at(row, most=1))


def test_a_ground_without_such_words_is_as_before(usual):
    place = usual.places[0]
    assert describe_place(usual, place.place_id, POLICE).said is None


def test_a_said_window_runs_past_midnight_and_on_half_hours():
    from geodata.evidence.said import candidate, half_hours_said, names
    from geodata.said_when import read_window, windows_of

    late = read_window("fri-sat 22:10-02:00")
    assert candidate(late) == Window((4, 5), 22 * 60, 2 * 60)
    held = half_hours_said([late])
    assert held[4 * 48 + 44] == pytest.approx(2 / 3)
    assert held[6 * 48 + 3] == 1.0  # Sunday 01.30
    assert held.sum() == pytest.approx(2 * 230 / 30)
    assert names(held[None], Window((4, 5), 19 * 60, 2 * 60)).all()
    assert candidate(read_window("00:00-24:00")) is None
    assert candidate(read_window("08:00-08:20")) is None
    (weekend, days) = windows_of("weekend", bells=("08:10", "14:30"))
    assert (weekend.weekdays, weekend.minutes, days.minutes) == ((4,), 360, 1440)
