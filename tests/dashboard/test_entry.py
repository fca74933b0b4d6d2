"""The entry page without a browser: who may key, what the page says, how what was typed is read."""

import json
import shutil
from datetime import date

import pytest

from dashboard.desk import Desk
from dashboard.pages import entry
from dashboard.pages.visit import receive
from dashboard.shell import show
from dashboard.views.address import parse_search
from dashboard.views.entry import entry_view, proposed_code
from dashboard.views.entry_reading import read_answer, read_batch
from dashboard.views.survey import survey_form
from etl.pipeline import Batch, KeyedAnswer, batches, keyed_answers
from geodata.errors import ParameterError
from geodata.project import parse_project
from geodata.sections import Survey

SEARCH = "?som=samordnare&omgang=260314-A"
ROUND = {
    "batch": "260314-a",
    "collected_at": "Stortorget",
    "collected_on": "2026-03-14",
    "handed_out": "40",
    "returned": "2",
    "respondent": "",
    "new": "1",
}


@pytest.fixture
def desk(tmp_path, small_workspace):
    """A workspace where nothing is imported yet."""
    shutil.copy(small_workspace / "problembild.toml", tmp_path)
    (tmp_path / "inbox").mkdir()
    return Desk(tmp_path)


@pytest.fixture
def opened(desk):
    assert entry.take_batch(desk, ROUND, "?som=samordnare")["ok"]
    return desk


def text_of(component):
    return json.dumps(
        component.to_plotly_json(), default=lambda one: one.to_plotly_json(), ensure_ascii=False
    )


def test_it_opens_before_anything_is_imported(desk):
    _, body, shown = show(desk, path="/inmatning", search="?som=samordnare", shown=None)
    said = text_of(body)
    assert "Börja med omgången" in said
    assert "Insamlat var" in said
    assert shown["title"].startswith("Mata in svar – Exempelstad")


@pytest.mark.parametrize("som", ["planerare", "namnd", "allmanhet"])
def test_others_are_refused_by_the_page_and_by_what_it_writes_with(opened, som):
    _, body, _ = show(opened, path="/inmatning", search=f"?som={som}", shown=None)
    assert "Det här visas inte för dem du ser sidan som." in text_of(body)
    search = f"?som={som}&omgang=260314-A"
    told, _latest, _ = entry.take_answer(opened, {"category": "1"}, search)
    assert told["fault"] == "Det här visas inte för dem du ser sidan som. Byt under Visa som."
    assert keyed_answers(opened.workspace, "260314-A") == ()
    assert not entry.take_batch(opened, {**ROUND, "batch": "X"}, search)["ok"]
    assert len(batches(opened.workspace)) == 1


def test_a_round_is_opened_and_the_page_goes_on_to_its_answers(desk):
    told = entry.take_batch(desk, ROUND, "?som=samordnare")
    assert told["search"] == "?som=samordnare&omgang=260314-A"
    assert batches(desk.workspace) == (
        Batch("260314-A", "Stortorget", date(2026, 3, 14), handed_out=40, returned=2),
    )


def test_a_fault_of_a_round_is_told_at_its_field(desk):
    told = entry.take_batch(desk, {**ROUND, "returned": "tolv"}, "?som=samordnare")
    assert told["field"] == "returned"
    assert told["fault"] == "tolv är inget antal. Skriv ett heltal, noll eller mer."
    told = entry.take_batch(desk, {**ROUND, "collected_on": "14/3"}, "?som=samordnare")
    assert told["field"] == "collected_on"


def test_an_answer_is_written_corrected_and_taken_away(opened):
    typed = {"respondent": "6", "place": "vid Björkskolan", "category": "för", "comment": "Fort", "at": "7"}
    told, latest, progress = entry.take_answer(opened, typed, SEARCH)
    assert told == {"ok": True, "said": "Svar 1 är sparat.", "at": "7", "removed": False}
    assert "För hög fart · vid Björkskolan · Fort · Elev" in latest
    assert "1 av 2 inlämnade svar är inmatade i omgång 260314-A." in progress
    entry.take_answer(opened, {**typed, "number": "1", "comment": "<b>Fortare</b>"}, SEARCH)
    (kept,) = keyed_answers(opened.workspace, "260314-A")
    assert (kept.number, kept.comment, kept.respondent) == (1, "<b>Fortare</b>", "pupil")
    told, latest, _ = entry.take_answer(opened, {"remove": "1"}, SEARCH)
    assert told["said"] == "Svar 1 är borttaget."
    assert "Inget svar är inmatat" in latest


def test_what_was_typed_is_text_on_the_page(opened):
    _, latest, _ = entry.take_answer(opened, {"comment": "<script>alert(1)</script>"}, SEARCH)
    assert "<script" not in latest
    assert "&lt;script&gt;" in latest


def test_who_is_named_in_a_keyed_answer_stands_masked_until_it_is_corrected(opened):
    said = {"comment": "Ring herr Anders Bergqvist på 070-123 45 67", "proposal": "Fråga kim@example.org"}
    _, latest, _ = entry.take_answer(opened, {"category": "för", **said}, SEARCH)
    line = latest[latest.index("<p>") : latest.index("</p>")]
    for secret in ("Bergqvist", "070-123", "kim@example.org"):
        assert secret not in line
    assert "Ring herr" in line
    (kept,) = keyed_answers(opened.workspace, "260314-A")
    assert kept.comment == said["comment"]  # the inbox is the municipality's own
    assert "Bergqvist" in latest  # what the fields are filled with when it is corrected


