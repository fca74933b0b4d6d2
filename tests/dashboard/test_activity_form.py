"""Every promise sentence of the field entered by the form, as a coordinator ticks it, is the rule of the files."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.texts.catalogue import catalogue
from dashboard.views.activity_form import changed_activity, holds, typed_activity
from dashboard.views.activity_reading import activity_of
from dashboard.views.activity_said import read_so_far, said_so_far
from dashboard.views.promise_reading import promise_of, typed_promise
from dashboard.views.target_reading import KINDS
from geodata.analyses.promise_draft import Draft
from geodata.errors import ParameterError
from geodata.promises.key import key_from
from geodata.promises.reading import made_activity, made_promise, plain, read_promise
from geodata.promises.scope import Hours
from geodata.promises.targets.kinds import TARGETS
from geodata.promises.targets.part import Part

sys.path.insert(0, str(Path(__file__).parents[1] / "geodata" / "promises"))
from sentences import PLACE_IDS, PROMISES

ROOT = Path(__file__).parents[2]
TEXTS = catalogue("sv")
EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*/loften/*.toml"))

TICKED = {
    ("arvidsjaur-narkotika-2015", "riktade-insatser"): {
        "responsible": "police",
        "kinds": "targeted_operation",
        "parties": "police",
        "targets": "count",
        "count_at_least": "6",
    },
    ("arvidsjaur-alkohol-2015", "riskkvallar"): {
        "responsible": "police",
        "kinds": "presence",
        "days": "risk_evenings",
        "targets": "presence,way",
        "way_known": "kronoberg",
    },
    ("arvidsjaur-alkohol-2015", "krogtillsyn"): {
        "responsible": "police,municipality",
        "municipality_name": "alkoholhandläggaren",
        "kinds": "premises_inspection",
        "parties": "police",
        "targets": "count,part_joint",
        "count_at_least": "6",
        "part_joint_at_least": "2",
        "part_joint_with": "municipality",
    },
    ("arvidsjaur-skolor-2015", "kontroller"): {
        "responsible": "police",
        "kinds": "traffic_check",
        "where": "kinds",
        "place_kinds": "school_zone",
        "targets": "no_number,preference,balance,way",
        "preference_school": "school_start,school_lunch,school_end",
        "balance_cars": "marked,unmarked",
        "way_known": "low_tolerance",
    },
    ("arvidsjaur-buskorning-2015", "sommarnatter"): {
        "responsible": "police",
        "kinds": "traffic_check,presence",
        "where": "places",
        "places": "2",
        "months": "6,7,8",
        "hours_1_start": "21.00",
        "hours_1_end": "4.00",
        "targets": "no_number,way",
        "no_number_words": "frekvent",
        "way_known": "low_tolerance",
    },
    ("hagfors-2016", "trafik"): {
        "responsible": "police",
        "kinds": "traffic_check,targeted_operation",
        "targets": "no_number",
    },
    ("hagfors-2016", "oversyn"): {
        "responsible": "police,municipality",
        "kinds": "environment_review",
        "joint": "1",
        "targets": "each",
        "each_items": "Norra skolan\nTorget\nGamla bron\n",
        "each_decide": "1",
    },
    ("hagfors-2016", "unga"): {
        "responsible": "police,municipality",
        "kinds": "meeting",
        "joint": "1",
        "targets": "no_number",
    },
    ("hagfors-2016", "drogpolicy"): {
        "responsible": "municipality",
        "kinds": "document",
        "targets": "document",
        "document_title": "Drogpolicy",
        "document_by": "2016-06-30",
    },
    ("hagfors-2016", "skolplan"): {
        "responsible": "municipality",
        "targets": "document",
        "document_title": "Plan för alkohol och droger i skolorna",
    },
    ("kungsbacka-2019", "kontroll"): {
        "responsible": "police",
        "kinds": "traffic_check",
        "complained_days": "60",
        "complained_about": "traffic",
        "targets": "rate",
        "rate_at_least": "1",
        "rate_every": "week",
    },
    ("kungsbacka-2019", "matning"): {
        "responsible": "municipality",
        "kinds": "speed_measurement",
        "targets": "no_number",
        "no_number_words": "regelbundet",
    },
    ("strangnas-2019", "vandringar"): {
        "responsible": "police,municipality",
        "kinds": "safety_walk",
        "joint": "1",
        "targets": "count",
        "count_at_least": "4",
    },
    ("strangnas-2019", "kontroller"): {
        "responsible": "police",
        "kinds": "traffic_check",
        "targets": "count",
        "count_at_least": "303",
    },
    ("toreboda-2018", "insatser"): {
        "responsible": "police",
        "kinds": "targeted_operation",
        "targets": "count",
        "count_at_least": "57",
    },
    ("saffle-2016", "dialog"): {
        "responsible": "police,municipality",
        "kinds": "meeting",
        "targets": "each",
        "each_items": "Stortorget\n45:ans köpcentrum\nSystembolaget\nTegnérskolan\nHöglundaskolan",
    },
    ("saffle-2016", "resultat"): {
        "responsible": "municipality",
        "kinds": "document",
        "targets": "document",
        "document_title": "Resultatet av dialogen",
    },
    ("are-2017", "natt"): {
        "responsible": "police,other",
        "other_name": "fastighetsägare, föreningar och företag",
        "kinds": "presence",
        "months": "12,1,2,3,4",
        "hours_1_start": "22:00",
        "hours_1_end": "03:00",
        "hours_1_weekdays": "fri,sat",
        "targets": "presence,part_joint",
        "presence_at_least": "20",
        "part_joint_at_least": "5",
        "part_joint_with": "other",
    },
}
"""What is ticked and typed for each sentence that the field's notes quote."""

