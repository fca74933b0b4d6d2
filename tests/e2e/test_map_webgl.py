"""The map in WebGL: painted, filtered, clicked, reached by keyboard, and nothing asked of another host."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

PAINTED_MS = 90_000
FLIGHT_MS = 700


def painted(page: Page) -> int:
    """Wait until the map stands; return how often it was painted."""
    stage = page.locator(".map-stage[data-painted]")
    stage.wait_for(timeout=PAINTED_MS)
    return int(stage.get_attribute("data-painted"))


def painted_after(page: Page, turn: int) -> None:
    """Wait until the map was painted again."""
    expect(page.locator(".map-stage")).not_to_have_attribute("data-painted", str(turn), timeout=PAINTED_MS)


def nearer(page: Page, steps: int) -> None:
    """Zoom in by the button, and let each flight end."""
    for _ in range(steps):
        page.get_by_role("button", name="Zooma in").click()
        page.wait_for_timeout(FLIGHT_MS)


@pytest.fixture(scope="module")
def map_page(browser, open_shared_page, site):
    """One map that the tests share; each leaves it standing and asks only for what it does itself."""
    page = open_shared_page(browser)
    page.goto(site)
    painted(page)
    return page


def badge(page: Page, number: int):
    return page.locator("button.map-place", has_text=re.compile(rf"^{number}$"))


def test_it_is_the_map_in_webgl_with_places_as_buttons(map_page):
    expect(map_page.locator(".map-stage canvas")).to_be_visible()
    expect(map_page.locator(".map-drawn")).to_have_count(0)
    assert map_page.locator("button.map-place").count() > 10
    assert re.match(r"1 .+, .+, .+", badge(map_page, 1).get_attribute("aria-label"))


def test_the_edges_say_scale_north_and_sources_in_swedish(map_page):
    expect(map_page.locator(".map-scale")).to_have_text(re.compile(r"^\d+ k?m$"))
    expect(map_page.get_by_role("img", name="Norr är uppåt")).to_be_visible()
    expect(map_page.locator(".map-sources")).to_contain_text("Exempelstad")
    for name in ("Zooma in", "Zooma ut", "Visa hela orten"):
        expect(map_page.get_by_role("button", name=name)).to_be_visible()


def test_a_place_can_be_opened_by_mouse_and_without(map_page):
    turn = painted(map_page)
    first = badge(map_page, 1).get_attribute("data-place")
    badge(map_page, 1).click()
    expect(map_page).to_have_url(re.compile(rf"plats={first}\b"))
    expect(map_page.locator(f'button.map-place[data-place="{first}"]')).to_have_attribute(
        "aria-pressed", "true"
    )
    painted_after(map_page, turn)
    turn = painted(map_page)
    second = badge(map_page, 2).get_attribute("data-place")
    badge(map_page, 2).focus()
    map_page.keyboard.press("Enter")
    expect(map_page).to_have_url(re.compile(rf"plats={second}\b"))
    expect(map_page.locator(f'button.map-place[data-place="{first}"]')).to_have_attribute(
        "aria-pressed", "false"
    )
    painted_after(map_page, turn)


def test_another_theme_and_another_filter_repaint_the_same_map(map_page):
    canvas = map_page.locator(".map-stage canvas").element_handle()
    was_dark = map_page.locator(".map-stage.map-dark").count()
    turn = painted(map_page)
    map_page.locator("#dark").click()
    expect(map_page.locator(".map-stage.map-dark")).to_have_count(1 - was_dark, timeout=PAINTED_MS)
    painted_after(map_page, turn)
    turn = painted(map_page)
    map_page.locator("details.filters > summary").click()
    map_page.get_by_label("Säger – enkätsvar").uncheck()
    expect(map_page).to_have_url(re.compile("strom=ser,hander"))
    painted_after(map_page, turn)
    assert map_page.evaluate("canvas => canvas.isConnected", canvas)


def test_a_link_opens_its_place_and_no_other_host_is_asked_for_anything(page, site, foreign_requests):
    own = []
    page.on("response", lambda response: own.append((response.status, response.url)))
    page.goto(f"{site}/?plats=2")
    painted(page)
    chosen = page.locator('button.map-place[data-place="2"]')
    expect(chosen).to_have_attribute("aria-pressed", "true")
    expect(chosen).to_be_in_viewport()
    nearer(page, 1)
    page.locator(".map-stage[data-records]").wait_for()
    assert foreign_requests == []
    for part in ("/map/polis/tiles/", "/fonts/noto-sans-latin-", "/observations.json?", "maplibre-worker.js"):
        assert any(part in url for _, url in own), part
    assert [(status, url) for status, url in own if status >= 400] == []


def test_what_a_record_says_is_text_and_never_markup(page, site):
    hostile = '<img src=x onerror="window.bitten=1"><b>Fart</b>'

    def one_in_the_middle(route, request):
        box = re.search(r"bounds=([^&]+)", request.url)[1].split(",")
        west, south, east, north = (float(part) for part in box)
        feature = {
            "type": "Feature",
            "properties": {"stream": "survey", "title": hostile, "when": "3 mars 2026"},
            "geometry": {"type": "Point", "coordinates": [(west + east) / 2, (south + north) / 2]},
        }
        answer = {"type": "FeatureCollection", "features": [feature], "limited": True}
        route.fulfill(status=200, content_type="application/json", body=json.dumps(answer))

    page.route("**/observations.json*", one_in_the_middle)
    page.goto(site)
    painted(page)
    nearer(page, 2)
    expect(page.locator(".map-notice")).to_contain_text("fler uppgifter än kartan visar")
    page.locator('.map-stage[data-records="1"]').wait_for()
    # A badge may stand over the middle of the view.
    page.evaluate("document.querySelectorAll('.map-place').forEach(one => { one.style.display = 'none' })")
    box = page.locator(".map-stage canvas").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    card = page.locator(".map-card")
    expect(card.locator(".map-card-title")).to_have_text(hostile)
    expect(card.locator("img, b")).to_have_count(0)
    assert page.evaluate("window.bitten === undefined")
    page.get_by_role("button", name="Stäng").last.click()
    expect(card).to_have_count(0)


def test_records_that_cannot_be_fetched_are_said_to_be_missing(browser, site):
    # A failed request is an error in the console, so this page is not watched for any.
    context = browser.new_context(locale="sv-SE", viewport={"width": 1200, "height": 800})
    page = context.new_page()
    page.route("**/observations.json*", lambda route: route.fulfill(status=500, body="no"))
    page.goto(f"{site}/?plats=1")
    painted(page)
    nearer(page, 1)
    expect(page.locator(".map-notice")).to_contain_text("kunde inte hämtas")
    context.close()


def test_onlookers_never_ask_for_records(page, site):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}/?som=namnd&plats=1")
    painted(page)
    nearer(page, 1)
    assert [url for url in asked if "observations" in url] == []
    assert any("/map/namnd/tiles/" in url for url in asked)
