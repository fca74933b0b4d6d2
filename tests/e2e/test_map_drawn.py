"""The map without WebGL: the same view, drawn, clickable and reachable by keyboard."""

import re

import pytest
from playwright.sync_api import expect

PAINTED_MS = 30_000


@pytest.fixture
def drawn(site, open_page, browser_without_webgl):
    """The drawn map, because the browser can do no more."""
    page = open_page(browser_without_webgl)
    page.goto(site)
    page.locator(".map-stage[data-painted]").wait_for(timeout=PAINTED_MS)
    return page


def view_box(page):
    return [float(part) for part in page.locator("svg.map-drawn").get_attribute("viewBox").split()]


def test_it_is_drawn_and_holds_what_was_found(drawn):
    expect(drawn.locator("svg.map-drawn")).to_be_visible()
    expect(drawn.locator(".map-stage canvas")).to_have_count(0)
    assert drawn.locator(".map-drawn-badge").count() > 10
    assert drawn.locator(".map-drawn-area").count() > 0
    paths = drawn.locator("svg.map-drawn path").evaluate_all(
        "all => all.map(one => one.getAttribute('d').length)"
    )
    assert sum(paths) > 20_000


def test_the_address_can_ask_for_it_where_webgl_would_do(page, site):
    page.goto(f"{site}/?svg=1")
    page.locator(".map-stage[data-painted]").wait_for(timeout=PAINTED_MS)
    expect(page.locator("svg.map-drawn")).to_be_visible()
    expect(page.locator(".map-stage canvas")).to_have_count(0)


def test_a_click_on_a_place_opens_it(drawn):
    badge = drawn.locator(".map-drawn-badge", has=drawn.get_by_text(re.compile(r"^1\s*$")))
    place = badge.get_attribute("data-place")
    badge.locator("circle").last.click()
    expect(drawn).to_have_url(re.compile(rf"plats={place}\b"))
    expect(drawn.locator(".panel")).to_be_visible()
    expect(drawn.locator(f'.map-drawn-badge[data-place="{place}"]')).to_have_attribute("aria-pressed", "true")


def test_places_and_areas_are_buttons_with_names(drawn):
    for kind in (".map-drawn-badge", ".map-drawn-area"):
        one = drawn.locator(kind).first
        expect(one).to_have_attribute("role", "button")
        expect(one).to_have_attribute("tabindex", "0")
        assert len(one.get_attribute("aria-label")) > 5


def test_a_place_can_be_opened_without_a_mouse(drawn):
    badge = drawn.locator(".map-drawn-badge").last
    badge.focus()
    place = badge.get_attribute("data-place")
    drawn.keyboard.press("Enter")
    expect(drawn).to_have_url(re.compile(rf"plats={place}\b"))


def test_it_zooms_and_moves_by_buttons_keys_and_mouse(drawn):
    whole = view_box(drawn)
    drawn.get_by_role("button", name="Zooma in").click()
    nearer = view_box(drawn)
    assert nearer[2] < whole[2]
    drawn.locator("svg.map-drawn").focus()
    drawn.keyboard.press("ArrowRight")
    assert view_box(drawn)[0] > nearer[0]
    drawn.keyboard.press("-")
    assert view_box(drawn)[2] == pytest.approx(whole[2])
    box = drawn.locator("svg.map-drawn").bounding_box()
    drawn.mouse.move(box["x"] + 300, box["y"] + 60)
    drawn.mouse.wheel(0, -400)
    assert view_box(drawn)[2] < whole[2]
    drawn.get_by_role("button", name="Visa hela orten").click()
    assert view_box(drawn) == pytest.approx(whole)


def test_a_drag_moves_the_map_and_opens_nothing(drawn):
    before, address = view_box(drawn), drawn.url
    badge = drawn.locator(".map-drawn-badge circle").last.bounding_box()
    drawn.mouse.move(badge["x"] + 5, badge["y"] + 5)
    drawn.mouse.down()
    drawn.mouse.move(badge["x"] + 105, badge["y"] + 45, steps=6)
    drawn.mouse.up()
    assert view_box(drawn)[0] < before[0]
    drawn.wait_for_timeout(300)
    assert drawn.url == address


