"""What a review must hold before it is kept; each fault names the field it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from geodata.encodable import require_encodable
from geodata.errors import MissingError, ParameterError
from geodata.reviews.checklist import CATEGORY_OF
from geodata.reviews.review import FindingDraft, MeasureDraft, ReviewDraft, ReviewResult

LARGEST_ID = 2**63 - 1
"""The register holds no larger numbers."""

OTHER = "other"
"""What a finding is about that is no item of the checklist."""

LONGEST_TEXT = {
    "finding": 1000,
    "measure": 400,
    "responsible": 200,
    "with_whom": 200,
    "note": 2000,
    "key": 64,
}
MOST_FINDINGS = 40
MOST_MEASURES = 20
DEAREST = 2_000_000_000
"""A cost in kronor that is a slip of the hand."""

_FIRST_DAY = date(1990, 1, 1)


def checked_review(draft: ReviewDraft, *, today: date, has_measures: bool = False) -> ReviewDraft:
    """Return the draft with its texts trimmed.

    Parameters
    ----------
    today
        In UTC.
    has_measures
        Whether the register has measures of the review already.

    Raises
    ------
    ParameterError
        ``review_key_missing``, ``review_day_wrong``, ``review_place_missing``, ``review_item_unknown``,
        ``review_empty``, ``review_parties_missing``, ``review_has_measures``, ``review_measures_missing``,
        ``text_too_long``, ``text_not_encodable``, or what `checked_measure` raises; each with the ``field``
        that it is about.
    MissingError
        ``no_place``.
    """
    _day_is_past(draft.day, today)
    if not draft.entry_key or len(draft.entry_key) > LONGEST_TEXT["key"]:
        raise ParameterError("review_key_missing", "The review has no key of its own.", field="")
    require_encodable(draft.entry_key, field="")
    if draft.place_id is not None and not 0 < draft.place_id <= LARGEST_ID:
        raise MissingError("no_place", f"There is no place {draft.place_id}.", place_id=draft.place_id)
    if draft.place_id is None and draft.point is None:
        raise ParameterError("review_place_missing", "Say which place was looked at.", field="place")
    for item in (*(item for item, _ in draft.checks), *(one.item for one in draft.findings)):
        if item not in CATEGORY_OF and item != OTHER:
            raise ParameterError("review_item_unknown", f"The checklist has no {item}.", field="", item=item)
    findings = tuple(_finding(one) for one in draft.findings[:MOST_FINDINGS] if one.text.strip())
    if not draft.checks and not findings:
        raise ParameterError("review_empty", "Nothing of the checklist is filled in.", field="checks")
    if not draft.parties:
        raise ParameterError("review_parties_missing", "Say who took part.", field="parties")
    measures = tuple(checked_measure(one, draft.day, today=today) for one in draft.measures[:MOST_MEASURES])
    if (measures or has_measures) and draft.result is not ReviewResult.MEASURES:
        raise ParameterError("review_has_measures", "The review has measures.", field="result")
    if draft.result is ReviewResult.MEASURES and not measures and not has_measures:
        raise ParameterError("review_measures_missing", "Say which measure is called for.", field="measure-1")
    return replace(
        draft,
        findings=findings,
        measures=measures,
        with_whom=_trimmed(draft.with_whom, "with_whom"),
        note=_trimmed(draft.note, "note"),
    )


def checked_measure(draft: MeasureDraft, day: date, *, today: date) -> MeasureDraft:
    """Return the draft with its texts trimmed.

    Raises
    ------
    ParameterError
        ``measure_empty``, ``measure_cost_wrong``, ``review_day_wrong``, ``text_too_long``.
    """
    _day_is_past(day, today)
    text = _trimmed(draft.text, "measure")
    if not text:
        raise ParameterError("measure_empty", "A measure needs words.", field="measure")
    if draft.cost is not None and not 0 <= draft.cost <= DEAREST:
        raise ParameterError("measure_cost_wrong", f"{draft.cost} is no cost.", field="cost")
    return replace(draft, text=text, responsible=_trimmed(draft.responsible, "responsible"))


def _finding(draft: FindingDraft) -> FindingDraft:
    return replace(draft, text=_trimmed(draft.text, "finding"))


def _trimmed(text: str, field: str) -> str:
    text = text.strip()
    require_encodable(text, field=field)
    if len(text) > LONGEST_TEXT[field]:
        raise ParameterError(
            "text_too_long",
            f"The text has {len(text)} characters; at most {LONGEST_TEXT[field]} are kept.",
            field=field,
            length=len(text),
            most=LONGEST_TEXT[field],
        )
    return text


def _day_is_past(day: date, today: date) -> None:
    if not _FIRST_DAY <= day <= today + timedelta(days=1):
        raise ParameterError("review_day_wrong", f"{day} is to come, or long ago.", field="day", day=day)
