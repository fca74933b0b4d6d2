"""What weekly meetings set for the weeks to come; nothing is changed, what was wrong is withdrawn."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, insert, select, update

from geodata.errors import MissingError, ParameterError
from geodata.picture.focus import Focus, FocusLine, check_focus
from geodata.promises.activity import Party
from geodata.schema import CATEGORIES, GROUP_OF
from geodata.store.legible import legible
from geodata.store.picture_tables import WEEK_FOCUS
from geodata.store.tables import PLACE

if TYPE_CHECKING:
    from sqlalchemy import Engine

LONGEST_BY = 80


class WeekFocus:
    """A municipality's focus, week by week; free text is to be masked before.

    Every method raises ``StoreError`` when the database can't be used.
    """

    def __init__(self, database: Engine, *, municipality_code: str) -> None:
        self._engine = database
        self._code = municipality_code

    def of(self, week: date, *, withdrawn: bool = False) -> tuple[Focus, ...]:
        """Return what was set for the week of a Monday, in the order of noting.

        Parameters
        ----------
        withdrawn
            Whether what was taken back comes too.
        """
        query = select(WEEK_FOCUS).where(
            WEEK_FOCUS.c.municipality_code == self._code, WEEK_FOCUS.c.week == week
        )
        if not withdrawn:
            query = query.where(WEEK_FOCUS.c.withdrawn_at.is_(None))
        with legible(), self._engine.connect() as connection:
            return tuple(_focus(row) for row in connection.execute(query.order_by(WEEK_FOCUS.c.focus_id)))

    def add(self, line: FocusLine, *, by: str, today: date) -> int:
        """Keep a focus; return its number.

        Raises
        ------
        MissingError
            ``no_place``.
        ParameterError
            As `geodata.picture.focus.check_focus`; ``category_unknown``; ``focus_known`` when the same is
            set for the week already.
        """
        check_focus(line, today=today)
        if line.problem and line.problem not in GROUP_OF and line.problem not in CATEGORIES:
            raise ParameterError(
                "category_unknown",
                f"There is no category {line.problem}.",
                category=line.problem,
                field="problem",
            )
        values = {
            "week": line.week,
            "what": line.what.strip(),
            "problem": line.problem,
            "place_id": line.place_id,
            "parties": ",".join(sorted(str(party) for party in line.parties)),
        }
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            place = (PLACE.c.municipality_code == self._code) & (PLACE.c.place_id == line.place_id)
            if line.place_id is not None and connection.scalar(select(PLACE.c.name).where(place)) is None:
                raise MissingError("no_place", f"There is no place {line.place_id}.", place_id=line.place_id)
            same = [WEEK_FOCUS.c[name] == value for name, value in values.items()]
            known = select(WEEK_FOCUS.c.focus_id).where(
                WEEK_FOCUS.c.municipality_code == self._code, WEEK_FOCUS.c.withdrawn_at.is_(None), *same
            )
            if connection.scalar(known) is not None:
                raise ParameterError(
                    "focus_known", "The same focus is set for the week already.", field="what"
                )
            made = connection.execute(
                insert(WEEK_FOCUS)
                .returning(WEEK_FOCUS.c.focus_id)
                .values(
                    municipality_code=self._code,
                    **values,
                    why=line.why.strip(),
                    met_on=line.met_on,
                    noted_by=by[:LONGEST_BY],
                    noted_at=_now(),
                )
            )
            return int(made.scalar_one())

    def withdraw(self, focus_id: int, *, by: str) -> bool:
        """Take a focus back; it is kept. Say whether it held until now.

        Raises
        ------
        MissingError
            ``no_focus``.
        """
        with legible(), self._engine.execution_options(writes=True).begin() as connection:
            mine = (WEEK_FOCUS.c.municipality_code == self._code) & (WEEK_FOCUS.c.focus_id == focus_id)
            if connection.scalar(select(WEEK_FOCUS.c.focus_id).where(mine)) is None:
                raise MissingError("no_focus", f"There is no focus {focus_id}.", focus=focus_id)
            done = connection.execute(
                update(WEEK_FOCUS)
                .where(mine, WEEK_FOCUS.c.withdrawn_at.is_(None))
                .values(withdrawn_by=by[:LONGEST_BY], withdrawn_at=_now())
            )
            return done.rowcount > 0


def _focus(row: Row[Any]) -> Focus:
    return Focus(
        focus_id=row.focus_id,
        line=FocusLine(
            week=row.week,
            what=row.what,
            problem=row.problem,
            place_id=row.place_id,
            parties=frozenset(Party(one) for one in row.parties.split(",")),
            why=row.why,
            met_on=row.met_on,
        ),
        noted_by=row.noted_by,
        noted_at=row.noted_at.replace(tzinfo=UTC),
        withdrawn_by=row.withdrawn_by,
        withdrawn_at=None if row.withdrawn_at is None else row.withdrawn_at.replace(tzinfo=UTC),
    )


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
