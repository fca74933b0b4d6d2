"""A pass on a telephone: two taps to write down a stop, without coverage too, and nothing twice."""

import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from conftest import SWEDISH, serving

from dashboard.field.day import working_day_of
from etl.pipeline import run
from etl.synthetic.town import make_town
from geodata.crs import WGS84, to_working
from geodata.promises.activity import CarType, Party
from geodata.promises.doubles import doubles
from geodata.store.register import Register
from geodata.targeting.slot import SlotStatus

sys.path.insert(0, str(Path(__file__).parents[1] / "dashboard" / "field"))
from planned import keep_plan, slot

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PHONE = {
    **SWEDISH,
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "permissions": ["geolocation"],
    "geolocation": {"latitude": 58.9, "longitude": 13.3, "accuracy": 12},
}
LONG = 60_000
THUMB_PX = 48
WAITS = "1 väntar på att skickas"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    from geodata.analyses.ground import open_ground

    made = tmp_path_factory.mktemp("pass")
    make_town(made, size="small", seed=1)
    run(made)
    day = working_day_of(datetime.now(ZoneInfo("Europe/Stockholm")))
    places = open_ground(made).places
    keep_plan(made, [slot(places[number % 2], 420 + 30 * number, day=day) for number in range(8)])
    return made


@pytest.fixture(scope="module")
def address(workspace, tmp_path_factory):
    with serving(workspace, tmp_path_factory.mktemp("serve") / "log") as served:
        yield served


@pytest.fixture
def telephone(browser, address):
    """Open telephones, each with storage of its own."""
    contexts = []

    def open_one(**more):
        context = browser.new_context(**{**PHONE, **more})
        contexts.append(context)
        page = context.new_page()
        # Whether a time hours from the stop's is right is asked: it depends on when the test is run.
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(f"{address}/pass")
        page.locator(".stop").first.wait_for(timeout=LONG)
        # From here on the page opens without coverage too.
        page.wait_for_function(
            "async () => (await (await caches.open('problembild-pass')).keys())"
            ".some((one) => new URL(one.url).pathname === '/assets/field/pass.js')",
            timeout=LONG,
        )
        return context, page

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def register(workspace):
    opened = Register(workspace / "store", municipality_code="9999", working_crs=3006)
    yield opened
    opened.close()


def card(page, number):
    return page.locator(".stop", has=page.locator(".number", has_text=str(number)))


def write_down(page, number):
    card(page, number).get_by_role("button", name="Klart").tap()
    page.get_by_role("button", name="Spara").tap()
    page.locator("#form").wait_for(state="hidden")


def of_slot(register, number):
    slots = register.plans.slots()
    return [one for one in register.log.entries() if one.slot_id == slots[number - 1].slot_id]


def test_two_taps_write_down_a_stop_where_the_telephone_stands(telephone, register):
    _, page = telephone()
    card(page, 1).get_by_role("button", name="Klart").tap()
    page.locator("#form", has_text="Telefonens plats, inom 12 m").wait_for()
    page.locator("label", has_text="Telefonens plats").tap()
    page.get_by_role("button", name="Spara").tap()
    card(page, 1).locator(".outcome", has_text="✓ Klart").wait_for()
    page.locator("#state", has_text="Skickat.").wait_for()
    assert page.locator(".waiting").count() == 0
    (found,) = of_slot(register, 1)
    assert found.car is CarType.UNMARKED
    assert found.parties == {Party.POLICE}
    x, y = to_working([13.3], [58.9], source=WGS84, working=3006)
    assert (found.x, found.y) == pytest.approx((x[0], y[0]), abs=1)
    assert register.plans.slots()[0].status is SlotStatus.DONE


def test_without_coverage_it_waits_through_a_reload_and_is_sent_later(telephone, register):
    context, page = telephone()
    context.set_offline(True)
    write_down(page, 2)
    page.get_by_text(WAITS).wait_for()
    page.get_by_text("Ingen täckning.").wait_for()
    assert of_slot(register, 2) == []
    page.reload()
    page.get_by_text(WAITS).wait_for(timeout=LONG)
    card(page, 2).locator(".outcome", has_text="väntar på att skickas").wait_for()
    context.set_offline(False)
    page.get_by_text(WAITS).wait_for(state="detached", timeout=LONG)
    card(page, 2).locator(".outcome", has_text="✓ Klart").wait_for()
    assert len(of_slot(register, 2)) == 1


def test_two_telephones_one_without_coverage_lose_nothing_and_count_once(telephone, register):
    away_context, away = telephone()
    _, near = telephone()
    away_context.set_offline(True)
    write_down(away, 3)
    away.get_by_text(WAITS).wait_for()
    write_down(near, 3)
    near.locator("#state", has_text="Skickat.").wait_for()
    away_context.set_offline(False)
    away.get_by_text(WAITS).wait_for(state="detached", timeout=LONG)
    found = of_slot(register, 3)
    assert len(found) == 2
    assert len(doubles(found)) == 1
    assert register.plans.slots()[2].status is SlotStatus.DONE


