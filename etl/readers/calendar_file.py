"""iCalendar files: an event a row, times as the file states them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import icalendar
import numpy as np
import pandas as pd

from etl.readers.raw_table import RawTable
from geodata.errors import FileFaultError

if TYPE_CHECKING:
    from pathlib import Path

    from etl.readers.raw_table import ReaderOptions

HEADINGS = ("UID", "SUMMARY", "LOCATION", "DTSTART", "DTEND", "LATITUDE", "LONGITUDE", "STATUS")


def read_calendar(path: Path, options: ReaderOptions, *, file: str, encoding: str | None) -> RawTable:
    """Read a calendar.

    An event without an end lasts its ``DURATION``, a day alone that day. One that comes again by a rule
    stands once, at its first time, and the account says how many such there are.

    Raises
    ------
    FileFaultError
        ``file_unreadable``.
    """
    del options, encoding  # iCalendar is UTF-8, and has no layout to choose
    try:
        calendars = icalendar.Calendar.from_ical(path.read_bytes(), multiple=True)
        events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
        rows = [_row(event) for event in events]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise FileFaultError(
            "file_unreadable",
            f"{file} can't be read as iCalendar: {error}.",
            file=file,
            format="iCalendar",
            problem=str(error),
        ) from error
    again = sum("RRULE" in event for event in events)
    cells = pd.DataFrame(rows, columns=list(HEADINGS), dtype="str")
    said = {"events_repeat": str(again)} if again else {}
    return RawTable(cells=cells, rows=np.arange(1, len(rows) + 1), said=said)


def _row(event: Any) -> tuple[str, ...]:
    start = event.decoded("DTSTART", None)
    end = event.decoded("DTEND", None)
    if start is not None and end is None:
        end = start + event.decoded("DURATION", timedelta(0 if isinstance(start, datetime) else 1))
    if end is not None and not isinstance(end, datetime):
        end -= timedelta(days=1)  # the file's last day is the one after
    geo = event.get("GEO")
    point = (str(geo.latitude), str(geo.longitude)) if geo is not None else ("", "")
    words = (" ".join(str(event.get(name, "")).split()) for name in ("UID", "SUMMARY", "LOCATION"))
    return (*words, _written(start), _written(end), *point, str(event.get("STATUS", "")))


def _written(moment: Any) -> str:
    if moment is None:
        return ""
    return str(moment.isoformat(sep=" ")) if isinstance(moment, datetime) else str(moment.isoformat())
