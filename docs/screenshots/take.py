"""Take the pictures in this folder from a running demo: ``python docs/screenshots/take.py [ADDRESS]``."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.e2e.chromium import FLAGS, HOW_TO_GET_ONE, find_chromium

HERE = Path(__file__).parent
ADDRESS = "http://127.0.0.1:8050"
WIDTHS = {1440: 1000, 390: 844}
LANGUAGES = ("sv", "en")
PAGES = {
    "karta": "/?plats=1",
    "platser": "/platser",
    "plats": "/platser/1",
    "underlag": "/underlag",
}
EXTRA = {
    "karta-namnd-sv-1440": "/karta?som=namnd",
    "karta-utan-webgl-sv-1440": "/?svg=1",
    "oversikt-namnd-sv-1440": "/oversikt?som=namnd",
    "oversikt-namnd-sv-390": "/oversikt?som=namnd",
    "lofte-sv-1440": "/loften/skolor-2026",
    "planen-sv-1440": "/planen",
    "planen-sv-390": "/planen",
    "oversyner-sv-1440": "/oversyner?som=planerare",
    "effekt-sv-1440": "/effekt",
}
SETTLED_MS = 12_000
"""Software WebGL needs this long to draw the first view."""


def take(browser: Browser, address: str, name: str, *, width: int) -> None:
    """Save one page as it stands when it has settled; the whole page on a phone."""
    page = browser.new_page(viewport={"width": width, "height": WIDTHS[width]}, locale="sv-SE")
    page.goto(address)
    page.wait_for_timeout(SETTLED_MS)
    page.screenshot(path=HERE / f"{name}.png", full_page=width < 1000)
    page.close()


def main() -> None:
    """Take every picture."""
    address = sys.argv[1] if len(sys.argv) > 1 else ADDRESS
    chromium = find_chromium()
    if chromium is None:
        sys.exit(HOW_TO_GET_ONE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for name, path in PAGES.items():
            for language in LANGUAGES:
                for width in WIDTHS:
                    query = f"{'&' if '?' in path else '?'}sprak={language}"
                    take(browser, address + path + query, f"{name}-{language}-{width}", width=width)
        for name, path in EXTRA.items():
            take(browser, address + path, name, width=int(name.rsplit("-", 1)[1]))
        browser.close()


if __name__ == "__main__":
    main()
