"""HTML as escaped text, for what is read and not worked with.

Dash keeps a store entry, a path and several listeners for every component; a ranking of 2,500 components
took ten seconds to show. Lists, tables and panels are therefore one piece of markup each, and
``assets/problembild.js`` puts it in its place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias

from dash import dcc, html
from markupsafe import Markup, escape

from dashboard.components.marks import aria

if TYPE_CHECKING:
    from collections.abc import Iterable

Child: TypeAlias = "str | Markup | Iterable[Child] | None"

CELLS = frozenset({"td", "th"})
LONG_WORD = re.compile(r"(?:^|>)[^<]*[^\s<]{40}")
"""No word of a language is as long; a person may have written one."""

VOID = frozenset({"img", "input", "hr", "br", "meta", "col"})


def tag(name: str, /, *children: Child, **attributes: str | int | bool | None) -> Markup:
    """Write one element; text is escaped, markup is kept.

    Parameters
    ----------
    children
        Text, markup, or several of them; None is left out.
    attributes
        ``class_`` and ``for_`` lose their end, ``aria_label`` becomes ``aria-label``; None and False are
        left out, True stands without a value.
    """
    inside = join(children)
    if name in CELLS and LONG_WORD.search(inside):
        # a cell is never narrower than its longest word; the style lets such a word alone break anywhere
        attributes["class_"] = f"{attributes.get('class_') or ''} long-word".strip()
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in VOID:
        return Markup(f"<{name}{written}>")  # noqa: S704  names are our own, values are escaped
    return Markup(f"<{name}{written}>{inside}</{name}>")  # noqa: S704


def join(children: Child) -> Markup:
    """Write text and markup one after another."""
    if children is None:
        return Markup("")
    if isinstance(children, str):
        return escape(children)
    return Markup("").join(join(child) for child in children)


def fragment(name: str, markup: Markup | str = "") -> list[Any]:
    """Build the place where markup is put, and the store that brings it.

    Parameters
    ----------
    name
        Id of the place.
    """
    store, _ = fragment_of(name)
    place_id = {"type": "place", "into": name}
    place = html.Div(html.Div(id=name), id=place_id, className="fragment", **aria(busy="true"))
    return [place, dcc.Store(id=store, data=str(markup))]


def fragment_of(name: str) -> tuple[dict[str, str], str]:
    """Return the id and the property by which a callback brings markup to a place."""
    return {"type": "fragment", "into": name}, "data"


def _attribute(key: str, value: str | int | bool | None) -> str:  # noqa: FBT001  a value, not a switch
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(value)}"'
