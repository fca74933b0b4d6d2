"""A promised activity as its form has it: what is to be done, who, what counts, and what is to be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.views.hours_reading import hours_of
from dashboard.views.target_reading import targets_of
from dashboard.views.typed import chosen, days_of, required, within, words_of
from geodata.promises.activity import Party
from geodata.promises.key import key_from
from geodata.promises.scope import BORDER_M, Days

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from dashboard.texts.catalogue import Catalogue

ROWS = ("hours_1", "hours_2", "hours_3")
"""Rows of clock times that the form has."""

WHERE = {"places": "places", "kinds": "place_kinds"}
"""How the place is told → the field that then has to be filled in; everywhere needs none."""

MOST_DAYS, MOST_BORDER_M = 3660, 500


def activity_of(
    typed: Mapping[str, str], texts: Catalogue, *, taken: Collection[str] = (), key: str = ""
) -> dict[str, Any]:
    """Return the values of an activity as `geodata.promises.reading.made_promise` takes them.

    Parameters
    ----------
    taken
        Keys of the promise's other activities: one made of the name differs from them.
    key
        Of the activity that is changed; empty for a new one.

    Raises
    ------
    ParameterError
        ``form_missing``, ``form_day``, ``form_clock``, ``form_count``, ``form_between``, with the value
        ``field``; as `targets_of`.
    """
    name = required(typed, "activity_name")
    required(typed, "responsible")
    return {
        "key": key or words_of(typed, "activity_key") or key_from(name, taken=taken),
        "name": name,
        "text": words_of(typed, "activity_text"),
        "responsible": [
            {"party": str(one), "name": words_of(typed, f"{one}_name")}
            for one in Party
            if one in chosen(typed, "responsible")
        ],
        "scope": scope_of(typed),
        "targets": targets_of(typed, texts),
    }


def scope_of(typed: Mapping[str, str]) -> dict[str, Any]:
    """Return what counts; raises as `activity_of`."""
    days = typed.get("days") or str(Days.ANY)
    complained = within(typed, "complained_days", least=1, most=MOST_DAYS)
    where = typed.get("where") or "any"
    if where in WHERE:
        required(typed, WHERE[where])
    border = within(typed, "border_m", least=0, most=MOST_BORDER_M)
    return {
        "kinds": chosen(typed, "kinds"),
        "parties": chosen(typed, "parties"),
        "joint": bool(typed.get("joint")),
        "places": [int(one) for one in chosen(typed, "places")] if where == "places" else [],
        "place_kinds": chosen(typed, "place_kinds") if where == "kinds" else [],
        "complained_days": complained,
        "complained_about": chosen(typed, "complained_about") if complained else [],
        "days": days,
        "evenings": chosen(typed, "evenings") if days == Days.RISK_EVENINGS else [],
        "dates": days_of(typed, "dates"),
        "hours": hours_of(typed, school="school_hours", rows=ROWS),
        "months": [int(one) for one in chosen(typed, "months")],
        "border_m": BORDER_M if border is None else float(border),
    }
