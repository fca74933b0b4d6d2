"""Every report, for whom it may be made: tagged, titled, nothing cut off, nothing told that is withheld."""

import shutil
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from dashboard import answers
from dashboard.components.reports import reports_page
from dashboard.reports.document import report_html
from dashboard.reports.registry import REPORTS, make_report, offered, reader_of, report_file
from dashboard.reports.report import Cell, Group, Picture, Points, Table
from dashboard.texts.catalogue import catalogue
from dashboard.views.address import Address
from dashboard.views.reports import reports_view
from geodata.analyses.est import est_week
from geodata.analyses.ground import open_ground, open_register
from geodata.analyses.picture import picture
from geodata.analyses.ranking import rank_places
from geodata.analyses.recorded_crime import is_crime
from geodata.analyses.saved_pictures import save_picture
from geodata.analyses.standing_decisions import standing_decisions
from geodata.errors import AccessError, MissingError, ParameterError
from geodata.periods import Period, tertial, year
from geodata.picture.decision import Choice, Choices
from geodata.picture.picture import ENOUGH
from geodata.picture.voices import Who
from geodata.privacy import Audience
from geodata.project import read_project
from geodata.promises.activity import ActivityKind, CarType, Party
from geodata.selection import Selection
from geodata.targeting.plan import Plan, PlanBasis
from geodata.targeting.slot import Slot, SlotStatus

pytestmark = pytest.mark.xdist_group("reports")  # one worker makes the town

SWEDISH = catalogue("sv")
TODAY = date(2026, 10, 31)
MADE = [(name, audience) for audience in Audience for name in offered(audience)]


def made(workspace, name, audience, texts=SWEDISH, today=None):
    ground = open_ground(workspace)
    return make_report(name, audience, texts, ground=ground, project=ground.project, today=today)


def blocks_of(report):
    for section in report.sections:
        for block in section.blocks:
            yield from block.blocks if isinstance(block, Group) else (block,)


def words_of(report):
    """Everything a report says, as one text."""
    said = [report.title, report.sentence, *report.basis]
    for block in blocks_of(report):
        match block:
            case Table():
                said += [block.caption, *block.headings]
                for cell in (cell for row in block.rows for cell in row):
                    said += [cell.text, *cell.small] if isinstance(cell, Cell) else [cell]
            case Points():
                said += [block.heading, *block.items]
            case Picture():
                said += [block.alt, block.caption]
            case _:
                said.append(block.text)
    return "\n".join(said)


def test_the_council_reads_one_page(town):
    reader = PdfReader(BytesIO(report_file("pdf", SWEDISH, made(town, "namnd", Audience.COUNCIL))))
    assert len(reader.pages) == 1


@pytest.mark.parametrize(("name", "audience"), MADE)
def test_a_report_says_for_whom_it_is(town, name, audience):
    report = made(town, name, audience)
    reader = SWEDISH(f"audience.{reader_of(name, audience)}").lower()
    assert SWEDISH("report.made_for", audience=reader) in report.foot
    assert "{" not in words_of(report)


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_speaks_english_too(town, name):
    english = catalogue("en")
    page = report_html(english, made(town, name, Audience.POLICE, english))
    assert '<html lang="en">' in page
    assert "http://" not in page
    assert "https://" not in page


@pytest.mark.parametrize("name", REPORTS)
def test_before_the_first_import_a_report_says_that_there_is_nothing(bare, name):
    project = read_project(bare)
    report = make_report(name, Audience.POLICE, SWEDISH, ground=None, project=project)
    assert report.sentence == SWEDISH("report.nothing")
    assert "Provköping" in report.title
    assert report_file("pdf", SWEDISH, report).startswith(b"%PDF")


@pytest.mark.parametrize("name", REPORTS)
def test_without_promises_a_report_is_no_error(small_workspace, name):
    report = made(small_workspace, name, Audience.COORDINATOR)
    assert report.sections
    assert report_file("html", SWEDISH, report)


