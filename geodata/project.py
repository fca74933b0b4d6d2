"""A municipality's ``problembild.toml``, read and checked."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationError, field_validator

from geodata.errors import ProjectError
from geodata.plan_settings import Planning
from geodata.school_settings import Calendar, Schools
from geodata.sections import (
    Access,
    Fetch,
    Gazetteer,
    Geography,
    Municipality,
    Privacy,
    Ranking,
    Retention,
    Section,
    SeverityWeights,
    Source,
    Survey,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PROJECT_FILE = "problembild.toml"


class Project(Section):
    """The whole project file."""

    municipality: Municipality
    geography: Geography = Geography()
    sources: tuple[Source, ...] = Field(default=(), alias="source")
    schools: Schools = Schools()
    calendar: Calendar = Calendar()
    ranking: Ranking = Ranking()
    severity: SeverityWeights = SeverityWeights()
    privacy: Privacy = Privacy()
    gazetteer: Gazetteer = Gazetteer()
    retention: Retention = Retention()
    survey: Survey = Survey()
    plan: Planning = Planning()
    fetch: Fetch = Fetch()
    access: Access = Access()
    attribution: tuple[str, ...] = ()
    """Sources named on every map, © first where their licence asks for it."""

    @field_validator("sources")
    @classmethod
    def _names_once(cls, value: tuple[Source, ...]) -> tuple[Source, ...]:
        names = [source.name for source in value]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"source names must differ: {', '.join(twice)} stands twice")
        for source in value:
            _first_of(source, {one.name: one.follows for one in value})
        return value

    @property
    def series(self) -> dict[str, str]:
        """The first source of those that followed each other, by the name of each that followed one."""
        follows = {one.name: one.follows for one in self.sources}
        return {one.name: _first_of(one, follows) for one in self.sources if one.follows is not None}

    @property
    def zone(self) -> ZoneInfo:
        """The workspace's time zone."""
        return ZoneInfo(self.geography.time_zone)

    def to_json(self) -> dict[str, Any]:
        """Return the settings as plain values, for a snapshot's manifest."""
        return self.model_dump(mode="json", by_alias=True)


def _first_of(source: Source, follows: Mapping[str, str | None]) -> str:
    """Return the first of the sources that one followed; raises ValueError where that is none, or a ring."""
    name, seen = source.name, {source.name}
    while (before := follows[name]) is not None:
        if before not in follows:
            raise ValueError(f"{name} follows {before}, and there is no such source")
        if before in seen:
            raise ValueError(f"{before} can't follow itself")
        seen.add(before)
        name = before
    return name


def parse_project(data: dict[str, Any], *, file: str = PROJECT_FILE) -> Project:
    """Check project settings.

    Raises
    ------
    ProjectError
        ``project_invalid``, with the file, the setting, the value found and what is wrong with it.
    """
    try:
        return Project.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        setting = ".".join(str(part) for part in first["loc"])
        raise ProjectError(
            "project_invalid",
            f"{file}: {setting}: {first['msg']} (found {first.get('input')!r}).",
            file=file,
            setting=setting,
            problem=first["msg"],
            value=str(first.get("input"))[:80],
        ) from error


def read_project(workspace: Path) -> Project:
    """Read and check ``problembild.toml`` in a workspace folder.

    Raises
    ------
    ProjectError
        ``project_missing``, ``project_unreadable``, ``project_not_toml`` or ``project_invalid``.
    """
    path = workspace / PROJECT_FILE
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ProjectError(
            "project_missing",
            f"There is no {PROJECT_FILE} in {workspace}; make one with 'problembild init'.",
            file=PROJECT_FILE,
            folder=str(workspace),
        ) from error
    except OSError as error:
        problem = error.strerror or str(error)
        raise ProjectError(
            "project_unreadable",
            f"{PROJECT_FILE} in {workspace} can't be read: {problem}.",
            file=PROJECT_FILE,
            folder=str(workspace),
            problem=problem,
        ) from error
    except UnicodeDecodeError as error:
        raise ProjectError(
            "project_not_toml",
            f"{PROJECT_FILE} is not UTF-8 text; save it as UTF-8.",
            file=PROJECT_FILE,
            problem=str(error),
        ) from error
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProjectError(
            "project_not_toml",
            f"{PROJECT_FILE} is not valid TOML: {error}.",
            file=PROJECT_FILE,
            problem=str(error),
        ) from error
    return parse_project(data)
