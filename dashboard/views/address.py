"""The address is the one truth about filters: what stands in it is what is shown, and a link reopens it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import parse_qsl, urlencode

from dashboard.access.audiences import AUDIENCE_WORDS, WORD_OF
from dashboard.access.roles import ON_THIS_MACHINE
from dashboard.views.address_filters import STREAM_WORDS, is_fixed, read_filters, write_filters
from dashboard.views.address_values import format_weights, parse_weights, unreadable
from dashboard.views.asked_work import read_asked, write_asked
from geodata.errors import AccessError
from geodata.hotspots.methods import METHODS
from geodata.privacy import RULES, Audience
from geodata.schema import PlaceKind
from geodata.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.views.asked_work import AskedWork

Value = TypeVar("Value")

LANGUAGES = ("sv", "en")

KIND_WORDS: dict[str, PlaceKind] = {
    "skolzon": PlaceKind.SCHOOL_ZONE,
    "torg": PlaceKind.SQUARE,
    "buskorning": PlaceKind.JOYRIDING,
    "centrum": PlaceKind.CENTRE,
    "station": PlaceKind.STATION,
    "park": PlaceKind.PARK,
    "annan": PlaceKind.OTHER,
}
"""What stands after ``typ=``."""

DEFAULT_METHOD = "getis_ord"
"""How hotspots are found when the address does not say."""

LAYERS = {"omraden": "areas", "platser": "agreement"}
"""What stands after ``lager=``: what is found on the ground alone, or the places' pictures alone."""

_LONGEST_BATCH = 40
_NUMBER = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Address:
    """What an address asks for.

    Attributes
    ----------
    selection
        Streams, categories, period and hours, for whom.
    language
        ``sv`` or ``en``.
    place_id, area_id
        The place or the found area that is opened, if any.
    kind
        The kind of place asked for on the ranking, None for all.
    batch
        The round whose answers are keyed in.
    method
        How hotspots are found, a key of ``METHODS``.
    layer
        What the map shows alone, a value of ``LAYERS``; None for all.
    weights
        What each stream weighs in the order of places, in the order of ``STREAM_WORDS``; None as the project
        says.
    asked_work
        What the effect of is asked, if anything.
    drawn
        Whether the drawn map is asked for although the browser could do more.
    filters_dropped
        Whether the address held filters that this audience may not use; they are left out.
    looks_as
        As whom who asks may look, their own audience first: it need not be said.
    """

    selection: Selection
    language: str = "sv"
    place_id: int | None = None
    area_id: int | None = None
    kind: PlaceKind | None = None
    batch: str | None = None
    method: str = DEFAULT_METHOD
    layer: str | None = None
    weights: tuple[float, ...] | None = None
    asked_work: AskedWork | None = None
    drawn: bool = False
    filters_dropped: bool = False
    looks_as: tuple[Audience, ...] = ON_THIS_MACHINE.looks_as

    @property
    def audience(self) -> Audience:
        """For whom the page is made."""
        return self.selection.audience


