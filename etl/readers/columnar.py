"""Well-formed delimited text, read a column at a time; what is not well-formed goes to the slower reader.

Both readers give the same table of the same bytes: this one declines whatever it might read otherwise.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from etl.text_columns import text_buffers, trimmed

if TYPE_CHECKING:
    from numpy.typing import NDArray

BLOCK_BYTES = 16 * 2**20
QUOTE, LINE_FEED, RETURN = b'"', b"\n", b"\r"
LEAST_BYTES = 64 * 1024
"""Below this, starting threads costs more than they save."""


def read_columns(content: bytes, delimiter: str) -> list[pa.LargeStringArray] | None:
    """Read the cells of a well-formed file, the heading among them.

    Parameters
    ----------
    content
        UTF-8, checked, without a byte order mark.

    Returns
    -------
    list of LargeStringArray, or None
        One array a column, trimmed, one cell a line of the file; None where quotes, line ends or the number
        of cells are not the same throughout, or a cell is longer than the slower reader takes.
    """
    heading = content[: content.find(LINE_FEED)] if LINE_FEED in content else content
    uneven = content.count(RETURN) != content.count(RETURN + LINE_FEED)
    if uneven or b"\0" in content or not heading.strip() or len(heading) > csv.field_size_limit():
        return None
    quotes = _positions(content, ord(QUOTE))
    if not _quotes_match(content, quotes, ord(delimiter)) or heading.count(QUOTE) % 2:
        return None
    table = _parse(content, delimiter, quotes, width=_width(heading.decode(), delimiter))
    if table is None:
        return None
    columns = []
    for name in table.column_names:
        column = table.column(name).combine_chunks()
        table = table.drop_columns(name)  # its chunks go as soon as they are joined
        offsets, _ = text_buffers(column)
        if np.diff(offsets).max(initial=0) > csv.field_size_limit():
            return None
        columns.append(trimmed(column))
    return columns


def _parse(content: bytes, delimiter: str, quotes: NDArray[np.int64], *, width: int) -> pa.Table | None:
    """Read every cell as text; None where rows have another width, or one is longer than a block."""
    names = [str(number) for number in range(width)]
    end = len(content.rstrip(b"\r\n"))
    try:
        return arrow_csv.read_csv(
            pa.BufferReader(pa.py_buffer(content).slice(0, end)),
            read_options=arrow_csv.ReadOptions(
                column_names=names, block_size=BLOCK_BYTES, use_threads=len(content) > LEAST_BYTES
            ),
            parse_options=arrow_csv.ParseOptions(
                delimiter=delimiter,
                quote_char=QUOTE.decode() if len(quotes) else False,
                newlines_in_values=_holds_line_ends(content, quotes),
                ignore_empty_lines=False,
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.large_string()),
                strings_can_be_null=False,
                check_utf8=False,
            ),
        )
    except pa.ArrowInvalid:
        return None


def _width(heading: str, delimiter: str) -> int:
    return len(next(csv.reader([heading], delimiter=delimiter)))


def _positions(content: bytes, byte: int) -> NDArray[np.int64]:
    """Return where a byte stands, shape ``(k,)``."""
    if bytes([byte]) not in content:
        return np.empty(0, dtype=np.int64)
    data = np.frombuffer(content, dtype=np.uint8)
    found = [
        np.flatnonzero(data[start : start + BLOCK_BYTES] == byte) + start
        for start in range(0, len(data), BLOCK_BYTES)
    ]
    return np.concatenate(found)


def _quotes_match(content: bytes, quotes: NDArray[np.int64], delimiter: int) -> bool:
    """Say whether every quotation mark opens a cell, closes one, or stands doubled inside one."""
    if len(quotes) % 2:
        return False
    if not len(quotes):
        return True
    data = np.frombuffer(content, dtype=np.uint8)
    divides = np.zeros(256, dtype=bool)
    divides[[delimiter, ord(LINE_FEED), ord(RETURN)]] = True
    opening, closing = quotes[::2], quotes[1::2]
    before = (opening == 0) | divides[data[np.maximum(opening - 1, 0)]]
    before[1:] |= opening[1:] == closing[:-1] + 1
    last = len(data) - 1
    after = (closing == last) | divides[data[np.minimum(closing + 1, last)]]
    after[:-1] |= closing[:-1] + 1 == opening[1:]
    return bool(before.all() and after.all())


def quotes_match(content: bytes, delimiter: bytes) -> bool:
    """Say whether every quotation mark opens a cell, closes one, or stands doubled inside one."""
    return _quotes_match(content, _positions(content, ord(QUOTE)), ord(delimiter))


def line_ends(content: bytes) -> NDArray[np.int64]:
    """Return where lines end, not those line feeds that stand inside quotation marks; shape ``(lines,)``."""
    ends = _positions(content, ord(LINE_FEED))
    outside = np.searchsorted(_positions(content, ord(QUOTE)), ends) % 2 == 0
    return np.asarray(ends[outside])


def _holds_line_ends(content: bytes, quotes: NDArray[np.int64]) -> bool:
    """Say whether a line ends inside quotation marks: an odd number of them stands before it."""
    if not len(quotes):
        return False
    ends = _positions(content, ord(LINE_FEED))
    return bool((np.searchsorted(quotes, ends) % 2).any())
