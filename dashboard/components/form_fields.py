"""Fields of the forms that send what is typed to a store: text, choices, boxes, and the form round them.

What they send is read in ``views/``; ``assets/problembild_promises.js`` sends it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.components.desk import field, text_input
from dashboard.components.markup import tag

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from markupsafe import Markup

    from dashboard.components.markup import Child
    from dashboard.texts.catalogue import Catalogue

ROOM = "promise_form"
"""Where the words of a form stand in the texts, unless another room is named."""


def text_field(
    texts: Catalogue,
    name: str,
    *,
    of: str,
    hint: bool = False,
    hint_of: str = "",
    label_of: str = "",
    room: str = ROOM,
    **given: Any,
) -> Markup:
    """Write a field of one line.

    Parameters
    ----------
    of
        Id of the form.
    hint, hint_of
        Whether it has a hint of its own, or whose hint it has.
    label_of
        Key of its label where that is not its name.
    """
    said = texts(f"{room}.{hint_of or f'{name}_hint'}") if hint or hint_of else ""
    inside = text_input(name, of=of, **{"longest": 200, **given})
    return field(name, texts(f"{room}.{label_of or name}"), inside, of=of, hint=said)


def area_field(
    texts: Catalogue,
    name: str,
    *,
    of: str,
    room: str = ROOM,
    hint: bool = False,
    value: str = "",
    rows: int = 3,
) -> Markup:
    """Write a field of several lines."""
    inside = tag(
        "textarea",
        value,
        id=f"{of}-{name}",
        name=name,
        rows=str(rows),
        maxlength="4000",
        aria_describedby=f"{of}-{name}-fault",
    )
    return field(
        name, texts(f"{room}.{name}"), inside, of=of, hint=texts(f"{room}.{name}_hint") if hint else ""
    )


def choice_field(
    texts: Catalogue,
    name: str,
    options: Sequence[tuple[str, str]],
    *,
    of: str,
    chosen: str = "",
    label: str = "",
    room: str = ROOM,
    hint: bool = False,
) -> Markup:
    """Write a choice of one among several."""
    inside = tag(
        "select",
        (tag("option", word, value=code, selected=code == chosen) for code, word in options),
        id=f"{of}-{name}",
        name=name,
        aria_describedby=f"{of}-{name}-fault",
    )
    said = texts(f"{room}.{name}_hint") if hint else ""
    return field(name, label or texts(f"{room}.{name}"), inside, of=of, hint=said)


def boxes_field(
    texts: Catalogue,
    name: str,
    options: Sequence[tuple[str, str]],
    *,
    of: str,
    room: str = ROOM,
    ticked: Collection[str] = (),
    hint: bool = False,
    label_of: str = "",
) -> Markup:
    """Write boxes of which any may be ticked."""
    return tag(
        "fieldset",
        tag("legend", texts(f"{room}.{label_of or name}")),
        tag("p", texts(f"{room}.{name}_hint"), class_="small") if hint else None,
        tag(
            "div",
            (box(name, code, word, ticked=code in ticked) for code, word in options),
            class_="boxes",
        ),
        tag("p", "", id=f"{of}-{name}-fault", class_="fault", data_fault=name),
        class_="asked",
    )


def box(name: str, code: str, word: str, *, ticked: bool) -> Markup:
    """Write one box with its word."""
    return tag(
        "label", tag("input", type="checkbox", name=name, value=code, checked=ticked), word, class_="box"
    )


def hidden(name: str, value: str) -> Markup:
    """Write what is sent and not shown."""
    return tag("input", type="hidden", name=name, value=value)


def sending_form(
    texts: Catalogue,
    of: str,
    inside: Child,
    *,
    save: str,
    store: str,
    do: str,
    room: str = ROOM,
    sheet: bool = False,
) -> Markup:
    """Write a form that sends what is typed to a store.

    Parameters
    ----------
    save
        Key of what stands on its button.
    do
        What is asked for; stands beside what is sent.
    sheet
        Whether it is a sheet of its own.
    """
    return tag(
        "form",
        inside,
        tag("p", "", class_="fault", data_fault="", role="alert"),
        tag("p", "", class_="said", data_said="", role="status"),
        tag("button", texts(f"{room}.{save}"), type="submit", class_="button primary"),
        id=of,
        class_="sheet" if sheet else None,
        novalidate=True,
        autocomplete="off",
        data_sends=store,
        data_do=do,
        data_failed=texts("promise_form.failed"),
        data_saved=texts("promise_form.kept"),
    )
