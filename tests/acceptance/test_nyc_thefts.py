"""Vehicle thefts in New York, most known only as between two times: every one shared out, none twice."""

import numpy as np
import pandas as pd
import pytest
from real_data import real

from geodata.evidence.aoristic import LONGEST_HOURS, Aoristic, aoristic

ZONE = "America/New_York"


@pytest.fixture(scope="module")
def thefts() -> tuple[pd.Series, pd.Series]:
    table = pd.read_parquet(real("nyc_vehicle_thefts", "nycvehiclethefts.parquet"))
    begun, ended = (
        pd.to_datetime(table[name]).dt.tz_localize(
            ZONE, ambiguous=np.ones(len(table), dtype=bool), nonexistent="shift_forward"
        )
        for name in ("date_start", "date_end")
    )
    # Where no end is given the start is when it happened.
    return begun, ended.fillna(begun)


def shared(begun: pd.Series, ended: pd.Series) -> Aoristic:
    first, last = (one.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy() for one in (begun, ended))
    return aoristic(first, last, time_zone=ZONE)


def test_every_theft_is_shared_out_or_counted_as_left_out(thefts: tuple[pd.Series, pd.Series]) -> None:
    begun, ended = thefts
    forward = ended >= begun
    found = shared(begun[forward], ended[forward])
    long = (ended - begun)[forward] >= pd.Timedelta(hours=LONGEST_HOURS)
    assert dict(found.left_out) == ({"interval_too_long": int(long.sum())} if long.any() else {})
    assert found.used + int(long.sum()) == int(forward.sum())
    assert found.weight.sum() == pytest.approx(found.used, rel=1e-12)


def test_cars_are_stolen_by_night_more_than_by_when_they_were_left(
    thefts: tuple[pd.Series, pd.Series],
) -> None:
    begun, ended = thefts
    forward = (ended >= begun) & ((ended - begun) < pd.Timedelta(hours=LONGEST_HOURS))
    weight = shared(begun[forward], ended[forward]).weight.sum(axis=0).reshape(7, 48)
    night = weight[:, :12].sum() / weight.sum()
    by_start = begun[forward].dt.hour.lt(6).mean()
    assert night > by_start