def test_a_fault_of_an_answer_is_told_at_its_field_and_nothing_is_written(opened):
    told, _latest, _progress = entry.take_answer(opened, {"category": "99", "at": "1"}, SEARCH)
    assert told == {
        "ok": False,
        "field": "category",
        "fault": "Det finns inget val 99. Skriv numret eller början på ordet.",
        "at": "1",
    }
    assert keyed_answers(opened.workspace, "260314-A") == ()


@pytest.fixture
def usual(swedish):
    return survey_form(swedish, Survey(), municipality="Exempelstad")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1", "traffic_speed"),
        (" 01"[1:], None),
        ("FÖR HÖG FART", "traffic_speed"),
        ("alk", "substance_alcohol"),
        ("fart", "traffic_speed"),
        ("sikt", "environment_no_overview"),
        ("och", None),
        ("environment_dark", "environment_dark"),
        ("s", None),
        ("99", None),
        ("", ""),
    ],
)
def test_a_choice_is_read_by_number_word_or_the_beginning_of_one_word_alone(swedish, usual, typed, code):
    def read():
        return read_answer(swedish, usual, {"category": typed}, batch="A").category

    if code is None:
        with pytest.raises(ParameterError) as fault:
            read()
        assert fault.value.values["field"] == "category"
    else:
        assert read() == code


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("4", "weekday_evening"),
        ("vardagskv", "weekday_evening"),
        ("Helgnätter", "weekend_night"),
        ("weekday_evening", "weekday_evening"),
        ("weekday_evening weekend_night", "weekday_evening weekend_night"),
        ("", ""),
        ("99", None),
        ("vardag", None),
    ],
)
def test_when_it_happens_is_read_by_number_and_word_and_as_it_is_kept(swedish, usual, typed, kept):
    if kept is None:
        with pytest.raises(ParameterError) as fault:
            read_answer(swedish, usual, {"said_when": typed}, batch="A")
        assert fault.value.values["field"] == "said_when"
    else:
        assert read_answer(swedish, usual, {"said_when": typed}, batch="A").said_when == kept


def test_the_projects_own_questions_are_asked_and_kept(swedish):
    survey = Survey.model_validate(
        {
            "question": [
                {"name": "var", "text": "Var?", "kind": "place"},
                {
                    "name": "vad",
                    "text": "Vad?",
                    "kind": "choice",
                    "choices": {"Bilar kör för fort": "traffic_speed", "Snöskotrar": "snowmobile"},
                },
                {
                    "name": "alder",
                    "text": "Ålder:",
                    "kind": "choice",
                    "choices": {"under 18": "u18", "18 eller äldre": "vuxen"},
                },
                {"name": "kommentar", "text": "Berätta."},
            ]
        }
    )
    form = survey_form(swedish, survey, municipality="Exempelstad")
    assert [question.name for question in form.questions] == ["place", "category", "extra_alder", "comment"]
    typed = {"place": "Torget", "category": "2", "extra_alder": "1", "comment": "Buller på kvällen."}
    answer = read_answer(swedish, form, typed, batch="A")
    assert (answer.category, answer.comment) == ("snowmobile", "Buller på kvällen. Ålder: under 18")


def test_counts_may_be_left_open_and_days_may_not():
    batch = read_batch({**ROUND, "handed_out": "", "returned": " 1 200 "})
    assert (batch.handed_out, batch.returned) == (None, 1200)
    with pytest.raises(ParameterError):
        read_batch({**ROUND, "collected_on": ""})


def test_a_new_round_gets_the_first_code_that_is_free():
    day = date(2026, 3, 14)
    assert proposed_code([], day) == "260314-A"
    assert proposed_code([Batch("260314-A", "Torget", day)], day) == "260314-B"


def test_the_page_says_what_the_project_file_lacks(swedish):
    project = parse_project({"municipality": {"name": "Exempelstad", "code": "9999"}})
    view = entry_view(
        swedish,
        parse_search("?som=samordnare&omgang=A"),
        project=project,
        batches=[Batch("A", "Torget", date(2026, 3, 14), returned=4, respondent="pupil", keyed=1)],
        answers=[KeyedAnswer(batch="A", comment="Mörkt", longitude=12.5, latitude=59.25, number=1)],
        missing=[("inmatade_svar", "paper_survey", "inbox/inmatning/svar_*.csv")],
        today=date(2026, 3, 15),
    )
    assert 'mapping = "paper_survey"' in view.lines_to_add
    assert view.share == 0.25
    assert "respondent" not in [question.name for question in view.questions]  # the whole round is pupils
    assert view.latest[0].line == "utpekad på kartan · Mörkt"
    assert view.latest[0].fields["longitude"] == "12.500000"


def test_the_address_keeps_the_round(desk):
    visit = receive(desk, "/inmatning", SEARCH, needs_ground=False)
    assert visit.search == SEARCH


def test_the_coordinator_lets_the_page_add_what_the_project_file_lacks(opened):
    said = entry.take_sources(opened, "?som=polis")
    assert "visas inte för dem" in said
    said = entry.take_sources(opened, SEARCH)
    assert "Raderna är tillagda i problembild.toml." in said
    assert "paper_survey" in (opened.workspace / "problembild.toml").read_text(encoding="utf-8")
    assert "[[source]]" not in said
