"""Rows above the heading are passed over, and said; a heading is never taken for one."""

from pathlib import Path

import openpyxl
import pytest
from small_workspace import HEADING, Workspace, incident

from etl.pipeline import describe
from etl.readers import read_file
from etl.readers.raw_table import ReaderOptions

ROWS = [
    ["Nr", "Datum", "Plats", "Problem", "Kommentar"],
    *([n, f"2026-03-1{n}", "torget", "Mörkt", "Ja, så"] for n in range(1, 5)),
]


def workbook(path: Path, *above: list[str | None]) -> Path:
    book = openpyxl.Workbook()
    for row in [*above, *ROWS]:
        book.active.append(row)
    book.save(path)
    return path


def csv(path: Path, *above: str) -> Path:
    lines = [";".join(map(str, row)) for row in ROWS]
    path.write_text("\n".join([*above, *lines]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "above",
    [
        [["Trygghetsenkät 2026"]],
        [["Trygghetsenkät"], ["Utskriven", "2026-05-01"], [None]],
    ],
)
def test_titles_above_a_sheet_are_passed_over(tmp_path: Path, above: list[list[str | None]]) -> None:
    path = workbook(tmp_path / "enkat.xlsx", *above)
    raw = read_file(path, ReaderOptions(format="excel"), file=path.name)
    assert list(raw.cells) == ROWS[0]
    assert raw.rows[0] == len(above) + 2
    assert raw.said["title_rows"].startswith("Trygghetsenkät")
    found = describe(path)
    assert found.trial.waiting == 4
    assert found.said["title_rows"] == raw.said["title_rows"]


@pytest.mark.parametrize(
    "above",
    [
        ["Trygghetsenkät 2026"],
        ["Trygghetsenkät 2026;;;;"],
        ["Enkät, våren, 2026"],
        ["Enkät 2026, ring 070-123 45 67", "", "Utskriven;2026-05-01;;;"],
    ],
)
def test_titles_above_delimited_text_are_passed_over(tmp_path: Path, above: list[str]) -> None:
    path = csv(tmp_path / "enkat.csv", *above)
    raw = read_file(path, ReaderOptions(format="delimited"), file=path.name)
    assert list(raw.cells) == ROWS[0]
    assert raw.rows.tolist() == [len(above) + n for n in range(2, 6)]
    assert raw.said["delimiter"] == ";"
    assert "title_rows" in raw.said
    assert "123 45" not in raw.said["title_rows"]
    assert describe(path).trial.waiting == 4


@pytest.mark.parametrize(
    ("content", "heading"),
    [
        ("Text\nMörkt, ödsligt, skräpigt\nLjust\n", ["Text"]),
        ("a;b\n1;2;3;4;5\n1;2\n", ["a", "b"]),
        ("a;b;c;d;e\n;;;;x\n;;;;y\n", ["a", "b", "c", "d", "e"]),
        ("a;b\n1;2\n", ["a", "b"]),
    ],
)
def test_a_heading_stays_the_heading(tmp_path: Path, content: str, heading: list[str]) -> None:
    path = tmp_path / "x.csv"
    path.write_text(content, encoding="utf-8")
    raw = read_file(path, ReaderOptions(format="delimited"), file="x.csv")
    assert list(raw.cells) == heading
    assert "title_rows" not in raw.said


def test_an_import_says_what_it_passed_over(workspace: Workspace) -> None:
    workspace.put_incidents(HEADING, incident(), incident("K2"), heading="Händelser 2025")
    file = workspace.only_file()
    assert file.stopped is None
    assert file.read == 2
    assert file.said["title_rows"] == "Händelser 2025"
