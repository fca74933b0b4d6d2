"""Saved pictures never change; what was chosen is decided once, replaced knowingly, and its history kept."""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from geodata.errors import MissingError, ParameterError
from geodata.picture.decision import Choice
from geodata.picture.focus import FocusLine
from geodata.promises.activity import Party
from geodata.promises.reading import made_promise
from geodata.store.register import Register

sys.path.insert(0, str(Path(__file__).parents[1] / "picture"))
from pictured import LINE, MEETING, PICTURE, TODAY


@pytest.fixture
def register(tmp_path):
    opened = Register(tmp_path, municipality_code="9999", working_crs=3006)
    yield opened
    opened.close()


@pytest.fixture
def kept(register):
    register.pictures.save("bild", PICTURE, name="Problembild 2026", by="kim")
    return register


def code_of(do):
    with pytest.raises((ParameterError, MissingError)) as caught:
        do()
    return caught.value.code


def test_a_saved_picture_is_what_it_was(register):
    assert register.pictures.newest() is None
    saved = register.pictures.save("bild-2026", PICTURE, name=" Problembild 2026 ", by="kim")
    assert (saved.picture, saved.name, saved.made_by, saved.decisions) == (
        PICTURE,
        "Problembild 2026",
        "kim",
        (),
    )
    again = lambda: register.pictures.save("bild-2026", PICTURE, name="En till", by="lo")  # noqa: E731
    assert code_of(again) == "picture_known"
    alike = lambda: register.pictures.save("bild-b", PICTURE, name="problembild 2026 ", by="lo")  # noqa: E731
    assert code_of(alike) == "picture_name_known"
    assert [one.key for one in register.pictures.all()] == ["bild-2026"]
    for key in ("", "Bild 2026", "-bild", "x" * 81, "bild#1"):
        assert (
            code_of(lambda key=key: register.pictures.save(key, PICTURE, name="B", by="lo")) == "picture_key"
        )
    assert code_of(lambda: register.pictures.save("b", PICTURE, name=" ", by="lo")) == "picture_name"
    assert code_of(lambda: register.pictures.find("annan")) == "no_picture"
    older = replace(PICTURE, period=replace(PICTURE.period, first=date(2025, 1, 1), last=date(2025, 12, 31)))
    register.pictures.save("bild-2025", older, name="Förra", by="kim")
    assert [one.key for one in register.pictures.all()] == ["bild-2026", "bild-2025"]
    assert register.pictures.newest().key == "bild-2026"


def test_what_was_chosen_stands_with_its_meeting(kept):
    choices = replace(
        MEETING,
        decision=(
            Choice("environment_dark", chosen=False, why=" Belysningen byts ändå under 2027. "),
            Choice("traffic_speed", chosen=True, why="Flest talar om det."),
        ),
    )
    told = kept.pictures.choose(choices, by="kim", today=TODAY)
    assert [(one.problem, one.why) for one in told.chosen] == [("traffic_speed", "Flest talar om det.")]
    assert [(one.problem, one.why) for one in told.not_chosen] == [
        ("environment_dark", "Belysningen byts ändå under 2027.")
    ]
    one = told.decision("traffic_speed")
    assert (one.meeting, one.meeting_on, one.decided_by, one.noted_by) == (
        "Trygghetsrådet",
        date(2026, 11, 12),
        "Trygghetsrådet",
        "kim",
    )
    assert told.decision("theft_burglary") is None


def test_a_problem_is_decided_once_and_replaced_knowingly(kept):
    first = kept.pictures.choose(MEETING, by="kim", today=TODAY).decision("traffic_speed")
    assert code_of(lambda: kept.pictures.choose(MEETING, by="lo", today=TODAY)) == "choice_taken"
    later = replace(
        MEETING,
        meeting_on=date(2026, 11, 19),
        decision=(
            Choice("traffic_speed", chosen=False, why="Räcker inte."),
            Choice("theft_burglary", chosen=True),
        ),
    )
    assert code_of(lambda: kept.pictures.choose(later, by="lo", today=TODAY)) == "choice_taken"
    assert kept.pictures.find("bild").decision("theft_burglary") is None, "all or nothing"
    told = kept.pictures.choose(later, by="lo", today=TODAY, seen={"traffic_speed": first.decision_id})
    assert not told.decision("traffic_speed").chosen
    history = kept.pictures.history("bild")
    assert [(one.problem, one.chosen, one.withdrawn_by) for one in history] == [
        ("traffic_speed", True, "lo"),
        ("traffic_speed", False, None),
        ("theft_burglary", True, None),
    ]
    wrong = {"traffic_speed": first.decision_id}
    assert code_of(lambda: kept.pictures.choose(MEETING, by="lo", today=TODAY, seen=wrong)) == "choice_taken"


