"""Events at a square: which belong there, which are coming, and what is recorded when there is one."""

from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest
import shapely
from provstad import EAST, NORTH, frame, planned_town

from geodata.analyses.place_evidence import events_at_places
from geodata.analyses.public_events import public_events
from geodata.evidence.matched_times import inside, joined, matched
from geodata.privacy import Audience
from geodata.selection import Selection

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def event(number, name, day, first, last, *, place="Stortorget, Provstad", point=None):
    at = {
        key: pd.Timestamp(f"{day}T{hour:02d}:00", tz="UTC")
        for key, hour in (("starts", first), ("ends", last))
    }
    return {"event_id": str(number), "name": name, "place": place, "geometry": point, **at}


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    """Six fair days on Saturdays with three incidents each, one on every other Saturday of the year."""
    town = planned_town()
    fairs = [f"2025-{month:02d}-{day:02d}" for month, day in ((3, 1), (4, 5), (5, 3), (6, 7), (8, 2), (9, 6))]
    # Ten to fourteen o'clock in Sweden: an hour or two less in UTC.
    rows = [event(n, "Torgdag", day, 9, 12) for n, day in enumerate(fairs)]
    rows.append(event(90, "Julmarknad", "2026-12-05", 9, 15))
    rows.append(event(91, "Match", "2025-05-10", 9, 12, point=shapely.Point(EAST + 210, NORTH + 1610)))
    rows.append(event(92, "Fotboll", "2025-05-17", 9, 12, place="Nya Stortorgetskolan"))
    town.events = frame("events", rows)
    for day in pd.date_range("2025-01-04", "2025-12-27", freq="7D"):
        count = 3 if f"{day:%Y-%m-%d}" in fairs else 1
        town.add(
            EAST + 1000,
            NORTH + 1000,
            category="order_disturbance",
            day=f"{day:%Y-%m-%d}",
            count=count,
            local_hour=12,
            time_precision="hour",
        )
    return town.publish(tmp_path_factory.mktemp("events") / "provstad")


def told(ground, name, audience=Audience.POLICE):
    selection = Selection(audience)
    row = next(number for number, place in enumerate(ground.places) if place.name == name)
    rows = events_at_places(ground, selection).of(row)
    return public_events(ground, ground.places[row], selection, rows, now=NOW)


def test_events_are_held_against_the_same_hours_of_the_weeks_around(ground):
    answer = told(ground, "Stortorget")
    compared = answer.compared
    assert (compared.count, compared.days) == (18, 6)
    # Eight Saturdays round each fair day, less those that two share; none is a fair day itself.
    assert compared.other_count == compared.other_days
    assert compared.ratio == pytest.approx(3.0)
    assert 1 < compared.low < 3 < compared.high


def test_an_event_belongs_by_its_point_or_by_the_name_of_the_square_alone(ground):
    assert told(ground, "Stortorget").known == 7
    assert told(ground, "Nytorget").known == 1


def test_what_is_coming_is_told_to_everybody_and_counts_are_not(ground):
    answer = told(ground, "Stortorget", Audience.PUBLIC)
    assert [(one.name, one.starts) for one in answer.coming] == [("Julmarknad", datetime(2026, 12, 5, 10))]
    assert answer.compared is None


def test_without_any_events_nothing_is_told_of_them(usual):
    place = usual.places[0]
    assert public_events(usual, place, Selection(Audience.POLICE), np.zeros(0, dtype=np.int64)) is None


def test_times_are_matched_within_what_is_covered_and_never_over_an_event():
    starts = np.array(["2025-03-01T10:00", "2025-03-08T10:00", "2025-03-08T11:30"], dtype="datetime64[s]")
    ends = starts + np.timedelta64(2, "h")
    spans = joined(starts, ends)
    assert spans[0].astype(str).tolist() == ["2025-03-01T10", "2025-03-08T10"]
    assert spans[1].astype(str).tolist() == ["2025-03-01T12", "2025-03-08T14"]
    first, last = np.datetime64("2025-02-20"), np.datetime64("2025-03-20")
    against = matched(spans, first_day=first, last_day=last)
    assert sorted(set(against[0].astype("datetime64[D]").astype(str))) == ["2025-02-22", "2025-03-15"]
    hours = np.array(["2025-03-08T13", "2025-03-08T14", "NaT"], dtype="datetime64[h]")
    assert inside(spans, hours) == 1
