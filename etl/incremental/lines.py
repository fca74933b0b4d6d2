"""The lines of a delimited file, each known by a keyed digest, and which of them stood there before."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from bisect import bisect_left
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from etl.readers.columnar import line_ends, quotes_match
from etl.readers.delimited import find_delimiter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

MARK = b"\xef\xbb\xbf"
LOOKED_AT = 20
"""First lines by which the delimiter is known."""
PIECE = 4 * 2**20
"""Bytes read at a time: a file is never held whole."""
QUOTE, LINE_FEED, RETURN = b'"', b"\n", b"\r"


@dataclass(frozen=True, eq=False)
class Lines:
    """A delimited file, line by line; a line that goes on within quotation marks is one.

    Attributes
    ----------
    path, sha256
        Where it lies, and which state of it.
    begin
        Where each line below the heading begins and the last ends, shape ``(lines + 1,)``.
    digests
        A keyed digest of each, shape ``(lines,)``.
    heading, heading_digest
        The heading, without a byte order mark, and its digest as text.
    key
        What the digests were made with.
    """

    path: Path
    sha256: str
    begin: NDArray[np.int64]
    digests: NDArray[np.uint64]
    heading: bytes
    heading_digest: str
    key: str

    def some(self, at: NDArray[np.int64]) -> bytes | None:
        """Return a file of the heading and these lines alone; None where they are not there any more.

        Raises
        ------
        OSError
            When the file can't be read.
        """
        with self.path.open("rb") as file:
            chosen = []
            for begin, end in zip(self.begin[at].tolist(), self.begin[at + 1].tolist(), strict=True):
                file.seek(begin)
                chosen.append(file.read(end - begin).removesuffix(LINE_FEED))
        if not np.array_equal(_digested(chosen, self.key), self.digests[at]):
            return None
        return LINE_FEED.join([self.heading, *chosen, b""])


def read_lines(path: Path, secret: bytes) -> Lines | None:
    """Read a file line by line.

    Parameters
    ----------
    secret
        The installation's: without it nobody finds a line again by trying what it may have said.

    Returns
    -------
    Lines or None
        None where a line can't be told from the next without reading its cells.

    Raises
    ------
    OSError
        When the file can't be read.

    Notes
    -----
    The digest is SipHash-2-4, 64 bits: of the lines that changed, one in 2⁶⁴ is taken for what it was.
    """
    key = b64encode(blake2b(b"lines", key=secret, digest_size=12).digest()).decode("ascii")
    whole = hashlib.sha256()
    found: list[NDArray[np.uint64]] = []
    lengths: list[NDArray[np.int64]] = []
    heading = b""
    for number, lines in enumerate(_pieces(path, whole)):
        if lines is None:
            return None
        if not number:
            heading = lines[0]
        found.append(_digested(lines, key))
        lengths.append(np.fromiter(map(len, lines), np.int64, len(lines)))
    if not found:
        return None
    digests = np.concatenate(found)
    begin = np.concatenate([[0], np.cumsum(np.concatenate(lengths) + 1)])
    return Lines(
        path=path,
        sha256=whole.hexdigest(),
        begin=begin[1:],
        digests=digests[1:],
        heading=heading.removeprefix(MARK),
        heading_digest=f"{int(digests[0]):016x}",
        key=key,
    )


def _pieces(path: Path, whole: hashlib._Hash) -> Iterator[list[bytes] | None]:
    """Yield the lines piece by piece, without line feeds; None where one can't be told from the next."""
    rest, delimiter = b"", b""
    with path.open("rb") as file:
        while True:
            piece = file.read(PIECE)
            whole.update(piece)
            content = rest + piece
            if not delimiter:
                delimiter = _delimiter(content)
            lines = _split(content, delimiter, last=not piece)
            if lines is None:
                yield None
                return
            rest = lines.pop()
            if lines:
                yield lines
            if not piece:
                return


def _delimiter(content: bytes) -> bytes:
    """Return the delimiter as the first lines tell it, whatever their encoding."""
    first = LINE_FEED.join(content.removeprefix(MARK).split(LINE_FEED, LOOKED_AT)[:LOOKED_AT])
    return find_delimiter(first.decode("latin-1").encode()).encode()


def _split(content: bytes, delimiter: bytes, *, last: bool) -> list[bytes] | None:
    """Return the lines of a piece that begins with one, and then what is left for the next.

    None where a quotation mark stands in a cell, or a line ends otherwise than lines do.
    """
    if QUOTE not in content:
        lines = content.split(LINE_FEED)
    else:
        text = content.removeprefix(MARK)
        ends = line_ends(text) + (len(content) - len(text))
        begins = [0, *(ends + 1).tolist()]
        lines = [content[one:other] for one, other in zip(begins, [*ends.tolist(), None], strict=True)]
        told = text[: len(text) - len(lines[-1])] if not last else text
        if not quotes_match(told, delimiter):
            return None
    if last and lines[-1]:
        lines.append(b"")
    told = content[: len(content) - len(lines[-1])]
    if RETURN in told and told.count(RETURN) != told.count(RETURN + LINE_FEED):
        return None
    return lines


def _digested(lines: list[bytes], key: str) -> NDArray[np.uint64]:
    cells = np.empty(len(lines), dtype=object)
    cells[:] = lines
    return np.asarray(pd.util.hash_array(cells, hash_key=key, categorize=False), dtype=np.uint64)


def standing(before: NDArray[np.uint64], now: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Find the lines that stood in a file before, in the order that they stood in.

    Parameters
    ----------
    before, now
        Digests of the lines, shape ``(lines,)`` each.

    Returns
    -------
    ndarray of int64
        For each line now the one that it was before, ascending where it was one, else -1.
    """
    if len(before) == len(now):
        same = before == now
        if 2 * same.sum() > len(now):
            return np.where(same, np.arange(len(now)), -1)
    place = _places(before, now)
    found = np.flatnonzero(place >= 0)
    if len(found) and (np.diff(place[found]) > 0).all():
        return place
    kept = found[_rising(place[found].tolist())]
    chosen = np.full(len(now), -1, dtype=np.int64)
    chosen[kept] = place[kept]
    return chosen


def _places(before: NDArray[np.uint64], now: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return where each line stood before, the first of equal ones where the first did; -1 where none did."""
    number = pd.factorize(np.concatenate([before, now]))[0].astype(np.int64)
    turn = [
        pd.Series(one).groupby(one).cumcount().to_numpy(np.int64) for one in np.split(number, [len(before)])
    ]
    turns = int(max(one.max(initial=0) for one in turn)) + 1
    one, other = (some * turns + turn[at] for at, some in enumerate(np.split(number, [len(before)])))
    return np.asarray(pd.Index(one).get_indexer(pd.Index(other)), dtype=np.int64)


def _rising(numbers: list[int]) -> NDArray[np.int64]:
    """Return the positions of a longest run of numbers that rise, others left out between them."""
    ends: list[int] = []
    at_end: list[int] = []
    before = np.full(len(numbers), -1, dtype=np.int64)
    for at, number in enumerate(numbers):
        place = bisect_left(ends, number)
        before[at] = at_end[place - 1] if place else -1
        ends[place : place + 1] = [number]
        at_end[place : place + 1] = [at]
    chosen: list[int] = []
    at = at_end[-1] if at_end else -1
    while at >= 0:
        chosen.append(at)
        at = int(before[at])
    return np.array(chosen[::-1], dtype=np.int64)
