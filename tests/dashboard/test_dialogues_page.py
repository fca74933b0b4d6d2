"""Dialogues on the pages: planned, held and given back by form, read by everybody, small counts by nobody else."""

import json
import shutil
from datetime import date

import pytest

from dashboard.desk import Desk
from dashboard.dialogue_files import schedule_file
from dashboard.pages.dialogue import answered
from dashboard.shell import show
from dashboard.starter import make_workspace
from dashboard.texts.catalogue import catalogue
from geodata.analyses.dialogue_files import keep_dialogue
from geodata.analyses.dialogue_steps import record_outcome, take_step
from geodata.analyses.dialogues import follow_dialogue, follow_dialogues, standing_register
from geodata.analyses.ground import open_ground, open_register
from geodata.dialogues.course import Step
from geodata.dialogues.dialogue import Outcome
from geodata.errors import MissingError
from geodata.privacy import Audience
from geodata.project import read_project

MAY = """
key = "maj-2026"
name = "Trygghetsmätningen i maj"
kind = "citizen"
first = 2026-05-01
last = 2026-05-31
question = "Vad skulle göra dig tryggare?"
needs = ["polisbil"]
[[occasions]]
key = "torget"
where = "Stortorget"
day = 2026-05-20
start = "10:00"
end = "14:00"
askers = ["police"]
groups = ["residents"]
method = "talk"
[[occasions]]
key = "biblioteket"
where = "Lånedisken"
collected_as = ["biblioteket"]
day = 2026-05-12
askers = ["municipality"]
groups = ["older"]
method = "paper"
[[occasions]]
key = "webben"
where = "Webben"
askers = ["municipality"]
groups = ["residents"]
method = "web"
"""
KEY = "maj-2026"
OCCASION = {
    "do": "occasion",
    "where": "Utanför Systembolaget",
    "day": "2026-11-24",
    "start": "10.00",
    "end": "14:00",
    "askers": "police,fire_brigade",
    "groups": "residents",
    "method": "talk",
    "needs": "tält\nenkäter",
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory, small_workspace):
    folder = shutil.copytree(small_workspace, tmp_path_factory.mktemp("dialogues") / "town")
    register = open_register(folder)
    keep_dialogue(register, MAY, file="maj.toml", by="kim")
    take_step(register, KEY, Step.OPEN, by="kim")
    for key, answers in (("torget", 9), ("biblioteket", 2)):
        outcome = Outcome(key, talks=3 * answers, answers=answers, note="Många om mörkret")
        record_outcome(
            register, read_project(folder), KEY, outcome, by="kim", mask=str, today=date(2026, 6, 1)
        )
    take_step(register, KEY, Step.CLOSE, by="kim")
    return folder


@pytest.fixture(scope="module")
def written(workspace, tmp_path_factory):
    return shutil.copytree(workspace, tmp_path_factory.mktemp("written") / "town")


@pytest.fixture
def bare(tmp_path):
    make_workspace(tmp_path / "bare", name="Provköping", code="9998", language="sv")
    return tmp_path / "bare"


def page(workspace, path, search=""):
    _, body, shown = show(Desk(workspace), path=path, search=search, shown=None)
    text = json.dumps(body.to_plotly_json(), default=lambda one: one.to_plotly_json(), ensure_ascii=False)
    return text.replace("\u00a0", " "), shown


def sent(workspace, search="?som=samordnare", **typed):
    return answered(Desk(workspace), {"form": "f", **typed}, search)


ODD = [
    "\0",
    "\ud800",
    "9" * 400,
    "-1",
    "0001-01-01",
    "9999-12-31",
    "a\nb",
    None,
    1,
    [],
    {},
    True,
    "12:00Z",
    "😀",
]


@pytest.mark.parametrize(
    "field", ["name", "first", "last", "version", "place", "start", "day", "occasion", "do"]
)
def test_what_no_form_sends_is_answered_in_words(written, field):
    for form in (
        {"do": "add", "name": "Vår", "kind": "citizen", "first": "2026-05-01", "last": "2026-05-20"},
        {**OCCASION, "key": KEY, "version": "1"},
        {"do": "record", "key": KEY, "occasion": "torget", "talks": "3", "answers": "4", "version": "1"},
    ):
        for odd in ODD:
            answer = answered(Desk(written), {"form": "f", **form, field: odd}, "?som=samordnare")
            assert bool(answer.get("fault")) is not answer["ok"]
            # Words may be odd; what is a day, a clock or a place may not, and null is no word.
            bad_day = field in {"first", "last"} and form["do"] == "add" and odd != form[field]
            assert not (bad_day and answer["ok"]), (field, odd)
    for one in open_register(written).dialogues.all():
        assert not any(sign in repr(one.dialogue) for sign in ("\\x00", "\\ud800"))
        assert 1990 <= one.dialogue.first.year <= one.dialogue.last.year <= 2100
    for nothing in ([], "x", 1, {}):
        assert not answered(Desk(written), nothing, "?som=samordnare")["ok"]


