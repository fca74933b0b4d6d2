"""What points to a person comes no further than the door, whatever column it stands in."""

import json
import re

import pandas as pd
import pytest
from identity_strings import LEFT, MASKED
from small_workspace import Workspace, incident

from etl.masking.columns import mask_column
from etl.masking.mask import mask_text
from etl.masking.secret import KEY_FILE, mask_ids, read_secret
from etl.masking.signs import as_read
from geodata.errors import StoreError

SECRET = "850101-1234"


def events(workspace: Workspace, *, name: str, place: str = "Säffle") -> None:
    event = {
        "id": 1,
        "datetime": "2025-03-21 9:52:28 +01:00",
        "name": name,
        "summary": "",
        "url": "",
        "type": "",
        "location": {"name": place, "gps": "1,2"},
    }
    workspace.use("police_events", "handelser.json")
    workspace.put("handelser.json", json.dumps([event]))


def test_values_that_are_counted_as_other_are_named_masked(workspace: Workspace) -> None:
    events(workspace, name=f"21 mars 09:30, Ring Anna {SECRET} {'x' * 100}, Säffle")
    said = workspace.only_file().said["values_unmatched"]
    assert said.startswith("Ring Anna *** xxx")
    assert len(said) == 80


def test_the_name_of_an_area_is_masked(workspace: Workspace) -> None:
    events(workspace, name="21 mars 09:30, Brand, Säffle")
    mapping = workspace.folder / "mappings" / "police_events.toml"
    mapping.parent.mkdir()
    mapping.write_text(
        """
title = "x"
table = "observations"
stream = "incident"
[reader]
format = "delimited"
[time]
date = "dag"
[location]
area = "var"
[constants]
category = "other"
[[acceptance]]
row = { dag = "2025-03-14", var = "Säffle" }
expect = { location_text = "Säffle" }
""",
        encoding="utf-8",
    )
    workspace.put("handelser.json", f"dag;var\n2025-03-14;hos {SECRET}\n")
    file = workspace.only_file()
    assert workspace.table()["location_text"].tolist() == ["hos ***"]
    assert file.masked == 1


def test_where_an_answer_was_given_is_masked(workspace: Workspace) -> None:
    workspace.use("kobo_survey", "kobo.csv")
    heading = (
        "start;end;today;_id;_uuid;_submission_time;alder;kon;insamlingsplats;problem;nar;kommentar;plats;"
        "_plats_latitude;_plats_longitude;_plats_altitude;_plats_precision"
    )
    start = "2025-05-12T14:03:22.000+02:00"
    row = f"{start};{start};2025-05-12;1;u1;2025-05-12T12:03:22;;;hos Anna 070-123 45 67;morkt;;;;;;;"
    workspace.put("kobo.csv", f"{heading}\n{row}\n")
    file = workspace.only_file()
    assert workspace.table()["collected_at"].tolist() == ["hos Anna ***"]
    assert file.masked == 1


