"""The form of a promised activity: what and who, what counts, where, when, what is to be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.form_fields import (
    area_field,
    box,
    boxes_field,
    choice_field,
    hidden,
    sending_form,
    text_field,
)
from dashboard.components.hours_fields import hours_row
from dashboard.components.markup import join, tag
from dashboard.components.target_fields import target_choices
from dashboard.views.activity_reading import ROWS
from geodata.calendars import RiskEvening
from geodata.promises.activity import ActivityKind, Party
from geodata.promises.scope import Days, SchoolHour
from geodata.schema import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markupsafe import Markup

    from dashboard.components.markup import Child
    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.activity_said import Said

OF = "promise-activity"
SAYS = "promise-typed"

COMPLAINTS = (
    "traffic",
    "environment",
    "order",
    "substance",
    "damage",
    "theft",
    "violence",
    "snowmobile",
    "other",
)
"""Groups of problems that a complaint may be of."""


def activity_form(
    texts: Catalogue,
    typed: Mapping[str, str],
    *,
    said: Markup,
    promise: str,
    version: int,
    activity: str,
    places: Sequence[tuple[int, str]],
) -> Markup:
    """Write the form, with the words beside it that say what would count.

    Parameters
    ----------
    typed
        What it holds to begin with.
    said
        What stands beside it to begin with, as `said_markup` writes it.
    promise, version
        The promise's key, and the version that is seen.
    activity
        Key of the activity that is changed; empty for a new one.
    places
        Id and name of those that can be chosen.
    """
    fields = [
        _who(texts, typed, new=not activity),
        _what(texts, typed),
        _where(texts, typed, places),
        _when(texts, typed),
        _section(texts, "targets", target_choices(texts, typed, of=OF)),
        text_field(texts, "why", of=OF, hint=True),
    ]
    asked = tag("div", fields, class_="rule-fields")
    beside = tag(
        "aside",
        tag("h2", texts("promise_says.title")),
        tag("div", said, id="promise-says", aria_live="polite", data_says=SAYS),
        class_="rule-said",
    )
    return sending_form(
        texts,
        OF,
        [
            tag("div", asked, beside, class_="rule-form"),
            hidden("key", promise),
            hidden("version", str(version)),
            hidden("activity", activity),
            _remove(texts) if activity else None,
        ],
        save="save_changed" if activity else "save_activity",
        store="promise-sent",
        do="activity_change" if activity else "activity",
    )


def said_markup(texts: Catalogue, said: Said) -> Markup:
    """Write what would count, and what is lacking still."""
    return join(
        [
            tag("p", tag("strong", texts("promise_says.target")), " ", said.rule) if said.rule else None,
            tag("ul", (tag("li", one) for one in said.scope), class_="promise-scope") if said.scope else None,
            (tag("p", one, class_="small") for one in said.facts),
            (tag("p", one, class_="remark") for one in said.cannot),
            tag(
                "div",
                tag("p", texts("promise_says.lacks"), class_="small"),
                tag("ul", (tag("li", one) for one in said.lacks), class_="rule-lacks small"),
            )
            if said.lacks
            else None,
        ]
    )


def _section(texts: Catalogue, name: str, *inside: Child) -> Markup:
    return tag(
        "section",
        tag("h2", texts(f"promise_form.part_{name}")),
        inside,
        class_="sheet rule-part",
    )


def _who(texts: Catalogue, typed: Mapping[str, str], *, new: bool) -> Markup:
    parties = [(str(one), texts(f"party.{one}")) for one in Party]
    names = (
        text_field(texts, f"{one}_name", of=OF, value=typed.get(f"{one}_name", ""), hint=one is Party.OTHER)
        for one in Party
    )
    return _section(
        texts,
        "who",
        text_field(texts, "activity_name", of=OF, value=typed.get("activity_name", ""), longest=400),
        boxes_field(texts, "responsible", parties, of=OF, ticked=_ticked(typed, "responsible")),
        tag("div", names, class_="round-fields three"),
        tag(
            "details",
            tag("summary", texts("promise_form.as_published")),
            area_field(texts, "activity_text", of=OF, value=typed.get("activity_text", "")),
            text_field(texts, "activity_key", of=OF, hint_of="activity_key_hint") if new else None,
            class_="more-fields",
            open=bool(typed.get("activity_text")),
        ),
    )


def _what(texts: Catalogue, typed: Mapping[str, str]) -> Markup:
    kinds = [(str(one), texts(f"activity_kind.{one}")) for one in ActivityKind]
    parties = [(str(one), texts(f"party.{one}")) for one in Party]
    return _section(
        texts,
        "what",
        boxes_field(texts, "kinds", kinds, of=OF, ticked=_ticked(typed, "kinds"), hint=True),
        boxes_field(texts, "parties", parties, of=OF, ticked=_ticked(typed, "parties"), hint=True),
        box("joint", "1", texts("promise_form.joint"), ticked=bool(typed.get("joint"))),
    )


def _where(texts: Catalogue, typed: Mapping[str, str], places: Sequence[tuple[int, str]]) -> Markup:
    ways = [(one, texts(f"promise_form.where_{one}")) for one in ("any", "places", "kinds")]
    kinds = [(str(one), texts(f"kinds.{one}")) for one in PlaceKind]
    groups = [(one, texts(f"group.{one}")) for one in COMPLAINTS]
    named = [(str(number), name) for number, name in places]
    return _section(
        texts,
        "where",
        choice_field(texts, "where", ways, of=OF, chosen=typed.get("where", "any")),
        tag(
            "div",
            boxes_field(texts, "places", named, of=OF, ticked=_ticked(typed, "places"))
            if named
            else tag("p", texts("promise_form.no_places"), class_="small"),
            class_="if-places",
        ),
        tag(
            "div",
            boxes_field(texts, "place_kinds", kinds, of=OF, ticked=_ticked(typed, "place_kinds")),
            class_="if-kinds",
        ),
        tag(
            "div",
            text_field(
                texts,
                "complained_days",
                of=OF,
                inputmode="numeric",
                hint=True,
                value=typed.get("complained_days", ""),
            ),
            text_field(
                texts, "border_m", of=OF, inputmode="numeric", hint=True, value=typed.get("border_m", "50")
            ),
            class_="round-fields",
        ),
        tag(
            "details",
            tag("summary", texts("promise_form.complained_about")),
            boxes_field(
                texts, "complained_about", groups, of=OF, ticked=_ticked(typed, "complained_about"), hint=True
            ),
            class_="more-fields",
            open=bool(typed.get("complained_about")),
        ),
    )


def _when(texts: Catalogue, typed: Mapping[str, str]) -> Markup:
    days = [(str(one), texts(f"promise_form.days_{one}")) for one in Days]
    evenings = [(str(one), texts(f"risk_evening.{one}")) for one in RiskEvening]
    months = [(str(month), texts.form.months[month - 1]) for month in range(1, 13)]
    schools = [(str(one), texts(f"school_hour.{one}")) for one in SchoolHour]
    first, *others = ROWS
    used = any(typed.get(f"{row}_start") or typed.get(f"{row}_weekdays") for row in others)
    return _section(
        texts,
        "when",
        choice_field(texts, "days", days, of=OF, chosen=typed.get("days", "any")),
        tag(
            "div",
            boxes_field(texts, "evenings", evenings, of=OF, ticked=_ticked(typed, "evenings"), hint=True),
            class_="if-evenings",
        ),
        boxes_field(texts, "school_hours", schools, of=OF, ticked=_ticked(typed, "school_hours"), hint=True),
        hours_row(texts, typed, first, of=OF),
        tag(
            "details",
            tag("summary", texts("promise_form.more_hours")),
            (hours_row(texts, typed, row, of=OF) for row in others),
            class_="more-fields",
            open=used,
        ),
        tag(
            "details",
            tag("summary", texts("promise_form.season")),
            boxes_field(texts, "months", months, of=OF, ticked=_ticked(typed, "months"), hint=True),
            text_field(texts, "dates", of=OF, hint=True, value=typed.get("dates", ""), longest=2000),
            class_="more-fields",
            open=bool(typed.get("months") or typed.get("dates")),
        ),
    )


def _remove(texts: Catalogue) -> Markup:
    return tag(
        "div",
        box("remove", "1", texts("promise_form.remove_activity"), ticked=False),
        tag("p", texts("promise_form.remove_hint"), class_="small"),
    )


def _ticked(typed: Mapping[str, str], name: str) -> list[str]:
    return typed.get(name, "").split(",")