def test_who_is_named_in_a_reason_is_masked_for_everybody(written):
    kept = open_register(written).dialogues.find(KEY)
    change = {"do": "change", "key": KEY, "version": str(kept.version), "name": kept.dialogue.name}
    change |= {"kind": "citizen", "first": "2026-05-01", "last": "2026-05-30", "why": "Ring 070-174 06 05"}
    assert sent(written, **change)["ok"]
    body = page(written, f"/dialoger/{KEY}", "?som=allmanhet")[0]
    assert "070-174" not in body
    assert "Ring ***" in body


def followed(workspace, audience):
    ground = open_ground(workspace)
    return follow_dialogue(open_register(workspace), ground.project, KEY, audience, ground=ground)


def test_imported_answers_belong_to_the_occasion_where_they_were_given(workspace):
    ground = open_ground(workspace)
    answer = followed(workspace, Audience.COORDINATOR)
    assert [one.occasion.key for one in answer.occasions] == ["biblioteket", "torget", "webben"]
    survey = ground.observations
    survey = survey[(survey["stream"] == "survey") & ~survey["set_aside"] & survey["linked_to"].isna()]
    may = survey[(survey["local_first"] >= "2026-05-01") & (survey["local_last"] <= "2026-05-31")]
    counts = may["collected_at"].value_counts()
    names = {"biblioteket": "Biblioteket", "torget": "Stortorget", "webben": "Webben"}
    assert {one.occasion.key: one.imported for one in answer.occasions} == {
        key: int(counts.get(name, 0)) for key, name in names.items()
    }
    assert answer.imported == sum(one.imported for one in answer.occasions) > 0
    assert answer.elsewhere == len(may) - answer.imported > 0


def test_the_state_is_for_everybody_and_small_counts_are_not(workspace):
    for audience in Audience:
        answer = followed(workspace, audience)
        staff = audience in {Audience.POLICE, Audience.PLANNER, Audience.COORDINATOR}
        assert answer.lapse.code == "no_result_day"
        assert [one.note is not None for one in answer.occasions] == [staff, staff, False]
        assert [one.answers for one in answer.occasions] == ([2, 9, None] if staff else [None] * 3)
        assert answer.answers == (11 if staff else 10)
        assert answer.withheld != staff


