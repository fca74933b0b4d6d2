"""A draft tried on its file: what becomes of the rows, and the first of them as they come out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

from pydantic import ValidationError

from etl.context import Context
from etl.convert import convert
from etl.describe.proof import NAMING, prove, shown
from etl.doubts.dates import tried_order
from etl.mapping import Mapping
from etl.masking.mask import mask_text
from geodata.errors import FileFaultError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from etl.readers.raw_table import RawTable
    from geodata.account import Rejection
    from geodata.project import Project

NAME = "describe"
FIRST_ROWS = 5
WORKED_OUT = frozenset(
    {"local_first", "local_last", "local_weekday", "local_hour", "area_id", "street_id", "set_aside"}
)
"""Columns that follow from others, or that only a whole import knows: no help to who looks at a mapping."""


@dataclass(frozen=True)
class Trial:
    """What became of a file's rows under a mapping.

    Attributes
    ----------
    rows
        How many there are.
    accepted, waiting, set_aside
        How many came in, wait for a place, or are set aside.
    rejections
        Those that did not come in.
    headings, first
        The columns with anything in them, and the first rows, as text and masked.
    settings
        What the project file must say of the source, since the file can be read in two ways.
    stopped, stopped_values
        Code of the fault that stopped the file whatever was tried, and its values; else None.
    """

    rows: int
    accepted: int = 0
    waiting: int = 0
    set_aside: int = 0
    rejections: tuple[Rejection, ...] = ()
    headings: tuple[str, ...] = ()
    first: tuple[tuple[str, ...], ...] = ()
    settings: dict[str, str] = field(default_factory=dict)
    stopped: str | None = None
    stopped_values: dict[str, str] = field(default_factory=dict)


def try_draft(
    data: dict[str, Any], raw: RawTable, *, project: Project, file: str, now: datetime
) -> tuple[Trial, dict[str, Any] | None]:
    """Put a file through a mapping without acceptance rows.

    Returns
    -------
    trial
        What became of it.
    acceptance
        A row that holds the mapping to what it gives now, masked; None when no row came in.

    Raises
    ------
    FileFaultError
        ``describe_lacking`` for a file without what its table needs, an id for example.

    Notes
    -----
    Where the file stops because it can be read in two ways, the likelier is tried, and the setting of the
    source that says so is part of the answer.
    """
    mapping = _checked(data, file=file)
    context = Context(project=project, source=NAME, file=file, mapping=NAME, now=now)
    settings: dict[str, str] = {}
    while True:
        try:
            converted = convert(raw, mapping, context)
            break
        except FileFaultError as fault:
            assume = ASSUMED.get(fault.code)
            setting, value = assume(mapping, fault) if assume else ("", None)
            if value is None or setting in settings:
                values = {name: str(one) for name, one in fault.values.items()}
                return Trial(raw.read, settings=settings, stopped=fault.code, stopped_values=values), None
            settings[setting] = value
            context = replace(context, **cast("dict[str, Any]", {setting: value}))
    frame = converted.frame
    headings = [
        name for name in frame.columns if name not in NAMING | WORKED_OUT and frame[name].notna().any()
    ]
    trial = Trial(
        rows=raw.read,
        accepted=raw.read
        - int(converted.waiting.sum())
        - int(converted.set_aside.sum())
        - len(converted.rejections),
        waiting=int(converted.waiting.sum()),
        set_aside=int(converted.set_aside.sum()),
        rejections=converted.rejections,
        headings=tuple(headings),
        first=tuple(
            tuple(mask_text(shown(value)) for value in row)
            for row in frame[headings].head(FIRST_ROWS).itertuples(index=False, name=None)
        ),
        settings=settings,
    )
    return trial, prove(data, mapping, raw, converted, project=project)


def _checked(data: dict[str, Any], *, file: str) -> Mapping:
    """Check a mapping with a stand-in for its acceptance rows."""
    try:
        return Mapping.model_validate(data | {"acceptance": [{"fate": "waiting"}]})
    except ValidationError as error:
        problem = error.errors()[0]["msg"]
        raise FileFaultError(
            "describe_lacking",
            f"{file} looks like {data['table']}, but lacks something that these need: {problem}.",
            file=file,
            table=str(data["table"]),
            problem=problem,
        ) from error


def _order(mapping: Mapping, _fault: FileFaultError) -> tuple[str, str | None]:
    """Take the order of day and month that the layouts have which read the column."""
    return "date_order", tried_order(mapping) or "dmy"


def _decimal(_mapping: Mapping, fault: FileFaultError) -> tuple[str, str | None]:
    """Take the sign for a decimal, as most Swedish files write it."""
    return "decimal", str(fault.values["sign"])


def _axes(_mapping: Mapping, fault: FileFaultError) -> tuple[str, str | None]:
    return "axes", str(fault.values["axes"])


ASSUMED: dict[str, Callable[[Mapping, FileFaultError], tuple[str, str | None]]] = {
    "date_order_undecided": _order,
    "decimal_undecided": _decimal,
    "axes_undecided": _axes,
}
"""Fault of a file that can be read in two ways → the setting that decides, and the value tried."""
