"""Keying in: rounds and answers become files that the shipped mappings read, and no row is ever lost."""

import csv
import threading
from datetime import date, timedelta

import pytest
from small_workspace import Workspace

from etl.keying.answers import when_words
from etl.keying.rounds import ANSWERS_PATTERN, BATCHES_PATTERN, answers_path, sources_missing
from etl.keying.table import USED_FILE
from etl.pipeline import (
    Batch,
    KeyedAnswer,
    add_sources,
    batches,
    key_answer,
    keyed_answers,
    open_batch,
    remove_answer,
    template,
)
from geodata.account import Fate
from geodata.errors import FileFaultError, MissingError, ParameterError, ProjectError
from geodata.schema import GROUP_OF

TORGET = Batch("261122-a", "Stortorget", date(2026, 3, 14), handed_out=40, returned=23)


@pytest.fixture
def workspace(tmp_path):
    made = Workspace(tmp_path)
    made.use("paper_survey", ANSWERS_PATTERN.removeprefix("inbox/"))
    made.use("paper_batches", BATCHES_PATTERN.removeprefix("inbox/"))
    return made


def answer(**fields):
    return KeyedAnswer(batch="261122-A", **{"respondent": "pupil", "category": "traffic_speed", **fields})


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_what_is_keyed_is_imported_like_any_file(workspace):
    open_batch(workspace.folder, TORGET)
    pointed = answer(longitude=12.926, latitude=59.132, comment="Ring 070-123 45 67", proposal="Farthinder")
    assert key_answer(workspace.folder, pointed) == 1
    assert key_answer(workspace.folder, answer(place="vid skolan", category="environment_dark")) == 2
    report = workspace.run()
    by_source = {file.source: file for file in report.files}
    assert by_source["paper_survey"].fates[Fate.NEW] == 1
    assert by_source["paper_survey"].fates[Fate.WAITING] == 1
    assert by_source["paper_survey"].masked == 1
    table = workspace.table().sort_values("observation_id").reset_index(drop=True)
    assert list(table["observation_id"]) == [f"1785:paper_survey:261122-A {number}" for number in (1, 2)]
    assert list(table["category"]) == ["traffic_speed", "environment_dark"]
    assert set(table["respondent"]) == {"pupil"}
    assert set(table["collected_at"]) == {"Stortorget"}
    assert set(table["batch"]) == {"261122-A"}
    assert table["text"][0] == "Ring ***"
    assert table["measure"][0] == "Farthinder"
    assert table["location_precision"][0] == "exact"
    rounds = workspace.table("batches")
    assert rounds[["batch_id", "handed_out", "returned"]].to_numpy().tolist() == [["261122-A", 40, 23]]


def test_every_code_that_can_be_keyed_is_read_back_by_the_import(workspace):
    open_batch(workspace.folder, TORGET)
    for code in GROUP_OF:
        key_answer(workspace.folder, answer(category=code))
    assert not workspace.run().fates[Fate.REJECTED]
    assert set(workspace.table()["category"]) == set(GROUP_OF)


def test_a_round_is_counted_and_can_be_corrected(workspace):
    open_batch(workspace.folder, TORGET, new=True)
    key_answer(workspace.folder, answer())
    assert [(one.batch, one.keyed, one.returned) for one in batches(workspace.folder)] == [
        ("261122-A", 1, 23)
    ]
    moved = Batch("261122-A", "Biblioteket", date(2026, 3, 15), handed_out=40, returned=24)
    open_batch(workspace.folder, moved)
    (only,) = batches(workspace.folder)
    assert (only.collected_at, only.returned) == ("Biblioteket", 24)
    (row,) = rows(answers_path(workspace.folder, "261122-A"))
    assert (row["Insamlingsplats"], row["Insamlingsdatum"]) == ("Biblioteket", "2026-03-15")
    with pytest.raises(ParameterError) as fault:
        open_batch(workspace.folder, TORGET, new=True)
    assert fault.value.code == "keyed_taken"


