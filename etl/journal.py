"""What was imported when: one line of JSON an event, for whoever looks after the installation.

An import that broke off has a ``started`` and no ``published`` after it. Every line is on disk before the
work goes on; a line that was torn when the power went stands alone and is passed over.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from geodata.store.whole import storing

if TYPE_CHECKING:
    from pathlib import Path

JOURNAL_FILE = "journal.jsonl"
BEFORE_FILE = "journal.1.jsonl"

LARGEST = 1_000_000
"""Bytes from which a journal becomes the one before; there are never more than these two."""

_END = b"\n"


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One event.

    Attributes
    ----------
    at
        UTC, ISO 8601.
    event
        ``started``, ``file`` (taken in or stopped), ``resumed`` (an import that broke off had converted
        it), ``changes`` (read by the lines that changed), ``whole`` (everything is imported anew although
        lines are kept; the outcome says why), ``published``, and what became of files in the inbox
        afterwards: ``removed``, ``locked``, ``forgotten``.
    source, file, sha256
        Which file; empty for the other events.
    outcome
        Rows in the file, the code that stopped it, why everything is imported anew (codes of
        `etl.incremental.refusal` and `etl.footing`), or the id of the snapshot.
    """

    at: str
    event: str
    source: str = ""
    file: str = ""
    sha256: str = ""
    outcome: str = ""


class Journal:
    """The journal of one workspace's store."""

    def __init__(self, store: Path) -> None:
        self._path = store / JOURNAL_FILE

    def write(
        self, event: str, *, source: str = "", file: str = "", sha256: str = "", outcome: str = ""
    ) -> None:
        """Add one event, now, and see that it is on disk.

        Raises
        ------
        StoreError
            ``store_full``, ``store_not_writable``.
        """
        at = datetime.now(UTC).isoformat(timespec="seconds")
        entry = JournalEntry(at, event, source, file, sha256, outcome)
        line = json.dumps(asdict(entry), ensure_ascii=False).encode() + _END
        with storing(self._path):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if event == "started":
                self._turn_over()
            with self._path.open("ab+") as lines:
                if lines.tell() and not self._ends_whole():
                    line = _END + line
                lines.write(line)
                lines.flush()
                os.fsync(lines.fileno())

    def entries(self) -> list[JournalEntry]:
        """Return every event that can be read, oldest first."""
        found = []
        for path in (self._path.with_name(BEFORE_FILE), self._path):
            lines = path.read_bytes().split(_END) if path.exists() else []
            found += [entry for entry in map(_entry, lines) if entry is not None]
        return found

    def _turn_over(self) -> None:
        """Begin a new journal when this one is large enough."""
        if self._path.exists() and self._path.stat().st_size >= LARGEST:
            self._path.replace(self._path.with_name(BEFORE_FILE))

    def _ends_whole(self) -> bool:
        with self._path.open("rb") as lines:
            lines.seek(-1, os.SEEK_END)
            return lines.read(1) == _END


def _entry(line: bytes) -> JournalEntry | None:
    """Read one line; None for one that was torn."""
    try:
        return JournalEntry(**json.loads(line))
    except (ValueError, TypeError):
        return None
