"""Reviews on the page: the worklist, the telephone's form, photos in and out, measures by hand, and who may not."""

import html
import io
import json
import re
import shutil

import pytest
from PIL import Image
from typer.testing import CliRunner
from weasyprint import HTML

from dashboard.app import create_app
from dashboard.command import app
from dashboard.desk import Desk
from dashboard.pages import review, review_form
from dashboard.print.review_sheet import sheet_page
from dashboard.settings import Settings
from dashboard.shell import show
from dashboard.views.address import Address
from geodata.analyses.ground import open_ground, open_register
from geodata.analyses.reviews import default_selection, review_worklist
from geodata.privacy import Audience

PLANNER = "?som=planerare"
FORM = {
    "entry_key": "abc",
    "place": "1",
    "day": "2026-03-14",
    "light": "dark",
    "season": "spring",
    "check-sight": "lacking",
    "check-lighting": "lacking",
    "found-sight": "Häck skymmer <b>, ring 070-123 45 67",
    "parties": "police municipality",
    "road_keeper": "",
    "result": "measures",
    "measure-1": "Klipp häcken",
    "cost-1": "4 000 kr",
}


@pytest.fixture
def workspace(small_workspace, tmp_path):
    return shutil.copytree(small_workspace, tmp_path / "town")


@pytest.fixture
def desk(workspace):
    return Desk(workspace)


@pytest.fixture
def client(workspace):
    return create_app(Settings(workspace=workspace)).server.test_client()


def page(desk, path, search=PLANNER):
    _, body, _ = show(desk, path=path, search=search, shown=None)
    return json.dumps(body.to_plotly_json(), default=lambda one: one.to_plotly_json(), ensure_ascii=False)


def kept(desk):
    return open_register(desk.workspace).reviews.all()


def photo():
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(out, "JPEG")
    return out.getvalue()


def test_what_a_telephone_sends_is_kept_masked_and_shown(desk):
    answer = review_form.take_review(desk, FORM, f"{PLANNER}&plats=1")
    assert (answer["ok"], answer["path"], answer["search"]) == (True, "/oversyner/1", PLANNER)
    (one,) = kept(desk)
    assert one.findings[0].text == "Häck skymmer <b>, ring ***"
    assert (one.measures[0].text, one.measures[0].cost) == ("Klipp häcken", 4000)
    shown = page(desk, "/oversyner/1")
    assert "Häck skymmer &lt;b&gt;" in shown
    assert "Klipp häcken" in shown
    assert "4\xa0000 kr" in shown
    assert "Klipp häcken" in page(desk, "/oversyner")
    at_place = page(desk, "/platser/1")
    assert "/oversyner/1" in at_place
    assert "Belysning: brist i 1 av 1 översyn" in at_place
    assert review_form.take_review(desk, FORM, PLANNER)["path"] == "/oversyner/1"


@pytest.mark.parametrize(
    ("change", "field", "fault"),
    [
        ({"light": ""}, "light", "Välj ett av svaren"),
        ({"day": "igår"}, "day", "Dagen igår går inte"),
        ({"place": ""}, "place", "Välj vilken plats"),
        ({"parties": "spöken"}, "parties", "Kryssa för"),
        ({"cost-1": "många"}, "cost-1", "hela kronor"),
        ({"at-sight": "0 0"}, "", "utanför kommunen"),
        ({"at-sight": "nan nan"}, "", "utanför kommunen"),
        ({"at-sight": "här"}, "at-sight", "Välj ett av svaren"),
        ({"check-sight": "usel"}, "check-sight", "Välj ett av svaren"),
        ({"measure-1": ""}, "measure-1", "minst en åtgärd"),
        ({"place": "987654"}, "", "Platsen finns inte"),
    ],
)
def test_what_will_not_do_is_told_at_its_field_and_nothing_is_kept(desk, change, field, fault):
    answer = review_form.take_review(desk, {**FORM, **change}, PLANNER)
    assert (answer["ok"], answer["field"]) == (False, field)
    assert fault in answer["fault"]
    assert kept(desk) == ()


