"""The page where places are changed: the area that is drawn beside the map, and what is done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.markup import join, tag

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.components.markup import Child
    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.place_edit import PlaceEditView

AREA = "drawn-area"


def edit_body(texts: Catalogue, view: PlaceEditView, *, said: str = "", fault: str = "") -> Markup:
    """Write all but the map and the area that is drawn.

    Parameters
    ----------
    said, fault
        What came of what was just done.
    """
    parts: list[Markup | None] = [
        tag("a", f"← {view.back.label}", href=view.back.href, class_="back"),
        tag("h1", view.heading),
        tag("p", said, class_="said", role="status") if said else None,
        tag("p", fault, class_="fault", role="alert") if fault else None,
    ]
    if view.is_retired and view.edits:
        parts.append(_one_button(texts, "restore"))
    elif view.place_id is None:
        parts += [_make(texts, view) if view.edits else None, _retired(texts, view) if view.edits else None]
    else:
        if view.edits:
            parts += [_rename(texts, view), _draw(texts), _split(texts), _join(texts, view)]
        parts.append(_stops(texts, view))
        if view.edits:
            parts.append(_one_button(texts, "retire"))
        parts.append(_history(texts, view))
    return tag(
        "article",
        parts,
        class_="stack place-edit",
        data_place=str(view.place_id or ""),
        data_revision=str(view.revision),
    )


def area_box(texts: Catalogue) -> Markup:
    """Write the field that holds the area, which clicks on the map fill."""
    return tag(
        "section",
        tag("h2", texts("place_edit.area")),
        tag("p", texts("place_edit.area_note"), class_="small", id=f"{AREA}-note"),
        tag(
            "textarea",
            "",
            id=AREA,
            rows=3,
            spellcheck="false",
            aria_label=texts("place_edit.area"),
            aria_describedby=f"{AREA}-note",
        ),
        tag(
            "p",
            "",
            id=f"{AREA}-said",
            class_="small",
            role="status",
            data_corners=texts("place_edit.corners", n="{n}"),
        ),
        tag(
            "div",
            tag("button", texts("place_edit.undo"), type="button", class_="button quiet", data_corner="undo"),
            tag(
                "button", texts("place_edit.clear"), type="button", class_="button quiet", data_corner="clear"
            ),
            class_="buttons",
        ),
        class_="sheet",
    )


def _form(texts: Catalogue, act: str, *inside: Child, sure: bool = False) -> Markup:
    return tag(
        "form",
        tag("h2", texts(f"place_edit.{act}")),
        tag("p", texts(f"place_edit.{act}_note"), class_="small"),
        inside,
        tag("button", texts(f"place_edit.{act}_do"), type="submit", class_="button"),
        data_edit=act,
        data_sure=texts(f"place_edit.{act}_sure") if sure else None,
        class_="sheet",
        novalidate=True,
    )


def _named(texts: Catalogue, value: str = "", *, label: str = "name") -> Markup:
    field = tag("input", type="text", name="name", value=value, maxlength=200, autocomplete="off")
    return tag("label", texts(f"place_edit.{label}"), field, class_="asked")


def _make(texts: Catalogue, view: PlaceEditView) -> Markup:
    options = [tag("option", label, value=code) for code, label in view.kinds]
    kind = tag("label", texts("place_edit.kind"), tag("select", options, name="kind"), class_="asked")
    return _form(texts, "make", _named(texts), kind)


def _rename(texts: Catalogue, view: PlaceEditView) -> Markup:
    return _form(texts, "rename", _named(texts, view.name))


def _draw(texts: Catalogue) -> Markup:
    return _form(texts, "draw", sure=True)


def _split(texts: Catalogue) -> Markup:
    return _form(texts, "split", _named(texts, label="split_name"), sure=True)


def _join(texts: Catalogue, view: PlaceEditView) -> Markup | None:
    if not view.joins:
        return None
    options = [tag("option", name, value=code) for code, name in view.joins]
    other = tag("label", texts("place_edit.other"), tag("select", options, name="other"), class_="asked")
    return _form(texts, "join", other, sure=True)


def _stops(texts: Catalogue, view: PlaceEditView) -> Markup:
    rows = [
        tag(
            "li",
            tag("span", tag("span", number, class_="number-mark"), " ", words),
            tag(
                "button",
                texts("place_edit.stop_remove"),
                type="button",
                class_="link",
                data_edit="unstop",
                data_stop=stop_id,
                data_sure=texts("place_edit.stop_remove_sure"),
                aria_label=texts("place_edit.stop_remove_of", number=number),
            ),
        )
        for number, stop_id, words in view.stops
    ]
    known = (
        tag("ul", rows, class_="pairs") if rows else tag("p", texts("place_edit.no_stops"), class_="empty")
    )
    return _form(texts, "stop", known, _named(texts, label="stop_name"))


def _one_button(texts: Catalogue, act: str) -> Markup:
    return _form(texts, act, sure=True)


def _retired(texts: Catalogue, view: PlaceEditView) -> Markup | None:
    if not view.retired:
        return None
    rows = [
        tag(
            "li",
            tag("span", name),
            tag(
                "button",
                texts("place_edit.restore_do"),
                type="button",
                class_="link",
                data_edit="restore",
                data_place=place_id,
                data_revision=revision,
                aria_label=texts("place_edit.restore_of", place=name),
            ),
        )
        for place_id, revision, name in view.retired
    ]
    return tag(
        "section", tag("h2", texts("place_edit.retired")), tag("ul", rows, class_="pairs"), class_="sheet"
    )


def _history(texts: Catalogue, view: PlaceEditView) -> Markup:
    lines = [tag("li", line) for line in view.history]
    told = (
        tag("ol", lines, class_="lines-of")
        if lines
        else tag("p", texts("place_edit.no_history"), class_="empty")
    )
    return join([tag("section", tag("h2", texts("place_edit.history")), told)])
