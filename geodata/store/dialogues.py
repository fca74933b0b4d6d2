"""Dialogues in the register: every step is kept as a version of the whole, with who took it and when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, func, insert, select

from geodata.dialogues.course import Step, require_due, require_step
from geodata.dialogues.dialogue import Course
from geodata.dialogues.reading import course_from_document, course_to_document, from_document, to_document
from geodata.errors import MissingError, ParameterError
from geodata.store.dialogue_tables import DIALOGUE, DIALOGUE_VERSION
from geodata.store.legible import legible

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

    from geodata.dialogues.dialogue import Dialogue

LONGEST_BY = 80
LONGEST_ABOUT = 80
LONGEST_WHY = 400


@dataclass(frozen=True, slots=True)
class KeptDialogue:
    """One version of a dialogue.

    Attributes
    ----------
    step, about
        What made this version, and of which occasion or to whom; `about` is empty for the whole.
    why
        What was said of it; mostly empty.
    changed_by, changed_at
        Who, and when (UTC).
    """

    dialogue_id: int
    dialogue: Dialogue
    course: Course
    version: int
    step: Step
    about: str
    why: str
    changed_by: str
    changed_at: datetime


class Dialogues:
    """A municipality's dialogues in its register.

    Every method raises ``StoreError`` when the database can't be used.
    """

    def __init__(self, database: Engine, *, municipality_code: str) -> None:
        self._engine = database
        self._code = municipality_code

    def all(self) -> tuple[KeptDialogue, ...]:
        """Return every dialogue as it now stands, newest period first."""
        with legible(), self._engine.connect() as connection:
            found = self._kept(connection, self._newest().order_by(DIALOGUE.c.dialogue_id))
        return tuple(sorted(found, key=lambda one: (one.dialogue.first, one.dialogue_id), reverse=True))

    def find(self, key: str) -> KeptDialogue:
        """Return a dialogue as it now stands.

        Raises
        ------
        MissingError
            ``no_dialogue``.
        """
        with legible(), self._engine.connect() as connection:
            return self._one(connection, key)

    def versions(self, key: str) -> tuple[KeptDialogue, ...]:
        """Return every version of a dialogue, oldest first; empty where there is none of that key."""
        query = self._joined().where(DIALOGUE.c.key == key).order_by(DIALOGUE_VERSION.c.version)
        with legible(), self._engine.connect() as connection:
            return self._kept(connection, query)

    def add(self, dialogue: Dialogue, *, by: str) -> KeptDialogue:
        """Keep a new dialogue, planned.

        Raises
        ------
        ParameterError
            ``dialogue_known`` when there is one of its key, ``dialogue_name_twice`` of its name.
        """
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            known = self._kept(connection, self._newest())
            if any(one.dialogue.key == dialogue.key for one in known):
                raise ParameterError(
                    "dialogue_known",
                    f"There is a dialogue {dialogue.key} already; change it.",
                    dialogue=dialogue.key,
                    field="key",
                )
            _require_own_name(dialogue, known)
            now = _now()
            made = connection.execute(
                insert(DIALOGUE)
                .returning(DIALOGUE.c.dialogue_id)
                .values(
                    municipality_code=self._code,
                    key=dialogue.key,
                    created_by=by[:LONGEST_BY],
                    created_at=now,
                )
            )
            first = KeptDialogue(
                dialogue_id=int(made.scalar_one()),
                dialogue=dialogue,
                course=Course(),
                version=0,
                step=Step.ADD,
                about="",
                why="",
                changed_by=by,
                changed_at=now,
            )
            self._write(connection, first, Step.ADD, by=by)
            return self._one(connection, dialogue.key)

    def change(self, dialogue: Dialogue, *, seen_version: int, why: str, by: str) -> KeptDialogue:
        """Keep what is now planned; nothing happens where it says what the newest version does.

        Parameters
        ----------
        seen_version
            The version that the person saw.

        Raises
        ------
        MissingError
            ``no_dialogue``.
        ParameterError
            ``dialogue_changed`` when somebody else has changed it meanwhile; ``dialogue_name_twice``;
            ``dialogue_is_…``; ``dialogue_due_early`` when it would end after its result is due;
            ``dialogue_occasion_recorded`` when an occasion goes whose outcome is recorded.
        """
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            before = self._seen(connection, dialogue.key, seen_version)
            if before.dialogue == dialogue:
                return before
            require_step(before.course, Step.CHANGE)
            _require_own_name(dialogue, self._kept(connection, self._newest()))
            require_due(dialogue, before.course.result_due)
            for outcome in before.course.outcomes:
                if dialogue.occasion(outcome.occasion) is None:
                    raise ParameterError(
                        "dialogue_occasion_recorded",
                        f"The occasion {outcome.occasion} has an outcome: it can't be taken away.",
                        occasion=outcome.occasion,
                    )
            self._write(connection, replace(before, dialogue=dialogue), Step.CHANGE, by=by, why=why)
            return self._one(connection, dialogue.key)

    def take(
        self,
        key: str,
        step: Step,
        taken: Callable[[KeptDialogue], Course],
        *,
        by: str,
        about: str = "",
        why: str = "",
        seen_version: int | None = None,
    ) -> KeptDialogue:
        """Take a step of `geodata.dialogues.course`, and keep what came of it.

        Parameters
        ----------
        taken
            Returns the course after the step, or raises; it is asked within the transaction.
        seen_version
            The version that the person saw; None takes the newest.

        Raises
        ------
        MissingError
            ``no_dialogue``.
        ParameterError
            ``dialogue_changed``, and what `taken` raises.
        """
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            before = self._seen(connection, key, seen_version)
            course = taken(before)
            if course != before.course:
                self._write(connection, replace(before, course=course), step, by=by, about=about, why=why)
            return self._one(connection, key)

    def _seen(self, connection: Connection, key: str, seen_version: int | None) -> KeptDialogue:
        kept = self._one(connection, key)
        if seen_version not in {None, kept.version}:
            raise ParameterError(
                "dialogue_changed",
                f"{kept.dialogue.name} was changed by somebody else; look at it again.",
                dialogue=kept.dialogue.name,
            )
        return kept

    def _write(
        self,
        connection: Connection,
        kept: KeptDialogue,
        step: Step,
        *,
        by: str,
        about: str = "",
        why: str = "",
    ) -> None:
        """Write the version after `kept`'s, with its dialogue and course."""
        connection.execute(
            insert(DIALOGUE_VERSION).values(
                municipality_code=self._code,
                dialogue_id=kept.dialogue_id,
                version=kept.version + 1,
                step=str(step),
                about=about[:LONGEST_ABOUT],
                state=str(kept.course.state),
                document=to_document(kept.dialogue),
                course=course_to_document(kept.course),
                why=why[:LONGEST_WHY],
                changed_by=by[:LONGEST_BY],
                changed_at=_now(),
            )
        )

    def _one(self, connection: Connection, key: str) -> KeptDialogue:
        found = self._kept(connection, self._newest().where(DIALOGUE.c.key == key))
        if not found:
            raise MissingError("no_dialogue", f"There is no dialogue {key}.", dialogue=key)
        return found[0]

    def _joined(self) -> Select[Any]:
        return (
            select(DIALOGUE_VERSION)
            .join(DIALOGUE, DIALOGUE.c.dialogue_id == DIALOGUE_VERSION.c.dialogue_id)
            .where(DIALOGUE.c.municipality_code == self._code)
        )

    def _newest(self) -> Select[Any]:
        newest = (
            select(DIALOGUE_VERSION.c.dialogue_id, func.max(DIALOGUE_VERSION.c.version).label("version"))
            .group_by(DIALOGUE_VERSION.c.dialogue_id)
            .subquery()
        )
        return self._joined().join(
            newest,
            (newest.c.dialogue_id == DIALOGUE_VERSION.c.dialogue_id)
            & (newest.c.version == DIALOGUE_VERSION.c.version),
        )

    def _kept(self, connection: Connection, query: Select[Any]) -> tuple[KeptDialogue, ...]:
        return tuple(
            KeptDialogue(
                dialogue_id=row.dialogue_id,
                dialogue=from_document(row.document),
                course=course_from_document(row.course),
                version=row.version,
                step=Step(row.step),
                about=row.about,
                why=row.why,
                changed_by=row.changed_by,
                changed_at=row.changed_at.replace(tzinfo=UTC),
            )
            for row in connection.execute(query)
        )


def _require_own_name(dialogue: Dialogue, known: tuple[KeptDialogue, ...]) -> None:
    name = dialogue.name.casefold()
    if any(one.dialogue.key != dialogue.key and one.dialogue.name.casefold() == name for one in known):
        raise ParameterError(
            "dialogue_name_twice",
            f"Another dialogue is called {dialogue.name}; add the year, say.",
            dialogue=dialogue.name,
            field="name",
        )


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
