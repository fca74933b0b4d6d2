"""Whatever one long word a person writes, no page runs out at the side, on a desktop or a telephone."""

from datetime import UTC, datetime

import pytest

from dashboard.access.actions import Action
from dashboard.desk import Desk
from dashboard.pages.dialogue import answered as answered_dialogue
from dashboard.pages.picture import keep_picture
from dashboard.pages.promise import answered, plan_action
from dashboard.pages.promise_form import keep_promise
from dashboard.pages.work_log import log_work
from geodata.analyses.ground import open_register

SEARCH = "?som=samordnare"
WORD = "Ärtsoppa" * 38
NAME, WHO = WORD[:300], WORD[:190]
PHONE, DESK = 390, 1440
FOUND = """() => {
  const wide = document.documentElement.clientWidth + 1;
  return [...document.querySelectorAll('#page *')]
    .filter((one) => one.getBoundingClientRect().width > 0 && one.getBoundingClientRect().right > wide)
    .filter((one) => !one.closest('.map, svg, .read-out, thead'))
    .map((one) => one.outerHTML.slice(0, 120)).slice(0, 3);
}"""


def sent(workspace, keep, action, **typed):
    got = answered(Desk(workspace), {"form": "f", "at": "1", **typed}, SEARCH, action, keep)
    assert got["ok"], got
    return got


@pytest.fixture(scope="module")
def addresses(small_town):
    """Pages that hold the word: as a name, a text, a note and whoever it was."""
    register = open_register(small_town)
    promise = sent(
        small_town,
        keep_promise,
        Action.KEEP_PROMISES,
        do="add",
        name=NAME,
        focus_area=WHO,
        first="2026-01-01",
        last="2026-12-31",
        agreement=NAME,
        source=NAME,
        text=WORD,
        problem=WORD,
        key="long",
        signed_by_1=WHO,
        signed_on_1="2025-12-01",
    )["path"]
    line = {"line_what": NAME, "line_responsible": WHO, "line_due": "2026-06-01", "line_status": "planned"}
    sent(small_town, plan_action, Action.PLAN_ACTIONS, do="line", key="long", **line)
    day = datetime.now(UTC).date().replace(month=1, day=5).isoformat()
    work = {"kind": "meeting", "day": day, "start": "08:00", "parties": "police,other", "with_whom": WHO}
    sent(small_town, log_work, Action.LOG_WORK, do="log", entry="long", note=WORD, **work)
    for did in (
        {"do": "add", "name": WHO, "kind": "citizen", "first": "2026-04-20", "last": "2026-04-26"},
        {
            "do": "occasion",
            "key": "",
            "version": "1",
            "day": "2026-04-21",
            "start": "10:00",
            "end": "12:00",
            "where": WHO,
            "askers": "police",
            "groups": "residents",
            "method": "talk",
            "needs": WHO,
            "with_whom": WHO,
        },
    ):
        key = {"key": register.dialogues.all()[-1].dialogue.key} if "key" in did else {}
        got = answered_dialogue(Desk(small_town), {"form": "f", **did, **key}, SEARCH)
        assert got["ok"], got
    picture = {"do": "save", "name": WHO, "first": "2025-01-01", "last": "2025-12-31"}
    saved = sent(small_town, keep_picture, Action.KEEP_PICTURES, **picture)["path"]
    problem = register.pictures.all()[-1].picture.problems[0].problem
    meeting = {"meeting": WHO, "meeting_on": "2026-02-01", "decided_by": WHO}
    decided = {"do": "decide", "picture": saved.rsplit("/", 1)[1], "problem": problem, "chosen": "no"}
    sent(small_town, keep_picture, Action.KEEP_PICTURES, **decided, why=WORD, **meeting)
    dialogue = f"/dialoger/{register.dialogues.all()[-1].dialogue.key}"
    own = [promise, f"{promise}/andra", dialogue, saved]
    return [*own, "/loften", "/dialoger", "/bilden", "/veckan", "/loggbok", "/oversikt", "/rapporter"]


def test_no_page_runs_out_at_the_side(page, small_site, addresses):
    for address in addresses:
        page.set_viewport_size({"width": DESK, "height": 900})
        page.goto(f"{small_site}{address}{SEARCH}")
        page.locator("h1:not(:empty)").first.wait_for()
        page.evaluate("() => document.querySelectorAll('#page details').forEach(one => { one.open = true; })")
        for width in (DESK, PHONE):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
            assert page.evaluate(FOUND) == [], (address, width)
