"""The pages of the picture and the week: who sees what, what the forms keep, and what is refused at its field."""

import json
import shutil

import pytest

from dashboard.access.actions import Action
from dashboard.demo_picture import KEY
from dashboard.demo_promises import plant_promises
from dashboard.desk import Desk
from dashboard.pages.picture import keep_picture
from dashboard.pages.promise import answered
from dashboard.pages.promise_form import keep_promise
from dashboard.pages.week import keep_focus
from dashboard.shell import show
from etl.synthetic.promises import write_promises
from geodata.analyses.ground import open_ground, open_register
from geodata.analyses.promises import measured_on
from geodata.picture.focus import week_of
from geodata.promises.activity import Party

COORDINATOR = "?som=samordnare"


def write(folder, schools, squares):
    write_promises(folder, schools=schools, squares=squares, seed=1)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory, small_workspace):
    folder = tmp_path_factory.mktemp("picture_page") / "town"
    shutil.copytree(small_workspace, folder)
    assert plant_promises(folder, write)
    return folder


def page(workspace, path, search=""):
    _, body, shown = show(Desk(workspace), path=path, search=search, shown=None)
    return json.dumps(
        body.to_plotly_json(), default=lambda one: one.to_plotly_json(), ensure_ascii=False
    ), shown


def sent(workspace, do, keep, action, *, search=COORDINATOR, **typed):
    return answered(Desk(workspace), {"do": do, "form": "f", "at": "1", **typed}, search, action, keep)


def kept(workspace, **typed):
    return sent(workspace, typed.pop("do"), keep_picture, Action.KEEP_PICTURES, **typed)


