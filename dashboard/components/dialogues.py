"""Dialogues as cards, and one dialogue: its state first, the occasions as a table, the result below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.markup import join, tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from dashboard.components.markup import Child
    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.dialogue import DialogueView, GivenBack, OccasionRow
    from dashboard.views.dialogues import DialogueCard, DialoguesView
    from dashboard.views.frame import Way

COLUMNS = ("number", "where", "when", "who", "whom", "how", "gave", "imported")


def dialogues_lead(view: DialoguesView) -> Markup:
    """Write the page's first sentence, and what it rests on."""
    return join([tag("h1", view.sentence), tag("p", " ".join(view.basis), class_="basis")])


def dialogue_cards(texts: Catalogue, view: DialoguesView) -> Markup:
    """Write what one may do here, and every dialogue as a card."""
    links = (tag("a", way.label, href=way.href, class_="button") for way in view.ways)
    top = tag("nav", links, class_="buttons promise-ways") if view.ways else None
    if not view.cards:
        return join([tag("p", view.empty, class_="empty"), top])
    return join([top, tag("ul", (_card(texts, card) for card in view.cards), class_="promise-cards")])


def dialogue_page(texts: Catalogue, view: DialogueView, *, forms: Child) -> Markup:
    """Write the page of one dialogue.

    Parameters
    ----------
    forms
        What the coordinator works with; None for the others.
    """
    return join(
        [
            tag("a", f"← {texts('dialogues.back')}", href=view.back, class_="back"),
            tag(
                "section",
                tag("h1", view.name),
                tag("p", state_mark(view.state, view.word), " ", view.said, class_="dialogue-state"),
                tag("p", view.lapse, class_="remark", role="alert") if view.lapse else None,
                tag("p", view.made_up, class_="small promise-example") if view.made_up else None,
                _facts(view),
                class_="lead",
            ),
            _occasions(texts, view),
            _result(texts, view),
            forms,
            _history(texts, view),
        ]
    )


def owed_list(lines: Sequence[tuple[Way, str]]) -> Markup:
    """Write what dialogues owe, for the start page of whoever keeps them; nothing where nothing is owed."""
    if not lines:
        return join([])
    items = (tag("li", tag("a", way.label, href=way.href), ": ", said) for way, said in lines)
    return tag("ul", items, class_="remark owed")


def state_mark(state: str, word: str) -> Markup:
    """Write a state as a word with its mark; the mark's shape says it where colour does not."""
    return tag("span", word, class_=f"promise-state dialogue-{state}")


def _card(texts: Catalogue, card: DialogueCard) -> Markup:
    return tag(
        "li",
        tag("p", card.kind, class_="small promise-focus"),
        tag("h2", tag("a", card.name, href=card.href)),
        tag("p", state_mark(card.state, card.word), " ", card.said),
        tag("p", card.lapse, class_="remark") if card.lapse else None,
        tag("p", f"{card.period} · {card.occasions}", class_="small"),
        tag("p", card.gave, class_="small") if card.gave else None,
        tag("p", card.made_up, class_="small promise-example") if card.made_up else None,
        tag(
            "a",
            texts("dialogues.open"),
            href=card.href,
            class_="onward",
            aria_label=f"{texts('dialogues.open')}: {card.name}",
        ),
        class_="sheet promise-card",
    )


def _facts(view: DialogueView) -> Markup:
    return tag(
        "dl", ((tag("dt", name), tag("dd", said)) for name, said in view.facts), class_="promise-facts"
    )


def _occasions(texts: Catalogue, view: DialogueView) -> Markup:
    if not view.rows:
        return tag(
            "section",
            tag("h2", texts("dialogues.occasions_heading")),
            tag("p", texts("dialogues.no_occasions"), class_="empty"),
        )
    heads = [texts(f"dialogues.column_{name}") for name in COLUMNS]
    table = tag(
        "table",
        tag("thead", tag("tr", (tag("th", head, scope="col") for head in heads))),
        tag("tbody", (_row(texts, row, heads) for row in view.rows)),
        class_="ranking folds dialogue-occasions",
    )
    files = (tag("a", way.label, href=way.href, class_="button") for way in view.files)
    return tag(
        "section",
        tag("h2", texts("dialogues.occasions_heading")),
        (tag("p", one) for one in view.gave),
        tag("div", table, class_="wide-table", tabindex="0"),
        tag("p", texts("dialogues.imported_note"), class_="small"),
        tag("p", files, class_="buttons") if view.files else None,
    )


def _row(texts: Catalogue, row: OccasionRow, heads: list[str]) -> Markup:
    where = (
        tag("strong", row.where),
        (tag("span", note, class_="small dialogue-note") for note in row.notes),
        tag("span", texts("dialogues.bring", needs=row.bring), class_="small dialogue-note")
        if row.bring
        else None,
    )
    cells: list[Child] = [where, row.when, row.who, row.whom, row.how, row.gave, row.imported]
    return tag(
        "tr",
        tag("td", row.number, data_label=heads[0], class_="whole"),
        (tag("td", tag("span", cell), data_label=head) for cell, head in zip(cells, heads[1:], strict=True)),
    )


def _result(texts: Catalogue, view: DialogueView) -> Markup:
    return tag(
        "section",
        tag("h2", texts("dialogues.result_heading")),
        tag("ul", (_told(texts, one) for one in view.given_back), class_="dialogue-told"),
    )


def _told(texts: Catalogue, one: GivenBack) -> Markup:
    link = tag("a", texts("dialogues.link"), href=one.link, rel="noopener noreferrer") if one.link else None
    mark = tag("span", "✓" if one.done else "○", class_="told-mark", aria_hidden="true")
    return tag("li", mark, tag("strong", one.to), " ", one.said, " ", link)


def _history(texts: Catalogue, view: DialogueView) -> Markup:
    return tag(
        "details",
        tag("summary", texts("dialogues.history", n=len(view.history))),
        tag("ul", (tag("li", line) for line in view.history), class_="promise-versions"),
        class_="sheet folded",
    )
