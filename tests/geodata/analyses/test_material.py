"""What a method is told of time: the days that were asked about and that anything has come in for."""

from datetime import date

import numpy as np
import pytest
from provstad import EAST, NORTH, planned_town

from geodata.analyses.hotspots import find_hotspots
from geodata.analyses.material import gather
from geodata.periods import Period
from geodata.privacy import Audience
from geodata.schema import Stream
from geodata.selection import Selection

INCIDENTS = frozenset({Stream.INCIDENT})


def day(text):
    return int(np.datetime64(text, "D").astype(np.int64))


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """Incidents from January to August 2025, speeding until June; a survey whose days nobody noted."""
    made, nobody = planned_town(), {"local_first": None, "local_last": None, "time_precision": "unknown"}
    for number in range(8):
        made.add(EAST + 400, NORTH + 400, day=f"2025-0{number + 1}-05", category="disorder_noise", count=5)
    made.add(EAST + 900, NORTH + 400, day="2025-06-20", count=5)
    made.add(EAST + 900, NORTH + 400, local_first=date(2025, 1, 1), local_last=date(2025, 12, 31))
    made.add(EAST + 600, NORTH + 600, stream="survey", count=40, **nobody)
    return made.publish(tmp_path_factory.mktemp("material") / "provstad")


def told(town, selection):
    rows = np.flatnonzero(town.records.problems(selection) & town.records.in_hotspots)
    return gather(town, selection, rows, grid="square")


@pytest.mark.parametrize(
    ("first", "last", "seen"),
    [
        (date(2025, 1, 1), date(2025, 12, 31), ("2025-01-05", "2025-08-05")),
        (date(2025, 2, 1), date(2025, 5, 1), ("2025-02-01", "2025-05-01")),
        (date(1, 1, 1), date(9999, 12, 31), ("2025-01-05", "2025-08-05")),
        (date(2031, 1, 1), date(2031, 1, 31), ("2031-01-01", "2031-01-31")),
    ],
)
def test_days_that_nothing_has_come_in_for_are_not_quiet_ones(town, first, last, seen):
    """Else a year that is not over has nothing new in it, and one without end is cut into weeks for ever."""
    given = told(town, Selection(Audience.POLICE, streams=INCIDENTS, period=Period(first, last)))
    assert (given.first_day, given.last_day) == (day(seen[0]), day(seen[1]))


def test_a_category_that_has_gone_quiet_is_quiet(town):
    given = told(town, Selection(Audience.POLICE, streams=INCIDENTS, categories=frozenset({"traffic_speed"})))
    assert given.last_day == day("2025-08-05")
    assert given.events.day_known.sum() == 5


def test_records_without_a_day_have_none(town):
    asked = Selection(Audience.POLICE, streams=frozenset({Stream.SURVEY}))
    assert not told(town, asked).events.day_known.any()
    for method in ("near_repeat", "emerging", "space_time_scan"):
        answer = find_hotspots(town, asked, method=method)
        assert (answer.used, answer.not_used) == (40, {"day_unknown": 40})
