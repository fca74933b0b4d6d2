"""What the page says of the inbox and of an import under way: what lies there, how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.views.pace import duration, pace_words
from geodata.errors import ProblembildError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.importing import ImportState
    from dashboard.texts.catalogue import Catalogue
    from etl.pipeline import InboxFile
    from geodata.account import ImportReport

UPLOAD_PATH = "/underlag/filer"
_UNITS = ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB"))


@dataclass(frozen=True, slots=True)
class InboxView:
    """The inbox in words.

    Attributes
    ----------
    sentence
        How many files there are, and how many of them are new.
    state
        What the import does, or how it ended; empty before the first.
    share
        How much of the step is done, 0 to 1; None when nothing goes on.
    fault
        Why it broke off.
    unread
        Files that no source reads: name and size.
    """

    sentence: str
    state: str
    share: float | None
    fault: str
    unread: tuple[tuple[str, str], ...]
    running: bool


def inbox_view(
    texts: Catalogue, *, files: Sequence[InboxFile], report: ImportReport | None, state: ImportState
) -> InboxView:
    """Say what lies in the inbox, and what an import does with it.

    Parameters
    ----------
    report
        The account of the last import; None before the first.
    """
    known = {file.file for file in report.files} if report else set()
    new = sum(file.name not in known for file in files if file.sources)
    sentence = texts("inbox.files", n=len(files)) if files else texts("inbox.empty")
    if report and new:
        sentence = f"{sentence} {texts('inbox.new', n=new)}"
    return InboxView(
        sentence=sentence,
        state=_state(texts, state),
        share=_share(state),
        fault=_fault(texts, state),
        unread=tuple((file.name, _size(texts, file.size)) for file in files if not file.sources),
        running=state.running,
    )


def _state(texts: Catalogue, state: ImportState) -> str:
    if not state.number:
        return ""
    if not state.running:
        return "" if state.error else texts("inbox.done", seconds=duration(texts, state.seconds))
    if f"steps.{state.step}" not in texts:
        return texts("inbox.starting")
    return " · ".join(pace_words(texts, state.pace))


def _share(state: ImportState) -> float | None:
    if not state.running:
        return None
    return state.done / state.total if state.total else 0.0


def _fault(texts: Catalogue, state: ImportState) -> str:
    if state.running or state.error is None:
        return ""
    why = (
        texts.error(state.error)
        if isinstance(state.error, ProblembildError)
        else texts("inbox.broke", problem=state.error)
    )
    return f"{why} {texts('inbox.safe')}"


def _size(texts: Catalogue, size: int) -> str:
    for unit, name in _UNITS:
        if size >= unit:
            return f"{texts.form.number(size / unit, decimals=1)} {name}"
    return f"{size} B"