SENTENCES = [
    (promise, activity)
    for promise in PROMISES.values()
    for activity in promise.activities
    if not promise.made_up
]
EVERY = [
    *SENTENCES,
    *(
        (promise, activity)
        for file in EXAMPLES
        for promise in [read_promise(file.read_text(encoding="utf-8"), file=file.name, place_ids=PLACE_IDS)]
        for activity in promise.activities
    ),
]


def named(case):
    return f"{case[0].key}/{case[1].key}"


@pytest.mark.parametrize("case", SENTENCES, ids=named)
def test_what_a_coordinator_ticks_is_the_rule_of_the_file(case):
    promise, activity = case
    typed = {"activity_name": activity.name, **TICKED[promise.key, activity.key]}
    made = made_activity(activity_of(typed, TEXTS), file="", place_ids=PLACE_IDS)
    who = {(one.party, one.name) for one in made.responsible}
    assert who == {(one.party, one.name) for one in activity.responsible}
    assert replace(made, key=activity.key, responsible=activity.responsible) == activity


def test_the_table_has_every_sentence_and_every_kind_of_target():
    assert set(TICKED) == {(promise.key, activity.key) for promise, activity in SENTENCES}
    assert {one.kind for _, activity in SENTENCES for one in activity.targets} == set(TARGETS)
    assert {kind for typed in TICKED.values() for kind in typed["targets"].split(",")} == set(KINDS) - {
        "part_car"
    }


@pytest.mark.parametrize("case", EVERY, ids=named)
def test_the_form_holds_what_stands_and_gives_it_back_unchanged(case):
    _, activity = case
    assert holds(activity, TEXTS)
    back = changed_activity(typed_activity(activity, TEXTS), TEXTS, activity)
    again = made_activity(back, file="", place_ids={})
    assert (again.key, again.targets, again.scope) == (activity.key, activity.targets, activity.scope)


def test_the_example_files_say_the_same_sentences_as_the_notes():
    """Rules with the same text in docs/examples and in the table are one and the same."""
    found = 0
    for promise, activity in EVERY[len(SENTENCES) :]:
        for other, known in SENTENCES:
            if (other.key, known.key) == (promise.key, activity.key) and known.scope == activity.scope:
                found += known.targets == activity.targets
    assert found >= 8


def test_what_the_form_has_no_room_for_is_left_to_a_file():
    activity = PROMISES["arvidsjaur-alkohol-2015"].activity("krogtillsyn")
    two = (*activity.targets, Part(1, jointly_with=("other",)))
    assert not holds(replace(activity, targets=two), TEXTS)
    rows = tuple(Hours(start=f"0{hour}:00", end=f"0{hour}:30") for hour in range(5))
    assert not holds(replace(activity, scope=replace(activity.scope, hours=rows)), TEXTS)


GOOD = {"activity_name": "Kontroll", "responsible": "police", "targets": "count", "count_at_least": "6"}


