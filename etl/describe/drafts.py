"""A mapping in the making: what every column becomes, why, and what a person should look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from etl.describe.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Column:
    """What one column of the file becomes.

    Attributes
    ----------
    heading
        As it stands in the file.
    becomes
        The setting of the mapping that names it, ``fields.text``, ``time.date``; ``ignored``.
    score
        How sure that is, 0 to 1.
    reasons
        Why.
    others
        Columns that came close behind.
    """

    heading: str
    becomes: str
    score: float = 0.0
    reasons: tuple[Reason, ...] = ()
    others: tuple[str, ...] = ()


@dataclass
class Draft:
    """A mapping as plain values, in the order that it is written, with its reasons.

    Attributes
    ----------
    mapping
        What `Mapping` checks.
    columns
        Heading → what it becomes.
    doubts
        What a person should look at.
    open_words
        Column of ours → words of the file that the lexicon does not know.
    sureness
        Sum of what the columns' guesses are worth; tells the best of several sheets.
    """

    mapping: dict[str, Any] = field(default_factory=dict)
    columns: dict[str, Column] = field(default_factory=dict)
    doubts: list[Reason] = field(default_factory=list)
    open_words: dict[str, list[str]] = field(default_factory=dict)
    sureness: float = 0.0

    def use(
        self,
        heading: str,
        becomes: str,
        *reasons: Reason,
        score: float = 1.0,
        others: Sequence[str] = (),
    ) -> None:
        """Say what a column becomes, unless it is said already."""
        if heading not in self.columns:
            self.columns[heading] = Column(heading, becomes, score, reasons, tuple(others))
            self.sureness += score
        if others:
            values = {"target": becomes, "column": heading, "other": ", ".join(others)}
            self.doubt("doubt_column", **values)

    def doubt(self, code: str, **values: str) -> None:
        """Add something that a person should look at."""
        self.doubts.append(Reason(code, values))