@pytest.mark.parametrize("word", ["polis", "samordnare", "namnd", "allmanhet"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_is_shown(workspace, word, language):
    search = f"?som={word}&sprak={language}"
    body, shown = page(workspace, "/dialoger", search)
    assert ("Dialoger" if language == "sv" else "Dialogues") in shown["title"]
    assert ("/dialoger/ny" in body) == (word == "samordnare")
    body, shown = page(workspace, f"/dialoger/{KEY}", search)
    assert shown["title"].startswith("Trygghetsmätningen i maj")
    assert "dialogue-occasions" in body
    assert ("data-sends" in body) == (word == "samordnare")
    assert ("mörkret" in body) == (word in {"polis", "samordnare"})


def test_the_coordinator_is_told_first_of_what_is_owed(workspace):
    body, _ = page(workspace, "/dialoger", "?som=samordnare")
    assert "Resultatet från Trygghetsmätningen i maj är inte återfört än, fast det är dags." in body
    body, _ = page(workspace, f"/dialoger/{KEY}", "?som=samordnare")
    assert "har ingen dag för resultatet. Det återstår att återföra till invånarna och personalen." in body
    assert "Dialogen ingenting finns inte" in page(workspace, "/dialoger/ingenting")[0]


def test_a_dialogue_by_form_from_plan_to_published(written):
    new = {"do": "add", "name": "Höst 2026", "kind": "citizen", "first": "2026-04-20", "last": "2026-04-26"}
    assert sent(written, **{**new, "last": "2026-04-01"})["field"] == "last"
    assert sent(written, **{**new, "name": ""})["field"] == "name"
    made = sent(written, **new)
    assert (made["ok"], made["path"]) == (True, "/dialoger/host-2026")
    assert "heter Höst 2026" in sent(written, **new)["fault"]
    at = {"key": "host-2026", **OCCASION}
    outside = sent(written, **at, version="1")
    assert (outside["field"], "utanför dialogens tid" in outside["fault"]) == ("day", True)
    at["day"] = "2026-04-21"
    assert sent(written, **{**at, "end": "09:00"}, version="1")["field"] == "end"
    assert sent(written, **{**at, "where": ""}, version="1")["field"] == "where"
    assert sent(written, **{**at, "askers": ""}, version="1")["field"] == "askers"
    assert sent(written, **at, version="1")["ok"]
    later = {**at, "day": "2026-04-22"}
    assert "någon annan" in sent(written, **later, version="1")["fault"]
    assert "två gånger" in sent(written, **at, version="2")["fault"]
    register = open_register(written)
    (occasion,) = register.dialogues.find("host-2026").dialogue.occasions
    assert (occasion.key, occasion.start, occasion.needs) == (
        "utanfor-systembolaget",
        "10:00",
        ("tält", "enkäter"),
    )
    step = {"key": "host-2026"}
    early = sent(written, **step, do="publish", to="staff", day="2026-05-01", where="Mötet", version="2")
    assert "Stäng dialogen först" in early["fault"]
    assert sent(written, **step, do="open", version="2")["ok"]
    told = {"do": "record", "occasion": occasion.key, "talks": "12", "note": "Ring 070-174 06 05"}
    assert sent(written, **step, **{**told, "talks": "många"}, version="3")["field"] == "talks"
    assert sent(written, **step, **told, version="3")["ok"]
    assert register.dialogues.find("host-2026").course.outcomes[0].note == "Ring ***"
    gone = sent(written, **step, do="remove", occasion=occasion.key, version="4")
    assert "har ett inskrivet utfall" in gone["fault"]
    assert sent(written, **step, do="close", version="4")["ok"]
    assert sent(written, **step, do="due", due="2026-04-22", version="5")["field"] == "due"
    assert sent(written, **step, do="due", due="2026-05-20", version="5")["ok"]
    bad = sent(
        written, **step, do="publish", to="staff", day="2026-05-01", where="x", link="intranätet", version="6"
    )
    assert bad["field"] == "link"
    for version, reader in (("6", "staff"), ("7", "residents")):
        done = sent(
            written,
            **step,
            do="publish",
            to=reader,
            day="2026-05-19",
            where="Mötet",
            link="www.exempel.se/svar",
            version=version,
        )
        assert done["ok"], done
    assert register.dialogues.find("host-2026").course.publications[0].link == "https://www.exempel.se/svar"
    body, _ = page(written, "/dialoger/host-2026", "?som=samordnare")
    assert "samordnaren: skrev in vad Utanför Systembolaget gav." in body
    body, _ = page(written, "/dialoger/host-2026", "?som=allmanhet")
    assert "återfört till både invånare och personal" in body
    assert "19 maj 2026, Mötet" in body


@pytest.mark.parametrize("search", ["?som=namnd", "?som=allmanhet", "?som=polis", "?som=planerare"])
def test_only_the_coordinator_keeps_dialogues(workspace, search):
    before = open_register(workspace).dialogues.find(KEY)
    assert not sent(workspace, search, do="reopen", key=KEY, version=str(before.version))["ok"]
    assert not sent(workspace, search, do="dance", key=KEY, version=str(before.version))["ok"]
    assert open_register(workspace).dialogues.find(KEY) == before
    assert "data-sends" not in page(workspace, "/dialoger/ny", search)[0]


def test_what_no_form_of_ours_sends_is_said(workspace):
    assert "går inte att läsa" in sent(workspace, do="dance", key=KEY, version="1")["fault"]


def test_one_plans_before_anything_is_imported(bare):
    assert "Inga dialoger är planerade än." in page(bare, "/dialoger", "?som=samordnare")[0]
    new = {"do": "add", "name": "Vår", "kind": "walk", "first": "2026-04-20", "last": "2026-04-26"}
    assert sent(bare, **new)["ok"]
    assert sent(bare, **{**OCCASION, "day": "2026-04-21"}, key="var", version="1")["ok"]
    body, _ = page(bare, "/dialoger/var", "?som=samordnare")
    assert "Utanför Systembolaget" in body
    project = read_project(bare)
    with standing_register(bare, project) as register:
        (answer,) = follow_dialogues(register, project, Audience.PUBLIC, ground=None)
    assert (answer.imported, answer.occasions[0].imported) == (None, None)
    html = schedule_file("html", catalogue("sv"), project, answer, Audience.COORDINATOR, ground=None).decode()
    assert "Strecklista" in html
    assert "gjord för samordnare" in html
    assert "<img" not in html
    for onlooker in (Audience.COUNCIL, Audience.PUBLIC):
        html = schedule_file("html", catalogue("sv"), project, answer, onlooker, ground=None).decode()
        assert "Strecklista" not in html
        assert "Dra ett streck" not in html
        assert f"gjord för {catalogue('sv')(f'audience.{onlooker}').lower()}" in html


def test_the_schedule_is_for_calendars_and_paper_and_holds_no_counts(workspace):
    ground = open_ground(workspace)
    answer = followed(workspace, Audience.COORDINATOR)
    swedish = catalogue("sv")
    calendar = schedule_file(
        "ics", swedish, ground.project, answer, Audience.COORDINATOR, ground=ground
    ).decode()
    events = calendar.split("BEGIN:VEVENT")[1:]
    assert len(events) == 3  # two with a day, and one for what is asked all along
    assert "DTSTART;TZID=Europe/Stockholm:20260520T100000" in calendar
    assert "DTSTART;VALUE=DATE:20260512" in calendar
    assert "DTEND;VALUE=DATE:20260601" in calendar
    assert all("CLASS:PUBLIC" in event for event in events)
    html = schedule_file(
        "html", swedish, ground.project, answer, Audience.COORDINATOR, ground=ground
    ).decode()
    assert html.index("Lånedisken") < html.index("Stortorget") < html.index("Webben")
    assert "mörkret" not in html
    assert schedule_file(
        "pdf", swedish, ground.project, answer, Audience.COORDINATOR, ground=ground
    ).startswith(b"%PDF")
    with pytest.raises(MissingError):
        schedule_file("docx", swedish, ground.project, answer, Audience.COORDINATOR, ground=ground)
