"""The wired dashboard over a real small workspace: what it serves, whom it answers, what it says when it can't."""

import json
import re
import shutil
from threading import Event

import pytest

from dashboard import answers
from dashboard.app import create_app
from dashboard.desk import Desk
from dashboard.pages import PAGES
from dashboard.pages import map as map_page
from dashboard.pages.visit import receive
from dashboard.settings import Settings
from dashboard.shell import show
from geodata.hotspots.methods import METHODS

LOCAL = "http://127.0.0.1:8050"


@pytest.fixture(scope="module")
def client(small_workspace):
    return create_app(Settings(workspace=small_workspace)).server.test_client()


@pytest.fixture
def visit(small_workspace):
    def at(path, search=""):
        return receive(Desk(small_workspace), path, search)

    return at


def text_of(component):
    return json.dumps(
        component.to_plotly_json(), default=lambda one: one.to_plotly_json(), ensure_ascii=False
    )


def test_the_document_speaks_the_language_of_the_address(client):
    assert '<html lang="sv">' in client.get("/", base_url=LOCAL).text
    assert '<html lang="en">' in client.get("/?sprak=en", base_url=LOCAL).text
    assert '<html lang="sv">' in client.get('/?sprak="><script>', base_url=LOCAL).text


def test_nothing_may_be_loaded_from_elsewhere(client):
    policy = client.get("/", base_url=LOCAL).headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-eval" not in policy
    assert re.search(r"script-src 'self' 'sha256-[^']+'(;| 'sha256)", policy)
    assert "http" not in policy


def test_the_document_names_no_other_host_as_a_source(client):
    page = client.get("/", base_url=LOCAL).text
    assert re.findall(r'(?:src|href)="(?!/)', page) == []


@pytest.mark.parametrize("host", ["http://evil.example", "http://192.168.1.4:8050"])
def test_a_foreign_name_is_not_answered(client, host):
    assert client.get("/", base_url=host).status_code == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "http://127.0.0.1:1", "null"])
def test_nothing_is_taken_from_a_page_of_another_site(client, origin):
    sent = client.post("/_dash-update-component", base_url=LOCAL, headers={"Origin": origin}, json={})
    assert sent.status_code == 403


def test_it_says_that_it_lives(client):
    assert client.get("/healthz", base_url=LOCAL).status_code == 200


@pytest.mark.parametrize("path", ["/", "/platser", "/underlag"])
def test_each_page_has_a_frame_a_title_and_a_body(small_workspace, path):
    header, body, shown = show(Desk(small_workspace), path=path, search="", shown=None)
    said = json.dumps([one.to_plotly_json() for one in header], default=lambda one: one.to_plotly_json())
    assert "Exempelstad finns inte" in said
    assert body is not None
    assert shown["title"].endswith("– Exempelstad – Problembild")


def test_a_page_that_follows_the_address_by_itself_is_let_stand(small_workspace):
    def look(search, shown):
        return show(Desk(small_workspace), path="/", search=search, shown=shown)

    _, _, shown = look("", None)
    _, same, again = look("?vad=traffic", shown)
    assert again == shown
    assert not hasattr(same, "children")
    _, other, _ = look("?sprak=en", shown)
    assert hasattr(other, "children")


@pytest.mark.parametrize(
    ("path", "search", "words"),
    [
        ("/hej", "", "Sidan finns inte."),
        ("/platser/999999", "", "Platsen finns inte."),
        ("/", "?fran=2025-02-30", "Adressen säger fran=2025-02-30"),
        ("/", "?fran=2025-02-02&till=2025-01-01", "Perioden slutar (2025-01-01) innan den börjar"),
        ("/", "?vad=enhorningar", "Det finns inget problem som heter enhorningar."),
    ],
)
def test_what_can_not_be_shown_says_why_and_what_to_do(small_workspace, path, search, words):
    _, body, _ = show(Desk(small_workspace), path=path, search=search, shown=None)
    said = text_of(body)
    assert words in said
    assert '"href": "/"' in said


def test_an_address_that_can_not_be_read_is_said_in_the_language_it_asks_for(small_workspace):
    _, body, shown = show(
        Desk(small_workspace),
        path="/",
        search="?tid=sju&sprak=en",
        shown=None,
    )
    assert "The address says tid=sju" in text_of(body)
    assert shown["language"] == "en"


