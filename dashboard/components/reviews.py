"""The worklist of reviews: places that call for one first, then measures, then what was looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.markup import join, tag
from dashboard.views.reviews import REVIEWS_OPEN

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.reviews import MeasureRow, ReviewRow, ReviewsView, WorkRow


def worklist(texts: Catalogue, view: ReviewsView) -> Markup:
    """Write all below the first sentence."""
    new = tag("a", texts("reviews.new"), href=view.new, class_="button primary") if view.new else None
    layers = tag("a", texts("gis.download"), href=view.layers, class_="button quiet", download=True)
    parts = [
        tag("div", new, layers, class_="actions"),
        _to_review(texts, view) if view.is_staff else None,
        _measures(texts, view),
        _without(texts, view) if view.without_evidence else None,
        _reviews(texts, view) if view.is_staff else None,
    ]
    return join(parts)


def _to_review(texts: Catalogue, view: ReviewsView) -> Markup:
    rows = [_work(texts, row) for row in view.to_review]
    inside = tag("ol", rows, class_="work") if rows else tag("p", view.to_review_empty, class_="empty")
    return tag("section", tag("h2", texts("reviews.to_review")), inside)


def _work(texts: Catalogue, row: WorkRow) -> Markup:
    new = (
        tag(
            "a",
            texts("reviews.do"),
            href=row.new,
            class_="button",
            aria_label=texts("reviews.do_at", place=row.name),
        )
        if row.new
        else None
    )
    sheet = tag(
        "a",
        texts("reviews.sheet"),
        href=row.sheet,
        class_="button quiet",
        target="_blank",
        download=True,
        aria_label=texts("reviews.sheet_of", place=row.name),
    )
    return tag(
        "li",
        tag(
            "div",
            tag("p", row.kind, class_="small"),
            tag("h3", tag("a", row.name, href=row.href)),
            tag("ul", [tag("li", line) for line in row.why], class_="lines-of"),
            tag("p", row.seen, class_="small"),
        ),
        tag("div", new, sheet, class_="actions"),
        class_="sheet",
    )


def _measures(texts: Catalogue, view: ReviewsView) -> Markup:
    groups = [
        tag(
            "details",
            tag("summary", tag("strong", status), " · ", counted),
            tag("ul", [_measure(row) for row in rows], class_="measures-list"),
            tag("p", more, class_="small") if more else None,
            class_="sheet folded",
            open=number == 0 and not view.is_staff,
        )
        for number, (status, counted, rows, more) in enumerate(view.measures)
    ]
    inside = groups or tag("p", view.measures_empty, class_="empty")
    return tag("section", tag("h2", texts("reviews.measures")), tag("div", inside, class_="stack"))


def _measure(row: MeasureRow) -> Markup:
    head = tag("a", row.what, href=row.href) if row.href else row.what
    return tag(
        "li",
        tag("p", tag("strong", head)),
        tag("p", " · ".join(filter(None, (row.places, row.facts))), class_="small"),
        tag("ul", [tag("li", line) for line in row.outcome], class_="lines-of") if row.outcome else None,
    )


def _without(texts: Catalogue, view: ReviewsView) -> Markup:
    links = [tag("a", name, href=href, class_="pill") for name, href in view.without_evidence]
    return tag(
        "section",
        tag("h2", texts("reviews.without")),
        tag("p", texts("reviews.without_note"), class_="small"),
        tag("div", links, class_="kinds"),
    )


def _reviews(texts: Catalogue, view: ReviewsView) -> Markup:
    head = tag("h2", texts("reviews.made"))
    if not view.reviews:
        return tag("section", head, tag("p", texts("reviews.none_made"), class_="empty"))
    first, rest = view.reviews[:REVIEWS_OPEN], view.reviews[REVIEWS_OPEN:]
    folded = tag(
        "details",
        tag("summary", texts("place.quotes_more", n=len(rest))),
        tag("ul", [_review(texts, row) for row in rest], class_="reviews-list"),
        tag("p", view.reviews_more, class_="small") if view.reviews_more else None,
    )
    return tag(
        "section",
        head,
        tag("ul", [_review(texts, row) for row in first], class_="reviews-list"),
        folded if rest else None,
    )


def _review(texts: Catalogue, row: ReviewRow) -> Markup:
    place = tag("a", row.places, href=row.href) if row.href else row.places
    facts = filter(None, (row.when, row.result, texts("reviews.lacks", items=row.lacks) if row.lacks else ""))
    return tag(
        "li",
        tag("p", tag("strong", place)),
        tag("p", " · ".join(facts), class_="small"),
        tag("p", row.text) if row.text else None,
    )
