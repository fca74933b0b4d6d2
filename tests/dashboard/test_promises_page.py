"""Promises on the pages and on the command line, over a real small town with its made-up promises and log."""

import json
import shutil
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from dashboard.access.actions import Action
from dashboard.command import app
from dashboard.demo_promises import plant_promises
from dashboard.desk import Desk
from dashboard.pages.promise import answered, plan_action
from dashboard.pages.promise_form import keep_promise
from dashboard.pages.work_log import log_work
from dashboard.shell import show
from dashboard.texts.catalogue import catalogue
from dashboard.views.promise_rule import rule_words, scope_words
from etl.synthetic.promises import write_promises
from geodata.analyses.ground import open_ground, open_register
from geodata.analyses.overview import overlook
from geodata.analyses.place_work import work_at
from geodata.analyses.promises import follow_promise, follow_promises
from geodata.privacy import Audience
from geodata.promises.action_plan import ActionStatus
from geodata.promises.targets.kinds import TARGETS
from geodata.promises.targets.measure import State
from geodata.promises.verdict import Mark, Why

FINE, FELL, UNUSABLE = 0, 1, 2


def write(folder, schools, squares):
    write_promises(folder, schools=schools, squares=squares, seed=1)


@pytest.fixture(scope="module")
def planted(tmp_path_factory, small_workspace):
    folder = tmp_path_factory.mktemp("promises") / "town"
    shutil.copytree(small_workspace, folder)
    assert plant_promises(folder, write)
    return folder


@pytest.fixture(scope="module")
def workspace(planted, tmp_path_factory):
    """One that tests write to, each under keys of its own: a town for each of them would take minutes."""
    return shutil.copytree(planted, tmp_path_factory.mktemp("written") / "town")


def page(workspace, path, search=""):
    _, body, shown = show(Desk(workspace), path=path, search=search, shown=None)
    return json.dumps(
        body.to_plotly_json(), default=lambda one: one.to_plotly_json(), ensure_ascii=False
    ), shown


def run(workspace, *arguments):
    return CliRunner().invoke(app, [*map(str, arguments), "-w", str(workspace)])


def test_the_demo_has_promises_once_and_the_same_every_time(planted, small_workspace, tmp_path):
    again = shutil.copytree(small_workspace, tmp_path / "again")
    assert plant_promises(again, write)
    assert not plant_promises(again, write)
    for name in ("skolor.toml", "logg.csv"):
        assert (again / "loften" / name).read_text() == (planted / "loften" / name).read_text()
    register = open_register(planted)
    assert len(register.promises.all()) == 5
    assert len(register.log.entries()) > 30
    assert all(one.promise.made_up for one in register.promises.all())


def test_the_authorities_own_counts_are_the_same_for_everybody(planted):
    ground = open_ground(planted)
    told = [
        [
            (one.state, [(m.done, m.target, m.state, m.parts) for m in one.measures])
            for answer in follow_promises(ground, audience)
            for one in answer.progress.activities
        ]
        for audience in Audience
    ]
    assert all(one == told[0] for one in told)
    assert {state for state, _ in told[0]} >= {State.KEPT, State.PARTLY, State.SHOWN}


@pytest.mark.parametrize("audience", Audience)
def test_cars_notes_and_writers_are_not_for_everybody(planted, audience):
    ground = open_ground(planted)
    lines = [
        line
        for answer in follow_promises(ground, audience)
        for one in answer.activities
        for line in one.lines
    ]
    staff = audience in {Audience.POLICE, Audience.PLANNER, Audience.COORDINATOR}
    assert any(line.car for line in lines) == (audience is Audience.POLICE)
    assert any(line.note for line in lines) == any(line.logged_by for line in lines) == staff
    assert any(line.started for line in lines) == any(line.with_whom for line in lines) == staff
    answer = follow_promise(ground, "skolor-2026", audience)
    assert any(item.notes for item in answer.plan) == staff
    complained = follow_promise(ground, "klagomal-2026", audience).activities[0]
    assert bool(complained.lines) == bool(complained.progress.measures[0].missing) == staff


