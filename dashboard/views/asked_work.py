"""What somebody asks the effect of: a place, the days of the work, and how long a time on either side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.views.address_values import unreadable
from geodata.analyses.work_done import WorkDone
from geodata.iso_time import iso_day
from geodata.schema import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

PLACE, BEGAN, DONE, MONTHS, AGAINST = "vid", "borjade", "klart", "manader", "mot"
"""Keys of the address, and names of the form's fields."""

MONTHS_CHOICES = (3, 6, 12, 24, 36)
_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class AskedWork:
    """What is asked.

    Attributes
    ----------
    place_id
        Where.
    began, done
        Local days.
    months
        At most so long a time on either side; None takes what the records allow.
    against
        A group of categories; None for all.
    """

    place_id: int
    began: date
    done: date
    months: int | None = None
    against: str | None = None

    @property
    def work(self) -> WorkDone:
        """The same as an analysis takes it; raises ``work_backwards``."""
        categories = frozenset({self.against}) if self.against else frozenset[str]()
        return WorkDone((self.place_id,), self.began, self.done, categories=categories)


def read_asked(args: Mapping[str, str]) -> AskedWork | None:
    """Read what the query of an address asks; None where it asks nothing.

    Raises
    ------
    ParameterError
        ``address_unreadable`` with the key and the value.
    """
    if not args.get(PLACE) or not args.get(BEGAN):
        return None
    if not _NUMBER.fullmatch(args[PLACE]):
        raise unreadable(PLACE, args[PLACE])
    months, against = args.get(MONTHS, ""), args.get(AGAINST, "")
    if months and (not _NUMBER.fullmatch(months) or int(months) not in MONTHS_CHOICES):
        raise unreadable(MONTHS, months)
    if against and against not in CATEGORIES:
        raise unreadable(AGAINST, against)
    began = _day(BEGAN, args[BEGAN])
    return AskedWork(
        place_id=int(args[PLACE]),
        began=began,
        done=_day(DONE, args[DONE]) if args.get(DONE) else began,
        months=int(months) if months else None,
        against=against or None,
    )


def write_asked(asked: AskedWork) -> dict[str, str]:
    """Write the query that `read_asked` reads."""
    query = {PLACE: str(asked.place_id), BEGAN: asked.began.isoformat()}
    if asked.done != asked.began:
        query[DONE] = asked.done.isoformat()
    if asked.months is not None:
        query[MONTHS] = str(asked.months)
    if asked.against is not None:
        query[AGAINST] = asked.against
    return query


def _day(key: str, text: str) -> date:
    try:
        return iso_day(text)
    except ValueError as error:
        raise unreadable(key, text) from error
