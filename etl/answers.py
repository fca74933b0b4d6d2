"""Which saved answers a later one replaces: a service that says all there is says by silence what is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.fetched import fetched_at

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from etl.intake import Intake


def replaced(intakes: Sequence[Intake], held: Collection[str]) -> frozenset[str]:
    """Return the parts that a later answer of the same source replaces.

    Only files named by when they were fetched replace one another, and only where the mapping says that each
    is whole. One that was stopped counts by the rows it gave before; without any it replaces nothing.

    Parameters
    ----------
    held
        Parts that have rows, of this import or kept from before.
    """
    answers: dict[str, list[tuple[datetime, str]]] = {}
    for intake in intakes:
        moment = fetched_at(intake.file)
        if intake.whole and moment is not None and intake.part in held:
            answers.setdefault(intake.source, []).append((moment, intake.part))
    return frozenset(part for found in answers.values() for _, part in sorted(found)[:-1])
