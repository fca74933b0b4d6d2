"""A source layout as data: which column means what, what its words mean, and rows that prove it."""

from __future__ import annotations

import math
import re
import tomllib
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from etl.readers import READERS
from etl.readers.raw_table import ReaderOptions
from etl.rules import AcceptanceRow, ChecklistRule, FieldRule, LocationRule, Scope, TimeRule
from etl.said_answers import age_band
from etl.vocabulary import AGES, CLOCKS, DAYS, NUMBERS, READ_AS_THEY_STAND, SAID, SHARES, TARGETS, VOCABULARY
from geodata.errors import ProjectError
from geodata.said_when import check_said
from geodata.schema import KEYS, TABLES, Stream
from geodata.sections import CLOCK

if TYPE_CHECKING:
    from collections.abc import Iterator

SHIPPED = Path(__file__).parent / "mappings"


class Mapping(BaseModel):
    """One source layout."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    table: Literal[
        "observations",
        "streets",
        "schools",
        "areas",
        "population",
        "residents",
        "measurements",
        "batches",
        "events",
    ]
    reader: ReaderOptions
    stream: Stream | None = None
    id: str | tuple[str, ...] | None = None
    """Heading of the source's own id, or several that make it together; without it an observation is known by
    its content."""
    fields: dict[str, FieldRule] = {}
    """Column of our table → where it comes from."""
    constants: dict[str, str | float] = {}
    """Column of our table → the same value for every row."""
    time: TimeRule | None = None
    location: LocationRule | None = None
    checklist: ChecklistRule | None = None
    scope: Scope | None = None
    split: dict[str, str] = {}
    """Heading → a regular expression; its named groups become the columns ``heading.group``."""
    set_aside: dict[str, tuple[str, ...]] = {}
    """Heading → values (``*`` for any text) whose rows are kept and counted, in no analysis."""
    optional: tuple[str, ...] = ()
    """Headings that a file may lack."""
    whole: bool = False
    """Whether each fetched file holds all there is, so that the last alone counts (layers only)."""
    ignored: tuple[str, ...] = ()
    """Headings that are known and not used; ``*`` stands for any text."""
    acceptance: tuple[AcceptanceRow, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _has_its_parts(self) -> Mapping:
        if self.reader.format not in READERS:
            raise ValueError(f"there is no reader {self.reader.format}; known: {', '.join(READERS)}")
        if (self.table == "observations") != (self.stream is not None):
            raise ValueError("observations need a stream, and nothing else has one")
        if self.table == "observations" and (self.time is None or self.location is None):
            raise ValueError("observations need time and location")
        if self.table in {"streets", "schools", "areas"} and self.location is None:
            raise ValueError(f"{self.table} need location")
        if self.table in {"schools", "population", "residents", "batches"} and self.id is None:
            raise ValueError(f"{self.table} need id")
        if self.checklist is not None and self.stream is not Stream.REVIEW:
            raise ValueError("a checklist is a review's")
        if len(self.id_columns) > 1 and not self.has_text_id:
            raise ValueError(f"the id of {self.table} is one number, in one column")
        return self

    @model_validator(mode="after")
    def _names_codes_that_there_are(self) -> Mapping:
        for setting, target, code in self._codes():
            known = VOCABULARY.get(target)
            if known is not None and code not in known:
                raise PydanticCustomError(
                    "code_unknown",
                    "{setting} can't be {value}; known: {known}",
                    {"setting": setting, "value": code, "known": ", ".join(sorted(known))},
                )
        return self

    @model_validator(mode="after")
    def _names_what_is_known(self) -> Mapping:
        for target in (*self.fields, *self.constants):
            if target not in TARGETS[self.table]:
                raise ValueError(f"{self.table} has no {target}; known: {', '.join(TARGETS[self.table])}")
        for pattern in self.split.values():
            if not re.compile(pattern).groupindex:
                raise ValueError(f"{pattern} names no group")
        return self

    @model_validator(mode="after")
    def _reads_each_as_what_it_is(self) -> Mapping:
        for target, rule in self.fields.items():
            looked_up = bool(rule.values or rule.unmatched or rule.empty)
            if target in VOCABULARY and not rule.values:
                raise ValueError(f"{target} needs values: a cell must not become a code by itself")
            if target in READ_AS_THEY_STAND and looked_up:
                raise ValueError(f"{target} is read as it stands; values, unmatched and empty are not for it")
            if rule.unmatched is not None and not rule.values:
                raise ValueError(f"{target}: unmatched says nothing without values")
        for target, constant in self.constants.items():
            if (target in NUMBERS | SHARES) == isinstance(constant, str) or target in DAYS:
                raise ValueError(f"{target} can't be {constant!r}")
            if isinstance(constant, float) and not 0.0 <= constant < math.inf:
                raise ValueError(f"{target} must be zero or more, not {constant}")
            if target in CLOCKS and not re.fullmatch(CLOCK, str(constant)):
                raise ValueError(f"{target} is written like 08:10, not {constant}")
        return self

    @model_validator(mode="after")
    def _reads_what_is_said(self) -> Mapping:
        for target, rule in self.fields.items():
            if target in SAID | AGES:
                _check_said(target, rule)
        said = sorted((SAID | AGES) & self.constants.keys())
        if said:
            raise ValueError(f"{said[0]} is what an answer says, not the same of all")
        return self

    @model_validator(mode="after")
    def _expects_what_there_is(self) -> Mapping:
        for number, row in enumerate(self.acceptance, start=1):
            unknown = sorted(set(row.expect) - set(TABLES[self.table].names))
            if unknown:
                raise ValueError(f"acceptance row {number}: {self.table} has no {unknown[0]}")
            if row.expect and row.fate == "set_aside" and self.table != "observations":
                raise ValueError(f"acceptance row {number}: what is set aside of {self.table} is not kept")
        return self

    def _codes(self) -> Iterator[tuple[str, str, str]]:
        """Yield every code that is written, with where it stands and the column of ours that it is for."""
        for target, rule in self.fields.items():
            for word, code in rule.values.items():
                yield f'fields.{target}.values."{word}"', target, code
            for name, fallback in (("unmatched", rule.unmatched), ("empty", rule.empty)):
                if fallback is not None:
                    yield f"fields.{target}.{name}", target, fallback
        for target, constant in self.constants.items():
            yield f"constants.{target}", target, str(constant)

    @property
    def id_columns(self) -> tuple[str, ...]:
        """Headings that make the source's own id; none where it has none."""
        return (self.id,) if isinstance(self.id, str) else self.id or ()

    @property
    def key(self) -> str | None:
        """The column of ids while rows are converted: the heading, or the headings as messages join them."""
        return ", ".join(self.id_columns) or None

    @property
    def has_text_id(self) -> bool:
        """Whether ids of its table are text; the others are numbers."""
        return str(TABLES[self.table].field(KEYS[self.table]).type) == "string"

    @property
    def used(self) -> frozenset[str]:
        """Headings that a file must have, optional ones included."""
        names = {column for rule in self.fields.values() for column in rule.columns}
        names.update(self.time.columns if self.time else ())
        names.update(self.location.columns if self.location else ())
        names.update(self.checklist.items.values() if self.checklist else ())
        names.update(self.set_aside, self.split)
        names.update(self.id_columns, self.scope.columns if self.scope else ())
        return frozenset(names - self.made)

    @property
    def made(self) -> frozenset[str]:
        """Columns that `split` makes."""
        return frozenset(
            f"{column}.{group}"
            for column, pattern in self.split.items()
            for group in re.compile(pattern).groupindex
        )

    @property
    def clocks(self) -> frozenset[str]:
        """Headings of times of day."""
        names = {column for target in CLOCKS & self.fields.keys() for column in self.fields[target].columns}
        names.update((self.time.clock,) if self.time and self.time.clock else ())
        return frozenset(names - self.made)

    def knows(self, column: str) -> bool:
        """Say whether a heading is used or ignored."""
        return column in self.used or any(fnmatchcase(column, pattern) for pattern in self.ignored)


