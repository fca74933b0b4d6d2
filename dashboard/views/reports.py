"""What the page of reports says: each report, what it holds, for whom it is, and its files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from dashboard.reports.registry import FORMATS, REPORTS, offered, reader_of
from dashboard.views.address import format_search
from dashboard.views.frame import Way

if TYPE_CHECKING:
    from dashboard.reports.days import ReportTime
    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.address import Address
    from geodata.analyses.ground import Ground

PATH = "/rapporter"
FILE_PATH = "/rapport"
"""Followed by the report's name, a point and the format: ``/rapport/namnd.pdf``."""


DAY = "dag"
"""Says in an address for which day a report is made."""


@dataclass(frozen=True, slots=True)
class ReportMenu:
    """The times that a report can be made of; its files are then asked for with one of them.

    Attributes
    ----------
    times
        Day and words, newest first.
    hidden
        What else the address says.
    """

    name: str
    label: str
    times: tuple[tuple[str, str], ...]
    hidden: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReportCard:
    """One report: its name, what it holds, for whom it is made when you ask, its files, and of which time."""

    title: str
    about: str
    reader: str
    files: tuple[Way, ...]
    menu: ReportMenu | None = None


@dataclass(frozen=True, slots=True)
class ReportsView:
    """The page in words."""

    sentence: str
    basis: str
    cards: tuple[ReportCard, ...]


def reports_view(
    texts: Catalogue, address: Address, *, language: str, ground: Ground | None = None
) -> ReportsView:
    """Say which reports there are.

    Parameters
    ----------
    language
        The project's language, which the address need not say.
    ground
        None before the first import: there is then no time to choose.
    """
    search = format_search(address, language=language)
    cards = []
    for name in offered(address.audience):
        reader = texts(f"audience.{reader_of(name, address.audience)}").lower()
        title = texts(f"report.{name}.title")
        cards.append(
            ReportCard(
                title=title,
                about=texts(f"report.{name}.about"),
                reader=texts("reports.made_for", audience=reader),
                files=tuple(
                    Way(texts(f"reports.open_{form}"), f"{FILE_PATH}/{name}.{form}{search}")
                    for form in FORMATS
                ),
                menu=None if ground is None else _menu(texts, name, search, ground),
            )
        )
    return ReportsView(texts("reports.sentence", n=len(cards)), texts("reports.basis"), tuple(cards))


def _menu(texts: Catalogue, name: str, search: str, ground: Ground) -> ReportMenu | None:
    times = REPORTS[name].times
    if times is None:
        return None
    return ReportMenu(
        name=name,
        label=texts(f"report.{name}.time"),
        times=tuple((one.day.isoformat(), _time_words(texts, name, one)) for one in times(ground)),
        hidden=tuple(parse_qsl(search.removeprefix("?"))),
    )


def _time_words(texts: Catalogue, name: str, time: ReportTime) -> str:
    label = texts(f"report.{name}.of_time", period=time.period, week=time.period.first.isocalendar().week)
    return label if time.over else texts("promise.running", period=label)
