"""The picture over a town: what is counted and by whom, what it is held against, and what stays as it was."""

from dataclasses import replace
from datetime import date

import pytest
from provstad import EAST, NORTH, planned_town

from geodata.analyses.ground import open_register
from geodata.analyses.picture import picture, saved_picture
from geodata.analyses.saved_pictures import answered, save_picture
from geodata.errors import AccessError, MissingError, ParameterError
from geodata.periods import Period, tertial, year
from geodata.picture.change import Verdict
from geodata.picture.decision import Choice, Choices
from geodata.picture.voices import Who
from geodata.privacy import RULES, Audience
from geodata.promises.promise import Promise

pytestmark = pytest.mark.xdist_group("picture of a town")  # its tests go on from what those before them left

TODAY = date(2026, 1, 20)


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    made = planned_town()
    made.settings = {
        "source": [
            {"name": name, "mapping": "plain_survey", "files": [f"inbox/{name}.csv"]} | asks
            for name, asks in (("surveys", {}), ("medarbetare", {"asks": "staff_municipality"}))
        ]
    }
    at = (EAST + 400, NORTH + 400)
    for day, speed, dark in (("2024-05-06", 60, 40), ("2025-05-05", 60, 40)):
        made.add(*at, stream="survey", count=speed, day=day)
        made.add(*at, stream="survey", category="environment_dark", count=dark, day=day)
        made.add(*at, stream="survey", category="other", count=5, day=day)
        made.add(*at, stream="survey", category="substance_alcohol", count=4, day=day, respondent="pupil")
    made.add(
        *at, stream="survey", category="substance_alcohol", count=7, day="2025-05-05", source="medarbetare"
    )
    made.add(*at, stream="survey", count=2, day="2025-05-05", respondent="staff_police")
    made.add(*at, stream="review", category="traffic_crossing", count=2, day="2025-04-01", status="decided")
    for month in range(1, 13):
        made.add(*at, count=8, day=f"2024-{month:02}-03")
        made.add(*at, count=20, day=f"2025-{month:02}-03")
        made.add(*at, category="damage_vandalism", count=5, day=f"2024-{month:02}-11")
        made.add(*at, category="damage_vandalism", count=5, day=f"2025-{month:02}-11", severity="none")
    made.add(*at, category="theft_burglary", count=90, day="2025-09-09", source="nytt_register")
    made.add(*at, category="traffic_accident", count=1, day="2025-02-02", severity="serious")
    # The records cover both years whole.
    made.add(*at, category="snowmobile", count=1, day="2024-01-01")
    made.add(*at, category="snowmobile", count=1, day="2025-12-31")
    return made.publish(tmp_path_factory.mktemp("picture") / "town")


@pytest.fixture(scope="module")
def now(town):
    return picture(town, Audience.POLICE, period=year(2025), today=TODAY)


def change(made, problem, stream):
    return next(one for one in made.problem(problem).changes if one.stream == stream)


def test_each_says_its_own(now):
    assert [one.problem for one in now.problems][:3] == [
        "traffic_speed",
        "environment_dark",
        "substance_alcohol",
    ]
    speed, alcohol = now.problem("traffic_speed"), now.problem("substance_alcohol")
    assert (speed.voice(Who.RESIDENTS).answers, speed.voice(Who.RESIDENTS).of) == (60, 109)
    assert (speed.voice(Who.STAFF).answers, speed.voice(Who.STAFF).of, speed.voice(Who.STAFF).rank) == (
        2,
        9,
        2,
    )
    assert (alcohol.voice(Who.RESIDENTS).answers, alcohol.voice(Who.STAFF).answers) == (4, 7)
    assert alcohol.voice(Who.STAFF).rank == 1
    assert now.problem("traffic_crossing").reviewed.statuses == (("decided", 2),)
    assert now.problem("traffic_accident").recorded.serious == 1
    assert now.problem("damage_vandalism").rank is None
    assert now.answers == ((Who.RESIDENTS, 109), (Who.STAFF, 9))
    assert now.unsorted == (5, 0)


def test_what_changed_is_held_against_the_year_before(now):
    assert (now.against.period, now.against.basis) == (year(2024), "year_before")
    speed = change(now, "traffic_speed", "incident")
    assert (speed.count, speed.before, speed.verdict) == (240, 96, Verdict.ROSE)
    assert speed.low < 240 / 96 * 366 / 365 < speed.high
    assert change(now, "damage_vandalism", "incident").verdict is Verdict.NO_CLEAR_CHANGE
    assert change(now, "traffic_crossing", "incident").verdict is Verdict.TOO_FEW
    assert change(now, "traffic_speed", "survey").ratio == pytest.approx(1.0)
    assert "survey_not_random" in now.warnings


