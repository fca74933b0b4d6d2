"""A dialogue is read strictly, takes its steps in order, and owes its result until both have it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from geodata.dialogues.course import (
    MAY_FOLLOW,
    Step,
    cancelled,
    closed,
    due,
    opened,
    published,
    recorded,
    reopened,
    require_step,
    unpublished,
)
from geodata.dialogues.dialogue import Course, DialogueState, Outcome, Publication, Reader
from geodata.dialogues.lapse import lapse_of
from geodata.dialogues.reading import (
    course_from_document,
    course_to_document,
    from_document,
    made_dialogue,
    made_publication,
    plain,
    read_dialogue,
    to_document,
)
from geodata.errors import MissingError, ParameterError

SAFFLE = Path(__file__).parents[3] / "docs" / "examples" / "saffle" / "dialoger" / "vecka-17-2016.toml"
WEEK = read_dialogue(SAFFLE.read_text(encoding="utf-8"), file=SAFFLE.name, place_ids={})
TODAY = date(2016, 6, 10)
PLACES = {"stortorget": 7}


def told(to, day=TODAY):
    return Publication(to, day, "Trygghetsrådet")


def written(**changed):
    occasion = {
        "key": "torget",
        "place": "Stortorget",
        "askers": ["police"],
        "groups": ["residents"],
        "method": "talk",
        "day": "2016-04-26",
        "start": "10:00",
        "end": "14:00",
    }
    whole = {"key": "prov", "name": "Prov", "kind": "citizen", "first": "2016-04-25", "last": "2016-05-01"}
    occasions = changed.pop("occasions", [{}])
    of_occasion = {name: changed.pop(name) for name in list(changed) if name in {*occasion, "where"}}
    rows = [
        {name: value for name, value in {**occasion, **of_occasion, **one}.items() if value is not None}
        for one in occasions
    ]
    return {**whole, **{k.removeprefix("whole_"): v for k, v in changed.items()}, "occasions": rows}


def made(**changed):
    return made_dialogue(written(**changed), file="prov.toml", place_ids=PLACES, retired={"gamla torget"})


def test_saffles_week_says_what_is_known_of_it_and_no_more():
    assert (WEEK.first.isocalendar()[:2], WEEK.last.isocalendar()[:2]) == ((2016, 17), (2016, 17))
    assert [one.where for one in WEEK.occasions] == [
        "Stortorget",
        "45:ans köpcentrum",
        "Utanför Systembolaget",
        "Tegnérskolan",
        "Höglundaskolan",
        "Workshop för kommunens medarbetare",
    ]
    assert {(one.day, one.start) for one in WEEK.occasions} == {(None, None)}
    assert WEEK.needs == ("polisbil", "brandbil")


def test_saffles_result_is_owed_until_residents_and_staff_have_it():
    course = closed(opened(Course()))
    assert lapse_of(WEEK, course, today=WEEK.last) is None
    owed = lapse_of(WEEK, course, today=date(2019, 5, 1))
    assert (owed.code, owed.days, owed.untold) == ("no_result_day", 1095, tuple(Reader))
    course = due(course, WEEK, date(2016, 6, 1))
    assert lapse_of(WEEK, course, today=date(2016, 6, 1)) is None
    assert lapse_of(WEEK, course, today=date(2016, 6, 2)).code == "result_overdue"
    course = published(course, WEEK, told(Reader.RESIDENTS), today=TODAY)
    owed = lapse_of(WEEK, course, today=TODAY)
    assert (owed.code, owed.days, owed.untold) == ("result_overdue", 9, (Reader.STAFF,))
    course = published(course, WEEK, told(Reader.STAFF), today=TODAY)
    assert (course.state, lapse_of(WEEK, course, today=date(2030, 1, 1))) == (DialogueState.PUBLISHED, None)


def test_what_should_have_opened_or_closed_is_said_from_the_day_after():
    assert lapse_of(WEEK, Course(), today=WEEK.first) is None
    assert lapse_of(WEEK, Course(), today=date(2016, 4, 26)).code == "not_opened"
    assert lapse_of(WEEK, opened(Course()), today=date(2016, 5, 2)).code == "not_closed"
    assert lapse_of(WEEK, cancelled(Course()), today=date(2030, 1, 1)) is None


@pytest.mark.parametrize("step", MAY_FOLLOW)
@pytest.mark.parametrize("state", DialogueState)
def test_a_step_is_taken_where_it_may_be_and_nowhere_else(state, step):
    course = Course(state=state)
    if state in MAY_FOLLOW[step]:
        require_step(course, step)
        return
    with pytest.raises(ParameterError) as fault:
        require_step(course, step)
    early = {DialogueState.PLANNED, DialogueState.OPEN}
    to_result = step in {Step.PUBLISH, Step.SET_DUE}
    assert fault.value.code == (
        "dialogue_not_closed" if state in early and to_result else f"dialogue_is_{state}"
    )


def test_a_result_is_dated_after_the_end_and_given_back_after_the_closing():
    course = closed(opened(Course()))
    for fault, step in (
        ("dialogue_due_early", lambda: due(course, WEEK, date(2016, 4, 30))),
        ("dialogue_not_closed", lambda: published(opened(Course()), WEEK, told(Reader.STAFF), today=TODAY)),
        (
            "dialogue_publication_day",
            lambda: published(course, WEEK, told(Reader.STAFF, date(2016, 6, 11)), today=TODAY),
        ),
        (
            "dialogue_publication_day",
            lambda: published(course, WEEK, told(Reader.STAFF, date(2016, 4, 24)), today=TODAY),
        ),
    ):
        with pytest.raises(ParameterError) as raised:
            step()
        assert raised.value.code == fault
    assert due(course, WEEK, WEEK.last).result_due == WEEK.last


def test_what_is_published_can_be_taken_back_and_is_then_owed_again():
    course = due(closed(opened(Course())), WEEK, date(2016, 6, 1))
    for reader in Reader:
        course = published(course, WEEK, told(reader), today=TODAY)
    with pytest.raises(ParameterError, match="already"):
        published(course, WEEK, told(Reader.STAFF), today=TODAY)
    back = unpublished(course, Reader.STAFF)
    assert (back.state, back.untold) == (DialogueState.RESULT_DUE, (Reader.STAFF,))
    with pytest.raises(ParameterError, match="published"):
        reopened(back)
    with pytest.raises(MissingError):
        unpublished(back, Reader.STAFF)
    again = reopened(unpublished(back, Reader.RESIDENTS))
    assert (again.state, again.result_due) == (DialogueState.OPEN, None)


def test_an_outcome_is_of_an_occasion_that_has_been():
    course = opened(Course())
    course = recorded(course, WEEK, Outcome("tegnerskolan", talks=22), today=TODAY)
    course = recorded(course, WEEK, Outcome("stortorget", talks=40, answers=31), today=TODAY)
    course = recorded(course, WEEK, Outcome("tegnerskolan", talks=24), today=TODAY)
    assert [(one.occasion, one.talks) for one in course.outcomes] == [
        ("stortorget", 40),
        ("tegnerskolan", 24),
    ]
    with pytest.raises(MissingError):
        recorded(course, WEEK, Outcome("okand"), today=TODAY)
    with pytest.raises(ParameterError, match="still to come"):
        recorded(course, WEEK, Outcome("stortorget"), today=date(2016, 4, 24))


def test_what_is_written_is_read_back_the_same():
    assert from_document(to_document(WEEK)) == WEEK
    assert made_dialogue(plain(WEEK), file="", place_ids={}) == WEEK
    course = recorded(opened(Course()), WEEK, Outcome("stortorget", 3, None, "x", ("enkat",)), today=TODAY)
    course = published(due(closed(course), WEEK, TODAY), WEEK, told(Reader.STAFF), today=TODAY)
    assert course_from_document(course_to_document(course)) == course
    assert made().occasions[0].place == 7


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("dialogue_backwards", {"whole_last": "2016-04-24"}),
        ("dialogue_occasion_outside", {"day": "2016-05-02"}),
        ("dialogue_occasion_backwards", {"end": "09:59"}),
        ("dialogue_occasion_backwards", {"end": "10:00"}),
        ("dialogue_occasion_hours", {"start": None}),
        ("dialogue_occasion_hours", {"day": None}),
        ("dialogue_occasion_nowhere", {"place": None}),
        ("dialogue_place_unknown", {"place": "Lilltorget"}),
        ("dialogue_place_retired", {"place": "Gamla torget"}),
        ("dialogue_key_twice", {"occasions": [{}, {"day": "2016-04-27"}]}),
        ("dialogue_occasion_twice", {"occasions": [{}, {"key": "igen"}]}),
        ("dialogue_course_in_file", {"whole_state": "closed"}),
        ("dialogue_invalid", {"start": "25:00"}),
        ("dialogue_invalid", {"method": "telepathy"}),
        ("dialogue_invalid", {"askers": []}),
        ("dialogue_invalid", {"whole_kind": "party"}),
        ("dialogue_invalid", {"whole_colour": "blue"}),
        ("dialogue_invalid", {"whole_key": "Vecka 17"}),
    ],
)
def test_what_is_wrong_in_a_file_is_said(code, changed):
    with pytest.raises(ParameterError) as fault:
        made(**changed)
    assert fault.value.code == code
    assert fault.value.values["file"] == "prov.toml"


def test_what_is_no_toml_and_no_publication_is_said():
    with pytest.raises(ParameterError, match="not valid TOML"):
        read_dialogue("a = ", file="x.toml", place_ids={})
    whole = {"to": "staff", "day": "2016-06-01", "where": "Intranätet"}
    assert made_publication(whole).to is Reader.STAFF
    for field, value in (("to", "press"), ("link", "javascript:alert(1)"), ("where", ""), ("day", "i juni")):
        with pytest.raises(ParameterError) as fault:
            made_publication({**whole, field: value})
        assert fault.value.values["field"] == field


def test_asking_by_telephone_needs_no_place():
    assert made(place=None, method="phone").occasions[0].place is None
    assert replace(WEEK, occasions=()).occasion("stortorget") is None
