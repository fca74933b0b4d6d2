"""What was done is kept once, whoever sends it and however often; what can't be is refused."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import shapely

from geodata.errors import MissingError, ParameterError
from geodata.periods import Period
from geodata.places.place import PlaceCandidate
from geodata.promises.activity import ActivityKind, CarType, Party
from geodata.promises.log_entry import LogEntry
from geodata.schema import PlaceKind
from geodata.store.place_edits import PlaceSeen
from geodata.store.register import Register

NOON = datetime(2026, 5, 5, 10, tzinfo=UTC)
NOW = datetime(2026, 6, 1, tzinfo=UTC)
ENTRY = LogEntry(
    entry_key="a",
    kind=ActivityKind.TRAFFIC_CHECK,
    started_at=NOON,
    ended_at=NOON + timedelta(minutes=15),
    place_id=1,
    x=50.0,
    y=20.0,
    parties=frozenset({Party.POLICE, Party.MUNICIPALITY}),
    with_whom="Fältgruppen",
    car=CarType.UNMARKED,
    slot_id=7,
    activity_id=None,
    checked=12,
    reported=2,
    note="Lugnt",
    logged_by="kim",
    logged_at=NOON + timedelta(hours=1),
)


@pytest.fixture
def register(tmp_path):
    opened = Register(tmp_path, municipality_code="9999", working_crs=3006)
    opened.propose([PlaceCandidate(PlaceKind.SQUARE, "Torget", shapely.box(0, 0, 100, 100), "areas:1")])
    yield opened
    opened.close()


def test_an_entry_comes_back_as_it_was(register):
    assert register.log.add(ENTRY, now=NOW)
    assert register.log.entries() == (ENTRY,)
    bare = replace(
        ENTRY, entry_key="b", place_id=None, x=None, y=None, car=None, checked=None, reported=None, note=""
    )
    assert register.log.add(bare, now=NOW)
    assert register.log.entries() == (ENTRY, bare)


def test_what_is_sent_twice_is_one_even_by_another_hand(register):
    assert register.log.add(ENTRY, now=NOW)
    assert not register.log.add(replace(ENTRY, logged_by="lo", logged_at=NOW), now=NOW)
    assert register.log.entries() == (ENTRY,)
    with pytest.raises(ParameterError) as raised:
        register.log.add(replace(ENTRY, checked=99), now=NOW)
    assert raised.value.code == "log_key_taken"
    assert register.log.entries() == (ENTRY,)


def test_what_is_sent_again_after_its_stop_was_moved_is_the_same_and_stays_where_it_was(register):
    assert register.log.add(ENTRY, now=NOW)
    assert not register.log.add(replace(ENTRY, x=ENTRY.x + 40, y=ENTRY.y - 5), now=NOW)
    assert register.log.entries() == (ENTRY,)


def test_two_devices_at_once_lose_nothing_and_count_nothing_twice(tmp_path, register):
    other = Register(tmp_path, municipality_code="9999", working_crs=3006)
    entries = [replace(ENTRY, entry_key=str(number)) for number in range(12)]
    with ThreadPoolExecutor(4) as pool:
        sent = [
            pool.submit(log.add, entry, now=NOW) for entry in entries for log in (register.log, other.log)
        ]
    other.close()
    assert sum(one.result() for one in sent) == 12
    assert {entry.entry_key for entry in register.log.entries()} == {str(number) for number in range(12)}


def test_a_register_of_another_municipality_sees_nothing(tmp_path, register):
    register.log.add(ENTRY, now=NOW)
    other = Register(tmp_path, municipality_code="1785", working_crs=3006)
    assert other.log.entries() == ()
    other.close()


def test_entries_are_listed_by_local_day_place_and_activity(register):
    zone = ZoneInfo("Europe/Stockholm")
    late = datetime(2026, 5, 31, 22, 30, tzinfo=UTC)  # 1 June, 00:30 in Sweden
    night = replace(ENTRY, entry_key="night", started_at=late, ended_at=late, place_id=None)
    for entry in (night, ENTRY):
        register.log.add(entry, now=NOW)
    first, before = Period(date(2026, 5, 1), date(2026, 5, 31)).instants(zone)
    assert register.log.entries(started_from=first, started_before=before) == (ENTRY,)
    assert register.log.entries(started_from=before) == (night,)
    assert register.log.entries(place_id=1) == (ENTRY,)
    assert register.log.entries(activity_id=3) == ()


def test_a_withdrawn_entry_is_kept_and_does_not_come_back(register):
    register.log.add(ENTRY, now=NOW)
    assert register.log.withdraw("a", by="lo", why=" Fel plats ")
    assert not register.log.withdraw("a", by="kim", why="x")
    assert not register.log.add(ENTRY, now=NOW)
    assert register.log.entries() == ()
    (kept,) = register.log.withdrawn()
    assert (kept.entry, kept.withdrawn_by, kept.why) == (ENTRY, "lo", "Fel plats")
    with pytest.raises(MissingError, match="no such entry"):
        register.log.withdraw("b", by="lo", why="x")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"entry_key": " "}, "log_key"),
        ({"parties": frozenset()}, "log_no_party"),
        ({"note": "x" * 4001}, "log_text_long"),
        ({"started_at": datetime(2026, 5, 5, 10)}, "log_time_naive"),
        ({"ended_at": NOON - timedelta(seconds=1)}, "log_backwards"),
        ({"ended_at": NOON + timedelta(hours=25)}, "log_too_long"),
        ({"started_at": NOW + timedelta(hours=1), "ended_at": NOW + timedelta(hours=2)}, "log_in_future"),
        ({"x": None}, "log_point_half"),
        ({"place_id": 99}, "log_place_unknown"),
        ({"checked": -1}, "log_count_wrong"),
        ({"reported": 13}, "log_reported_more"),
        ({"activity_id": 5}, "log_activity_unknown"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(register, changed, code):
    with pytest.raises(ParameterError) as raised:
        register.log.add(replace(ENTRY, **changed), now=NOW)
    assert raised.value.code == code
    assert register.log.entries() == ()


def test_a_retired_place_takes_what_was_done_before_and_nothing_after(register):
    register.edits.retire(PlaceSeen(1, 0), by="kim")
    assert register.log.add(ENTRY)
    later = datetime.now(UTC) + timedelta(minutes=1)
    with pytest.raises(ParameterError, match="Torget was retired"):
        register.log.add(replace(ENTRY, entry_key="b", started_at=later, ended_at=later))
