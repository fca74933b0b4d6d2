"""Records over the half hours of the week: one in all, over both clock changes, by how their time is known."""

from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from geodata.analyses.records import Records
from geodata.analyses.week import half_hours
from geodata.schema import conform

ZONE = ZoneInfo("Europe/Stockholm")


def week(begun, ended, *, weekday=-1, hour=-1, precision="interval"):
    """Share one record out, shape ``(7, 48)``."""
    times = {
        name: pd.to_datetime([one], utc=True)
        for name, one in (("occurred_from", begun), ("occurred_to", ended))
    }
    frame = conform(
        pd.DataFrame(
            {
                "observation_id": ["9999:test:0"],
                "municipality_code": ["9999"],
                "stream": ["incident"],
                "source": ["incidents"],
                "source_record_id": ["0"],
                "content_hash": ["0"],
                "local_weekday": [weekday],
                "local_hour": [hour],
                "time_precision": [precision],
                "location_precision": ["unknown"],
                "x": [np.nan],
                "y": [np.nan],
                "set_aside": [False],
                **times,
            }
        ),
        "observations",
    )
    return half_hours(Records.of(frame), zone=ZONE).toarray()[0].reshape(7, 48)


@pytest.mark.parametrize("night", ["2024-03-30", "2024-10-26"])
@pytest.mark.parametrize("lasts", ["1min", "47min", "5h", "12h"])
def test_an_interval_over_a_clock_change_weighs_one(night, lasts):
    begun = pd.Timestamp(f"{night} 23:10", tz="UTC")
    assert week(begun, begun + pd.Timedelta(lasts)).sum() == pytest.approx(1, abs=1e-12)


def test_an_interval_is_shared_by_how_long_it_lies_in_each_half_hour_also_past_sunday():
    found = week("2024-05-05T21:20Z", "2024-05-05T22:40Z")  # Sunday 23.20 to Monday 00.40 local
    np.testing.assert_allclose(found[6, 46:], [0.125, 0.375])
    np.testing.assert_allclose(found[0, :3], [0.375, 0.125, 0])


def test_a_minute_has_its_half_hour_and_an_hour_two():
    minute = week("2024-05-06T16:40Z", "2024-05-06T16:40Z", weekday=0, hour=18, precision="minute")
    assert minute[0, 37] == minute.sum() == 1
    hour = week(None, None, weekday=0, hour=18, precision="hour")
    assert hour[0, 36] == hour[0, 37] == 0.5
    assert hour.sum() == 1


@pytest.mark.parametrize(
    ("begun", "ended"),
    [
        ("2024-05-06T06:00Z", "2024-05-06T18:01Z"),
        ("2024-05-06T06:00Z", None),
        ("2024-05-06T06:00Z", "2024-05-06T05:00Z"),
    ],
)
def test_what_says_nothing_of_the_hour_has_no_weight(begun, ended):
    assert not week(begun, ended).any()
