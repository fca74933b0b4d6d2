"""Is the set-up sound: the project file, the mappings, and the rows that prove them. Nothing is written."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from etl.acceptance import NEUTRAL, try_rows
from etl.inbox.unread import unread_files
from etl.inbox_state import check_inbox
from etl.mapping import find_mapping, read_mapping, shipped_mappings
from etl.sources import find_files
from geodata.errors import FileFaultError, ProblembildError, ProjectError
from geodata.project import read_project

if TYPE_CHECKING:
    from pathlib import Path

    from etl.sources import SourceFile
    from geodata.project import Project


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with the set-up.

    Attributes
    ----------
    code
        Key in the text catalogue (``errors.<code>``).
    sentence
        The same in English.
    values
        What it is about.
    """

    code: str
    sentence: str
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class SourceCheck:
    """One source: its mapping and the files that match now."""

    source: str
    mapping: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MappingCheck:
    """One mapping: how many acceptance rows it has, and how many came out as it says."""

    mapping: str
    shipped: bool
    rows: int
    held: int


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was tried and what is wrong."""

    problems: tuple[Problem, ...]
    sources: tuple[SourceCheck, ...]
    mappings: tuple[MappingCheck, ...]
    unread: tuple[str, ...] = ()
    """Files in the inbox that no source reads."""

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

    def to_json(self) -> dict[str, Any]:
        """Return plain lists, dicts and strings, for ``--json``."""
        return {"ok": self.ok, **asdict(self)}


def check(workspace: Path) -> CheckReport:
    """Try the project file, every mapping that it uses and every shipped mapping.

    Raises nothing that has to do with the workspace: what is wrong is in the report.
    """
    problems: list[Problem] = []
    sources: list[SourceCheck] = []
    read: list[SourceFile] = []
    project: Project | None = None
    paths = dict.fromkeys(shipped_mappings(), NEUTRAL)
    try:
        project = read_project(workspace)
    except ProjectError as error:
        problems.append(_problem(error))
    if project is not None:
        try:
            check_inbox(workspace, project)
        except ProjectError as error:
            problems.append(_problem(error))
    for source in project.sources if project else ():
        try:
            path = find_mapping(source.mapping, source=source.name, workspace=workspace)
            files = find_files(workspace, source)
        except ProjectError as error:
            problems.append(_problem(error))
            continue
        read.extend(files)
        sources.append(SourceCheck(source.name, source.mapping, tuple(file.name for file in files)))
        if project is not None and path not in paths:
            paths[path] = project
    mappings = []
    for path, tried_as in paths.items():
        checked, wrong = _try(path, tried_as)
        problems.extend(wrong)
        mappings.extend(checked)
    unread = unread_files(workspace, read)
    return CheckReport(tuple(problems), tuple(sources), tuple(mappings), unread)


def _try(path: Path, project: Project) -> tuple[list[MappingCheck], list[Problem]]:
    try:
        mapping = read_mapping(path)
        mismatches = try_rows(mapping, name=path.stem, project=project)
    except (ProjectError, FileFaultError) as error:
        return [], [_problem(error)]
    problems = [
        _problem(
            ProjectError(
                "mapping_acceptance",
                f"{path.name}: acceptance row {one.row}: {one.column} should be {one.expected}"
                f" and became {one.value}.",
                file=path.name,
                row=one.row,
                column=one.column,
                expected=one.expected,
                value=one.value,
            )
        )
        for one in mismatches
    ]
    held = len(mapping.acceptance) - len({one.row for one in mismatches})
    return [MappingCheck(path.stem, project is NEUTRAL, len(mapping.acceptance), held)], problems


def _problem(error: ProblembildError) -> Problem:
    return Problem(error.code, error.sentence, {name: str(value) for name, value in error.values.items()})
