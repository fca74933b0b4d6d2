"""One request to one page: the ground as it stands, what the address asks for, and the words to answer in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.texts.catalogue import catalogue
from dashboard.views.address import format_search, parse_search
from geodata.analyses.ground import open_ground
from geodata.errors import MissingError, ProblembildError, StoreError
from geodata.project import read_project

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from dash import Dash
    from dash.development.base_component import Component

    from dashboard.access.roles import Actor
    from dashboard.desk import Desk
    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.address import Address
    from geodata.analyses.ground import Ground
    from geodata.project import Project


@dataclass(frozen=True)
class Visit:
    """What a page answers to.

    Attributes
    ----------
    actor
        Who asks, as the server knows it.
    project
        The settings that the ground was published with; those of the project file where there is no ground.
    opened
        The ground, or why there is none.
    """

    desk: Desk
    actor: Actor
    project: Project
    address: Address
    texts: Catalogue
    path: str
    opened: Ground | ProblembildError

    @property
    def ground(self) -> Ground:
        """The workspace as it was last published.

        Raises
        ------
        ProblembildError
            Why there is nothing to show; only pages that say `needs_ground` False are asked then.
        """
        if isinstance(self.opened, ProblembildError):
            raise self.opened
        return self.opened

    @property
    def has_ground(self) -> bool:
        """Whether anything can be shown of what is imported."""
        return not isinstance(self.opened, ProblembildError)

    @property
    def language(self) -> str:
        """The project's language, which an address need not say."""
        return self.project.municipality.language

    @property
    def by(self) -> str:
        """Who does what is done now, for what is written down."""
        return self.actor.name or str(self.address.audience)

    @property
    def search(self) -> str:
        """The query of the address."""
        return format_search(self.address, language=self.language)


def receive(desk: Desk, path: str | None, search: str | None, *, needs_ground: bool = True) -> Visit:
    """Open the ground and read the address.

    Parameters
    ----------
    needs_ground
        Whether there is nothing to say without an import that can be read.

    Raises
    ------
    ProblembildError
        When nothing is imported and the page needs it, the address can't be read, or it asks to look as
        somebody that who asks may not look as.
    """
    actor = desk.actor()
    opened: Ground | ProblembildError
    try:
        opened = open_ground(desk.workspace)
        project = opened.project
    except (MissingError, StoreError) as error:
        if needs_ground:
            raise
        opened, project = error, read_project(desk.workspace)
    address = parse_search(search, language=project.municipality.language, looks_as=actor.looks_as)
    return Visit(desk, actor, project, address, catalogue(address.language), path or "/", opened)


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
    needs_ground
        Whether it has nothing to say before the first import.
    """

    name: str
    path: re.Pattern[str]
    title: Callable[[Visit], str]
    layout: Callable[[Visit], Component]
    wire: Callable[[Dash, Desk], None]
    keeps_layout: bool
    needs_ground: bool = True
