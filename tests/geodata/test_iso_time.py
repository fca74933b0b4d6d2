"""Days and clocks at the door: what people and spreadsheets write is read, what is no such thing is not."""

from datetime import date, time

import pytest

from geodata.errors import ParameterError
from geodata.iso_time import iso_clock, iso_day, require_plausible


@pytest.mark.parametrize("text", ["7:30", "07.30", "0730", "07:30:00", "7.30", "730"])
def test_a_clock_is_read_as_people_and_spreadsheets_write_it(text):
    assert iso_clock(text) == time(7, 30)


@pytest.mark.parametrize("text", ["", "7", "24:00", "07:60", "07:30Z", "07:30+02:00", "sju", "07:30:00.5"])
def test_what_is_no_local_clock_is_not_read(text):
    with pytest.raises(ValueError, match=r".*"):
        iso_clock(text)


@pytest.mark.parametrize(
    "text", ["", "20260504", "2026-W10-1", "0001-01-01", "9999-12-31", "2026-02-30", "4/5/2026"]
)
def test_what_is_no_plausible_day_is_not_read(text):
    with pytest.raises(ValueError, match=r".*"):
        iso_day(text)


def test_a_day_is_read():
    assert iso_day("2026-02-28") == date(2026, 2, 28)
    require_plausible("first", date(2015, 1, 1))
    with pytest.raises(ParameterError) as refused:
        require_plausible("last", date(9999, 12, 31))
    assert refused.value.values["field"] == "last"
