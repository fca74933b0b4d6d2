"""Pairs of records side by side, each with what parts them or lets them be one again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.markup import join, tag

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.links import LinksView, PairLines, RecordLines


def links_lead(view: LinksView) -> Markup:
    """Write how many pairs there are, as the page's first sentence."""
    return join([tag("h1", view.sentence), tag("p", view.basis, class_="basis")])


def link_list(texts: Catalogue, view: LinksView, *, said: str = "", fault: str = "") -> Markup:
    """Write the pairs.

    Parameters
    ----------
    said, fault
        What came of the last click.
    """
    return join(
        [
            tag("p", said, class_="said", role="status") if said else None,
            tag("p", fault, class_="fault", role="alert") if fault else None,
            tag("ul", (_pair(texts, pair) for pair in view.pairs), class_="twins"),
            tag("p", view.more, class_="small") if view.more else None,
        ]
    )


def _pair(texts: Catalogue, pair: PairLines) -> Markup:
    button = tag(
        "button",
        texts("links.restore" if pair.undone else "links.undo"),
        type="button",
        class_="button",
        data_restore=pair.undone,
        data_record=pair.observation_id,
        data_linked=pair.linked_to,
        aria_label=texts(
            "links.restore_of" if pair.undone else "links.undo_of",
            first=pair.repeats.head,
            second=pair.counts.head,
        ),
    )
    return tag(
        "li",
        tag("p", tag("strong", pair.why), f" · {pair.sure}"),
        tag(
            "div",
            _record(texts("links.counts"), pair.counts),
            _record(texts("links.repeats"), pair.repeats),
            class_="twin",
        ),
        tag("p", texts("links.undone"), class_="small") if pair.undone else None,
        button,
        class_="sheet undone" if pair.undone else "sheet",
    )


def _record(role: str, record: RecordLines) -> Markup:
    return tag(
        "div",
        tag("p", role, class_="small"),
        tag("p", tag("strong", record.head)),
        tag("p", record.place, class_="small") if record.place else None,
        tag("p", record.text),
    )