@pytest.mark.parametrize("word", ["polis", "samordnare", "namnd", "allmanhet"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_is_shown(planted, word, language):
    search = f"?som={word}&sprak={language}"
    body, shown = page(planted, "/loften", search)
    assert ("Löften" if language == "sv" else "Promises") in shown["title"]
    assert "promise-card" in body
    assert ("/loften/nytt" in body) == (word == "samordnare")
    for key in ("skolor-2026", "droger", "klagomal-2026", "riskkvallar-2026", "buskorning-2026"):
        body, shown = page(planted, f"/loften/{key}", search)
        assert "promise-answer" in body, shown
        # Nobody here has logged what the demo holds: the coordinator alone may withdraw it.
        assert ('class=\\"withdraw\\"' in body) <= (word == "samordnare")
        assert ("/ny-aktivitet" in body) == (word == "samordnare")


def test_a_council_member_sees_at_a_glance_whether_promises_are_kept(planted):
    body, _ = page(planted, "/loften", "?som=namnd")
    assert "löften hålls hittills" in body
    assert "Hålls löftet hittills?" in page(planted, "/loften/skolor-2026", "?som=namnd")[0]
    assert "av 40" in body


def test_the_action_plan_folds_on_a_phone_with_the_name_of_each_cell(planted):
    body, _ = page(planted, "/loften/skolor-2026", "?som=namnd")
    plan = body[body.index("promise-plan folds") :]
    for name in ("Aktivitet", "Ansvarig", "Klar senast", "Läge"):
        assert f'data-label=\\"{name}\\"' in plan


def test_what_is_not_there_is_said(planted):
    assert "Löftet ingenting finns inte" in page(planted, "/loften/ingenting")[0]


def sent(workspace, doing, search="?som=samordnare", *, action=Action.KEEP_PROMISES, **typed):
    return answered(Desk(workspace), {"form": "f", **typed}, search, action, doing)


def test_a_promise_an_activity_and_a_plan_by_form(workspace):
    answer = sent(
        workspace, keep_promise, do="add", key="prov", name="Prov", focus_area="Trafik", first="2026-01-01"
    )
    assert (answer["ok"], answer["path"]) == (True, "/loften/prov")
    activity = {
        "do": "activity",
        "key": "prov",
        "version": "1",
        "activity_name": "Kontroll",
        "activity_key": "kontroll",
        "responsible": "police,municipality",
        "municipality_name": "gatuenheten",
        "kinds": "traffic_check",
        "targets": "count",
        "count_at_least": "3",
        "hours_1_start": "07:00",
        "hours_1_end": "09:00",
        "why": "Glömdes, ring 070-174 06 05",
    }
    assert sent(workspace, keep_promise, **activity)["ok"]
    kept = open_register(workspace).promises.find("prov")
    assert (kept.version, kept.promise.activities[0].targets[0].at_least) == (2, 3)
    assert kept.why == "Glömdes, ring ***", "everybody may read why a promise was changed"
    again = sent(workspace, keep_promise, **activity)
    assert "två aktiviteter" in again["fault"]
    zero = sent(workspace, keep_promise, **{**activity, "activity_key": "b", "count_at_least": "0"})
    assert (zero["ok"], zero["field"]) == (False, "count_at_least")
    assert "noll" in zero["fault"]
    assert sent(workspace, keep_promise, **{**activity, "activity_name": ""})["field"] == "activity_name"
    half = sent(workspace, keep_promise, **{**activity, "activity_key": "b", "hours_1_end": ""})
    assert half["field"] == "hours_1_end"
    line = sent(
        workspace,
        plan_action,
        action=Action.PLAN_ACTIONS,
        do="line",
        key="prov",
        line_what="Ring 070-174 06 05",
        line_due="2026-05-01",
    )
    assert line["ok"]
    (item,) = open_register(workspace).action_plans.items(kept.promise_id)
    assert item.line.what == "Ring ***"
    change = {
        "do": "line_change",
        "key": "prov",
        "item": str(item.item_id),
        "line_what": "Ring",
        "line_status": "done",
    }
    assert sent(
        workspace, plan_action, action=Action.PLAN_ACTIONS, **change, revision="0", line_note="Klart"
    )["ok"]
    late = sent(workspace, plan_action, action=Action.PLAN_ACTIONS, **change, revision="0")
    assert "någon annan" in late["fault"]
    body, _ = page(workspace, "/loften/prov", "?som=samordnare")
    assert "Klart" in body
    assert "Version 2" in body


def test_a_promise_that_was_entered_by_mistake_is_withdrawn_with_a_reason_and_brought_back(workspace):
    promise = {
        "do": "add",
        "key": "misstag",
        "name": "Misstag",
        "focus_area": "Trafik",
        "first": "2026-01-01",
    }
    assert sent(workspace, keep_promise, **promise)["ok"]
    assert "Dra tillbaka löftet" in page(workspace, "/loften/misstag/andra", "?som=samordnare")[0]
    withdrawal = {"do": "withdraw", "key": "misstag", "version": "1"}
    assert sent(workspace, keep_promise, **withdrawal)["field"] == "why"
    late = {"do": "line", "key": "misstag", "line_what": "Boka", "line_due": "2026-02-01"}
    assert sent(workspace, plan_action, action=Action.PLAN_ACTIONS, **late)["ok"]
    assert "Misstag" in page(workspace, "/loften", "?som=samordnare")[0]
    assert sent(workspace, keep_promise, **withdrawal, why="Dubblett, ring 070-174 06 05")["ok"]
    changed = sent(
        workspace,
        keep_promise,
        do="change",
        key="misstag",
        version="2",
        name="Misstag",
        focus_area="Trafik",
        first="2026-01-01",
        text="Ord",
        why="Ett ord till",
    )
    assert changed["ok"], "what is withdrawn may be changed, and stays withdrawn"
    register = open_register(workspace)
    assert "misstag" not in [one.promise.key for one in register.promises.all()]
    assert [one.promise.key for one in register.promises.all(withdrawn=True)] == ["misstag"]
    for word in ("samordnare", "polis", "namnd", "allmanhet"):
        assert ("Tillbakadraget: Misstag" in page(workspace, "/loften", f"?som={word}")[0]) == (
            word == "samordnare"
        )
        body = page(workspace, "/loften/misstag", f"?som={word}")[0]
        assert "Löftet är tillbakadraget. Dubblett, ring ***" in body
        assert "/ny-aktivitet" not in body
        assert ("Boka" in body) == (word in {"samordnare", "polis"}), (
            "the others have its name and the reason"
        )
    taken = sent(workspace, keep_promise, **{**promise, "key": "", "name": "Misstag"})
    assert taken["path"] == "/loften/misstag-2", "its name in addresses stays its own"
    assert "Låt löftet gälla igen" in page(workspace, "/loften/misstag/andra", "?som=samordnare")[0]
    back = {"do": "restore", "key": "misstag", "version": "3", "why": "Det gällde ändå"}
    assert sent(workspace, keep_promise, **back)["ok"]
    assert "misstag" in [one.promise.key for one in register.promises.all()]
    assert "Om det är tillbakadraget: ja → nej" in page(workspace, "/loften/misstag", "?som=samordnare")[0]


def test_work_logged_for_a_withdrawn_promise_is_free_and_a_rule_that_can_not_be_met_can_go(
    workspace, tmp_path
):
    file = tmp_path / "borta.toml"
    file.write_text(
        PROMISE.replace('"fil"', '"borta"')
        .replace("speed_measurement", "meeting")
        .replace("[[plan]]", "[[ingen]]")
        .split("[[ingen]]")[0],
        "utf-8",
    )
    assert run(workspace, "promise", "add", file).exit_code == FINE
    register = open_register(workspace)
    number = register.promises.find("borta").activity_ids["kontroll"]
    named = logged(
        workspace, entry="borta-1", kind="meeting", activity=str(number), start="19:00", end="19:30"
    )
    assert "Räknas för: Prov: Kontroll" in named["said"]
    kept = register.promises.find("borta")
    told = {"do": "withdraw", "key": "borta", "version": str(kept.version), "why": "Fel"}
    assert sent(workspace, keep_promise, **told)["ok"]
    again = tmp_path / "igen.toml"
    again.write_text(file.read_text("utf-8").replace('"borta"', '"igen"'), "utf-8")
    assert run(workspace, "promise", "add", again).exit_code == FINE
    ground = open_ground(workspace)
    (answer,) = [one for one in follow_promises(ground, Audience.POLICE) if one.kept.promise.key == "igen"]
    assert "borta-1" in {one.entry.entry_key for one in answer.progress.activities[0].judged.counted}
    change = run(workspace, "promise", "change", file, "--why", "Nya ord")
    assert change.exit_code == FINE
    assert register.promises.find("borta").promise.withdrawn, (
        "a file that says nothing of it brings nothing back"
    )


@pytest.mark.parametrize("search", ["?som=namnd", "?som=allmanhet", "?som=polis"])
def test_only_the_coordinator_keeps_promises(workspace, search):
    answer = sent(
        workspace, keep_promise, search, do="add", key="x", name="x", focus_area="x", first="2026-01-01"
    )
    assert not answer["ok"]
    assert "x" not in [one.promise.key for one in open_register(workspace).promises.all()]


def logged(workspace, search="?som=polis", **typed):
    values = {
        "do": "log",
        "entry": "k1",
        "kind": "premises_inspection",
        "day": "2026-02-06",
        "start": "22:00",
        "end": "00:30",
        "parties": "police,municipality",
        **typed,
    }
    return answered(Desk(workspace), {"form": "work", **values}, search, Action.LOG_WORK, log_work)


def test_what_is_logged_says_what_it_counts_for_once(workspace):
    answer = logged(workspace, note="Ring 070-174 06 05")
    assert "Räknas för: Tryggare kvällar för unga: Krogtillsyn" in answer["said"]
    assert "redan" in logged(workspace, note="Ring 070-174 06 05")["said"]
    entry = next(one for one in open_register(workspace).log.entries() if one.entry_key == "k1")
    assert entry.ended_at - entry.started_at == timedelta(hours=2, minutes=30)
    assert "***" in entry.note
    other = logged(workspace, entry="k2", kind="traffic_check", parties="municipality")
    assert "Räknas inte för något löfte" in other["said"]
    assert "Inget löfte handlar" in logged(workspace, entry="k3", kind="safety_walk")["said"]
    said = withdrawn(workspace, "k1")
    assert (said["ok"], said["field"], said["fault"]) == (
        False,
        "why",
        "Skriv varför insatsen dras tillbaka.",
    )
    assert withdrawn(workspace, "k1", why="Fel dag, ring 070-174 06 05")["ok"]
    assert "k1" not in [one.entry_key for one in open_register(workspace).log.entries()]


def test_work_after_the_last_day_of_made_up_data_is_told_to_show_later(workspace):
    day = datetime.now(UTC).astimezone(open_ground(workspace).project.zone).date() - timedelta(days=1)
    said = logged(workspace, entry="i går", day=day.isoformat(), end="22:30")["said"]
    assert "räknar till och med" in said
    assert "syns insatsen inte än" in said
    assert "syns insatsen" not in logged(workspace, entry="då", start="20:00", end="21:00")["said"]


def withdrawn(workspace, entry, *, why="", search=""):
    asked = {"do": "withdraw", "entry": entry, "why": why, "path": "/loften"}
    return answered(Desk(workspace), asked, search, Action.LOG_WORK, log_work)


def test_an_entry_is_withdrawn_by_who_logged_it_or_the_coordinator_with_a_reason(workspace):
    assert logged(workspace, entry="w1", note="Kväll")["ok"]
    assert 'name=\\"entry\\" value=\\"w1\\"' in page(workspace, "/loggbok")[0]
    said = withdrawn(workspace, "w1", why="Ej min", search="?som=planerare")
    assert (said["ok"], said["fault"]) == (
        False,
        "Bara den som loggat insatsen (polisen) eller en samordnare kan dra tillbaka den. Be någon av dem.",
    )
    assert 'value=\\"w1\\"' not in page(workspace, "/loggbok", "?som=planerare")[0]
    assert 'value=\\"w1\\"' in page(workspace, "/loggbok", "?som=samordnare")[0]
    assert withdrawn(workspace, "w1", why="Loggad i fel kommun", search="?som=samordnare")["ok"]
    shown = page(workspace, "/loggbok")[0]
    assert "Loggad i fel kommun" in shown
    assert 'value=\\"w1\\"' not in shown
    assert not withdrawn(workspace, "finns inte", why="x")["ok"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"day": ""}, "day"),
        ({"day": "i går"}, "day"),
        ({"start": "sju"}, "start"),
        ({"parties": ""}, "parties"),
        ({"checked": "många"}, "checked"),
        ({"checked": "1", "reported": "2"}, "reported"),
        ({"day": "2199-01-01"}, "day"),
        ({"kind": "dans"}, ""),
        ({"place": "torget"}, ""),
    ],
)
def test_what_cannot_be_is_told_at_its_field(workspace, typed, field):
    answer = logged(workspace, entry="never-kept", **typed)
    assert (answer["ok"], answer["field"]) == (False, field)
    assert answer["fault"]