def test_a_new_source_is_no_rise(now):
    assert now.against.left_out == ("medarbetare", "nytt_register")
    assert now.problem("theft_burglary").recorded.count == 90
    theft = change(now, "theft_burglary", "incident")
    assert (theft.count, theft.verdict) == (0, Verdict.TOO_FEW)


def test_without_a_year_before_the_seasons_are_said_to_differ(town):
    autumn = picture(town, Audience.POLICE, period=tertial(3, 2024), today=TODAY)
    assert (autumn.against.basis, autumn.against.period.last) == ("period_before", date(2024, 8, 31))
    assert "seasons_differ" in autumn.warnings
    first = picture(town, Audience.POLICE, period=tertial(1, 2024), today=TODAY)
    assert first.against is None
    assert "picture_nothing_before" in first.warnings
    assert all(one.changes == () for one in first.problems)


def test_by_group_the_problems_are_groups(town):
    made = picture(town, Audience.POLICE, period=year(2025), by="group", today=TODAY)
    assert made.problems[0].problem == "traffic"
    assert "other" not in {one.problem for one in made.problems}


def test_what_cannot_be_asked(town):
    with pytest.raises(ParameterError) as caught:
        picture(town, Audience.POLICE, period=year(2027), today=TODAY)
    assert caught.value.code == "picture_future"
    with pytest.raises(MissingError) as missing:
        picture(town, Audience.POLICE, period=year(2019), today=TODAY)
    assert missing.value.code == "picture_no_data"
    with pytest.raises(ParameterError) as unknown:
        picture(town, Audience.POLICE, period=year(2025), by="street", today=TODAY)
    assert unknown.value.code == "picture_by"
    some = Period(date(2025, 3, 1), date(2025, 3, 31))
    for audience in Audience:
        if not RULES[audience].free_filters:
            with pytest.raises(AccessError):
                picture(town, audience, period=some, today=TODAY)
    assert picture(town, Audience.POLICE, today=TODAY).period == year(2025)


def test_council_and_public_read_names_and_words(town):
    for audience in (Audience.COUNCIL, Audience.PUBLIC):
        shown = picture(town, audience, period=year(2025), today=TODAY)
        assert [one.problem for one in shown.problems] == ["traffic_speed", "environment_dark"]
        assert change(shown, "traffic_speed", "incident").verdict is Verdict.ROSE
        assert change(shown, "traffic_speed", "incident").ratio is None


def test_a_saved_picture_stays_and_the_next_is_held_against_it(town):
    register = open_register(town.workspace)
    saved = save_picture(town, register, key="bild-2024", name="Bild 2024", period=year(2024), made_by="kim")
    assert saved.picture.period == year(2024)
    made = picture(town, Audience.POLICE, period=year(2025), today=TODAY)
    assert (made.against.basis, made.against.key) == ("picture", "bild-2024")
    # Another season is not held against it.
    summer = picture(town, Audience.POLICE, period=tertial(2, 2025), today=TODAY)
    assert summer.against.basis == "year_before"
    assert (
        saved_picture(register.pictures.find("bild-2024"), Audience.COUNCIL).problems[0].recorded.count
        is None
    )
    far = Period(date(2025, 1, 1), date(2999, 12, 31))
    with pytest.raises(ParameterError) as caught:
        save_picture(town, register, key="annan", name="B", period=far, made_by="kim")
    assert caught.value.code == "picture_unfinished"


def test_which_promise_answers_what_was_chosen(town):
    register = open_register(town.workspace)
    save_picture(town, register, key="bild-2025", name="Bild 2025", period=year(2025), made_by="kim")
    choices = Choices(
        "bild-2025",
        "Trygghetsrådet",
        date(2026, 1, 15),
        (Choice("environment_dark", chosen=True), Choice("traffic_speed", chosen=True)),
    )
    register.pictures.choose(choices, by="kim", today=TODAY)
    promise = Promise(
        "fart", "Lugnare fart", "Trafik", date(2026, 2, 1), answers=("bild-2025#traffic_speed",)
    )
    register.promises.add(promise, by="kim")
    told = answered(register, register.pictures.find("bild-2025"))
    assert [(one.decision.problem, one.promises) for one in told] == [
        ("traffic_speed", (("fart", "Lugnare fart"),)),
        ("environment_dark", ()),
    ]
    # A promise that answers the same problem of another picture is no answer to this one.
    save_picture(town, register, key="en-till", name="En till", period=tertial(3, 2025), made_by="kim")
    other = replace(promise, key="annan", answers=("en-till#traffic_speed",))
    register.promises.add(other, by="kim")
    assert len(answered(register, register.pictures.find("bild-2025"))[0].promises) == 1
