"""The frame round every page: whose it is, where one can go, as whom one looks, in which language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.access.audiences import AUDIENCE_WORDS, is_staff
from dashboard.views.address import LANGUAGES, as_audience, format_search

if TYPE_CHECKING:
    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.address import Address
    from geodata.project import Project

NAVIGATION = {"map": "/", "places": "/platser", "sources": "/underlag"}
"""Page → path, in the order of the header."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way on: a link in words, and whether it is where one stands."""

    label: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class FrameView:
    """What the header says."""

    municipality: str
    home: str
    made_up: str | None
    ways: tuple[Way, ...]
    audience: str
    audiences: tuple[Way, ...]
    audience_note: str
    language: Way
    language_short: str
    dark_label: str


def frame_view(
    texts: Catalogue, project: Project, address: Address, *, path: str, page: str | None
) -> FrameView:
    """Say what stands round a page.

    Parameters
    ----------
    path, page
        Where one stands, as path and as the name of the page (None where there is no such page).
    """
    language = project.municipality.language
    bare = replace(address, place_id=None, area_id=None, kind=None)
    search = format_search(bare, language=language)
    other = next(code for code in LANGUAGES if code != address.language)
    return FrameView(
        municipality=project.municipality.name,
        home=f"/{search}",
        made_up=texts("frame.made_up", name=project.municipality.name)
        if project.municipality.made_up
        else None,
        ways=tuple(
            Way(texts(f"frame.page.{name}"), f"{way}{search}", name == page)
            for name, way in NAVIGATION.items()
        ),
        audience=texts(f"audience.{address.audience}"),
        audiences=tuple(
            Way(
                texts(f"audience.{audience}"),
                f"{path}{format_search(as_audience(address, audience), language=language)}",
                audience == address.audience,
            )
            for audience in AUDIENCE_WORDS.values()
        ),
        audience_note=texts("frame.staff_note" if is_staff(address.audience) else "frame.onlooker_note"),
        language=Way(
            texts("frame.other_language"),
            f"{path}{format_search(replace(address, language=other), language=language)}",
        ),
        language_short=other.upper(),
        dark_label=texts("frame.dark"),
    )
