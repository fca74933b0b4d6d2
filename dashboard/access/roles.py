"""Who somebody is here: roles as data, and as whom each may look."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dashboard.access.actions import Action, may
from dashboard.access.audiences import AUDIENCE_WORDS
from geodata.privacy import Audience


class Role(StrEnum):
    """What an account may be."""

    PUBLIC = "public"
    COUNCIL = "council"
    PLANNER = "planner"
    POLICE = "police"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


LOOKS_AS: dict[Role, tuple[Audience, ...]] = {
    Role.PUBLIC: (Audience.PUBLIC,),
    Role.COUNCIL: (Audience.COUNCIL, Audience.PUBLIC),
    Role.PLANNER: (Audience.PLANNER, Audience.COUNCIL, Audience.PUBLIC),
    Role.POLICE: (Audience.POLICE, Audience.COUNCIL, Audience.PUBLIC),
    Role.COORDINATOR: (Audience.COORDINATOR, Audience.COUNCIL, Audience.PUBLIC),
    # Whoever keeps the server can read its files; what is the police's alone is theirs all the same.
    Role.ADMINISTRATOR: (Audience.COORDINATOR, Audience.COUNCIL, Audience.PUBLIC),
}
"""As whom each role looks, its own audience first; the others only narrow what it sees and may do."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who sends a request, as the server knows it.

    Attributes
    ----------
    looks_as
        The audiences one may look as, one's own first.
    name
        The account's name; empty where nobody has signed in.
    role
        The account's role; None where the server is open to this machine.
    form_token
        Shows that what is sent comes from a page of ours; empty where nobody has signed in.
    """

    looks_as: tuple[Audience, ...]
    name: str = ""
    role: Role | None = None
    form_token: str = ""

    def may(self, action: Action) -> bool:
        """Say whether this person may do `action` as any of the audiences they may look as."""
        return any(may(audience, action) for audience in self.looks_as)


ON_THIS_MACHINE = Actor(tuple(AUDIENCE_WORDS.values()))
"""Whoever sits at the machine that an open server answers alone: police first, and any other on choice."""

THE_PUBLIC = Actor(LOOKS_AS[Role.PUBLIC], role=Role.PUBLIC)
"""Whoever has not signed in where the project file lets the public in."""
