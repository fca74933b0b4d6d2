"""What waits in the action plans, in words: overdue first, each with the way to its promise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.views.frame import Way
from dashboard.views.promises import PATH
from geodata.analyses.action_due import SOON_DAYS, Waiting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.action_due import DueAction

CALENDAR_PATH = f"{PATH}/atgardsplan.ics"


@dataclass(frozen=True, slots=True)
class DueLine:
    """One line that waits; `state` as a code."""

    what: str
    when: str
    who: str
    promise: str
    href: str
    state: str


@dataclass(frozen=True, slots=True)
class DueView:
    """What waits in words.

    Attributes
    ----------
    to_calendar
        Every line with a day, as a file for calendars.
    """

    heading: str
    sentence: str
    lines: tuple[DueLine, ...]
    to_calendar: Way


def due_view(texts: Catalogue, due: Sequence[DueAction], *, search: str, within: int = SOON_DAYS) -> DueView:
    """Say what waits; `within` are the days ahead that were asked about."""
    late = sum(one.waiting is Waiting.OVERDUE for one in due)
    if not due:
        sentence = texts("action_due.none", days=within)
    elif late:
        sentence = texts("action_due.late", n=late)
        if len(due) > late:
            sentence = f"{sentence} {texts('action_due.coming', n=len(due) - late, days=within)}"
    else:
        sentence = texts("action_due.coming", n=len(due), days=within)
    return DueView(
        heading=texts("action_due.heading"),
        sentence=sentence,
        lines=tuple(_line(texts, one, search) for one in due),
        to_calendar=Way(texts("action_due.calendar"), f"{CALENDAR_PATH}{search}"),
    )


def _line(texts: Catalogue, one: DueAction, search: str) -> DueLine:
    line = one.item.line
    return DueLine(
        what=line.what,
        when=_when(texts, one),
        who=line.responsible or texts("action_due.nobody"),
        promise=one.promise_name,
        href=f"{PATH}/{one.promise_key}{search}",
        state=str(one.waiting),
    )


def _when(texts: Catalogue, one: DueAction) -> str:
    due = one.item.line.due_on
    if due is None or one.days is None:
        return texts("action_due.reminded", day=one.item.line.remind_on or "")
    if one.days == 0:
        return texts("action_due.today")
    if one.days < 0:
        return texts("action_due.ago", n=-one.days, day=due)
    return texts("action_due.in", n=one.days, day=due)