def test_the_council_logs_nothing(workspace):
    assert not logged(workspace, "?som=namnd")["ok"]


PROMISE = """
key = "fil"
name = "Prov"
focus_area = "Trafik"
first = 2026-01-01
last = 2026-12-31
[[activities]]
key = "kontroll"
name = "Kontroll"
responsible = [{ party = "police" }]
scope = { kinds = ["speed_measurement"] }
targets = [{ kind = "count", at_least = 2 }]
[[plan]]
what = "Boka"
due_on = 2026-03-01
activity = "kontroll"
"""


@pytest.mark.parametrize("odd", ["\0", "\ud800", "9" * 400, "0001-01-01", None, 1, [], True], ids=repr)
@pytest.mark.parametrize("field", ["day", "place", "activity", "note", "checked", "entry"])
def test_what_no_form_sends_is_kept_only_where_it_means_nothing_or_is_words(workspace, field, odd):
    typed = {"form": "work", "do": "log", "kind": "presence", "day": "2026-02-06", "start": "22:00"}
    typed |= {"parties": "police", "entry": f"odd {field} {odd!r:.9}", field: odd}
    answer = answered(Desk(workspace), typed, "?som=polis", Action.LOG_WORK, log_work)
    left_out = not isinstance(odd, str) and field in {"place", "activity", "note", "checked"}
    words = field in {"note", "entry"} and odd in ("9" * 400, "0001-01-01")
    assert answer["ok"] is (left_out or words), answer
    assert bool(answer.get("fault")) is not answer["ok"]


