"""The rules that a mapping is made of: a field, the time, the place, the scope, a row that proves it."""

from __future__ import annotations

import re
from typing import Literal

import shapely
from pydantic import BaseModel, ConfigDict, field_validator, model_validator

from etl.dates import is_sound
from geodata.codelists import CHECKED, CHECKLIST
from geodata.crs import check_source
from geodata.precision import LocationPrecision, TimePrecision
from geodata.schema import GROUP_OF


class Section(BaseModel):
    """A part of a mapping file; a setting that it does not know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def check_formats(value: tuple[str, ...]) -> tuple[str, ...]:
    """Return formats of dates that can be read back.

    Raises
    ------
    ValueError
        For one that lacks the year, the month or the day, or has one of them twice.
    """
    for pattern in value:
        if not is_sound(pattern):
            raise ValueError(f"{pattern} is no format for a date: it needs year, month and day, each once")
    return value


class FieldRule(Section):
    """Where one value comes from and how it is read."""

    column: str | tuple[str, ...]
    """One heading, or several whose texts are joined by a space."""
    values: dict[str, str] = {}
    """What the file writes → our code; letter case and spaces round it do not matter."""
    unmatched: str | None = None
    """The code for a value that `values` lacks; without it such a row is rejected."""
    empty: str | None = None
    """What an empty cell means."""
    required: bool = False
    pattern: str | None = None
    """A regular expression whose one group is the value (``cirka (\\d+)``)."""
    markup: bool = False
    """Take remains of web markup out first."""
    formats: tuple[str, ...] = ("%Y-%m-%d",)
    """How a day is written, for columns that are days."""
    unit: Literal["share", "percent"] | None = None
    """Decides how a share is written, where the file's values leave it open."""
    decimal: Literal[",", "."] | None = None
    """The decimal sign of a number, where the layout settles it; the other sign divides thousands."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Its headings."""
        return (self.column,) if isinstance(self.column, str) else self.column

    @field_validator("column")
    @classmethod
    def _names_a_column(cls, value: str | tuple[str, ...]) -> str | tuple[str, ...]:
        if not value or (not isinstance(value, str) and "" in value):
            raise ValueError("a column needs a heading")
        return value

    @field_validator("formats")
    @classmethod
    def _sound(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return check_formats(value)

    @field_validator("pattern")
    @classmethod
    def _one_group(cls, value: str | None) -> str | None:
        if value is not None and re.compile(value).groups != 1:
            raise ValueError("a pattern needs exactly one group, in parentheses")
        return value


class TimeRule(Section):
    """When it happened: a day (with a clock), a moment, or the parts of a date in columns of their own."""

    date: str | None = None
    date_formats: tuple[str, ...] = ("%Y-%m-%d",)
    moment: str | None = None
    """A whole date and time; with an offset it is held to, without one it is local."""
    moment_formats: tuple[str, ...] = ("ISO8601",)
    year: str | None = None
    month: str | None = None
    """A number or a month's Swedish or English name."""
    day: str | None = None
    clock: str | None = None
    """17:59, 17.59, 1759, 17, or the hour group 17-18."""
    published: str | None = None
    """When it was made public; gives the year where only day and month are written."""
    published_formats: tuple[str, ...] = ("ISO8601",)
    published_in: Literal["local", "utc"] = "local"
    """Which clock wrote it, where no offset stands."""
    moment_in: Literal["local", "utc"] = "local"
    """Which clock wrote the moment, where no offset stands."""
    precision: TimePrecision = TimePrecision.MINUTE
    """The best that the source can be trusted with."""

    @field_validator("date_formats", "moment_formats", "published_formats")
    @classmethod
    def _sound(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return check_formats(value)

    @model_validator(mode="after")
    def _one_way(self) -> TimeRule:
        parts = self.year or (self.month and self.day and self.published)
        if sum(map(bool, (self.date, self.moment, parts))) != 1:
            raise ValueError("say date, or moment, or year, or month and day with published")
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """Its headings."""
        found = (self.date, self.moment, self.year, self.month, self.day, self.clock, self.published)
        return tuple(column for column in found if column is not None)


class LocationRule(Section):
    """Where it is: two coordinates, the feature's own geometry, or words for the place.

    Coordinates or geometry may have the words beside them, for the rows that lack a point.
    """

    east: str | None = None
    north: str | None = None
    longitude: str | None = None
    latitude: str | None = None
    geometry: bool = False
    area: str | None = None
    """Heading of a municipality's or a county's name: such a record has no point."""
    place: str | None = None
    """Heading of the words for the place: alone, or beside coordinates or geometry for rows without them."""
    crs: int | None = None
    """EPSG code of east and north, or of geometry in files that do not say."""
    decimal: Literal[",", "."] | None = None
    """The decimal sign of the coordinates, where the layout settles it."""
    precision: LocationPrecision = LocationPrecision.EXACT
    """What a point in this source stands for."""

    @field_validator("crs")
    @classmethod
    def _known(cls, value: int | None) -> int | None:
        return check_source(value)

    @model_validator(mode="after")
    def _one_way(self) -> LocationRule:
        ways = (self.east and self.north, self.longitude and self.latitude, self.geometry, self.area)
        named = sum(map(bool, (self.east, self.north, self.longitude, self.latitude)))
        alone = self.place is not None and not any(ways)
        if (sum(map(bool, ways)) != 1 and not alone) or named not in {0, 2}:
            raise ValueError("say east and north, or longitude and latitude, or geometry, or area, or place")
        if self.area is not None and self.place is not None:
            raise ValueError("area is the name of a whole municipality or county; place does not go with it")
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """Its headings."""
        found = (self.east, self.north, self.longitude, self.latitude, self.area, self.place)
        return tuple(column for column in found if column is not None)


class Scope(Section):
    """Which municipality a row is about, in files that hold several; others' rows are set aside."""

    code: str | None = None
    """Heading of SCB's four digits."""
    name: str | None = None
    """Heading of the municipality's or county's name."""
    extent: bool = False
    """Features that lie wholly outside the workspace's extent are others'; alone, or beside code or name."""

    @model_validator(mode="after")
    def _one_way(self) -> Scope:
        named = (self.code is not None) + (self.name is not None)
        if named > 1 or not (named or self.extent):
            raise ValueError("say code or name, or extent")
        return self

    @property
    def column(self) -> str:
        """Its heading; empty where the extent alone tells."""
        return self.code or self.name or ""

    @property
    def columns(self) -> tuple[str, ...]:
        """Its headings."""
        return (self.column,) if self.column else ()


class ChecklistRule(Section):
    """What a review looked at, an item a heading; the order of the items is how much each weighs."""

    items: dict[str, str]
    """Item of ``codelists.CHECKLIST`` → heading."""
    categories: dict[str, str]
    """Item → the category of a review in which it is the first that lacks."""
    values: dict[str, str]
    """What the file writes → ``good``, ``lacking`` or ``not_relevant``."""

    @model_validator(mode="after")
    def _holds_together(self) -> ChecklistRule:
        unknown = sorted({*self.items, *self.categories} - set(CHECKLIST))
        if unknown:
            raise ValueError(f"a checklist has no {unknown[0]}; known: {', '.join(CHECKLIST)}")
        if set(self.items) != set(self.categories):
            raise ValueError("every item needs a category, and nothing else has one")
        for known, words in ((CHECKED, self.values), (GROUP_OF, self.categories)):
            wrong = sorted(set(words.values()) - set(known))
            if wrong:
                raise ValueError(f"there is no {wrong[0]}; known: {', '.join(known)}")
        return self


class Rejected(Section):
    """What an acceptance row is rejected for."""

    code: str
    column: str = ""
    value: str = ""


class AcceptanceRow(Section):
    """One row as the file writes it, and what must become of it."""

    row: dict[str, str] = {}
    """Heading → cell; headings that are not said are empty."""
    geometry: str | None = None
    """The feature's geometry as WKT, in longitude and latitude unless the mapping says a CRS."""
    expect: dict[str, str | int | float | bool] = {}
    """Column of our table → value; times in UTC, ISO 8601; numbers to 0.1. Not for a row of a layer that is
    set aside: it has no columns."""
    fate: Literal["accepted", "waiting", "set_aside"] = "accepted"
    reject: Rejected | None = None

    @field_validator("geometry")
    @classmethod
    def _wkt(cls, value: str | None) -> str | None:
        try:
            shapely.from_wkt(value)
        except shapely.errors.ShapelyError as error:
            raise ValueError(f"{value} is not WKT") from error
        return value

    @model_validator(mode="after")
    def _says_something(self) -> AcceptanceRow:
        if not self.expect and self.reject is None and self.fate == "accepted":
            raise ValueError("say what to expect, a fate other than accepted, or a rejection")
        return self
