"""The tools that Exempelstad is made with."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
import shapely

from etl.synthetic.calendar_weights import clock_forward, days, is_pay_weekend, is_school_day
from etl.synthetic.contours import outline
from etl.synthetic.dirt import FATE, REASON, RECORD, account_for, spoil
from etl.synthetic.names import NameGiver
from etl.synthetic.noise import empty_raster, fractal
from etl.synthetic.rhythm import draw_planned, draw_times, rhythms
from etl.synthetic.terrain import Axes, make_terrain
from etl.synthetic.words import words
from geodata.account import Fate
from geodata.schema import GROUP_OF


def test_outline_of_a_disc_is_the_disc():
    frame = empty_raster((-100.0, -100.0, 100.0, 100.0), 5.0)
    x, y = frame.centres()
    (disc,) = outline(frame.like(60.0 - np.hypot(x, y)))
    assert disc.area == pytest.approx(np.pi * 60**2, rel=0.01)
    assert disc.centroid.distance(shapely.Point(0, 0)) < 1.0


def test_outline_of_a_ring_has_its_hole():
    frame = empty_raster((-100.0, -100.0, 100.0, 100.0), 5.0)
    x, y = frame.centres()
    (ring,) = outline(frame.like(15.0 - np.abs(np.hypot(x, y) - 60.0)))
    assert len(ring.interiors) == 1
    assert ring.area == pytest.approx(np.pi * (75**2 - 45**2), rel=0.01)


def test_outline_of_nothing_is_empty():
    frame = empty_raster((0.0, 0.0, 50.0, 50.0), 5.0)
    assert outline(frame.like(frame.values - 1.0)) == []


def test_town_axes_turn_there_and_back():
    axes = Axes(turn=0.7, mirrored=True)
    u, v = axes.to_town(axes.to_map([10.0, -3.0], [5.0, 8.0]))
    assert u == pytest.approx([10.0, -3.0])
    assert v == pytest.approx([5.0, 8.0])


def test_the_river_runs_into_the_towns_lake():
    for seed in range(5):
        terrain = make_terrain(9_000.0, 1_500.0, np.random.default_rng(seed))
        assert terrain.lakes[0].intersects(terrain.river)
        assert 60 < terrain.river.distance(shapely.Point(0, 0)) < 260
        assert not terrain.lakes[0].intersects(terrain.railway)


def test_noise_has_a_spread_of_one():
    frame = empty_raster((0.0, 0.0, 4_000.0, 3_000.0), 50.0)
    made = fractal(frame, np.random.default_rng(1), wavelength_m=1_000.0)
    assert made.shape == frame.values.shape
    assert made.std() == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("day", "paid"),
    [
        (date(2026, 9, 25), True),  # a Friday, the 25th itself
        (date(2026, 9, 26), True),
        (date(2026, 10, 24), True),  # the 25th is a Sunday: paid on the Friday before
        (date(2026, 10, 16), False),
        (date(2026, 9, 24), False),
    ],
)
def test_pay_weekend_follows_payday(day, paid):
    assert is_pay_weekend(day) is paid


def test_schools_are_closed_on_weekends_and_in_summer():
    assert is_school_day(date(2026, 5, 12))
    assert not is_school_day(date(2026, 5, 16))
    assert not is_school_day(date(2026, 7, 7))


def test_no_event_falls_in_the_hour_that_does_not_exist():
    day, minute = draw_times(rhythms().kinds["drunkenness"], 60_000, np.random.default_rng(3))
    forward = np.array([clock_forward(each) for each in days()])
    assert forward.sum() == 4
    assert not (forward[day] & (minute // 60 == 2)).any()
    assert forward[day].any()


@pytest.mark.parametrize("kind", sorted(rhythms().plans))
def test_planned_events_keep_to_their_season(kind):
    plan = rhythms().plans[kind]
    day, minute = draw_planned(plan, 3_000, np.random.default_rng(4))
    assert day.min() >= 0
    assert day.max() < len(days())
    early = minute // 60 < 6  # after midnight it belongs to the evening before
    month = np.array([each.month for each in days()])[day - early]
    assert set(month.tolist()) <= set(plan.months)
    forward = np.array([clock_forward(each) for each in days()])[day] & (minute // 60 == 3)  # moved from 2
    hours = {hour % 24 for window in plan.windows for hour in range(*window.hours)}
    assert set((minute[~forward] // 60).tolist()) <= hours


def test_every_kind_has_a_known_category_and_notes():
    for name, kind in rhythms().kinds.items():
        assert kind.category in GROUP_OF
        assert words().incidents.notes[name]
    for plan in rhythms().plans.values():
        assert set(plan.kinds) <= set(rhythms().kinds)
        assert sum(plan.kinds.values()) == pytest.approx(1.0)
    for felt in words().felt.values():
        assert set(felt.problems) <= set(words().problems)


def test_spoilt_rows_add_up():
    frame = pd.DataFrame({"x": np.arange(200.0)})
    rows = spoil(frame, {"swapped": 3, "duplicate": 5}, np.random.default_rng(5), missing_share=0.1)
    account = account_for("inbox/x.csv", rows)
    assert account.read == 205 == sum(account.fates.values())
    assert account.fates[Fate.LINKED] == 5
    assert account.fates[Fate.WAITING] == 20
    assert account.fates[Fate.REJECTED] == 3
    assert account.reasons == {"duplicate": 5, "missing_point": 20, "swapped": 3}
    for record in rows.loc[rows[FATE] == Fate.LINKED, RECORD]:
        first, again = rows[rows[RECORD] == record].to_dict("records")
        assert first[FATE] == Fate.NEW
        assert first["x"] == again["x"]


def test_rows_that_are_marked_already_are_left():
    frame = pd.DataFrame({"x": np.arange(50.0), REASON: ["digest"] * 10 + [""] * 40})
    rows = spoil(frame, {"swapped": 40}, np.random.default_rng(6), missing_share=0.0)
    assert (rows[REASON] == "digest").sum() == 10
    assert (rows.loc[rows[REASON] == "digest", FATE] == Fate.SET_ASIDE).all()


def test_no_two_streets_of_a_town_share_a_name():
    names = NameGiver(np.random.default_rng(7))
    given = [names.street("villa", 40.0 * n, 10.0 * n, 150.0) for n in range(900)]
    assert len(set(given)) == 900
