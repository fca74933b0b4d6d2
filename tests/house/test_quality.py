"""The tools that watch the whole: lint, format, types, container, dependency sets, sizes of rooms."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = Path(sys.executable).parent
NO_NAMES = re.compile(r"^(utils?|helpers?|common|manager|misc)\.py$")
ADDRESS = re.compile(r"https?://|--index-url|--extra-index-url|--find-links")


def tracked(*patterns: str) -> list[Path]:
    """List our own files: those that git tracks or would track."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split("\n")
    return [ROOT / name for name in listed if name and (ROOT / name).exists()]


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "--no-cache", "."],
        ["ruff", "format", "--check", "--no-cache", "."],
        ["mypy"],
        ["hadolint", "Dockerfile"],
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_tool_has_nothing_to_say(command):
    result = subprocess.run(
        [TOOLS / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_types_of_the_front_end():
    result = subprocess.run(
        ["npm", "run", "--silent", "check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_dependency_set_is_whole_hashed_and_without_addresses():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    for name in ("core", "server", "cluster", "dev", "peers"):
        text = (ROOT / "constraints" / f"{name}.txt").read_text()
        pins = set(re.findall(r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==", text, re.MULTILINE))
        extra = declared["optional-dependencies"].get(name, [])
        wanted = {re.split(r"[\[<>=]", entry)[0].lower() for entry in [*declared["dependencies"], *extra]}
        assert wanted <= pins
        assert {"setuptools", "wheel"} <= pins
        assert text.count("==") <= text.count("--hash=sha256:")
        assert not ADDRESS.search(text)


def test_one_resolution_for_all_sets():
    versions: dict[str, set[str]] = {}
    for path in (ROOT / "constraints").glob("*.txt"):
        for name, version in re.findall(
            r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==([^ ;]+)", path.read_text(), re.MULTILINE
        ):
            versions.setdefault(name, set()).add(version)
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_the_npm_lock_names_no_address():
    assert not ADDRESS.search(
        "\n".join(
            line
            for line in (ROOT / "package-lock.json").read_text().splitlines()
            if '"resolved"' in line or '"registry"' in line
        )
    )


def test_rooms_are_small_and_named_by_their_job():
    files = tracked("geodata/*.py", "etl/*.py", "dashboard/*.py", "benchmarks/*.py")
    assert len(files) > 40
    assert [file.name for file in files if NO_NAMES.match(file.name)] == []
    long = {str(file.relative_to(ROOT)): len(file.read_text().splitlines()) for file in files}
    assert {name: lines for name, lines in long.items() if lines > 300} == {}


def test_every_test_file_has_a_name_of_its_own():
    """Without packages pytest takes two files of one name for one, and breaks off the whole run."""
    names = [file.name for file in tracked("tests/*.py") if file.name.startswith("test_")]
    assert len(names) > 100
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_migrations_stand_in_one_row():
    """Two that were numbered at the same time would leave a register without the tables of one of them."""
    files = sorted((ROOT / "geodata" / "store" / "migrations" / "versions").glob("[0-9]*.py"))
    numbers = [
        tuple(re.findall(r'^(?:down_)?revision\b[^=]*= (?:"([0-9]+)")?', file.read_text(), re.MULTILINE))
        for file in files
    ]
    assert numbers == [(f"{at:04}", f"{at - 1:04}" if at > 1 else "") for at in range(1, len(files) + 1)]
