"""The order, how sure it is, what each audience sees, and what a meeting may have decided."""

from dataclasses import replace
from datetime import date

import pytest
from pictured import LINE, MEETING, PICTURE, TODAY

from geodata.codelists import RESPONDENTS
from geodata.errors import ParameterError
from geodata.periods import Period
from geodata.picture.decision import Choice, check_choices, read_choices
from geodata.picture.focus import Focus, check_focus, known_to, week_of
from geodata.picture.order import order_ranges
from geodata.picture.picture import (
    from_document,
    shown_to,
    to_document,
)
from geodata.picture.sureness import SURENESS, WORDS, sureness
from geodata.picture.voices import WHO_OF, Who, who_answered
from geodata.privacy import RULES, Audience
from geodata.promises.activity import Party


def test_a_picture_is_kept_whole_infinite_ratios_too():
    assert from_document(to_document(PICTURE)) == PICTURE


@pytest.mark.parametrize("audience", Audience)
def test_only_staff_see_numbers_and_what_few_speak_of(audience):
    shown = shown_to(PICTURE, audience)
    if RULES[audience].exact_counts:
        assert shown == PICTURE
        return
    assert [one.problem for one in shown.problems] == ["traffic_speed", "substance_alcohol"]
    assert (shown.answers, shown.unsorted) == (None, None)
    for one in shown.problems:
        assert [voice.who for voice in one.voices] == [Who.RESIDENTS]
        numbers = [
            *(voice.answers for voice in one.voices),
            *(voice.of for voice in one.voices),
            one.rank_low,
            one.reviewed.found,
            one.recorded.count,
            one.recorded.serious,
            *(change.count for change in one.changes),
            *(change.ratio for change in one.changes),
            *(place.records for place in one.places),
            *(place.answers for place in one.places),
            *(place.rank for place in one.places),
        ]
        assert set(numbers) == {None}
        assert [place.name for place in one.places] == ["Torget"]
        assert [change.verdict for change in one.changes] == [
            change.verdict for change in PICTURE.problems[0].changes
        ]


def test_the_order_says_how_sure_its_places_are():
    first, second, third, none = order_ranges([100, 30, 28, 0])
    assert (first.rank, first.low, first.high) == (1, 1, 1)
    assert (second.rank, second.low, second.high) == (2, 2, 3)
    assert (third.low, third.high) == (2, 3)
    assert none is None
    assert order_ranges([0, 0]) == (None, None)
    assert order_ranges([]) == ()
    assert order_ranges([100, 30, 28, 0]) == order_ranges([100, 30, 28, 0])


@pytest.mark.parametrize(
    ("spoken", "answers", "word"),
    [
        ({"residents": 60, "reviews": 1, "records": 30}, 60, "well"),
        ({"residents": 60, "staff": 4, "records": 30}, 60, "fairly"),
        ({"residents": 12, "records": 30}, 12, "fairly"),
        ({"residents": 9, "records": 30}, 9, "one_sided"),
        ({"records": 200}, 0, "one_sided"),
        ({"residents": 29}, 29, "weakly"),
        ({"residents": 4, "records": 4}, 4, "too_few"),
        ({}, 0, "too_few"),
    ],
)
def test_how_sure_is_a_rule(spoken, answers, word):
    assert sureness(spoken, answers=answers) == word


def test_every_word_of_sureness_can_be_reached_and_every_respondent_is_somebody():
    assert len(set(WORDS)) == len(SURENESS) + 1
    assert set(WHO_OF) == set(RESPONDENTS)
    assert who_answered("staff_police", asks=None) is Who.STAFF
    assert who_answered(None, asks="staff_municipality") is Who.STAFF
    assert who_answered("resident", asks="staff_municipality") is Who.RESIDENTS
    assert who_answered(None, asks=None) is Who.RESIDENTS


@pytest.mark.parametrize(
    ("choices", "code"),
    [
        (replace(MEETING, meeting_on=date(2026, 11, 21)), "choice_meeting_future"),
        (replace(MEETING, meeting_on=date(2026, 10, 30)), "choice_meeting_early"),
        (replace(MEETING, decision=(Choice("snowmobile", chosen=True),)), "choice_not_in_picture"),
        (replace(MEETING, decision=MEETING.decision * 2), "choice_twice"),
        (replace(MEETING, decision=(Choice("traffic_speed", chosen=False),)), "choice_without_why"),
    ],
)
def test_what_no_meeting_can_have_decided_is_refused(choices, code):
    with pytest.raises(ParameterError) as caught:
        check_choices(choices, PICTURE, today=TODAY)
    assert caught.value.code == code
    check_choices(MEETING, PICTURE, today=TODAY)


@pytest.mark.parametrize(
    ("text", "code", "key"),
    [
        ("picture = ", "choices_not_toml", None),
        ('picture = "bild"', "choices_invalid", "meeting"),
        ('picture = "b"\nmeeting = "T"\nmeeting_on = "i går"', "choices_invalid", "meeting_on"),
        ('picture = "b"\nmeeting = "T"\nmeeting_on = 2026-02-30', "choices_not_toml", None),
        ('picture = "b"\nmeeting = "T"\nmeeting_on = 2026-11-12', "choices_invalid", "decision"),
        (
            'picture = "b"\nmeeting = "T"\nmeeting_on = 2026-11-12\n[[decision]]\nproblem = "x"\nchosen = "kanske"',
            "choices_invalid",
            "decision.0.chosen",
        ),
        (
            (
                'picture = "b"\nmeeting = "T"\nmeeting_on = 2026-11-12\nordf = "Kim"\n[[decision]]\n'
                'problem = "x"\nchosen = true'
            ),
            "choices_invalid",
            "ordf",
        ),
    ],
)
def test_a_file_of_choices_says_what_is_wrong(text, code, key):
    with pytest.raises(ParameterError) as caught:
        read_choices(text, file="val.toml")
    assert caught.value.code == code
    assert caught.value.values.get("key") == key


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"what": " "}, "focus_empty"),
        ({"what": "x" * 201}, "focus_long"),
        ({"parties": frozenset()}, "focus_nobody"),
        ({"week": date(2026, 11, 24)}, "focus_week"),
        ({"week": date(2026, 11, 2), "met_on": date(2026, 10, 29)}, "focus_past"),
        ({"met_on": date(2026, 11, 21)}, "focus_meeting_future"),
        ({"week": date(2026, 11, 9), "met_on": date(2026, 11, 16)}, "focus_meeting_late"),
    ],
)
def test_a_focus_that_cannot_be_is_refused(changed, code):
    with pytest.raises(ParameterError) as caught:
        check_focus(replace(LINE, **changed), today=TODAY)
    assert caught.value.code == code
    check_focus(LINE, today=TODAY)


def test_where_the_police_are_to_be_is_known_to_those_who_met():
    both = tuple(
        Focus(number, replace(LINE, parties=frozenset({party})), "kim", None)
        for number, party in enumerate((Party.POLICE, Party.MUNICIPALITY))
    )
    seen = {audience: [one.focus_id for one in known_to(both, audience)] for audience in Audience}
    assert seen[Audience.POLICE] == seen[Audience.COORDINATOR] == [0, 1]
    assert seen[Audience.PLANNER] == [1]
    assert seen[Audience.COUNCIL] == seen[Audience.PUBLIC] == []


def test_a_week_runs_from_monday_to_sunday_over_the_new_year():
    assert week_of(date(2027, 1, 1)) == Period(date(2026, 12, 28), date(2027, 1, 3))
