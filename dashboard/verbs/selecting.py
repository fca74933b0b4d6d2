"""What the options of a verb select: the same words as in the address of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.selection import Selection

OPTION_OF = {"fran": "--from", "till": "--to", "dagar": "--weekdays", "tid": "--hours"}
"""The option of a verb that is a word of the address."""


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
    """Return what the options ask for; an option left out asks for all.

    Raises
    ------
    AccessError
        ``filters_not_free`` for an audience that sees whole years and tertials only.
    ParameterError
        ``option_unreadable`` with the option and the value, ``period_half`` for one end of a period without
        the other, or what `Selection` raises.
    """
    from dashboard.access.audiences import WORD_OF  # noqa: PLC0415
    from dashboard.views.address import parse_address  # noqa: PLC0415
    from dashboard.views.address_filters import STREAM_WORDS  # noqa: PLC0415
    from geodata.errors import AccessError, ParameterError  # noqa: PLC0415
    from geodata.privacy import Audience  # noqa: PLC0415

    if bool(first) != bool(last):
        raise ParameterError("period_half", "Give both --from and --to, or neither.")
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
    try:
        asked = parse_address(query)
    except ParameterError as error:
        option = OPTION_OF.get(str(error.values.get("key")))
        if error.code != "address_unreadable" or option is None:
            raise
        value = str(error.values["value"])
        raise ParameterError(
            "option_unreadable", f"{option} {value} can't be read.", option=option, value=value
        ) from error
    if asked.filters_dropped:
        # A page leaves them out and says so; a list would only look like the answer to what was asked.
        raise AccessError(
            "filters_not_free",
            f"The audience {viewer} sees whole years and tertials only.",
            audience=viewer,
        )
    return asked.selection
