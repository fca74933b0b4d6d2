"""What can't be is answered clearly wherever it is entered: form, file, command line; what is no error is none."""

import json
import shutil
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from dashboard.access.actions import Action
from dashboard.command import app
from dashboard.desk import Desk
from dashboard.pages.promise import answered
from dashboard.pages.promise_form import keep_promise, said_of
from dashboard.pages.work_log import log_work
from dashboard.shell import show
from geodata.analyses.ground import open_register
from geodata.store.place_edits import PlaceSeen

FINE, UNUSABLE = 0, 2
TOMORROW = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()

FILE = """
key = "kant"
name = "Kant"
focus_area = "Trafik"
first = 2026-01-01
last = 2026-12-31
[[activities]]
key = "kontroll"
name = "Kontroll"
responsible = [{ party = "police" }]
scope = { kinds = ["traffic_check"] }
targets = [{ kind = "count", at_least = 2 }]
"""
ACTIVITY = {
    "do": "activity",
    "key": "grund",
    "version": "1",
    "activity_name": "Kontroll",
    "responsible": "police",
    "kinds": "traffic_check",
    "targets": "count",
    "count_at_least": "2",
}
PROMISE = {"do": "add", "name": "Kant", "focus_area": "Trafik", "first": "2026-01-01", "last": "2026-12-31"}

CASES = {
    "a target of zero": (
        ("at_least = 2", "at_least = 0"),
        {**ACTIVITY, "count_at_least": "0"},
        "noll lovar ingenting",
    ),
    "an end before its start": (
        ("last = 2026-12-31", "last = 2025-12-31"),
        {**PROMISE, "last": "2025-12-31"},
        "innan det börjar",
    ),
    "more Lucia nights than there are": (
        (
            'kinds = ["traffic_check"] }\ntargets = [{ kind = "count", at_least = 2 }]',
            (
                'kinds = ["traffic_check"], days = "risk_evenings", evenings = ["lucia"] }\n'
                'targets = [{ kind = "presence", at_least = 2 }]'
            ),
        ),
        {
            **ACTIVITY,
            "days": "risk_evenings",
            "evenings": "lucia",
            "targets": "presence",
            "presence_at_least": "2",
        },
        "kan aldrig uppfyllas",
    ),
    "a part above the whole": (
        (
            "at_least = 2 }",
            'at_least = 2 }, { kind = "part", at_least = 3, jointly_with = ["municipality"] }',
        ),
        {
            **ACTIVITY,
            "targets": "count,part_joint",
            "part_joint_at_least": "3",
            "part_joint_with": "municipality",
        },
        "större än det hela",
    ),
    "school hours in July": (
        (
            'kinds = ["traffic_check"]',
            'kinds = ["traffic_check"], months = [7], hours = [{ at = "school_start" }]',
        ),
        {**ACTIVITY, "months": "7", "school_hours": "school_start"},
        "ingen skoldag",
    ),
    "a document due before the promise": (
        ('{ kind = "count", at_least = 2 }', '{ kind = "document", title = "Plan", by = 2025-06-30 }'),
        {**ACTIVITY, "targets": "document", "document_title": "Plan", "document_by": "2025-06-30"},
        "innan löftet börjar",
    ),
    "a day outside the promise": (
        ('kinds = ["traffic_check"]', 'kinds = ["traffic_check"], dates = [2027-07-10]'),
        {**ACTIVITY, "dates": "2027-07-10"},
        "ingen sådan dag",
    ),
}


@pytest.fixture(scope="module")
def workspace(small_workspace, tmp_path_factory):
    folder = shutil.copytree(small_workspace, tmp_path_factory.mktemp("edges") / "town")
    assert sent(folder, {**PROMISE, "key": "grund", "name": "Grund"})["ok"]
    return folder


@pytest.fixture(scope="module")
def retired(workspace):
    """A place that is no longer in use: its id and its name, which no other place has."""
    register = open_register(workspace)
    place = next(one for one in register.places() if not one.retired and one.name.count(" ") == 0)
    register.edits.retire(PlaceSeen(place.place_id, place.revision), by="kim")
    return place


def sent(folder, typed, action=Action.KEEP_PROMISES, doing=keep_promise):
    return answered(Desk(folder), {"form": "f", **typed}, "?som=samordnare", action, doing)


def run(folder, *arguments):
    return CliRunner().invoke(app, [*map(str, arguments), "-w", str(folder)])


def kept(folder):
    register = open_register(folder)
    return [(one.promise.key, one.version) for one in register.promises.all()]


@pytest.mark.parametrize("case", CASES)
def test_what_can_never_be_met_is_refused_with_the_reason(workspace, tmp_path, case):
    (old, new), typed, said = CASES[case]
    before = kept(workspace)
    by_form = sent(workspace, typed)
    assert (by_form["ok"], said in by_form["fault"]) == (False, True), by_form
    assert old in FILE
    file = tmp_path / "kant.toml"
    file.write_text(FILE.replace(old, new), encoding="utf-8")
    by_file = run(workspace, "promise", "add", file)
    assert (by_file.exit_code, said in " ".join(by_file.stderr.split())) == (UNUSABLE, True), by_file.stderr
    assert kept(workspace) == before


