"""A log brought from a file in the browser: looked at first, kept when one says so, and never twice."""

import base64
import json
import shutil

import pytest

from dashboard.desk import Desk
from dashboard.pages.log_import import take_log_file
from dashboard.shell import show
from geodata.analyses.ground import open_ground, open_register
from geodata.errors import AccessError

COORDINATOR = "?som=samordnare"
HEADING = "Datum;Börjar;Slutar;Insats;Plats;Vilka;Anteckning;Nyckel\n"


@pytest.fixture
def desk(small_workspace, tmp_path):
    return Desk(shutil.copytree(small_workspace, tmp_path / "town"))


@pytest.fixture
def place(desk):
    return open_ground(desk.workspace).places[0].name


def send(desk, text, *, do="look", search=COORDINATOR, name="logg.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    sent = {"name": name, "content": base64.b64encode(content).decode(), "do": do}
    return take_log_file(desk, sent, search)


def entries(desk):
    return open_register(desk.workspace).log.entries()


def test_a_file_is_looked_at_then_kept_then_known(desk, place):
    text = (
        HEADING
        + f"2026-05-05;08.00;08.20;Trafikkontroll;{place};polisen;Ring 070-174 06 05;a\n"
        + "2026-05-06;08.00;;Möte;;polisen, kommunen;;b\n"
        + f"2026-05-07;sju;;Möte;{place};polisen;;c\n"
        + "2026-05-08;08.00;;Möte;Ingenstans;polisen;;d\n"
        + "2099-05-08;08.00;;Möte;;polisen;;e\n"
    )
    looked = send(desk, text)
    assert "logg.csv: 2 nya insatser att spara." in looked.replace("\xa0", " ")
    assert "data-log-keep" in looked
    for told in (
        '>4</td><td data-label="Kolumn">Börjar</td><td data-label="Där står">sju</td>',
        "Skriv klockslaget som 07.45.",
        ">Ingenstans</td>",
        "Skriv namnet som det står under Platser.",
    ):
        assert told in looked.replace("\xa0", " ")
    assert "Insatsen ligger i framtiden" in looked.replace("\xa0", " ")
    assert entries(desk) == ()
    kept = send(desk, text, do="keep").replace("\xa0", " ")
    assert "2 insatser är sparade i loggen." in kept
    assert "data-log-keep" not in kept
    assert [one.entry_key for one in entries(desk)] == ["a", "b"]
    assert "070" not in entries(desk)[0].note
    assert entries(desk)[0].logged_by == "coordinator"
    again = send(desk, text, do="keep").replace("\xa0", " ")
    assert "0 insatser är sparade" in again
    assert "<dt>Finns redan</dt><dd>2</dd>" in again
    assert len(entries(desk)) == 2


def test_what_was_logged_otherwise_already_is_told_and_counted_once(desk, place):
    row = f"2026-05-05;08.00;08.20;Trafikkontroll;{place};polisen;;"
    send(desk, HEADING + row + "a\n", do="keep")
    looked = send(desk, HEADING + row + "b\n").replace("\xa0", " ")
    assert "En rad ser ut att vara samma insats" in looked
    assert "(rad 2)" in looked


def test_two_rows_of_one_key_that_differ_are_told(desk):
    rows = "2026-05-05;08.00;;Möte;;polisen;;a\n2026-05-06;08.00;;Möte;;polisen;;a\n"
    looked = send(desk, HEADING + rows)
    assert "samma nyckel" in looked.replace("\xa0", " ")
    assert ">Nyckel</td>" in looked


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "är tom"),
        (b"PK\x03\x04rest", "Excelfil"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "ingen tabell"),
        ("Dag;Vem\n1;2\n", "Saknas: Börjar, Insats och Vilka"),
        (
            HEADING.encode("cp1252") + "2026-05-06;08.00;;Möte;;polisen;åäö;b\n".encode("cp1252"),
            "en ny insats",
        ),
        (b"x" * 2_000_001, "större än 2 MB"),
    ],
    ids=["empty", "workbook", "picture", "columns", "windows", "large"],
)
def test_each_kind_of_file_has_its_answer(desk, content, told):
    assert told in send(desk, content).replace("\xa0", " ")
    assert entries(desk) == ()


def test_what_is_no_file_at_all_is_answered(desk):
    for sent in ({}, {"name": 7, "content": "?", "do": []}, {"content": None}):
        assert 'class="fault"' in take_log_file(desk, sent, COORDINATOR)


@pytest.mark.parametrize("som", ["polis", "planerare"])
def test_only_the_coordinator_brings_files(desk, som):
    with pytest.raises(AccessError):
        send(desk, HEADING, search=f"?som={som}")
    for word, there in ((som, False), ("samordnare", True)):
        _, body, _ = show(desk, path="/loggbok", search=f"?som={word}", shown=None)
        shown = json.dumps(body.to_plotly_json(), default=lambda one: one.to_plotly_json())
        assert ("log-file-sent" in shown) == there
