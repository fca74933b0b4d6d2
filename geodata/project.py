"""A municipality's ``problembild.toml``, read and checked."""

from __future__ import annotations

import codecs
import tomllib
from pathlib import Path, PurePosixPath
from typing import Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from geodata.crs import SWEREF99_TM, check_source, check_working
from geodata.errors import ParameterError, ProjectError

PROJECT_FILE = "problembild.toml"
CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
"""A time of day, ``08:10``."""

NOT_FOR_FILES = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"})
"""Python's text encodings that no file is written in."""


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Municipality(_Section):
    """Who this workspace is about."""

    name: str = Field(min_length=1)
    code: str = Field(pattern=r"^[0-9]{4}$", description="SCB's four digits; 9999 for a made-up one")
    language: Literal["sv", "en"] = "sv"
    made_up: bool = False
    """Set for generated data: every screen and sheet then says so."""


class Geography(_Section):
    """Where it lies, and how it is measured."""

    working_crs: int = SWEREF99_TM
    time_zone: str = "Europe/Stockholm"
    extent: tuple[float, float, float, float] | None = None
    """West, south, east, north in degrees; a point outside is rejected. None holds to world limits only."""
    cell_m: Literal[100, 250, 1000] = 100
    """Side of a hotspot cell: SCB's squares, so that population joins by id."""

    @field_validator("working_crs")
    @classmethod
    def _metric(cls, value: int) -> int:
        try:
            return check_working(value)
        except ParameterError as error:
            raise ValueError(error.sentence) from error

    @field_validator("extent")
    @classmethod
    def _on_the_globe(
        cls, value: tuple[float, float, float, float] | None
    ) -> tuple[float, float, float, float] | None:
        if value is not None:
            west, south, east, north = value
            if not (-180.0 <= west < east <= 180.0 and -90.0 <= south < north <= 90.0):
                raise ValueError("write west, south, east, north in degrees, west before east")
        return value

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"{value} is not a time zone; use for example Europe/Stockholm") from error
        return value


class Source(_Section):
    """One kind of file in ``inbox/`` and the mapping that reads it."""

    name: str = Field(pattern=r"^[a-z0-9_]+$")
    mapping: str
    """Name of a shipped mapping, or of ``mappings/<name>.toml`` in the workspace, which wins."""
    files: tuple[str, ...] = Field(min_length=1)
    """File patterns below the workspace folder, ``inbox/survey_*.csv``."""
    crs: int | None = None
    """EPSG code of the coordinates, where it differs from the mapping's."""
    encoding: str | None = None
    """Overrides what is found; for files that lie about themselves."""

    @field_validator("files")
    @classmethod
    def _patterns(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in value:
            parts = PurePosixPath(pattern).parts
            if not parts or not pattern.isprintable():
                raise ValueError(f"{pattern!r} names no files; write for example inbox/survey_*.csv")
            if any("**" in part and part != "**" for part in parts):
                raise ValueError(f"{pattern!r}: ** stands alone between slashes, as in inbox/**/*.csv")
        return value

    @field_validator("crs")
    @classmethod
    def _known_crs(cls, value: int | None) -> int | None:
        return check_source(value)

    @field_validator("encoding")
    @classmethod
    def _known_encoding(cls, value: str | None) -> str | None:
        if value is None:
            return None
        try:
            known = codecs.lookup(value).name not in NOT_FOR_FILES
            "".encode(value)  # a codec that is not for text says so first here
        except (LookupError, ValueError):
            known = False
        if not known:
            raise ValueError(f"there is no text encoding {value}; use for example utf-8 or cp1252")
        return value


class Schools(_Section):
    """How a school zone is drawn."""

    zone_m: float = Field(default=400.0, gt=0, le=3000)
    """Walking distance along streets."""
    bell_start: str = Field(default="08:10", pattern=CLOCK)
    bell_end: str = Field(default="14:30", pattern=CLOCK)

    @model_validator(mode="after")
    def _a_day(self) -> Self:
        if self.bell_end <= self.bell_start:
            raise ValueError("bell_end must come after bell_start")
        return self


class Ranking(_Section):
    """What each stream weighs when places are ranked; shown beside every ranking."""

    survey: float = Field(default=1.0, ge=0)
    review: float = Field(default=1.0, ge=0)
    incident: float = Field(default=1.0, ge=0)


class Privacy(_Section):
    """The threshold for small counts; it can raise the built-in one, never lower it."""

    minimum_count: int = Field(default=5, ge=5)


class Project(_Section):
    """The whole project file."""

    municipality: Municipality
    geography: Geography = Geography()
    sources: tuple[Source, ...] = Field(default=(), alias="source")
    schools: Schools = Schools()
    ranking: Ranking = Ranking()
    privacy: Privacy = Privacy()
    attribution: tuple[str, ...] = ()
    """Sources named on every map, © first where their licence asks for it."""

    @field_validator("sources")
    @classmethod
    def _names_once(cls, value: tuple[Source, ...]) -> tuple[Source, ...]:
        names = [source.name for source in value]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"source names must differ: {', '.join(twice)} stands twice")
        return value

    @property
    def zone(self) -> ZoneInfo:
        """The workspace's time zone."""
        return ZoneInfo(self.geography.time_zone)

    def to_json(self) -> dict[str, Any]:
        """Return the settings as plain values, for a snapshot's manifest."""
        return self.model_dump(mode="json", by_alias=True)


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
        ``project_missing``, ``project_not_toml`` or ``project_invalid``.
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
