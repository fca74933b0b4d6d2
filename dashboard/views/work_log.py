"""The log in words: what was done, where and by whom, and what it counts for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.access.actions import Action, may
from geodata.privacy import RULES, Audience

if TYPE_CHECKING:
    from dashboard.texts.catalogue import Catalogue
    from dashboard.texts.formats import Format
    from geodata.analyses.promises import LogLine


@dataclass(frozen=True, slots=True)
class LogRow:
    """A line of the log in words; `key` is set where whoever looks may withdraw it."""

    day: str
    cells: tuple[str, ...]
    counts: bool
    key: str
    note: str


def may_withdraw(audience: Audience, logged_by: str | None, *, by: str) -> bool:
    """Say whether somebody may withdraw an entry: who wrote it, and who answers for the log."""
    return may(audience, Action.LOG_WORK) and (logged_by == by or may(audience, Action.WITHDRAW_OTHERS))


def log_row(texts: Catalogue, line: LogLine, audience: Audience, *, by: str) -> LogRow:
    """Say one line of the log.

    Parameters
    ----------
    by
        Who looks; empty for nobody who could withdraw it.
    """
    form = texts.form
    staff = RULES[audience].quotes
    counts = texts(f"why.{line.verdict.why}")
    if line.verdict.marks:
        counts = f"{counts} ({', '.join(texts(f'mark.{one}') for one in line.verdict.marks)})"
    who = form.listing([texts(f"party.{one}") for one in line.parties])
    cells = [form.day(line.day)]
    if staff:
        cells.append(_hours(form, line) or texts("promise.no_place"))
    cells += [
        line.place or texts("promise.no_place"),
        f"{who} ({line.with_whom})" if line.with_whom else who,
    ]
    if audience is Audience.POLICE:
        cells.append(texts(f"car_type.{line.car}") if line.car else texts("promise.no_place"))
    cells += ["" if count is None else form.number(count) for count in (line.checked, line.reported)]
    cells.append(counts)
    may_here = by and not line.is_review and may_withdraw(audience, line.logged_by, by=by)
    said = [texts("promise.log_review")] if staff and line.is_review else []
    said += [line.note] if line.note else []
    return LogRow(
        day=cells[0],
        cells=tuple(cells),
        counts=line.verdict.counts,
        key=line.entry_key if may_here else "",
        note=" ".join(said),
    )


def _hours(form: Format, line: LogLine) -> str:
    if line.started is None or line.ended is None:
        return ""
    first, last = form.time(f"{line.started:%H:%M}"), form.time(f"{line.ended:%H:%M}")
    return first if first == last else f"{first}–{last}"


def log_headings(texts: Catalogue, audience: Audience) -> tuple[str, ...]:
    """Return the headings of `log_row`'s cells."""
    names = ["day", "place", "who", "checked", "reported", "counts"]
    if RULES[audience].quotes:
        names.insert(1, "time")
    if audience is Audience.POLICE:
        names.insert(4, "car")
    return tuple(texts(f"promise.log_{name}") for name in names)
