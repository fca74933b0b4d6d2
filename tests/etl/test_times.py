"""When: formats, precision, and the two odd nights of the year."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.acceptance import NEUTRAL
from etl.context import Context
from etl.dates import moments, shape_of
from etl.readers.raw_table import RawTable
from etl.rules import TimeRule
from etl.times import Times, read_times
from etl.validate import Findings

STOCKHOLM = ZoneInfo("Europe/Stockholm")
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def times(rule: TimeRule, **cells: str | list[str]) -> tuple[Times, Findings]:
    columns = {name: [value] if isinstance(value, str) else value for name, value in cells.items()}
    frame = pd.DataFrame({name: pd.Series(values, dtype="str") for name, values in columns.items()})
    findings = Findings(frame, excused=np.zeros(len(frame), dtype=bool))
    context = Context(project=NEUTRAL, source="s", file="f", mapping="m", now=NOW)
    return read_times(frame, rule, context, findings), findings


def one(rule: TimeRule, **cells: str) -> dict[str, object]:
    found, findings = times(rule, **cells)
    assert not findings.rejected.any()
    return {name: values.iloc[0] for name, values in found.columns().items()}


def at(text: str) -> pd.Timestamp:
    return pd.Timestamp(text, tz="UTC")


CLOCK = TimeRule(date="d", date_formats=("%Y-%m-%d", "%d.%m.%Y", "%y%m%d", "%d %B %Y"), clock="c")


@pytest.mark.parametrize(
    ("group", "start", "end"),
    [
        ("00-01", "2025-10-25 22:00", "2025-10-25 23:00"),
        ("01-02", "2025-10-25 23:00", "2025-10-26 00:00"),
        ("02-03", "2025-10-26 00:00", "2025-10-26 02:00"),
        ("03-04", "2025-10-26 02:00", "2025-10-26 03:00"),
    ],
)
def test_the_hours_of_the_autumn_night_follow_each_other(group: str, start: str, end: str) -> None:
    row = one(CLOCK, d="2025-10-26", c=group)
    assert (row["occurred_from"], row["occurred_to"]) == (at(start), at(end))


@pytest.mark.parametrize("written", ["2026-08-22", "22.8.2026", "260822", "22 augusti 2026", "22 AUG 2026"])
@pytest.mark.parametrize("clock", ["17.59", "17:59", "1759", "17:59:00"])
def test_a_day_and_a_clock_as_swedish_files_write_them(written: str, clock: str) -> None:
    row = one(CLOCK, d=written, c=clock)
    assert row["occurred_from"] == row["occurred_to"] == at("2026-08-22 15:59")
    assert (row["time_precision"], row["local_weekday"], row["local_hour"]) == ("minute", 5, 17)
    assert (row["local_first"], row["local_last"]) == (date(2026, 8, 22), date(2026, 8, 22))


def test_a_day_without_a_clock_is_a_whole_local_day() -> None:
    row = one(CLOCK, d="2026-10-25", c="")
    assert (row["occurred_from"], row["occurred_to"]) == (at("2026-10-24 22:00"), at("2026-10-25 23:00"))
    assert (row["time_precision"], row["local_hour"], row["local_weekday"]) == ("day", -1, 6)


def test_an_hour_group_is_that_hour() -> None:
    row = one(CLOCK, d="2026-01-07", c="07-08")
    assert (row["occurred_from"], row["occurred_to"]) == (at("2026-01-07 06:00"), at("2026-01-07 07:00"))
    assert (row["time_precision"], row["local_hour"]) == ("hour", 7)


def test_a_wide_hour_group_is_a_part_of_the_day() -> None:
    row = one(CLOCK, d="2026-01-07", c="22-03")
    assert (row["occurred_from"], row["occurred_to"]) == (at("2026-01-07 21:00"), at("2026-01-08 02:00"))
    assert (row["time_precision"], row["local_hour"]) == ("part_of_day", -1)


def test_the_hour_that_comes_twice_becomes_an_interval_over_both() -> None:
    row = one(CLOCK, d="2026-10-25", c="02:30")
    assert (row["occurred_from"], row["occurred_to"]) == (at("2026-10-25 00:30"), at("2026-10-25 01:30"))
    assert (row["time_precision"], row["local_hour"]) == ("hour", 2)


def test_the_hour_group_that_comes_twice_holds_both() -> None:
    row = one(CLOCK, d="2026-10-25", c="02-03")
    assert (row["occurred_from"], row["occurred_to"]) == (at("2026-10-25 00:00"), at("2026-10-25 02:00"))


@pytest.mark.parametrize("clock", ["02:30", "02-03"])
def test_the_hour_that_does_not_exist_is_rejected(clock: str) -> None:
    _, findings = times(CLOCK, d="2026-03-29", c=clock)
    assert findings.rejected.all()


def test_a_moment_with_an_offset_is_held_to_even_when_the_hour_comes_twice() -> None:
    row = one(TimeRule(moment="m"), m="2026-10-25T02:30:00+01:00")
    assert row["occurred_from"] == row["occurred_to"] == at("2026-10-25 01:30")
    assert (row["time_precision"], row["local_hour"]) == ("minute", 2)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2025-05-12T14:03:22.000+02:00", "2025-05-12 12:03:22"),
        ("2025-05-12 14:03:22", "2025-05-12 12:03:22"),
        ("2025-05-12T12:03:22Z", "2025-05-12 12:03:22"),
    ],
)
def test_moments_of_iso_8601(written: str, expected: str) -> None:
    assert one(TimeRule(moment="m"), m=written)["occurred_from"] == at(expected)


def test_a_moment_without_a_clock_is_a_day() -> None:
    assert one(TimeRule(moment="m"), m="2025-05-12")["time_precision"] == "day"


def test_an_american_moment_by_its_format() -> None:
    rule = TimeRule(moment="m", moment_formats=("%m/%d/%Y %I:%M:%S %p",))
    assert one(rule, m="4/11/2019 1:22:44 PM")["occurred_from"] == at("2019-04-11 11:22:44")


PARTS = TimeRule(year="y", month="m", day="d")


@pytest.mark.parametrize(
    ("parts", "precision", "first", "last"),
    [
        (("2025", "3", "14"), "day", "2025-03-13 23:00", "2025-03-14 23:00"),
        (("2025", "mars", ""), "month", "2025-02-28 23:00", "2025-03-31 22:00"),
        (("2025", "", ""), "year", "2024-12-31 23:00", "2025-12-31 23:00"),
        (("2025", "", "14"), "year", "2024-12-31 23:00", "2025-12-31 23:00"),
    ],
)
def test_parts_of_a_date_give_what_they_know(
    parts: tuple[str, str, str], precision: str, first: str, last: str
) -> None:
    row = one(PARTS, y=parts[0], m=parts[1], d=parts[2])
    assert (row["time_precision"], row["occurred_from"], row["occurred_to"]) == (
        precision,
        at(first),
        at(last),
    )
    known = precision == "day"
    assert (row["local_weekday"] >= 0, row["local_first"] == row["local_last"]) == (known, known)


def test_a_day_that_the_year_does_not_have_is_rejected() -> None:
    _, findings = times(PARTS, y=["2024", "2025"], m=["2", "2"], d=["29", "29"])
    assert findings.rejected.tolist() == [False, True]


EVENT = TimeRule(month="m", day="d", clock="c", published="p", published_formats=("%Y-%m-%d %H:%M:%S %z",))


@pytest.mark.parametrize(
    ("day", "month", "published", "year"),
    [
        ("22", "augusti", "2026-08-22 9:13:04 +02:00", 2026),
        ("31", "december", "2026-01-01 0:15:00 +01:00", 2025),
        ("1", "januari", "2026-01-01 0:15:00 +01:00", 2026),
        # Published minutes before midnight, dated by a clock that was past it.
        ("1", "januari", "2025-12-31 23:59:00 +01:00", 2026),
        ("29", "februari", "2024-03-01 8:00:00 +01:00", 2024),
    ],
)
def test_an_event_without_a_year_takes_it_from_its_publication(
    day: str, month: str, published: str, year: int
) -> None:
    row = one(EVENT, d=day, m=month, c="00.10", p=published)
    assert row["local_first"].year == year


@pytest.mark.parametrize("empty", ["p", "m", "d"])
def test_an_event_without_a_year_needs_all_that_gives_one(empty: str) -> None:
    rule = TimeRule(month="m", day="d", clock="c", published="p", published_formats=("%Y-%m-%d",))
    cells = {"m": "mars", "d": "21", "c": "09:30", "p": "2025-03-21", empty: ""}
    _, findings = times(rule, **cells)
    raw = RawTable(pd.DataFrame({name: [cell] for name, cell in cells.items()}), np.array([7]))
    (rejection,) = findings.rejections(raw, file="f")
    assert (rejection.code, rejection.column, rejection.row) == ("value_missing", empty, 7)


@pytest.mark.parametrize("pattern", ["%Q", "%Y-%m-%d %Y", "%Y-%m", "%H:%M", "%d %", "", "%m/%B/%d/%Y"])
def test_a_format_that_names_no_day_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="no format for a date"):
        TimeRule(date="d", date_formats=(pattern,))


@pytest.mark.parametrize(
    "pattern",
    ["ISO8601", "%y%m%d", "%d %B %Y", "%m/%d/%Y %I:%M:%S %p", "%Y-%m-%dT%H:%M:%S.%f%z", "%Y%m%d%H%M"],
)
def test_a_format_that_names_a_day_is_taken(pattern: str) -> None:
    assert TimeRule(date="d", date_formats=(pattern,)).date_formats == (pattern,)


def test_what_has_not_come_is_rejected_and_what_comes_within_a_day_is_not() -> None:
    _, findings = times(CLOCK, d=["2026-11-23", "2026-11-25"], c=["10:00", "10:00"])
    assert findings.rejected.tolist() == [False, True]


def test_a_source_that_is_trusted_with_the_day_says_no_hour() -> None:
    rule = TimeRule(moment="m", precision="day")
    row = one(rule, m="2025-05-12T14:03:22+02:00")
    assert (row["occurred_from"], row["time_precision"]) == (at("2025-05-11 22:00"), "day")


@settings(deadline=None)
@given(st.datetimes(datetime(1990, 1, 1), datetime(2026, 11, 21)).map(lambda t: t.replace(microsecond=0)))
def test_every_instant_comes_back_through_its_offset(instant: datetime) -> None:
    utc = instant.replace(tzinfo=UTC)
    local = utc.astimezone(STOCKHOLM)
    row = one(TimeRule(moment="m"), m=local.isoformat())
    assert row["occurred_from"] == pd.Timestamp(utc)
    assert (row["local_weekday"], row["local_hour"]) == (local.weekday(), local.hour)


@settings(deadline=None)
@given(st.dates(date(1990, 1, 1), date(2026, 11, 20)))
def test_every_day_is_as_long_as_its_clock_says(day: date) -> None:
    row = one(TimeRule(date="d"), d=day.isoformat())
    start = datetime(day.year, day.month, day.day, tzinfo=STOCKHOLM)
    after = datetime.combine(day + timedelta(days=1), start.timetz())
    assert row["occurred_from"] == pd.Timestamp(start)
    assert row["occurred_to"] == pd.Timestamp(after)
    assert row["local_first"] == row["local_last"] == day


def test_what_is_no_date_and_what_is_no_day_are_told_apart() -> None:
    cells = pd.Series(["2025-02-30", "i går", "", "2025-02-28", "2025-13-01"], dtype="str")
    read = moments(cells, ("%Y-%m-%d", "%d.%m.%Y"))
    assert read.impossible.tolist() == [True, False, False, False, True]
    assert read.unreadable.tolist() == [False, True, False, False, False]


def test_the_shape_of_a_format_takes_its_punctuation_literally() -> None:
    assert shape_of("%d.%m.%Y") == r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}"


@pytest.mark.parametrize(
    "wrong",
    [{}, {"date": "d", "moment": "m"}, {"month": "m", "day": "d"}, {"year": "y", "date": "d"}],
)
def test_a_rule_says_one_way(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="say date, or moment"):
        TimeRule(**wrong)
