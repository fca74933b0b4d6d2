"""A pass or a stretch of the plan as a file, one function a format: FORMATS."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from dashboard.views.patrol_sheet import sheet_view
from geodata.analyses.ground import open_register
from geodata.analyses.passes import own_slots, party_of, passes_on
from geodata.analyses.patrol import describe_stops
from geodata.analyses.promise_setting import promise_setting
from geodata.analyses.promised import promised_of
from geodata.errors import MissingError, ParameterError
from geodata.targeting.passes import driving_order, passes

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.patrol_sheet import SheetView
    from geodata.analyses.ground import Ground
    from geodata.analyses.patrol import Stop
    from geodata.privacy import Audience


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of the plan a file is to hold.

    Attributes
    ----------
    ground, texts
        What is known, and the words to say it in.
    audience
        For whom: decides whose slots, and which of them.
    first, last
        Working days, both included.
    slot_id
        One slot alone; None for all.
    """

    ground: Ground
    texts: Catalogue
    audience: Audience
    first: date
    last: date
    slot_id: int | None = None

    def stops(self, *, gone: bool = False) -> tuple[Stop, ...]:
        """Return the slots in driving order with what is known of their places.

        Raises
        ------
        AccessError
            ``slot_not_open`` for an audience that works no passes.
        MissingError
            ``no_pass`` when there is none that the audience may know of.
        """
        slots = own_slots(self.ground.workspace, self.audience, first=self.first, last=self.last, gone=gone)
        chosen = [slot for slot in slots if self.slot_id in {None, slot.slot_id}]
        if not chosen:
            raise MissingError("no_pass", f"There is no pass on {self.first}.", day=self.first)
        return describe_stops(self.ground, driving_order(chosen), self.audience)


@dataclass(frozen=True, slots=True)
class Format:
    """How a file of a format is made, and what it is called on the way."""

    make: Callable[[Asked], bytes]
    mimetype: str
    one_day: bool = False


def pass_file(form: str, asked: Asked) -> bytes:
    """Write what is asked for as a file.

    Parameters
    ----------
    form
        A key of `FORMATS`.

    Raises
    ------
    AccessError
        As `Asked.stops`.
    MissingError
        As `Asked.stops`; ``pango_missing``.
    ParameterError
        ``plan_format`` for a format that there is none of; ``days_backwards``; ``sheet_one_day`` for a sheet
        of several days.
    """
    if form not in FORMATS:
        raise ParameterError(
            "plan_format",
            f"There is no format {form[:20]}: {', '.join(FORMATS)}.",
            formats=", ".join(FORMATS),
        )
    if asked.last < asked.first:
        raise ParameterError(
            "days_backwards", f"{asked.last} comes before {asked.first}.", first=asked.first, last=asked.last
        )
    if FORMATS[form].one_day and asked.first != asked.last:
        raise ParameterError("sheet_one_day", "A sheet is of one day; ask for each by itself.")
    return FORMATS[form].make(asked)


def file_name(form: str, asked: Asked) -> str:
    """Say what a file is to be called: ``pass-2026-12-01.pdf``."""
    days = f"{asked.first}" if asked.first == asked.last else f"{asked.first}--{asked.last}"
    return f"{asked.texts('plan_file.name')}-{days}.{form}"


def sheets_of(asked: Asked) -> tuple[SheetView, ...]:
    """Say what the sheets of a day say, one for each pass.

    Raises
    ------
    AccessError
        As `Asked.stops`.
    MissingError
        ``no_pass``.
    """
    ground, audience = asked.ground, asked.audience
    work = passes_on(ground.workspace, audience, asked.first, slot_id=asked.slot_id)
    register = open_register(ground.workspace)
    promises = [kept.promise for kept in register.promises.all()]
    setting = promise_setting(ground, register.places())
    sheets = []
    for one in work:
        stops = describe_stops(ground, one.slots, audience)
        sheets.append(
            sheet_view(
                asked.texts,
                stops,
                work=one,
                promised=[promised_of(stop.slot, promises, setting) for stop in stops],
                today=datetime.now(ground.project.zone).date(),
                sources=ground.project.attribution,
            )
        )
    return tuple(sheets)


def _pdf(asked: Asked) -> bytes:
    from dashboard.print.patrol_sheet import sheet_pdf  # noqa: PLC0415  slow to import

    return sheet_pdf(asked.texts, asked.ground, sheets_of(asked))


def _html(asked: Asked) -> bytes:
    from dashboard.print.patrol_sheet import sheet_html  # noqa: PLC0415

    return sheet_html(asked.texts, asked.ground, sheets_of(asked)).encode()


def _ics(asked: Asked) -> bytes:
    from dashboard.print.calendar_file import calendar_file  # noqa: PLC0415

    return calendar_file(asked.texts, asked.ground.project, asked.stops(gone=True), now=datetime.now(UTC))


def _gpx(asked: Asked) -> bytes:
    from dashboard.print.waypoints import gpx_file  # noqa: PLC0415

    stops = {stop.slot.slot_id: stop for stop in asked.stops()}
    mine = party_of(asked.audience)
    rounds = [
        [stops[slot.slot_id] for slot in one.slots]
        for one in passes([stop.slot for stop in stops.values()])
        if one.party is mine
    ]
    return gpx_file(asked.texts, asked.ground.project, rounds).encode()


def _geojson(asked: Asked) -> bytes:
    from dashboard.print.waypoints import geojson_file  # noqa: PLC0415

    return geojson_file(asked.texts, asked.ground.project, asked.stops()).encode()


FORMATS: dict[str, Format] = {
    "pdf": Format(_pdf, "application/pdf", one_day=True),
    "html": Format(_html, "text/html", one_day=True),
    "ics": Format(_ics, "text/calendar"),
    "gpx": Format(_gpx, "application/gpx+xml"),
    "geojson": Format(_geojson, "application/geo+json"),
}
"""Ending → format."""
