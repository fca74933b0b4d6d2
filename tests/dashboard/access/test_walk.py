"""Every entry of the server has a rule, and the rule holds for every role: routes, callbacks and pages, all of them."""

import json

import pytest
from closed_site import HTTPS, Browser

from dashboard.access.actions import ALLOWED, Action
from dashboard.access.audiences import WORD_OF
from dashboard.access.guard import DOCUMENTS, callback_name
from dashboard.access.roles import LOOKS_AS, Role
from dashboard.access.rules import CALLBACK_ROUTE, CALLBACKS, PAGE_RULES, ROUTES, Door
from dashboard.pages import PAGES
from geodata.privacy import Audience

PATHS = {
    "map": "/",
    "places": "/platser",
    "place": "/platser/1",
    "overview": "/oversikt",
    "picture": "/bilden",
    "week": "/veckan",
    "promises": "/loften",
    "promise": "/loften/prov",
    "promise_new": "/loften/nytt",
    "promise_change": "/loften/prov/andra",
    "promise_activity": "/loften/prov/ny-aktivitet",
    "work_log": "/loggbok",
    "effect": "/effekt",
    "heard": "/horda",
    "dialogues": "/dialoger",
    "dialogue": "/dialoger/prov",
    "dialogue_new": "/dialoger/ny",
    "reports": "/rapporter",
    "sources": "/underlag",
    "entry": "/inmatning",
    "queue": "/ko",
    "links": "/dubbletter",
    "reviews": "/oversyner",
    "review": "/oversyner/1",
    "review_form": "/oversyner/ny",
    "review_edit": "/oversyner/1/andra",
    "place_edit": "/platser/1/andra",
    "planning": "/planen",
}
VALUES = {
    "path": "hej",
    "filename": "10-ground.css",
    "package_name": "dash",
    "fingerprinted_path": "dcc/dash_core_components.js",
    "form": "geojson",
    "key": "prov",
    "review_id": "1",
    "photo_id": "1",
    "document_id": "1",
}
REFUSED = {401, 403}

MAY = {
    Role.PUBLIC: {Action.LOOK},
    Role.COUNCIL: {Action.LOOK},
    Role.PLANNER: {
        Action.LOOK,
        Action.READ_RECORDS,
        Action.READ_REJECTED,
        Action.WORK_PASSES,
        Action.REVIEW,
        Action.EDIT_REVIEWS,
        Action.EDIT_PLACES,
        Action.MARK_STOPS,
        Action.PLAN_ACTIONS,
        Action.LOG_WORK,
    },
    Role.POLICE: {
        Action.LOOK,
        Action.READ_RECORDS,
        Action.READ_REJECTED,
        Action.KEY_IN,
        Action.WORK_PASSES,
        Action.REVIEW,
        Action.MARK_STOPS,
        Action.PLAN_ACTIONS,
        Action.LOG_WORK,
        Action.PLAN_PATROLS,
        Action.SET_FOCUS,
    },
    Role.COORDINATOR: set(Action) - {Action.PLAN_PATROLS},
    Role.ADMINISTRATOR: set(Action) - {Action.PLAN_PATROLS},
}
"""Written by hand, so that a slip in the data is seen."""


def rules(app):
    return list(app.server.url_map.iter_rules())


def server_callbacks(app):
    Browser(app).get("/healthz")  # Dash gathers its callbacks at the first request
    return {name: callback for name, callback in app.callback_map.items() if callback.get("callback")}


def address_of(rule, word):
    values = {**VALUES, "word": word, "name": "0-0-0"}
    built = rule.rule
    for argument in rule.arguments:
        for kind in ("string:", "path:", "int:", ""):
            built = built.replace(f"<{kind}{argument}>", values[argument])
    return built


def test_every_route_has_a_rule_and_every_rule_a_route(app):
    assert {rule.endpoint for rule in rules(app)} == set(ROUTES)


def test_every_callback_has_a_rule_and_every_rule_a_callback(app):
    names = [callback_name(output) for output in server_callbacks(app)]
    assert sorted(names) == sorted(CALLBACKS)
    assert len(names) == len(set(names))


def test_every_page_has_a_rule_and_every_rule_a_page():
    assert {page.name for page in PAGES} == set(PAGE_RULES) == set(PATHS)


def test_every_action_says_for_whom():
    assert set(ALLOWED) == set(Action)


@pytest.mark.parametrize("role", Role)
def test_what_each_role_may_do(role):
    may = {action for action in Action if any(one in ALLOWED[action] for one in LOOKS_AS[role])}
    assert may == MAY[role]