def test_an_answer_is_corrected_and_taken_away(workspace):
    open_batch(workspace.folder, TORGET)
    for comment in ("ett", "två", "tre"):
        key_answer(workspace.folder, answer(comment=comment))
    assert key_answer(workspace.folder, answer(comment="TVÅ", number=2)) == 2
    remove_answer(workspace.folder, "261122-A", 3)
    kept = keyed_answers(workspace.folder, "261122-A")
    assert [(one.number, one.comment) for one in kept] == [(1, "ett"), (2, "TVÅ")]
    for missing in (
        lambda: remove_answer(workspace.folder, "261122-A", 3),
        lambda: key_answer(workspace.folder, answer(number=9)),
    ):
        with pytest.raises(MissingError) as fault:
            missing()
        assert fault.value.code == "keyed_no_answer"


def test_the_number_of_an_answer_that_was_taken_away_is_never_anothers(workspace):
    open_batch(workspace.folder, TORGET)
    for comment in ("ett", "två", "tre"):
        key_answer(workspace.folder, answer(comment=comment))
    for number in (3, 2, 1):
        remove_answer(workspace.folder, "261122-A", number)
    assert keyed_answers(workspace.folder, "261122-A") == ()
    assert key_answer(workspace.folder, answer(comment="fyra")) == 4


def test_a_damaged_note_of_the_numbers_is_said(workspace):
    open_batch(workspace.folder, TORGET)
    answers_path(workspace.folder, "261122-A").with_name(USED_FILE).write_bytes(b"[")
    with pytest.raises(FileFaultError) as fault:
        key_answer(workspace.folder, answer(comment="ett"))
    assert fault.value.code == "keyed_file_changed"
    assert fault.value.values["file"] == USED_FILE


def test_the_respondent_of_the_round_holds_where_an_answer_names_none(workspace):
    open_batch(workspace.folder, Batch("T", "Telefon", date(2026, 3, 14), respondent="staff_police"))
    key_answer(workspace.folder, KeyedAnswer(batch="T", comment="Mörkt vid ån"))
    assert [one.respondent for one in keyed_answers(workspace.folder, "T")] == ["staff_police"]


def test_many_who_key_at_once_lose_nothing(workspace):
    open_batch(workspace.folder, TORGET)
    numbers, each, threads = [], 12, 6

    def key(name):
        for turn in range(each):
            numbers.append(key_answer(workspace.folder, answer(comment=f"{name} {turn}")))

    started = [threading.Thread(target=key, args=(name,)) for name in range(threads)]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join()
    assert sorted(numbers) == list(range(1, each * threads + 1))
    comments = {one.comment for one in keyed_answers(workspace.folder, "261122-A")}
    assert comments == {f"{name} {turn}" for name in range(threads) for turn in range(each)}


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"category": "enhorning"}, "keyed_choice", "category"),
        ({"respondent": "marsian"}, "keyed_choice", "respondent"),
        ({"category": ""}, "keyed_nothing", "category"),
        ({"comment": "x" * 2001}, "keyed_too_long", "comment"),
        ({"longitude": 12.9}, "keyed_point_half", "place"),
        ({"longitude": 18.0, "latitude": 59.3}, "keyed_point_outside", "place"),
    ],
)
def test_an_answer_that_will_not_do_is_told_at_its_field_and_not_written(workspace, fields, code, field):
    open_batch(workspace.folder, TORGET)
    with pytest.raises(ParameterError) as fault:
        key_answer(workspace.folder, answer(**fields))
    assert (fault.value.code, fault.value.values["field"]) == (code, field)
    assert not answers_path(workspace.folder, "261122-A").exists()


@pytest.mark.parametrize(
    ("batch", "code", "field"),
    [
        (Batch("", "Torget", date(2026, 3, 14)), "keyed_missing", "batch"),
        (Batch(" ", "Torget", date(2026, 3, 14)), "keyed_missing", "batch"),
        (Batch("../x", "Torget", date(2026, 3, 14)), "keyed_code", "batch"),
        (Batch("A", "  ", date(2026, 3, 14)), "keyed_missing", "collected_at"),
        (Batch("A", "Torget", date.today() + timedelta(days=3)), "keyed_day_future", "collected_on"),
        (Batch("A", "Torget", date(2026, 3, 14), handed_out=-1), "keyed_count", "handed_out"),
        (Batch("A", "Torget", date(2026, 3, 14), 3, 4), "keyed_returned", "returned"),
        (Batch("A", "Torget", date(2026, 3, 14), respondent="x"), "keyed_choice", "respondent"),
    ],
)
def test_a_round_that_will_not_do_is_told_at_its_field(workspace, batch, code, field):
    with pytest.raises(ParameterError) as fault:
        open_batch(workspace.folder, batch)
    assert (fault.value.code, fault.value.values["field"]) == (code, field)
    assert batches(workspace.folder) == ()


