"""One file taken in: read, converted and accounted for, or stopped whole."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from etl.context import Context
from etl.convert import convert
from etl.inbox.opening import read_source_file
from etl.masking.mask import mask_value
from etl.progress import READ
from geodata.errors import FileFaultError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from etl.context import Door
    from etl.mapping import Mapping
    from etl.sources import SourceFile, SourceFiles
    from etl.tables import Converted
    from geodata.account import FileReport
    from geodata.project import Project


@dataclass
class Intake:
    """What came of one file.

    Attributes
    ----------
    source, file, sha256
        Which file, as the account names it.
    table
        Which table its rows belong to.
    read
        Rows in it.
    converted
        Its rows; None when the file was stopped or carried.
    fault
        Why it was stopped: code and values.
    carried
        Its account from before, when the house itself took the file away and its rows stay.
    resumed
        Whether an import that broke off had converted it.
    whole
        Whether it holds all that its source has, as `Mapping.whole` says.
    """

    source: str
    file: str
    sha256: str
    table: str
    read: int = 0
    converted: Converted | None = None
    fault: str | None = None
    fault_values: dict[str, str] = field(default_factory=dict)
    carried: FileReport | None = None
    resumed: bool = False
    whole: bool = False

    @property
    def part(self) -> str:
        """Name of its part in the snapshot."""
        return part_name(self.source, self.file)


def part_name(source: str, file: str) -> str:
    """Name the part of a snapshot that one file of one source gives."""
    return f"{source}/{file}"


def take_in(
    source: SourceFiles,
    file: SourceFile,
    within: Callable[[int, float], None],
    *,
    project: Project,
    now: datetime,
    door: Door,
) -> Intake:
    """Read one file; a fault of the file is a result, not an error.

    Parameters
    ----------
    within
        Told how many rows the file has, and what share of the work on it is done.
    now
        Time of the import, UTC.
    door
        What every file of the import is met with.
    """
    mapping: Mapping = source.mapping
    context = context_of(source, file, project=project, now=now, door=door)
    intake = Intake(source.source.name, file.name, file.sha256(), mapping.table)
    try:
        raw = read_source_file(source, file)
        intake.read = raw.read
        context = replace(context, passed=partial(within, raw.read))
        context.passed(READ)
        intake.converted = convert(raw, mapping, context)
    except FileFaultError as fault:
        intake.fault = fault.code
        intake.fault_values = {name: mask_value(str(value)) for name, value in fault.values.items()}
    return intake


def context_of(
    source: SourceFiles, file: SourceFile, *, project: Project, now: datetime, door: Door
) -> Context:
    """Return what the conversion of a file needs to know; parameters as `take_in`'s."""
    return Context(
        project=project,
        source=source.source.name,
        file=file.name,
        mapping=source.source.mapping,
        now=now,
        crs=source.source.crs,
        decimal=source.source.decimal,
        date_order=source.source.date_order,
        axes=source.source.axes,
        door=door,
    )
