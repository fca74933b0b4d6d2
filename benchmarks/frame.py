"""One row a claim, and the table that they make."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Row:
    """One claim, measured.

    Attributes
    ----------
    task
        What was done, on what.
    ours, other
        Our figure and that of the peer or the plain way, None without one. The unit stands in `task`.
    bar
        What must hold, in words.
    holds
        Whether it did.
    note
        What must stand beside the figure: how often it was run, what a cold start costs.
    """

    task: str
    ours: float
    bar: str
    holds: bool
    other: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours over the other's; None without a peer."""
        return None if not self.other else self.ours / self.other


def show(rows: Sequence[Row], *, as_json: bool) -> int:
    """Print the rows as a table or as a JSON list; return 1 when one falls short, else 0."""
    if as_json:
        json.dump(
            [{**asdict(row), "ratio": row.ratio} for row in rows], sys.stdout, ensure_ascii=False, indent=1
        )
        sys.stdout.write("\n")
    else:
        table = Table("task", "ours", "other", "ratio", "bar", "holds")
        for row in rows:
            table.add_row(
                f"{row.task}\n[dim]{row.note}[/dim]" if row.note else row.task,
                _figure(row.ours),
                _figure(row.other),
                _figure(row.ratio),
                row.bar,
                "yes" if row.holds else "[bold red]no[/bold red]",
            )
        Console().print(table)
    return 0 if all(row.holds for row in rows) else 1


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.4g}"
