"""The routes of a pass: to whom they answer, and with what."""

import json
from datetime import datetime

import pytest
from planned import OWN_STAND, SECRET_STAND, keep_plan, slot

from dashboard.app import create_app
from dashboard.field.day import working_day_of
from dashboard.field.routes import bundle_version
from dashboard.settings import Settings
from geodata.analyses.ground import open_ground

FORMS = ("pdf", "html", "ics", "gpx", "geojson")


@pytest.fixture(scope="module")
def client(planned):
    workspace, _ = planned
    server = create_app(Settings(workspace=workspace)).server
    return server.test_client()


def get(client, path):
    return client.get(path, base_url="http://127.0.0.1:8050")


def test_without_a_day_it_is_the_working_day(client, planned):
    workspace, slots = planned
    ground = open_ground(workspace)
    today = working_day_of(datetime.now(ground.project.zone))
    place = ground.places[0]
    mine = keep_plan(
        workspace, [slot(place, 480, day=today)], seen=[one for one in slots if one.day == today]
    )
    now = next(one for one in mine if one.day == today)
    page = get(client, "/pass/fil.html")
    assert page.status_code == 200
    assert f"08.00–08.15 Trafikkontroll, {place.name}" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert get(client, f"/pass/fil.html?stopp={now.slot_id}").text.count("<svg ") == 1
    assert get(client, "/pass/fil.html?stopp=999999").status_code == 404


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("word", ["planerare", "samordnare", "namnd", "allmanhet"])
def test_nobody_but_the_police_gets_a_slot_of_theirs_in_any_form(client, form, word):
    got = get(client, f"/pass/fil.{form}?dag=2026-12-01&till_dag={'2026-12-01'}&som={word}")
    assert got.status_code == (200 if word in {"planerare", "samordnare"} else 403)
    if form != "pdf":
        assert SECRET_STAND not in got.text
        assert "Civil bil" not in got.text


@pytest.mark.parametrize("word", ["planerare", "samordnare"])
def test_the_day_holds_no_slot_of_the_polices(client, word):
    got = get(client, f"/pass/dag.json?som={word}")
    assert got.status_code == 200
    assert {one["stand"] for one in got.json["slots"]} <= {OWN_STAND}
    assert get(client, "/pass/dag.json?som=namnd").status_code == 403
    assert json.loads(get(client, "/pass/dag.json?som=namnd").text)["code"] == "not_for_audience"


def test_the_page_that_a_telephone_keeps_holds_no_data(client, planned):
    page = get(client, "/pass").text
    assert '"zone": "Europe/Stockholm"' in page
    assert SECRET_STAND not in page
    assert not [place.name for place in open_ground(planned[0]).places if place.name in page]
    assert bundle_version() in page


def test_the_worker_may_keep_the_page_and_is_asked_for_anew(client):
    got = get(client, "/pass/arbetare.js")
    assert got.headers["Service-Worker-Allowed"] == "/pass"
    assert got.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("query", "status"), [("dag=igår", 400), ("stopp=x", 400), ("dag=2026-12-01&till_dag=2026-11-01", 400)]
)
def test_what_can_not_be_read_is_said(client, query, status):
    got = get(client, f"/pass/fil.ics?{query}")
    assert got.status_code == status
    assert got.text.endswith(".")
    assert get(client, "/pass/fil.doc?dag=2026-12-01").status_code == 400


BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.mark.parametrize("path", ["/pass", "/pass/fil.pdf"])
def test_a_person_who_may_not_is_told_on_a_page_with_a_way_back_and_a_program_in_text(client, path):
    asked = f"{path}?som=namnd&sprak=sv"
    page = client.get(asked, base_url="http://127.0.0.1:8050", headers=BROWSER)
    assert page.status_code in {403, 404}
    assert page.mimetype == "text/html"
    assert "<h1>Det gick inte</h1>" in page.text
    assert 'href="/?som=namnd&amp;sprak=sv"' in page.text
    assert "forget_pass" not in page.text, "a day kept in a telephone is not the fault of a wrong link"
    plain = client.get(asked, base_url="http://127.0.0.1:8050")
    assert (plain.status_code, plain.mimetype) == (page.status_code, "text/plain")
    english = client.get(f"{path}?som=%3Cb%3E&sprak=en", base_url="http://127.0.0.1:8050", headers=BROWSER)
    assert "<b>" not in english.text


def test_the_day_of_a_pass_answers_in_json_whoever_asks(client):
    answer = client.get("/pass/dag.json?som=namnd", base_url="http://127.0.0.1:8050", headers=BROWSER)
    assert (answer.status_code, answer.mimetype) == (403, "application/json")