def test_staff_get_the_council_page_as_the_council_does(town):
    assert words_of(made(town, "namnd", Audience.POLICE)) == words_of(made(town, "namnd", Audience.COUNCIL))


def test_what_is_not_there_is_said(town):
    with pytest.raises(MissingError, match="namnd") as told:
        reader_of("budget", Audience.COUNCIL)
    assert told.value.code == "no_report"
    with pytest.raises(MissingError) as told:
        report_file("docx", SWEDISH, made(town, "namnd", Audience.COUNCIL))
    assert told.value.code == "no_report_format"


def test_the_page_lists_what_one_may_have():
    for audience in Audience:
        view = reports_view(SWEDISH, Address(Selection(audience)), language="sv")
        assert [card.title for card in view.cards] == [
            SWEDISH(f"report.{name}.title") for name in offered(audience)
        ]
    for name, kind in REPORTS.items():
        for audience in set(Audience) - {one for one in Audience if name in offered(one)}:
            with pytest.raises(AccessError):
                reader_of(name, audience)
        assert kind.readers == () or kind.readers[0] in Audience


def test_the_tertial_is_that_of_the_day_measured(town):
    running = made(town, "tertial", Audience.COUNCIL, today=date(2026, 8, 30))
    assert "tertial\N{NO-BREAK SPACE}2 2026" in running.title
    assert "Tertialet pågår" in " ".join(running.basis)
    over = made(town, "tertial", Audience.COUNCIL, today=date(2026, 8, 31))
    assert "Tertialet pågår" not in " ".join(over.basis)


def test_the_tertials_since_the_first_promise_can_be_chosen(town):
    ground = open_ground(town)
    address = Address(Selection(Audience.COUNCIL), language="en")
    view = reports_view(catalogue("en"), address, language="sv", ground=ground)
    menus = {card.menu.name: card.menu for card in view.cards if card.menu}
    newest, *_, first = menus["tertial"].times
    assert newest == ("2026-10-31", "tertial\N{NO-BREAK SPACE}3, 2026 (running)")
    assert first == ("2026-04-30", "tertial\N{NO-BREAK SPACE}1, 2026")
    assert dict(menus["tertial"].hidden)["sprak"] == "en"
    page = str(reports_page(view))
    assert '<option value="2026-08-31">tertial' in page
    assert 'formaction="/rapport/tertial.html"' in page


def test_a_day_that_has_not_come_is_no_day_of_a_report(town):
    with pytest.raises(ParameterError) as told:
        made(town, "tertial", Audience.COUNCIL, today=date(2031, 1, 1))
    assert told.value.code == "report_day_future"


def test_what_is_late_stands_first_with_its_promise(town):
    report = made(town, "tertial", Audience.COORDINATOR, today=date(2026, 10, 31))
    (late,) = report.sections[0].blocks
    (row,) = late.rows
    assert row[0].text == "Gå igenom översynerna med skolornas rektorer"
    assert row[0].small == ("Säkrare trafik vid skolorna: Översyn av trafikmiljön vid tre skolor",)
    assert row[2].state == "overdue"
    earlier = made(town, "tertial", Audience.COORDINATOR, today=date(2026, 10, 15))
    assert SWEDISH("report.late_none") in words_of(earlier)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_one_late_line_is_said_in_the_singular(town, language):
    texts = catalogue(language)
    sentence = made(town, "atgardsplan", Audience.COORDINATOR, texts).sentence
    assert {"sv": "1 försenad.", "en": "1 overdue."}[language] in sentence
    assert "1 försenade" not in sentence
    assert "{" not in sentence


def test_a_line_that_is_named_after_a_place_says_what_it_belongs_to(town):
    words = words_of(made(town, "atgardsplan", Audience.COUNCIL))
    assert "Hör till: Översyn av trafikmiljön vid tre skolor" in words


def test_the_tally_sheet_is_for_those_who_ask(town):
    for audience in Audience:
        words = [one.heading for one in made(town, "dialog", audience).sections]
        staff = audience not in {Audience.COUNCIL, Audience.PUBLIC}
        assert (SWEDISH("report.dialog.tally") in words) <= staff