@pytest.mark.parametrize("case", [name for name in CASES if name != "an end before its start"])
def test_it_is_said_while_one_types_too(workspace, case):
    _, typed, said = CASES[case]
    told = said_of(Desk(workspace), typed, "?som=samordnare")
    assert said in told or "Regeln går inte att hålla" in told


def test_a_place_that_was_retired_is_named_as_such(workspace, tmp_path, retired):
    file = tmp_path / "kant.toml"
    named = FILE.replace('kinds = ["traffic_check"]', f'places = ["{retired.name}"]')
    file.write_text(named, encoding="utf-8")
    by_file = run(workspace, "promise", "add", file)
    assert by_file.exit_code == UNUSABLE
    assert "används inte längre" in by_file.stderr
    file.write_text(named.replace(f'"{retired.name}"', str(retired.place_id)), encoding="utf-8")
    assert "finns inte kvar" in run(workspace, "promise", "add", file).stderr
    by_form = sent(workspace, {**ACTIVITY, "where": "places", "places": str(retired.place_id)})
    assert "finns inte kvar" in by_form["fault"]
    form = page(workspace, "/loften/grund/ny-aktivitet")
    assert f'value=\\"{retired.place_id}\\"' not in form[form.index("if-places") : form.index("if-kinds")]


def test_work_in_the_future_is_not_logged(workspace):
    typed = {
        "do": "log",
        "entry": "f1",
        "kind": "presence",
        "day": TOMORROW,
        "start": "08:00",
        "parties": "police",
    }
    by_form = sent(workspace, typed, Action.LOG_WORK, log_work)
    assert (by_form["ok"], "fram" in by_form["fault"].lower()) == (False, True), by_form
    by_hand = run(
        workspace, "log", "add", "--kind", "närvaro", "--day", TOMORROW, "--start", "08.00", "--key", "f2"
    )
    assert by_hand.exit_code == UNUSABLE
    assert "f1" not in [one.entry_key for one in open_register(workspace).log.entries()]


@pytest.mark.parametrize("how", ["form", "file"])
def test_a_promise_without_place_end_or_activity_is_no_error(workspace, tmp_path, how):
    key = f"tills-vidare-{how}"
    if how == "form":
        assert sent(workspace, {**PROMISE, "key": key, "last": ""})["ok"]
        assert sent(workspace, {**ACTIVITY, "key": key})["ok"]
    else:
        file = tmp_path / "kant.toml"
        file.write_text(
            FILE.replace('"kant"', f'"{key}"').replace("last = 2026-12-31\n", ""), encoding="utf-8"
        )
        assert run(workspace, "promise", "add", file).exit_code == FINE
    shown = page(workspace, f"/loften/{key}")
    assert "tills vidare" in shown
    assert "0 av 2" in shown
    bare = f"utan-aktivitet-{how}"
    if how == "form":
        assert sent(workspace, {**PROMISE, "key": bare, "last": ""})["ok"]
    else:
        file.write_text(FILE[: FILE.index("[[")].replace('"kant"', f'"{bare}"'), encoding="utf-8")
        assert run(workspace, "promise", "add", file).exit_code == FINE
    assert "Inga aktiviteter än" in page(workspace, f"/loften/{bare}")


def test_an_activity_is_changed_taken_out_and_told_in_words(workspace):
    assert sent(workspace, {**PROMISE, "key": "andras", "name": "Ändras"})["ok"]
    first = {**ACTIVITY, "key": "andras"}
    assert sent(workspace, first)["ok"]
    change = {
        **first,
        "do": "activity_change",
        "activity": "kontroll",
        "version": "2",
        "why": "Det räckte inte",
    }
    more = {**change, "count_at_least": "4", "hours_1_start": "07:00", "hours_1_end": "9:00"}
    assert sent(workspace, more)["ok"]
    assert "någon annan" in sent(workspace, change)["fault"]
    body = page(workspace, "/loften/andras")
    assert "Målet, Kontroll: Minst 2 gånger under löftets tid → Minst 4 gånger under löftets tid" in body
    assert "Nytt: Tid: kl. 07.00–09.00." in body
    assert "Därför: Det räckte inte" in body
    promise = {**PROMISE, "do": "change", "key": "andras", "name": "Ändras", "version": "3", "last": ""}
    assert sent(workspace, {**promise, "signed_by_1": "Polisen", "signed_on_1": "2025-12-10"})["ok"]
    body = page(workspace, "/loften/andras")
    assert "Sista dagen: 31\xa0december\xa02026 → tills vidare" in body
    assert "Polisen, 10\xa0december\xa02025" in body
    taken = {**change, "version": "4", "remove": "1", "why": ""}
    assert sent(workspace, taken)["ok"]
    assert "Aktivitet borttagen: Kontroll. Minst 4 gånger under löftets tid." in page(
        workspace, "/loften/andras"
    )
    assert open_register(workspace).promises.find("andras").promise.activities == ()
    assert "ingen sådan aktivitet" in sent(workspace, {**taken, "version": "5"})["fault"]


def page(folder, path, search="?som=samordnare"):
    _, body, _ = show(Desk(folder), path=path, search=search, shown=None)
    return json.dumps(body.to_plotly_json(), default=lambda one: one.to_plotly_json(), ensure_ascii=False)
