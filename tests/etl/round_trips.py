"""What the round trips share: cells as a table, a workspace in Säffle, a call that gives or stops."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

import numpy as np
import pandas as pd
from hypothesis import settings

from etl.context import Context
from etl.readers.raw_table import RawTable
from geodata.errors import FileFaultError
from geodata.project import Project
from geodata.sections import Geography, Municipality

T = TypeVar("T")
quick = settings(deadline=None, max_examples=60)
NOW = datetime(2026, 11, 22, tzinfo=UTC)
SAFFLE_EXTENT = (12.4, 58.85, 13.3, 59.5)


def text(*cells: str) -> "pd.Series[str]":
    return pd.Series(cells, dtype="str")


def table(**columns: list[str]) -> RawTable:
    cells = pd.DataFrame({name: pd.Series(values, dtype="str") for name, values in columns.items()})
    return RawTable(cells, np.arange(2, len(cells) + 2))


def context(extent: tuple[float, float, float, float] | None = SAFFLE_EXTENT) -> Context:
    project = Project(
        municipality=Municipality(name="Säffle", code="1785"), geography=Geography(extent=extent)
    )
    return Context(project=project, source="s", file="x.csv", mapping="m", now=NOW)


def outcome(call: Callable[[], T]) -> tuple[T | None, FileFaultError | None]:
    """Return what a call gives, or the fault that stops the file."""
    try:
        return call(), None
    except FileFaultError as fault:
        return None, fault
