"""What fetching one source needs: where to ask, who asks, where to save."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from etl.services.outcome import Fetched
from etl.services.saving import save

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from etl.services.asking import Questioner
    from etl.services.outcome import Outcome
    from geodata.sections import Municipality, Source


@dataclass(frozen=True)
class Errand:
    """One source to fetch.

    Attributes
    ----------
    workspace, store
        The workspace's folder, and its store.
    progress
        Told how many answers there are, of how many.
    """

    workspace: Path
    store: Path
    source: Source
    municipality: Municipality
    questioner: Questioner
    now: Callable[[], datetime]
    progress: Callable[[int, int], None]

    def save(self, content: bytes, *, what: str, records: int, left_out: int = 0) -> Fetched:
        """Save a checked answer in the inbox and say what came of it.

        Raises
        ------
        ServiceError, StoreError
            As `save`.
        """
        file = save(self.workspace, self.source, content, store=self.store, what=what, now=self.now())
        outcome: Outcome = "unchanged" if file is None else "saved"
        return Fetched(
            self.source.name, outcome, file or "", records=records, wanted=records, left_out=left_out
        )
