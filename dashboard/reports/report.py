"""What a report is made of: finished sentences, tables and maps, in the order in which they are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from dashboard.views.address import Address
from geodata.selection import Selection

if TYPE_CHECKING:
    from datetime import date

    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.ground import Ground
    from geodata.privacy import Audience


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph.

    Attributes
    ----------
    look
        ``answer`` for what answers the question, ``quiet`` for what it rests on.
    """

    text: str
    look: Literal["plain", "answer", "quiet"] = "plain"


@dataclass(frozen=True, slots=True)
class Points:
    """Several things of one kind, under a word of their own where there is one."""

    items: tuple[str, ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table, with what stands small below it, and the code of a state for its mark."""

    text: str
    small: tuple[str, ...] = ()
    state: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; the first column names the row.

    Attributes
    ----------
    caption
        What the table holds; for those who hear it read, and above it.
    widths
        Shares of the width in per cent; empty lets the words decide.
    """

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str | Cell, ...], ...]
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A map: PNG, what it shows in words, what stands below it, and its width on paper in millimetres."""

    png: bytes
    alt: str
    caption: str
    width_mm: float


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks under a heading of their own within a section."""

    heading: str
    blocks: tuple[Words | Points | Table | Picture, ...]


Block: TypeAlias = "Words | Points | Table | Picture | Group"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report.

    Attributes
    ----------
    appendix
        Whether it begins on a page of its own, after what is read by all.
    """

    heading: str
    blocks: tuple[Block, ...]
    appendix: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A report in words.

    Attributes
    ----------
    sentence
        The answer first.
    basis
        What it rests on, and for whom it was made.
    foot
        What stands at the foot of each page.
    one_page
        Whether it should be read on one page of A4.
    """

    title: str
    sentence: str
    basis: tuple[str, ...]
    sections: tuple[Section, ...]
    foot: str
    one_page: bool = False


@dataclass(frozen=True)
class Commission:
    """What a report is made from, and for whom.

    Attributes
    ----------
    today
        Local day that promises are measured on.
    asked
        Local day that was asked for; None where the report is of what is newest.
    """

    ground: Ground
    audience: Audience
    texts: Catalogue
    today: date
    asked: date | None = None

    @property
    def address(self) -> Address:
        """Where the pages would stand that say the same: everything, over all time."""
        return Address(Selection(self.audience), language=self.texts.language)

    @property
    def language(self) -> str:
        """The project's language, which an address need not say."""
        return self.ground.project.municipality.language
