"""What was logged lately in words, whatever it counts for, and what was withdrawn: for those who log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.views.signed import signed
from dashboard.views.work_log import LogRow, may_withdraw
from geodata.privacy import Audience

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from zoneinfo import ZoneInfo

    from dashboard.texts.catalogue import Catalogue
    from geodata.promises.log_entry import LogEntry
    from geodata.store.log import Withdrawn

SHOWN = 20


@dataclass(frozen=True, slots=True)
class LatestLogView:
    """The newest entries, newest first, and the newest that hold no longer; `more` are not shown."""

    headings: tuple[str, ...]
    rows: tuple[LogRow, ...]
    more: str
    withdrawn: tuple[str, ...]


def latest_log_view(
    texts: Catalogue,
    newest: Sequence[LogEntry],
    withdrawn: Sequence[Withdrawn],
    *,
    places: Mapping[int, str],
    zone: ZoneInfo,
    audience: Audience,
    by: str,
) -> LatestLogView:
    """Say what was logged lately.

    Parameters
    ----------
    newest
        Those that came last, the last first; one more than `SHOWN` tells that there are more.
    by
        Who looks, and may withdraw what they logged.
    """
    names = ["day", "time", "kind", "place", "who", "by"]
    if audience is Audience.POLICE:
        names.insert(5, "car")
    rows = [_row(texts, one, places=places, zone=zone, audience=audience, by=by) for one in newest[:SHOWN]]
    gone = sorted(withdrawn, key=lambda one: one.withdrawn_at, reverse=True)
    return LatestLogView(
        headings=tuple(texts(f"promise.log_{name}") for name in names),
        rows=tuple(rows),
        more=texts("promise.log_more", n=SHOWN) if len(newest) > SHOWN else "",
        withdrawn=tuple(
            texts(
                "log_form.withdrawn_line" if one.why else "log_form.withdrawn_line_bare",
                what=_what(texts, one.entry, places=places, zone=zone),
                by=signed(texts, one.withdrawn_by),
                day=one.withdrawn_at.astimezone(zone).date(),
                why=one.why,
            )
            for one in gone[:SHOWN]
        ),
    )


def _row(
    texts: Catalogue,
    entry: LogEntry,
    *,
    places: Mapping[int, str],
    zone: ZoneInfo,
    audience: Audience,
    by: str,
) -> LogRow:
    form = texts.form
    started, ended = (one.astimezone(zone) for one in (entry.started_at, entry.ended_at))
    first, last = form.time(f"{started:%H:%M}"), form.time(f"{ended:%H:%M}")
    who = form.listing([texts(f"party.{one}") for one in sorted(entry.parties)])
    nothing = texts("promise.no_place")
    cells = [
        form.day(started.date()),
        first if first == last else f"{first}–{last}",
        texts(f"activity_kind.{entry.kind}"),
        _place(entry, places) or nothing,
        f"{who} ({entry.with_whom})" if entry.with_whom else who,
        signed(texts, entry.logged_by),
    ]
    if audience is Audience.POLICE:
        cells.insert(5, texts(f"car_type.{entry.car}") if entry.car else nothing)
    return LogRow(
        day=cells[0],
        cells=tuple(cells),
        counts=True,
        key=entry.entry_key if may_withdraw(audience, entry.logged_by, by=by) else "",
        note=entry.note,
    )


def _what(texts: Catalogue, entry: LogEntry, *, places: Mapping[int, str], zone: ZoneInfo) -> str:
    said = [texts.form.day(entry.started_at.astimezone(zone).date()), texts(f"activity_kind.{entry.kind}")]
    return ", ".join(filter(None, [*said, _place(entry, places)]))


def _place(entry: LogEntry, places: Mapping[int, str]) -> str:
    return places.get(entry.place_id, "") if entry.place_id is not None else ""
