"""Saved pictures and decisions as the register's rows hold them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from geodata.picture.decision import Decision
from geodata.picture.picture import Picture, from_document

if TYPE_CHECKING:
    from sqlalchemy import Row


@dataclass(frozen=True, slots=True)
class KeptPicture:
    """One saved picture.

    Attributes
    ----------
    key
        Its name in the workspace.
    name
        As people call it.
    picture
        Every figure as it stood; `geodata.analyses.picture.saved_picture` says what an audience may see.
    made_by, made_at
        Who, and when (UTC).
    decisions
        Those that hold, in the residents' own order of the problems.
    withdrawn_by, withdrawn_at, withdrawn_why
        Who took it back, when (UTC) and why; None and empty where it stands.
    """

    key: str
    name: str
    picture: Picture
    made_by: str
    made_at: datetime
    decisions: tuple[Decision, ...]
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = None
    withdrawn_why: str = ""

    @property
    def chosen(self) -> tuple[Decision, ...]:
        """The problems that were chosen."""
        return tuple(one for one in self.decisions if one.chosen)

    @property
    def not_chosen(self) -> tuple[Decision, ...]:
        """The problems that were left aside, each with its why."""
        return tuple(one for one in self.decisions if not one.chosen)

    def decision(self, problem: str) -> Decision | None:
        """Return what was decided of a problem."""
        return next((one for one in self.decisions if one.problem == problem), None)


def picture_of(row: Row[Any], decided: list[Row[Any]]) -> KeptPicture:
    """Return a saved picture of its row and the rows of the decisions that hold."""
    picture = from_document(row.figures)
    at = {one.problem: number for number, one in enumerate(picture.problems)}
    decisions = [decision_of(one, row.key) for one in decided]
    return KeptPicture(
        key=row.key,
        name=row.name,
        picture=picture,
        made_by=row.made_by,
        made_at=row.made_at.replace(tzinfo=UTC),
        decisions=tuple(sorted(decisions, key=lambda one: at.get(one.problem, len(at)))),
        withdrawn_by=row.withdrawn_by,
        withdrawn_at=None if row.withdrawn_at is None else row.withdrawn_at.replace(tzinfo=UTC),
        withdrawn_why=row.withdrawn_why or "",
    )


def decision_of(row: Row[Any], key: str) -> Decision:
    """Return a decision of its row; `key` is the picture's."""
    return Decision(
        decision_id=row.decision_id,
        picture=key,
        problem=row.problem,
        chosen=row.chosen,
        why=row.why,
        decided_by=row.decided_by,
        meeting=row.meeting,
        meeting_on=row.meeting_on,
        noted_by=row.noted_by,
        noted_at=row.noted_at.replace(tzinfo=UTC),
        withdrawn_by=row.withdrawn_by,
        withdrawn_at=None if row.withdrawn_at is None else row.withdrawn_at.replace(tzinfo=UTC),
    )
