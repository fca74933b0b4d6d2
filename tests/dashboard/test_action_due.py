"""What waits in the action plans: on the pages, in the header, and as a calendar file with alarms."""

import shutil
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar
from pypdf import PdfWriter
from typer.testing import CliRunner

from dashboard.command import app
from dashboard.print.action_calendar import action_calendar
from dashboard.texts.catalogue import catalogue
from dashboard.views.due_actions import due_view
from geodata.analyses.action_due import Waiting, due_on
from geodata.project import read_project
from geodata.promises.action_plan import ActionLine, ActionStatus
from geodata.promises.reading import made_promise
from geodata.store.register import Register

TODAY = date(2026, 6, 1)
LINES = (
    ActionLine("Förslag på farthinder", "Gatuenheten", due_on=date(2026, 5, 25), remind_on=date(2026, 5, 1)),
    ActionLine("Boka tillsyn", "Kommunpolisen", due_on=date(2026, 6, 10)),
    ActionLine("I dag", due_on=TODAY),
    ActionLine("Senare", due_on=date(2026, 9, 1)),
    ActionLine("Påmind", due_on=date(2026, 8, 1), remind_on=date(2026, 5, 30)),
    ActionLine("Bara påminnelse", remind_on=date(2026, 6, 1)),
    ActionLine("Klar", due_on=date(2026, 5, 1), status=ActionStatus.DONE),
    ActionLine("Blev inte av", due_on=date(2026, 5, 2), status=ActionStatus.REJECTED),
    ActionLine("Utan dag"),
)


@pytest.fixture(scope="module")
def workspace(small_workspace, tmp_path_factory):
    folder = shutil.copytree(small_workspace, tmp_path_factory.mktemp("due") / "town")
    register = Register(folder / "store", municipality_code="9999", working_crs=3006)
    values = {"key": "prov", "name": "Säkrare trafik", "focus_area": "Trafik", "first": "2026-01-01"}
    kept = register.promises.add(made_promise(values, file="", place_ids={}), by="kim")
    for line in LINES:
        register.action_plans.add(kept.promise_id, line, by="kim")
    register.close()
    return folder


@pytest.fixture(scope="module")
def due(workspace):
    return due_on(workspace, TODAY)


def test_the_most_urgent_comes_first_and_what_is_closed_is_left_out(due):
    assert [(one.item.line.what, one.waiting, one.days) for one in due] == [
        ("Förslag på farthinder", Waiting.OVERDUE, -7),
        ("I dag", Waiting.DUE, 0),
        ("Boka tillsyn", Waiting.DUE, 9),
        ("Påmind", Waiting.REMINDED, 61),
        ("Bara påminnelse", Waiting.REMINDED, None),
    ]


@pytest.mark.parametrize(("within", "last"), [(0, "I dag"), (9, "Boka tillsyn"), (92, "Senare")])
def test_how_far_one_looks_ahead_is_asked_for(workspace, within, last):
    found = [one for one in due_on(workspace, TODAY, within=within) if one.waiting is Waiting.DUE]
    assert found[-1].item.line.what == last or (
        within == 92 and last in [one.item.line.what for one in found]
    )


def test_it_is_said_in_words_with_the_way_to_the_plan(due):
    view = due_view(catalogue("sv"), due, search="?som=samordnare")
    assert view.sentence == (
        "En rad är försenad. 4 rader ska vara klara inom 14 dagar, eller har en påminnelse."
    )
    assert [line.when.replace("\xa0", " ") for line in view.lines] == [
        "försenad 7 dagar (25 maj 2026)",
        "i dag",
        "om 9 dagar (10 juni 2026)",
        "om 61 dagar (1 augusti 2026)",
        "påminnelse 1 juni 2026",
    ]
    assert view.lines[0].href == "/loften/prov?som=samordnare"
    assert view.lines[1].who == "ingen ansvarig angiven"
    empty = due_view(catalogue("sv"), (), search="")
    assert empty.sentence == "Inget är försenat, och inget ska vara klart de närmaste 14 dagarna."


def test_the_command_line_lists_them_and_writes_the_calendar(workspace, tmp_path):
    out = tmp_path / "plan.ics"
    told = CliRunner().invoke(
        app, ["promise", "due", "-w", str(workspace), "--within", "3660", "--out", str(out)]
    )
    assert told.exit_code == 0, told.output
    assert "Förslag på farthinder" in told.stdout
    assert "Senare" in told.stdout
    assert out.read_bytes().count(b"BEGIN:VEVENT") == len(LINES) - 1


def test_a_document_is_attached_on_the_command_line(workspace, tmp_path):
    file = tmp_path / "brev.pdf"
    file.write_bytes(b"%PDF-1.7 not whole")
    fell = CliRunner().invoke(app, ["promise", "attach", "prov", str(file), "-w", str(workspace)])
    assert (fell.exit_code, "avklippt" in fell.stderr) == (2, True)
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(file)
    kept = CliRunner().invoke(app, ["promise", "attach", "prov", str(file), "--public", "-w", str(workspace)])
    assert (kept.exit_code, "visas för alla" in kept.stdout) == (0, True), kept.output


def test_a_calendar_takes_the_plan_in_with_its_alarms(workspace):
    register = Register(workspace / "store", municipality_code="9999", working_crs=3006)
    items = [("Säkrare trafik", item) for item in register.action_plans.items()]
    register.close()
    now = datetime(2026, 6, 1, 7, tzinfo=UTC)
    content = action_calendar(catalogue("sv"), read_project(workspace), items, now=now)
    events = {str(one["summary"]): one for one in Calendar.from_ical(content).walk("VEVENT")}
    assert set(events) == {
        "Klart senast: Förslag på farthinder",
        "Klart senast: Boka tillsyn",
        "Klart senast: I dag",
        "Klart senast: Senare",
        "Klart senast: Påmind",
        "Påminnelse: Bara påminnelse",
        "Klar: Klar",
        "Blir inte av: Blev inte av",
    }
    late = events["Klart senast: Förslag på farthinder"]
    assert (late["dtstart"].dt, late["dtend"].dt) == (date(2026, 5, 25), date(2026, 5, 26))
    assert str(late["uid"]) == "action-1@9999.problembild"
    (alarm,) = late.walk("VALARM")
    begins = datetime(2026, 5, 25)
    assert begins + alarm["trigger"].dt == datetime(2026, 5, 1, 8)
    assert not events["Klar: Klar"].walk("VALARM")
    assert events["Blir inte av: Blev inte av"]["status"] == "CANCELLED"
    (same_day,) = events["Påminnelse: Bara påminnelse"].walk("VALARM")
    assert same_day["trigger"].dt == timedelta(hours=8)
    assert content.count(b"BEGIN:VEVENT") == len(LINES) - 1
