"""What the store keeps of a large file beside its rows, so that a later import can go by what changed.

Of every line a keyed digest and what became of it; of the file what single rows gave to its account. It
belongs to one state of one file and to one part, and is of no use to any other: then the file is imported
whole.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.store.patches import named, written
from geodata.store.whole import storing, write_whole

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from numpy.typing import NDArray

    from etl.tables import Converted
    from geodata.store.patches import Part

FOLDER = "lines"
FIRST_ROW = 2
"""Row of the first line below the heading, as a person sees it."""
CAME_IN, MASKED, BLANK = np.uint8(1), np.uint8(2), np.uint8(4)
"""What became of a line: it gave a row, something was masked in it, nothing stands in it."""


@dataclass(frozen=True, eq=False)
class Ledger:
    """What is kept of one file.

    Attributes
    ----------
    sha256
        Which state of the file.
    part
        What of the snapshot its rows are.
    footing
        What its conversion rested on (`footing.footing`).
    heading
        Digest of its heading.
    digests
        Of its lines below the heading, shape ``(lines,)``.
    state
        What became of each line, shape ``(lines,)``.
    counted
        What is counted for the account → the lines that it was found in, as often as it was.
    ids
        Line that did not come in → the id that its source gave it.
    """

    sha256: str
    part: Part
    footing: dict[str, str]
    heading: str
    digests: NDArray[np.uint64]
    state: NDArray[np.uint8]
    counted: dict[tuple[str, str], NDArray[np.int64]]
    ids: dict[int, str]


@dataclass(frozen=True, eq=False)
class Told:
    """What a conversion told of single lines.

    Attributes
    ----------
    came_in, stayed_out, masked
        Lines that gave a row, that were rejected, and in which something was masked.
    counted, ids
        As in a `Ledger`.
    """

    came_in: NDArray[np.int64]
    stayed_out: NDArray[np.int64]
    masked: NDArray[np.int64]
    counted: dict[tuple[str, str], NDArray[np.int64]]
    ids: dict[int, str]

    def note(self, state: NDArray[np.uint8]) -> None:
        """Write what became of these lines into the state of all."""
        state[self.stayed_out] = 0
        state[self.came_in] = CAME_IN
        state[self.masked] |= MASKED


def told_of(converted: Converted) -> Told:
    """Return what the conversion of a file, or of some lines of it, told of single lines."""
    traces = converted.traces
    if traces is None:  # observations always leave theirs
        raise AssertionError(len(converted.frame))
    line = traces.rows - FIRST_ROW
    return Told(
        came_in=line[converted.row],
        stayed_out=np.array([one.row - FIRST_ROW for one in converted.rejections], dtype=np.int64),
        masked=line[traces.masked],
        counted={what: line[rows] for what, rows in traces.counted.items()},
        ids={int(line[row]): one for row, one in traces.ids.items()},
    )


def read_ledger(store: Path, part: str) -> Ledger | None:
    """Read what is kept of the file of a part; None where nothing is, or nothing that can be read."""
    try:
        content = io.BytesIO(_path(store, part).read_bytes())
        with np.load(content, allow_pickle=False) as kept:
            about = json.loads(kept["about"].tobytes())
            rows = np.split(kept["rows"], np.cumsum(about["lengths"])[:-1]) if about["lengths"] else []
            return Ledger(
                sha256=about["sha256"],
                part=named(about["part"]),
                footing=about["footing"],
                heading=about["heading"],
                digests=kept["digests"],
                state=kept["state"],
                counted={(what, value): at for (what, value), at in zip(about["counted"], rows, strict=True)},
                ids={int(line): one for line, one in about["ids"].items()},
            )
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile):
        return None


def write_ledger(store: Path, part: str, ledger: Ledger) -> None:
    """Keep what is known of a file, whole.

    Raises
    ------
    StoreError
        ``store_full``, ``store_not_writable``.
    """
    rows = list(ledger.counted.values())
    about = {
        "sha256": ledger.sha256,
        "part": written(ledger.part),
        "footing": ledger.footing,
        "heading": ledger.heading,
        "counted": list(ledger.counted),
        "lengths": [len(one) for one in rows],
        "ids": ledger.ids,
    }
    content = io.BytesIO()
    np.savez(
        content,
        about=np.frombuffer(json.dumps(about).encode(), dtype=np.uint8),
        digests=ledger.digests,
        state=ledger.state,
        rows=np.concatenate(rows) if rows else np.empty(0, dtype=np.int64),
    )
    write_whole(_path(store, part), content.getvalue())


def keep_only(store: Path, parts: Collection[str]) -> None:
    """Let go what is kept of any other file, and what was never whole.

    Raises
    ------
    StoreError
        ``store_not_writable``.
    """
    folder = store / FOLDER
    if not folder.is_dir():
        return
    staying = {_path(store, part).name for part in parts}
    for path in folder.iterdir():
        if path.name not in staying:
            with storing(path):
                path.unlink(missing_ok=True)


def _path(store: Path, part: str) -> Path:
    return store / FOLDER / f"{hashlib.sha256(part.encode()).hexdigest()[:32]}.npz"