def test_notes_are_for_those_who_do_the_work(town):
    ground = open_ground(town)
    promise = next(one for one in open_register(town).promises.all() if one.promise.key == "skolor-2026")
    plans = open_register(town).action_plans
    item = plans.items(promise.promise_id)[0]
    plans.note(item.item_id, "Rektorn ville vänta.", by="kim")
    staff = words_of(made(town, "atgardsplan", Audience.PLANNER))
    assert "kim: Rektorn ville vänta." in staff
    for audience in (Audience.COUNCIL, Audience.PUBLIC):
        for name in offered(audience):
            report = make_report(name, audience, SWEDISH, ground=ground, project=ground.project)
            assert "Rektorn" not in words_of(report)


def test_residents_get_the_same_sheet_whoever_prints_it(town):
    sheets = {words_of(made(town, "aterkoppling", audience)) for audience in Audience}
    assert len(sheets) == 1
    (sheet,) = sheets
    for key in ("promised", "did", "led_to"):
        assert SWEDISH(f"report.aterkoppling.{key}") in sheet


def test_the_problems_stand_in_the_residents_order(town):
    known = picture(open_ground(town), Audience.PLANNER)
    said = [one.voice(Who.RESIDENTS).answers for one in known.problems]
    assert said == sorted(said, reverse=True)
    order = made(town, "problembild", Audience.PLANNER).sections[0].blocks[0]
    shown = known.problems[: len(order.rows)]
    assert [row[0] for row in order.rows] == [SWEDISH(f"category.{one.problem}") for one in shown]
    assert [row[1].text for row in order.rows] == [
        SWEDISH.form.number(one.voice(Who.RESIDENTS).answers) for one in shown
    ]
    assert [row[3] for row in order.rows] == [SWEDISH.form.number(one.recorded.count) for one in shown]


@pytest.mark.parametrize("audience", [Audience.COUNCIL, Audience.PUBLIC])
def test_council_and_public_are_told_problems_without_counts(town, audience):
    known = picture(open_ground(town), audience)
    counted = picture(open_ground(town), Audience.PLANNER)
    assert {one.problem for one in known.problems} == {
        one.problem for one in counted.problems if one.voice(Who.RESIDENTS).answers >= ENOUGH
    }
    report = made(town, "problembild", audience)
    tables = [one for one in report.sections[0].blocks if isinstance(one, Table)]
    rows = [row for table in tables for row in table.rows]
    assert [row[0] for row in rows] == [SWEDISH(f"category.{one.problem}") for one in known.problems]
    assert all(isinstance(cell, str) for row in rows for cell in row)
    assert SWEDISH("report.problembild.withheld") in words_of(report)
    assert SWEDISH("report.problembild.counted") not in words_of(report)


def test_the_problem_picture_is_not_called_what_the_law_calls_its_own(town):
    for audience in (Audience.POLICE, Audience.COUNCIL):
        assert "lägesbild" not in words_of(made(town, "problembild", audience)).lower()


def test_the_lagesbild_has_the_three_parts_of_the_law_and_an_appendix(town):
    report = made(town, "lagesbild", Audience.COORDINATOR)
    parts = [SWEDISH(f"report.lagesbild.{name}") for name in ("mapping", "other", "analysis", "appendix")]
    assert [one.heading for one in report.sections] == parts
    words = words_of(report)
    assert SWEDISH("report.lagesbild.law") in words
    assert "problembild" not in words.lower()
    known = picture(open_ground(town), Audience.COORDINATOR)
    kinds = next(one for one in blocks_of(report) if isinstance(one, Table))
    counted = {
        SWEDISH(f"category.{one.problem}"): one.recorded.count
        for one in known.problems
        if is_crime(one.problem) and one.recorded.count
    }
    assert {row[0]: row[1] for row in kinds.rows} == {
        name: SWEDISH.form.number(count) for name, count in counted.items()
    }
    assert SWEDISH("category.traffic_accident") not in {row[0] for row in kinds.rows}


