"""How reports say a picture: what changed, how sure a problem is, what was chosen of it and what was not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.reports.report import Cell, Points, Table, Words
from geodata.analyses.ground import open_register
from geodata.analyses.picture import saved_picture
from geodata.analyses.standing_decisions import standing_decisions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.reports.report import Commission
    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.saved_pictures import Answered
    from geodata.analyses.standing_decisions import Decided
    from geodata.picture.change import Change
    from geodata.picture.picture import Against, Picture, ProblemPicture

WIDTHS = (24, 12, 14, 50)
"""Of the columns of what was chosen and what was not, per cent."""


def problem_name(texts: Catalogue, code: str) -> str:
    """Name a problem: a category, or a group of them."""
    return texts(f"category.{code}") if f"category.{code}" in texts else texts(f"group.{code}")


def change_cell(texts: Catalogue, problem: ProblemPicture, stream: str) -> Cell:
    """Say what changed of a problem in one stream, with its range and what it was before."""
    change = next((one for one in problem.changes if one.stream == stream), None)
    if change is None:
        return Cell(texts("report.change.nothing"))
    said = [] if change.before is None else [texts("report.change.before", n=change.before)]
    if said and change.until is not None:
        said[0] = f"{texts('source_end.until', day=change.until)} {said[0]}"
    if change.low is not None and change.high is not None and change.ratio is not None:
        said.append(_range(texts, change))
    return Cell(texts(f"report.change.{change.verdict}"), small=("; ".join(said),) if said else ())


def _range(texts: Catalogue, change: Change) -> str:
    low, high = change.low or 0.0, change.high or 0.0
    if high == float("inf"):
        return texts("report.change.at_least", low=low)
    return texts("report.change.times", range=texts.form.span(low, high, decimals=1))


def against_words(texts: Catalogue, against: Against | None) -> str:
    """Say what the picture is held against."""
    if against is None:
        return texts("report.change.against_nothing")
    return texts(f"report.change.against_{against.basis}", period=against.period)


def sure_words(texts: Catalogue, problem: ProblemPicture) -> str:
    """Say how sure a problem is."""
    return texts(f"report.sure.{problem.sureness}")


def rank_range(texts: Catalogue, problem: ProblemPicture) -> str:
    """Say a problem's place in the residents' order with its range; a dash where nobody named it."""
    if problem.rank is None:
        return "–"
    if problem.rank_low is None or problem.rank_high is None or problem.rank_low == problem.rank_high:
        return texts.form.number(problem.rank)
    span = texts.form.span(problem.rank_low, problem.rank_high)
    return texts("report.order_range", rank=problem.rank, range=span)


def recorded_order(picture: Picture) -> dict[str, int]:
    """Return each problem's place by what is recorded of it, 1 is first; none where nothing is or is told."""
    counted = [(one.recorded.count, one.problem) for one in picture.problems if one.recorded.count]
    return {code: at for at, (_, code) in enumerate(sorted(counted, key=lambda one: (-one[0], one[1])), 1)}


def decided(commission: Commission) -> tuple[Decided, ...]:
    """Return what was chosen and left aside and still stands, the newest meeting first."""
    return standing_decisions(open_register(commission.ground.workspace), today=commission.today)


def priorities(commission: Commission, found: Sequence[Decided]) -> tuple[Table | Words, ...]:
    """List what was chosen and what was not, meeting by meeting, with why and which promise answers."""
    texts = commission.texts
    if not found:
        return (Words(texts("report.chosen.nothing")),)
    headings = tuple(texts(f"report.chosen.{name}") for name in ("problem", "order", "choice", "why"))
    blocks: list[Table | Words] = []
    for meeting in found:
        ranks = {one.problem: one for one in saved_picture(meeting.kept, commission.audience).problems}
        ordered = sorted(
            meeting.answered,
            key=lambda one: (not one.decision.chosen, _place(ranks.get(one.decision.problem))),
        )
        rows = tuple(_row(texts, one, ranks.get(one.decision.problem)) for one in ordered)
        blocks.append(Words(_decided_words(texts, meeting), "quiet"))
        blocks.append(Table(texts("report.chosen.caption"), headings, rows, widths=WIDTHS))
    return tuple(blocks)


def _row(texts: Catalogue, one: Answered, problem: ProblemPicture | None) -> tuple[str | Cell, ...]:
    return (
        problem_name(texts, one.decision.problem),
        _rank(texts, problem),
        texts("report.chosen.yes" if one.decision.chosen else "report.chosen.no"),
        Cell(
            one.decision.why or texts("report.chosen.no_why"),
            small=(_answers(texts, [name for _, name in one.promises]),) if one.decision.chosen else (),
        ),
    )


def chosen_and_not(
    texts: Catalogue, found: Sequence[Decided]
) -> tuple[tuple[Points | Words, ...], tuple[Points | Words, ...]]:
    """Say what was chosen, with the promises that answer it, and what was left aside, because."""
    chosen: list[Points | Words] = []
    aside: list[Points | Words] = []
    for meeting in found:
        lines: tuple[list[str], list[str]] = [], []
        for one in meeting.answered:
            said = one.decision.why or ("" if one.decision.chosen else texts("report.chosen.no_why"))
            if one.decision.chosen:
                said = f"{said} {_answers(texts, [name for _, name in one.promises])}".strip()
            name = problem_name(texts, one.decision.problem)
            lines[not one.decision.chosen].append(texts("report.named", name=name, words=said))
        where = Words(_decided_words(texts, meeting), "quiet")
        for blocks, points in zip((chosen, aside), lines, strict=True):
            if points:
                blocks.extend((where, Points(tuple(points))))
    return (
        tuple(chosen) or (Words(texts("report.chosen.none_chosen")),),
        tuple(aside) or (Words(texts("report.chosen.none_aside")),),
    )


def _decided_words(texts: Catalogue, one: Decided) -> str:
    """Say where and when it was decided, and from which picture."""
    return texts("report.chosen.at", meeting=one.meeting, day=one.meeting_on, period=one.kept.picture.period)


def causes(commission: Commission) -> tuple[Words | Points, ...]:
    """Repeat what people wrote that promises answer, and say that nothing else is claimed of why."""
    texts = commission.texts
    found = [
        texts("report.named", name=one.promise.name, words=one.promise.problem)
        for one in open_register(commission.ground.workspace).promises.all()
        if one.promise.problem
    ]
    note = Words(texts("report.causes.note"), "quiet")
    return (note, Points(tuple(found))) if found else (note, Words(texts("report.causes.nothing")))


def _place(problem: ProblemPicture | None) -> int:
    return problem.rank if problem is not None and problem.rank is not None else 99


def _rank(texts: Catalogue, problem: ProblemPicture | None) -> str:
    return "–" if problem is None or problem.rank is None else texts.form.number(problem.rank)


def _answers(texts: Catalogue, names: list[str]) -> str:
    if not names:
        return texts("report.chosen.no_promise")
    return texts("report.chosen.promises", names=texts.form.listing(names))
