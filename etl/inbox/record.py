"""What became of the inbox's files after they were published: when each was, and which the house took away.

Written whole before a file goes, so its rows are never mistaken for those of a file that a person took out.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from geodata.errors import StoreError
from geodata.store.whole import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

RECORD_FILE = "inbox.json"


@dataclass(frozen=True, slots=True)
class Held:
    """One file of one source.

    Attributes
    ----------
    source, file, sha256
        As in the account.
    published_at
        When these bytes were first published, UTC, ISO 8601.
    removed
        Whether the house took, or is taking, it out of the inbox; its rows stay.
    forgotten
        Whether a person asked that its rows go too.
    """

    source: str
    file: str
    sha256: str
    published_at: str
    removed: bool = False
    forgotten: bool = False


def read_record(store: Path) -> dict[str, Held]:
    """Read the record; empty where nothing was ever kept by it.

    Returns
    -------
    dict
        Part → what is known of its file.

    Raises
    ------
    StoreError
        ``inbox_record_unreadable``: which rows only the store holds is not known then.
    """
    try:
        entries = json.loads((store / RECORD_FILE).read_bytes())
        return {part: Held(**entry) for part, entry in entries.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise StoreError(
            "inbox_record_unreadable",
            f"{RECORD_FILE} in store can't be read; put a backup of it in its place.",
            file=RECORD_FILE,
        ) from error


def write_record(store: Path, record: Mapping[str, Held]) -> None:
    """Write the record, whole.

    Raises
    ------
    StoreError
        ``store_full``, ``store_not_writable``.
    """
    entries = {part: asdict(entry) for part, entry in sorted(record.items())}
    write_whole(store / RECORD_FILE, json.dumps(entries, ensure_ascii=False, indent=1).encode())
