"""The plan in words and on its page: what is said, what can be done, and that others see none of it."""

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from math import inf
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard.app import create_app
from dashboard.command import app
from dashboard.components.plan import plan_body
from dashboard.desk import Desk
from dashboard.field.day import day_payload
from dashboard.pages.plan import act, body_of
from dashboard.pages.visit import receive
from dashboard.settings import Settings
from dashboard.texts.catalogue import catalogue
from dashboard.views.plan import plan_view
from dashboard.views.plan_words import reason_words
from geodata.analyses.ground import open_ground, open_register
from geodata.analyses.plan_days import plan_now
from geodata.analyses.shown_plan import ShownPlan
from geodata.privacy import Audience
from geodata.promises.activity import ActivityKind, CarType, Party
from geodata.targeting.binding import Binding, Hindrance, Kept
from geodata.targeting.passes import working_day
from geodata.targeting.plan import Plan, PlanBasis, PlanFigures
from geodata.targeting.slot import Reason, Slot, SlotStatus, Stand

MONDAY = date(2026, 11, 9)
PLAN = Plan(
    1,
    MONDAY,
    date(2026, 11, 22),
    PlanBasis.EVIDENCE,
    1,
    PlanFigures(covered=5.4, low=4.9, high=6.0, bound=5.6, greedy=5.1, random=0.9, whole=48.2),
    "kim",
    datetime(2026, 11, 6, tzinfo=UTC),
)
WINDOW = Reason(
    "window",
    (
        ("weekdays", "1,2,3"),
        ("from_minute", 450),
        ("to_minute", 510),
        ("survey_count", 14),
        ("survey_of", 31),
        ("incident_count", 5),
        ("incident_of", 9),
    ),
)
SLOT = Slot(
    slot_id=7,
    plan_id=1,
    place_id=3,
    day=MONDAY,
    from_minute=450,
    to_minute=480,
    kind=ActivityKind.TRAFFIC_CHECK,
    car=CarType.UNMARKED,
    parties=frozenset({Party.POLICE}),
    stand=Stand("Skolgatan mellan Torggatan och Parkvägen", 0.0, 0.0, is_safe_stop=True),
    why=(WINDOW, Reason("expected", (("visits", 12),))),
    harm=0.1,
    locked=False,
    status=SlotStatus.PLANNED,
)
NIGHT = replace(SLOT, slot_id=8, day=date(2026, 11, 10), from_minute=30, to_minute=45, locked=True)


def kept(code="a", name="Minst en i veckan", **values):
    return Kept(Binding(code=code, name=name, per_week=1), **values)


def shown(**values):
    told = (
        kept(wanted=1, planned=1),
        kept(wanted=1, planned=0, hindrance=Hindrance.CROWDED_OUT, beside=("b",)),
        kept(code="b", name="Sex vid skolor", wanted=6, planned=6),
    )
    return replace(ShownPlan(PLAN, (SLOT, NIGHT), told, {3: "Tegnérskolan"}), **values)


def test_a_slot_says_why_in_the_words_of_the_evidence(swedish):
    said = reason_words(swedish, WINDOW).replace("\N{NO-BREAK SPACE}", " ")
    assert said == "Tisdag–torsdag kl. 07.30–08.30: 14 av 31 svar och 5 av 9 händelser."
    assert reason_words(swedish, Reason("turn", (("moment", "lunch"),))) == "Platsens tur: skollunch."
    assert "lönehelg." in reason_words(swedish, Reason("risk_evening", (("evening", "payday"),)))
    assert reason_words(swedish, Reason("of_another_version")) == ""


def test_the_plan_says_what_it_covers_beside_the_others(swedish):
    view = plan_view(swedish, shown(), today=date(2026, 11, 8))
    assert view.sentence == "Planen 9 november 2026 – 22 november 2026 har 2 besök på en plats.".replace(
        " november ", "\N{NO-BREAK SPACE}november\N{NO-BREAK SPACE}"
    )
    assert "5,4 händelser (4,9–6,0) av de 48" in view.basis[0]
    assert [bar.value for bar in view.bars] == ["5,4 (4,9–6,0)", "5,1", "0,9"]
    assert "4\N{NO-BREAK SPACE}% mer" in view.bars_note


def test_without_hours_it_says_so_once_and_nothing_else(swedish):
    view = plan_view(swedish, shown(promises=(), hours=False), today=date(2026, 11, 8))
    (said,) = view.notices
    assert said.startswith("Det finns inga timmar att planera.")
    assert not view.can_replan
    assert str(plan_body(swedish, view, search="", fault=said)).count("Det finns inga timmar") == 1