def test_an_answer_without_a_round_has_nowhere_to_go(workspace):
    with pytest.raises(MissingError) as fault:
        key_answer(workspace.folder, answer())
    assert fault.value.code == "keyed_no_batch"


def test_signs_that_would_break_a_file_are_kept_in_it(workspace):
    open_batch(workspace.folder, TORGET)
    nasty = 'Han sa "nej"; jag sa\n=1+1\tja\x00 \u2028 a\u030a'
    key_answer(workspace.folder, answer(comment=nasty, place="Åsa; vid ån"))
    (kept,) = keyed_answers(workspace.folder, "261122-A")
    assert kept.comment == 'Han sa "nej"; jag sa =1+1 ja å'
    assert kept.place == "Åsa; vid ån"
    assert workspace.run().fates[Fate.WAITING] == 1


SHIELDED = {
    "=HYPERLINK(1)": "'=HYPERLINK(1)",
    "+ mer ljus": "'+ mer ljus",
    "- inget": "'- inget",
    "@skolan": "'@skolan",
    "＝1": "'＝1",
    "'citat'": "''citat'",
    "'=1": "''=1",
    "-5": "-5",
    "070 = numret": "070 = numret",
}
"""What is keyed, and how it stands in the file."""


def test_no_answer_starts_a_formula_in_a_spreadsheet_and_each_comes_in_as_it_was_keyed(workspace):
    open_batch(workspace.folder, Batch("261122-A", "=Torget", date(2026, 3, 14)))
    for keyed in SHIELDED:
        key_answer(workspace.folder, answer(comment=keyed, proposal=keyed, place=keyed))
    path = answers_path(workspace.folder, "261122-A")
    for column in ("Kommentar", "Åtgärdsförslag", "Plats"):
        assert [row[column] for row in rows(path)] == list(SHIELDED.values())
    assert {row["Insamlingsplats"] for row in rows(path)} == {"'=Torget"}
    assert batches(workspace.folder)[0].collected_at == "=Torget"
    assert [one.comment for one in keyed_answers(workspace.folder, "261122-A")] == list(SHIELDED)
    # Correcting one writes the whole file again, and puts no further apostrophe before the others.
    key_answer(
        workspace.folder, answer(number=1, comment="=HYPERLINK(1)", proposal="=HYPERLINK(1)", place="@")
    )
    assert [row["Kommentar"] for row in rows(path)] == list(SHIELDED.values())
    assert workspace.run().fates[Fate.REJECTED] == 0
    table = workspace.table().sort_values("origin_row")
    assert list(table["text"]) == list(SHIELDED)
    assert list(table["measure"]) == list(SHIELDED)
    assert set(table["collected_at"]) == {"=Torget"}
    assert list(workspace.table("batches")["collected_at"]) == ["=Torget"]


def test_a_formula_that_a_spreadsheet_wrote_into_the_file_is_shielded_when_it_is_written_again(workspace):
    open_batch(workspace.folder, TORGET)
    path = answers_path(workspace.folder, "261122-A")
    path.write_bytes(template() + "261122-A;7;Torget;2026-03-14;Boende;;;;mörkt;=1+1;;;\r\n".encode())
    key_answer(workspace.folder, answer(comment="ny"))
    assert [row["Kommentar"] for row in rows(path)] == ["'=1+1", "ny"]
    assert [one.comment for one in keyed_answers(workspace.folder, "261122-A")] == ["=1+1", "ny"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Annat;Helt\r\n1;2\r\n",
        "\ufeffOmgång;Nr\r\nA;1\r\n".encode("cp1252", "replace"),
        template() + b"a;b\r\n",
    ],
    ids=["empty", "heading", "encoding", "ragged"],
)
def test_a_file_that_was_changed_by_other_means_is_not_written_over(workspace, content):
    open_batch(workspace.folder, TORGET)
    path = answers_path(workspace.folder, "261122-A")
    path.write_bytes(content)
    with pytest.raises(FileFaultError) as fault:
        key_answer(workspace.folder, answer())
    assert fault.value.code == "keyed_file_changed"
    assert path.read_bytes() == content