@pytest.mark.parametrize(
    ("typed", "code", "field"),
    [
        ({"activity_name": " "}, "form_missing", "activity_name"),
        ({"responsible": ""}, "form_missing", "responsible"),
        ({"targets": ""}, "form_no_target", "targets"),
        ({"targets": "dance"}, "form_no_target", "targets"),
        ({"count_at_least": ""}, "form_missing", "count_at_least"),
        ({"count_at_least": "0"}, "form_zero", "count_at_least"),
        ({"count_at_least": "sex"}, "form_count", "count_at_least"),
        ({"count_at_least": "-1"}, "form_count", "count_at_least"),
        ({"count_at_least": "9" * 20}, "form_count_large", "count_at_least"),
        ({"count_at_least": "9" * 20 + "x"}, "form_count", "count_at_least"),
        ({"count_at_least": "9999999"}, "form_between", "count_at_least"),
        ({"targets": "presence", "presence_at_least": "0"}, "form_zero", "presence_at_least"),
        ({"targets": "part_joint", "part_joint_at_least": "2"}, "form_missing", "part_joint_with"),
        ({"targets": "part_car", "part_car_at_least": "0"}, "form_zero", "part_car_at_least"),
        ({"targets": "each", "each_items": "\n \n"}, "form_missing", "each_items"),
        ({"targets": "document", "document_title": ""}, "form_missing", "document_title"),
        ({"targets": "document", "document_title": "x", "document_by": "juni"}, "form_day", "document_by"),
        ({"targets": "balance", "balance_cars": "marked"}, "form_two_cars", "balance_cars"),
        (
            {"targets": "balance", "balance_cars": "marked,unmarked", "balance_share": "60"},
            "form_between",
            "balance_share",
        ),
        ({"targets": "preference"}, "form_missing", "preference_school"),
        ({"targets": "way"}, "form_missing", "way_other"),
        ({"hours_1_start": "07:00"}, "form_missing", "hours_1_end"),
        ({"hours_1_start": "sju", "hours_1_end": "08:00"}, "form_clock", "hours_1_start"),
        ({"where": "places"}, "form_missing", "places"),
        ({"where": "kinds"}, "form_missing", "place_kinds"),
        ({"complained_days": "0"}, "form_between", "complained_days"),
        ({"border_m": "900"}, "form_between", "border_m"),
        ({"dates": "2026-07-10, midsommar"}, "form_day", "dates"),
    ],
)
def test_what_will_not_do_is_told_at_its_field(typed, code, field):
    with pytest.raises(ParameterError) as raised:
        activity_of({**GOOD, **typed}, TEXTS)
    assert (raised.value.code, raised.value.values["field"]) == (code, field)
    for language in ("sv", "en"):
        assert f"errors.{code}" in catalogue(language)
        assert f"promise_form.{field}" in catalogue(language)


def test_weekdays_alone_mean_the_whole_day_and_keys_are_made_of_names():
    values = activity_of(
        {**GOOD, "activity_name": "Översyn på torget", "hours_1_weekdays": "fri"},
        TEXTS,
        taken=["oversyn-pa-torget"],
    )
    assert values["scope"]["hours"] == [{"start": "00:00", "end": "00:00", "weekdays": ["fri"]}]
    assert values["key"] == "oversyn-pa-torget-2"
    assert key_from("– – –") == "lofte"
    assert key_from("Å" * 300) == "a" * 60


DRAFT = Draft(days=31, of=365, next_day=None, logged=5, counted=2, fell=(), contradictions=())


def test_what_counts_is_said_while_one_types_and_what_is_lacking():
    bare = said_so_far(TEXTS, read_so_far({}, TEXTS, key="x", place_ids={}), DRAFT, places={})
    assert bare.rule == ""
    assert bare.lacks == ("Vad ska göras?", "Vilka ansvarar?", "Ett mål: vad ska nås?")
    typed = {**GOOD, "kinds": "traffic_check", "days": "risk_evenings", "targets": "count,rate"}
    half = said_so_far(TEXTS, read_so_far(typed, TEXTS, key="x", place_ids={}), DRAFT, places={})
    assert half.rule == "Minst 6 gånger under löftets tid."
    assert "Räknas: trafikkontroll." in half.scope
    assert half.lacks == ("Gånger i veckan eller månaden",)
    assert "5 sådana insatser är loggade under löftets tid; 2 av dem räknas." in half.facts
    wrong = read_so_far({**typed, "dates": "nyss"}, TEXTS, key="x", place_ids={})
    assert said_so_far(TEXTS, wrong, None, places={}).lacks[-1].startswith("Egna dagar: nyss är ingen dag")


def test_a_promise_is_given_back_by_its_form_as_it_was():
    for promise in PROMISES.values():
        typed = typed_promise(promise)
        assert made_promise({**plain(promise), **promise_of(typed)}, file="", place_ids={}) == promise


@pytest.mark.parametrize(
    ("typed", "code", "field"),
    [
        ({"last": "2025-12-31"}, "form_end_early", "last"),
        ({"first": ""}, "form_missing", "first"),
        ({"first": "i år"}, "form_day", "first"),
        ({"signed_by_2": "Kommunen", "signed_on_2": "snart"}, "form_day", "signed_on_2"),
    ],
)
def test_a_promise_that_will_not_do_is_told_at_its_field(typed, code, field):
    good = {"name": "Trafik 2026", "focus_area": "Trafik", "first": "2026-01-01"}
    with pytest.raises(ParameterError) as raised:
        promise_of({**good, **typed})
    assert (raised.value.code, raised.value.values["field"]) == (code, field)
    values = promise_of(
        {**good, "signed_by_1": "Polisen", "signed_by_3": "Kommunen", "signed_on_3": "2025-12-10"}
    )
    assert values["key"] == "trafik-2026"
    assert [one["by"] for one in values["signed"]] == ["Polisen", "Kommunen"]
