"""The header on a phone: one row, the pages behind one button, for thumb, keys and those who hear the page."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LONG = 60_000
ONE_ROW_PX = 60


@pytest.mark.parametrize("width", [390, 360])
def test_the_header_is_one_row_and_the_pages_open_by_keys(browser, open_page, site, width):
    page = open_page(browser, viewport={"width": width, "height": 844}, has_touch=True, is_mobile=True)
    page.goto(f"{site}/loften?som=samordnare")
    page.locator("h1:not(:empty)").first.wait_for(timeout=LONG)
    assert page.locator(".bar").bounding_box()["height"] <= ONE_ROW_PX
    assert page.evaluate("document.documentElement.scrollWidth") == width
    button, pages = page.locator("#pages-button"), page.locator("#pages-menu")
    expect(pages).to_be_hidden()
    expect(button).to_have_attribute("aria-expanded", "false")
    button.focus()
    page.keyboard.press("Enter")
    expect(pages).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    expect(page.locator(".ways a").first).to_be_focused()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    told = page.evaluate("rules => axe.run('#header', rules)", RULES)
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in told["violations"]] == []
    page.keyboard.press("Escape")
    expect(pages).to_be_hidden()
    expect(button).to_be_focused()
    button.tap()
    page.locator(".ways a", has_text="Underlag").tap()
    expect(page).to_have_url(re.compile("/underlag"), timeout=LONG)
    expect(pages).to_be_hidden()
