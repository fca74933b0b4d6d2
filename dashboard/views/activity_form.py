"""What the form of an activity holds when one that stands is changed, and whether it can hold all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.views.activity_reading import ROWS, activity_of
from dashboard.views.hours_reading import typed_hours
from dashboard.views.target_reading import KNOWN_WAYS, PER_CENT
from geodata.errors import ParameterError
from geodata.promises.reading import made_activity
from geodata.promises.scope import BORDER_M
from geodata.promises.targets.each import Each

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from dashboard.texts.catalogue import Catalogue
    from geodata.promises.promise import Activity
    from geodata.promises.targets.kinds import Target

Typed = dict[str, str]

EMPTY: Typed = {"days": "any", "where": "any", "border_m": f"{BORDER_M:.0f}", "count_per": "period"}
"""What a new form begins with."""


def typed_activity(activity: Activity, texts: Catalogue) -> Typed:
    """Return what the form holds of an activity."""
    scope = activity.scope
    typed = {
        **EMPTY,
        "activity_name": activity.name,
        "activity_text": activity.text,
        "responsible": _joined(one.party for one in activity.responsible),
        **{f"{one.party}_name": one.name for one in activity.responsible},
        "kinds": _joined(scope.kinds),
        "parties": _joined(scope.parties),
        "joint": "1" if scope.joint else "",
        "where": "places" if scope.places else "kinds" if scope.place_kinds else "any",
        "places": _joined(scope.places),
        "place_kinds": _joined(scope.place_kinds),
        "complained_days": str(scope.complained_days or ""),
        "complained_about": _joined(scope.complained_about),
        "border_m": f"{scope.border_m:.0f}",
        "days": str(scope.days),
        "evenings": _joined(scope.evenings),
        "dates": ", ".join(day.isoformat() for day in scope.dates),
        "months": _joined(scope.months),
        **typed_hours(scope.hours, school="school_hours", rows=ROWS),
    }
    ticked = []
    for target in activity.targets:
        box, fields = _TYPED[target.kind](target, texts)
        ticked.append(box)
        for name, said in fields.items():
            ways = name in {"way_known", "way_other"} and typed.get(name) and said
            typed[name] = f"{typed[name]}{',' if name == 'way_known' else chr(10)}{said}" if ways else said
    return {**typed, "targets": _joined(dict.fromkeys(ticked))}


def changed_activity(typed: Mapping[str, str], texts: Catalogue, before: Activity) -> dict[str, Any]:
    """Return the values of an activity that is changed, as `activity_of` does.

    Its targets keep the order that they had, and the things of a list the places that they had.
    """
    values = activity_of(typed, texts, key=before.key)
    order = [one.kind for one in before.targets]
    values["targets"].sort(key=lambda one: order.index(one["kind"]) if one["kind"] in order else len(order))
    listed = {
        item.name: {"name": item.name, "place": item.place}
        for one in before.targets
        if isinstance(one, Each)
        for item in one.items
    }
    for target in values["targets"]:
        if target["kind"] == "each":
            target["items"] = [listed.get(name, name) for name in target["items"]]
    return values


def holds(activity: Activity, texts: Catalogue) -> bool:
    """Say whether the form can hold all of an activity: what comes back from it unchanged is the same."""
    try:
        values = changed_activity(typed_activity(activity, texts), texts, activity)
        back = made_activity(values, file="", place_ids={})
    except ParameterError:
        return False
    return _plain(back) == _plain(activity)


def _plain(activity: Activity) -> tuple[Any, ...]:
    """Return what says the same whatever order it was written in."""
    scope = activity.scope
    return (
        activity.name,
        activity.text,
        frozenset(activity.responsible),
        frozenset(activity.targets),
        scope.joint,
        scope.complained_days,
        scope.border_m,
        scope.days,
        *(
            frozenset(of)
            for of in (
                scope.kinds,
                scope.parties,
                scope.places,
                scope.place_kinds,
                scope.complained_about,
                scope.evenings,
                scope.dates,
                scope.hours,
                scope.months,
            )
        ),
    )


def _count(target: Any, _: Catalogue) -> tuple[str, Typed]:
    return "count", {"count_at_least": str(target.at_least), "count_per": str(target.per)}


def _rate(target: Any, _: Catalogue) -> tuple[str, Typed]:
    return "rate", {"rate_at_least": str(target.at_least), "rate_every": str(target.every)}


def _part(target: Any, _: Catalogue) -> tuple[str, Typed]:
    box = "part_car" if target.car is not None else "part_joint"
    about = (
        {"part_car_car": str(target.car)}
        if target.car is not None
        else {"part_joint_with": _joined(target.jointly_with)}
    )
    return box, {f"{box}_at_least": str(target.at_least), "count_per": str(target.per), **about}


def _presence(target: Any, _: Catalogue) -> tuple[str, Typed]:
    return "presence", {"presence_at_least": "" if target.at_least is None else str(target.at_least)}


def _balance(target: Any, _: Catalogue) -> tuple[str, Typed]:
    share = "" if target.least_share is None else f"{PER_CENT * target.least_share:.0f}"
    return "balance", {"balance_cars": _joined(target.cars), "balance_share": share}


def _preference(target: Any, _: Catalogue) -> tuple[str, Typed]:
    return "preference", typed_hours(target.hours, school="preference_school", rows=("preference",))


def _each(target: Any, _: Catalogue) -> tuple[str, Typed]:
    return "each", {
        "each_items": "\n".join(one.name for one in target.items),
        "each_decide": "1" if target.decide else "",
        "each_by": "" if target.by is None else target.by.isoformat(),
    }


def _document(target: Any, _: Catalogue) -> tuple[str, Typed]:
    by = "" if target.by is None else target.by.isoformat()
    return "document", {"document_title": target.title, "document_by": by}


def _way(target: Any, texts: Catalogue) -> tuple[str, Typed]:
    known = {texts(f"promise_way.{one}"): one for one in KNOWN_WAYS}
    if target.how in known:
        return "way", {"way_known": known[target.how]}
    return "way", {"way_other": target.how}


def _no_number(target: Any, _: Catalogue) -> tuple[str, Typed]:
    return "no_number", {"no_number_words": target.words}


_TYPED: dict[str, Callable[[Target, Catalogue], tuple[str, Typed]]] = {
    "count": _count,
    "rate": _rate,
    "part": _part,
    "presence": _presence,
    "balance": _balance,
    "preference": _preference,
    "each": _each,
    "document": _document,
    "way": _way,
    "no_number": _no_number,
}
"""Kind of target → its box and what stands in the box's fields."""


def _joined(values: Iterable[object]) -> str:
    return ",".join(str(one) for one in values)
