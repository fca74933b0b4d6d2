"""What the page of reports says: each report, what it holds, for whom it is, and its files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.reports.registry import FORMATS, offered, reader_of
from dashboard.views.address import format_search
from dashboard.views.frame import Way

if TYPE_CHECKING:
    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.address import Address

PATH = "/rapporter"
FILE_PATH = "/rapport"
"""Followed by the report's name, a point and the format: ``/rapport/namnd.pdf``."""


@dataclass(frozen=True, slots=True)
class ReportCard:
    """One report: its name, what it holds, for whom it is made when you ask, and its files."""

    title: str
    about: str
    reader: str
    files: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class ReportsView:
    """The page in words."""

    sentence: str
    basis: str
    cards: tuple[ReportCard, ...]


def reports_view(texts: Catalogue, address: Address, *, language: str) -> ReportsView:
    """Say which reports there are.

    Parameters
    ----------
    language
        The project's language, which the address need not say.
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
            )
        )
    return ReportsView(texts("reports.sentence", n=len(cards)), texts("reports.basis"), tuple(cards))
