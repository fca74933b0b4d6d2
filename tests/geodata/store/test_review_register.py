"""Reviews in the register: kept once, checked before, measures with their history, photos by what they hold."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import shapely
from PIL import Image

from geodata.errors import MissingError, ParameterError
from geodata.places.place import PlaceCandidate
from geodata.promises.activity import Party
from geodata.reviews.checklist import Verdict, category_of, lacking, read_checks
from geodata.reviews.review import (
    FindingDraft,
    Light,
    MeasureDraft,
    MeasureStatus,
    ReviewDraft,
    ReviewResult,
    RoadKeeper,
    Season,
    season_of,
)
from geodata.schema import PlaceKind
from geodata.store.photos import LONGEST_SIDE, drop_photo, keep_photo, photo_file
from geodata.store.register import Register
from geodata.store.review_photos import MOST_PHOTOS

DRAFT = ReviewDraft(
    entry_key="0a1b",
    place_id=1,
    point=None,
    day=date(2026, 3, 14),
    light=Light.DARK,
    season=None,
    parties=frozenset({Party.POLICE, Party.MUNICIPALITY}),
    with_whom=" skolans rektor ",
    road_keeper=RoadKeeper.STATE,
    result=ReviewResult.MEASURES,
    note="",
    checks=(("sight", Verdict.LACKING), ("speed", Verdict.GOOD)),
    findings=(FindingDraft("sight", "Häcken skymmer", (15.0, 40.0)), FindingDraft("other", "   ")),
    measures=(MeasureDraft("Klipp häcken", "Gatuenheten", 4000), MeasureDraft("Upphöjd överfart")),
)


@pytest.fixture
def register(tmp_path):
    opened = Register(tmp_path, municipality_code="9999", working_crs=3006)
    opened.propose([PlaceCandidate(PlaceKind.SQUARE, "Torget", shapely.box(0, 0, 100, 100), "areas:1")])
    yield opened
    opened.close()


def jpeg(size=(40, 30), colour="red", *, exif=None):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG", **({"exif": exif} if exif else {}))
    return io.BytesIO(out.getvalue())


def test_a_review_comes_back_as_it_was_filled_in(register):
    review = register.reviews.one(register.reviews.add(DRAFT, by="kim"))
    assert (review.place_id, review.day, review.season) == (1, date(2026, 3, 14), Season.SPRING)
    assert (review.light, review.road_keeper, review.result) == (Light.DARK, RoadKeeper.STATE, "measures")
    assert (review.parties, review.with_whom) == (DRAFT.parties, "skolans rektor")
    assert review.checks == DRAFT.checks
    assert [(one.item, one.text, one.x, one.y) for one in review.findings] == [
        ("sight", "Häcken skymmer", 15.0, 40.0)
    ]
    assert [(one.text, one.responsible, one.cost) for one in review.measures] == [
        ("Klipp häcken", "Gatuenheten", 4000),
        ("Upphöjd överfart", "", None),
    ]
    assert [one.status for one in review.measures] == [MeasureStatus.PROPOSED] * 2
    assert review.made_by == "kim"


def test_what_is_sent_twice_is_one_review(register):
    first = register.reviews.add(DRAFT, by="kim")
    assert register.reviews.add(replace(DRAFT, note="igen"), by="kim") == first
    assert [one.note for one in register.reviews.all()] == [""]


def test_another_municipality_sees_none_of_it(register, tmp_path):
    review_id = register.reviews.add(DRAFT, by="kim")
    other = Register(tmp_path, municipality_code="1234", working_crs=3006)
    assert other.reviews.all() == ()
    with pytest.raises(MissingError):
        other.reviews.withdraw(review_id, by="x")
    with pytest.raises(MissingError):
        other.reviews.add(DRAFT, by="x")  # the place is not theirs
    other.close()


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"day": datetime.now(UTC).date() + timedelta(days=2)}, "review_day_wrong", "day"),
        ({"day": date(1871, 1, 1)}, "review_day_wrong", "day"),
        ({"place_id": None}, "review_place_missing", "place"),
        ({"checks": (), "findings": ()}, "review_empty", "checks"),
        ({"checks": (("charm", Verdict.GOOD),)}, "review_item_unknown", ""),
        ({"parties": frozenset()}, "review_parties_missing", "parties"),
        ({"result": ReviewResult.NOTHING_CALLED_FOR}, "review_has_measures", "result"),
        ({"measures": ()}, "review_measures_missing", "measure-1"),
        ({"measures": (MeasureDraft(" "),)}, "measure_empty", "measure"),
        ({"measures": (MeasureDraft("Gupp", cost=-1),)}, "measure_cost_wrong", "cost"),
        ({"note": "å" * 2001}, "text_too_long", "note"),
        ({"entry_key": ""}, "review_key_missing", ""),
    ],
)
def test_what_will_not_do_is_refused_whole_and_names_its_field(register, change, code, field):
    with pytest.raises(ParameterError) as raised:
        register.reviews.add(replace(DRAFT, **change), by="kim")
    assert (raised.value.code, raised.value.values["field"]) == (code, field)
    assert register.reviews.all() == ()


def test_a_place_that_is_not_there_is_refused(register):
    with pytest.raises(MissingError) as raised:
        register.reviews.add(replace(DRAFT, place_id=77), by="kim")
    assert raised.value.code == "no_place"


def test_a_measure_keeps_every_status_it_had(register):
    review = register.reviews.one(register.reviews.add(DRAFT, by="kim"))
    measure_id = review.measures[0].measure_id
    for status, day in (
        ("decided", date(2026, 4, 1)),
        ("funded", date(2026, 4, 1)),
        ("built", date(2026, 6, 30)),
    ):
        register.measures.set_status(measure_id, MeasureStatus(status), day=day, by="bo")
    measure = register.reviews.one(review.review_id).measures[0]
    assert [(str(one.status), one.day, one.decided_by) for one in measure.history] == [
        ("proposed", date(2026, 3, 14), "kim"),
        ("decided", date(2026, 4, 1), "bo"),
        ("funded", date(2026, 4, 1), "bo"),
        ("built", date(2026, 6, 30), "bo"),
    ]
    assert measure.built == date(2026, 6, 30)
    for status, day, code in (
        (MeasureStatus.BUILT, date(2026, 7, 1), "measure_status_same"),
        (MeasureStatus.REJECTED, date(2026, 6, 29), "measure_day_wrong"),
        (MeasureStatus.REJECTED, datetime.now(UTC).date() + timedelta(days=9), "measure_day_wrong"),
    ):
        with pytest.raises(ParameterError) as raised:
            register.measures.set_status(measure_id, status, day=day, by="bo")
        assert raised.value.code == code
    with pytest.raises(MissingError):
        register.measures.set_status(99, MeasureStatus.BUILT, day=date(2026, 7, 1), by="bo")


def test_a_measure_added_later_makes_the_result(register):
    draft = replace(DRAFT, result=ReviewResult.OPEN, measures=())
    review_id = register.reviews.add(draft, by="kim")
    register.measures.add(review_id, MeasureDraft("Belysning"), day=date(2026, 5, 1), by="bo")
    review = register.reviews.one(review_id)
    assert (review.result, [one.text for one in review.measures]) == (ReviewResult.MEASURES, ["Belysning"])
    with pytest.raises(ParameterError) as raised:
        register.reviews.conclude(
            review_id, ReviewResult.NOTHING_CALLED_FOR, revision=review.revision, by="bo"
        )
    assert raised.value.code == "review_has_measures"


def test_of_two_who_conclude_the_second_is_told(register):
    review_id = register.reviews.add(replace(DRAFT, result=ReviewResult.OPEN, measures=()), by="kim")
    register.reviews.conclude(review_id, ReviewResult.NOTHING_CALLED_FOR, revision=0, by="bo")
    with pytest.raises(ParameterError) as raised:
        register.reviews.conclude(review_id, ReviewResult.OPEN, revision=0, by="ann")
    assert raised.value.code == "review_changed"
    assert register.reviews.one(review_id).result == ReviewResult.NOTHING_CALLED_FOR


def test_a_withdrawn_review_is_gone_from_every_list_with_its_photos(register, tmp_path):
    review_id = register.reviews.add(DRAFT, by="kim")
    kept, let_go = keep_photo(tmp_path, jpeg()), []
    register.review_photos.add(review_id, kept, item="sight", by="kim")
    register.review_photos.let_go(kept.digest, lambda: let_go.append("before"))
    register.reviews.withdraw(review_id, by="kim")
    register.review_photos.let_go(kept.digest, lambda: let_go.append("after"))
    assert let_go == ["after"], "the file stays while a review shows it"
    assert register.reviews.all() == ()
    for ask in (
        lambda: register.reviews.one(review_id),
        lambda: register.reviews.withdraw(review_id, by="kim"),
        lambda: register.measures.add(review_id, MeasureDraft("x"), day=date(2026, 5, 1), by="x"),
    ):
        with pytest.raises(MissingError):
            ask()


def test_of_a_photo_only_its_pixels_are_kept(tmp_path):
    exif = Image.Exif()
    exif[0x010F], exif[0x0132], exif[0x0112] = "Telefon", "2026:03:14 08:00:00", 6  # maker, time, turned
    exif.get_ifd(0x8825)[2] = (59.0, 30.0, 0.0)  # where
    kept = keep_photo(tmp_path, jpeg((400, 200), exif=exif))
    assert (kept.width, kept.height) == (200, 400)
    content = photo_file(tmp_path, kept.digest).read_bytes()
    assert b"Telefon" not in content
    assert not Image.open(io.BytesIO(content)).getexif()
    assert keep_photo(tmp_path, jpeg((400, 200), exif=exif)) == kept
    drop_photo(tmp_path, kept.digest)
    with pytest.raises(MissingError):
        photo_file(tmp_path, kept.digest)


def test_a_large_photo_is_made_smaller_and_a_clear_one_gets_a_ground(tmp_path):
    assert keep_photo(tmp_path, jpeg((3200, 800))).width == LONGEST_SIDE
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(out, "PNG")
    kept = keep_photo(tmp_path, io.BytesIO(out.getvalue()))
    assert Image.open(photo_file(tmp_path, kept.digest)).getpixel((1, 1)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"GIF89a" + b"x" * 40, "photo_unreadable"),
        (jpeg().getvalue()[:200], "photo_unreadable"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo_unreadable"),
        (b"\xff\xd8" + b"0" * 15_000_001, "photo_too_large"),
    ],
    ids=["gif", "cut", "svg", "large"],
)
def test_what_is_no_photo_is_refused_and_leaves_nothing(tmp_path, sent, code):
    with pytest.raises(ParameterError) as raised:
        keep_photo(tmp_path, io.BytesIO(sent))
    assert raised.value.code == code
    assert list(tmp_path.rglob("*.jpg")) == []


def test_a_picture_that_would_fill_the_memory_is_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr("geodata.store.photos.LARGEST_PIXELS", 1000)
    with pytest.raises(ParameterError) as raised:
        keep_photo(tmp_path, jpeg((40, 30)))
    assert raised.value.code == "photo_too_many_pixels"


@pytest.mark.parametrize("digest", ["../../etc/passwd", "", "AB" * 32])
def test_a_photo_is_found_by_its_digest_alone(tmp_path, digest):
    with pytest.raises(MissingError):
        photo_file(tmp_path, digest)


def test_a_review_has_so_many_photos_and_each_once(register):
    from geodata.store.photos import KeptPhoto

    review_id = register.reviews.add(DRAFT, by="kim")
    ids = {
        register.review_photos.add(review_id, KeptPhoto(f"{number % 20:064d}", 4, 3), item="", by="kim")
        for number in range(MOST_PHOTOS + 5)
    }
    assert len(ids) == MOST_PHOTOS
    with pytest.raises(ParameterError) as raised:
        register.review_photos.add(review_id, KeptPhoto("f" * 64, 4, 3), item="", by="kim")
    assert raised.value.code == "photos_too_many"
    register.review_photos.remove(min(ids), by="kim")
    assert len(register.reviews.one(review_id).photos) == MOST_PHOTOS - 1
    with pytest.raises(MissingError):
        register.review_photos.remove(min(ids), by="kim")


def test_the_weightiest_that_lacks_gives_the_category():
    checks = read_checks("lighting:lacking speed:good sight:lacking unknown:lacking crossing:who")
    assert lacking(checks) == ("sight", "lighting")
    assert category_of(checks) == "environment_no_overview"
    assert category_of(()) == "other"


def test_the_checklist_is_that_of_the_shipped_mapping():
    import tomllib
    from importlib.resources import files

    from geodata.codelists import CHECKED, CHECKLIST
    from geodata.reviews.checklist import CATEGORY_OF

    rule = tomllib.loads(
        files("etl.mappings").joinpath("traffic_review_checklist.toml").read_text(encoding="utf-8")
    )["checklist"]
    assert list(rule["items"]) == list(CATEGORY_OF)
    assert rule["categories"] == CATEGORY_OF
    assert set(CATEGORY_OF) == set(CHECKLIST)
    assert set(Verdict) == set(CHECKED)


@pytest.mark.parametrize(
    ("month", "season"), [(12, "winter"), (2, "winter"), (3, "spring"), (8, "summer"), (11, "autumn")]
)
def test_seasons(month, season):
    assert season_of(date(2026, month, 1)) == season
