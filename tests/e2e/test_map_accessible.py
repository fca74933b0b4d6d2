"""The map under axe-core, in WebGL and drawn, light and dark."""

from pathlib import Path

import pytest

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def faults(page):
    told = page.evaluate("rules => axe.run('#map', rules)", RULES)
    assert len(told["passes"]) > 5
    return [
        (fault["id"], fault["help"], [node["html"][:160] for node in fault["nodes"][:3]])
        for fault in told["violations"]
    ]


@pytest.mark.parametrize("address", ["/?plats=1", "/?plats=1&svg=1"], ids=["webgl", "drawn"])
def test_axe_has_nothing_to_say_of_the_map_light_or_dark(page, site, address):
    page.goto(site + address)
    page.locator(".map-stage[data-painted]").wait_for(timeout=90_000)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert faults(page) == []
    page.locator("#dark").click()
    page.locator(".map-stage.map-dark").wait_for(timeout=90_000)
    assert faults(page) == []
