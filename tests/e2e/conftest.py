"""A real browser before a real server over the made-up town, shared by all browser tests."""

import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from chromium import FLAGS, HOW_TO_GET_ONE, find_chromium
from playwright.sync_api import sync_playwright

from dashboard.demo_promises import plant_promises
from dashboard.map.tiles import cut_tiles
from etl.pipeline import run
from etl.synthetic.promises import write_promises
from etl.synthetic.town import make_town
from geodata.store.snapshots import open_current

START_SECONDS = 120
PORT_WAIT = 0.1
SWEDISH = {
    "locale": "sv-SE",
    "timezone_id": "Europe/Stockholm",
    "viewport": {"width": 1440, "height": 900},
}
WITHOUT_WEBGL = ("--disable-gpu", "--disable-3d-apis")


def pytest_collection_modifyitems(items):
    """One worker runs all browser tests, so that town, server and browser are started once."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def town(tmp_path_factory):
    """The workspace of the demo: the made-up town, imported, with its tiles."""
    workspace = tmp_path_factory.mktemp("town")
    make_town(workspace, size="town", seed=1)
    run(workspace)
    cut_tiles(open_current(workspace / "store"))
    return workspace


@pytest.fixture(scope="session")
def site(town, tmp_path_factory):
    """The address of a server over `town`, as ``problembild serve`` starts it."""
    with serving(town, tmp_path_factory.mktemp("serve") / "log") as address:
        yield address


@pytest.fixture(scope="session")
def small_town(tmp_path_factory):
    """A small town with promises, for tests that write into it what other tests would trip over."""
    workspace = tmp_path_factory.mktemp("small_town")
    make_town(workspace, size="small", seed=1)
    run(workspace)
    cut_tiles(open_current(workspace / "store"))
    plant_promises(
        workspace,
        lambda folder, schools, squares: write_promises(folder, schools=schools, squares=squares, seed=1),
    )
    return workspace


@pytest.fixture(scope="session")
def small_site(small_town, tmp_path_factory):
    """The address of a server over `small_town`."""
    with serving(small_town, tmp_path_factory.mktemp("serve_small") / "log") as address:
        yield address


@contextmanager
def serving(workspace, log, *options, scheme="http"):
    """Serve a workspace for as long as it is needed; gives the address."""
    port = free_port()
    program = Path(sys.executable).parent / "problembild"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [program, "serve", "--workspace", workspace, "--port", str(port), *options],
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    address = f"{scheme}://127.0.0.1:{port}"
    try:
        _wait_for(address, server, log)
        yield address
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium_path():
    path = find_chromium()
    if path is None:
        pytest.fail(HOW_TO_GET_ONE)
    return path


@pytest.fixture(scope="session")
def browser(playwright, chromium_path):
    """Chromium with WebGL in software."""
    started = playwright.chromium.launch(executable_path=chromium_path, args=list(FLAGS))
    yield started
    started.close()


@pytest.fixture(scope="session")
def browser_without_webgl(playwright, chromium_path):
    """Chromium as on a virtual desktop: no WebGL at all."""
    kept = [flag for flag in FLAGS if "gl" not in flag and "swiftshader" not in flag]
    started = playwright.chromium.launch(executable_path=chromium_path, args=[*kept, *WITHOUT_WEBGL])
    yield started
    started.close()


@contextmanager
def opening():
    """Open pages with a Swedish locale; what a page throws or logs as an error is a failure."""
    contexts, troubles = [], []

    def open_one(browser, **settings):
        context = browser.new_context(**{**SWEDISH, **settings})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda said: said.type == "error" and troubles.append(said.text))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture
def open_page():
    """Open pages for one test."""
    with opening() as open_one:
        yield open_one


@pytest.fixture(scope="module")
def open_shared_page():
    """Open pages that the tests of a file share: building a map in software takes seconds."""
    with opening() as open_one:
        yield open_one


@pytest.fixture
def page(browser, open_page):
    """A page of 1440 × 900 pixels."""
    return open_page(browser)


@pytest.fixture
def foreign_requests(page, site):
    """Every address on another host that `page` asks for, sockets and workers too."""
    own = urlsplit(site).netloc
    found = []

    def note(address):
        parts = urlsplit(address)
        if parts.scheme not in {"data", "blob", "about"} and parts.netloc != own:
            found.append(address)

    page.context.on("request", lambda request: note(request.url))
    page.on("websocket", lambda socket: note(socket.url))
    return found


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _wait_for(address: str, server: subprocess.Popen, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    trusting = ssl._create_unverified_context()  # a certificate made at the start is nobody's yet
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5, context=trusting):
                return
        except OSError:
            time.sleep(PORT_WAIT)
    pytest.fail(f"The server did not answer:\n{log.read_text(errors='replace')}")
