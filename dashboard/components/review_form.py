"""The form of a review, made for one hand on a telephone: large targets, one question under another."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dashboard.components.markup import join, tag
from dashboard.views.review_form import MEASURES, REVIEW, REVISION
from geodata.reviews.review import ReviewResult
from geodata.store.review_checks import OTHER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from dashboard.components.markup import Child
    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.review_form import Choice, ReviewFormView

FORM = "review-form"
PHOTOS = "review-photos"
CHOSEN_LIGHT, CHOSEN_RESULT = "daylight", ReviewResult.OPEN


def review_form(texts: Catalogue, view: ReviewFormView, *, account: str = "") -> Markup:
    """Write the form; ``assets/problembild_reviews.js`` keeps what is written until it is saved.

    Parameters
    ----------
    account
        Who writes: what is kept on a telephone is shown to nobody else who signs in there.
    """
    return tag(
        "form",
        tag("p", "", class_="said kept", role="status", data_kept=texts("review_form.kept")),
        _where(texts, view),
        _when(texts, view),
        [_item(texts, view, choice, look_for) for choice, look_for in view.items],
        _group(
            texts("review_form.other"),
            _found(texts, OTHER, hidden=False),
            note=texts("review_form.other_note"),
        ),
        _who(texts, view),
        _result(texts, view) if not view.filled else _correction_result(texts, view),
        _group(
            texts("review_form.photos"),
            tag(
                "input",
                type="file",
                id=PHOTOS,
                accept="image/*",
                multiple=True,
                aria_label=texts("review_form.photos"),
            ),
            tag("ul", "", id="photo-list", class_="uploads", aria_live="polite"),
            note=texts("review_form.photos_note"),
        ),
        _group(
            texts("review_form.note"),
            tag("textarea", "", name="note", rows=3, maxlength=2000, aria_label=texts("review_form.note")),
            note=texts("review_form.note_note"),
        ),
        tag(
            "div",
            tag("p", "", class_="fault", data_fault="", role="alert"),
            tag("button", texts("review_form.save"), type="submit", class_="button primary"),
            class_="save-bar",
        ),
        tag(
            "button",
            texts("review_form.discard_changes" if view.filled else "review_form.discard"),
            type="button",
            class_="link",
            data_discard="1",
        ),
        [tag("input", type="hidden", name=name) for name in ("entry_key", REVIEW, REVISION)],
        id=FORM,
        class_="review-form",
        novalidate=True,
        autocomplete="off",
        data_draft=f"{account}-{view.key}" if account else view.key,
        data_filled=json.dumps(view.filled) if view.filled else None,
        data_failed=texts("review_form.failed"),
        data_sure=texts("review_form.discard_sure"),
        data_locating=texts("review_form.locating"),
        data_located=texts("review_form.located"),
        data_unlocated=texts("review_form.unlocated"),
        data_sending=texts("review_form.sending"),
        data_photo_failed=texts("review_form.photo_failed"),
        data_photo_again=texts("review_form.photo_again"),
        data_onward=texts("review_form.onward"),
    )


def _where(texts: Catalogue, view: ReviewFormView) -> Markup:
    options = [
        tag("option", texts("review_form.no_place"), value=""),
        [
            tag(
                "optgroup",
                [
                    tag("option", one.label, value=one.code, selected=one.code == view.place_id)
                    for one in places
                ],
                label=kind,
            )
            for kind, places in view.places
        ],
    ]
    return _group(
        texts("review_form.place"),
        tag("select", options, name="place", aria_label=texts("review_form.place")),
        _point(texts, "place"),
        fault="place",
    )


def _when(texts: Catalogue, view: ReviewFormView) -> Markup:
    return join(
        [
            _group(
                texts("review.day"),
                tag("input", type="date", name="day", value=view.today, aria_label=texts("review.day")),
                fault="day",
            ),
            _group(
                texts("review_form.light"), _chips("light", view.lights, chosen=CHOSEN_LIGHT), fault="light"
            ),
            _group(texts("review_form.season"), _chips("season", view.seasons, chosen=view.season)),
        ]
    )


def _item(texts: Catalogue, view: ReviewFormView, choice: Choice, look_for: str) -> Markup:
    return _group(
        choice.label,
        _chips(f"check-{choice.code}", view.verdicts),
        _found(texts, choice.code, hidden=True),
        note=look_for,
        fault=f"check-{choice.code}",
        item=choice.code,
    )


def _found(texts: Catalogue, item: str, *, hidden: bool) -> Markup:
    return tag(
        "div",
        tag(
            "textarea",
            "",
            name=f"found-{item}",
            rows=2,
            maxlength=1000,
            placeholder=texts("review_form.found"),
            aria_label=texts("review_form.found_of", item=texts(f"review.item.{item}").lower()),
        ),
        _point(texts, item),
        class_="found",
        data_found=item,
        hidden=hidden,
    )


def _point(texts: Catalogue, which: str) -> Markup:
    """Write the button that takes the telephone's own place."""
    return tag(
        "div",
        tag(
            "button", texts("review_form.here"), type="button", class_="button quiet", data_here=f"at-{which}"
        ),
        tag("input", type="hidden", name=f"at-{which}"),
        tag("span", "", class_="small", data_told=f"at-{which}", role="status"),
        class_="point-row",
    )


