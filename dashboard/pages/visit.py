"""One request to one page: the ground as it stands, what the address asks for, and the words to answer in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.texts.catalogue import catalogue
from dashboard.views.address import format_search, parse_search
from geodata.analyses.ground import Ground

if TYPE_CHECKING:
    import re

    from dash import Dash
    from dash.development.base_component import Component

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.address import Address

OpenGround = Callable[[], Ground]


@dataclass(frozen=True)
class Visit:
    """What a page answers to."""

    ground: Ground
    address: Address
    texts: Catalogue
    path: str

    @property
    def language(self) -> str:
        """The project's language, which an address need not say."""
        return self.ground.project.municipality.language

    @property
    def search(self) -> str:
        """The query of the address."""
        return format_search(self.address, language=self.language)


def receive(open_ground: OpenGround, path: str | None, search: str | None) -> Visit:
    """Open the ground and read the address.

    Raises
    ------
    ProblembildError
        When nothing is imported, or the address can't be read.
    """
    ground = open_ground()
    address = parse_search(search, language=ground.project.municipality.language)
    return Visit(ground, address, catalogue(address.language), path or "/")


@dataclass(frozen=True)
class Page:
    """One page.

    Attributes
    ----------
    name
        Key of its words, ``frame.page.<name>`` for those in the header.
    path
        Matches the whole path.
    title
        What the browser's tab says.
    layout
        Builds the page.
    wire
        Registers its callbacks.
    keeps_layout
        Whether its own callbacks follow the filters; else it is built anew for every address.
    """

    name: str
    path: re.Pattern[str]
    title: Callable[[Visit], str]
    layout: Callable[[Visit], Component]
    wire: Callable[[Dash, OpenGround], None]
    keeps_layout: bool
