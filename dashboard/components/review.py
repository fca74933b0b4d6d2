"""One review on its page: facts, checklist, findings beside their numbers on the map, photos, measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.markup import join, tag

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.review import FindingView, MeasureView, PhotoView, ReviewPageView


def review_body(
    texts: Catalogue, view: ReviewPageView, drawn: Markup | None, *, said: str = "", fault: str = ""
) -> Markup:
    """Write the review.

    Parameters
    ----------
    drawn
        The map with the findings' numbers; None where nothing has a place.
    said, fault
        What came of what was just done.
    """
    return tag(
        "article",
        tag("a", f"← {view.back.label}", href=view.back.href, class_="back"),
        tag(
            "div",
            tag("h1", view.heading),
            tag("p", view.result, class_="reason"),
            tag("p", said, class_="said", role="status") if said else None,
            tag("p", fault, class_="fault", role="alert") if fault else None,
            tag("p", tag("a", view.to_correct.label, href=view.to_correct.href, class_="button quiet"))
            if view.to_correct is not None
            else None,
            class_="lead",
        ),
        tag(
            "div",
            tag("div", _facts(view), _checks(texts, view), _findings(texts, view), class_="stack"),
            tag("div", drawn, _photos(texts, view), class_="stack"),
            class_="entry-beside",
        ),
        _measures(texts, view),
        _history(texts, view),
        _withdraw(texts) if view.may_withdraw else None,
        class_="review",
        data_review=str(view.review_id),
        data_revision=str(view.revision),
    )


def _facts(view: ReviewPageView) -> Markup:
    rows = [join([tag("dt", term), tag("dd", value)]) for term, value in view.facts]
    places = [tag("a", way.label, href=way.href) for way in view.places]
    return join(
        [
            tag("dl", rows, class_="pairs-of"),
            tag("p", view.note) if view.note else None,
            tag("p", places, class_="small") if places else None,
        ]
    )


def _checks(texts: Catalogue, view: ReviewPageView) -> Markup | None:
    if not view.checks:
        return None
    rows = [
        tag("li", tag("span", item), tag("strong", verdict), class_=f"check {code}")
        for item, verdict, code in view.checks
    ]
    return tag("section", tag("h2", texts("review.checklist")), tag("ul", rows, class_="checks"))


def _findings(texts: Catalogue, view: ReviewPageView) -> Markup:
    if not view.findings:
        inside = tag("p", texts("review.no_findings"), class_="empty")
    else:
        inside = tag("ol", [_finding(one) for one in view.findings], class_="findings")
    return tag("section", tag("h2", texts("review.findings")), inside)


def _finding(one: FindingView) -> Markup:
    return tag(
        "li",
        tag("span", one.number, class_="number-mark" if one.point else "number-mark hollow"),
        tag("div", tag("p", tag("strong", one.item)), tag("p", one.text)),
        class_="finding",
    )


def _photos(texts: Catalogue, view: ReviewPageView) -> Markup | None:
    if not view.photos and not view.writes:
        return None
    return tag(
        "section",
        tag("h2", texts("review.photos")),
        tag("p", texts("review.photos_note"), class_="small") if view.photos else None,
        tag("ul", [_photo(texts, view, one) for one in view.photos], class_="photos")
        if view.photos
        else None,
        _add_photos(texts, view) if view.writes else None,
    )


def _add_photos(texts: Catalogue, view: ReviewPageView) -> Markup:
    """Write the field that sends photos as soon as they are chosen."""
    return tag(
        "div",
        tag("label", texts("review.add_photos"), for_="more-photos"),
        tag("p", texts("review.add_photos_note"), class_="small"),
        tag("input", type="file", id="more-photos", accept="image/*", multiple=True),
        tag("ul", "", id="more-photos-list", class_="uploads", aria_live="polite"),
        class_="asked more-photos",
        data_to=view.photos_to,
        data_sending=texts("review_form.sending"),
        data_photo_failed=texts("review_form.photo_failed"),
    )


def _history(texts: Catalogue, view: ReviewPageView) -> Markup | None:
    if not view.history:
        return None
    rows = [
        tag("li", tag("strong", heading), tag("ul", [tag("li", line) for line in lines], class_="lines-of"))
        for heading, lines in view.history
    ]
    return tag(
        "details",
        tag("summary", texts("review.change.title", n=len(view.history))),
        tag("ol", rows, class_="review-history"),
        class_="sheet folded",
    )


def _photo(texts: Catalogue, view: ReviewPageView, one: PhotoView) -> Markup:
    image = tag("img", src=one.source, alt=one.alt, width=one.width, height=one.height, loading="lazy")
    button = tag(
        "button",
        texts("review.remove_photo"),
        type="button",
        class_="link",
        data_act="remove-photo",
        data_photo=str(one.photo_id),
        data_sure=texts("review.remove_photo_sure"),
        aria_label=texts("review.remove_photo_of", photo=one.alt),
    )
    return tag("li", tag("a", image, href=one.source, target="_blank"), button if view.writes else None)


def _measures(texts: Catalogue, view: ReviewPageView) -> Markup:
    return tag(
        "section",
        tag("h2", texts("review.measures")),
        tag("div", [_measure(texts, view, one) for one in view.measures], class_="stack")
        if view.measures
        else tag("p", texts("review.no_measures"), class_="empty"),
        _add_measure(texts) if view.writes else None,
        _conclude(texts, view) if view.writes and view.conclusions else None,
        class_="review-measures",
    )


def _measure(texts: Catalogue, view: ReviewPageView, one: MeasureView) -> Markup:
    options = [tag("option", label, value=code) for code, label in one.next_statuses]
    form = tag(
        "form",
        tag("label", texts("review.new_status"), tag("select", options, name="status")),
        tag("label", texts("review.status_day"), tag("input", type="date", name="day", required=True)),
        tag("button", texts("review.set_status"), type="submit", class_="button"),
        data_act="set-status",
        data_measure=str(one.measure_id),
        class_="act",
        novalidate=True,
    )
    return tag(
        "div",
        tag("p", tag("strong", one.text), " · ", one.status),
        tag("p", " · ".join(one.facts), class_="small") if one.facts else None,
        tag("ul", [tag("li", line) for line in one.history], class_="lines-of"),
        tag("ul", [tag("li", line) for line in one.outcome], class_="lines-of outcome")
        if one.outcome
        else None,
        tag("details", tag("summary", texts("review.change_status")), form) if view.writes else None,
        class_="sheet",
    )


def _add_measure(texts: Catalogue) -> Markup:
    form = tag(
        "form",
        tag("label", texts("review.measure"), tag("input", type="text", name="measure", maxlength=400)),
        tag(
            "label",
            texts("review_form.responsible"),
            tag("input", type="text", name="responsible", maxlength=200),
        ),
        tag(
            "label",
            texts("review_form.cost"),
            tag("input", type="text", inputmode="numeric", name="cost", maxlength=15),
        ),
        tag("label", texts("review.status_day"), tag("input", type="date", name="day", required=True)),
        tag("button", texts("review.add"), type="submit", class_="button"),
        data_act="add-measure",
        class_="act",
        novalidate=True,
    )
    return tag("details", tag("summary", texts("review.add_measure")), form, class_="sheet folded")


def _conclude(texts: Catalogue, view: ReviewPageView) -> Markup:
    buttons = [
        tag("button", label, type="button", class_="button quiet", data_act="conclude", data_result=code)
        for code, label in view.conclusions
    ]
    return tag("div", tag("p", texts("review.conclude"), class_="small"), buttons, class_="actions")


def _withdraw(texts: Catalogue) -> Markup:
    return tag(
        "p",
        tag(
            "button",
            texts("review.withdraw"),
            type="button",
            class_="link",
            data_act="withdraw",
            data_sure=texts("review.withdraw_sure"),
        ),
        class_="small",
    )