@pytest.mark.parametrize("word", ["polis", "planerare", "samordnare", "namnd", "allmanhet"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_picture_is_for_everybody_and_its_forms_for_the_coordinator(workspace, word, language):
    for path in ("/bilden", f"/bilden/{KEY}"):
        body, shown = page(workspace, path, f"?som={word}&sprak={language}")
        assert "picture-page" in body, shown
        assert "picture-sent" in body
        assert ("data-sends" in body) == (word == "samordnare")
        assert ("picture-facts" in body) or word in {"namnd", "allmanhet"}
        if word in {"namnd", "allmanhet"}:
            assert "fact survey" not in body
            assert "fact incident" not in body
    assert "Trygghetsrådet" in body


@pytest.mark.parametrize(("word", "ranged"), [("polis", True), ("namnd", False), ("allmanhet", False)])
def test_ranges_are_spoken_of_where_they_are_shown(workspace, word, ranged):
    body, _ = page(workspace, "/bilden", f"?som={word}")
    assert ("hur säker ordningen är" in body) == ranged
    assert ("Spannet täcker" in body) == ranged
    assert ("minst 25 svar från invånare" in body) != ranged


def test_a_chosen_problem_without_a_promise_is_told_and_one_with_is_linked(workspace):
    body, _ = page(workspace, f"/bilden/{KEY}", COORDINATOR)
    assert "Inget löfte svarar på det än" in body
    assert "/loften/nytt" in body
    body, _ = page(workspace, "/loften/skolor-2026", COORDINATOR)
    assert "Svarar på:" in body
    assert f"/bilden/{KEY}" in body


@pytest.mark.parametrize(
    ("path", "said"), [("/bilden/saknas", "ingen sparad bild"), ("/veckan/2026-60", "ingen vecka")]
)
def test_what_is_not_there_is_said(workspace, path, said):
    assert said in page(workspace, path, COORDINATOR)[0]


def test_a_period_of_which_nothing_is_known_is_said(workspace):
    assert "Inget är känt" in page(workspace, "/bilden", "?fran=1999-01-01&till=1999-12-31")[0]
    assert "inte har kommit" in page(workspace, "/bilden", "?fran=2098-01-01&till=2098-12-31")[0]


def test_a_picture_is_saved_from_the_page_and_decided_once(workspace):
    done = kept(workspace, do="save", name="Halvår ett", first="2025-01-01", last="2025-06-30")
    assert done["ok"], done
    assert done["path"] == "/bilden/halvar-ett"
    register = open_register(workspace)
    problem = register.pictures.find("halvar-ett").picture.problems[0].problem
    meeting = {
        "picture": "halvar-ett",
        "problem": problem,
        "meeting": "Trygghetsrådet",
        "meeting_on": "2025-09-01",
    }
    assert kept(workspace, do="decide", chosen="yes", **meeting)["ok"]
    again = kept(workspace, do="decide", chosen="no", why="Ring Kim på 070-123 45 67", **meeting)
    assert (again["ok"], again["field"]) == (False, "problem")
    assert problem not in again["fault"], "a person at a form reads names, not codes"
    held = register.pictures.find("halvar-ett").decision(problem)
    stale = kept(
        workspace, do="decide", chosen="no", why="Nej", replace="yes", seen=f"{problem}:9999", **meeting
    )
    assert not stale["ok"], "somebody else decided meanwhile"
    seen = f"{problem}:{held.decision_id}"
    told = kept(
        workspace,
        do="decide",
        chosen="no",
        why="Ring Kim på 070-123 45 67",
        replace="yes",
        seen=seen,
        **meeting,
    )
    assert told["ok"], told
    now = register.pictures.find("halvar-ett").decision(problem)
    assert (now.chosen, "070" in now.why) == (False, False)
    assert "Ett beslut har ersatts" in page(workspace, "/bilden/halvar-ett", COORDINATOR)[0]


def test_the_live_picture_says_where_priorities_are_chosen_above_its_problems(workspace):
    body, _ = page(workspace, "/bilden", COORDINATOR)
    assert body.index("Prioriteringar väljs på en sparad bild") < body.index("picture-problems")
    assert "Prioriteringar väljs" not in page(workspace, f"/bilden/{KEY}", COORDINATOR)[0]
    assert "Prioriteringar väljs" not in page(workspace, "/bilden", "?som=namnd")[0]


def test_a_picture_saved_by_mistake_is_withdrawn_on_its_page_and_told_of_to_the_coordinator(workspace):
    days = {"first": "2025-01-01", "last": "2025-08-31"}
    assert kept(workspace, do="save", name="Av misstag", **days)["path"] == "/bilden/av-misstag"
    assert "picture-withdraw" in page(workspace, "/bilden/av-misstag", COORDINATOR)[0]
    assert "picture-withdraw" not in page(workspace, "/bilden/av-misstag", "?som=polis")[0]
    assert "picture-withdraw" not in page(workspace, f"/bilden/{KEY}", COORDINATOR)[0], "decided of"
    bare = kept(workspace, do="withdraw", picture="av-misstag", why=" ")
    assert (bare["ok"], bare["field"]) == (False, "why")
    refused = kept(workspace, do="withdraw", picture=KEY, why="Fel")
    assert (refused["ok"], "svarar på" in refused["fault"]) == (False, True)
    done = kept(workspace, do="withdraw", picture="av-misstag", why="Fel månad, ring 070-174 06 05")
    assert (done["ok"], done["path"]) == (True, "/bilden")
    body, _ = page(workspace, "/bilden", COORDINATOR)
    assert "En borttagen bild" in body
    assert "Fel månad" in body
    assert "174 06 05" not in body
    assert "Av misstag" not in page(workspace, "/bilden", "?som=namnd")[0]
    held, _ = page(workspace, "/bilden/av-misstag", COORDINATOR)
    assert "Bilden togs bort" in held
    assert "data-sends" not in held
    again = kept(workspace, do="save", name="Av misstag", **days)
    assert again["ok"], again
    assert again["path"] != "/bilden/av-misstag", "an address stays what it was"


def test_a_name_that_is_taken_and_days_the_wrong_way_are_told_in_the_pictures_words(workspace):
    days = {"first": "2025-01-01", "last": "2025-06-30"}
    name = open_register(workspace).pictures.find(KEY).name
    told = kept(workspace, do="save", name=f" {name.upper()}", **days)
    assert (told["ok"], told["field"]) == (False, "name")
    assert "redan en bild som heter" in told["fault"]
    told = kept(workspace, do="save", name="Bakvänd", first="2025-06-30", last="2025-01-01")
    assert told["fault"].startswith("Bildens sista dag")
    assert "Löftet" not in told["fault"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"do": "save", "name": "", "first": "2025-01-01", "last": "2025-06-30"}, "name"),
        ({"do": "save", "name": "B", "first": "", "last": "2025-06-30"}, "first"),
        ({"do": "save", "name": "B", "first": "i går", "last": "2025-06-30"}, "first"),
        ({"do": "save", "name": "B", "first": "2025-06-30", "last": "2025-01-01"}, "last"),
        ({"do": "save", "name": "B", "key": "Å b", "first": "2025-01-01", "last": "2025-06-30"}, "key"),
        ({"do": "save", "name": "B", "first": "2025-01-01", "last": "2099-06-30"}, "period"),
        (
            {"do": "decide", "picture": KEY, "problem": "", "meeting": "T", "meeting_on": "2026-02-01"},
            "problem",
        ),
        (
            {
                "do": "decide",
                "picture": KEY,
                "problem": "snowmobile",
                "meeting": "T",
                "meeting_on": "2026-02-01",
            },
            "problem",
        ),
        (
            {"do": "decide", "picture": KEY, "problem": "traffic_speed", "meeting": "T", "meeting_on": ""},
            "meeting_on",
        ),
        (
            {
                "do": "decide",
                "picture": KEY,
                "problem": "traffic_speed",
                "chosen": "yes",
                "meeting": "T",
                "meeting_on": "2099-02-01",
            },
            "meeting_on",
        ),
        (
            {
                "do": "decide",
                "picture": "x",
                "problem": "traffic_speed",
                "meeting": "T",
                "meeting_on": "2026-02-01",
            },
            "",
        ),
    ],
)
def test_what_will_not_do_is_told_at_its_field(workspace, typed, field):
    before = [
        len(open_register(workspace).pictures.history(one.key))
        for one in open_register(workspace).pictures.all()
    ]
    told = kept(workspace, **typed)
    assert (told["ok"], told["field"]) == (False, field), told
    assert before == [
        len(open_register(workspace).pictures.history(one.key))
        for one in open_register(workspace).pictures.all()
    ]


