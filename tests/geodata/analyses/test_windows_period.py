"""School days are held against the school-free days that were asked about, and no others."""

from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest
from scipy.sparse import csr_array

from geodata.analyses.windows import PlaceWindows
from geodata.evidence.windows import Window
from geodata.periods import Period
from geodata.privacy import Audience
from geodata.selection import Selection


@pytest.mark.parametrize(("last", "told"), [(date(2026, 4, 30), False), (None, True)])
def test_a_term_asked_for_alone_is_held_against_no_holiday(last, told):
    days = np.arange("2026-03-02", "2026-07-31", dtype="datetime64[D]")
    records = days[:60:2]
    week = np.zeros((len(records), 336))
    week[:, 20] = 1.0
    ground = SimpleNamespace(
        school_days=(days, days <= np.datetime64("2026-04-30")),
        week=csr_array(week),
        records=SimpleNamespace(source_ends=(), day=records),
    )
    period = None if last is None else Period(date(2026, 3, 2), last)
    windows = PlaceWindows(
        ground, Selection(audience=Audience.POLICE, period=period), None, week[:1], np.zeros((1, 0))
    )
    compared = windows.school_days(Window((0, 1, 2, 3, 4), 600, 660), np.arange(len(records)))
    assert (compared.low is not None and compared.low > 1) is told


def test_the_small_hours_of_saturday_belong_to_the_friday_night():
    """Fridays 22.00-02.00: what happens at 01 lies on the calendar's Saturday, and is the Friday's all the same."""
    days = np.arange("2026-03-02", "2026-07-31", dtype="datetime64[D]")
    is_school = days <= np.datetime64("2026-04-30")
    saturdays = days[5::7]
    term = saturdays[saturdays <= np.datetime64("2026-05-01")]
    week = np.zeros((len(term), 336))
    week[:, 5 * 48 + 2] = 1.0
    ground = SimpleNamespace(
        school_days=(days, is_school), week=csr_array(week), records=SimpleNamespace(source_ends=(), day=term)
    )
    windows = PlaceWindows(ground, Selection(audience=Audience.POLICE), None, week[:1], np.zeros((1, 0)))
    compared = windows.school_days(Window((4,), 22 * 60, 2 * 60), np.arange(len(term)))
    fridays = days[4::7]
    assert (compared.count, compared.other_count) == (len(term), 0)
    assert compared.days == int((fridays <= np.datetime64("2026-04-30")).sum())
