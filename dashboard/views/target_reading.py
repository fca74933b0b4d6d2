"""What is to be reached, as the form of an activity has it: a box a kind, each with fields of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.views.hours_reading import hours_of
from dashboard.views.typed import chosen, count_of, day_of, lines_of, required, within, words_of
from geodata.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dashboard.texts.catalogue import Catalogue

MOST_TIMES, MOST_EVENINGS = 100_000, 1000
PER_CENT = 100
SHARES = (1, 50)
"""Between so many per cent lies the least share of each kind of car."""

KNOWN_WAYS = ("low_tolerance", "kronoberg", "est")
"""Ways of working that the form offers; their words are the promise's (``promise_way.<code>``)."""


def targets_of(typed: Mapping[str, str], texts: Catalogue) -> list[dict[str, Any]]:
    """Return what is to be reached, as `geodata.promises.reading.made_promise` takes it.

    Raises
    ------
    ParameterError
        ``form_no_target``, ``form_missing``, ``form_count``, ``form_between``, ``form_day``,
        ``form_two_cars``, ``form_zero``, each with the value ``field``.
    """
    ticked = chosen(typed, "targets")
    found = [one for kind in KINDS if kind in ticked for one in KINDS[kind](typed, texts)]
    if not found:
        raise ParameterError("form_no_target", "Choose at least one target.", field="targets")
    return found


def readable_targets(
    typed: Mapping[str, str], texts: Catalogue
) -> tuple[list[dict[str, Any]], list[ParameterError]]:
    """Return the targets that are filled in, and what the others lack."""
    found: list[dict[str, Any]] = []
    faults: list[ParameterError] = []
    ticked = chosen(typed, "targets")
    for kind, read in KINDS.items():
        if kind in ticked:
            try:
                found += read(typed, texts)
            except ParameterError as error:
                faults.append(error)
    return found, faults


def _least(typed: Mapping[str, str], field: str, *, most: int = MOST_TIMES) -> int:
    required(typed, field)
    if count_of(typed, field) == 0:
        raise ParameterError("form_zero", "A target of zero promises nothing.", field=field)
    return within(typed, field, least=1, most=most) or 1


def _count(typed: Mapping[str, str], _: Catalogue) -> list[dict[str, Any]]:
    return [{"kind": "count", "at_least": _least(typed, "count_at_least"), "per": _per(typed)}]


def _rate(typed: Mapping[str, str], _: Catalogue) -> list[dict[str, Any]]:
    every = typed.get("rate_every") or "week"
    return [{"kind": "rate", "at_least": _least(typed, "rate_at_least"), "every": every}]


def _presence(typed: Mapping[str, str], _: Catalogue) -> list[dict[str, Any]]:
    if not words_of(typed, "presence_at_least"):
        return [{"kind": "presence"}]
    return [{"kind": "presence", "at_least": _least(typed, "presence_at_least", most=MOST_EVENINGS)}]


def _part_joint(typed: Mapping[str, str], _: Catalogue) -> list[dict[str, Any]]:
    least = _least(typed, "part_joint_at_least")
    required(typed, "part_joint_with")
    whom = chosen(typed, "part_joint_with")
    return [{"kind": "part", "at_least": least, "jointly_with": whom, "per": _per(typed)}]


def _part_car(typed: Mapping[str, str], _: Catalogue) -> list[dict[str, Any]]:
    car = typed.get("part_car_car") or "unmarked"
    return [{"kind": "part", "at_least": _least(typed, "part_car_at_least"), "car": car, "per": _per(typed)}]


def _each(typed: Mapping[str, str], _: Catalogue) -> list[dict[str, Any]]:
    required(typed, "each_items")
    return [
        {
            "kind": "each",
            "items": lines_of(typed, "each_items"),
            "decide": bool(typed.get("each_decide")),
            "by": day_of(typed, "each_by"),
        }
    ]


def _document(typed: Mapping[str, str], _: Catalogue) -> list[dict[str, Any]]:
    title = required(typed, "document_title")
    return [{"kind": "document", "title": title, "by": day_of(typed, "document_by")}]


def _no_number(typed: Mapping[str, str], _: Catalogue) -> list[dict[str, Any]]:
    return [{"kind": "no_number", "words": words_of(typed, "no_number_words")}]


def _preference(typed: Mapping[str, str], _: Catalogue) -> list[dict[str, Any]]:
    hours = hours_of(typed, school="preference_school", rows=("preference",))
    if not hours:
        raise ParameterError("form_missing", "Choose the hours.", field="preference_school")
    return [{"kind": "preference", "hours": hours}]


def _balance(typed: Mapping[str, str], _: Catalogue) -> list[dict[str, Any]]:
    cars = chosen(typed, "balance_cars")
    if len(cars) < len(("one", "another")):
        raise ParameterError(
            "form_two_cars", "Choose the kinds of car to vary between.", field="balance_cars"
        )
    share = within(typed, "balance_share", least=SHARES[0], most=SHARES[1])
    return [{"kind": "balance", "cars": cars, "least_share": share and share / PER_CENT}]


def _ways(typed: Mapping[str, str], texts: Catalogue) -> list[dict[str, Any]]:
    known = [texts(f"promise_way.{one}") for one in chosen(typed, "way_known") if one in KNOWN_WAYS]
    found = [*known, *lines_of(typed, "way_other")]
    if not found:
        raise ParameterError("form_missing", "Name the way of working.", field="way_other")
    return [{"kind": "way", "how": one} for one in found]


def _per(typed: Mapping[str, str]) -> str:
    return typed.get("count_per") or "period"


KINDS: dict[str, Callable[[Mapping[str, str], Catalogue], list[dict[str, Any]]]] = {
    "count": _count,
    "rate": _rate,
    "presence": _presence,
    "part_joint": _part_joint,
    "part_car": _part_car,
    "each": _each,
    "document": _document,
    "no_number": _no_number,
    "preference": _preference,
    "balance": _balance,
    "way": _ways,
}
"""A box of the form → how its fields are read, in the order in which the form has them."""
