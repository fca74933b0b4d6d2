"""What a conversion needs to know besides the file and its mapping."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from etl.themes.lexicon import Lexicon
    from geodata.project import Project


def _nobody(_share: float) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Door:
    """What every file of an import is met with.

    Attributes
    ----------
    lexicon
        What tells themes from words; the shipped one when None.
    secret
        Key of digests that stand for what is masked; the installation's own.
    """

    lexicon: Lexicon | None = None
    secret: bytes = b""


@dataclass(frozen=True, slots=True)
class Context:
    """Whose file is converted, and when.

    Attributes
    ----------
    project
        The workspace's settings.
    source, file, mapping
        Names of the source, the file and the mapping, for ids and messages.
    now
        Time of the import, UTC; nothing can have happened after it.
    crs
        EPSG code that the project file states for this source; goes before the file and the mapping.
    decimal, date_order, axes
        What the project file decides for this source, where a file can be read in two ways.
    door
        What every file of an import is met with.
    passed
        Told what share of the work on the file is done, by whatever takes long.
    """

    project: Project
    source: str
    file: str
    mapping: str
    now: datetime
    crs: int | None = None
    decimal: Literal[",", "."] | None = None
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    axes: Literal["east_north", "north_east"] | None = None
    door: Door = Door()
    passed: Callable[[float], None] = _nobody
