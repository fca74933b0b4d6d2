"""A file that no source reads, on the page: looked at, decided on, taken into use; by a coordinator alone."""

import shutil
from pathlib import Path

import pytest

from dashboard.desk import Desk
from dashboard.pages import unread
from geodata.project import read_project

SEARCH = "?som=samordnare"
HEADING = "Löpnr;Tidpunkt;Vad gäller det;Beskrivning;Latitud;Longitud\n"
ROW = "{at};0{at}/02/2025 17:5{at};Mörkt;Lampan vid <b>tunneln</b> är trasig;{north:.5f};{east:.5f}\n"


@pytest.fixture
def desk(small_workspace, tmp_path):
    folder = Path(shutil.copytree(small_workspace, tmp_path / "town"))
    west, south, east, north = read_project(folder).geography.extent
    middle = {"east": (west + east) / 2, "north": (south + north) / 2}
    lines = HEADING + "".join(ROW.format(at=at, **middle) for at in (1, 2, 3))
    (folder / "inbox" / "synpunkter.csv").write_text(lines, encoding="utf-8")
    return Desk(folder)


def test_a_file_is_looked_at_decided_on_and_taken_into_use(desk):
    said, adopted = unread.answer(desk, {"file": "synpunkter.csv"}, SEARCH)
    assert not adopted
    assert "Så skulle synpunkter.csv läsas" in said
    assert 'name="date_order" value="dmy"' in said
    assert "Alla datum kan läsas på två sätt" in said
    assert "&lt;b&gt;tunneln" in said
    assert "<td>1\N{NO-BREAK SPACE}februari\N{NO-BREAK SPACE}2025</td>" in said
    assert "<td>Mörkt</td>" in said
    assert "environment_dark</td>" not in said
    said, adopted = unread.answer(desk, {"file": "synpunkter.csv", "settings": {}}, SEARCH)
    assert (adopted, "kan läsas på två sätt: säg date_order" in said) == (False, True)
    said, adopted = unread.answer(desk, {"file": "synpunkter.csv", "settings": {"date_order": "dmy"}}, SEARCH)
    assert adopted
    assert "läses från och med nästa inläsning" in said
    assert (desk.workspace / "mappings" / "synpunkter.toml").is_file()
    said, adopted = unread.answer(desk, {"file": "synpunkter.csv"}, SEARCH)
    assert (adopted, "väntar på en källa" in said) == (False, True)


@pytest.mark.parametrize("asked", [{}, {"file": ""}])
def test_closing_leaves_nothing(desk, asked):
    assert unread.answer(desk, asked, SEARCH) == ("", False)


def test_others_get_nothing_and_change_nothing(desk):
    before = (desk.workspace / "problembild.toml").read_bytes()
    asked = {"file": "synpunkter.csv", "settings": {"date_order": "dmy"}}
    assert unread.answer(desk, asked, "") == ("", False)
    assert unread.answer(desk, asked, "?som=namnd") == ("", False)
    assert (desk.workspace / "problembild.toml").read_bytes() == before