def parse_address(
    args: Mapping[str, str],
    *,
    language: str = "sv",
    looks_as: tuple[Audience, ...] = ON_THIS_MACHINE.looks_as,
) -> Address:
    """Read the query of an address.

    Parameters
    ----------
    args
        Keys and values as the query holds them; keys that are not known are let be.
    language
        What to answer in when the address does not say.
    looks_as
        As whom who asks may look, as the server knows; what ``som`` says chooses among them.

    Raises
    ------
    AccessError
        ``not_looks_as`` when the address asks for an audience that is not among them.
    ParameterError
        ``address_unreadable`` with the key and the value, or what `Selection` raises.
    """
    audience = _one_of(args, "som", AUDIENCE_WORDS) or looks_as[0]
    if audience not in looks_as:
        raise AccessError("not_looks_as", f"This account may not look as {audience}.", audience=str(audience))
    selection, dropped = read_filters(args, audience)
    method = _one_of(args, "metod", {name: name for name in METHODS})
    layer = _one_of(args, "lager", LAYERS)
    weights = parse_weights(args["vikt"], number=len(STREAM_WORDS)) if args.get("vikt") else None
    if not RULES[audience].free_filters:
        dropped, weights = dropped or weights is not None, None
    if not RULES[audience].cells:  # they see places alone, so there is nothing to choose
        dropped = dropped or bool(method or layer)
        method = layer = None
    return Address(
        selection=selection,
        language=_one_of(args, "sprak", {code: code for code in LANGUAGES}) or language,
        place_id=_number(args, "plats"),
        area_id=_number(args, "omrade"),
        kind=_one_of(args, "typ", KIND_WORDS),
        batch=args.get("omgang", "")[:_LONGEST_BATCH] or None,
        method=method or DEFAULT_METHOD,
        layer=layer,
        weights=weights,
        asked_work=read_asked(args) if RULES[audience].free_filters else None,
        drawn=args.get("svg") == "1",
        filters_dropped=dropped,
        looks_as=looks_as,
    )


def parse_search(
    search: str | None,
    *,
    language: str = "sv",
    looks_as: tuple[Audience, ...] = ON_THIS_MACHINE.looks_as,
) -> Address:
    """Read the part of an address from ``?`` on."""
    query = dict(parse_qsl((search or "").removeprefix("?")))
    return parse_address(query, language=language, looks_as=looks_as)


def format_search(address: Address, *, language: str = "sv") -> str:
    """Write the query of an address, ``?`` first; empty when everything is as it comes.

    Parameters
    ----------
    language
        The language that need not be said.
    """
    query = write_filters(address.selection)
    if address.kind is not None:
        query["typ"] = next(word for word, kind in KIND_WORDS.items() if kind == address.kind)
    if address.audience != address.looks_as[0]:
        query["som"] = WORD_OF[address.audience]
    if address.language != language:
        query["sprak"] = address.language
    if address.place_id is not None:
        query["plats"] = str(address.place_id)
    if address.area_id is not None:
        query["omrade"] = str(address.area_id)
    if address.batch is not None:
        query["omgang"] = address.batch
    if address.asked_work is not None:
        query |= write_asked(address.asked_work)
    query |= _looks(address)
    return "?" + urlencode(query, safe=",") if query else ""


def _looks(address: Address) -> dict[str, str]:
    """Return how it is found, weighed and drawn, as far as it is not as it comes."""
    query: dict[str, str] = {}
    if address.method != DEFAULT_METHOD:
        query["metod"] = address.method
    if address.layer is not None:
        query["lager"] = next(word for word, layer in LAYERS.items() if layer == address.layer)
    if address.weights is not None:
        query["vikt"] = format_weights(address.weights)
    if address.drawn:
        query["svg"] = "1"
    return query


def weights_by_stream(address: Address) -> tuple[tuple[str, float], ...] | None:
    """Return stream and weight as the address asks for them, None for the project's."""
    if address.weights is None:
        return None
    return tuple(zip(map(str, STREAM_WORDS.values()), address.weights, strict=True))


def as_audience(address: Address, audience: Audience) -> Address:
    """Return the same view as another would see it; filters that they may not use are let go."""
    chosen = address.selection
    if RULES[audience].free_filters:
        return replace(address, selection=replace(chosen, audience=audience))
    period = chosen.period if is_fixed(chosen.period) else None
    return replace(
        address,
        selection=Selection(audience=audience, period=period),
        area_id=None,
        method=DEFAULT_METHOD,
        layer=None,
        weights=None,
        asked_work=None,
    )


def _number(args: Mapping[str, str], key: str) -> int | None:
    text = args.get(key, "")
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise unreadable(key, text)
    return int(text)


def _one_of(args: Mapping[str, str], key: str, words: Mapping[str, Value]) -> Value | None:
    text = args.get(key, "")
    if not text:
        return None
    if text not in words:
        raise unreadable(key, text)
    return words[text]
