"""Boston: 8,503 real answers, remains of markup taken out, every row accounted for."""

import csv

import pytest
from real_data import real, set_up

from etl.pipeline import run
from geodata.account import Fate, ImportReport
from geodata.store.snapshots import Snapshot, open_current

NAME = "boston_vision_zero_safety_concerns.csv"
World = tuple[ImportReport, Snapshot, list[dict[str, str]]]


@pytest.fixture(scope="module")
def boston(tmp_path_factory: pytest.TempPathFactory) -> World:
    file = real("boston_concerns", NAME)
    workspace = set_up("boston", [file], workspace=tmp_path_factory.mktemp("world") / "boston")
    report = run(workspace)
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return report, open_current(workspace / "store"), rows


def test_every_answer_is_accounted_for(boston: World) -> None:
    report, snapshot, rows = boston
    (file,) = report.files
    assert file.read == len(rows) == 8503
    # Handed in twice: 29 word for word, at one place within days, the others but for a letter or a word.
    assert file.fates[Fate.LINKED] == 34
    assert file.fates[Fate.NEW] == 8503 - 34
    assert file.adds_up
    assert len(snapshot.table("observations")) == 8503


def test_labels_with_remains_of_markup_are_read_as_the_label(boston: World) -> None:
    report, snapshot, rows = boston
    dirty = {row["OBJECTID"]: row["REQUESTTYPE"] for row in rows if "<" in row["REQUESTTYPE"]}
    assert len(dirty) == 15
    assert report.files[0].said["markup_cleaned"] == "15"
    answers = snapshot.table("observations").set_index("source_record_id")["category"]
    speeding = [number for number, label in dirty.items() if label.endswith("people speed")]
    assert len(speeding) == 3
    assert set(answers[speeding]) == {"traffic_speed"}
    assert (answers == "traffic_speed").sum() == 1226


def test_comments_keep_their_words_and_line_breaks(boston: World) -> None:
    _, snapshot, rows = boston
    text = snapshot.table("observations").set_index("source_record_id")["text"].fillna("")
    assert (text != "").sum() == sum(bool(row["COMMENTS"].strip()) for row in rows)
    assert not text.str.contains(r"</?[a-z]+[ >]|&nbsp;", regex=True).any()
    broken = [row["OBJECTID"] for row in rows if "\n" in row["COMMENTS"].strip()]
    assert len(broken) > 50
    kept = text[broken].str.contains("\n", regex=False)
    assert kept.mean() > 0.9


def test_telephone_numbers_in_comments_are_masked(boston: World) -> None:
    report, snapshot, _ = boston
    text = snapshot.table("observations")["text"].fillna("")
    assert report.files[0].masked == text.str.contains("***", regex=False).sum() > 0
    assert not text.str.contains(r"\d{3}-\d{3}-\d{4}|@\w+\.\w+", regex=True).any()


def test_answers_lie_in_boston(boston: World) -> None:
    _, snapshot, rows = boston
    answers = snapshot.table("observations")
    assert set(answers["location_precision"]) == {"exact"}
    assert answers["y"].between(4_676_000, 4_698_000).all()
    assert answers["x"].between(319_000, 338_000).all()
    assert len(rows) == answers["x"].notna().sum()
