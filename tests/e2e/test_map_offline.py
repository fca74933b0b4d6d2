"""The saved map opens from disk, in a browser that reaches nothing."""

import pytest
from playwright.sync_api import expect

from dashboard.print.offline_map import offline_map
from geodata.analyses.ground import open_ground
from geodata.privacy import Audience
from geodata.selection import Selection


@pytest.fixture(scope="module")
def saved(town, tmp_path_factory):
    path = tmp_path_factory.mktemp("saved") / "karta.html"
    path.write_text(offline_map(open_ground(town), Selection(audience=Audience.POLICE), language="sv"))
    return path


@pytest.fixture
def opened(browser, open_page, saved):
    page = open_page(browser)
    asked = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.goto(saved.as_uri())
    page.locator("path.leaflet-interactive").first.wait_for(state="attached")
    return page, asked


def test_it_fetches_nothing_even_when_it_is_used(opened, saved):
    page, asked = opened
    for _ in range(3):
        page.get_by_role("button", name="Zooma in").click()
        page.wait_for_timeout(400)
    assert asked == [saved.as_uri()]


def test_it_shows_places_and_says_what_they_are(opened):
    page, _ = opened
    badges = page.locator(".badge")
    assert badges.count() > 10
    badges.first.dispatch_event("click")
    expect(page.locator(".leaflet-popup-content p")).to_have_count(2)


def test_single_records_appear_when_near(opened):
    page, _ = opened
    expect(page.locator(".mark")).to_have_count(0)
    for _ in range(3):
        page.get_by_role("button", name="Zooma in").click()
        page.wait_for_timeout(400)
    assert page.locator(".mark").count() > 0


def test_the_legend_is_in_swedish_and_fits_a_phone(browser, open_page, saved):
    page = open_page(browser, viewport={"width": 390, "height": 760})
    page.goto(saved.as_uri())
    legend = page.locator(".legend")
    expect(legend).to_contain_text("Vad betyder färgerna?")
    expect(legend).to_contain_text("Påhittade data")
    box = legend.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert box["height"] < 0.6 * 760
