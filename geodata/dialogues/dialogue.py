"""A dialogue: what is asked, where and when, by whom and of whom; and the course that it has taken since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - pydantic reads it
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field

from geodata.promises.promise import Key, Text, Words  # noqa: TC001 - pydantic reads it
from geodata.promises.strict import CLOCK, STRICT

Short = Annotated[str, Field(max_length=200)]
Clock = Annotated[str, Field(pattern=CLOCK)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]


class DialogueKind(StrEnum):
    """Whom a dialogue is held with, or how."""

    CITIZEN = "citizen"
    STAFF = "staff"
    YOUNG = "young"
    WALK = "walk"
    PHONE = "phone"


class Asker(StrEnum):
    """Who asks; others are named in words beside it."""

    POLICE = "police"
    MUNICIPALITY = "municipality"
    FIRE_BRIGADE = "fire_brigade"
    OTHER = "other"


class AskedGroup(StrEnum):
    """Whom an occasion is for; which of them (grade 9, say) is told in words beside it."""

    RESIDENTS = "residents"
    PUPILS = "pupils"
    YOUNG = "young"
    OLDER = "older"
    VISITORS = "visitors"
    BUSINESSES = "businesses"
    MUNICIPAL_STAFF = "municipal_staff"
    POLICE_STAFF = "police_staff"


class Method(StrEnum):
    """How one asks."""

    TALK = "talk"
    PAPER = "paper"
    MAP = "map"
    WEB = "web"
    PHONE = "phone"
    WORKSHOP = "workshop"
    WALK = "walk"
    FOCUS_GROUP = "focus_group"


NOWHERE = frozenset({Method.WEB, Method.PHONE})
"""How one can ask without being anywhere."""


class DialogueState(StrEnum):
    """How far a dialogue, and the survey that it is, has come."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    RESULT_DUE = "result_due"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class Reader(StrEnum):
    """To whom the result is given back: one is not told by telling the other."""

    RESIDENTS = "residents"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Occasion:
    """One time and place at which somebody asks.

    Attributes
    ----------
    key
        Its name within the dialogue, which no version changes.
    day
        Local day; None where only the dialogue's period is known.
    start, end
        Local times of that day, ``10:00``; empty where they are not known.
    place
        Id of a place in the register, None for none.
    where
        The place in words; may be empty with a `place`, and where one asks by web or telephone.
    point
        Metres east and north in the working CRS; None takes the place's own.
    askers, with_whom
        Who asks, and others in words.
    groups, group_note
        Whom one asks, and which of them in words.
    needs
        What has to be brought along.
    collected_as
        What else the imported answers call the place where they were given (``collected_at``).
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    key: Key
    askers: Annotated[tuple[Asker, ...], Field(min_length=1)]
    groups: Annotated[tuple[AskedGroup, ...], Field(min_length=1)]
    method: Method
    day: date | None = None
    start: Clock | None = None
    end: Clock | None = None
    place: int | None = None
    where: Short = ""
    point: tuple[float, float] | None = None
    with_whom: Short = ""
    group_note: Short = ""
    needs: tuple[Words, ...] = ()
    collected_as: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Dialogue:
    """What is planned.

    Attributes
    ----------
    key
        Its name in the workspace, which no version changes.
    first, last
        Local days, both included.
    question
        What is asked, as it is put to people.
    source
        Where this was published; empty where that is not known.
    needs
        What is along at every occasion.
    made_up
        Whether it is an example that nobody held.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    key: Key
    name: Words
    kind: DialogueKind
    first: date
    last: date
    occasions: Annotated[tuple[Occasion, ...], Field(max_length=200)] = ()
    question: Text = ""
    source: Text = ""
    needs: tuple[Words, ...] = ()
    made_up: bool = False

    def occasion(self, key: str) -> Occasion | None:
        """Return its occasion of that key, if it has one."""
        return next((one for one in self.occasions if one.key == key), None)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an occasion gave.

    Attributes
    ----------
    talks, answers
        How many people one talked with, and how many answers were given; None where nobody counted.
    note
        What was noted, masked.
    sources
        Names of the project's sources that the answers came in by.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    occasion: Key
    talks: Count | None = None
    answers: Count | None = None
    note: Text = ""
    sources: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """The result was given back: to whom, on which local day, where (a meeting, a page), and its address."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    to: Reader
    day: date
    where: Words
    link: Annotated[str, Field(max_length=400, pattern=r"^(https?://\S+)?$")] = ""


@dataclass(frozen=True, slots=True)
class Course:
    """How far a dialogue has come.

    Attributes
    ----------
    result_due
        The local day by which its result is to be given back; None while nobody has said.
    """

    state: DialogueState = DialogueState.PLANNED
    result_due: date | None = None
    outcomes: tuple[Outcome, ...] = ()
    publications: tuple[Publication, ...] = ()

    @property
    def untold(self) -> tuple[Reader, ...]:
        """To whom the result has not been given back."""
        told = {one.to for one in self.publications}
        return tuple(reader for reader in Reader if reader not in told)

    def outcome(self, key: str) -> Outcome | None:
        """Return what the occasion of that key gave, if that is recorded."""
        return next((one for one in self.outcomes if one.occasion == key), None)
