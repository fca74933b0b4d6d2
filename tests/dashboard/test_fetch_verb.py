"""``problembild fetch`` says what came, what did not and why, and what to do next."""

from pathlib import Path

import httpx
import pytest
import respx
from typer.testing import CliRunner

from dashboard.command import app

PROJECT = """
[municipality]
name = "Säffle"
code = "1785"
language = "{language}"
[[source]]
name = "polisen"
mapping = "police_events"
files = ["inbox/*.json"]
"""
EVENT = {"id": 1, "datetime": "2026-11-22 9:52:28 +01:00", "name": "x", "type": "x", "location": {}}


@pytest.mark.parametrize(
    ("language", "saved", "refused"),
    [
        (
            "sv",
            "polisen: 1 uppgift sparades i inbox/",
            "polisen.se avvisade https://polisen.se/api/events med 403",
        ),
        (
            "en",
            "polisen: 1 record was saved in inbox/",
            "polisen.se refused https://polisen.se/api/events with 403",
        ),
    ],
)
def test_fetch_speaks(tmp_path: Path, language: str, saved: str, refused: str) -> None:
    (tmp_path / "problembild.toml").write_text(PROJECT.format(language=language), encoding="utf-8")
    command = ["fetch", "--workspace", str(tmp_path)]
    with respx.mock() as net:
        asked = net.get("https://polisen.se/api/events")
        asked.mock(return_value=httpx.Response(200, json=[EVENT]))
        good = CliRunner().invoke(app, command)
        asked.mock(return_value=httpx.Response(403))
        bad = CliRunner().invoke(app, command)
        unknown = CliRunner().invoke(app, [*command, "--source", "enkat"])
    assert (good.exit_code, bad.exit_code, unknown.exit_code) == (0, 1, 2)
    assert good.stdout.startswith(saved)
    assert refused in bad.stderr
    assert "polisen" in unknown.stderr
    assert "Traceback" not in bad.output + unknown.output
