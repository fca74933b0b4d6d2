"""What the page says of a file that no source reads: how it would be read, why, and what to decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from dashboard.views.sources import rejection_message
from geodata.periods import Period

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from dashboard.texts.catalogue import Catalogue
    from etl.pipeline import Description

SHOWN_REJECTIONS = 5
ANSWERS = {
    "date_order": ("dmy", "mdy", "ymd"),
    "decimal": (",", "."),
    "axes": ("north_east", "east_north"),
}
"""Setting that a file may leave open → what it may be."""


ASKED = frozenset({"doubt_setting", "doubt_order"})
"""Doubts that are asked as questions instead."""

BESIDE = frozenset(
    {
        "stream", "occurred_to", "published_at", "time_precision", "location_precision", "located_by",
        "themes", "x", "y", "geometry", "checklist",
    }
)  # fmt: skip
"""Columns that follow from others, or say nothing to who looks at whether a file is read rightly."""

CODED = {"category": "category", "severity": "severity", "status": "status", "respondent": "respondent"}
"""Column → where the words of its codes stand."""

TO_THE_CLOCK = frozenset({"minute", "hour"})


@dataclass(frozen=True, slots=True)
class Choice:
    """A setting that the file leaves open: its key, the question, value and words of each answer."""

    setting: str
    question: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal in words.

    Attributes
    ----------
    columns
        Heading, what it becomes, why.
    doubts
        What should be looked at before it is taken into use.
    headings, first
        The first rows as they would come in.
    rejected
        Why rows would be rejected, the first few.
    """

    file: str
    summary: str
    columns: tuple[tuple[str, str, str], ...]
    doubts: tuple[str, ...]
    choices: tuple[Choice, ...]
    headings: tuple[str, ...]
    first: tuple[tuple[str, ...], ...]
    rejected: tuple[str, ...]
    mapping: str


def proposal_view(texts: Catalogue, found: Description, *, file: str, zone: ZoneInfo) -> ProposalView:
    """Say what `describe` found.

    Parameters
    ----------
    file
        The file's path below ``inbox/``.
    zone
        The municipality's own time.
    """
    trial = found.trial
    fates = texts(
        "cli.describe.fates",
        rows=trial.rows,
        accepted=trial.accepted,
        waiting=trial.waiting,
        aside=trial.set_aside,
        rejected=len(trial.rejections),
    )
    doubts = [
        texts(f"reasons.{doubt.code}", **doubt.values)
        for doubt in found.doubts
        if doubt.code not in ASKED or not set(trial.settings) & set(ANSWERS)
    ]
    if trial.stopped is not None:
        doubts.insert(0, texts(f"errors.{trial.stopped}", **trial.stopped_values))
    return ProposalView(
        file=file,
        summary=fates,
        columns=tuple(
            (
                column.heading,
                becomes_words(texts, column.becomes),
                "; ".join(texts(f"reasons.{why.code}", **why.values) for why in column.reasons),
            )
            for column in found.columns
        ),
        doubts=tuple(doubts),
        choices=tuple(
            Choice(
                setting,
                texts(f"proposal.question.{setting}"),
                tuple(
                    (value, texts(f"proposal.answer.{setting}.{number}"))
                    for number, value in enumerate(ANSWERS[setting])
                ),
            )
            for setting in trial.settings
            if setting in ANSWERS
        ),
        headings=tuple(
            becomes_words(texts, f"fields.{name}") for name in trial.headings if name not in BESIDE
        ),
        first=tuple(_row(texts, dict(zip(trial.headings, row, strict=True)), zone) for row in trial.first),
        rejected=tuple(rejection_message(texts, one) for one in trial.rejections[:SHOWN_REJECTIONS]),
        mapping=found.mapping,
    )


def _row(texts: Catalogue, cells: dict[str, str], zone: ZoneInfo) -> tuple[str, ...]:
    return tuple(_cell(texts, cells, name, zone) for name in cells if name not in BESIDE)


def _cell(texts: Catalogue, cells: dict[str, str], name: str, zone: ZoneInfo) -> str:
    """Say one cell: codes in words, moments in the municipality's own time and as far as they are known."""
    value = cells[name]
    if name in CODED and f"{CODED[name]}.{value}" in texts:
        return texts(f"{CODED[name]}.{value}")
    if name != "occurred_from" or not value:
        return value
    first = datetime.fromisoformat(value).astimezone(zone)
    if cells.get("time_precision") in TO_THE_CLOCK:
        return f"{texts.form.day(first.date())} {texts.form.time(f'{first:%H:%M}')}"
    last = datetime.fromisoformat(cells.get("occurred_to") or value).astimezone(zone) - timedelta(seconds=1)
    return texts.form.period(Period(first.date(), max(first.date(), last.date())))


def becomes_words(texts: Catalogue, becomes: str) -> str:
    """Say what a column becomes; a part that has no words of its own keeps its code."""
    part = becomes.rsplit(".", 1)[-1]
    return texts(f"becomes.{part}") if f"becomes.{part}" in texts else part
