"""One format a file; every reader yields a `RawTable`: text, row numbers, origin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from etl.readers.calendar_file import read_calendar
from etl.readers.delimited import read_delimited
from etl.readers.excel import read_excel
from etl.readers.json_records import read_json_records
from etl.readers.mended import as_mended
from etl.readers.osm import read_osm
from etl.readers.road_data import read_road_data
from etl.readers.shield import without_shields
from etl.readers.vector import read_vector
from geodata.errors import FileFaultError

if TYPE_CHECKING:
    from pathlib import Path

    from etl.readers.raw_table import RawTable, ReaderOptions


class Reader(Protocol):
    """Read one file; `file` is its name for errors, `encoding` what the project file says of it."""

    def __call__(self, path: Path, options: ReaderOptions, *, file: str, encoding: str | None) -> RawTable:
        """Return the file as text."""
        ...


READERS: dict[str, Reader] = {
    "delimited": read_delimited,
    "excel": read_excel,
    "icalendar": read_calendar,
    "json_records": read_json_records,
    "osm": read_osm,
    "road_data": read_road_data,
    "vector": read_vector,
}


def read_file(path: Path, options: ReaderOptions, *, file: str, encoding: str | None = None) -> RawTable:
    """Read one file by the reader that its mapping names.

    Raises
    ------
    FileFaultError
        ``file_empty``, ``file_not_allowed`` and what the reader raises.
    """
    try:
        if path.stat().st_size == 0:
            raise FileFaultError("file_empty", f"{file} is empty.", file=file)
        raw = READERS[options.format](path, options, file=file, encoding=encoding)
        return as_mended(without_shields(raw) if options.shielded else raw, file=file)
    except OSError as error:
        raise FileFaultError(
            "file_not_allowed",
            f"{file} can't be opened: {error.strerror}.",
            file=file,
            problem=str(error.strerror or error),
        ) from error
