"""The forms of promises: a promise, an activity, a line of the action plan, and what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.components.desk import field, text_input
from dashboard.components.markup import tag
from geodata.promises.action_plan import ActionStatus
from geodata.promises.activity import ActivityKind, CarType, Party

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from dashboard.components.markup import Child
    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.promise import PromiseView
    from geodata.promises.action_plan import ActionItem

TARGET_CHOICES = ("count", "rate", "part", "presence", "document", "way", "no_number")
"""Kinds of target that the form can write; the others come from a file."""

DAY_CHOICES = ("any", "school_days", "risk_evenings")


def promise_form(texts: Catalogue) -> Markup:
    """Write the form of a new promise."""
    of = "promise-new"
    fields = [
        _text(texts, "name", of=of),
        _text(texts, "key", of=of, hint=True),
        _text(texts, "focus_area", of=of),
        _text(texts, "agreement", of=of),
        _text(texts, "first", of=of, kind="date"),
        _text(texts, "last", of=of, kind="date", hint=True),
        _text(texts, "signed_by", of=of),
        _text(texts, "signed_on", of=of, kind="date"),
        _text(texts, "source", of=of),
    ]
    return _form(
        texts,
        of,
        [
            tag("div", fields, class_="round-fields"),
            _area(texts, "text", of=of),
            _area(texts, "problem", of=of),
        ],
        save="save",
        store="promise-sent",
        do="add",
    )


def activity_form(texts: Catalogue, view: PromiseView, *, places: Sequence[tuple[int, str]]) -> Markup:
    """Write the form of one more activity of a promise, folded away."""
    of = "promise-activity"
    every = [("", texts("promise_form.everywhere")), *((str(number), name) for number, name in places)]
    days = [(one, texts(f"promise_form.days_{one}")) for one in DAY_CHOICES]
    targets = [(one, texts(f"promise_target.{one}")) for one in TARGET_CHOICES]
    kinds = [(str(one), texts(f"activity_kind.{one}")) for one in ActivityKind]
    fields = [
        _text(texts, "activity_name", of=of),
        _text(texts, "activity_key", of=of, hint_of="key_hint"),
        _boxes(texts, "responsible", _parties(texts), of=of),
        _text(texts, "responsible_name", of=of),
        _boxes(texts, "kinds", kinds, of=of),
        _select(texts, "places", every, of=of),
        _select(texts, "days", days, of=of),
        _text(texts, "start", of=of, kind="time"),
        _text(texts, "end", of=of, kind="time"),
        _select(texts, "target", targets, of=of),
        _text(texts, "at_least", of=of, inputmode="numeric", hint=True),
        _text(texts, "words", of=of, hint=True),
        _text(texts, "by", of=of, kind="date"),
        _text(texts, "why", of=of),
    ]
    hidden = [_hidden("key", view.key), _hidden("version", str(view.version))]
    form = _form(
        texts,
        of,
        [
            tag("div", fields, class_="round-fields"),
            hidden,
            tag("p", texts("promise_form.many"), class_="small"),
        ],
        save="save_activity",
        store="promise-sent",
        do="activity",
    )
    return tag("details", tag("summary", texts("promise_form.activity")), form, class_="sheet folded")


def line_form(texts: Catalogue, view: PromiseView) -> Markup:
    """Write the form of one more line of the action plan, folded away."""
    of = "plan-line"
    inside = [_line_fields(texts, of), _activity_choice(texts, view, of=of), _hidden("key", view.key)]
    form = _form(texts, of, inside, save="save_line", store="plan-sent", do="line")
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
        _select(texts, "line_status", status, of=of, chosen=str(line.status)),
        _text(texts, "line_note", of=of, longest=2000),
        _hidden("key", view.key),
        _hidden("item", str(item.item_id)),
        _hidden("revision", str(item.revision)),
        _hidden("activity", "" if line.activity_id is None else str(line.activity_id)),
    ]
    form = _form(texts, of, inside, save="save_change", store="plan-sent", do="line_change")
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
    cars = [("", texts("log_form.car_none")), *((str(one), texts(f"car_type.{one}")) for one in CarType)]
    room = "log_form"
    fields = [
        _select(texts, "kind", kinds, of=of, room=room),
        _select(texts, "place", every, of=of, room=room),
        _text(texts, "day", of=of, kind="date", value=today, room=room),
        _boxes(texts, "parties", _parties(texts), of=of, room=room),
        _text(texts, "start", of=of, kind="time", room=room),
        _text(texts, "end", of=of, kind="time", room=room, hint=True),
        _text(texts, "with_whom", of=of, room=room),
        _select(texts, "car", cars, of=of, room=room) if with_car else _hidden("car", ""),
        _text(texts, "checked", of=of, inputmode="numeric", room=room),
        _text(texts, "reported", of=of, inputmode="numeric", room=room),
        _select(texts, "activity", free, of=of, room=room, hint=True),
    ]
    inside = [tag("div", fields, class_="round-fields"), _area(texts, "note", of=of, room=room, hint=True)]
    return _form(texts, of, inside, save="save", store="work-sent", do="log", room=room)


def _parties(texts: Catalogue) -> list[tuple[str, str]]:
    return [(str(one), texts(f"party.{one}")) for one in Party]


def _activity_choice(texts: Catalogue, view: PromiseView, *, of: str) -> Markup:
    if not view.activity_choices:
        return _hidden("activity", "")
    choices = [("", "–"), *((str(number), name) for number, name in view.activity_choices)]
    return _select(texts, "activity", choices, of=of, label=texts("promise_field.activity_id").capitalize())


def _line_fields(
    texts: Catalogue, of: str, *, what: str = "", responsible: str = "", due: str = "", remind: str = ""
) -> Markup:
    return tag(
        "div",
        _text(texts, "line_what", of=of, value=what, longest=400),
        _text(texts, "line_responsible", of=of, value=responsible),
        _text(texts, "line_due", of=of, kind="date", value=due),
        _text(texts, "line_remind", of=of, kind="date", value=remind),
        class_="round-fields",
    )


def _form(
    texts: Catalogue,
    of: str,
    inside: Child,
    *,
    save: str,
    store: str,
    do: str,
    room: str = "promise_form",
) -> Markup:
    return tag(
        "form",
        inside,
        tag("p", "", class_="fault", data_fault="", role="alert"),
        tag("p", "", class_="said", data_said="", role="status"),
        tag("button", texts(f"{room}.{save}"), type="submit", class_="button primary"),
        id=of,
        class_="sheet" if do in {"add", "log"} else None,
        novalidate=True,
        autocomplete="off",
        data_sends=store,
        data_do=do,
        data_failed=texts("promise_form.failed"),
    )


def _text(
    texts: Catalogue,
    name: str,
    *,
    of: str,
    hint: bool = False,
    hint_of: str = "",
    room: str = "promise_form",
    **given: Any,
) -> Markup:
    said = texts(f"{room}.{hint_of or f'{name}_hint'}") if hint or hint_of else ""
    inside = text_input(name, of=of, **{"longest": 200, **given})
    return field(name, texts(f"{room}.{name}"), inside, of=of, hint=said)


def _area(texts: Catalogue, name: str, *, of: str, room: str = "promise_form", hint: bool = False) -> Markup:
    inside = tag(
        "textarea",
        id=f"{of}-{name}",
        name=name,
        rows="3",
        maxlength="4000",
        aria_describedby=f"{of}-{name}-fault",
    )
    return field(
        name, texts(f"{room}.{name}"), inside, of=of, hint=texts(f"{room}.{name}_hint") if hint else ""
    )


def _select(
    texts: Catalogue,
    name: str,
    options: Sequence[tuple[str, str]],
    *,
    of: str,
    chosen: str = "",
    label: str = "",
    room: str = "promise_form",
    hint: bool = False,
) -> Markup:
    inside = tag(
        "select",
        (tag("option", word, value=code, selected=code == chosen) for code, word in options),
        id=f"{of}-{name}",
        name=name,
        aria_describedby=f"{of}-{name}-fault",
    )
    said = texts(f"{room}.{name}_hint") if hint else ""
    return field(name, label or texts(f"{room}.{name}"), inside, of=of, hint=said)


def _boxes(
    texts: Catalogue,
    name: str,
    options: Sequence[tuple[str, str]],
    *,
    of: str,
    room: str = "promise_form",
) -> Markup:
    boxes = (
        tag("label", tag("input", type="checkbox", name=name, value=code), word, class_="box")
        for code, word in options
    )
    return tag(
        "fieldset",
        tag("legend", texts(f"{room}.{name}")),
        tag("div", boxes, class_="boxes"),
        tag("p", "", id=f"{of}-{name}-fault", class_="fault", data_fault=name),
        class_="asked",
    )


def _hidden(name: str, value: str) -> Markup:
    return tag("input", type="hidden", name=name, value=value)
