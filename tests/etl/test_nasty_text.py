"""Nasty inputs, how they are written: each goes through the whole import beside a good file."""

import codecs

import pytest
from nasty import Nasty, rejected
from small_workspace import HEADING, Workspace, incident

from geodata.account import Fate


@pytest.fixture
def nasty(workspace: Workspace) -> Nasty:
    return Nasty.beside_a_good_file(workspace)


def test_an_empty_file(nasty: Nasty) -> None:
    file = nasty.import_bytes(b"")
    assert (file.stopped, file.read) == ("file_empty", 0)


@pytest.mark.parametrize("content", [b"\r\n;;\r\n", codecs.BOM_UTF8, b" \n\t\n"])
def test_a_file_of_nothing_but_space(nasty: Nasty, content: bytes) -> None:
    assert nasty.import_bytes(content).stopped == "file_empty"


def test_a_heading_only(nasty: Nasty) -> None:
    assert nasty.import_text().stopped == "file_no_rows"


def test_windows_1252(nasty: Nasty) -> None:
    file = nasty.import_text(incident("K1", text="Åkerö – “mörkt” för 5 €"), encoding="cp1252")
    assert (file.said["encoding"], file.fates[Fate.NEW]) == ("Windows-1252", 1)
    assert nasty.came_in()["text"].tolist() == ["Åkerö – “mörkt” för 5 €"]


def test_a_byte_order_mark(nasty: Nasty) -> None:
    file = nasty.import_text(incident("K1", text="Åkerö"), encoding="utf-8-sig")
    assert (file.said["encoding"], file.fates[Fate.NEW]) == ("UTF-8", 1)
    assert nasty.came_in()[["source_record_id", "text"]].values.tolist() == [["K1", "Åkerö"]]


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_utf_16(nasty: Nasty, mark: bytes) -> None:
    encoding = "utf-16-le" if mark == codecs.BOM_UTF16_LE else "utf-16-be"
    file = nasty.import_bytes(mark + f"{HEADING}\r\n{incident('K1', text='Åkerö 🚓')}\r\n".encode(encoding))
    assert (file.said["encoding"], file.fates[Fate.NEW]) == ("UTF-16", 1)
    assert nasty.came_in()["text"].tolist() == ["Åkerö 🚓"]


def test_utf_16_cut_in_the_middle_of_a_character(nasty: Nasty) -> None:
    content = f"{HEADING}\r\n{incident('K1')}".encode("utf-16")[:-1]
    assert nasty.import_bytes(content).stopped == "encoding_unknown"


def test_two_encodings_in_one_file(nasty: Nasty) -> None:
    old = f"{HEADING}\r\n{incident()}".encode("cp1252")
    file = nasty.import_bytes(old + "\r\nÅkerö;;;;;;;;;\r\n".encode())
    assert file.stopped == "encoding_mixed"
    found = {"row": "3", "column": "Händelsenr", "value": "Ã…kerÃ¶"}
    assert file.stopped_values.items() >= found.items()


def test_zero_bytes(nasty: Nasty) -> None:
    file = nasty.import_bytes(f"{HEADING}\r\n{incident(text='Bil')}\r\n".encode().replace(b"Bil", b"B\0l"))
    assert file.stopped == "encoding_unknown"
    found = {"row": "2", "column": "Beskrivning", "value": "0x00"}
    assert file.stopped_values.items() >= found.items()


def test_old_line_ends(nasty: Nasty) -> None:
    file = nasty.import_text(incident("K1"), incident("K2", day="2025-02-30"), end="\r")
    assert (file.fates[Fate.NEW], rejected(file)) == (1, [(3, "date_impossible", "Datum", "2025-02-30")])


def test_a_line_end_within_quotation_marks(nasty: Nasty) -> None:
    file = nasty.import_text(
        incident("K1", text='"Först\r\nsedan ""så"" här;\nslut"'), incident("K2", day="2025-02-30")
    )
    assert rejected(file) == [(3, "date_impossible", "Datum", "2025-02-30")]
    (text,) = nasty.came_in()["text"]
    assert text.split() == ["Först", "sedan", '"så"', "här;", "slut"]