def _check_said(target: str, rule: FieldRule) -> None:
    """Refuse words that stand for no part of the week, or no band of ages."""
    if rule.unmatched is not None or rule.empty is not None:
        raise ValueError(
            f"{target}: what is not understood is counted and stays empty; say nothing else of it"
        )
    for word, said in rule.values.items():
        if target in SAID:
            check_said(said)
        elif age_band(said) is None:
            raise ValueError(f"{word} = {said} is no band of ages; write 15-24, or 65+")


def find_mapping(name: str, *, source: str, workspace: Path) -> Path:
    """Return the file of a mapping: the workspace's own, else the shipped one.

    Raises
    ------
    ProjectError
        ``mapping_missing``.
    """
    for folder in (workspace / "mappings", SHIPPED):
        path = folder / f"{name}.toml"
        if path.is_file():
            return path
    found = ", ".join(path.stem for path in shipped_mappings())
    raise ProjectError(
        "mapping_missing",
        f"Source {source}: there is no mapping {name}. Shipped: {found}.",
        source=source,
        mapping=name,
        found=found,
    )


def shipped_mappings() -> list[Path]:
    """List the mapping files that come with the product."""
    return sorted(SHIPPED.glob("*.toml"))


def read_mapping(path: Path) -> Mapping:
    """Read and check one mapping file.

    Raises
    ------
    ProjectError
        ``mapping_not_toml``, ``mapping_code_unknown`` or ``mapping_invalid``, with the file, the setting and
        what is wrong with it.
    """
    try:
        return Mapping.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProjectError(
            "mapping_not_toml",
            f"{path.name} is not valid TOML: {error}.",
            file=path.name,
            problem=str(error),
        ) from error
    except (ValidationError, re.error) as error:
        first = error.errors()[0] if isinstance(error, ValidationError) else None
        if first is not None and first["type"] == "code_unknown":
            wrong = first["ctx"]
            raise ProjectError(
                "mapping_code_unknown",
                f"{path.name}: {wrong['setting']} = {wrong['value']}; it can be {wrong['known']}.",
                file=path.name,
                **wrong,
            ) from error
        setting = ".".join(str(part) for part in first["loc"]) if first else ""
        problem = first["msg"] if first else str(error)
        raise ProjectError(
            "mapping_invalid",
            f"{path.name}: {setting}: {problem}.",
            file=path.name,
            setting=setting,
            problem=problem,
            value=str(first.get("input"))[:80] if first else "",
        ) from error
