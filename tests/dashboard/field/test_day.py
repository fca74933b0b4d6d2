"""What a telephone is given of the day, and to whom."""

from datetime import date, datetime, timedelta

import pytest
from planned import DAY, OWN_STAND, SECRET_STAND

from dashboard.field.day import day_payload, working_day_of
from dashboard.texts.catalogue import catalogue
from geodata.analyses.ground import open_ground
from geodata.errors import AccessError
from geodata.privacy import Audience

SWEDISH = catalogue("sv")


@pytest.fixture
def day(planned):
    ground = open_ground(planned[0])

    def of(audience, at=datetime(2026, 12, 1, 12, 0)):
        now = at.replace(tzinfo=ground.project.zone)
        return day_payload(ground, SWEDISH, audience, account="kim", now=now)

    return of


def test_the_small_hours_belong_to_the_evening_before():
    assert working_day_of(datetime(2026, 12, 2, 4, 59)) == date(2026, 12, 1)
    assert working_day_of(datetime(2026, 12, 2, 5, 0)) == date(2026, 12, 2)


def test_the_police_get_their_stops_in_driving_order(day):
    given = day(Audience.POLICE)
    assert (given["account"], given["party"], given["day"]) == ("kim", "police", DAY.isoformat())
    assert [one["time"] for one in given["slots"]] == ["07.30–07.45", "23.30–23.45", "00.30–00.45"]
    assert {one["stand"] for one in given["slots"]} == {SECRET_STAND}
    assert [one["code"] for one in given["cars"]] == ["marked", "unmarked", "on_foot"]
    late = day(Audience.POLICE, datetime(2026, 12, 2, 4, 0))
    assert [one["slot_id"] for one in late["slots"]] == [one["slot_id"] for one in given["slots"]]
    assert day(Audience.POLICE, datetime(2026, 12, 1) + timedelta(days=5))["slots"] == []


@pytest.mark.parametrize("audience", [Audience.PLANNER, Audience.COORDINATOR])
def test_municipal_staff_get_their_own_stops_and_no_word_of_the_polices(day, audience):
    given = day(audience)
    assert [one["stand"] for one in given["slots"]] == [OWN_STAND]
    assert given["cars"] == []
    assert SECRET_STAND not in str(given)
    assert "Civil" not in str(given)
    assert "Riktad insats" not in str(given)


@pytest.mark.parametrize("audience", [Audience.COUNCIL, Audience.PUBLIC])
def test_council_and_public_get_no_day(day, audience):
    with pytest.raises(AccessError):
        day(audience)