def test_a_measure_is_followed_and_another_added(desk):
    review_form.take_review(desk, FORM, PLANNER)
    measure = str(kept(desk)[0].measures[0].measure_id)

    def act(**sent):
        return review.act(desk, sent, "/oversyner/1", PLANNER)

    assert "status är sparad" in act(act="set-status", measure=measure, status="decided", day="2026-04-01")
    assert "före den förra statusen" in act(
        act="set-status", measure=measure, status="built", day="2026-03-20"
    )
    assert "Åtgärden 77 finns inte" in act(act="set-status", measure="77", status="built", day="2026-04-20")
    assert "Åtgärden är sparad" in act(act="add-measure", measure="Belysning", cost="", day="2026-04-02")
    assert "Skriv vad åtgärden är" in act(act="add-measure", measure=" ", day="2026-04-02")
    assert [str(one.status) for one in kept(desk)[0].measures] == ["decided", "proposed"]
    built = act(act="set-status", measure=measure, status="built", day="2026-05-01")
    assert "Jämförelsen säger inte att åtgärden är orsaken" in built or "För kort tid" in built
    assert "tillbakatagen" in act(act="withdraw")
    assert kept(desk) == ()
    assert "finns inte" in page(desk, "/oversyner/1")


def test_photos_are_for_staff_and_go_when_they_are_removed(client, desk):
    review_form.take_review(desk, FORM, PLANNER)
    to = f"/oversyner/1/foto{PLANNER}"
    assert client.post(to, data=photo()).json == {"code": "kept", "sentence": "skickad"}
    assert client.post(to, data=b"nej").json["code"] == "photo_unreadable"
    assert client.post(f"/oversyner/9/foto{PLANNER}", data=photo()).status_code == 404
    assert client.post("/oversyner/1/foto?som=namnd", data=photo()).status_code == 403
    (one,) = kept(desk)[0].photos
    source = f"/oversyner/foto/{one.photo_id}.jpg"
    given = client.get(f"{source}{PLANNER}")
    assert (given.status_code, given.mimetype, given.headers["Cache-Control"]) == (
        200,
        "image/jpeg",
        "no-store",
    )
    assert client.get(f"{source}?som=namnd").status_code == 403
    assert str(desk.workspace) not in page(desk, "/oversyner/1")
    review.act(desk, {"act": "remove-photo", "photo": str(one.photo_id)}, "/oversyner/1", PLANNER)
    assert client.get(f"{source}{PLANNER}").status_code == 404
    assert list((desk.workspace / "store" / "photos").rglob("*.jpg")) == []


@pytest.mark.parametrize("som", ["namnd", "allmanhet"])
def test_others_see_decided_measures_alone_and_write_nothing(desk, som):
    review_form.take_review(desk, FORM, PLANNER)
    search = f"?som={som}"
    assert "Häck skymmer" not in page(desk, "/oversyner", search)
    assert "Klipp häcken" not in page(desk, "/oversyner", search)
    for path in ("/oversyner/1", "/oversyner/ny"):
        assert "Det här visas inte för dem du ser sidan som." in page(desk, path, search)
    assert not review_form.take_review(desk, {**FORM, "entry_key": "x"}, search)["ok"]
    review.act(desk, {"act": "withdraw"}, "/oversyner/1", search)
    assert len(kept(desk)) == 1


def test_the_checklist_is_printed_with_its_evidence(client):
    sheet = client.get(f"/oversyner/checklista.pdf{PLANNER}&plats=1")
    assert sheet.data.startswith(b"%PDF")
    assert client.get(f"/oversyner/checklista.pdf{PLANNER}").data.startswith(b"%PDF")
    assert client.get(f"/oversyner/checklista.pdf{PLANNER}&plats=99999").status_code == 404
    assert client.get("/oversyner/checklista.pdf?som=namnd&plats=1").status_code == 403


def test_the_checklist_fits_one_sheet_at_every_place(small_workspace, swedish):
    ground = open_ground(small_workspace)
    selection = default_selection(Audience.PLANNER)
    answer = review_worklist(ground, (), selection)
    for place in ground.places[:6]:
        address = Address(selection, place_id=place.place_id)
        written = sheet_page(swedish, address, ground, answer, language="sv")
        assert place.name in written
        assert len(HTML(string=written).render().pages) == 1, place.name


