"""What the documents say is so: their links lead somewhere, their commands exist, their lists are whole."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import BENCHMARKS

ROOT = Path(__file__).parents[2]
PAGES_OF_TEXT = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
PROBLEMBILD = Path(sys.executable).with_name("problembild")


def verbs():
    listed = subprocess.run([PROBLEMBILD, "--help"], capture_output=True, text=True, check=True).stdout
    return set(re.findall(r"^│ ([a-z]+) ", listed, re.MULTILINE))


@pytest.mark.parametrize("page", PAGES_OF_TEXT, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page):
    links = re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


def test_every_command_in_the_documents_exists():
    said = {
        verb
        for page in PAGES_OF_TEXT
        for verb in re.findall(r"problembild ([a-z]+) --workspace", page.read_text(encoding="utf-8"))
    }
    assert {"init", "check", "import", "serve"} <= said <= verbs()


def test_every_benchmark_is_in_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"-m benchmarks ([a-z]+)", readme)) == set(BENCHMARKS)


@pytest.mark.parametrize("package", ["geodata", "etl", "dashboard"])
def test_the_architecture_names_every_room(package):
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = {path.parent.name for path in (ROOT / package).glob("*/__init__.py")}
    assert {room for room in rooms if f"{room}/" not in text} == set()
