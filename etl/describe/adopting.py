"""A proposed mapping taken into use: saved in the workspace, and its source written in the project file."""

from __future__ import annotations

import tomllib
from fnmatch import fnmatch
from typing import TYPE_CHECKING

from etl.describe.describing import MAPPINGS, describe, save_mapping
from etl.inbox.uploads import inbox_files
from etl.mapping import SHIPPED
from etl.sources import INBOX
from geodata.errors import MissingError, ProjectError
from geodata.project import PROJECT_FILE, parse_project, read_project
from geodata.store.whole import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from etl.describe.description import Description
    from etl.describe.reasons import Say


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


def adopt(workspace: Path, file: str, *, settings: Mapping[str, str], say: Say | None = None) -> Description:
    """Take the proposal for a file into use: from the next import on it is read.

    Parameters
    ----------
    settings
        What a person says where the file can be read in two ways, by the setting that decides.

    Raises
    ------
    ProjectError
        ``proposal_undecided`` when a setting is not said; ``project_invalid`` when one is said wrongly.
        Nothing was written then.
    MissingError, FileFaultError
        As `describe_unread`.
    """
    found = describe_unread(workspace, file, say=say)
    undecided = [setting for setting in found.trial.settings if not settings.get(setting)]
    if undecided:
        raise ProjectError(
            "proposal_undecided",
            f"{file} can be read in two ways: say {', '.join(undecided)}.",
            file=file,
            settings=", ".join(undecided),
        )
    told = {setting: settings[setting] for setting in found.trial.settings}
    path = workspace / PROJECT_FILE
    text = path.read_text(encoding="utf-8").rstrip() + "\n\n" + _source(workspace, file, found, told)
    parse_project(tomllib.loads(text))
    # The mapping first: a source without one would stop every import.
    save_mapping(found, workspace)
    write_whole(path, text.encode())
    return found


def _source(workspace: Path, file: str, found: Description, settings: Mapping[str, str]) -> str:
    """Write the source; a pattern that would take files of other sources gives way to the file's own name."""
    proposed = tomllib.loads(found.source)["source"][0]["files"][0]
    others = (one.name for one in inbox_files(workspace) if one.name != file)
    takes_others = any(fnmatch(f"{INBOX}/{other}", proposed) for other in others)
    pattern = f"{INBOX}/{file}" if takes_others else proposed
    lines = ["[[source]]", f'name = "{found.name}"', f'mapping = "{found.name}"', f"files = ['{pattern}']"]
    return "\n".join([*lines, *(f'{setting} = "{value}"' for setting, value in settings.items())]) + "\n"


def _free(workspace: Path, name: str) -> str:
    """Return a name that no source and no mapping has yet."""
    taken = {source.name for source in read_project(workspace).sources}
    taken |= {path.stem for folder in (workspace / MAPPINGS, SHIPPED) for path in folder.glob("*.toml")}
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}_{number}"
    return free
