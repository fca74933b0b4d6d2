"""A worked example's whole cycle: the steps that its README tells, taken one after the other in a workspace."""

import contextlib
import csv
import shlex
import shutil
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from real_data import DATA, EXAMPLES
from typer.testing import CliRunner

from dashboard.command import app

OPEN_FILES = ("municipalities.parquet", "schools_in_the_five_municipalities.csv")
SCHOOLS = {
    "saffle": ("Tegnérskolan", "Höglundaskolan"),
    "hagfors": ("Älvstranden bildn.centrum 7-9",),
    "are": ("Exempelskolan", "Övningsskolan"),
    "arvidsjaur": ("Fridhemsskolan", "Tallbackaskolan"),
    "mellerud": ("Exempelskolan", "Övningsskolan"),
}
"""Schools to make up where the register's are not at hand: those that a log names, else invented ones."""

HEADING = (
    "school_unit_code,name,pupils,grades,municipality_code,municipality,lat,lon,northing_3006,easting_3006"
)


@dataclass
class Walked:
    """A workspace in which a cycle was walked, and what every step said, by its words after ``problembild``."""

    name: str
    folder: Path
    said: dict[str, str] = field(default_factory=dict)

    def step(self, line: str) -> str:
        """Take one step; it must go well."""
        with contextlib.chdir(self.folder):
            done = CliRunner().invoke(app, shlex.split(line), catch_exceptions=False)
        assert done.exit_code == 0, f"problembild {line}\n{done.output}"
        self.said[line] = done.output
        return done.output


def steps_of(name: str) -> list[str]:
    """Return the commands of an example's README, without their first word."""
    text = (EXAMPLES / name / "README.md").read_text(encoding="utf-8")
    (block,) = [part.split("```")[0] for part in text.split("```sh")[1:]]
    lines = [line.partition("  #")[0].strip() for line in block.splitlines()]
    return [line.removeprefix("problembild ") for line in lines if line.startswith("problembild ")]


def has_open_files() -> bool:
    return all((DATA / "sweden" / name).is_file() for name in OPEN_FILES)


def set_up_practice(name: str, folder: Path, *, open_files: bool) -> Walked:
    """Make the workspace of a practice, with the open files or with made-up schools beside its own places."""
    shutil.copytree(EXAMPLES / name, folder)
    shutil.copy(folder / "cykel" / "problembild.toml", folder)
    inbox = folder / "inbox"
    inbox.mkdir()
    if open_files:
        for file in OPEN_FILES:
            shutil.copy(DATA / "sweden" / file, inbox)
    else:
        _make_up_schools(name, folder, inbox / "schools_pahittade.csv")
    return Walked(name, folder)


def _make_up_schools(name: str, folder: Path, path: Path) -> None:
    project = tomllib.loads((folder / "problembild.toml").read_text(encoding="utf-8"))
    first, code = project["gazetteer"]["place"][0], project["municipality"]["code"]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADING.split(","))
        for number, school in enumerate(SCHOOLS[name]):
            north = first["latitude"] + 0.012 + 0.012 * number
            writer.writerow(
                [99_000_000 + number, school, "cirka 120", "", code, name, north, first["longitude"], "", ""]
            )
