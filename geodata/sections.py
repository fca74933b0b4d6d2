"""The sections of a municipality's ``problembild.toml``, each checked by itself."""

from __future__ import annotations

import codecs
import math
from pathlib import PurePosixPath
from typing import Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from geodata.age_groups import DEFAULT_BOUNDS, check_bounds
from geodata.codelists import RESPONDENTS
from geodata.crs import SWEREF99_TM, check_source, check_working
from geodata.errors import ParameterError
from geodata.schema import Severity

CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
"""A time of day, ``08:10``."""

LAST_COUNTY = "25"
"""Norrbotten's, in SCB's codes."""

NOT_FOR_FILES = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"})
"""Python's text encodings that no file is written in."""


class Section(BaseModel):
    """A part of the project file; a setting that it does not know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Municipality(Section):
    """Who this workspace is about."""

    name: str = Field(min_length=1)
    code: str = Field(pattern=r"^[0-9]{4}$", description="SCB's four digits; 9999 for a made-up one")
    language: Literal["sv", "en"] = "sv"
    made_up: bool = False
    """Set for generated data: every screen and sheet then says so."""

    @property
    def practised(self) -> bool:
        """Whether it is a real municipality, by its county's two digits, with made-up data."""
        return self.made_up and self.code[:2] <= LAST_COUNTY


class Geography(Section):
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


class Source(Section):
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
    decimal: Literal[",", "."] | None = None
    """Decides where 1.234 may be a thousand and more, or one and a part."""
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    """Decides where 01/02/2026 may be two days."""
    axes: Literal["east_north", "north_east"] | None = None
    """Decides where the file's two coordinates may stand in either order."""
    asks: str | None = None
    """Who answers, where the file has no column that says so: a staff dialogue is ``staff_municipality``."""
    follows: str | None = None
    """The source whose place it took, when a system was replaced: as one where times are compared."""
    address: str | None = None
    """Where ``problembild fetch`` gets it, instead of the service's own address."""

    @field_validator("asks")
    @classmethod
    def _known_respondent(cls, value: str | None) -> str | None:
        if value is not None and value not in RESPONDENTS:
            raise ValueError(f"nobody answers as {value}; use one of {', '.join(RESPONDENTS)}")
        return value

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


class Ranking(Section):
    """What each stream weighs when places are ranked; shown beside every ranking."""

    survey: float = Field(default=1.0, ge=0)
    review: float = Field(default=1.0, ge=0)
    incident: float = Field(default=1.0, ge=0)


class SeverityWeights(Section):
    """What a record weighs by its severity where a method weighs records; without any, each weighs one."""

    weights: dict[str, float] = {}
    """Code of ``schema.Severity`` → weight; a severity that is unknown or not listed weighs one."""
    source: str = ""
    """Who says so: the report or decision that the weights stand in; it is named with every answer."""

    @field_validator("weights")
    @classmethod
    def _of_the_scale(cls, value: dict[str, float]) -> dict[str, float]:
        listed = [str(one) for one in Severity if one is not Severity.UNKNOWN]
        for code, weight in value.items():
            if code == Severity.UNKNOWN:
                raise ValueError("a record of unknown severity weighs one; take unknown away")
            if code not in listed:
                raise ValueError(f"there is no severity {code}; use {', '.join(listed)}")
            if not (math.isfinite(weight) and weight >= 0):
                raise ValueError(f"{code} can't weigh {weight:g}; write 0 or a positive number")
        return value

    @model_validator(mode="after")
    def _has_a_source(self) -> Self:
        if self.weights and not self.source.strip():
            raise ValueError("weights need a source; write the report or decision that they stand in")
        return self


class GazetteerPlace(Section):
    """A place that the municipality's own layers lack, or another word for one that they have."""

    name: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    longitude: float | None = Field(default=None, ge=-180, le=180)
    latitude: float | None = Field(default=None, ge=-90, le=90)
    """None for both: the aliases are further words for what the layers call `name`."""
    place: Literal["square", "centre", "station", "park", "other"] | None = None
    """Set to rank it and work at it as a place of this kind, not only to understand its name."""
    radius_m: float = Field(default=75.0, gt=0, le=1000)

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if (self.longitude is None) != (self.latitude is None):
            raise ValueError("write longitude and latitude, or neither")
        if self.longitude is None and not self.aliases:
            raise ValueError("a place without coordinates needs aliases")
        if self.place is not None and self.longitude is None:
            raise ValueError("a place to work at needs longitude and latitude")
        return self


class Gazetteer(Section):
    """Which words mean which place, and how sure one must be."""

    accept: float = Field(default=0.85, gt=0, le=1)
    """Confidence from which a phrase is settled without a person."""
    margin: float = Field(default=0.05, ge=0, le=1)
    """How far behind the best the next candidate must be."""
    places: tuple[GazetteerPlace, ...] = Field(default=(), alias="place")


class Retention(Section):
    """What becomes of files in ``inbox/`` once their import is published."""

    inbox: Literal["keep", "remove", "encrypt"] = "keep"
    days: int = Field(default=0, ge=0)
    """How many days a published file stays as it is first."""
    unmended: bool = False
    """Whether a file goes as well whose rejected rows nobody has mended yet: they are lost with it."""


class Fetch(Section):
    """How services over the network are asked."""

    contact: str = Field(default="", pattern=r"^[ -~]*$", max_length=100)
    """Whom a service can turn to, an address of the municipality; it is sent with every question."""


class Question(Section):
    """One question of the municipality's own survey, on paper and on the entry page."""

    name: str = Field(pattern=r"^[a-z0-9_]+$")
    text: str = Field(min_length=1)
    kind: Literal["choice", "text", "place"] = "text"
    choices: dict[str, str] = {}
    """What is written on paper → category code, or any word for another question."""


class Survey(Section):
    """The survey that is laid out on paper and keyed in."""

    title: str = "Var känner du dig otrygg?"
    purpose: str = ""
    privacy_notice: str = ""
    contact: str = ""
    """Whom people ask about it: a name, a telephone number, an address."""
    age_groups: tuple[int, ...] = DEFAULT_BOUNDS
    """Ages at which the groups begin that answers are read into; the first is of those below all of them."""
    questions: tuple[Question, ...] = Field(default=(), alias="question")

    @field_validator("age_groups")
    @classmethod
    def _coarse(cls, value: tuple[int, ...]) -> tuple[int, ...]:
        return check_bounds(value)


class Privacy(Section):
    """The threshold for small counts; it can raise the built-in one, never lower it."""

    minimum_count: int = Field(default=5, ge=5)


class Access(Section):
    """Who comes in, and for how long, where people sign in; the server reads it when it starts."""

    public: bool = False
    """Whether what the public may see is shown without signing in."""
    idle_minutes: int = Field(default=120, ge=5, le=1440)
    """After so long without a request one signs in again."""
    longest_hours: int = Field(default=12, ge=1, le=168)
    """And after so long whatever one does."""