def test_a_promise_is_given_the_problem_that_it_answers_on_its_form(workspace):
    typed = {
        "key": "svar",
        "name": "Svar",
        "focus_area": "Ordning",
        "first": "2026-02-01",
        "answers": f"{KEY}#traffic_speed",
    }
    done = sent(workspace, "add", keep_promise, Action.KEEP_PROMISES, **typed)
    assert done["ok"], done
    register = open_register(workspace)
    assert register.promises.find("svar").promise.answers == (f"{KEY}#traffic_speed",)
    body, _ = page(workspace, "/loften/svar/andra", COORDINATOR)
    assert f"{KEY}#traffic_speed" in body
    unknown = sent(
        workspace,
        "add",
        keep_promise,
        Action.KEEP_PROMISES,
        **{**typed, "key": "fel", "answers": f"{KEY}#snowmobile"},
    )
    assert not unknown["ok"]


@pytest.mark.parametrize(
    ("word", "sees"), [("polis", True), ("samordnare", True), ("planerare", True), ("namnd", False)]
)
def test_the_week_is_for_those_who_work_with_the_records(workspace, word, sees):
    body, _ = page(workspace, "/veckan", f"?som={word}")
    assert ("week-columns" in body) == sees
    assert ("week_focus" in body or "week-focus-what" in body) == (word in {"polis", "samordnare"})
    if sees:
        assert ("visas bara för polisen" in body) == (word != "polis")


def test_the_weekly_meeting_sets_a_focus_and_takes_it_back(workspace):
    today = measured_on(open_ground(workspace))
    monday = week_of(today).first.isoformat()
    typed = {
        "week": monday,
        "what": "Fart vid skolan",
        "parties": "police,municipality",
        "met_on": today.isoformat(),
    }

    def keep(**more):
        return sent(workspace, more.pop("do", "set"), keep_focus, Action.SET_FOCUS, **{**typed, **more})

    assert keep()["ok"]
    assert not keep()["ok"], "the same again"
    for wrong, field in (
        ({"what": " "}, "what"),
        ({"parties": ""}, "parties"),
        ({"met_on": "2099-01-01"}, "met_on"),
        ({"week": "2026-01-06", "met_on": "2026-01-05"}, "week"),
        ({"place": "9999"}, ""),
        ({"what": "x" * 300}, "what"),
    ):
        told = keep(**wrong)
        assert (told["ok"], told["field"]) == (False, field), told
    register = open_register(workspace)
    focus = register.week_focus.of(week_of(today).first)
    assert [one.line.parties for one in focus] == [frozenset({Party.POLICE, Party.MUNICIPALITY})]
    assert (
        "Fart vid skolan"
        in page(workspace, "/veckan", COORDINATOR)[0]
        + page(workspace, f"/veckan/{today.isocalendar().year}-{today.isocalendar().week:02}", COORDINATOR)[0]
    )
    assert keep(do="withdraw", focus=str(focus[0].focus_id))["ok"]
    assert register.week_focus.of(week_of(today).first) == ()


def test_who_may_not_decide_is_told_so(workspace):
    for search in ("?som=polis", "?som=namnd"):
        assert not kept(workspace, do="save", name="B", first="2025-01-01", last="2025-06-30", search=search)[
            "ok"
        ]
    focus = sent(workspace, "set", keep_focus, Action.SET_FOCUS, search="?som=planerare", what="x")
    assert not focus["ok"]