def test_how_much_more_could_be_met_is_told_of_what_the_plan_meets(swedish):
    figures = replace(PLAN.figures, bound=10.8)
    view = plan_view(swedish, shown(plan=replace(PLAN, figures=figures)), today=date(2026, 11, 8))
    assert "100\N{NO-BREAK SPACE}% mer" in view.bars_note


def test_where_the_solver_found_nothing_it_says_that_nothing_is_proven(swedish):
    figures = replace(PLAN.figures, bound=inf)
    view = plan_view(swedish, shown(plan=replace(PLAN, figures=figures)), today=date(2026, 11, 8))
    assert "inte bevisats" in view.bars_note
    assert "%" not in view.bars_note
    assert [round(bar.share, 2) for bar in view.bars] == [1.0, 0.94, 0.17]


def test_the_night_stands_under_its_evening_and_locked_slots_can_be_unlocked(swedish):
    first, second = plan_view(swedish, shown(), today=date(2026, 11, 8)).weeks
    (day,) = first.days
    assert [card.time for card in day.cards] == ["07.30–08.00", "00.30–00.45"]
    assert [card.acts[0] for card in day.cards] == ["lock", "unlock"]
    assert "stanna säkert" in day.cards[0].stand
    assert first.is_open
    assert not second.is_open
    assert second.days == ()


def test_promises_are_added_up_over_weeks_and_what_hinders_is_said(swedish):
    rows = plan_view(swedish, shown(), today=MONDAY).promises
    assert [(row.name, row.planned) for row in rows] == [
        ("Minst en i veckan", "1 av 2, 1 saknas"),
        ("Sex vid skolor", "6 av 6 inplanerade"),
    ]
    assert "Sex vid skolor" in rows[0].hindrance


def test_a_promise_that_binds_in_parts_names_each_other_once_and_not_itself(swedish):
    told = (
        kept(wanted=1, planned=0, hindrance=Hindrance.CROWDED_OUT, beside=("a", "b", "b", "c")),
        kept(wanted=1, planned=0, hindrance=Hindrance.CROWDED_OUT, beside=("a", "b")),
        kept(code="b", name="Sex vid skolor", wanted=6, planned=6),
        kept(code="c", name="Sex vid skolor", wanted=6, planned=6),
    )
    hindrance = plan_view(swedish, shown(promises=told), today=MONDAY).promises[0].hindrance
    assert hindrance.count("Sex vid skolor") == 1
    assert "Minst en i veckan" not in hindrance


def test_a_new_plan_says_what_it_takes_away_only_where_it_does(swedish):
    view = plan_view(swedish, shown(), today=MONDAY)
    assert "Ett kommande besök som inte är låst" in view.sure
    assert "låsta (1)" in view.sure
    assert "data-sure" in plan_body(swedish, view, search="")
    done = replace(SLOT, status=SlotStatus.DONE)
    for nothing in (shown(slots=(done, NIGHT)), ShownPlan(None, (), (), {})):
        view = plan_view(swedish, nothing, today=MONDAY)
        assert view.sure == ""
        assert "data-sure" not in plan_body(swedish, view, search="")
    assert plan_view(swedish, shown(), today=date(2026, 11, 20)).sure == ""


def test_a_rotation_explains_itself_and_shows_no_figures(swedish):
    turns = replace(PLAN, basis=PlanBasis.ROTATION, figures=None)
    view = plan_view(swedish, shown(plan=turns), today=MONDAY)
    assert view.bars == ()
    assert "rättvis turordning" in view.basis[0]
    assert "händelser" not in view.sentence


def test_without_a_plan_the_next_step_is_offered(swedish):
    view = plan_view(swedish, ShownPlan(None, (), (), {}), today=MONDAY)
    assert [value for value, _ in view.first_days[:2]] == ["2026-11-09", "2026-11-16"]
    assert view.first_days[0][1].replace("\N{NO-BREAK SPACE}", " ") == "nu, måndag 9 november 2026"
    assert not view.can_replan
    assert "Gör en ny plan" in plan_body(swedish, view, search="")


@pytest.fixture
def workspace(small_workspace, tmp_path):
    return Path(shutil.copytree(small_workspace, tmp_path / "workspace"))


def run(workspace, *arguments):
    return CliRunner().invoke(app, ["plan", *map(str, arguments), "-w", str(workspace)])


