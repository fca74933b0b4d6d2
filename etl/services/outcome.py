"""What came of fetching: a source at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Outcome = Literal["saved", "unchanged", "waiting", "failed"]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of one source.

    Attributes
    ----------
    source
        Its name.
    outcome
        ``saved``; ``unchanged`` where the newest file says the same; ``waiting`` where the service's limit
        came between and the rest is asked for at the next fetch; ``failed``.
    file
        What was saved, from the workspace; ``""`` otherwise.
    records
        How many records came, or how many of `wanted` while it waits.
    wanted
        How many there are; 0 where nobody can know.
    left_out
        Records that the service lists and does not have.
    dropped
        Answers to a list that was begun and grew too old: they were thrown away, and all is asked anew.
    code, values
        Why it waits or failed: key in the text catalogue (``errors.<code>``) and what it is about.
    next_at
        UTC, ISO 8601: when the service may be asked again; ``""`` for now.
    """

    source: str
    outcome: Outcome
    file: str = ""
    records: int = 0
    wanted: int = 0
    left_out: int = 0
    dropped: int = 0
    code: str = ""
    values: dict[str, str] = field(default_factory=dict)
    next_at: str = ""


@dataclass(frozen=True, slots=True)
class FetchReport:
    """What came of every source that was fetched."""

    sources: tuple[Fetched, ...]

    @property
    def failed(self) -> bool:
        """Whether any of them failed."""
        return any(one.outcome == "failed" for one in self.sources)
