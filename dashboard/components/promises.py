"""Promises as cards, with meters that show how far each target has come and how far it should be by now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.markup import join, tag

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.frame import Way
    from dashboard.views.promises import MeasureLine, PromiseCard, PromisesView


def promises_lead(view: PromisesView) -> Markup:
    """Write whether the promises are kept, as the page's first sentence."""
    return join([tag("h1", view.sentence), tag("p", " ".join(view.basis), class_="basis")])


def promises_ways(ways: tuple[Way, ...]) -> Markup:
    """Write what one may do here."""
    links = (tag("a", way.label, href=way.href, class_="button") for way in ways)
    return tag("nav", links, class_="buttons promise-ways") if ways else join([])


def promise_cards(texts: Catalogue, view: PromisesView) -> Markup:
    """Write every promise as a card."""
    if not view.cards:
        return tag("p", view.empty, class_="empty")
    return tag("ul", (_card(texts, card) for card in view.cards), class_="promise-cards")


def state_mark(state: str, word: str) -> Markup:
    """Write a state as a word with its mark; the mark's shape says it where colour does not."""
    return tag("span", word, class_=f"promise-state {state}")


def measure_markup(measure: MeasureLine, *, notes: bool) -> Markup:
    """Write how one target stands: word, numbers, meter, and what stands behind."""
    return join(
        [
            tag(
                "p",
                state_mark(measure.state, measure.word) if measure.word else None,
                tag("span", measure.numbers, class_="promise-numbers"),
                class_="promise-measure",
            ),
            _meter(measure),
            (tag("p", note, class_="small") for note in measure.notes) if notes else None,
        ]
    )


def _meter(measure: MeasureLine) -> Markup | None:
    """Draw a meter; the numbers beside it say the same, so nothing is read out."""
    if measure.meter is None:
        return None
    full, due = measure.meter
    mark = None if due is None else tag("i", style=f"left: {due:.1f}%")
    return tag(
        "div",
        tag("span", style=f"width: {full:.1f}%"),
        tag("span", style=f"width: {measure.begun:.1f}%", class_="begun") if measure.begun else None,
        mark,
        class_=f"meter promise-meter {measure.state}",
        aria_hidden="true",
    )


def _card(texts: Catalogue, card: PromiseCard) -> Markup:
    activities = (
        tag(
            "li",
            tag("h3", name),
            tag("p", rule, class_="small"),
            (measure_markup(measure, notes=False) for measure in measures),
        )
        for name, rule, measures in card.activities
    )
    return tag(
        "li",
        tag("p", card.focus, class_="small promise-focus"),
        tag("h2", tag("a", card.name, href=card.href)),
        tag("p", card.answer, class_=f"promise-answer {card.state}"),
        tag("p", card.period, class_="small"),
        tag("ul", activities, class_="promise-activities") if card.activities else tag("p", card.note),
        tag("p", card.due, class_="remark") if card.due else None,
        tag("p", card.made_up, class_="small promise-example") if card.made_up else None,
        tag(
            "a",
            texts("promises.open"),
            href=card.href,
            class_="onward",
            aria_label=f"{texts('promises.open')}: {card.name}",
        ),
        class_="sheet promise-card",
    )
