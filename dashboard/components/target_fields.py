"""The kinds of target in the form of an activity: a box each, with its fields below when it is ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.form_fields import area_field, box, boxes_field, choice_field, text_field
from dashboard.components.hours_fields import hours_row
from dashboard.components.markup import tag
from dashboard.views.target_reading import KINDS, KNOWN_WAYS
from geodata.promises.activity import CarType, Party
from geodata.promises.scope import SchoolHour

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from markupsafe import Markup

    from dashboard.components.markup import Child
    from dashboard.texts.catalogue import Catalogue

    Fields = Callable[[Catalogue, Mapping[str, str], str], Child]

PER = ("period", "year", "tertial")
EVERY = ("week", "month")


def target_choices(texts: Catalogue, typed: Mapping[str, str], *, of: str) -> Markup:
    """Write every kind of target that an activity can have."""
    ticked = typed.get("targets", "").split(",")
    choices = (
        tag(
            "li",
            box("targets", kind, texts(f"promise_target.{kind}"), ticked=kind in ticked),
            tag("p", texts(f"promise_target_hint.{kind}"), class_="small"),
            tag("div", FIELDS[kind](texts, typed, of), class_="target-fields"),
            class_="target-choice",
        )
        for kind in KINDS
    )
    fault = tag("p", "", id=f"{of}-targets-fault", class_="fault", data_fault="targets")
    return tag(
        "fieldset",
        tag("legend", texts("promise_form.targets"), class_="small"),
        tag("ul", choices, class_="target-choices"),
        fault,
        class_="asked",
    )


def _number(texts: Catalogue, typed: Mapping[str, str], name: str, of: str, *, hint: bool = False) -> Markup:
    return text_field(
        texts,
        name,
        of=of,
        inputmode="numeric",
        hint=hint,
        label_of="at_least",
        value=typed.get(name, ""),
    )


def _choice(
    texts: Catalogue, typed: Mapping[str, str], name: str, options: tuple[str, ...], of: str
) -> Markup:
    said = [(one, texts(f"promise_form.{name}_{one}")) for one in options]
    return choice_field(texts, name, said, of=of, chosen=typed.get(name, options[0]))


def _count(texts: Catalogue, typed: Mapping[str, str], of: str) -> Child:
    return [_number(texts, typed, "count_at_least", of), _choice(texts, typed, "count_per", PER, of)]


def _rate(texts: Catalogue, typed: Mapping[str, str], of: str) -> Child:
    return [_number(texts, typed, "rate_at_least", of), _choice(texts, typed, "rate_every", EVERY, of)]


def _presence(texts: Catalogue, typed: Mapping[str, str], of: str) -> Child:
    return _number(texts, typed, "presence_at_least", of, hint=True)


def _part_joint(texts: Catalogue, typed: Mapping[str, str], of: str) -> Child:
    parties = [(str(one), texts(f"party.{one}")) for one in Party]
    whom = typed.get("part_joint_with", "municipality").split(",")
    return [
        _number(texts, typed, "part_joint_at_least", of),
        boxes_field(texts, "part_joint_with", parties, of=of, ticked=whom),
    ]


def _part_car(texts: Catalogue, typed: Mapping[str, str], of: str) -> Child:
    cars = [(str(one), texts(f"car_type.{one}")) for one in CarType]
    return [
        _number(texts, typed, "part_car_at_least", of),
        choice_field(texts, "part_car_car", cars, of=of, chosen=typed.get("part_car_car", "unmarked")),
    ]


def _each(texts: Catalogue, typed: Mapping[str, str], of: str) -> Child:
    return [
        area_field(texts, "each_items", of=of, hint=True, rows=8, value=typed.get("each_items", "")),
        box("each_decide", "1", texts("promise_form.each_decide"), ticked=bool(typed.get("each_decide"))),
        _by(texts, typed, "each_by", of),
    ]


def _document(texts: Catalogue, typed: Mapping[str, str], of: str) -> Child:
    return [
        text_field(texts, "document_title", of=of, value=typed.get("document_title", "")),
        _by(texts, typed, "document_by", of),
    ]


def _no_number(texts: Catalogue, typed: Mapping[str, str], of: str) -> Child:
    return text_field(texts, "no_number_words", of=of, hint=True, value=typed.get("no_number_words", ""))


def _preference(texts: Catalogue, typed: Mapping[str, str], of: str) -> Child:
    schools = [(str(one), texts(f"school_hour.{one}")) for one in SchoolHour]
    ticked = typed.get("preference_school", "").split(",")
    return [
        boxes_field(texts, "preference_school", schools, of=of, ticked=ticked),
        tag(
            "details",
            tag("summary", texts("promise_form.preference_clock")),
            hours_row(texts, typed, "preference", of=of),
            class_="more-fields",
            open=bool(typed.get("preference_start")),
        ),
    ]


def _balance(texts: Catalogue, typed: Mapping[str, str], of: str) -> Child:
    cars = [(str(one), texts(f"car_type.{one}")) for one in CarType]
    ticked = typed.get("balance_cars", "marked,unmarked").split(",")
    return [
        boxes_field(texts, "balance_cars", cars, of=of, ticked=ticked),
        text_field(
            texts,
            "balance_share",
            of=of,
            inputmode="numeric",
            hint=True,
            value=typed.get("balance_share", ""),
        ),
    ]


def _way(texts: Catalogue, typed: Mapping[str, str], of: str) -> Child:
    known = [(one, texts(f"promise_way.{one}")) for one in KNOWN_WAYS]
    return [
        boxes_field(texts, "way_known", known, of=of, ticked=typed.get("way_known", "").split(",")),
        area_field(texts, "way_other", of=of, hint=True, rows=2, value=typed.get("way_other", "")),
    ]


def _by(texts: Catalogue, typed: Mapping[str, str], name: str, of: str) -> Markup:
    return text_field(texts, name, of=of, kind="date", label_of="by", value=typed.get(name, ""))


FIELDS: dict[str, Fields] = {
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
    "way": _way,
}
"""A box of `KINDS` → the fields below it."""