def test_a_role_only_narrows_what_it_sees():
    for role, looks_as in LOOKS_AS.items():
        assert Audience.PUBLIC in looks_as
        assert role is Role.POLICE or Audience.POLICE not in looks_as
        assert role is Role.PLANNER or Audience.PLANNER not in looks_as


@pytest.mark.parametrize("role", Role)
def test_every_route_for_every_role(app, signed_in, role):
    browser, word = signed_in[role], WORD_OF[LOOKS_AS[role][0]]
    answered = {}
    for rule in rules(app):
        if rule.endpoint in {"sign_in", "sign_out", CALLBACK_ROUTE}:
            continue  # these change something; they are tried by themselves
        send = browser.post if "POST" in rule.methods and "GET" not in rule.methods else browser.get
        answered[rule.endpoint] = send(address_of(rule, word)).status_code not in REFUSED
    asked = {endpoint: ROUTES[endpoint] for endpoint in answered}
    assert answered == {
        endpoint: isinstance(rule, Door) or rule in MAY[role] for endpoint, rule in asked.items()
    }


def test_every_route_for_nobody(app, browser):
    for rule in rules(app):
        if rule.endpoint == "sign_in":
            continue
        for method in rule.methods - {"OPTIONS", "HEAD"}:
            got = browser.client.open(address_of(rule, "polis"), base_url=HTTPS, method=method, buffered=True)
            if ROUTES[rule.endpoint] is Door.OPEN:
                assert got.status_code in {200, 404}, rule.endpoint
            elif rule.endpoint in DOCUMENTS:
                assert got.status_code == 303
                assert got.headers["Location"].startswith("/logga-in?till=/")
            else:
                assert got.status_code == 401, rule.endpoint
            assert b"Exempelstad" not in got.data


@pytest.mark.parametrize("role", Role)
def test_every_callback_for_every_role(app, signed_in, role):
    browser = signed_in[role]
    answered = {
        callback_name(output): browser.callback(output).status_code not in REFUSED
        for output in server_callbacks(app)
    }
    assert answered == {name: rule in MAY[role] for name, rule in CALLBACKS.items()}


def test_every_callback_for_nobody(app, browser):
    for output in server_callbacks(app):
        assert browser.callback(output).status_code == 401


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("page", sorted(PATHS))
def test_every_page_for_every_role(signed_in, role, page):
    got = signed_in[role].frame(PATHS[page])
    assert got.status_code == 200
    refused = (
        "Det här visas inte för dem du ser sidan som"
        in json.loads(got.text)["response"]["page"]["children"].__str__()
    )
    assert refused == (PAGE_RULES[page] not in MAY[role])


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("audience", Audience)
def test_an_address_chooses_among_what_the_role_may_look_as(signed_in, role, audience):
    browser, word = signed_in[role], WORD_OF[audience]
    may = audience in LOOKS_AS[role]
    shown = json.loads(browser.frame("/", f"?som={word}").text)["response"]["shown"]["data"]
    assert (shown["key"] == "error not_looks_as") != may
    assert browser.get(f"/map/{word}/ground.json").status_code == (200 if may else 403)
    assert browser.get(f"/karta.html?som={word}").status_code == (200 if may else 403)


@pytest.mark.parametrize("role", Role)
def test_without_a_word_one_looks_as_oneself(signed_in, role):
    header = json.dumps(json.loads(signed_in[role].frame("/").text)["response"]["header"], ensure_ascii=False)
    own = {"police": "Polis", "planner": "Planerare", "coordinator": "Samordnare", "council": "Nämnd"}
    known = own.get(str(LOOKS_AS[role][0]))
    assert known is None or f'"children": "{known}"' in header
    assert ("Visa som" in header) == (len(LOOKS_AS[role]) > 1)


def test_what_has_no_rule_is_shut(app, signed_in):
    browser = signed_in[Role.ADMINISTRATOR]
    assert browser.callback("nobody.thought").status_code == 403
    for body in ({}, [], "x", {"output": None}, {"output": ["header.children"]}):
        assert browser.post("/_dash-update-component", json=body).status_code == 403
    assert (
        browser.post("/_dash-update-component", data="{", content_type="application/json").status_code == 403
    )


def test_looking_as_another_one_does_no_more_than_they(signed_in):
    browser = signed_in[Role.COORDINATOR]
    assert browser.post("/underlag/filer?namn=a.csv&som=namnd", data=b"x").status_code == 403
    assert browser.get("/underlag/avvisade.zip?som=allmanhet").status_code == 403
