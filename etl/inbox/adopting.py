"""A proposed mapping taken into use: saved in the workspace, and its source written in the project file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import TYPE_CHECKING

from etl.describe.describing import MAPPINGS, describe, save_mapping
from etl.inbox.uploads import inbox_files
from etl.mapping import SHIPPED, find_mapping, read_mapping
from etl.sources import INBOX, open_sources
from geodata.errors import FileFaultError, MissingError, ProjectError
from geodata.project import PROJECT_FILE, parse_project, read_project
from geodata.store.whole import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from etl.describe.description import Description
    from etl.describe.reasons import Say

KNOWN = "describe_known"


def describe_unread(workspace: Path, file: str, *, say: Say | None = None) -> Description:
    """Look at a file of the inbox that no source reads, and propose a mapping; nothing is written.

    Parameters
    ----------
    file
        Its path below ``inbox/``, as `inbox_files` names it.
    say
        As for `describe`.

    Raises
    ------
    MissingError
        ``unread_unknown`` when no such file waits for a source.
    FileFaultError
        The file can't be read, or nothing in it says when or where.
    """
    if file not in {one.name for one in inbox_files(workspace) if not one.sources}:
        raise MissingError(
            "unread_unknown", f"No file {file[:80]} in inbox waits for a source.", file=file[:80]
        )
    path = workspace / INBOX / file
    found = describe(path, workspace, say=say)
    name = _free(workspace, found.name)
    return found if name == found.name else describe(path, workspace, name=name, say=say)


@dataclass(frozen=True, slots=True)
class Shipped:
    """A shipped mapping that reads a file of a known format.

    Attributes
    ----------
    title
        What it reads, as the mapping says it.
    is_missing
        Whether no source of the workspace gives that kind of rows yet.
    """

    name: str
    title: str
    is_missing: bool


def shipped_for(workspace: Path, error: FileFaultError) -> tuple[Shipped, ...]:
    """Return the shipped mappings for a file that `describe` says a reader of its own knows; else none."""
    if error.code != KNOWN:
        return ()
    project = read_project(workspace)
    tables = {one.mapping.table for one in open_sources(workspace, project)}
    found = []
    for name in str(error.values["mapping"]).split(", "):
        mapping = read_mapping(find_mapping(name, source=name, workspace=workspace))
        found.append(Shipped(name, mapping.title, mapping.table not in tables))
    return tuple(found)


def adopt(
    workspace: Path, file: str, *, settings: Mapping[str, str], say: Say | None = None
) -> tuple[str, ...]:
    """Take the proposal for a file into use: from the next import on it is read.

    Parameters
    ----------
    settings
        What a person says where the file can be read in two ways, by the setting that decides; for a file
        whose format is known, the shipped mappings to use, each with any value.

    Returns
    -------
    tuple of str
        The names of the sources that were added.

    Raises
    ------
    ProjectError
        ``proposal_undecided`` when a setting is not said, ``proposal_nothing_chosen`` when no shipped mapping
        is, ``project_invalid`` when a setting is said wrongly. Nothing was written then.
    MissingError, FileFaultError
        As `describe_unread`.
    """
    try:
        found = describe_unread(workspace, file, say=say)
    except FileFaultError as error:
        offered = [one.name for one in shipped_for(workspace, error)]
        chosen = [name for name in offered if settings.get(name)]
        if not offered:
            raise
        if not chosen:
            raise ProjectError(
                "proposal_nothing_chosen", f"Say what to read from {file}.", file=file
            ) from error
        names = [_free(workspace, name, besides=frozenset(chosen)) for name in chosen]
        pattern = f"{INBOX}/{file}"
        _add(
            workspace,
            [_source(name, mapping, pattern, {}) for name, mapping in zip(names, chosen, strict=True)],
        )
        return tuple(names)
    undecided = [setting for setting in found.trial.settings if not settings.get(setting)]
    if undecided:
        said = ", ".join(undecided)
        raise ProjectError(
            "proposal_undecided", f"{file} can be read in two ways: say {said}.", file=file, settings=said
        )
    told = {setting: settings[setting] for setting in found.trial.settings}
    lines = _source(found.name, found.name, _pattern(workspace, file, found), told)
    _add(workspace, [lines], mapping=found)
    return (found.name,)


def _add(workspace: Path, sources: Sequence[str], *, mapping: Description | None = None) -> None:
    """Write sources at the end of the project file, once what it would say then is sound."""
    path = workspace / PROJECT_FILE
    text = path.read_text(encoding="utf-8").rstrip() + "\n\n" + "\n".join(sources)
    parse_project(tomllib.loads(text))
    if mapping is not None:  # the mapping first: a source without one would stop every import
        save_mapping(mapping, workspace)
    write_whole(path, text.encode())


def _source(name: str, mapping: str, pattern: str, settings: Mapping[str, str]) -> str:
    lines = ["[[source]]", f'name = "{name}"', f'mapping = "{mapping}"', f"files = ['{pattern}']"]
    return "\n".join([*lines, *(f'{setting} = "{value}"' for setting, value in settings.items())]) + "\n"


def _pattern(workspace: Path, file: str, found: Description) -> str:
    """Return the proposed pattern; one that would take other files gives way to the file's own name."""
    proposed: str = tomllib.loads(found.source)["source"][0]["files"][0]
    others = (one.name for one in inbox_files(workspace) if one.name != file)
    takes_others = any(fnmatch(f"{INBOX}/{other}", proposed) for other in others)
    return f"{INBOX}/{file}" if takes_others else proposed


def _free(workspace: Path, name: str, *, besides: frozenset[str] = frozenset()) -> str:
    """Return a name that no source and no mapping has yet; `besides` are mappings that it may have."""
    taken = {source.name for source in read_project(workspace).sources}
    mappings = {path.stem for folder in (workspace / MAPPINGS, SHIPPED) for path in folder.glob("*.toml")}
    taken |= mappings - besides
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}_{number}"
    return free