def test_what_cannot_be_decided_keeps_nothing(kept):
    bad = replace(MEETING, decision=(*MEETING.decision, Choice("snowmobile", chosen=True)))
    assert code_of(lambda: kept.pictures.choose(bad, by="kim", today=TODAY)) == "choice_not_in_picture"
    assert (
        code_of(lambda: kept.pictures.choose(replace(MEETING, picture="x"), by="kim", today=TODAY))
        == "no_picture"
    )
    assert kept.pictures.history("bild") == ()


def test_a_promise_names_a_problem_that_there_is(kept):
    plain = {"key": "fart", "name": "Fart", "focus_area": "Trafik", "first": date(2026, 11, 15)}
    one = made_promise(plain | {"answers": "bild#traffic_speed"}, file="f", place_ids={})
    assert one.answers == ("bild#traffic_speed",)
    assert kept.promises.add(one, by="kim").promise.answers == one.answers
    assert made_promise(plain | {"answers": ""}, file="f", place_ids={}).answers == ()
    for answers, code in (("bild#snowmobile", "answers_unknown"), ("annan#traffic_speed", "no_picture")):
        other = replace(one, key="annat", answers=(answers,))
        assert code_of(lambda other=other: kept.promises.add(other, by="kim")) == code
        changed = replace(one, answers=(answers,))
        change = lambda changed=changed: kept.promises.change(changed, seen_version=1, why="", by="kim")  # noqa: E731
        assert code_of(change) == code
    assert (
        code_of(lambda: made_promise(plain | {"answers": "fart"}, file="f", place_ids={}))
        == "promise_invalid"
    )
    assert code_of(lambda: kept.pictures.require("fart")) == "answers_unreadable"


def test_a_focus_is_noted_once_and_taken_back_kept(register):
    number = register.week_focus.add(LINE, by="kim", today=TODAY)
    assert [one.line for one in register.week_focus.of(LINE.week)] == [LINE]
    assert code_of(lambda: register.week_focus.add(LINE, by="lo", today=TODAY)) == "focus_known"
    away = replace(LINE, place_id=77)
    assert code_of(lambda: register.week_focus.add(away, by="lo", today=TODAY)) == "no_place"
    odd = replace(LINE, problem="buller")
    assert code_of(lambda: register.week_focus.add(odd, by="lo", today=TODAY)) == "category_unknown"
    assert register.week_focus.withdraw(number, by="lo")
    assert not register.week_focus.withdraw(number, by="lo")
    assert code_of(lambda: register.week_focus.withdraw(99, by="lo")) == "no_focus"
    assert register.week_focus.of(LINE.week) == ()
    assert [one.withdrawn_by for one in register.week_focus.of(LINE.week, withdrawn=True)] == ["lo"]
    both = FocusLine(
        **{name: getattr(LINE, name) for name in LINE.__slots__}
        | {"parties": frozenset({Party.POLICE, Party.MUNICIPALITY})}
    )
    register.week_focus.add(both, by="kim", today=TODAY)
    assert register.week_focus.of(LINE.week)[0].line.parties == both.parties


def test_a_picture_saved_by_mistake_is_taken_back_with_a_reason_and_stays(register):
    pictures = register.pictures
    pictures.save("fel", PICTURE, name="Fel år", by="kim")
    assert code_of(lambda: pictures.withdraw("fel", by="kim", why="  ")) == "form_missing"
    assert code_of(lambda: pictures.withdraw("saknas", by="kim", why="x")) == "no_picture"
    gone = pictures.withdraw("fel", by="kim", why=" Fel period ")
    assert (gone.withdrawn_by, gone.withdrawn_why) == ("kim", "Fel period")
    assert [pictures.all(), pictures.newest(), pictures.withdrawn()] == [(), None, (gone,)]
    assert pictures.find("fel") == gone
    assert code_of(lambda: pictures.withdraw("fel", by="kim", why="igen")) == "picture_withdrawn"
    assert code_of(lambda: pictures.save("fel", PICTURE, name="Annat", by="kim")) == "picture_known"
    assert pictures.save("ratt", PICTURE, name="Fel år", by="kim").key == "ratt"
    problem = PICTURE.problems[0].problem
    assert code_of(lambda: pictures.require(f"fel#{problem}")) == "picture_withdrawn"


def test_a_picture_that_a_meeting_decided_of_is_not_taken_back(kept):
    kept.pictures.choose(MEETING, by="kim", today=TODAY)
    assert code_of(lambda: kept.pictures.withdraw("bild", by="kim", why="Fel")) == "picture_decided"
    assert kept.pictures.find("bild").withdrawn_at is None
