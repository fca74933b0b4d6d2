"""What a person typed in the forms of dialogues, as plain values of a plan, an outcome or a publication."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dashboard.views.typed import chosen, clock_of, count_of, day_of, lines_of, required, words_of
from geodata.dialogues.dialogue import NOWHERE
from geodata.promises.key import key_from

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import time

WORDS = ("question", "source")

_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(:[0-9]+)?(/\S*)?")


def dialogue_of(typed: Mapping[str, str], *, taken: Collection[str] = ()) -> dict[str, Any]:
    """Return what a dialogue is, without its occasions.

    Parameters
    ----------
    taken
        Keys that its own may not be; it is made of the name where none is typed.

    Raises
    ------
    ParameterError
        ``form_missing`` and ``form_day``, with the value ``field``.
    """
    name, kind = required(typed, "name"), required(typed, "kind")
    for day in ("first", "last"):
        required(typed, day)
    return {
        "key": words_of(typed, "key") or key_from(name, taken=taken),
        "name": name,
        "kind": kind,
        "first": day_of(typed, "first"),
        "last": day_of(typed, "last"),
        "needs": lines_of(typed, "needs"),
        **{one: words_of(typed, one) for one in WORDS},
    }


def occasion_of(
    typed: Mapping[str, str], *, names: Mapping[int, str], taken: Collection[str] = ()
) -> dict[str, Any]:
    """Return an occasion.

    Parameters
    ----------
    names
        The name of each place, by id: its key is made of where it is.
    taken
        Keys of the other occasions.

    Raises
    ------
    ParameterError
        ``form_missing``, ``form_day`` and ``form_clock``, with the value ``field``.
    """
    method = required(typed, "method")
    place = int(typed["place"]) if typed.get("place") else None
    where = words_of(typed, "where")
    if place is None and method not in NOWHERE:
        required(typed, "where")
    for boxes in ("askers", "groups"):
        required(typed, boxes)
    key = words_of(typed, "occasion")
    return {
        "key": key or key_from(where or names.get(place or 0, "") or method, taken=taken),
        "day": day_of(typed, "day"),
        "start": _clock(clock_of(typed, "start")),
        "end": _clock(clock_of(typed, "end")),
        "place": place,
        "where": where,
        "askers": chosen(typed, "askers"),
        "with_whom": words_of(typed, "with_whom"),
        "groups": chosen(typed, "groups"),
        "group_note": words_of(typed, "group_note"),
        "method": method,
        "needs": lines_of(typed, "needs"),
        "collected_as": lines_of(typed, "collected_as"),
    }


def outcome_of(typed: Mapping[str, str]) -> dict[str, Any]:
    """Return what an occasion gave; raises ``form_count`` with ``field``."""
    return {
        "occasion": words_of(typed, "occasion"),
        "talks": count_of(typed, "talks"),
        "answers": count_of(typed, "answers"),
        "note": words_of(typed, "note"),
        "sources": chosen(typed, "sources"),
    }


def publication_of(typed: Mapping[str, str]) -> dict[str, Any]:
    """Return a publication; raises ``form_missing`` and ``form_day`` with ``field``."""
    required(typed, "day")
    return {
        "to": words_of(typed, "to"),
        "day": day_of(typed, "day"),
        "where": required(typed, "where"),
        "link": _link(words_of(typed, "link")),
    }


def _link(said: str) -> str:
    """Return an address whole: people leave out how it begins, as the browser shows it."""
    return f"https://{said}" if _HOST.fullmatch(said) else said


def _clock(value: time | None) -> str | None:
    return None if value is None else value.strftime("%H:%M")
