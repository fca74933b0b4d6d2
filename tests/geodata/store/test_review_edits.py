"""A review is corrected with its history kept, once, and not over what somebody else changed."""

from dataclasses import replace
from datetime import date

import pytest
from test_review_register import DRAFT, jpeg, register  # noqa: F401  the fixture

from geodata.errors import MissingError, ParameterError
from geodata.promises.activity import Party
from geodata.reviews.change import FieldChange
from geodata.reviews.checklist import Verdict
from geodata.reviews.review import FindingDraft, Light, ReviewResult, RoadKeeper, Season
from geodata.store.photos import keep_photo


@pytest.fixture
def review_id(register):  # noqa: F811
    return register.reviews.add(DRAFT, by="kim")


def correct(register, review_id, *, revision=0, by="lo", **changed):  # noqa: F811
    return register.review_edits.correct(review_id, replace(DRAFT, **changed), revision=revision, by=by)


def test_everything_that_was_filled_in_can_be_corrected_and_what_it_said_is_kept(register, review_id):  # noqa: F811
    changed = correct(
        register,
        review_id,
        day=date(2026, 3, 15),
        light=Light.DUSK,
        season=Season.WINTER,
        parties=frozenset({Party.MUNICIPALITY}),
        with_whom="",
        road_keeper=RoadKeeper.PRIVATE,
        note="Snö",
        checks=(("sight", Verdict.GOOD), ("lighting", Verdict.LACKING)),
        findings=(FindingDraft("lighting", "Lampan är trasig"),),
    )
    review = register.reviews.one(review_id)
    assert (review.day, review.light, review.season) == (date(2026, 3, 15), Light.DUSK, Season.WINTER)
    assert (review.parties, review.with_whom) == ({Party.MUNICIPALITY}, "")
    assert (review.road_keeper, review.note, review.revision) == (RoadKeeper.PRIVATE, "Snö", 1)
    assert [(one.item, one.text) for one in review.findings] == [("lighting", "Lampan är trasig")]
    assert [one.text for one in review.measures] == ["Klipp häcken", "Upphöjd överfart"]
    (kept,) = register.review_edits.history(review_id)
    assert (kept.fields, kept.changed_by) == (changed, "lo")
    said = {one.field: (one.before, one.after) for one in changed}
    assert said["parties"] == ("municipality police", "municipality")
    assert said["with_whom"] == ("skolans rektor", "")
    assert said["check-speed"] == ("good", "")
    assert said["found-sight"] == ("Häcken skymmer", "")
    assert said["at-sight"] == ("15.0 40.0", "")
    assert said["found-lighting"] == ("", "Lampan är trasig")
    assert "result" not in said


def test_what_is_sent_again_or_untouched_changes_nothing(register, review_id):  # noqa: F811
    assert correct(register, review_id) == ()
    assert len(correct(register, review_id, note="Snö")) == 1
    assert correct(register, review_id, note="Snö") == ()
    assert register.reviews.one(review_id).revision == 1
    assert len(register.review_edits.history(review_id)) == 1


def test_a_point_that_travelled_in_degrees_stays_where_it_was(register, review_id):  # noqa: F811
    near = (FindingDraft("sight", "Häcken skymmer", (15.2, 40.1)),)
    assert correct(register, review_id, findings=near) == ()
    (moved,) = correct(register, review_id, findings=(replace(near[0], point=(18.0, 40.0)),))
    assert moved == FieldChange("at-sight", "15.0 40.0", "18.0 40.0")


def test_two_who_correct_at_once_are_told(register, review_id):  # noqa: F811
    correct(register, review_id, note="Kims")
    with pytest.raises(ParameterError) as raised:
        correct(register, review_id, note="Los")
    assert raised.value.code == "review_changed"
    assert register.reviews.one(review_id).note == "Kims"
    correct(register, review_id, note="Los", revision=1)
    assert [one.fields[0].before for one in register.review_edits.history(review_id)] == ["", "Kims"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"parties": frozenset()}, "review_parties_missing"),
        ({"result": ReviewResult.OPEN}, "review_has_measures"),
        ({"checks": (), "findings": ()}, "review_empty"),
        ({"day": date(2126, 1, 1)}, "review_day_wrong"),
        ({"place_id": 77}, "no_place"),
        ({"note": "x" * 2001}, "text_too_long"),
    ],
)
def test_what_a_new_review_may_not_say_a_corrected_one_may_not_either(register, review_id, changed, code):  # noqa: F811
    with pytest.raises((ParameterError, MissingError)) as raised:
        correct(register, review_id, **changed)
    assert raised.value.code == code
    assert register.review_edits.history(review_id) == ()


def test_a_review_that_is_withdrawn_or_never_was_can_not_be_corrected(register, review_id):  # noqa: F811
    register.reviews.withdraw(review_id, by="kim")
    for number in (review_id, 77):
        with pytest.raises(MissingError):
            correct(register, number, note="x")


def test_a_result_said_by_itself_is_in_the_history_too(register):  # noqa: F811
    plain = replace(DRAFT, entry_key="plain", measures=(), result=ReviewResult.OPEN)
    review_id = register.reviews.add(plain, by="kim")
    register.reviews.conclude(review_id, ReviewResult.NOTHING_CALLED_FOR, revision=0, by="lo")
    (kept,) = register.review_edits.history(review_id)
    assert kept.fields == (FieldChange("result", "open", "nothing_called_for"),)


def test_photos_added_and_removed_are_told_with_who_did_it(register, review_id, tmp_path):  # noqa: F811
    photo_id = register.review_photos.add(review_id, keep_photo(tmp_path, jpeg()), item="", by="kim")
    register.review_photos.remove(photo_id, by="lo")
    told = [(one.what, one.by) for one in register.review_photos.history(review_id)]
    assert told == [("added", "kim"), ("removed", "lo")]
