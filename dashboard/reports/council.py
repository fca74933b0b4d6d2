"""The council's one page: is the promise kept, what do residents say, did it help, where does the work go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.reports.four_answers import four_answers
from dashboard.reports.frame import WIDTH_MM, foot_of, map_of, title_of
from dashboard.reports.marked_place import MarkedPlace
from dashboard.reports.report import Cell, Report, Section, Table, Words
from dashboard.views.activity_words import activity_words
from dashboard.views.effects import effects_view
from dashboard.views.promises import answer_words
from geodata.analyses.work_places import work_at_places
from geodata.promises.progress import WORST_FIRST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.reports.report import Block, Commission
    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.effect import EffectAnswer
    from geodata.analyses.overview import Work
    from geodata.analyses.promises import PromiseAnswer

PROMISES, WORKS, PLACES = 8, 4, 8
"""How many of each have room on one page; it is said how many more there are."""

MAP_HEIGHT_MM = 62.0


def council_report(commission: Commission) -> Report:
    """Answer the four questions on one page."""
    texts, name = commission.texts, commission.ground.project.municipality.name
    overview, effects, view = four_answers(commission)
    promises, said, _, work = view.answers
    return Report(
        title=title_of(texts, "namnd", name),
        sentence=promises.answer,
        basis=(*promises.notes, *view.basis),
        sections=(
            Section(promises.question, _promises(texts, overview.promises)),
            Section(said.question, (Words(said.answer, "answer"), *_quiet(said.notes))),
            _helped(commission, effects),
            Section(
                work.question,
                (Words(work.answer, "answer"), *_quiet(work.notes), *_where(commission, overview.work)),
            ),
        ),
        foot=foot_of(commission),
        one_page=True,
    )


def _quiet(notes: Sequence[str]) -> tuple[Words, ...]:
    return (Words(" ".join(notes), "quiet"),) if notes else ()


def _promises(texts: Catalogue, found: Sequence[PromiseAnswer]) -> tuple[Block, ...]:
    """Tell of each promise how it stands, those first that call for the council's eye."""
    if not found:
        return (Words(texts("report.no_promises")),)
    ordered = sorted(found, key=lambda one: WORST_FIRST.index(one.progress.state))
    rows = tuple(
        (
            one.kept.promise.name,
            Cell(answer_words(texts, one), state=str(one.progress.state)),
            Cell("", small=measured(texts, one)) if one.activities else texts("promises.no_activities"),
        )
        for one in ordered[:PROMISES]
    )
    more = len(ordered) - PROMISES
    table = Table(
        texts("report.namnd.promises"),
        (texts("report.promise"), texts("report.kept"), texts("report.so_far")),
        rows,
        widths=(32, 24, 44),
    )
    return (table, *((Words(texts("report.more_promises", n=more), "quiet"),) if more > 0 else ()))


def measured(texts: Catalogue, answer: PromiseAnswer) -> tuple[str, ...]:
    """Say of each activity what it has come to, one line each."""
    return tuple(
        texts("report.named", name=one.activity.name, words=activity_words(texts, one))
        for one in answer.progress.activities
    )


def _helped(commission: Commission, recorded: Sequence[EffectAnswer]) -> Section:
    texts = commission.texts
    view = effects_view(
        texts, commission.address, asked=None, recorded=recorded, places=commission.ground.places
    )
    if not recorded:
        return Section(texts("overview.helped"), (Words(view.empty),))
    rows = tuple((one.title, one.headline) for one in view.works[:WORKS])
    more = len(view.works) - WORKS
    return Section(
        texts("overview.helped"),
        (
            Words(view.sentence, "answer"),
            Table(
                texts("report.namnd.helped"),
                (texts("report.done"), texts("report.answer")),
                rows,
                widths=(38, 62),
            ),
            *((Words(texts("report.more_works", n=more), "quiet"),) if more > 0 else ()),
        ),
    )


def _where(commission: Commission, work: Work) -> tuple[Block, ...]:
    """Draw where the work was done, each place with how much of it."""
    texts = commission.texts
    found = work_at_places(commission.ground, work.period)[:PLACES]
    marked = [
        MarkedPlace(texts.form.number(number), place.name, place.geometry)
        for number, (place, _) in enumerate(found, start=1)
    ]
    key = [
        texts("report.place_count", number=str(number), place=place.name, n=count)
        for number, (place, count) in enumerate(found, start=1)
    ]
    caption = texts("report.namnd.map_key", places=", ".join(key))
    return map_of(
        commission,
        marked,
        alt=texts("report.namnd.map_alt", places=", ".join(key)),
        caption=caption,
        width_mm=WIDTH_MM,
        height_mm=MAP_HEIGHT_MM,
    )
