"""A log kept as a table, in the field's words, read the same every time; and the documents' own examples."""

import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sentences import PLACE_IDS, SETTING, ZONE, local

from geodata.errors import ParameterError
from geodata.promises.activity import ActivityKind, CarType, Party
from geodata.promises.log_file import COLUMNS, NEEDED, SWEDISH, read_log
from geodata.promises.reading import made_promise, read_promise, require_feasible
from geodata.promises.validation import check_entry

NOW = datetime(2026, 6, 1, tzinfo=UTC)
GUIDE = (Path(__file__).parents[3] / "docs" / "promises.md").read_text(encoding="utf-8")


def read(text, activity_ids=None):
    return read_log(
        text,
        file="logg.csv",
        zone=ZONE,
        place_ids=PLACE_IDS,
        activity_ids=activity_ids or {},
        by="kim",
        mask=lambda words: words.replace("Kim", "***"),
        now=NOW,
    )


def test_a_row_says_what_was_done():
    heading = "Datum;Börjar;Slutar;Insats;Plats;Vilka;Fordon;Kontrollerade;Rapporterade;Anteckning\n"
    (row,) = read(
        heading + "2026-05-05;22.30;00:15;Trafikkontroll;stortorget;Polis, kommunen;civilt;12;2;Kim var där"
    )
    entry = row.entry
    assert (entry.kind, entry.car, entry.place_id) == (ActivityKind.TRAFFIC_CHECK, CarType.UNMARKED, 3)
    assert (entry.started_at, entry.ended_at) == (local("2026-05-05 22:30"), local("2026-05-06 00:15"))
    assert entry.parties == {Party.POLICE, Party.MUNICIPALITY}
    assert (entry.checked, entry.reported, entry.note) == (12, 2, "*** var där")


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_codes_tabs_and_a_mark_at_the_start_are_read_too(delimiter):
    lines = ["day;start;kind;parties", "2026-05-05;7:05;presence;police"]
    text = "\ufeff" + "\n".join(lines).replace(";", delimiter)
    if delimiter == "|":
        with pytest.raises(ParameterError, match="headings won't do"):
            read(text)
        return
    (row,) = read(text)
    assert row.entry.started_at == row.entry.ended_at == local("2026-05-05 07:05")


def test_keys_are_the_same_every_time_and_two_alike_rows_are_two():
    text = "day;start;kind;parties\n" + "2026-05-05;07:05;presence;police\n" * 2
    first, again = ([row.entry.entry_key for row in read(text)] for _ in range(2))
    assert first == again
    assert len(set(first)) == 2
    own = read("day;start;kind;parties;key\n2026-05-05;07:05;presence;police;k7")
    assert own[0].entry.entry_key == "k7"


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("5 maj;07:05;presence;police", "day"),
        ("2026-05-05;sju;presence;police", "start"),
        ("2026-05-05;07:05;dans;police", "kind"),
        ("2026-05-05;07:05;presence;", "parties"),
    ],
)
def test_a_row_that_will_not_do_is_told_by_its_column(row, column):
    found = read(f"day;start;kind;parties\n{row}\n2026-05-05;07:05;presence;police")
    assert (found[0].number, found[0].fault.values["column"]) == (2, column)
    assert found[1].entry is not None


def test_the_guides_examples_are_read():
    promise = tomllib.loads(re.search(r"```toml\n(.*?)```", GUIDE, re.DOTALL)[1])
    promise.pop("plan")
    assert made_promise(promise, file="guide", place_ids={}).activities[0].targets[1].at_least == 2
    table = re.search(r"```\n(Datum.*?)```", GUIDE, re.DOTALL)[1].replace("Norra skolan", "Norra skolan")
    rows = read(table, {"alkohol-2026/krogtillsyn": 4})
    assert [row.fault for row in rows] == [None, None]
    assert rows[0].entry.activity_id == 4
    assert set(SWEDISH.values()) == set(COLUMNS) > set(NEEDED)


EXAMPLES = sorted((Path(__file__).parents[3] / "docs" / "examples").glob("*/loften/*.toml"))


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: f"{file.parents[1].name}/{file.name}")
def test_the_examples_promises_are_read_and_can_be_met(file):
    promise = read_promise(file.read_text(encoding="utf-8"), file=file.name, place_ids={})
    require_feasible(promise, setting=SETTING)
    assert "inte ordagrant" in promise.source


def test_five_municipalities_have_their_promises():
    assert {file.parents[1].name for file in EXAMPLES} == {
        "are",
        "arvidsjaur",
        "hagfors",
        "mellerud",
        "saffle",
    }


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("2026-05-05;15:00;14:00;Möte;polisen", "log_backwards", "end"),
        ("9999-12-31;23:00;01:00;Möte;polisen", "log_file_value", "day"),
        ("0001-01-01;00:00;;Möte;polisen", "log_file_value", "day"),
        ("22.8.2026;08:00;;Möte;polisen", "log_file_value", "day"),
        ("20260822;08:00;;Möte;polisen", "log_file_value", "day"),
        ("2026-05-05;07:45;08:45Z;Möte;polisen", "log_file_value", "end"),
        ("2026-05-05;07:45+02:00;08:45;Möte;polisen", "log_file_value", "start"),
        ("2026-03-29;02:30;03:30;Möte;polisen", "log_clock_skipped", "start"),
        ("2026-03-29;01:30;02:15;Möte;polisen", "log_clock_skipped", "end"),
        ("2026-05-05;08:00;;Möte;polisen;ett semikolon; till", "log_file_cells", None),
    ],
)
def test_a_row_that_will_not_do_says_where_and_stops_none_of_the_others(row, code, column):
    text = f"Datum;Börjar;Slutar;Insats;Vilka\n{row}\n2026-05-05;22:30;00:15;Möte;polisen\n"
    wrong, right = read(text)
    assert wrong.entry is None
    assert wrong.fault.code == code
    assert (wrong.fault.values.get("column") or wrong.fault.values.get("field")) == column
    assert wrong.cells["start"] == row.split(";")[1]
    assert right.fault is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("day;start;kind;parties;day\n", "log_file_columns"),
        ("", "log_file_columns"),
        ("day;start;kind;parties\n" + "2026-05-05;7:05;presence;police\n" * 5001, "log_file_long"),
        ("day;start;kind;parties\n" + "x" * 200_000, "log_file_broken"),
    ],
    ids=["twice", "empty", "long", "broken"],
)
def test_a_file_that_will_not_do_is_told_whole(text, code):
    with pytest.raises(ParameterError) as raised:
        read(text)
    assert raised.value.code == code


def test_a_count_of_thousands_of_digits_stops_its_own_row_alone():
    heading = "day;start;kind;parties;checked\n"
    wrong, right = read(
        f"{heading}2026-05-05;07:05;presence;police;{'9' * 5000}\n2026-05-05;07:05;presence;police;7"
    )
    assert wrong.fault.values["column"] == "checked"
    assert right.entry.checked == 7


def test_the_hour_that_comes_twice_is_taken_whole():
    (row,) = read("day;start;end;kind;parties\n2026-10-25;02:15;02:45;presence;police")
    assert (row.entry.ended_at - row.entry.started_at).total_seconds() == 30 * 60


def test_no_entry_may_have_the_key_of_a_review():
    (row,) = read("day;start;kind;parties;key\n2026-05-05;07:05;environment_review;police;review:5")
    with pytest.raises(ParameterError) as refused:
        check_entry(row.entry, now=NOW, place=None)
    assert (refused.value.code, refused.value.values["field"]) == ("log_key_review", "key")
