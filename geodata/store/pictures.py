"""Saved pictures in the register: the figures as they stood, and every decision that was made of them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, insert, select, update

from geodata.errors import MissingError, ParameterError
from geodata.picture.decision import ANSWERS, LONGEST_NAME, Choices, Decision, check_choices
from geodata.picture.picture import Picture, to_document
from geodata.store.legible import legible
from geodata.store.picture_rows import KeptPicture, decision_of, picture_of
from geodata.store.picture_tables import PICTURE, PICTURE_DECISION
from geodata.store.picture_withdrawal import standing, take_back

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import ColumnElement, Engine

LONGEST_BY = 80
KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


class Pictures:
    """A municipality's saved pictures; free text is to be masked before.

    Every method raises ``StoreError`` when the database can't be used.
    """

    def __init__(self, database: Engine, *, municipality_code: str) -> None:
        self._engine = database
        self._code = municipality_code

    def all(self) -> tuple[KeptPicture, ...]:
        """Return every saved picture, oldest first, without those that were withdrawn."""
        return self._kept(PICTURE.c.withdrawn_at.is_(None))

    def withdrawn(self) -> tuple[KeptPicture, ...]:
        """Return those that were withdrawn, oldest first."""
        return self._kept(PICTURE.c.withdrawn_at.is_not(None))

    def newest(self) -> KeptPicture | None:
        """Return the picture whose period ends last, of several the one saved last; None for none."""
        kept = self.all()
        return max(kept, key=lambda one: (one.picture.period.last, one.made_at)) if kept else None

    def find(self, key: str) -> KeptPicture:
        """Return a saved picture, also one that was withdrawn.

        Raises
        ------
        MissingError
            ``no_picture``.
        """
        kept = self._kept(PICTURE.c.key == key)
        if not kept:
            raise MissingError("no_picture", f"There is no picture {key}.", picture=key)
        return kept[0]

    def save(self, key: str, picture: Picture, *, name: str, by: str) -> KeptPicture:
        """Keep a picture as it stands.

        Raises
        ------
        ParameterError
            ``picture_key`` when the key won't do, ``picture_known`` when there is one of its key: a saved
            picture is never changed; ``picture_name`` when the name is empty or too long,
            ``picture_name_known`` when another picture is called so.
        """
        if not KEY.fullmatch(key):
            raise ParameterError(
                "picture_key",
                f"{key!r} is no key: use small letters, digits and hyphens, bild-2026.",
                key=key,
                field="key",
            )
        if not 0 < len(name.strip()) <= LONGEST_NAME:
            raise ParameterError(
                "picture_name",
                f"A picture needs a name of at most {LONGEST_NAME} letters.",
                most=LONGEST_NAME,
                field="name",
            )
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            if self._id(connection, key) is not None:
                raise ParameterError(
                    "picture_known",
                    f"There is a picture {key} already, and a saved one is not changed; take another key.",
                    picture=key,
                    field="key",
                )
            holding = (PICTURE.c.municipality_code == self._code) & PICTURE.c.withdrawn_at.is_(None)
            names = connection.execute(select(PICTURE.c.name).where(holding))
            if name.strip().casefold() in {one.casefold() for one in names.scalars()}:
                raise ParameterError(
                    "picture_name_known",
                    f"There is a picture called {name.strip()} already; call this one something else.",
                    name=name.strip(),
                    field="name",
                )
            connection.execute(
                insert(PICTURE).values(
                    municipality_code=self._code,
                    key=key,
                    name=name.strip(),
                    snapshot_id=picture.snapshot_id,
                    figures=to_document(picture),
                    made_by=by[:LONGEST_BY],
                    made_at=_now(),
                )
            )
        return self.find(key)

    def choose(
        self,
        choices: Choices,
        *,
        by: str,
        today: date,
        seen: Mapping[str, int] | None = None,
    ) -> KeptPicture:
        """Keep what a meeting decided of a picture: all of it or nothing.

        Parameters
        ----------
        by
            The account that notes it.
        today
            Local day.
        seen
            The decisions that the person saw and means to replace, by problem; those are withdrawn and kept.

        Raises
        ------
        MissingError
            ``no_picture``.
        ParameterError
            ``picture_withdrawn``; as `geodata.picture.decision.check_choices`; ``choice_taken`` when a
            problem has a decision that was not seen.
        """
        kept = self.find(choices.picture)
        check_choices(choices, kept.picture, today=today)
        now = _now()
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            picture_id = standing(connection, choices.picture, municipality_code=self._code)
            for choice in choices.decision:
                mine = (PICTURE_DECISION.c.picture_id == picture_id) & (
                    PICTURE_DECISION.c.problem == choice.problem
                )
                holds = connection.execute(
                    select(PICTURE_DECISION).where(mine, PICTURE_DECISION.c.withdrawn_at.is_(None))
                ).one_or_none()
                if holds is not None and (seen or {}).get(choice.problem) != holds.decision_id:
                    raise ParameterError(
                        "choice_taken",
                        f"{choice.problem} was decided already, at {holds.meeting} on {holds.meeting_on}.",
                        problem=choice.problem,
                        meeting=holds.meeting,
                        on=holds.meeting_on,
                        field="problem",
                    )
                if holds is not None:
                    connection.execute(
                        update(PICTURE_DECISION)
                        .where(PICTURE_DECISION.c.decision_id == holds.decision_id)
                        .values(withdrawn_by=by[:LONGEST_BY], withdrawn_at=now)
                    )
                connection.execute(
                    insert(PICTURE_DECISION).values(
                        municipality_code=self._code,
                        picture_id=picture_id,
                        problem=choice.problem,
                        chosen=choice.chosen,
                        why=choice.why.strip(),
                        decided_by=choices.decided_by or choices.meeting,
                        meeting=choices.meeting,
                        meeting_on=choices.meeting_on,
                        noted_by=by[:LONGEST_BY],
                        noted_at=now,
                    )
                )
        return self.find(choices.picture)

    def withdraw(self, key: str, *, by: str, why: str) -> KeptPicture:
        """Take back a picture that was saved by mistake; it stays in the register.

        Raises
        ------
        MissingError
            ``no_picture``.
        ParameterError
            ``picture_decided`` when a meeting ever decided anything of it; ``picture_withdrawn`` when it is
            taken back already; ``form_missing`` without a reason.
        """
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            take_back(connection, key, municipality_code=self._code, by=by[:LONGEST_BY], why=why.strip())
        return self.find(key)

    def history(self, key: str) -> tuple[Decision, ...]:
        """Return every decision of a picture, those that were replaced too, in the order of noting."""
        with legible(), self._engine.connect() as connection:
            rows = connection.execute(
                select(PICTURE_DECISION, PICTURE.c.key)
                .join(PICTURE, PICTURE.c.picture_id == PICTURE_DECISION.c.picture_id)
                .where(PICTURE.c.municipality_code == self._code, PICTURE.c.key == key)
                .order_by(PICTURE_DECISION.c.decision_id)
            ).all()
        return tuple(decision_of(row, key) for row in rows)

    def require(self, answers: str) -> None:
        """Refuse a name of a problem, ``bild-2026#traffic_speed``, that no saved picture has.

        Raises
        ------
        MissingError
            ``no_picture``.
        ParameterError
            ``answers_unreadable``, ``answers_unknown``, ``picture_withdrawn``.
        """
        found = ANSWERS.fullmatch(answers)
        if found is None:
            raise ParameterError(
                "answers_unreadable",
                f"{answers!r} names no problem of a picture; write bild-2026#traffic_speed.",
                answers=answers,
                key="answers",
                field="answers",
            )
        kept = self.find(found[1])
        if kept.withdrawn_at is not None:
            raise ParameterError(
                "picture_withdrawn",
                f"The picture {found[1]} was withdrawn.",
                picture=found[1],
                key="answers",
                field="answers",
            )
        if kept.picture.problem(found[2]) is None:
            raise ParameterError(
                "answers_unknown",
                f"The picture {found[1]} has no problem {found[2]}.",
                picture=found[1],
                problem=found[2],
                key="answers",
                field="answers",
            )

    def _kept(self, *asked: ColumnElement[bool]) -> tuple[KeptPicture, ...]:
        with legible(), self._engine.connect() as connection:
            rows = connection.execute(
                select(PICTURE)
                .where(PICTURE.c.municipality_code == self._code, *asked)
                .order_by(PICTURE.c.picture_id)
            ).all()
            decided = connection.execute(
                select(PICTURE_DECISION).where(
                    PICTURE_DECISION.c.municipality_code == self._code,
                    PICTURE_DECISION.c.withdrawn_at.is_(None),
                )
            ).all()
        return tuple(
            picture_of(row, [one for one in decided if one.picture_id == row.picture_id]) for row in rows
        )

    def _id(self, connection: Connection, key: str) -> int | None:
        return connection.scalar(
            select(PICTURE.c.picture_id).where(
                PICTURE.c.municipality_code == self._code, PICTURE.c.key == key
            )
        )


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