def test_signed_out_it_is_kept_and_told_and_the_day_is_taken_away(telephone, register):
    context, page = telephone()
    context.set_offline(True)
    write_down(page, 4)
    page.get_by_text(WAITS).wait_for()
    page.route("**/pass/*.json*", lambda route: route.fulfill(status=401, json={"code": "not_signed_in"}))
    context.set_offline(False)
    page.get_by_text("Du är utloggad.").wait_for(timeout=LONG)
    assert page.get_by_role("link", name="Logga in").get_attribute("href") == "/logga-in?till=%2Fpass"
    assert page.locator(".stop").count() == 0
    page.get_by_text(WAITS).wait_for()
    assert of_slot(register, 4) == []
    page.unroute("**/pass/*.json*")
    page.reload()
    page.locator("#state", has_text="Skickat.").wait_for(timeout=LONG)
    assert len(of_slot(register, 4)) == 1


def test_a_network_that_answers_in_the_servers_place_takes_nothing_away(telephone, register):
    _, page = telephone()
    page.route("**/pass/logg.json*", lambda route: route.fulfill(content_type="text/html", body="<p>Betala"))
    write_down(page, 5)
    page.get_by_text("Servern svarar inte som den ska.").wait_for()
    page.get_by_text(WAITS).wait_for()
    page.unroute("**/pass/logg.json*")
    page.reload()
    page.locator("#state", has_text="Skickat.").wait_for(timeout=LONG)
    assert len(of_slot(register, 5)) == 1


def test_what_the_server_will_not_have_stays_with_its_reason(telephone):
    _, page = telephone()
    page.route(
        "**/pass/logg.json*",
        lambda route: route.fulfill(
            status=409, json={"code": "log_key_taken", "sentence": "Den finns redan."}
        ),
    )
    write_down(page, 6)
    page.get_by_text("Kunde inte tas emot: Den finns redan.").wait_for()
    page.reload()
    page.get_by_text("Kunde inte tas emot: Den finns redan.").wait_for(timeout=LONG)
    page.get_by_role("button", name="Släng").tap()
    page.locator(".waiting").wait_for(state="detached")


def test_what_was_done_at_a_place_that_was_retired_is_kept_without_it(telephone, register):
    _, page = telephone()
    page.route(
        "**/pass/logg.json*",
        lambda route: route.fulfill(
            status=400, json={"code": "log_place_retired", "sentence": "Torget togs ur bruk."}
        ),
    )
    page.get_by_role("button", name="Annat än passet").tap()
    page.locator("#field-place").select_option(index=1)
    name = page.locator("#field-place option:checked").inner_text().split(",")[0]
    page.get_by_role("button", name="Spara").tap()
    page.get_by_text("Kunde inte tas emot: Torget togs ur bruk.").wait_for()
    page.unroute("**/pass/logg.json*")
    page.get_by_role("button", name="Spara utan plats").tap()
    page.locator("#state", has_text="Skickat.").wait_for(timeout=LONG)
    found = [one for one in register.log.entries() if one.slot_id is None]
    assert [one.place_id for one in found] == [None]
    assert name.split(" (")[0] in found[0].note


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_every_target_is_for_a_thumb_and_axe_has_nothing_to_say(telephone, theme):
    _, page = telephone()
    page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
    page.evaluate(AXE.read_text(encoding="utf-8"))

    def look():
        told = page.evaluate("rules => axe.run(document, rules)", RULES)
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in told["violations"]] == []
        targets = page.locator("button:visible, a:visible, select:visible, .choices label:visible").all()
        assert min(round(one.bounding_box()["height"]) for one in targets) >= THUMB_PX

    look()
    page.get_by_role("button", name="Annat än passet").tap()
    page.locator("#form", has_text="Telefonens plats, inom").wait_for()
    look()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_an_odd_time_is_asked_about_and_a_stop_told_missed_can_be_undone(telephone, register):
    _, page = telephone()
    asked = []
    page.on("dialog", lambda dialog: asked.append(dialog.message))
    card(page, 7).get_by_role("button", name="Klart").tap()
    for field in ("from", "to"):
        page.locator(f"#field-{field}").fill("05:05")
    page.get_by_role("button", name="Spara").tap()
    page.locator("#form").wait_for(state="hidden")
    assert asked == ["Från och Till är samma klockslag, 05.05. Stämmer tiden?"]
    card(page, 8).get_by_role("button", name="Blev inte av").tap()
    gone = page.locator("#stops .part", has_text="Blev inte av")
    gone.wait_for(timeout=LONG)
    assert register.plans.slots()[7].status is SlotStatus.MISSED
    page.get_by_role("button", name="Ångra").tap()
    gone.wait_for(state="detached", timeout=LONG)
    card(page, 8).get_by_role("button", name="Klart").wait_for()
    assert register.plans.slots()[7].status is SlotStatus.PLANNED
