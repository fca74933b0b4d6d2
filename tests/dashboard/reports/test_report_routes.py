"""Reports by address and by command."""

from datetime import timedelta

import pytest
from typer.testing import CliRunner

from dashboard.app import create_app
from dashboard.command import app as command
from dashboard.settings import Settings
from geodata.analyses.ground import open_register
from geodata.periods import tertial_of

pytestmark = pytest.mark.xdist_group("reports")  # one worker makes the town


@pytest.fixture(scope="module")
def browser(town):
    return create_app(Settings(workspace=town)).server.test_client()


def test_a_report_opens_in_the_browser_or_is_saved(browser):
    got = browser.get("/rapport/namnd.pdf?som=namnd")
    assert got.status_code == 200
    assert got.mimetype == "application/pdf"
    assert got.headers["Content-Disposition"] == "inline; filename=namnd.pdf"
    saved = browser.get("/rapport/namnd.html?som=namnd&spara=1&sprak=en")
    assert saved.headers["Content-Disposition"] == "attachment; filename=namnd.html"
    assert '<html lang="en">' in saved.text


@pytest.mark.parametrize("path", ["/rapport/budget.pdf", "/rapport/namnd.docx"])
def test_what_is_not_there_is_not_found(browser, path):
    assert browser.get(path).status_code == 404


def test_before_the_first_import_a_report_is_there(bare):
    got = create_app(Settings(workspace=bare)).server.test_client().get("/rapport/namnd.html")
    assert got.status_code == 200
    assert "Det finns inget att berätta än." in got.text


def test_the_command_writes_a_file(town, tmp_path):
    out = tmp_path / "sida.html"
    done = CliRunner().invoke(
        command, ["report", "namnd", "-w", str(town), "--day", "2026-08-31", "--out", str(out)]
    )
    assert done.exit_code == 0, done.output
    assert "Räknat till och med 31\N{NO-BREAK SPACE}augusti\N{NO-BREAK SPACE}2026" in out.read_text("utf-8")
    told = CliRunner().invoke(command, ["report", "budget", "-w", str(town)])
    assert told.exit_code == 2
    assert "namnd" in told.output


def test_a_report_is_of_the_day_asked_for(browser):
    got = browser.get("/rapport/tertial.html?som=namnd&dag=2026-08-31")
    assert "tertial\N{NO-BREAK SPACE}2 2026" in got.text
    wrong = browser.get("/rapport/tertial.pdf?som=namnd&dag=i-dag")
    assert wrong.status_code == 400
    assert "i-dag är ingen dag" in wrong.text
    coming = browser.get("/rapport/tertial.pdf?som=namnd&dag=2031-01-01")
    assert coming.status_code == 400
    assert "har inte varit än" in coming.text


@pytest.mark.parametrize("name", ["namnd", "problembild", "lagesbild", "tertial", "aterkoppling"])
@pytest.mark.parametrize("word", ["namnd", "allmanhet"])
def test_onlookers_can_hold_no_two_days_against_each_other(browser, name, word):
    """What the reports of two days differ by is what was said, or which car was used, on one of them."""
    got = browser.get(f"/rapport/{name}.html?som={word}&dag=2026-05-04")
    assert got.status_code == 400
    assert "Välj bland de tider som sidan Rapporter visar" in got.text
    assert browser.get(f"/rapport/{name}.html?som={word}").status_code == 200


def test_staff_and_the_times_that_are_offered_are_let_through(browser):
    assert browser.get("/rapport/tertial.html?som=polis&dag=2026-05-04").status_code == 200
    assert browser.get("/rapport/problembild.html?som=namnd&dag=2025-12-31").status_code == 200


@pytest.mark.parametrize("name", ["tertial", "namnd", "problembild", "lagesbild", "est", "aterkoppling"])
def test_a_day_before_the_first_record_and_promise_is_refused_in_words(browser, name):
    got = browser.get(f"/rapport/{name}.html?som=polis&dag=1990-01-01")
    assert got.status_code == 400
    assert "Det finns inget att berätta om före" in got.text
    assert "pågår" not in got.text


def test_the_tertial_before_the_first_promise_is_refused_and_its_own_is_made(browser, town):
    first = min(one.promise.first for one in open_register(town).promises.all())
    before = tertial_of(first).first - timedelta(days=1)
    assert browser.get(f"/rapport/tertial.html?som=polis&dag={before}").status_code == 400
    assert browser.get(f"/rapport/tertial.html?som=polis&dag={first}").status_code == 200


@pytest.mark.parametrize("day", ["0001-01-01", "1900-01-01", "9999-12-31", "20260504", "2026-W10-1"])
@pytest.mark.parametrize("name", ["est", "namnd", "aterkoppling", "problembild"])
def test_a_day_that_no_calendar_of_ours_holds_is_said(browser, name, day):
    got = browser.get(f"/rapport/{name}.html?som=polis&dag={day}")
    assert got.status_code == 400
    assert "är ingen dag" in got.text