def test_a_line_that_will_not_do_keeps_nothing_of_its_promise(workspace, tmp_path):
    file = tmp_path / "halvt.toml"
    lines = '[[plan]]\nwhat = "Två"\ndue_on = 2026-03-01\nremind_on = 2026-06-01\n'
    file.write_text(PROMISE.replace('"fil"', '"halvt"') + lines, encoding="utf-8")
    assert run(workspace, "promise", "add", file).exit_code == UNUSABLE
    assert "halvt" not in {one.promise.key for one in open_register(workspace).promises.all()}


def test_promises_and_the_log_on_the_command_line(workspace, tmp_path):
    file = tmp_path / "prov.toml"
    file.write_text(PROMISE, encoding="utf-8")
    assert run(workspace, "promise", "add", file).exit_code == FINE
    known = run(workspace, "promise", "add", file)
    assert (known.exit_code, "Det finns redan" in known.stderr) == (UNUSABLE, True)
    assert "Prov" in run(workspace, "promise", "list").stdout
    assert "Minst 2 gånger under löftets tid" in run(workspace, "promise", "show", "fil").stdout
    file.write_text(PROMISE.replace("at_least = 2", "at_least = 1"), encoding="utf-8")
    assert "version 2" in run(workspace, "promise", "change", file, "--why", "Färre").stdout
    shown = json.loads(run(workspace, "promise", "show", "fil", "--json").stdout)
    shown["promise"]["name"] = "Prov i JSON"
    written = tmp_path / "prov.json"
    written.write_text(json.dumps(shown), encoding="utf-8")
    assert "version 3" in run(workspace, "promise", "change", written, "--why", "Namnet").stdout
    assert open_register(workspace).promises.find("fil").promise.name == "Prov i JSON"
    added = run(
        workspace,
        "log",
        "add",
        "--kind",
        "hastighetsmätning",
        "--day",
        "2026-05-05",
        "--start",
        "18.00",
        "--key",
        "v1",
    )
    assert added.exit_code == FINE
    assert "1 av 1" in run(workspace, "promise", "progress").stdout
    assert "0 av 1" in run(workspace, "promise", "progress", "--day", "2026-01-01").stdout
    assert run(workspace, "promise", "progress", "--day", "i går").exit_code == UNUSABLE
    assert "9999-12-31 är ingen dag" in run(workspace, "promise", "progress", "--day", "9999-12-31").stderr
    told = run(workspace, "promise", "progress", "--json", "--as", "council").stdout
    lines = [line for one in json.loads(told) for activity in one["activities"] for line in activity["lines"]]
    assert lines
    assert {(line["car"], line["note"], line["logged_by"], line["started"]) for line in lines} == {
        (None,) * 4
    }
    assert "judged" not in told, "it holds the log whole"
    assert "v1" in run(workspace, "log", "list").stdout
    assert run(workspace, "log", "withdraw", "v1").exit_code == UNUSABLE
    assert run(workspace, "log", "withdraw", "v1", "--why", " ").exit_code == UNUSABLE
    assert run(workspace, "log", "withdraw", "v1", "--why", "Fel dag").exit_code == FINE
    assert "v1" not in run(workspace, "log", "list").stdout


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("at_least = 2", "at_least = 0", "noll lovar ingenting"),
        ("last = 2026-12-31", "last = 2025-12-31", "innan det börjar"),
        ('focus_area = "Trafik"', "", "focus_area"),
        ('kinds = ["speed_measurement"]', 'places = ["Ingenstans"]', "ingen plats som heter Ingenstans"),
        ('activity = "kontroll"', 'activity = "annat"', "ingen aktivitet annat"),
        ('kinds = ["speed_measurement"]', "months = [13]", "months"),
        ("[[plan]]", "[[plan", "TOML"),
        ("due_on = 2026-03-01", "due_on = 7.5", "plan.0.due_on"),
    ],
)
def test_a_file_that_will_not_do_is_refused_and_nothing_is_kept(workspace, tmp_path, old, new, said):
    file = tmp_path / "prov.toml"
    file.write_text(PROMISE.replace('"fil"', '"fel"').replace(old, new), encoding="utf-8")
    answer = run(workspace, "promise", "add", file)
    assert answer.exit_code == UNUSABLE
    assert said in " ".join(answer.stderr.split())
    assert "fel" not in [one.promise.key for one in open_register(workspace).promises.all()]


