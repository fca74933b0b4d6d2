"""What the options of a verb select: the same words as in the address of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.selection import Selection


def selection_of(
    viewer: str,
    *,
    first: str,
    last: str,
    streams: Sequence[str] | None,
    categories: Sequence[str] | None = None,
    weekdays: str = "",
    hours: str = "",
) -> Selection:
    """Return what the options ask for; an option left out asks for all."""
    from dashboard.access.audiences import WORD_OF  # noqa: PLC0415
    from dashboard.views.address import parse_address  # noqa: PLC0415
    from dashboard.views.address_filters import STREAM_WORDS  # noqa: PLC0415
    from geodata.privacy import Audience  # noqa: PLC0415

    words = {str(stream): word for word, stream in STREAM_WORDS.items()}
    query = {
        "som": WORD_OF[Audience(viewer)],
        "fran": first,
        "till": last,
        "strom": ",".join(words[stream] for stream in streams or ()),
        "vad": ",".join(categories or ()),
        "dagar": weekdays,
        "tid": hours,
    }
    return parse_address(query).selection
