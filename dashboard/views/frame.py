"""The frame round every page: whose it is, where one can go, as whom one looks, in which language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.access.actions import Action, may
from dashboard.access.audiences import is_staff
from dashboard.views.address import LANGUAGES, as_audience, format_search
from dashboard.views.made_up import made_up_words
from geodata.privacy import Audience

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.address import Address
    from geodata.project import Project

NAVIGATION = {
    "map": "/",
    "places": "/platser",
    "reviews": "/oversyner",
    "planning": "/planen",
    "picture": "/bilden",
    "promises": "/loften",
    "effect": "/effekt",
    "reports": "/rapporter",
    "sources": "/underlag",
}
"""Page → path, in the order of the header."""

DECIDERS = {"overview": "/oversikt", **NAVIGATION, "map": "/karta"}
"""The same for those who land on the overview: the map has a path of its own."""

NAVIGATION_OF = {Audience.COUNCIL: DECIDERS}

FOR_SOME = {"planning": Action.PLAN_PATROLS}
"""Pages of the header that only those see who may work with them."""

DESK = {
    "sources": ("/underlag", None),
    "dialogues": ("/dialoger", None),
    "heard": ("/horda", None),
    "entry": ("/inmatning", Action.KEY_IN),
    "queue": ("/ko", Action.SETTLE_PLACES),
    "links": ("/dubbletter", Action.UNDO_LINKS),
}
"""Pages of work under the last page of the header → path, and what one must be allowed to."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way on: a link in words, whether it is where one stands, and how many things wait there."""

    label: str
    href: str
    current: bool = False
    note: str = ""


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
    dark_label: str


def frame_view(
    texts: Catalogue,
    project: Project,
    address: Address,
    *,
    path: str,
    page: str | None,
    waiting: Mapping[str, int] | None = None,
) -> FrameView:
    """Say what stands round a page.

    Parameters
    ----------
    path, page
        Where one stands, as path and as the name of the page (None where there is no such page).
    waiting
        How many things wait for an answer, by the name of their page; None where nobody counted.
    """
    language = project.municipality.language
    bare = replace(address, place_id=None, area_id=None, kind=None, batch=None, asked_work=None)
    search = format_search(bare, language=language)
    other = next(code for code in LANGUAGES if code != address.language)
    return FrameView(
        municipality=project.municipality.name,
        home=f"/{search}",
        made_up=made_up_words(texts, project.municipality) or None,
        ways=tuple(
            Way(
                texts(f"frame.page.{name}"),
                f"{way}{search}",
                name == ("sources" if page in DESK else page),
                note=str(n) if (n := (waiting or {}).get(name)) else "",
            )
            for name, way in NAVIGATION_OF.get(address.audience, NAVIGATION).items()
            if name not in FOR_SOME or may(address.audience, FOR_SOME[name])
        ),
        audience=texts(f"audience.{address.audience}"),
        audiences=tuple(
            Way(
                texts(f"audience.{audience}"),
                f"{path}{format_search(as_audience(address, audience), language=language)}",
                audience == address.audience,
            )
            for audience in address.looks_as
        ),
        audience_note=texts("frame.staff_note" if is_staff(address.audience) else "frame.onlooker_note"),
        language=Way(
            texts("frame.other_language"),
            f"{path}{format_search(replace(address, language=other), language=language)}",
        ),
        dark_label=texts("frame.dark"),
    )


def desk_ways(texts: Catalogue, address: Address, *, page: str, language: str) -> tuple[Way, ...]:
    """Say where one can go among the pages of work; empty for those who may only look.

    Parameters
    ----------
    page
        Where one stands.
    language
        The language that an address need not say.
    """
    search = format_search(
        replace(address, place_id=None, area_id=None, kind=None, batch=None, asked_work=None),
        language=language,
    )
    ways = tuple(
        Way(texts(f"frame.desk.{name}"), f"{path}{search}", name == page)
        for name, (path, action) in DESK.items()
        if action is None or may(address.audience, action)
    )
    return ways if len(ways) > 1 else ()