def _who(texts: Catalogue, view: ReviewFormView) -> Markup:
    return join(
        [
            _group(
                texts("review.parties"),
                _chips("parties", view.parties, kind="checkbox"),
                tag(
                    "input",
                    type="text",
                    name="with_whom",
                    maxlength=200,
                    placeholder=texts("review_form.with_whom"),
                    aria_label=texts("review_form.with_whom"),
                ),
                fault="parties",
            ),
            _group(texts("review.road_keeper"), _chips("road_keeper", view.keepers, chosen="")),
        ]
    )


def _result(texts: Catalogue, view: ReviewFormView) -> Markup:
    blocks = [
        tag(
            "div",
            tag(
                "input",
                type="text",
                name=f"measure-{number}",
                maxlength=400,
                placeholder=texts("review_form.measure", number=str(number)),
                aria_label=texts("review_form.measure", number=str(number)),
            ),
            tag(
                "div",
                tag(
                    "input",
                    type="text",
                    name=f"responsible-{number}",
                    maxlength=200,
                    placeholder=texts("review_form.responsible"),
                    aria_label=texts("review_form.responsible_of", number=str(number)),
                ),
                tag(
                    "input",
                    type="text",
                    inputmode="numeric",
                    name=f"cost-{number}",
                    maxlength=15,
                    placeholder=texts("review_form.cost"),
                    aria_label=texts("review_form.cost_of", number=str(number)),
                ),
                class_="two",
            ),
            _fault(f"measure-{number}"),
            _fault(f"cost-{number}"),
            class_="measure",
            data_measure=str(number),
            hidden=number > 1,
        )
        for number in range(1, MEASURES + 1)
    ]
    return _group(
        texts("review_form.result"),
        _chips("result", view.results, chosen=CHOSEN_RESULT),
        tag(
            "div",
            blocks,
            tag("button", texts("review_form.more_measures"), type="button", class_="link", data_more="1"),
            data_measures="1",
            hidden=True,
            class_="measures",
        ),
        fault="result",
    )


def _correction_result(texts: Catalogue, view: ReviewFormView) -> Markup:
    return _group(
        texts("review_form.result"),
        _chips("result", view.results),
        note=texts("review_form.measures_elsewhere"),
        fault="result",
    )


def _chips(name: str, choices: Sequence[Choice], *, kind: str = "radio", chosen: str | None = None) -> Markup:
    return tag(
        "div",
        [
            tag(
                "label",
                tag("input", type=kind, name=name, value=one.code, checked=one.code == chosen),
                tag("span", one.label),
            )
            for one in choices
        ],
        class_="chips",
    )


def _group(legend: str, *inside: Child, note: str = "", fault: str | None = None, item: str = "") -> Markup:
    return tag(
        "fieldset",
        tag("legend", legend),
        tag("p", note, class_="small") if note else None,
        inside,
        _fault(fault) if fault else None,
        data_item=item or None,
    )


def _fault(name: str) -> Markup:
    return tag("p", "", class_="fault", data_fault=name)
