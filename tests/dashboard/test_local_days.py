"""What was kept half an hour into 1 July says 1 July, though in UTC it was still June."""

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from dashboard.views.action_plan import plan_row
from dashboard.views.picture_page import _saved_note
from dashboard.views.place_edit import _event, _stop
from dashboard.views.promise_documents import documents_view
from geodata.analyses.promise_documents import documents_of
from geodata.analyses.promises import _noted, _versions
from geodata.privacy import Audience
from geodata.promises.action_plan import ActionItem, ActionLine, ActionNote
from geodata.promises.promise import Promise
from geodata.store.picture_rows import KeptPicture
from geodata.store.place_edits import PlaceEvent
from geodata.store.promise_documents import PromiseDocument
from geodata.store.promises import KeptPromise
from geodata.store.stop_points import StopPoint

ZONE = ZoneInfo("Europe/Stockholm")
NIGHT = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
SAID, DAY = "1\u00a0juli\u00a02026", date(2026, 7, 1)
UTC_DAY = "30\u00a0juni"


def test_a_picture_was_saved_on_the_local_day(swedish):
    said = _saved_note(swedish, KeptPicture("a", "b", None, "x", NIGHT, ()), ZONE, named=False)
    assert SAID in said
    assert UTC_DAY not in said


def test_a_place_was_changed_and_a_stop_set_on_the_local_day(swedish):
    assert SAID in _event(swedish, PlaceEvent(1, "renamed", "", "kim", NIGHT), ZONE)
    assert SAID in _stop(swedish, StopPoint(1, 1, "", 0.0, 0.0, "kim", NIGHT), ZONE)


def test_a_document_was_added_and_taken_away_on_the_local_day(swedish):
    holds = PromiseDocument(1, 1, "Avtal", "d", "application/pdf", 9, True, "kim", NIGHT, None, None)
    gone = replace(holds, document_id=2, removed_by="kim", removed_at=NIGHT)
    register = SimpleNamespace(promise_documents=SimpleNamespace(of=lambda _: (holds, gone)))
    found = documents_of(register, 1, Audience.COORDINATOR, zone=ZONE)
    view = documents_view(swedish, found, key="p", search="", staff=True, may_keep=True)
    assert SAID in view.rows[0].about
    assert view.earlier[0].count(SAID) == 2
    assert UTC_DAY not in view.earlier[0]


def test_a_note_was_written_on_the_local_day(swedish):
    item = ActionItem(1, 1, ActionLine("Lampor"), 1, (ActionNote("noted", "Beställt", "kim", NIGHT),))
    row = plan_row(swedish, _noted(item, ZONE), DAY, activities={}, may_plan=False)
    assert SAID in row.notes[0]


def test_a_promise_was_changed_on_the_local_day():
    promise = Promise("p", "P", "Trafik", date(2026, 1, 1), date(2026, 12, 31))
    kept = KeptPromise(1, promise, 1, "", "kim", NIGHT, {})
    register = SimpleNamespace(promises=SimpleNamespace(versions=lambda _: (kept,)))
    assert [one.on for one in _versions(register, "p", Audience.POLICE, ZONE)] == [DAY]
