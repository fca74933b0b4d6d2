"""A small file that people key rows into: written whole, under a lock, so that two may key at once.

A file is read, changed and written beside, synced and renamed. An import that reads meanwhile sees it as it
was before or after, and a row is on the disk before the page says so.
"""

from __future__ import annotations

import csv
import io
import json
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from etl.readers.shield import shielded, unshielded
from geodata.errors import FileFaultError, StoreError
from geodata.store.whole import write_whole

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import TextIO

    from etl.keying.rows import Row

LOCK_FILE = ".inmatning.lock"
USED_FILE = ".inmatning.nummer.json"
"""Highest number that each round has given, where answers were taken out again."""
LOCK_SECONDS = 10.0
LOCK_STEP = 0.02

if sys.platform == "win32":
    import msvcrt

    def _take(file: TextIO) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: TextIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; another who keys is waited for.

    Raises
    ------
    StoreError
        ``keyed_busy`` when the lock is not let go within ``LOCK_SECONDS``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK_FILE).open("a+", encoding="ascii") as file:
        until = time.monotonic() + LOCK_SECONDS
        while True:
            try:
                _take(file)
                break
            except OSError as error:
                if time.monotonic() > until:
                    raise StoreError(
                        "keyed_busy", f"{folder.name} is being written by someone else.", folder=folder.name
                    ) from error
                time.sleep(LOCK_STEP)
        yield


def read_rows(path: Path, headings: Sequence[str], *, later: Collection[str] = ()) -> list[Row]:
    """Read every row; none where there is no file yet.

    Parameters
    ----------
    later
        Headings that came later than some files, which are read without them.

    Raises
    ------
    FileFaultError
        ``keyed_file_changed`` when the file no longer has the layout that it was written in.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
        heading, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    except FileNotFoundError:
        return []
    except (UnicodeDecodeError, csv.Error, ValueError) as error:
        raise changed(path.name, str(error)) from error
    if heading not in (list(headings), [name for name in headings if name not in later]):
        raise changed(path.name, "; ".join(heading)[:80])
    wrong = [at for at, row in enumerate(rows, start=2) if row and len(row) != len(heading)]
    if wrong:
        raise changed(path.name, f"row {wrong[0]}")
    lacks = dict.fromkeys(set(headings) - set(heading), "")
    return [lacks | dict(zip(heading, map(unshielded, row), strict=True)) for row in rows if row]


def write_rows(path: Path, headings: Sequence[str], rows: Sequence[Row]) -> None:
    """Write the file whole."""
    write_whole(path, written(headings, rows))


def written(headings: Sequence[str], rows: Sequence[Row]) -> bytes:
    """Return a file's bytes: UTF-8 with a BOM and semicolons, which every spreadsheet here opens right.

    A cell that it would run as a formula has an apostrophe before it; `read_rows` and the mappings of these
    files (``shielded``) take it away.
    """
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, headings, delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: shielded(cell) for name, cell in row.items()} for row in rows)
    return out.getvalue().encode("utf-8-sig")


def read_used(folder: Path) -> dict[str, int]:
    """Read the highest number that each round has given; empty where nothing was ever taken out.

    Raises
    ------
    FileFaultError
        ``keyed_file_changed``.
    """
    try:
        held = json.loads((folder / USED_FILE).read_bytes())
        return {str(batch): int(number) for batch, number in held.items()}
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError, AttributeError) as error:
        raise changed(USED_FILE, str(error)) from error


def write_used(folder: Path, used: Mapping[str, int]) -> None:
    """Write the highest numbers, whole."""
    write_whole(folder / USED_FILE, json.dumps(dict(used), ensure_ascii=False).encode())


def changed(file: str, problem: str) -> FileFaultError:
    """Say that a file was changed by other means, so that nothing more is written into it."""
    return FileFaultError(
        "keyed_file_changed",
        f"{file} no longer has the layout that answers are keyed in with: {problem}.",
        file=file,
        problem=problem,
    )
