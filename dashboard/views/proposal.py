"""What the page says of a file that no source reads: how it would be read, why, and what to decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.views.sources import rejection_message

if TYPE_CHECKING:
    from dashboard.texts.catalogue import Catalogue
    from etl.pipeline import Description

SHOWN_REJECTIONS = 5
ANSWERS = {
    "date_order": ("dmy", "mdy", "ymd"),
    "decimal": (",", "."),
    "axes": ("north_east", "east_north"),
}
"""Setting that a file may leave open → what it may be."""


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


def proposal_view(texts: Catalogue, found: Description, *, file: str) -> ProposalView:
    """Say what `describe` found.

    Parameters
    ----------
    file
        The file's path below ``inbox/``.
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
        if doubt.code != "doubt_setting"  # asked as a question instead
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
        headings=tuple(becomes_words(texts, f"fields.{heading}") for heading in trial.headings),
        first=trial.first,
        rejected=tuple(rejection_message(texts, one) for one in trial.rejections[:SHOWN_REJECTIONS]),
        mapping=found.mapping,
    )


def becomes_words(texts: Catalogue, becomes: str) -> str:
    """Say what a column becomes; a part that has no words of its own keeps its code."""
    part = becomes.rsplit(".", 1)[-1]
    return texts(f"becomes.{part}") if f"becomes.{part}" in texts else part