def test_a_log_comes_from_a_file_once_and_says_what_was_wrong(workspace, tmp_path):
    file = tmp_path / "logg.csv"
    rows = [
        "Datum;Börjar;Slutar;Insats;Vilka;Plats;Kontrollerade",
        "2026-05-05;22.30;00.15;Krogtillsyn;Polisen,Kommunen;;",
        "2026-05-05;22.30;00.15;Krogtillsyn;Polisen,Kommunen;;",
        "2026-05-06;7.40;;Trafikkontroll;Polis;Ingenstans;",
        "2026-05-07;7.40;;Trafikkontroll;Polis;;tolv",
        "",
        "2199-01-01;7.40;;Trafikkontroll;Polis;;",
    ]
    file.write_bytes("\r\n".join(rows).encode("cp1252"))
    first = run(workspace, "log", "import", file)
    assert first.exit_code == FELL
    assert "2 nya, 0 redan kända, 3 stoppade" in first.stdout
    assert "Rad 4" in first.stdout
    assert "Ingenstans" in first.stdout
    assert "0 nya, 2 redan kända" in run(workspace, "log", "import", file).stdout
    file.write_text("Datum;Vad\n", encoding="utf-8")
    assert "rubrikerna går inte" in run(workspace, "log", "import", file).stderr


