"""What a conversion needs to know besides the file and its mapping."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from geodata.project import Project


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
    """

    project: Project
    source: str
    file: str
    mapping: str
    now: datetime
    crs: int | None = None
