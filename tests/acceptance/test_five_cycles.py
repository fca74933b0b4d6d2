"""The five municipalities' cycles from dialogue to feedback, by the steps that their READMEs tell.

Boundary and schools are real where they are at hand; everything else is made up, and says so.
"""

import json
import re
from datetime import date

import pytest
from cycles import OPEN_FILES, Walked, has_open_files, set_up_practice, steps_of
from real_data import real

from dashboard.access.actions import Action
from dashboard.desk import Desk
from dashboard.pages.promise import answered, plan_action
from dashboard.shell import show
from etl.synthetic.practice import ANSWERS
from geodata.analyses.ground import open_ground, open_register
from geodata.analyses.promises import follow_promise
from geodata.dialogues.dialogue import DialogueState
from geodata.picture.voices import Who
from geodata.privacy import Audience
from geodata.promises.targets.measure import State
from geodata.promises.verdict import Mark, Why

FIVE = ("saffle", "hagfors", "are", "arvidsjaur", "mellerud")
ONLOOKERS = {Audience.COUNCIL: "namnd", Audience.PUBLIC: "allmanhet"}
POINT = re.compile(r"\b\d{1,2}[.,]\d{4,}\b|\b[2-9]\d{5}[.,]\d\b|\b[67]\d{6}\b")
"""Degrees, or metres of SWEREF 99 TM."""
TOLD_OF = re.compile(r"\b(\d+) (?:svar|händelser?|översyner|brister|uppgifter|anmälningar)\b")
WORD_OF_FEW = re.compile(r"\b(?:ett svar|en händelse|en översyn|en anmälan|en person)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Walked]:
    folder, worlds = tmp_path_factory.mktemp("cycles"), {}
    for name in FIVE:
        worlds[name] = set_up_practice(name, folder / name, open_files=has_open_files())
        for step in steps_of(name):
            worlds[name].step(step)
    return worlds


def activity(world: Walked, promise: str, key: str, *, viewer: Audience = Audience.POLICE):
    answer = follow_promise(open_ground(world.folder), promise, viewer)
    return next(one for one in answer.activities if one.progress.activity.key == key)


def measured(world: Walked, promise: str, key: str) -> list[tuple[str, State, float, float | None]]:
    stands = activity(world, promise, key).progress
    return [(one.kind, one.state, one.done, one.target) for one in stands.measures]


def why(world: Walked, promise: str, key: str) -> dict[Why, int]:
    """Count the verdicts of the lines that a reader would look for under an activity."""
    found: dict[Why, int] = {}
    for line in activity(world, promise, key).lines:
        found[line.verdict.why] = found.get(line.verdict.why, 0) + 1
    return found


def page(world: Walked, path: str, search: str) -> str:
    """Return what a page says, without its markup and its attributes."""
    _, body, _ = show(Desk(world.folder), path=path, search=search, shown=None)
    text = json.dumps(
        body.to_plotly_json(), default=lambda one: one.to_plotly_json(), ensure_ascii=False
    ).replace('\\"', '"')
    return plain(text)


def plain(text: str) -> str:
    text = re.sub(r"<(style|script|svg)\b.*?</\1>", " ", text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).replace("\u00a0", " ")


def made_up_comments(world: Walked) -> set[str]:
    rows = (world.folder / "inbox" / "pahittade_svar.csv").read_text(encoding="utf-8-sig").splitlines()
    column = rows[0].split(";").index("kommentar")
    return {row.split(";")[column] for row in rows[1:]} - {""}


def assert_nothing_of_single_people(text: str, world: Walked) -> None:
    assert not POINT.search(text), POINT.search(text)
    few = [found.group() for found in TOLD_OF.finditer(text) if int(found[1]) < 5 or int(found[1]) % 5]
    assert not few, few
    assert not WORD_OF_FEW.search(text), WORD_OF_FEW.search(text)
    quoted = [comment for comment in made_up_comments(world) if comment in text]
    assert not quoted, quoted


def test_the_open_files_were_at_hand(walked: dict[str, Walked]) -> None:
    """Skipped aloud where they are not: the cycles above then went over made-up schools."""
    for file in OPEN_FILES:
        real("sweden", file)
    schools = open_ground(walked["arvidsjaur"].folder).snapshot.table("schools")
    assert {"Fridhemsskolan", "Tallbackaskolan", "Parkskolan"} == set(schools["name"])


def test_a_cycle_goes_without_the_open_files(tmp_path) -> None:
    world = set_up_practice("arvidsjaur", tmp_path / "utan", open_files=False)
    for step in steps_of("arvidsjaur"):
        if not step.startswith(("report", "effect", "dialogue")):
            world.step(step)
    assert measured(world, "arvidsjaur-skolor-2015", "kontroller")[1] == (
        "preference",
        State.KEPT,
        9 / 11,
        0.5,
    )


@pytest.mark.parametrize("name", FIVE)
def test_everything_made_up_says_so(name: str, walked: dict[str, Walked]) -> None:
    world = walked[name]
    project = open_ground(world.folder).project
    assert project.municipality.practised
    sources = {one.name for one in project.sources} - {"boundary", "schools"}
    assert sources
    assert all(one.startswith("pahittad") for one in sources)
    observations = open_ground(world.folder).observations
    assert set(observations["source"]) <= sources
    assert 60 < len(observations) < 200
    assert any("Påhittade" in one for one in project.attribution)
    frame, _, _ = show(Desk(world.folder), path="/oversikt", search="?som=namnd", shown=None)
    header = json.dumps(frame, default=lambda one: one.to_plotly_json(), ensure_ascii=False)
    assert "Övning med påhittade data" in header
    assert f"{project.municipality.name} finns inte" not in header
    for file in (world.folder / "out").glob("*.html"):
        assert "påhittade uppgifter" in file.read_text(encoding="utf-8"), file


@pytest.mark.parametrize("name", FIVE)
@pytest.mark.parametrize("viewer", ONLOOKERS)
def test_onlookers_see_no_points_and_no_small_numbers(
    name: str, viewer: Audience, walked: dict[str, Walked]
) -> None:
    world, search = walked[name], f"?som={ONLOOKERS[viewer]}"
    promises = sorted(world.folder.joinpath("loften").glob("*.toml"))
    keys = [re.search(r'^key = "(.+)"', one.read_text(encoding="utf-8"), re.MULTILINE)[1] for one in promises]
    for path in ("/oversikt", "/loften", *(f"/loften/{key}" for key in keys)):
        text = page(world, path, search)
        assert "Räknat till och med" in text, (path, text)
        assert_nothing_of_single_people(text, world)
    assert_nothing_of_single_people(page(world, "/platser/1", search), world)
    for file in ("namnd.html", "aterkoppling.html"):
        assert_nothing_of_single_people(
            plain((world.folder / "out" / file).read_text(encoding="utf-8")), world
        )


def test_what_staff_see_of_a_place_is_what_onlookers_must_not(walked: dict[str, Walked]) -> None:
    """The check above has teeth."""
    world = walked["arvidsjaur"]
    with pytest.raises(AssertionError):
        assert_nothing_of_single_people(page(world, "/platser/1", "?som=polis"), world)


@pytest.mark.parametrize("name", FIVE)
def test_the_dialogue_comes_first_and_owes_its_result_until_both_are_told(
    name: str, walked: dict[str, Walked]
) -> None:
    owed = [
        " ".join(said.split()) for step, said in walked[name].said.items() if step.startswith("dialogue list")
    ]
    assert len(owed) == 4
    assert "ingen dag för resultatet" in owed[0]
    assert "försenat" in owed[2]
    assert "Det återstår att återföra till personalen" in owed[2]
    assert "Resultatet är återfört till både invånare och personal" in owed[3]
    assert "försenat" not in owed[3]
    kept = open_register(walked[name].folder).dialogues.all()
    assert [one.course.state for one in kept] == [DialogueState.PUBLISHED]
    assert all(one.dialogue.made_up for one in kept) == (name != "saffle")
    outcomes = kept[0].course.outcomes
    assert {one.occasion for one in outcomes} == {one.key for one in kept[0].dialogue.occasions}
    assert sum(one.answers or 0 for one in outcomes) == ANSWERS


@pytest.mark.parametrize("name", FIVE)
def test_the_picture_is_saved_and_what_was_chosen_stands_with_why_and_what_was_not(
    name: str, walked: dict[str, Walked]
) -> None:
    world = walked[name]
    (kept,) = open_register(world.folder).pictures.all()
    answers = dict(kept.picture.answers or ())
    assert answers[Who.RESIDENTS] >= 20
    assert answers[Who.STAFF] >= 1
    assert kept.chosen
    assert kept.not_chosen
    assert all(one.why and "Påhittat möte" in one.meeting for one in kept.decisions)
    listed = " ".join(world.said["picture decisions bild"].split())
    for decision in kept.decisions:
        assert decision.why in listed, listed
    shown = world.said["picture show bild --as council"]
    assert_nothing_of_single_people(shown, world)
    # What is withheld is not the same as nothing said.
    assert "Ingen invånare har svarat" not in shown


def test_promises_name_the_problem_of_the_picture_that_they_answer(walked: dict[str, Walked]) -> None:
    for name, key, problems in (
        ("hagfors", "hagfors-2016", ("bild#traffic", "bild#substance")),
        ("are", "are", ("bild#traffic", "bild#order")),
        ("arvidsjaur", "arvidsjaur-skolor-2015", ("bild#traffic",)),
        ("mellerud", "mellerud-2019", ("bild#substance",)),
    ):
        assert open_register(walked[name].folder).promises.find(key).promise.answers == problems
    decided = " ".join(walked["mellerud"].step("picture decisions bild").split())
    assert "Mot droger" in decided


@pytest.mark.parametrize("name", FIVE)
def test_the_feedback_says_what_was_said_promised_done_and_led_to(
    name: str, walked: dict[str, Walked]
) -> None:
    world = walked[name]
    text = plain((world.folder / "out" / "aterkoppling.html").read_text(encoding="utf-8"))
    for heading in ("Ni sa", "Vi valde", "Vi lovade", "Vi gjorde", "Det ledde till"):
        assert heading in text
    assert (world.folder / "out" / "aterkoppling.pdf").read_bytes().startswith(b"%PDF")


def test_arvidsjaur_six_of_six_and_two_jointly(walked: dict[str, Walked]) -> None:
    world = walked["arvidsjaur"]
    assert measured(world, "arvidsjaur-narkotika-2015", "riktade-insatser") == [("count", State.KEPT, 6, 6)]
    assert why(world, "arvidsjaur-narkotika-2015", "riktade-insatser") == {
        Why.COUNTED: 6,
        Why.DOUBLE: 1,
        Why.OUTSIDE_PERIOD: 1,
    }
    assert measured(world, "arvidsjaur-alkohol-2015", "krogtillsyn") == [
        ("count", State.KEPT, 6, 6),
        ("part", State.KEPT, 2, 2),
    ]
    assert why(world, "arvidsjaur-alkohol-2015", "krogtillsyn") == {
        Why.COUNTED: 6,
        Why.DOUBLE: 1,
        Why.OTHER_PARTY: 1,
    }


def test_arvidsjaur_was_out_on_risk_evenings_by_the_kronoberg_model(walked: dict[str, Walked]) -> None:
    stands = activity(walked["arvidsjaur"], "arvidsjaur-alkohol-2015", "riskkvallar")
    evenings, way = stands.progress.measures
    assert (evenings.state, evenings.done, evenings.target) == (State.PARTLY, 30, 32)
    assert evenings.missing == ("2015-02-27", "2015-10-24")
    assert (way.kind, way.state) == ("way", State.SHOWN)
    assert stands.progress.activity.targets[1].how == "Kronobergsmodellen"
    valborg = [line for line in stands.lines if Mark.EVENING_BEFORE in line.verdict.marks]
    assert [(line.day, line.verdict.day) for line in valborg] == [(date(2015, 5, 1), date(2015, 4, 30))]
    assert why(walked["arvidsjaur"], "arvidsjaur-alkohol-2015", "riskkvallar")[Why.OTHER_DAY] == 1


def test_arvidsjaur_checked_by_schools_at_the_hours_of_pupils_with_varied_cars(
    walked: dict[str, Walked],
) -> None:
    stands = activity(walked["arvidsjaur"], "arvidsjaur-skolor-2015", "kontroller")
    number, hours, cars, way = stands.progress.measures
    assert (number.kind, number.state, number.done, number.target) == ("no_number", State.SHOWN, 11, None)
    assert (hours.state, dict(hours.parts)) == (State.KEPT, {"preferred": 9, "elsewhere": 2})
    assert (cars.state, dict(cars.parts)) == (State.KEPT, {"marked": 8, "unmarked": 3})
    assert (way.kind, way.state) == ("way", State.SHOWN)
    elsewhere = {line.day for line in stands.lines if Mark.ELSEWHERE_HOURS in line.verdict.marks}
    assert elsewhere == {date(2015, 11, 12), date(2015, 11, 26)}
    assert {line.day for line in stands.lines if line.verdict.why is Why.OTHER_PLACE} >= {date(2015, 9, 24)}


def test_arvidsjaur_s_summer_nights_have_no_number_and_none_is_invented(walked: dict[str, Walked]) -> None:
    world = walked["arvidsjaur"]
    number, way = activity(world, "arvidsjaur-buskorning-2015", "sommarnatter").progress.measures
    assert (number.state, number.done, number.target, number.projection) == (State.SHOWN, 9, None, None)
    assert (way.kind, way.state) == ("way", State.SHOWN)
    lines = activity(world, "arvidsjaur-buskorning-2015", "sommarnatter").lines
    by_day = {line.day: line.verdict.why for line in lines if line.place == "Centrala tätorten"}
    assert sum(one is Why.COUNTED for one in by_day.values()) == 9
    assert by_day[date(2015, 5, 16)] is Why.OUTSIDE_SEASON
    assert by_day[date(2015, 7, 9)] is Why.OUTSIDE_HOURS
    text = page(world, "/loften", "?som=namnd")
    assert "”frekvent” – inget antal är avtalat" in text
    assert "9 gånger" in text


def test_arvidsjaur_hears_whether_it_helped_in_words_with_a_range(walked: dict[str, Walked]) -> None:
    said = walked["arvidsjaur"].said["effect --as council"]
    assert "För få för att säga" in said
    assert re.search(r"Färre kör för fort .*: \d+,\d–\d+,\d procentenheter mindre än väntat", said)
    text = page(walked["arvidsjaur"], "/oversikt", "?som=namnd")
    assert "Färre kör för fort" in text


def test_hagfors_shows_checks_and_counts_joint_work_as_joint(walked: dict[str, Walked]) -> None:
    world = walked["hagfors"]
    assert measured(world, "hagfors-2016", "trafik") == [("no_number", State.SHOWN, 17, None)]
    assert measured(world, "hagfors-2016", "unga") == [("no_number", State.SHOWN, 4, None)]
    assert why(world, "hagfors-2016", "unga") == {Why.COUNTED: 4, Why.NOT_JOINT: 1}
    assert measured(world, "hagfors-2016", "drogpolicy") == [("document", State.KEPT, 1, 1)]
    assert measured(world, "hagfors-2016", "skolplan") == [("document", State.KEPT, 1, 1)]
    assert why(world, "hagfors-2016", "oversyn") == {Why.COUNTED: 3, Why.NOT_JOINT: 1}


def test_hagfors_reviews_each_environment_and_decides_on_each(walked: dict[str, Walked]) -> None:
    world = walked["hagfors"]
    names = ("Norra infarten", "Korsningen vid bron", "Torget")
    for name, status in zip(names, ("done", "rejected", "under_way"), strict=True):
        sent = {"form": "f", "do": "line", "key": "hagfors-2016", "line_what": name, "line_status": status}
        assert answered(Desk(world.folder), sent, "?som=samordnare", Action.PLAN_ACTIONS, plan_action)["ok"]
    (each,) = activity(world, "hagfors-2016", "oversyn").progress.measures
    # Two are reviewed and decided on, one reviewed alone, and of one neither is true of both parties.
    assert (each.done, each.target, dict(each.parts)) == (2, 4, {"done": 3, "decided": 2})
    assert each.missing == ("Älvstranden bildn.centrum 7-9", "Torget")
    assert each.state is State.MISSED


def test_mellerud_s_plan_comes_after_signing_and_has_no_end_and_no_place(walked: dict[str, Walked]) -> None:
    world = walked["mellerud"]
    answer = follow_promise(open_ground(world.folder), "mellerud-2019", Audience.COUNCIL)
    promise = answer.kept.promise
    assert promise.last is None
    assert promise.signed
    assert "tills vidare" in promise.agreement
    assert not any(one.scope.asks_for_place for one in promise.activities)
    assert [note.version for note in answer.versions] == [2, 1]
    assert {change.field for change in answer.versions[0].changes} == {"activity_added", "answers"}
    assert all(one.responsible for one in promise.activities)
    # Four in 2019; in the year that runs one so far, of four.
    assert measured(world, "mellerud-2019", "riktade-insatser") == [("count", State.LATE, 1, 4)]
    years = activity(world, "mellerud-2019", "riktade-insatser").progress.years
    assert [(part.period.first.year, part.counted) for part in years] == [(2019, 4), (2020, 1)]
    assert why(world, "mellerud-2019", "uppfoljning") == {Why.COUNTED: 7, Why.OUTSIDE_PERIOD: 1}
    text = page(world, "/loften/mellerud-2019", "?som=namnd")
    assert "tills vidare" in text


def test_mellerud_s_lines_have_a_responsible_a_day_and_a_note(walked: dict[str, Walked]) -> None:
    world = walked["mellerud"]
    sent = {
        "form": "f",
        "do": "line",
        "key": "mellerud-2019",
        "line_what": "Bjud in till föräldramöte",
        "line_responsible": "Skolan och kommunpolisen",
        "line_due": "2020-04-15",
        "line_remind": "2020-04-01",
    }
    assert answered(Desk(world.folder), sent, "?som=samordnare", Action.PLAN_ACTIONS, plan_action)["ok"]
    answer = follow_promise(open_ground(world.folder), "mellerud-2019", Audience.COORDINATOR)
    (item,) = answer.plan
    assert (item.line.responsible, item.line.due_on) == ("Skolan och kommunpolisen", date(2020, 4, 15))
    assert item.is_overdue(date(2020, 4, 30))
    assert answer.due == 1
    assert "Bjud in till föräldramöte" in page(world, "/loften/mellerud-2019", "?som=namnd")


def test_are_has_others_who_answer_for_activities(walked: dict[str, Walked]) -> None:
    world = walked["are"]
    assert measured(world, "are", "belysning") == [("each", State.KEPT, 2, 2)]
    assert measured(world, "are", "jourer") == [("count", State.ON_COURSE, 3, 4)]
    assert why(world, "are", "jourer") == {Why.COUNTED: 3, Why.NOT_JOINT: 1}
    assert measured(world, "are", "foreningar") == [("presence", State.ON_COURSE, 7, 10)]
    assert why(world, "are", "foreningar") == {Why.COUNTED: 7, Why.OTHER_DAY: 1}
    assert measured(world, "are", "naringsliv") == [("no_number", State.SHOWN, 2, None)]
    text = page(world, "/loften/are", "?som=namnd")
    for name in ("fastighetsägarna", "jourerna", "idrottsföreningarna", "handlare och krogar"):
        assert name in text, name


def test_are_s_picture_has_four_kinds_of_source(walked: dict[str, Walked]) -> None:
    ground = open_ground(walked["are"].folder)
    counts = ground.observations["source"].value_counts()
    for source in (
        "pahittade_svar",
        "pahittad_trygghetsmatning",
        "pahittade_handelser",
        "pahittade_felanmalningar",
    ):
        assert counts[source] > 5, source
    assert len(ground.snapshot.table("population")) > 50


def test_saffle_s_week_is_overdue_until_its_result_is_given_back(walked: dict[str, Walked]) -> None:
    said = {step: " ".join(text.split()) for step, text in walked["saffle"].said.items()}
    assert "för 60 dagar sedan" in said["dialogue list --day 2016-06-30"]
    assert "107 dagar försenat" in said["dialogue list --day 2017-01-15"]
    shown = " ".join(walked["saffle"].step("dialogue show vecka-17-2016").split())
    for words in ("Stortorget", "45:ans köpcentrum", "Systembolaget", "årskurs 9", "Workshop"):
        assert words in shown, words


def test_saffle_s_dialogue_was_held_at_six_and_its_result_shown(walked: dict[str, Walked]) -> None:
    world = walked["saffle"]
    assert measured(world, "saffle-2016", "dialog") == [("each", State.KEPT, 6, 6)]
    before = follow_promise(
        open_ground(world.folder), "saffle-2016", Audience.POLICE, today=date(2017, 3, 14)
    )
    (result,) = before.activities[1].progress.measures
    assert (result.state, result.done, result.by) == (State.UNDER_WAY, 0, None)
    assert measured(world, "saffle-2016", "resultat") == [("document", State.KEPT, 1, 1)]
