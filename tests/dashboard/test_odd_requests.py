"""Ids without end, bodies without length and characters without meaning: a clear answer each, never a fault of ours."""

import http.client
import io
import json
import shutil
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from PIL import Image
from real_server import listening

from dashboard.access.actions import Action
from dashboard.app import create_app
from dashboard.desk import Desk
from dashboard.pages import review, review_form
from dashboard.pages.promise import answered
from dashboard.pages.work_log import log_work
from dashboard.settings import Settings
from geodata.analyses.ground import open_register

PLANNER = "?som=planerare"
ODD = (str(10**30), "-1", "text", "%00", "1%00", "1.5", "²", "%F0%9F%9A%97", "..%2F1")
ODD_VALUES = (10**30, -1, "text", "\0", "\ud800", None, True, 1.5, [], {}, "9" * 400)
FORM = {
    "entry_key": "odd",
    "place": "1",
    "day": "2026-03-14",
    "light": "dark",
    "season": "spring",
    "check-sight": "lacking",
    "parties": "police",
    "result": "open",
}


@pytest.fixture(scope="module")
def workspace(small_workspace, tmp_path_factory):
    return shutil.copytree(small_workspace, tmp_path_factory.mktemp("odd") / "town")


@pytest.fixture(scope="module")
def server(workspace):
    return create_app(Settings(workspace=workspace)).server


@pytest.fixture(scope="module")
def client(server):
    return server.test_client()


@pytest.fixture(scope="module")
def address(server):
    """The real server, as `problembild serve` starts it, on a port of its own."""
    with listening(server) as found:
        yield found


@pytest.fixture(scope="module")
def desk(workspace):
    made = Desk(workspace)
    assert review_form.take_review(made, {**FORM, "entry_key": "first"}, PLANNER)["ok"]
    return made


def entry(**more):
    now = datetime.now(UTC).replace(microsecond=0)
    given = {
        "entry_key": str(uuid4()),
        "by": "",
        "kind": "traffic_check",
        "place_id": 1,
        "started_at": (now - timedelta(minutes=15)).isoformat(),
        "ended_at": now.isoformat(),
        "parties": ["police"],
    }
    return {**given, **more}


def photo():
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(out, "JPEG")
    return out.getvalue()


def count(workspace):
    register = open_register(workspace)
    return len(register.log.entries()), len(register.reviews.all())


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_id_in_an_address_is_a_page_that_is_not_there(client, desk, odd):
    assert 400 <= client.post(f"/oversyner/{odd}/foto{PLANNER}", data=photo()).status_code < 500
    got = client.get(f"/oversyner/foto/{odd}.jpg{PLANNER}")
    assert (
        got.status_code == 404 or got.mimetype == "text/html"
    )  # the frame, which says that there is no page
    for query in (f"plats={odd}", f"punkt={odd}", f"stopp={odd}"):
        assert client.get(f"/oversyner/checklista.pdf{PLANNER}&{query}").status_code < 500
        assert client.get(f"/pass/fil.ics?{query}").status_code < 500
        assert client.post(f"/pass/logg.json?{query}", json=entry(kind="parade")).status_code == 400
    assert client.post(f"/oversyner/1/foto{PLANNER}&punkt={odd}", data=b"").json["code"] == "photo_empty"


@pytest.mark.parametrize(
    "field", ["entry_key", "slot_id", "revision", "place_id", "lon", "checked", "note", "car"]
)
def test_an_odd_value_from_a_telephone_is_refused_or_read_as_nothing(client, workspace, field):
    before = count(workspace)
    for odd in ODD_VALUES:
        got = client.post("/pass/logg.json", json=entry(**{field: odd, "kind": "parade"}))
        assert (got.status_code, got.json["code"]) == (400, "entry_unreadable")
        got = client.post("/pass/logg.json", json=entry(**{field: odd, "reported": -1}))
        assert 400 <= got.status_code < 500, (odd, got.json)
    assert count(workspace) == before


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b"])
def test_a_text_that_no_register_keeps_is_refused(client, desk, workspace, text):
    before = count(workspace)
    for field in ("note", "with_whom"):
        got = client.post("/pass/logg.json", json=entry(**{field: text}))
        assert got.status_code == 400, got.json
        assert got.json["code"] in {"text_not_encodable", "entry_unreadable"}
    for field in ("found-sight", "note", "with_whom", "entry_key"):
        answer = review_form.take_review(desk, {**FORM, field: text}, PLANNER)
        assert not answer["ok"]
        assert "ett tecken som" in answer["fault"]
    typed = {"do": "log", "kind": "other", "day": "2026-02-06", "start": "08:00", "parties": "police"}
    answer = answered(desk, {**typed, "entry": "odd", "note": text}, "", Action.LOG_WORK, log_work)
    assert not answer["ok"]
    assert count(workspace) == before


