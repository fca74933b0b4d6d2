"""What the pages of work share: the ways between them, and fields with room for what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.markup import tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from dashboard.components.markup import Child
    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.frame import Way


def ways(texts: Catalogue, all_ways: Sequence[Way]) -> Markup | None:
    """Write the ways between the pages of work; None where there is but one."""
    if not all_ways:
        return None
    links = (
        tag("a", way.label, href=way.href, class_="pill", aria_current="page" if way.current else None)
        for way in all_ways
    )
    return tag("nav", links, class_="kinds desk-ways", aria_label=texts("frame.desk_navigation"))


def field(name: str, label: str, *inside: Child, of: str, hint: str = "") -> Markup:
    """Write a field: its label, what is filled in, and the place where a fault is told.

    Parameters
    ----------
    of
        Id of the form; field, hint and fault get ids that begin with it.
    inside
        What is filled in; it refers to ``<of>-<name>-fault`` by ``aria-describedby``.
    """
    return tag(
        "div",
        tag("label", label, for_=f"{of}-{name}"),
        tag("p", hint, class_="small") if hint else None,
        inside,
        tag("p", "", id=f"{of}-{name}-fault", class_="fault", data_fault=name),
        class_="asked",
    )


def text_input(
    name: str,
    *,
    of: str,
    value: str = "",
    kind: str = "text",
    inputmode: str | None = None,
    names: str | None = None,
    longest: int = 2000,
    readonly: bool = False,
) -> Markup:
    """Write a field of one line.

    Parameters
    ----------
    names
        Id of the list of words that it offers.
    """
    return tag(
        "input",
        type=kind,
        id=f"{of}-{name}",
        name=name,
        value=value,
        maxlength=longest if kind == "text" else None,
        inputmode=inputmode,
        list=names,
        readonly=readonly,
        autocomplete="off",
        spellcheck="true" if longest > 200 else "false",
        aria_describedby=f"{of}-{name}-fault",
    )
