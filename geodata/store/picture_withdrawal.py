"""Taking back a picture that was saved by mistake: of which nothing was decided, and kept with its reason."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from geodata.errors import MissingError, ParameterError
from geodata.store.picture_tables import PICTURE, PICTURE_DECISION

if TYPE_CHECKING:
    from sqlalchemy import Connection

LONGEST_WHY = 400


def standing(connection: Connection, key: str, *, municipality_code: str) -> int:
    """Return the id of a picture that was not taken back.

    Raises
    ------
    MissingError
        ``no_picture``.
    ParameterError
        ``picture_withdrawn``.
    """
    row = connection.execute(
        select(PICTURE.c.picture_id, PICTURE.c.withdrawn_at).where(
            PICTURE.c.municipality_code == municipality_code, PICTURE.c.key == key
        )
    ).one_or_none()
    if row is None:
        raise MissingError("no_picture", f"There is no picture {key}.", picture=key)
    if row.withdrawn_at is not None:
        raise ParameterError("picture_withdrawn", f"The picture {key} was withdrawn.", picture=key)
    return int(row.picture_id)


def take_back(connection: Connection, key: str, *, municipality_code: str, by: str, why: str) -> None:
    """Take a picture back.

    Raises
    ------
    MissingError
        As `standing`.
    ParameterError
        As `standing`; ``picture_decided`` when a meeting ever decided anything of it; ``form_missing``
        without a reason.
    """
    if not why:
        raise ParameterError("form_missing", "Say why.", field="why")
    picture_id = standing(connection, key, municipality_code=municipality_code)
    decided = select(PICTURE_DECISION.c.decision_id).where(PICTURE_DECISION.c.picture_id == picture_id)
    if connection.execute(decided.limit(1)).first() is not None:
        raise ParameterError(
            "picture_decided", "A meeting has decided of the picture; it stays.", picture=key
        )
    now = datetime.now(UTC).replace(tzinfo=None)
    connection.execute(
        update(PICTURE)
        .where(PICTURE.c.picture_id == picture_id)
        .values(withdrawn_by=by, withdrawn_at=now, withdrawn_why=why[:LONGEST_WHY])
    )
