"""The forms of promises: a promise, a line of the action plan, and what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.components.form_fields import (
    area_field,
    boxes_field,
    choice_field,
    hidden,
    sending_form,
    text_field,
)
from dashboard.components.markup import tag
from geodata.promises.action_plan import ActionStatus
from geodata.promises.activity import ActivityKind, CarType, Party

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markupsafe import Markup

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.promise import PromiseView
    from geodata.promises.action_plan import ActionItem


def promise_form(
    texts: Catalogue,
    typed: Mapping[str, str] | None = None,
    *,
    problems: Sequence[tuple[str, str]] = (),
) -> Markup:
    """Write the form of a promise, with the fields that it holds to begin with; None for a new one.

    Parameters
    ----------
    problems
        What it can answer of saved pictures: ``bild-2026#traffic_speed`` and words.
    """
    of, had = "promise-new", typed or {}
    rows = 1 + max((int(name.rpartition("_")[2]) for name in had if name.startswith("signed_by_")), default=1)

    def text(name: str, **given: Any) -> Markup:
        return text_field(texts, name, of=of, value=had.get(name, ""), **given)

    fields = [
        text("name", longest=400),
        text("focus_area", longest=400),
        text("first", kind="date"),
        text("last", kind="date", hint=True),
        text("agreement", longest=400, hint=True),
        text("source", longest=400, hint=True),
    ]
    signatures = [
        text_field(
            texts, f"{name}_{row}", of=of, kind=kind, label_of=name, value=had.get(f"{name}_{row}", "")
        )
        for row in range(1, rows + 1)
        for name, kind in (("signed_by", "text"), ("signed_on", "date"))
    ]
    known = (
        [hidden("key", had["key"]), hidden("version", had["version"]), text("why", hint=True)]
        if typed is not None
        else tag(
            "details",
            tag("summary", texts("promise_form.key_own")),
            text("key", hint=True),
            class_="more-fields",
        )
    )
    return sending_form(
        texts,
        of,
        [
            tag("div", fields, class_="round-fields"),
            area_field(texts, "text", of=of, hint=True, value=had.get("text", ""), rows=6),
            area_field(texts, "problem", of=of, hint=True, value=had.get("problem", "")),
            boxes_field(
                texts, "answers", problems, of=of, hint=True, ticked=had.get("answers", "").split(",")
            )
            if problems
            else None,
            tag("h2", texts("promise_form.signatures")),
            tag("div", signatures, class_="round-fields"),
            known,
        ],
        save="save_changed" if typed is not None else "save",
        store="promise-sent",
        do="change" if typed is not None else "add",
        sheet=True,
    )


def line_form(texts: Catalogue, view: PromiseView) -> Markup:
    """Write the form of one more line of the action plan, folded away."""
    of = "plan-line"
    inside = [_line_fields(texts, of), _activity_choice(texts, view, of=of), hidden("key", view.key)]
    form = sending_form(texts, of, inside, save="save_line", store="plan-sent", do="line")
    return tag("details", tag("summary", texts("promise_form.line")), form, class_="folded")


def line_change(texts: Catalogue, item: ActionItem, view: PromiseView) -> Markup:
    """Write the form by which a line is changed and noted on, folded away."""
    of, line = f"plan-{item.item_id}", item.line
    status = [(str(one), texts(f"action_status.{one}")) for one in ActionStatus]
    inside = [
        _line_fields(
            texts,
            of,
            what=line.what,
            responsible=line.responsible,
            due=line.due_on.isoformat() if line.due_on else "",
            remind=line.remind_on.isoformat() if line.remind_on else "",
        ),
        choice_field(texts, "line_status", status, of=of, chosen=str(line.status)),
        _activity_choice(
            texts, view, of=of, chosen="" if line.activity_id is None else str(line.activity_id)
        ),
        area_field(texts, "line_note", of=of, hint=True),
        hidden("key", view.key),
        hidden("item", str(item.item_id)),
        hidden("revision", str(item.revision)),
    ]
    form = sending_form(texts, of, inside, save="save_change", store="plan-sent", do="line_change")
    return tag("details", tag("summary", texts("promise_form.line_change")), form)


def log_form(
    texts: Catalogue,
    *,
    places: Sequence[tuple[int, str]],
    activities: Sequence[tuple[int, str]],
    today: str,
    with_car: bool,
) -> Markup:
    """Write the form by which what was done is logged freely.

    Parameters
    ----------
    activities
        Number and name of every promised activity.
    today
        ISO day to begin with.
    with_car
        Whether the car is asked for: it is the police's own.
    """
    of = "work"
    kinds = [(str(one), texts(f"activity_kind.{one}")) for one in ActivityKind]
    every = [("", texts("log_form.place_none")), *((str(number), name) for number, name in places)]
    free = [("", texts("log_form.activity_free")), *((str(number), name) for number, name in activities)]
    room = "log_form"
    cars = [("", texts("log_form.car_none")), *((str(one), texts(f"car_type.{one}")) for one in CarType)]
    fields = [
        choice_field(texts, "kind", kinds, of=of, room=room),
        choice_field(texts, "place", every, of=of, room=room),
        text_field(texts, "day", of=of, kind="date", value=today, room=room),
        boxes_field(texts, "parties", _parties(texts), of=of, room=room),
        text_field(texts, "start", of=of, kind="time", room=room),
        text_field(texts, "end", of=of, kind="time", room=room, hint=True),
        text_field(texts, "with_whom", of=of, room=room),
        choice_field(texts, "car", cars, of=of, room=room) if with_car else hidden("car", ""),
        text_field(texts, "checked", of=of, inputmode="numeric", room=room),
        text_field(texts, "reported", of=of, inputmode="numeric", room=room),
        choice_field(texts, "activity", free, of=of, room=room, hint=True),
    ]
    inside = [
        tag("div", fields, class_="round-fields"),
        area_field(texts, "note", of=of, room=room, hint=True),
    ]
    return sending_form(texts, of, inside, save="save", store="work-sent", do="log", room=room, sheet=True)


def withdraw_form(texts: Catalogue, key: str, *, day: str, of: str) -> Markup:
    """Write the form by which an entry of the log is withdrawn, folded away; it asks for the reason."""
    why = text_field(texts, "why", of=of, longest=400, room="log_form", hint=True)
    form = sending_form(
        texts,
        of,
        [why, hidden("entry", key)],
        save="withdraw",
        store="work-sent",
        do="withdraw",
        room="log_form",
    )
    label = texts("promise.log_withdraw_of", day=day)
    summary = tag("summary", texts("promise.log_withdraw"), aria_label=label)
    return tag("details", summary, form, class_="withdraw")


def withdrawal_form(texts: Catalogue, key: str, version: int, *, withdrawn: bool) -> Markup:
    """Write the form by which a whole promise is withdrawn or taken back, folded away; it asks why."""
    of, word = "promise-withdraw", "restore" if withdrawn else "withdraw"
    form = sending_form(
        texts,
        of,
        [
            tag("p", texts(f"promise_form.{word}_lead")),
            text_field(texts, "why", of=of, longest=400, label_of=f"{word}_why"),
            hidden("key", key),
            hidden("version", str(version)),
        ],
        save=word,
        store="promise-sent",
        do=word,
        sheet=True,
    )
    return tag("details", tag("summary", texts(f"promise_form.{word}")), form, class_="more-fields")


def _parties(texts: Catalogue) -> list[tuple[str, str]]:
    return [(str(one), texts(f"party.{one}")) for one in Party]


def _activity_choice(texts: Catalogue, view: PromiseView, *, of: str, chosen: str = "") -> Markup:
    if not view.activity_choices:
        return hidden("activity", "")
    choices = [("", "–"), *((str(number), name) for number, name in view.activity_choices)]
    label = texts("promise_field.activity_id")
    return choice_field(
        texts, "activity", choices, of=of, chosen=chosen, label=f"{label[:1].upper()}{label[1:]}"
    )


def _line_fields(
    texts: Catalogue, of: str, *, what: str = "", responsible: str = "", due: str = "", remind: str = ""
) -> Markup:
    return tag(
        "div",
        text_field(texts, "line_what", of=of, value=what, longest=400),
        text_field(texts, "line_responsible", of=of, value=responsible),
        text_field(texts, "line_due", of=of, kind="date", value=due),
        text_field(texts, "line_remind", of=of, kind="date", value=remind),
        class_="round-fields",
    )