def test_every_code_of_promises_has_its_words():
    wanted = {
        *(f"promise_state.{one}" for one in State),
        *(f"promise_so_far.{one}" for one in State),
        *(f"why.{one}" for one in Why),
        *(f"mark.{one}" for one in Mark),
        *(f"action_status.{one}" for one in ActionStatus),
    }
    assert wanted <= catalogue("sv").keys


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_promise_of_the_field_is_said_in_words(language, planted):
    import sys
    from pathlib import Path

    sys.path.insert(0, str(Path(__file__).parents[1] / "geodata" / "promises"))
    from sentences import PROMISES

    texts = catalogue(language)
    said = [
        (rule_words(texts, one), scope_words(texts, one.scope, places={2: "Tätorten"}))
        for promise in PROMISES.values()
        for one in promise.activities
    ]
    assert {
        target.kind for promise in PROMISES.values() for one in promise.activities for target in one.targets
    } == set(TARGETS)
    if language == "sv":
        assert (
            "Inget antal är avtalat; främst vid skolstart, lunch och skolslut; omväxlande målad bil och civil bil; "
            "arbetssätt: Låg toleransnivå."
        ) in [rule for rule, _ in said]
        assert "Plats: där invånare klagat på trafik de senaste 60 dagarna." in [
            one for _, scope in said for one in scope
        ]


