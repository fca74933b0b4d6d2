"""A new workspace: a project file with its settings explained, and the folders beside it."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING

from geodata.errors import ProjectError
from geodata.project import PROJECT_FILE, parse_project

if TYPE_CHECKING:
    from pathlib import Path

FOLDERS = ("inbox", "mappings", "out", "store")


def make_workspace(folder: Path, *, name: str, code: str, language: str) -> Path:
    """Write ``problembild.toml`` and the folders of a workspace.

    Returns
    -------
    Path
        The project file.

    Raises
    ------
    ProjectError
        ``workspace_taken`` when there is a project file already, ``project_invalid`` when the name or the
        code won't do.
    """
    path = folder / PROJECT_FILE
    if path.exists():
        raise ProjectError(
            "workspace_taken",
            f"{folder} already has a {PROJECT_FILE}; choose another folder.",
            folder=str(folder),
            file=PROJECT_FILE,
        )
    template = files("dashboard.texts").joinpath(f"starter.{language}.toml").read_text(encoding="utf-8")
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    text = Template(template).substitute(name=quoted, code=code, language=language)
    parse_project(tomllib.loads(text))
    for part in FOLDERS:
        (folder / part).mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
