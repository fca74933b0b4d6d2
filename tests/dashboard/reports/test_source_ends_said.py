"""Where a source ends before the others, pages and reports name it and its day, and call nothing a fall."""

import json
from datetime import date

import pytest
from test_reports import blocks_of, made, words_of

from dashboard.desk import Desk
from dashboard.reports.registry import report_file
from dashboard.shell import show
from dashboard.texts.catalogue import catalogue
from etl.pipeline import run
from etl.synthetic.town import make_town
from geodata.analyses.ground import open_ground
from geodata.privacy import Audience

pytestmark = pytest.mark.xdist_group("reports")

SWEDISH = catalogue("sv")
LAST = "27\u00a0september\u00a02025"
NAMED = f"Handelser slutar {LAST}"
NEWEST, WEEK = date(2025, 12, 31), date(2025, 11, 16)


@pytest.fixture(scope="module")
def cut(tmp_path_factory):
    """Make a town whose police file is not delivered after September."""
    workspace = tmp_path_factory.mktemp("cut") / "town"
    make_town(workspace, size="small", seed=1)
    for file in (workspace / "inbox").glob("handelser_*.csv"):
        heading, *rows = file.read_bytes().splitlines(keepends=True)
        kept = [row for row in rows if row.split(b";")[1][:10] <= b"2025-09-30"]
        file.write_bytes(b"".join([heading, *kept]))
    run(workspace)
    (end,) = open_ground(workspace).records.source_ends
    assert f"{end.source.capitalize()} slutar {SWEDISH.form.day(end.last)}" == NAMED
    return workspace


def page(workspace, path, search=""):
    _, body, _ = show(Desk(workspace), path=path, search=f"?som=polis{search}", shown=None)
    return json.dumps(body.to_plotly_json(), default=lambda one: one.to_plotly_json(), ensure_ascii=False)


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("name", ["lagesbild", "problembild"])
def test_a_report_names_the_source_and_its_day_for_everybody(cut, name, audience):
    report = made(cut, name, audience, today=NEWEST)
    assert NAMED in " ".join(report.basis)
    cells = [cell for block in blocks_of(report) for row in getattr(block, "rows", ()) for cell in row]
    assert SWEDISH("report.change.fell") not in {getattr(cell, "text", cell) for cell in cells}
    assert report_file("html", SWEDISH, report)


def test_the_tertial_of_the_lagesbild_says_how_far_it_is_counted(cut):
    report = made(cut, "lagesbild", Audience.POLICE, today=NEWEST)
    rows = [row for block in blocks_of(report) for row in getattr(block, "rows", ()) if row[0] == "2025"]
    (newest,) = rows
    assert newest[2].small == ()
    assert newest[3].small == (f"till och med {LAST}",)
    assert f"räknade på 1\u00a0januari\u00a02025 – {LAST}, för {NAMED}" in words_of(report)


def test_the_weekly_sheet_and_page_hold_nothing_against_the_usual(cut):
    report = made(cut, "est", Audience.POLICE, today=WEEK)
    assert NAMED in report.sentence
    assert "vanligt" not in {cell for block in blocks_of(report) for cell in getattr(block, "headings", ())}
    week = page(cut, "/veckan/2025-46")
    assert NAMED in week
    assert "Mindre än vanligt" not in week


def test_the_picture_says_up_to_which_day_it_compares(cut):
    said = page(cut, "/bilden", "&fran=2025-01-01&till=2025-12-31")
    assert NAMED in said
    assert f"till och med {LAST}: från" in said
