"""How a file of the inbox is opened: by the reader that its mapping names, or as a table of mended rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.mending import READS_MENDED
from etl.readers import read_file
from etl.readers.raw_table import ReaderOptions

if TYPE_CHECKING:
    from etl.readers.raw_table import RawTable
    from etl.sources import SourceFile, SourceFiles


def read_source_file(source: SourceFiles, file: SourceFile) -> RawTable:
    """Read one file of a source.

    Raises
    ------
    FileFaultError
        What `read_file` raises.
    """
    if file.is_mended:
        options = ReaderOptions(format=READS_MENDED[file.path.suffix.lower()])
        return read_file(file.path, options, file=file.name)
    encoding = source.source.encoding
    return read_file(file.path, source.mapping.reader, file=file.name, encoding=encoding)