def test_before_the_first_import_it_says_what_to_do(tmp_path, small_workspace):
    shutil.copy(small_workspace / "problembild.toml", tmp_path)
    _, body, _ = show(Desk(tmp_path), path="/", search="", shown=None)
    assert "Kör problembild import" in text_of(body) or "kör problembild import" in text_of(body)


def test_the_map_page_answers_with_words_and_a_payload(visit):
    sentence, basis, summary, beside, legend, payload, whole = map_page.answer(visit("/"), dark=False)
    assert sentence.endswith(".")
    assert "Bygger på" in basis
    assert summary.startswith("Hela tiden")
    assert "Platser i ordning" in beside
    assert "Spara kartan som fil" in legend
    assert payload["places"]["features"]
    json.dumps(payload)
    assert whole


def test_a_slow_method_is_awaited_aloud_and_then_stands_there(visit, monkeypatch):
    address = "?metod=clusters&lager=omraden&strom=hander"
    monkeypatch.setattr(answers, "PATIENCE_S", 0)
    go_on = Event()
    find = answers.find_hotspots

    def slow(ground, selection, *, method):
        if method == "clusters":
            go_on.wait(30)
        return find(ground, selection, method=method)

    monkeypatch.setattr(answers, "find_hotspots", slow)
    sentence, _, _, beside, legend, payload, whole = map_page.answer(visit("/", address), dark=False)
    assert "Inget att peka ut" not in beside
    assert "Getis" not in legend
    assert sentence == "Räknar: hopar sig. Det kan ta en halv minut, och svaret kommer av sig självt."
    assert (payload["areas"]["features"], whole) == ([], False)
    go_on.set()
    monkeypatch.setattr(answers, "PATIENCE_S", 30)
    sentence, *_, whole = map_page.answer(visit("/", address), dark=False)
    assert (sentence.startswith("Räknar"), whole) == (False, True)


@pytest.mark.parametrize("method", METHODS)
def test_every_method_says_what_it_found_and_how(visit, method):
    *_, legend, payload, whole = map_page.answer(visit("/", f"?metod={method}"), dark=False)
    assert whole
    assert method in legend
    json.dumps(payload, allow_nan=False)


@pytest.mark.parametrize("som", ["namnd", "allmanhet"])
def test_who_sees_places_alone_is_offered_no_method_and_no_layers(visit, som):
    asked = visit("/", f"?som={som}&metod=count&lager=omraden")
    assert asked.address.filters_dropped
    assert "metod" not in text_of(map_page.layout(asked))
    *_, legend, payload, _ = map_page.answer(asked, dark=False)
    assert payload["areas"]["features"] == []
    assert "Gi*" not in legend
    assert "metod" in text_of(map_page.layout(visit("/")))


def test_an_opened_place_stands_beside_the_map(visit):
    place = visit("/").ground.places[0]
    _, _, _, beside, _, payload, _ = map_page.answer(visit("/", f"?plats={place.place_id}"), dark=True)
    assert f"<h2>{place.name}</h2>" in beside
    assert payload["selected"] == {"kind": "place", "id": place.place_id}


def test_a_place_that_is_gone_leaves_the_map_standing(visit):
    _, _, _, beside, _, _, _ = map_page.answer(visit("/", "?plats=99999"), dark=False)
    assert "Platsen finns inte." in beside


@pytest.mark.parametrize("som", ["polis", "planerare", "samordnare", "namnd", "allmanhet"])
@pytest.mark.parametrize("sprak", ["sv", "en"])
def test_every_page_opens_for_every_audience_in_both_languages(visit, som, sprak):
    search = f"?som={som}&sprak={sprak}"
    place = visit("/").ground.places[0].place_id
    paths = {"map": "/", "places": "/platser", "place": f"/platser/{place}", "sources": "/underlag"}
    assert set(paths) <= {page.name for page in PAGES}
    for page in PAGES:
        if page.name in paths:
            assert page.layout(visit(paths[page.name], search)) is not None
    assert map_page.answer(visit("/", search), dark=False)[0]


def test_the_council_gets_no_quotes_no_points_and_no_cells(visit):
    place = visit("/").ground.places[0].place_id
    answer = map_page.answer(visit("/", f"?som=namnd&plats={place}"), dark=False)
    assert 'class="quote"' not in answer[3]
    assert answer[5]["cells"] == {}
    assert answer[5]["observations_url"] is None


