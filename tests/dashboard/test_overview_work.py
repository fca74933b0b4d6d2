"""Where the work goes: twelve months whatever the calendar says, what two logged once, and costs on a known base."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from dashboard.desk import Desk
from dashboard.shell import show
from geodata.analyses.ground import open_ground, open_register
from geodata.analyses.overview import overlook
from geodata.analyses.promises import measured_on
from geodata.analyses.reviews_done import as_entry
from geodata.privacy import Audience
from geodata.promises.activity import Party
from geodata.reviews.checklist import Verdict
from geodata.reviews.review import Light, MeasureDraft, MeasureStatus, ReviewDraft, ReviewResult

DAY = date(2025, 12, 15)


@pytest.fixture
def held(small_workspace, tmp_path):
    """A town of its own, with one review that proposed three measures."""
    workspace = shutil.copytree(small_workspace, tmp_path / "held")
    register = open_register(workspace)
    register.reviews.add(
        ReviewDraft(
            entry_key="a review",
            place_id=register.places()[0].place_id,
            point=None,
            day=DAY,
            light=Light.DAYLIGHT,
            season=None,
            parties=frozenset({Party.MUNICIPALITY}),
            with_whom="",
            road_keeper=None,
            result=ReviewResult.MEASURES,
            note="",
            checks=(("sight", Verdict.LACKING),),
            measures=(
                MeasureDraft("Gupp", "Gatuenheten", 80_000),
                MeasureDraft("Skylt"),
                MeasureDraft("Bom", "", 9),
            ),
        ),
        by="kim",
    )
    return workspace


def work(workspace, today):
    return overlook(open_ground(workspace), Audience.COUNCIL, today=today).work


def body(workspace):
    _, found, _ = show(Desk(workspace), path="/oversikt", search="?som=namnd", shown=None)
    return json.dumps(found.to_plotly_json(), default=lambda one: one.to_plotly_json(), ensure_ascii=False)


def test_the_work_is_of_twelve_months_whatever_the_calendar_says(held):
    assert [work(held, DAY + timedelta(days=n)).entries for n in (-1, 0, 30, 364, 365)] == [0, 1, 1, 1, 0]
    leap = work(held, date(2024, 2, 28)).period
    assert (leap.first, leap.last) == (date(2023, 3, 1), date(2024, 2, 28))


def test_what_was_logged_and_reviewed_is_one_piece_of_work_with_the_hours_that_are_known(held):
    register, zone = open_register(held), open_ground(held).project.zone
    start = datetime(2025, 12, 15, 9, tzinfo=UTC)
    entry = as_entry(register.reviews.all()[0], zone=zone)
    logged = replace(entry, entry_key="k", started_at=start, ended_at=start + timedelta(hours=2))
    logged = replace(logged, logged_at=datetime.now(UTC))
    assert register.log.add(logged)
    found = work(held, DAY)
    assert (found.entries, found.timed, found.minutes) == (
        1,
        1,
        120,
    )  # as it was logged, whichever came first
    later = replace(logged, entry_key="k2", started_at=start + timedelta(days=2))
    assert register.log.add(replace(later, ended_at=later.started_at + timedelta(hours=2)))
    found = work(held, DAY + timedelta(days=5))
    assert (found.entries, found.timed, found.minutes) == (2, 2, 240)


def test_decided_measures_are_told_with_their_cost_on_a_known_base(held):
    register = open_register(held)
    today = measured_on(open_ground(held))
    assert "i trafikmiljön är beslutad" not in body(held)
    ids = [one.measure_id for one in register.reviews.all()[0].measures]
    for measure_id, status in zip(ids, ("decided", "built", "rejected"), strict=True):
        register.measures.set_status(measure_id, MeasureStatus(status), day=today, by="kim")
    found = work(held, today)
    assert (found.measures, found.costed, found.cost) == (2, 1, 80_000)
    assert "2 åtgärder i trafikmiljön är beslutade eller byggda." in body(held)
    assert "Kostnaden är känd för 1 av 2: 80\\u00a0000 kr." in body(held).replace("\u00a0", "\\u00a0")
    assert work(held, today - timedelta(days=1)).measures == 0
    register.measures.set_status(ids[0], MeasureStatus.REJECTED, day=today, by="kim")
    found = work(held, today)
    assert (found.measures, found.costed, found.cost) == (1, 0, 0)
    assert work(held, today.replace(year=today.year + 2, day=1)).measures == 0


def test_the_council_is_led_from_each_answer_to_what_it_is_about(held):
    workspace = held if not isinstance(held, tuple) else held[0]
    _, found, _ = show(Desk(workspace), path="/oversikt", search="?som=namnd", shown=None)
    text = str(found)
    said, work = text.index("Vad säger invånarna nu?"), text.index("Vart går arbetet?")
    assert said < text.index('href="/bilden?som=namnd"', said) < text.index('href="/karta?som=namnd"', said)
    assert (
        work < text.index('href="/oversyner?som=namnd"', work) < text.index('href="/loften?som=namnd"', work)
    )
