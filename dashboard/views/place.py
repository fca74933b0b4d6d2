"""What the panel of a place says, in the order it is read: why, how much, when, over time, in whose words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.views.address import format_search
from dashboard.views.evidence import RankedItem, picture, ranked_item
from dashboard.views.filters import category_word, selection_words
from dashboard.views.frame import Way
from dashboard.views.place_events import event_lines, event_when
from dashboard.views.place_ground import ground_lines, when_lines
from dashboard.views.rhythm import RhythmView, rhythm_view, said_view, window_counts
from geodata.evidence.ranking import FIRST
from geodata.privacy import RULES
from geodata.schema import Stream

if TYPE_CHECKING:
    from datetime import date

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.address import Address
    from geodata.analyses.place import PlaceAnswer, ReviewNote, TrendPoint
    from geodata.analyses.ranking import RankedPlace
    from geodata.evidence.windows import Window


@dataclass(frozen=True, slots=True)
class TrendView:
    """Tertials: figures for the drawing, words for the table.

    Attributes
    ----------
    points
        Total, low and high of each tertial, None when withheld, and whether the data covers it whole.
    table
        One row a tertial: label, the three streams, total with range.
    """

    labels: tuple[str, ...]
    points: tuple[tuple[int | None, float | None, float | None, bool], ...]
    headings: tuple[str, ...]
    table: tuple[tuple[str, ...], ...]
    alt: str
    note: str


@dataclass(frozen=True, slots=True)
class ReviewView:
    """One finding, in words."""

    finding: str
    when: str
    text: str
    facts: tuple[str, ...]
    href: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceView:
    """The panel of a place, in words."""

    item: RankedItem
    sentence: str
    reason: str
    standing: str
    selection: str
    rhythm: RhythmView | None
    rhythm_empty: str
    said: RhythmView | None
    when: tuple[str, ...]
    about: tuple[str, ...]
    trend: TrendView | None
    categories: tuple[tuple[str, str, float], ...]
    categories_empty: str
    categories_note: str
    quotes: tuple[tuple[str, str], ...]
    quotes_empty: str
    reviews: tuple[ReviewView, ...]
    reviews_empty: str
    method: tuple[str, ...]
    close: Way
    own_page: Way
    on_map: Way
    actions: tuple[Way, ...] = ()
    done: tuple[str, ...] = ()


def place_view(
    texts: Catalogue, address: Address, *, answer: PlaceAnswer, of: int, language: str
) -> PlaceView:
    """Say what is known of a place.

    Parameters
    ----------
    of
        How many places have a rank.
    language
        The project's language, which the address need not say.
    """
    item = ranked_item(texts, answer.place, address, language=language)
    staff = RULES[address.audience].quotes
    named = "" if answer.named_from is None else texts("place.categories_withheld", n=answer.named_from)
    list_search = format_search(replace(address, place_id=None), language=language)
    return PlaceView(
        item=item,
        sentence=texts(f"agreement_long.{picture(answer.place)}"),
        reason=_reason(texts, answer.place),
        standing=_standing(texts, answer, of=of),
        selection=_selection(texts, address),
        rhythm=rhythm_view(texts, answer),
        rhythm_empty=texts("place.rhythm_withheld" if answer.rhythm is None else "place.rhythm_none"),
        said=said_view(texts, answer),
        when=(*when_lines(texts, answer.when), *event_when(texts, answer.events)),
        about=(*ground_lines(texts, answer.ground, answer.reviews), *event_lines(texts, answer)),
        trend=_trend(texts, answer.trend, note="trend_note" if staff else "trend_note_open")
        if answer.trend
        else None,
        categories=_categories(texts, answer.categories),
        categories_empty=named or texts("place.categories_none"),
        categories_note=named,
        quotes=tuple(
            (quote.text, _quote_source(texts, quote.day, quote.category)) for quote in answer.quotes
        ),
        quotes_empty=texts("place.quotes_none" if staff else "place.quotes_withheld"),
        reviews=tuple(_review(texts, note) for note in answer.reviews),
        reviews_empty=texts("place.reviews_none" if staff else "place.reviews_withheld"),
        method=(
            texts("method.rule", rule=texts(f"rule.{answer.counting_rule}")),
            texts("method.interval"),
            *(texts(f"warning.{code}") for code in answer.warnings),
        ),
        close=Way(texts("map.to_list"), f"/{list_search}"),
        own_page=Way(texts("place.open"), item.href),
        on_map=Way(texts("place.on_map"), item.beside),
        actions=_actions(texts, address, answer.place.place_id, language=language),
    )


def _actions(texts: Catalogue, address: Address, place_id: int, *, language: str) -> tuple[Way, ...]:
    """Say what can be asked of the place, to those who may ask freely."""
    if not RULES[address.audience].free_filters:
        return ()
    search = format_search(replace(address, place_id=place_id), language=language)
    return (Way(texts("place.ask_effect"), f"/effekt{search}"),)


def _selection(texts: Catalogue, address: Address) -> str:
    """Say what was asked for, and to those who see rounded numbers that they are."""
    said = texts("method.selection", selection=selection_words(texts, address.selection))
    return said if RULES[address.audience].exact_counts else f"{said} {texts('evidence.rounded')}"


def _reason(texts: Catalogue, place: RankedPlace) -> str:
    """Say what it is mostly about and when, in sentences; empty where neither stands out."""
    said = []
    if place.top_category is not None:
        word = category_word(texts, place.top_category).lower()
        said.append(texts("place.reason_category", category=word, share=place.top_share))
    if place.window is not None:
        said.append(_window_reason(texts, place.window))
    return " ".join(said)


def _window_reason(texts: Catalogue, window: Window) -> str:
    """Say the best window with the numbers behind: 14 av 31 klagomål och 5 av 9 händelser."""
    if not window.evidence:
        return texts("place.reason_window_open", window=window)
    return texts("place.reason_window", window=window, counts=window_counts(texts, window))


def _standing(texts: Catalogue, answer: PlaceAnswer, *, of: int) -> str:
    place = answer.place
    if place.rank is None:
        return texts("place.rank_unknown_sentence")
    span = texts.form.span(place.rank_low, place.rank_high)
    said = texts("place.rank_sentence", rank=place.rank, of=of, range=span)
    if place.among_first is None:
        return said
    first = texts("place.among_first_sentence", first=FIRST, chance=place.among_first)
    return f"{said} {first}"


def _trend(texts: Catalogue, trend: tuple[TrendPoint, ...], *, note: str) -> TrendView:
    def count(value: int | None) -> str:
        return texts("evidence.withheld_short") if value is None else texts.form.number(value)

    def total(point: TrendPoint) -> str:
        if point.total is None or point.low is None or point.high is None:
            return count(point.total)
        return texts("place.trend_total", n=point.total, range=texts.form.span(point.low, point.high))

    labels = tuple(texts.form.period(point.period) for point in trend)
    return TrendView(
        labels=labels,
        points=tuple((point.total, point.low, point.high, point.whole) for point in trend),
        headings=(
            texts("place.trend_period"),
            *(texts(f"stream.{stream}.verb") for stream in Stream),
            texts("place.trend_sum"),
        ),
        table=tuple(
            (
                label if point.whole else texts("place.trend_part", period=label),
                *(count(dict(point.counts).get(stream, 0)) for stream in Stream),
                total(point),
            )
            for label, point in zip(labels, trend, strict=True)
        ),
        alt=texts("place.trend_alt", first=labels[0], last=labels[-1]),
        note=texts(f"place.{note}"),
    )


def _categories(
    texts: Catalogue, categories: tuple[tuple[str, int], ...]
) -> tuple[tuple[str, str, float], ...]:
    most = max((count for _, count in categories), default=0)
    return tuple(
        (category_word(texts, code), texts.form.number(count), count / most) for code, count in categories
    )


def _quote_source(texts: Catalogue, day: date | None, category: str) -> str:
    word = category_word(texts, category)
    return word if day is None else f"{word} · {texts.form.day(day)}"


def _review(texts: Catalogue, note: ReviewNote) -> ReviewView:
    facts = [
        texts(f"status.{note.status}") if note.status else "",
        texts("place.review_measure", measure=note.measure) if note.measure else "",
        texts("place.review_responsible", name=note.responsible) if note.responsible else "",
        texts("place.review_v85", v85=note.v85) if note.v85 is not None else "",
    ]
    return ReviewView(
        finding=category_word(texts, note.category),
        when=texts.form.day(note.day) if note.day else "",
        text=note.text or "",
        facts=tuple(filter(None, facts)),
    )