def test_rejected_rows_are_for_staff_alone(client, visit):
    name = next(file.file for file in visit("/").ground.snapshot.report.files if file.rejections)
    got = client.get(f"/underlag/avvisade.csv?fil={name}&som=planerare", base_url=LOCAL)
    assert got.status_code == 200
    assert got.text.splitlines()[0] == "\N{BYTE ORDER MARK}Fil;Rad;Kolumn;Värde;Orsak"
    assert got.headers["Content-Disposition"].startswith("attachment")
    for audience in ("namnd", "allmanhet"):
        refused = client.get(f"/underlag/avvisade.csv?fil={name}&som={audience}", base_url=LOCAL)
        assert refused.status_code == 403
        assert refused.text == "Det här visas inte för dem du ser sidan som. Byt under Visa som."
    assert client.get("/underlag/avvisade.csv?fil=../../etc/passwd", base_url=LOCAL).status_code == 404


def test_an_address_that_can_not_be_read_is_refused_in_words(client):
    refused = client.get("/karta.html?tid=sju&sprak=en", base_url=LOCAL)
    assert refused.status_code == 400
    assert refused.text.startswith("The address says tid=sju")


def test_the_map_can_be_saved_as_one_file(client):
    got = client.get("/karta.html", base_url=LOCAL)
    assert got.status_code == 200
    assert "filename=problembild-karta.html" in got.headers["Content-Disposition"]
    assert "Exempelstad" in got.text


@pytest.mark.parametrize(
    ("address", "language"),
    [("/map/finnsinte/ground.json", "sv"), ("/map/polis/tiles/x.pmtiles?sprak=en", "en")],
)
def test_what_is_not_there_says_so_in_words(client, address, language):
    answer = client.get(address, base_url=LOCAL)
    assert (answer.status_code, answer.json["code"]) == (404, "no_page")
    assert answer.json["sentence"] == {"sv": "Sidan finns inte.", "en": "There is no such page."}[language]


@pytest.mark.parametrize(
    ("fault", "word"),
    [
        (PermissionError(13, "Permission denied", "hemlig.csv"), "Permission denied"),
        (KeyError("hemlig"), "KeyError"),
    ],
)
def test_a_fault_of_the_program_says_so_in_words_and_tells_nothing_of_the_files(
    small_workspace, monkeypatch, caplog, fault, word
):
    def breaks(*_args, **_more):
        raise fault

    client = create_app(Settings(workspace=small_workspace)).server.test_client()
    monkeypatch.setattr("dashboard.downloads.rejected_zip", breaks)
    answer = client.get("/underlag/avvisade.zip?som=samordnare", base_url=LOCAL)
    assert answer.status_code == 500
    assert "fel i programmet" in answer.text
    assert word in answer.text
    assert "hemlig" not in answer.text + caplog.text
    monkeypatch.setattr("dashboard.shell.require_action", breaks)
    _, body, now = show(Desk(small_workspace), path="/underlag", search="?som=samordnare", shown=None)
    assert "fel i programmet" in text_of(body)
    assert now["key"] == f"error {type(fault).__name__}"


@pytest.mark.parametrize(("search", "heading"), [("", "Det gick inte"), ("?sprak=en", "It did not work")])
def test_a_callback_that_fails_says_so_and_no_more(client, monkeypatch, caplog, search, heading):
    def broken(*_arguments, **_named):
        raise KeyError("070-123 45 67 Anna Svensson")

    monkeypatch.setattr("dashboard.pages.places.stretches", broken)
    table = {"into": "places-stretches", "type": "fragment"}
    asked = {
        "output": f"..stretches-heading.children...{json.dumps(table, separators=(',', ':'))}.data..",
        "outputs": [
            {"id": "stretches-heading", "property": "children"},
            {"id": table, "property": "data"},
        ],
        "inputs": [{"id": "address", "property": "search", "value": search}],
        "changedPropIds": ["address.search"],
    }
    answer = client.post("/_dash-update-component", base_url=LOCAL, headers={"Origin": LOCAL}, json=asked)
    assert answer.status_code == 200
    assert heading in answer.text
    assert "KeyError" in answer.text
    assert json.loads(answer.text)["response"] == {}  # what stands there is let stand
    assert "Svensson" not in answer.text + caplog.text
    assert "stretches-heading" in caplog.text