def test_the_command_lists_and_shows(desk):
    review_form.take_review(desk, FORM, PLANNER)
    run = CliRunner().invoke
    listed = run(app, ["review", "--workspace", str(desk.workspace)])
    assert listed.exit_code == 0
    assert "Klipp häcken" in listed.output
    shown = run(app, ["review", "1", "--workspace", str(desk.workspace)])
    assert "Sikt: Brist" in shown.output
    told = json.loads(run(app, ["review", "1", "--json", "--workspace", str(desk.workspace)]).stdout)
    assert told["checks"] == [["sight", "lacking"], ["lighting", "lacking"]]
    assert run(app, ["review", "7", "--workspace", str(desk.workspace)]).exit_code == 2
    assert run(app, ["review", "1", "--as", "council", "--workspace", str(desk.workspace)]).exit_code == 2


def correct(desk, search=PLANNER, **changed):
    """Send the form of a correction as a browser does: filled in by the page, and changed."""
    shown = page(desk, "/oversyner/1/andra", search)
    filled = re.search(r"data-filled=\\\"(.*?)\\\"", shown)
    typed = json.loads(html.unescape(filled[1].encode().decode("unicode_escape"))) if filled else {}
    return typed, review_form.take_review(desk, {**typed, "entry_key": "x", **changed}, search)


def test_a_review_is_corrected_with_its_history_shown(desk):
    first = {**FORM, "at-sight": "13.3 58.9"}
    assert review_form.take_review(desk, {**first, "result": "open", "measure-1": ""}, PLANNER)["ok"]
    typed, answer = correct(desk)
    assert answer["ok"]
    assert kept(desk)[0].revision == 0  # nothing was touched: the point is where it was
    assert (typed["parties"], typed["light"], typed["review"]) == ("municipality police", "dark", "1")
    _, answer = correct(
        desk, parties="municipality", light="dusk", **{"found-sight": "Häck, ring 070-123 45 67"}
    )
    assert (answer["ok"], answer["path"]) == (True, "/oversyner/1")
    (one,) = kept(desk)
    assert (one.findings[0].text, one.revision) == ("Häck, ring ***", 1)
    shown = page(desk, "/oversyner/1")
    assert "En ändring sedan den sparades" in shown
    assert "Ljus: Mörker → Skymning." in shown
    assert "Vilka var med: Kommunen och polisen → Kommunen." in shown
    assert "planeraren" in shown
    stale = {**typed, "entry_key": "x", "note": "annat"}
    assert "ändrats av någon annan" in review_form.take_review(desk, stale, PLANNER)["fault"]


def test_who_may_correct_and_withdraw_a_review(desk):
    review_form.take_review(desk, FORM, PLANNER)
    assert "/oversyner/1/andra" in page(desk, "/oversyner/1")
    assert "/oversyner/1/andra" not in page(desk, "/oversyner/1", "?som=polis")
    assert "Det här visas inte" in page(desk, "/oversyner/1/andra", "?som=polis")
    typed = {**FORM, "review": "1", "revision": "0", "note": "x"}
    assert "visas inte" in review_form.take_review(desk, typed, "?som=polis")["fault"]
    assert "en planerare eller en samordnare" in review.act(
        desk, {"act": "withdraw"}, "/oversyner/1", "?som=polis"
    )
    assert review_form.take_review(desk, {**typed, "review": "7"}, PLANNER)["fault"].startswith("Översynen 7")
    assert kept(desk)[0].note == ""
    review_form.take_review(desk, {**FORM, "entry_key": "own"}, "?som=polis")
    assert "tillbakatagen" in review.act(desk, {"act": "withdraw"}, "/oversyner/2", "?som=polis")


def test_photos_are_added_to_a_review_that_is_kept(client, desk):
    review_form.take_review(desk, FORM, PLANNER)
    assert 'data-to=\\"/oversyner/1/foto?som=planerare\\"' in page(desk, "/oversyner/1")
    client.post(f"/oversyner/1/foto{PLANNER}", data=photo())
    assert "Bilderna är sparade" in review.act(desk, {"act": "photos-added"}, "/oversyner/1", PLANNER)