def test_a_council_member_lands_on_four_answers_and_everybody_else_on_the_map(planted):
    body, shown = page(planted, "/", "?som=namnd")
    assert shown["title"].startswith("Översikt")
    for question in (
        "Hålls löftena hittills?",
        "Vad säger invånarna nu?",
        "Hjälpte det?",
        "Vart går arbetet?",
    ):
        assert question in body
    assert "insatser är gjorda de senaste tolv månaderna" in body
    for search in ("", "?som=polis", "?som=allmanhet", "?som=namnd&plats=1", "?som=namnd&svg=1"):
        assert page(planted, "/", search)[1]["title"].startswith("Karta"), search
    assert page(planted, "/karta", "?som=namnd")[1]["title"].startswith("Karta")
    assert "/loften/skolor-2026?som=namnd" in body


@pytest.mark.parametrize("audience", Audience)
def test_the_overview_names_and_counts_nothing_that_residents_said(planted, audience):
    found = overlook(open_ground(planted), audience)
    assert found.said.themes == overlook(open_ground(planted), Audience.PUBLIC).said.themes
    log = open_register(planted).log.entries()
    assert len(log) / 2 < found.work.entries <= len(log)  # what two logged together is one piece of work
    assert found.work.counting <= found.work.entries
    assert sum(count for _, count in found.work.kinds) <= found.work.entries


def test_an_overview_of_nothing_says_so(small_workspace, tmp_path):
    bare = shutil.copytree(small_workspace, tmp_path / "bare")
    body, _ = page(bare, "/oversikt", "?som=namnd")
    assert "Inga löften är inlagda än" in body
    assert "Inget arbete är loggat de senaste tolv månaderna" in body
    assert "De visas här när samordnaren" in page(bare, "/loften", "?som=namnd")[0]


@pytest.mark.parametrize("word", ["polis", "namnd"])
def test_a_place_tells_what_has_been_done_there(planted, word):
    ground = open_ground(planted)
    worked = next(one.place_id for one in open_register(planted).log.entries() if one.place_id is not None)
    told = work_at(ground, worked, Audience.POLICE)
    assert told.entries >= len(told.newest) >= 1
    assert any("Säkrare trafik vid skolorna" in (one.counts_for or ()) for one in told.newest)
    assert all(one.counts_for is None for one in work_at(ground, worked, Audience.COUNCIL).newest)
    body, _ = page(planted, f"/platser/{worked}", f"?som={word}")
    assert "Det som gjorts här" in body
    assert "trafikkontroll, polisen" in body
    assert ("Räknas för" in body) == (word == "polis")