def test_quotation_marks_that_are_never_closed(nasty: Nasty) -> None:
    file = nasty.import_text(incident("K1"), incident("K2", text='"aldrig stängt'))
    assert (file.stopped, file.stopped_values["row"]) == ("quotes_broken", "3")


def test_rows_with_too_many_and_too_few_cells(nasty: Nasty) -> None:
    file = nasty.import_text(incident("K1"), incident("K2") + ";x", "K3;2025-03-14", incident("K4") + ";;")
    assert rejected(file) == [(3, "row_width", "", "11"), (4, "row_width", "", "2")]
    assert nasty.came_in()["source_record_id"].tolist() == ["K1", "K4"]


def test_a_heading_that_stands_twice(nasty: Nasty) -> None:
    file = nasty.import_text(f"{incident()};2", heading=f"{HEADING};N")
    assert (file.stopped, file.stopped_values["column"]) == ("heading_twice", "N")


def test_headings_that_differ_only_in_what_nobody_sees(nasty: Nasty) -> None:
    file = nasty.import_text(f"{incident()};2", heading=f"{HEADING};N\u200b")
    assert (file.stopped, file.stopped_values["column"]) == ("heading_twice", "N")


DECOMPOSED = "A\u030akero\u0308"


def test_letters_with_their_marks_after_them(nasty: Nasty) -> None:
    """A Mac writes å as a and a ring: it is the same place, the same word and the same heading."""
    heading = HEADING.replace("ä", "a\u0308")
    assert heading != HEADING
    kind = "Fortko\u0308rning"
    file = nasty.import_text(incident("K1", kind=kind, text=DECOMPOSED), heading=heading)
    assert (file.fates[Fate.NEW], "invisible_removed" in file.said) == (1, False)
    assert nasty.came_in()[["category", "text"]].values.tolist() == [["traffic_speed", "Åkerö"]]
    again = nasty.import_text(incident("K1", text="Åkerö"))
    assert again.fates[Fate.UNCHANGED] == 1


@pytest.mark.parametrize(
    "written",
    [
        "Skol\u200bgatan",  # zero-width space
        "\ufeffSkolgatan\u200d",  # byte order mark, joiner
        "\u202eSkolgatan\u202c",  # turns the direction of writing, and back
        "\u2067Skol\u00adgatan\u2069",  # isolates, soft hyphen
    ],
)
def test_characters_that_nobody_sees(nasty: Nasty, written: str) -> None:
    line = incident("K1").replace("Skolgatan", written)
    assert written in line
    file = nasty.import_text(line)
    assert (file.fates[Fate.NEW], file.said["invisible_removed"]) == (1, "1")
    assert nasty.came_in()["location_text"].tolist() == ["Skolgatan"]


def test_right_to_left_letters_themselves_stay(nasty: Nasty) -> None:
    file = nasty.import_text(incident("K1", text="الشارع مظلم"))
    assert "invisible_removed" not in file.said
    assert nasty.came_in()["text"].tolist() == ["الشارع مظلم"]


SCRIPT = '<script>alert("x")</script><img src=x onerror=alert(1)>'


def test_script_tags_and_a_personal_number_in_free_text(nasty: Nasty) -> None:
    text = f"{SCRIPT} Fråga 19811218-9876 eller 811218\u200b-9876, tel 070\u200b-123 45 67"
    file = nasty.import_text(incident("K1", text='"' + text.replace('"', '""') + '"'))
    (kept,) = nasty.came_in()["text"]
    assert (file.fates[Fate.NEW], file.masked) == (1, 1)
    assert kept.endswith("Fråga *** eller ***, tel ***")
    store = nasty.workspace.folder / "store"
    for path in store.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"9876" not in content, path
            assert b"123 45 67" not in content, path


def test_what_is_rejected_of_such_text_is_masked_too(nasty: Nasty) -> None:
    file = nasty.import_text(incident("K1", kind="Ring 0701\u200b234567 <b>nu</b>"))
    assert rejected(file) == [(2, "value_unknown", "Händelsetyp", "Ring *** <b>nu</b>")]