def test_the_lagesbild_of_another_year_is_of_that_year(town):
    report = made(town, "lagesbild", Audience.COUNCIL, today=date(2025, 12, 31))
    assert SWEDISH("report.problembild.period", period=year(2025)) in report.basis


@pytest.mark.parametrize("audience", [Audience.COUNCIL, Audience.PUBLIC])
def test_council_and_public_read_the_lagesbild_without_counts(town, audience):
    words = words_of(made(town, "lagesbild", audience))
    assert SWEDISH("report.lagesbild.withheld") in words
    for name in ("kinds", "parts", "years", "week", "felt_table"):
        assert SWEDISH(f"report.lagesbild.{name}") not in words


@pytest.fixture(scope="module")
def decided(town, tmp_path_factory):
    """The town after a meeting that chose one problem and left another aside; its two problems."""
    folder = tmp_path_factory.mktemp("decided") / "town"
    shutil.copytree(town, folder)
    ground, register = open_ground(folder), open_register(folder)
    kept = save_picture(ground, register, key="bild-t1", name="Bild", period=tertial(1, 2026), made_by="kim")
    first, second, *_ = kept.picture.problems
    register.pictures.choose(
        Choices(
            picture=kept.key,
            meeting="Trygghetsrådet",
            meeting_on=date(2026, 5, 5),
            decision=(
                Choice(first.problem, chosen=True, why="Många nämner det."),
                Choice(second.problem, chosen=False, why="Vägen byggs om i år."),
            ),
        ),
        by="kim",
        today=date(2026, 10, 31),
    )
    return folder


@pytest.mark.parametrize("name", ["problembild", "lagesbild", "aterkoppling", "aterkoppling-personal"])
def test_a_chosen_problem_stands_with_its_promise_and_one_left_aside_with_why(decided, name):
    said = words_of(made(decided, name, Audience.COORDINATOR))
    assert "Trygghetsrådet" in said
    assert "Vägen byggs om i år." in said
    assert SWEDISH("report.chosen.no_promise") in said
    assert SWEDISH("report.chosen.nothing") not in said
    assert SWEDISH("report.aterkoppling.not_chosen") not in said


@pytest.mark.parametrize("name", ["problembild", "lagesbild", "aterkoppling", "aterkoppling-personal"])
def test_a_new_picture_with_one_choice_leaves_the_others_standing(decided, tmp_path, name):
    folder = tmp_path / "town"
    shutil.copytree(decided, folder)
    ground, register = open_ground(folder), open_register(folder)
    kept = save_picture(
        ground, register, key="bild-t2", name="Bild 2", period=tertial(2, 2026), made_by="kim"
    )
    known = {one.decision.problem for one in standing_decisions(register, today=TODAY)[0].answered}
    third = next(one.problem for one in kept.picture.problems if one.problem not in known)
    choice = Choice(third, chosen=True, why="Nytt i sommar.")
    meeting = Choices("bild-t2", "Höstmötet", date(2026, 9, 5), (choice,))
    register.pictures.choose(meeting, by="kim", today=TODAY)
    said = words_of(made(folder, name, Audience.COORDINATOR))
    assert said.index("Höstmötet") < said.index("Trygghetsrådet")
    for why in ("Nytt i sommar.", "Många nämner det.", "Vägen byggs om i år."):
        assert why in said


def test_residents_read_what_was_not_chosen_and_no_count_of_theirs(decided):
    report = made(decided, "aterkoppling", Audience.PUBLIC)
    headings = [one.heading for one in report.sections]
    assert headings[:3] == [SWEDISH(f"report.aterkoppling.{one}") for one in ("said", "chose", "chose_not")]
    assert not any(isinstance(one, Table) for one in blocks_of(report))


