"""The days that a plan is about go by the clock, also where the records ended long ago."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from test_plan import town

from geodata.analyses.ground import open_register
from geodata.analyses.plan import PlanRequest, make_plan
from geodata.analyses.plan_days import Now, check_first, plan_now, records_until
from geodata.errors import ParameterError
from geodata.privacy import Audience
from geodata.targeting.working_day import working

MONDAY = date(2026, 11, 9)


@pytest.fixture(scope="module", params=[True, False], ids=["evidence", "rotation"])
def ground(request, tmp_path_factory):
    return town(hot=request.param).publish(tmp_path_factory.mktemp("days") / "provstad")


def test_a_working_day_turns_at_five(ground):
    at = datetime(2026, 11, 10, 3, 40, tzinfo=UTC)  # 04.40 in Sweden: still Monday's night
    assert plan_now(ground, at=at) == Now(MONDAY, 48)
    assert plan_now(ground, at=at + timedelta(minutes=20)) == Now(date(2026, 11, 10), 1)
    day = ground.records.day
    assert records_until(ground) == day[~np.isnat(day)].max().item()


@pytest.mark.parametrize("from_slot", [0, 8, 30, 48])
def test_what_is_over_today_is_not_planned(ground, from_slot):
    asked = PlanRequest(MONDAY, 1, "kim", from_slot=from_slot)
    made = make_plan(ground, open_register(ground.workspace), Audience.POLICE, asked)
    at = [working(one.day, one.from_minute) for one in made.slots]
    assert all(slot >= from_slot for day, slot in at if day == MONDAY)
    assert any(day > MONDAY for day, _ in at)


@pytest.mark.parametrize("first", [MONDAY - timedelta(days=1), date(2030, 1, 1), date.max, date.min])
def test_a_plan_begins_between_today_and_a_year_ahead(first):
    with pytest.raises(ParameterError) as raised:
        check_first(first, now=Now(MONDAY, 5))
    assert raised.value.code == "plan_day_far"


@pytest.mark.parametrize("first", [date.min, date.max])
def test_no_calendar_holds_for_days_out_of_all_time(ground, first):
    with pytest.raises(ParameterError) as raised:
        make_plan(ground, open_register(ground.workspace), Audience.POLICE, PlanRequest(first, 1, "kim"))
    assert raised.value.code == "plan_day_far"
