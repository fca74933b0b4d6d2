"""Find the browser for the tests: PROBLEMBILD_CHROMIUM, else Debian's chromium or a relative of it."""

from __future__ import annotations

import os
import shutil
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")
HOW_TO_GET_ONE = (
    "The browser tests need Chromium and found none. On Debian: apt-get install chromium fonts-noto-core. "
    "Elsewhere: set PROBLEMBILD_CHROMIUM to the path of a Chromium or Chrome."
)
FLAGS = (
    # WebGL in software, and none of the browser's own calls home.
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def find_chromium() -> str | None:
    """Return the path of a browser, or None."""
    named = os.environ.get("PROBLEMBILD_CHROMIUM")
    if named:
        return shutil.which(named)
    return next((path for path in map(shutil.which, NAMES) if path), None)


if __name__ == "__main__":
    if find_chromium() is None:
        sys.exit(HOW_TO_GET_ONE)