@pytest.mark.parametrize("name", ["est", "aterkoppling-personal"])
def test_what_is_for_staff_is_not_made_for_others(name):
    for audience in (Audience.COUNCIL, Audience.PUBLIC):
        assert name not in offered(audience)
        with pytest.raises(AccessError):
            reader_of(name, audience)


def test_the_week_asked_for_is_on_one_page(town):
    report = made(town, "est", Audience.COORDINATOR, today=date(2026, 10, 14))
    assert report.title == "Veckorapport v. 42 2026, Exempelstad"
    assert [one.heading for one in report.sections] == [
        "Nytt i veckan",
        "Det som gjordes",
        "Nästa vecka, v. 43",
    ]
    newest = made(town, "est", Audience.COORDINATOR)
    assert newest.title == "Veckorapport v. 43 2026, Exempelstad"
    assert len(PdfReader(BytesIO(report_file("pdf", SWEDISH, report))).pages) == 1
    counted = est_week(open_ground(town), Audience.COORDINATOR, day=date(2026, 10, 14))
    table = next(one for one in blocks_of(report) if isinstance(one, Table))
    assert [row[1] for row in table.rows] == [
        SWEDISH.form.number(one.usual.count) for one in counted.counts.problems[: len(table.rows)]
    ]


def test_coming_slots_of_the_police_stand_on_the_sheet_of_the_police_alone(town, tmp_path):
    folder = tmp_path / "town"
    shutil.copytree(town, folder)
    ground, register = open_ground(folder), open_register(folder)
    place, day = ground.places[0].place_id, date(2026, 10, 29)
    slot = Slot(
        None,
        None,
        place,
        day,
        450,
        510,
        ActivityKind.TRAFFIC_CHECK,
        CarType.UNMARKED,
        frozenset({Party.POLICE}),
        None,
        (),
        None,
        locked=False,
        status=SlotStatus.PLANNED,
    )
    plan = Plan(None, day, day, PlanBasis.ROTATION, 1, None, "kim", datetime.now(UTC))
    register.plans.keep(plan, [slot], seen=())
    shown = {
        audience: words_of(made(folder, "est", audience))
        for audience in (Audience.POLICE, Audience.COORDINATOR, Audience.PLANNER)
    }
    assert "torsdag kl.\u00a007.30–08.30" in shown[Audience.POLICE]
    for audience in (Audience.COORDINATOR, Audience.PLANNER):
        assert "07.30–08.30" not in shown[audience]
        assert SWEDISH("report.est.slots_hidden") in shown[audience]


@pytest.mark.parametrize("name", ["problembild", "lagesbild"])
def test_the_figures_are_of_the_days_that_the_heading_names(town, name, monkeypatch):
    """Staff may ask of any day; what stands beside the picture is of no later one."""
    asked = []

    def ranking(ground, selection):
        asked.append(selection.period)
        return rank_places(ground, selection)

    monkeypatch.setattr(answers, "ranking", ranking)
    report = made(town, name, Audience.POLICE, today=date(2026, 5, 10))
    days = Period(date(2026, 1, 1), date(2026, 5, 10))
    assert SWEDISH("report.problembild.period", period=days) in " ".join(report.basis)
    assert set(asked) == {days}
    for left, count in rank_places(
        open_ground(town), Selection(Audience.POLICE, period=days)
    ).left_out.items():
        why = SWEDISH(f"precision.{left}")
        assert SWEDISH("report.problembild.left_out", n=count, why=why) in words_of(report)


@pytest.mark.parametrize("audience", [Audience.COUNCIL, Audience.PUBLIC])
def test_where_each_problem_is_says_the_same_in_every_report_for_onlookers(town, audience):
    picture_words = words_of(made(town, "problembild", audience))
    situation = words_of(made(town, "lagesbild", audience))
    assert SWEDISH("report.lagesbild.no_places") not in situation
    assert SWEDISH("report.lagesbild.places_withheld") in situation
    assert SWEDISH("report.problembild.named_none") in picture_words
    assert SWEDISH("report.lagesbild.no_places") not in picture_words
