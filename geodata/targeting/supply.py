"""Who has time to give: how many passes a week, when, in what, doing what, with whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.errors import ParameterError
from geodata.evidence.windows import SLOT_MINUTES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.promises.activity import ActivityKind, CarType, Party


@dataclass(frozen=True, slots=True)
class Team:
    """Somebody's hours.

    Attributes
    ----------
    name
        "Trafikpolisen": as the municipality calls them.
    parties
        Who takes part; more than one is joint work.
    kinds
        What they can do.
    cars
        What they have; more than one is taken in turns.
    passes_per_week, pass_slots
        How many passes, each of so many half hours.
    passes_per_day, at_once
        The most on one day, and at one time: one crew drives one pass at a time.
    weekdays
        Monday 0 … Sunday 6 on which a pass may start.
    from_slot, to_slot
        Half hours of the working day between which they work.
    """

    name: str
    parties: frozenset[Party]
    kinds: frozenset[ActivityKind]
    cars: tuple[CarType, ...]
    passes_per_week: int
    pass_slots: int
    passes_per_day: int
    weekdays: frozenset[int]
    from_slot: int
    to_slot: int
    at_once: int = 1

    @property
    def is_joint(self) -> bool:
        """Whether more than one party takes part."""
        return len(self.parties) > 1

    @property
    def hours_per_week(self) -> float:
        """Hours that the passes make."""
        return self.passes_per_week * self.pass_slots * SLOT_MINUTES / 60


def check_supply(teams: Sequence[Team]) -> None:
    """Refuse to plan nothing.

    Raises
    ------
    ParameterError
        ``plan_no_hours`` when nobody has a pass to give.
    """
    if not any(team.passes_per_week for team in teams):
        raise ParameterError(
            "plan_no_hours", "There are no hours to plan; write who has how many under [plan]."
        )