def test_rows_that_a_person_filled_in_a_spreadsheet_are_kept_as_they_are(workspace):
    open_batch(workspace.folder, TORGET)
    row = "261122-A;7;Stortorget;2026-03-14;Boende;Skolgatan;59,1;12,9;morkt;Mörkt;;;\r\n"
    path = answers_path(workspace.folder, "261122-A")
    path.write_bytes(template() + row.encode())
    assert key_answer(workspace.folder, answer(comment="ny")) == 8
    first, second = rows(path)
    assert ";".join(first.values()) + "\r\n" == row
    assert (second["Nr"], second["Kommentar"]) == ("8", "ny")
    assert [one.category for one in keyed_answers(workspace.folder, "261122-A")] == [
        "environment_dark",
        "traffic_speed",
    ]


def test_the_template_is_the_layout_that_the_mapping_reads(workspace):
    workspace.put("inmatning/svar_mall.csv", template())
    (file,) = [file for file in workspace.run().files if file.file.endswith("svar_mall.csv")]
    assert file.stopped == "file_no_rows"


def test_what_the_project_file_lacks_is_said(workspace, tmp_path):
    assert sources_missing(workspace.folder) == ()
    other = Workspace(tmp_path / "other")
    (tmp_path / "other" / "inbox").mkdir(parents=True)
    other.use("police_incidents", "handelser_*.csv")
    assert [mapping for _, mapping, _ in sources_missing(other.folder)] == ["paper_survey", "paper_batches"]
    project = other.folder / "problembild.toml"
    before = project.read_text(encoding="utf-8")
    assert add_sources(other.folder) == 2
    assert project.read_text(encoding="utf-8").startswith(before.rstrip())
    assert (sources_missing(other.folder), add_sources(other.folder)) == ((), 0)
    open_batch(other.folder, TORGET)
    key_answer(other.folder, answer())
    assert {file.source: file.read for file in other.run().files if file.read} == {
        "inmatade_svar": 1,
        "inmatade_omgangar": 1,
    }


def test_a_name_that_another_source_has_stops_the_lines_from_being_added(workspace):
    workspace.sources.clear()
    workspace.use("police_incidents", "handelser_*.csv", name="inmatade_svar")
    before = (workspace.folder / "problembild.toml").read_bytes()
    with pytest.raises(ProjectError):
        add_sources(workspace.folder)
    assert (workspace.folder / "problembild.toml").read_bytes() == before


def test_when_and_age_are_keyed_and_read_back_by_the_import(workspace):
    open_batch(workspace.folder, TORGET)
    for code in when_words():
        key_answer(workspace.folder, answer(said_when=code, age_group="15-24"))
    key_answer(workspace.folder, answer(said_when="fri-sat 22:00-02:00", age_group="65+"))
    kept = keyed_answers(workspace.folder, "261122-A")
    assert [one.said_when for one in kept] == [*when_words(), "fri-sat 22:00-02:00"]
    assert kept[-1].age_group == "65+"
    assert not workspace.run().fates[Fate.REJECTED]
    table = workspace.table()
    assert set(table["said_when"]) == {*when_words(), "fri-sat 22:00-02:00"}
    assert set(table["age_group"]) == {"15-24", "65+"}
    for wrong in ({"said_when": "ibland"}, {"age_group": "34"}):
        with pytest.raises(ParameterError) as fault:
            key_answer(workspace.folder, answer(**wrong))
        assert (fault.value.code, fault.value.values["field"]) == ("keyed_choice", *wrong)


def test_a_file_that_was_keyed_before_when_was_asked_is_gone_on_with(workspace):
    open_batch(workspace.folder, TORGET)
    path = answers_path(workspace.folder, "261122-A")
    heading = template().decode("utf-8-sig").strip().removesuffix(";När;Åldersgrupp")
    row = "261122-A;1;Stortorget;2026-03-14;Boende;Skolgatan;;;Mörkt;Kolsvart;"
    path.write_bytes(f"\ufeff{heading}\r\n{row}\r\n".encode())
    assert key_answer(workspace.folder, answer(said_when="weekend_night")) == 2
    assert [one["När"] for one in rows(path)] == ["", "Helgnätter"]
    assert not workspace.run().fates[Fate.REJECTED]