def test_single_records_appear_when_near_and_say_what_they_are(drawn):
    expect(drawn.locator(".map-drawn-record")).to_have_count(0)
    for _ in range(6):
        drawn.get_by_role("button", name="Zooma in").click()
    record = drawn.locator(".map-drawn-record").first
    record.wait_for(state="attached")
    shapes = drawn.locator(".map-drawn-record").evaluate_all("all => all.map(one => one.firstChild.tagName)")
    assert set(shapes) <= {"circle", "polygon"}
    record.dispatch_event("click")
    expect(drawn.locator(".map-drawn-card .map-card-title")).to_be_visible()


def test_the_scale_follows_the_zoom(drawn):
    before = drawn.locator(".map-scale").text_content()
    for _ in range(4):
        drawn.get_by_role("button", name="Zooma in").click()
    assert drawn.locator(".map-scale").text_content() != before


def test_another_method_is_chosen_in_words_and_stays_in_the_link(page, site):
    page.goto(f"{site}/?svg=1")
    page.locator(".map-stage[data-painted]").wait_for(timeout=PAINTED_MS)
    page.locator("details.filters > summary").click()
    page.get_by_label("Sätt att hitta områden").select_option(label="Längs gator, sträckor")
    expect(page).to_have_url(re.compile("metod=sliding_windows"))
    heading = page.locator("#map-sentence")
    expect(heading).to_contain_text("sträckor väger mest", timeout=PAINTED_MS)
    found = page.locator(".map-drawn-area")
    expect(found.first).to_have_attribute("data-chance", "untested", timeout=PAINTED_MS)
    assert "Inte prövat mot slumpen" in found.first.get_attribute("aria-label")
    page.get_by_text("bara platsernas bild").click()
    expect(found).to_have_count(0)
    expect(heading).not_to_contain_text("sträckor")
    page.reload()
    expect(page).to_have_url(re.compile("metod=sliding_windows.*lager=platser"))
    page.locator(".map-stage[data-painted]").wait_for(timeout=PAINTED_MS)
    assert page.locator(".map-drawn-badge").count() > 10
    expect(found).to_have_count(0)


@pytest.mark.parametrize("webgl", [True, False])
def test_numbered_places_outside_the_first_view_are_told_and_shown(
    site, open_page, browser, browser_without_webgl, webgl
):
    page = open_page(browser if webgl else browser_without_webgl)
    page.goto(site)
    page.locator(".map-stage[data-painted]").wait_for(timeout=PAINTED_MS)
    hint = page.locator(".map-outside")
    expect(hint).to_have_text("3 platser utanför kartan. Visa dem")
    page.get_by_role("button", name="Zooma in").click()
    expect(hint).to_be_hidden()
    page.get_by_role("button", name="Visa hela orten").click()
    hint.click()
    expect(hint).to_be_hidden()
    stage = page.locator(".map-stage").bounding_box()
    marks = page.locator(
        ".map-place:not(.map-place-small), .map-drawn-badge:not(.map-place-small) circle + circle"
    )
    assert marks.count() == 20
    for box in (one.bounding_box() for one in marks.all()):
        assert stage["x"] <= box["x"] <= stage["x"] + stage["width"] - box["width"]
        assert stage["y"] <= box["y"] <= stage["y"] + stage["height"] - box["height"]


def test_no_name_of_a_place_lies_under_the_mark_of_another(drawn):
    covered = drawn.evaluate(
        """() => {
          const boxes = (selector) => [...document.querySelectorAll(selector)].map((one) =>
            [one.closest('[data-place]').dataset.place, one.getBoundingClientRect()]);
          const marks = boxes('.map-drawn-badge:not(.map-place-small) circle:not(.map-drawn-target)');
          const names = boxes('.map-drawn-name:not(.map-drawn-hidden)').filter(([, box]) => box.width > 0);
          return [names.length, names.filter(([place, name]) => marks.some(([other, mark]) => other !== place &&
            name.left < mark.right - 3 && mark.left < name.right - 3 &&
            name.top < mark.bottom - 3 && mark.top < name.bottom - 3)).length];
        }"""
    )
    assert covered[0] > 5
    assert covered[1] == 0
