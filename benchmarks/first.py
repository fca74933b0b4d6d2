"""How long the demo takes to stand: import, server, ``--help``."""

from __future__ import annotations

import http.client
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from benchmarks.frame import Row
from etl.synthetic.sizes import Size
from etl.synthetic.town import make_town

IMPORT_BAR_S = 20.0
ANSWER_BAR_S = 5.0
HELP_BAR_S = 0.7
SEED = 1
PROBLEMBILD = str(Path(sys.executable).with_name("problembild"))


def rows(*, quick: bool) -> list[Row]:
    """Measure with whole processes, as a person at the keyboard would; medians over several starts."""
    starts = 3 if quick else 5
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "exempelstad"
        make_town(workspace, size=Size.TOWN, seed=SEED)
        import_s = _seconds([PROBLEMBILD, "import", "--workspace", str(workspace)])
        answer_s = statistics.median(_until_answer(workspace) for _ in range(starts))
    _seconds([PROBLEMBILD, "--help"])
    help_s = statistics.median(_seconds([PROBLEMBILD, "--help"]) for _ in range(starts))
    return [
        _row("import of the demo town, tiles cut, s", import_s, IMPORT_BAR_S),
        _row("from start of the server to the map page answered, s", answer_s, ANSWER_BAR_S),
        _row("problembild --help, s", help_s, HELP_BAR_S),
    ]


def _row(task: str, seconds: float, bar: float) -> Row:
    return Row(task=task, ours=seconds, bar=f"under {bar:g} s", holds=seconds < bar)


def _seconds(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - started


def _until_answer(workspace: Path) -> float:
    port = _free_port()
    started = time.perf_counter()
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
        return time.perf_counter() - started
    finally:
        server.terminate()
        server.wait(timeout=10)


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
