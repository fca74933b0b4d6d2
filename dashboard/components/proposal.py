"""A proposal for a file that no source reads: what it becomes, what to decide, and taking it into use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.markup import tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.proposal import Choice, ProposalView
    from etl.pipeline import Shipped


def proposal(texts: Catalogue, view: ProposalView, *, fault: str = "") -> Markup:
    """Write the proposal as a form; the browser sends it back with what was decided."""
    columns = (
        texts("cli.describe.column"),
        texts("cli.describe.becomes"),
        texts("cli.describe.why"),
    )
    return tag(
        "form",
        tag("h3", texts("proposal.heading", file=view.file)),
        tag("p", fault, class_="fault", role="alert") if fault else None,
        tag("p", view.summary),
        tag("h4", texts("proposal.first")) if view.first else None,
        tag("div", _table(view.headings, view.first), class_="scrolls", tabindex="0") if view.first else None,
        _listed(texts("proposal.rejected"), view.rejected),
        _listed(texts("cli.describe.doubts"), view.doubts),
        (_choice(one) for one in view.choices),
        tag(
            "details",
            tag("summary", texts("proposal.columns")),
            tag("div", _table(columns, view.columns), class_="scrolls", tabindex="0"),
        ),
        tag("details", tag("summary", texts("proposal.mapping")), tag("pre", view.mapping)),
        _buttons(texts),
        tag("p", texts("proposal.note"), class_="small"),
        class_="proposal",
        data_file=view.file,
    )


def shipped(texts: Catalogue, offered: Sequence[Shipped], *, file: str, fault: str = "") -> Markup:
    """Write the ready mappings for a file whose format is known: what is missing so far is ticked."""
    boxes = (
        tag(
            "label",
            tag("input", type="checkbox", name=one.name, value="1", checked=one.is_missing),
            one.title,
        )
        for one in offered
    )
    return tag(
        "form",
        tag("h3", texts("proposal.heading", file=file)),
        tag("p", fault, class_="fault", role="alert") if fault else None,
        tag("fieldset", tag("legend", texts("proposal.shipped")), boxes, class_="ready"),
        _buttons(texts),
        class_="proposal",
        data_file=file,
    )


def _buttons(texts: Catalogue) -> Markup:
    return tag(
        "p",
        tag("button", texts("proposal.adopt"), type="submit", class_="button primary"),
        " ",
        tag("button", texts("proposal.close"), type="button", class_="button", data_close_proposal=True),
        class_="buttons",
    )


def _choice(choice: Choice) -> Markup:
    return tag(
        "fieldset",
        tag("legend", choice.question),
        (
            tag("label", tag("input", type="radio", name=choice.setting, value=value, required=True), words)
            for value, words in choice.answers
        ),
        class_="pills",
    )


def _listed(heading: str, lines: tuple[str, ...]) -> Markup | None:
    if not lines:
        return None
    return tag("div", tag("h4", heading), tag("ul", (tag("li", line) for line in lines), class_="facts"))


def _table(headings: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Markup:
    return tag(
        "table",
        tag("thead", tag("tr", (tag("th", heading, scope="col") for heading in headings))),
        tag("tbody", (tag("tr", (tag("td", cell) for cell in row)) for row in rows)),
        class_="figures",
    )