@pytest.mark.parametrize("act", [*review.ACTS, "dance", None, 7])
def test_an_odd_act_on_a_review_is_answered_and_does_nothing(desk, workspace, act):
    if act in {
        "withdraw",
        "photos-added",
    }:  # the one is tried by itself, the other reads nothing and only shows
        return
    for odd in ODD_VALUES:
        asked = dict.fromkeys(("measure", "photo", "status", "result", "revision", "day", "cost"), odd)
        assert 'class="fault"' in review.act(desk, {"act": act, **asked}, "/oversyner/1", PLANNER)
    for path in ("/oversyner/text", f"/oversyner/{10**30}", "/oversyner/", "/", None):
        review.act(desk, {"act": act}, path, PLANNER)
    review.act(desk, ["no", "form"], "/oversyner/1", PLANNER)
    assert len(open_register(workspace).reviews.all()) == 1


@pytest.mark.parametrize("field", [*FORM, "cost-1", "at-place", "road_keeper"])
def test_an_odd_value_in_the_form_of_a_review_is_answered(desk, workspace, field):
    for odd in ODD_VALUES:
        answer = review_form.take_review(desk, {**FORM, "result": "measures", field: odd}, PLANNER)
        assert answer["fault"].endswith((".", "?"))
    assert len(open_register(workspace).reviews.all()) == 1


@pytest.mark.parametrize(
    "field", ["entry", "kind", "day", "start", "end", "place", "parties", "activity", "checked"]
)
def test_an_odd_value_in_the_form_of_the_log_is_answered(desk, workspace, field):
    before = count(workspace)
    typed = {"do": "log", "entry": "odd", "kind": "other", "day": "2026-02-06", "start": "08:00"}
    for odd in (*ODD_VALUES, "9999-12-31", "0001-01-01", str(10**30)):
        # Without the parties nothing is kept, whatever the other field makes of the value.
        answer = answered(desk, {**typed, "parties": "spöken", field: odd}, "", Action.LOG_WORK, log_work)
        assert (answer["ok"], bool(answer["fault"])) == (False, True)
    assert count(workspace) == before


@pytest.mark.parametrize("body", [b"[" * 60_000, b'{"a":' * 10_000, b"\xff\xfe", b"NaN", b"1" * 5_000])
def test_a_body_that_is_no_entry_is_told_so(client, body):
    got = client.post("/pass/logg.json", data=body, content_type="application/json")
    assert (got.status_code, got.json["code"]) == (400, "entry_unreadable")


def chunked(address, path, chunks, **headers):
    """Send a body whose length nobody says, piece by piece."""
    line = http.client.HTTPConnection(*address, timeout=60)
    line.request("POST", path, body=iter(chunks), headers=headers, encode_chunked=True)
    got = line.getresponse()
    said = got.status, json.loads(got.read())
    line.close()
    return said


def test_a_body_that_says_no_length_is_counted_as_it_comes(address, workspace):
    form = {"Content-Type": "application/json"}
    sent = json.dumps(entry(note="utan längd")).encode()
    before, _ = count(workspace)
    status, said = chunked(address, "/pass/logg.json", [sent[:40], sent[40:]], **form)
    assert (status, said["code"]) == (200, "kept")
    large = json.dumps(entry(note="x" * 70_000)).encode()
    status, said = chunked(address, "/pass/logg.json", [large], **form)
    assert (status, said["code"]) == (400, "entry_large")
    assert count(workspace)[0] == before + 1


def test_a_photo_that_says_no_length_has_the_photos_own_limit(address, desk, monkeypatch):
    path = f"/oversyner/1/foto{PLANNER}"
    content = photo()
    assert chunked(address, path, [content[:100], content[100:]])[1]["code"] == "kept"
    monkeypatch.setattr("geodata.store.photos.LARGEST_BYTES", 1_000_000)
    status, said = chunked(address, path, [b"\xff" * 400_000] * 3)
    assert (status, said["code"]) == (200, "photo_too_large")
    assert said["sentence"] == "Bilden är för stor. Högst 1 MB får plats."
