"""What was imported when: one line of JSON an event, for whoever looks after the installation.

An import that broke off has a ``started`` and no ``published`` after it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

JOURNAL_FILE = "journal.jsonl"


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One event.

    Attributes
    ----------
    at
        UTC, ISO 8601.
    event
        ``started``, ``file`` (taken in or stopped), ``published``.
    source, file, sha256
        Which file; empty for the other events.
    outcome
        Rows read, the code that stopped the file, or the id of the snapshot.
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
        """Add one event, now."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        entry = JournalEntry(at, event, source, file, sha256, outcome)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(asdict(entry), ensure_ascii=False) + "\n")
