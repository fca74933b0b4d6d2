"""Where one lands: those who decide on the overview, everybody else on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.pages import overview
from dashboard.views.address import Address, format_search
from geodata.privacy import Audience
from geodata.selection import Selection

if TYPE_CHECKING:
    from dashboard.pages.visit import Page, Visit

LANDING: dict[Audience, Page] = {Audience.COUNCIL: overview.PAGE}
"""For whom the first page is another one than the map."""


def landing(page: Page | None, visit: Visit) -> Page | None:
    """Return the page of a request: the audience's own where the address asks for nothing in particular.

    An address with a place, a period or a drawn map in it is a link to the map.
    """
    if visit.path != "/" or page is None:
        return page
    address = visit.address
    bare = Address(Selection(audience=address.audience), language=address.language, looks_as=address.looks_as)
    asks = address.filters_dropped or visit.search != format_search(bare, language=visit.language)
    return page if asks else LANDING.get(address.audience, page)
