"""When an answer was fetched is read from its name, and only then from the file's own clock."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.fetched import fetched_at, stamped

MIDDAY = datetime(2024, 2, 13, 13, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "name",
    [
        "2024-02-13T132230Z_events.json",
        "polisen/2024-02-13T132230Z_events.json",
        "2024-02-12T000000Z/2024-02-13T132230Z_events.json",
        "events_2024-02-13T13:22:30Z.json",
        "2024-02-13T13-22-30Z.json",
        "2024-02-13T132230.481Z.json",
    ],
)
def test_the_name_says_when(name: str) -> None:
    assert fetched_at(name, mtime=0.0) == MIDDAY


@pytest.mark.parametrize(
    "name", ["events.json", "2024-02-13_events.json", "2024-02-30T132230Z.json", "2024-02-13T256190Z.json"]
)
def test_a_name_without_a_moment_leaves_it_to_the_clock_of_the_file(name: str) -> None:
    assert fetched_at(name, MIDDAY.timestamp() + 0.75) == MIDDAY
    assert fetched_at(name) is None


@given(st.datetimes(datetime(2000, 1, 2), datetime(2099, 1, 1)), st.integers(-12 * 60, 14 * 60))
def test_what_is_saved_is_read_back(moment: datetime, offset: int) -> None:
    local = moment.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=offset)))
    assert fetched_at(f"polisen/{stamped(local, 'events.json')}") == local
