"""A promise to residents: what was said, by whom, for how long, and what it is to be counted by."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date  # noqa: TC003 - pydantic reads it
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field

from geodata.periods import Period
from geodata.promises.activity import Party  # noqa: TC001 - pydantic reads it
from geodata.promises.scope import Scope
from geodata.promises.strict import STRICT
from geodata.promises.targets.kinds import Target  # noqa: TC001 - pydantic reads it

FAR = 9999
"""The year in which a period without an end is let end where one is needed to compare days."""

Key = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$")]
Words = Annotated[str, Field(min_length=1, max_length=400)]
Text = Annotated[str, Field(max_length=4000)]
Answers = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,79}#[a-z_]{1,40}$")]
"""A problem of a saved picture, ``bild-2026#traffic_speed``."""


@dataclass(frozen=True, slots=True)
class Responsible:
    """Who is to do an activity; `name` is an administration, a club or a property owner, as written."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    party: Party
    name: Annotated[str, Field(max_length=200)] = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, for whom, and when; None where the day is not known."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    by: Words
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Activity:
    """One thing that is promised to be done.

    Attributes
    ----------
    key
        Its name within the promise, which no version changes.
    name
        What is to be done, in a few words.
    responsible
        One or several.
    targets
        What it is to reach; every one is measured by itself.
    scope
        What counts for it.
    text
        As published; empty where `name` says it.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    key: Key
    name: Words
    responsible: Annotated[tuple[Responsible, ...], Field(min_length=1)]
    targets: Annotated[tuple[Target, ...], Field(min_length=1)]
    scope: Scope = field(default_factory=Scope)
    text: Text = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised.

    Attributes
    ----------
    key
        Its name in the workspace, which no version changes.
    name
        In a few words.
    focus_area
        The problem area, as the agreement names it.
    problem
        What it answers: what residents said, or the picture showed.
    answers
        The problems of saved pictures that it answers.
    text
        As published.
    source
        Where the text was published; empty where that is not known.
    agreement
        The cooperation agreement that it belongs to; empty for none.
    first, last
        Local days, both included; no last one where it holds until further notice.
    signed
        By whom and when; empty while it is a draft.
    activities
        What is to be done; none while an action plan is still to be drawn up.
    made_up
        Whether it is an example and nobody's promise.
    withdrawn
        Whether it holds no longer, or never did: it was entered by mistake. Its versions stay.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    key: Key
    name: Words
    focus_area: Words
    first: date
    last: date | None = None
    problem: Text = ""
    answers: tuple[Answers, ...] = ()
    text: Text = ""
    source: Text = ""
    agreement: Annotated[str, Field(max_length=400)] = ""
    signed: tuple[Signature, ...] = ()
    activities: tuple[Activity, ...] = ()
    made_up: bool = False
    withdrawn: bool = False

    @property
    def period(self) -> Period:
        """The days that it holds for; raises ``period_backwards`` when it ends before it starts."""
        return Period(self.first, self.last or self.first.replace(year=FAR, month=12, day=31))

    def activity(self, key: str) -> Activity | None:
        """Return its activity of that key, if it has one."""
        return next((one for one in self.activities if one.key == key), None)