def test_an_id_that_points_to_a_person_is_kept_as_its_digest(workspace: Workspace) -> None:
    path = workspace.put_incidents(incident(SECRET), incident("5000-K000140-25"))
    workspace.run()
    first = workspace.table().set_index("origin_row")[["observation_id", "source_record_id"]]
    assert not first.map(lambda text: SECRET in text).any(axis=None)
    assert first.loc[3, "source_record_id"] == "5000-K000140-25"
    path.write_bytes(path.read_bytes().replace(b"fart", b"fart nu"))
    file = workspace.only_file()
    assert {str(fate): count for fate, count in file.fates.items() if count} == {"changed": 2}
    again = workspace.table().set_index("origin_row")[["observation_id", "source_record_id"]]
    assert again.equals(first)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("läraren Anna Svensson sa", "läraren *** sa"),
        ("rektor Karin", "rektor ***"),
        ("hr Andersson bor", "hr *** bor"),
        ("Kommunalrådet Bo Ek lovade", "Kommunalrådet *** lovade"),
        ("min granne Lars skriker", "min granne *** skriker"),
        ("polisen Erik Berg kom", "polisen *** kom"),
        ("klassläraren anna svensson", "klassläraren ***"),
        ("LÄRAREN ANNA SVENSSON", "LÄRAREN ***"),
        ("Dr. Åsa Öberg", "Dr. ***"),
        ("Dr. A\u030asa O\u0308berg", "Dr. ***"),
        ("läkare von Essen", "läkare ***"),
        ("Mvh Lars-Göran Nilsson", "Mvh ***"),
        ("nr 850101\u200b-1234", "nr ***"),
        ("vid Anna skola", "vid Anna skola"),
        ("rektor Anna skola", "rektor Anna skola"),
        ("polisen Säffle", "polisen Säffle"),
        ("Polisen Region Väst", "Polisen Region Väst"),
        ("Prata med lärare. Bilarna kör fort", "Prata med lärare. Bilarna kör fort"),
        ("grannarna bo här", "grannarna bo här"),
        ("i området Blinkenberg", "i området Blinkenberg"),
        ("lokalpolisområde Torsby", "lokalpolisområde Torsby"),
        ("pappas Volvo", "pappas Volvo"),
        ("ring rektor Norra skolan", "ring rektor Norra skolan"),
    ],
)
def test_a_name_after_a_title_is_masked_and_the_title_stays(text, masked):
    assert mask_text(text) == masked
    # Among many, only texts that may hold something are looked at.
    assert mask_column(pd.Series(["Det är mörkt.", text], dtype="str"))[0].tolist()[-1] == masked


def test_the_account_says_how_much_of_what_was_masked(workspace: Workspace):
    said = workspace.put_incidents(
        incident("K1", text="Ring rektor Karin 070-123 45 67 eller 073-123 45 67"),
        incident("K2", text="Mörkt"),
    )
    assert said.is_file()
    file = workspace.only_file()
    assert file.masked == 1
    assert {code: value for code, value in file.said.items() if code.startswith("masked")} == {
        "masked_phone": "2",
        "masked_name": "1",
    }
    assert workspace.table()["text"].tolist() == ["Ring rektor *** *** eller ***", "Mörkt"]


def test_a_masked_id_tells_nobody_what_it_was(tmp_path):
    """The digest differs between installations, so that a list of all numbers finds none of them."""
    ids = pd.Series([SECRET, "K1"], dtype="str")
    here, there = read_secret(tmp_path / "a"), read_secret(tmp_path / "b")
    assert (tmp_path / "a" / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert read_secret(tmp_path / "a") == here
    assert mask_ids(ids, here).tolist()[1] == "K1"
    assert mask_ids(ids, here)[0] != mask_ids(ids, there)[0]
    assert mask_ids(ids, here).equals(mask_ids(ids, here))


@pytest.mark.parametrize("written", [b"", b"abc", b"\xff\xfe", b"00" * 31])
def test_a_damaged_key_is_said_and_not_replaced(tmp_path, written):
    (tmp_path / KEY_FILE).write_bytes(written)
    with pytest.raises(StoreError) as caught:
        read_secret(tmp_path)
    assert caught.value.code == "secret_unreadable"
    assert (tmp_path / KEY_FILE).read_bytes() == written


def in_a_column(text: str) -> str:
    """Mask a text as one of a column, where only what may hold something is looked at."""
    return mask_column(pd.Series(["Det är mörkt.", text], dtype="str"))[0].tolist()[-1]


@pytest.mark.parametrize("told", MASKED)
def test_an_identity_is_masked_however_it_is_written(told: str) -> None:
    text = told.replace("{", "").replace("}", "")
    expected = as_read(re.sub(r"\{[^}]*\}", "***", told))
    assert mask_text(text) == expected
    assert in_a_column(text) == expected


@pytest.mark.parametrize("text", LEFT)
def test_what_points_to_nobody_stays_as_it_is(text: str) -> None:
    assert mask_text(text) == text
    assert in_a_column(text) == text
    assert mask_text(f"Det gäller {text} sedan länge.") == f"Det gäller {text} sedan länge."


def test_enough_is_tried() -> None:
    assert min(len(set(MASKED)), len(set(LEFT))) >= 80
