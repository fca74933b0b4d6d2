"""The queue on the page: the phrase that is asked about, its choices by number, and the answers that hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.markup import join, tag

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.queue import ChoiceLine, QueueView


def queue_lead(view: QueueView) -> Markup:
    """Write how much waits, as the page's first sentence."""
    return join([tag("h1", view.sentence), tag("p", view.basis, class_="basis")])


def queue_card(texts: Catalogue, view: QueueView, *, said: str = "", fault: str = "") -> Markup:
    """Write the phrase that is asked about.

    Parameters
    ----------
    said, fault
        What came of the last answer.
    """
    told = [
        tag("p", said, class_="said", role="status") if said else None,
        tag("p", fault, class_="fault", role="alert") if fault else None,
    ]
    card = view.card
    if card is None:
        return tag("section", told, tag("p", texts("queue.nothing"), class_="empty"), class_="sheet")
    return tag(
        "section",
        told,
        tag("h2", f"”{card.phrase}”", id="queue-phrase"),
        tag("p", f"{card.why} {texts('queue.about', records=card.records)}"),
        tag("p", texts("queue.keys"), class_="small"),
        tag(
            "ol",
            [_choice(one) for one in card.choices],
            tag("li", _button("0", texts("queue.nowhere"), texts("queue.nowhere_note"), nowhere="1")),
            class_="answers",
        ),
        tag(
            "div",
            tag("button", texts("queue.skip"), type="button", class_="button", data_skip="1"),
            tag(
                "button",
                texts("queue.use_point"),
                type="button",
                class_="button primary",
                id="use-point",
                hidden=True,
            ),
            class_="buttons",
        ),
        class_="sheet",
        id="queue-card",
        data_key=card.phrase_key,
        tabindex="-1",
        aria_labelledby="queue-phrase",
    )


def queue_lists(texts: Catalogue, view: QueueView) -> Markup:
    """Write what else waits, and the answers that hold."""
    return join(
        [
            tag("section", tag("h2", texts("queue.next")), _waiting(view)) if view.waiting else None,
            _settled(texts, view),
        ]
    )


def _choice(choice: ChoiceLine) -> Markup:
    return tag(
        "li",
        _button(choice.number, choice.label, f"{choice.kind} · {choice.sure}", choice=choice.choice_id),
    )


def _button(number: str, label: str, note: str, *, choice: str = "", nowhere: str = "") -> Markup:
    return tag(
        "button",
        tag("span", number, class_="key"),
        tag("span", tag("strong", label), tag("span", note, class_="small")),
        type="button",
        data_answer=choice or None,
        data_nowhere=nowhere or None,
        data_number=number,
    )


def _waiting(view: QueueView) -> Markup:
    rows = (
        tag(
            "li",
            tag("button", phrase, type="button", class_="link", data_ask=key),
            tag("span", records, class_="small"),
        )
        for phrase, key, records in view.waiting
    )
    more = tag("p", view.waiting_more, class_="small") if view.waiting_more else None
    return join([tag("ul", rows, class_="pairs"), more])


def _settled(texts: Catalogue, view: QueueView) -> Markup | None:
    if not view.settled:
        return None
    rows = (
        tag(
            "li",
            tag("span", f"”{phrase}”: ", tag("strong", said)),
            tag(
                "button",
                texts("queue.undo"),
                type="button",
                class_="link",
                data_withdraw=key,
                aria_label=texts("queue.undo_of", phrase=phrase),
            ),
        )
        for phrase, said, key in view.settled
    )
    return tag(
        "section",
        tag("h2", texts("queue.settled")),
        tag("p", texts("queue.settled_note"), class_="small"),
        tag("ul", rows, class_="pairs"),
    )