def test_the_plan_of_a_small_town_is_made_locked_missed_and_made_anew(workspace):
    assert "Ingen plan" in run(workspace, "show").stdout
    made = run(workspace, "make", "--seed", 1, "--by", "kim", "--from", "2026-11-02")
    assert made.exit_code == 0
    assert "turordning" in made.stdout.lower()
    assert run(workspace, "lock", 1).exit_code == 0
    assert run(workspace, "miss", 2).exit_code == 0
    assert run(workspace, "replan", "--from", "2026-11-03", "--seed", 2).exit_code == 0
    told = run(workspace, "show").stdout
    assert "Låst" in told
    assert "Blev inte av" in told
    again = run(workspace, "miss", 2, "--revision", 0)
    assert again.exit_code == 2
    assert "ändrats av någon annan" in " ".join(again.stderr.split())
    assert run(workspace, "show", "--as", "planner").exit_code == 2
    assert run(workspace, "make", "--from", "imorgon").exit_code == 2


def test_the_page_does_what_its_buttons_say_and_nothing_for_others(workspace):
    assert run(workspace, "make", "--seed", 1, "--by", "kim").exit_code == 0
    desk = Desk(workspace)
    planned = next(one for one in receive_slots(desk) if one.status is SlotStatus.PLANNED and not one.locked)
    seen = {"slot": planned.slot_id, "revision": planned.revision}
    assert "är låst" in act(desk, {"act": "lock", **seen}, "?som=polis")
    assert "ändrats av någon annan" in act(desk, {"act": "cancel", **seen}, "?som=polis")
    for wrong in ({"act": "fly"}, {"act": "make", "first": "x"}, {"act": "lock", "slot": None}):
        assert 'class="fault"' in act(desk, wrong | {"revision": 0}, "?som=polis")
    assert not isinstance(act(desk, {"act": "lock", **seen}, "?som=samordnare"), str)
    assert "turordning" in str(body_of(receive(desk, "/planen", "?som=polis"))).lower()


@pytest.fixture(scope="module")
def planned(small_workspace, tmp_path_factory):
    workspace = Path(shutil.copytree(small_workspace, tmp_path_factory.mktemp("planned") / "workspace"))
    assert run(workspace, "make", "--seed", 1).exit_code == 0
    return Desk(workspace)


@pytest.mark.parametrize(
    "slot",
    [10**30, 2**63, 2**63 - 1, -1, 0, "9" * 400, "\x00", "ett", "\u00b2", 1.5, float("inf"), True, [1], {}],
)
def test_a_number_that_no_visit_has_is_said_to_be_none(planned, slot):
    for revision in (0, 10**30, slot):
        said = act(planned, {"act": "lock", "slot": slot, "revision": revision}, "?som=polis")
        assert 'class="fault"' in said


@pytest.mark.parametrize(
    "first", ["0001-01-01", "9999-12-31", "1999-05-03", "2026-02-30", "\x00", 5, None, []]
)
def test_a_day_too_far_away_makes_no_plan(planned, first):
    before = receive_slots(planned)
    assert 'class="fault"' in act(planned, {"act": "make", "first": first}, "?som=polis")
    assert receive_slots(planned) == before


@pytest.mark.parametrize("sent", [[1], "lock", 7, {"act": "\x00"}, {"act": {}}])
def test_what_is_no_request_changes_nothing(planned, sent):
    before = receive_slots(planned)
    answer = act(planned, sent, "?som=polis")
    assert 'class="fault"' in answer if isinstance(sent, dict) else not isinstance(answer, str)
    assert receive_slots(planned) == before


@pytest.mark.parametrize(
    "search", ["?som=polis&dag=" + "9" * 400, "?som=%00", "?%00=1", "?som=polis&plats=-1"]
)
def test_an_odd_address_is_answered_in_words(planned, search):
    client = create_app(Settings(workspace=planned.workspace)).server.test_client()
    assert client.get(f"/planen{search}").status_code < 500


def test_the_command_line_refuses_what_is_no_visit_and_no_day(workspace):
    for slot in (10**30, 0):
        assert run(workspace, "lock", slot).exit_code == 2
    assert run(workspace, "make", "--from", "9999-12-31").exit_code == 2


def test_a_plan_from_now_is_the_one_that_a_telephone_shows(planned):
    """The records of the made-up town end long ago; the plan and the telephone both go by the clock."""
    ground, register = open_ground(planned.workspace), open_register(planned.workspace)
    assert act(planned, {"act": "make", "first": plan_now(ground).day.isoformat()}, "?som=polis")
    now = plan_now(ground)
    first = min(working_day(one) for one in register.plans.slots() if one.status is SlotStatus.PLANNED)
    assert now.day <= first <= now.day + timedelta(days=6)
    noon = datetime.combine(first, time(12), ground.project.zone)
    payload = day_payload(ground, catalogue("sv"), Audience.POLICE, account="", now=noon)
    assert payload["slots"]
    assert payload["day"] == first.isoformat()


def receive_slots(desk):
    return open_register(desk.workspace).plans.slots()
