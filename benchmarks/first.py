"""How long the demo takes to stand: import, server, ``--help``."""

from __future__ import annotations

import http.client
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from benchmarks.frame import Row
from etl.synthetic.sizes import Size
from etl.synthetic.town import make_town
from tests.e2e.chromium import FLAGS, HOW_TO_GET_ONE, find_chromium

if TYPE_CHECKING:
    from collections.abc import Iterator

IMPORT_BAR_S = 20.0
ANSWER_BAR_S = 5.0
HELP_BAR_S = 0.7
PAINT_BAR_MS = 500.0
SEED = 1
CHANGES = 5
WATCH = """() => {
    const paint = window.problembild.paint;
    window.problembild.paint = (...all) => { window.painted?.(performance.now()); return paint(...all); };
}"""
CHANGE = """number => new Promise(resolve => {
    const started = performance.now();
    window.painted = now => resolve(now - started);
    document.querySelectorAll(".filter-sheet input[type=checkbox]")[number + 3].click();
})"""
PROBLEMBILD = str(Path(sys.executable).with_name("problembild"))


def rows(*, quick: bool) -> list[Row]:
    """Measure with whole processes, as a person at the keyboard would; medians over several starts."""
    starts = 3 if quick else 5
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "exempelstad"
        make_town(workspace, size=Size.TOWN, seed=SEED)
        import_s = _seconds([PROBLEMBILD, "import", "--workspace", str(workspace)])
        answer_s = statistics.median(_until_answer(workspace) for _ in range(starts))
        paint_ms = statistics.median(_changes_to_paint(workspace))
    _seconds([PROBLEMBILD, "--help"])
    help_s = statistics.median(_seconds([PROBLEMBILD, "--help"]) for _ in range(starts))
    return [
        _row("import of the demo town, tiles cut, s", import_s, IMPORT_BAR_S),
        _row("from start of the server to the map page answered, s", answer_s, ANSWER_BAR_S),
        _row("problembild --help, s", help_s, HELP_BAR_S),
        Row(
            task="from a change of filter to the paint call, ms",
            ours=paint_ms,
            bar=f"at most {PAINT_BAR_MS:g} ms",
            holds=paint_ms <= PAINT_BAR_MS,
        ),
    ]


def _row(task: str, seconds: float, bar: float) -> Row:
    return Row(task=task, ours=seconds, bar=f"under {bar:g} s", holds=seconds < bar)


def _seconds(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - started


def _until_answer(workspace: Path) -> float:
    started = time.perf_counter()
    with _serving(workspace):
        return time.perf_counter() - started


@contextmanager
def _serving(workspace: Path) -> Iterator[str]:
    """Serve until the block ends; the address, once the page is answered there."""
    port = _free_port()
    server = subprocess.Popen(
        [PROBLEMBILD, "serve", "--workspace", str(workspace), "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not _answers(port):
            if server.poll() is not None:
                raise RuntimeError(f"The server stopped with exit code {server.returncode}.")
            time.sleep(0.02)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=10)


def _changes_to_paint(workspace: Path) -> list[float]:
    """Press five categories in a real browser, one after the other, and wait for the map's paint call."""
    chromium = find_chromium()
    if chromium is None:
        raise RuntimeError(HOW_TO_GET_ONE)
    with _serving(workspace) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        page = browser.new_page(locale="sv-SE", bypass_csp=True)
        page.goto(address)
        page.locator(".map-stage[data-painted]").wait_for(timeout=60_000)
        page.evaluate(WATCH)
        page.locator(".filters > summary").click()
        took = []
        for number in range(CHANGES):
            took.append(float(page.evaluate(CHANGE, number)))
            page.wait_for_timeout(2000)  # the drawing itself, in software, is not what is asked
        browser.close()
    return took


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", "/_dash-layout")
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
