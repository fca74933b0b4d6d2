"""The joint picture of police and municipality: the problems in order, where they are, how sure that is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard import answers
from dashboard.reports.frame import foot_of, map_of, title_of
from dashboard.reports.marked_place import MarkedPlace
from dashboard.reports.material import left_out, sources_table
from dashboard.reports.report import Cell, Group, Points, Report, Section, Table, Words
from dashboard.views.evidence import ranked_item
from dashboard.views.places import places_view
from geodata.analyses.problems import problems_in_order
from geodata.privacy import RULES
from geodata.schema import CATEGORIES, Stream

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.reports.marked_place import Look
    from dashboard.reports.report import Block, Commission, Picture
    from geodata.analyses.problems import Problem
    from geodata.analyses.ranking import PlaceRanking, RankedPlace

PLACES, PROBLEMS, PLACES_OF_ONE = 10, 5, 4
"""How many places, problems with places of their own, and places of each; it is said that there are more."""

MAP_HEIGHT_MM = 104.0
LOOKS: dict[str, Look] = {
    "felt_and_recorded": "full",
    "felt_only": "hatched",
    "recorded_only": "dotted",
    "neither": "plain",
    "too_few": "plain",
}


def problem_picture_report(commission: Commission) -> Report:
    """Put together what residents say, what was recorded and what reviews found."""
    texts, ground = commission.texts, commission.ground
    coverage = answers.coverage(ground, commission.audience)
    problems = problems_in_order(ground, commission.audience)
    ranking = answers.ranking(ground, commission.address.selection)
    view = places_view(texts, commission.address, ranking=ranking, language=commission.language)
    period = () if coverage.period is None else (texts("report.problembild.period", period=coverage.period),)
    return Report(
        title=title_of(texts, "problembild", ground.project.municipality.name),
        sentence=_sentence(commission, problems),
        basis=period,
        sections=(
            Section(texts("report.problembild.order"), _order(commission, problems)),
            Section(
                texts("report.problembild.places"),
                (Words(view.sentence, "answer"), *_places(commission, ranking.places, PLACES)),
            ),
            *_by_problem(commission, problems),
            Section(texts("report.problembild.basis"), _basis(commission, ranking, view.basis, view.notices)),
        ),
        foot=foot_of(commission),
    )


def _sentence(commission: Commission, problems: Sequence[Problem]) -> str:
    texts = commission.texts
    if not problems:
        return texts("overview.said_few")
    names = [texts(f"group.{one.group}").lower() for one in problems[:3]]
    return texts("report.problembild.sentence", themes=texts.form.listing(names))


def _order(commission: Commission, problems: Sequence[Problem]) -> tuple[Block, ...]:
    texts = commission.texts
    if not problems:
        return (Words(texts("overview.said_few")),)
    if any(one.counts is None for one in problems):
        names = tuple(texts(f"group.{one.group}") for one in problems)
        return (Points(names, texts("report.problembild.named")),)
    streams = tuple(Stream)
    rows = tuple(
        (
            texts(f"group.{one.group}"),
            *(texts.form.number((one.counts or {}).get(stream, 0)) for stream in streams),
        )
        for one in problems
    )
    headings = tuple(f"{texts(f'stream.{one}.verb')} ({texts(f'stream.{one}.source')})" for one in streams)
    return (
        Table(texts("report.problembild.counted"), (texts("report.problembild.problem"), *headings), rows),
        Words(texts("report.problembild.order_note"), "quiet"),
    )


def _places(
    commission: Commission, places: Sequence[RankedPlace], most: int, *, drawn: bool = True
) -> tuple[Picture | Table | Words, ...]:
    texts = commission.texts
    ranked = [one for one in places if one.rank is not None][:most]
    if not ranked:
        return (Words(texts("places.sentence.too_few")),)
    address, language = commission.address, commission.language
    items = [ranked_item(texts, one, address, language=language) for one in ranked]
    rows = tuple(
        (
            Cell(f"{number} {item.name}", small=(item.kind,)),
            *(Cell(bar.short, small=(bar.count,)) for bar in item.bars),
            Cell(item.agreement, small=tuple(filter(None, (item.sureness, item.rank_range)))),
        )
        for number, item in enumerate(items, start=1)
    )
    headings = (
        texts("report.place"),
        *(texts(f"stream.{one}.verb") for one in Stream),
        texts("report.problembild.sure"),
    )
    table = Table(texts("report.problembild.table"), headings, rows, widths=(23, 19, 17, 19, 22))
    if not drawn:
        return (table,)
    grounds = {one.place_id: one.geometry for one in commission.ground.places}
    marked = [
        MarkedPlace(str(number), one.name, grounds[one.place_id], LOOKS[str(one.agreement)])
        for number, one in enumerate(ranked, start=1)
    ]
    by_look: dict[str, list[str]] = {}
    for sign, one in zip(marked, ranked, strict=True):
        by_look.setdefault(LOOKS[str(one.agreement)], []).append(f"{sign.sign} {sign.name}")
    named = " ".join(
        texts(f"report.problembild.alt_{look}", places=texts.form.listing(names))
        for look, names in by_look.items()
    )
    pictures = map_of(
        commission,
        marked,
        alt=texts("report.problembild.map_alt", places=named),
        caption=texts("report.problembild.map_key"),
        height_mm=MAP_HEIGHT_MM,
    )
    return (*pictures, table)


def _by_problem(commission: Commission, problems: Sequence[Problem]) -> tuple[Section, ...]:
    """Tell where each problem is, to those who may ask about one problem alone."""
    texts = commission.texts
    if not RULES[commission.audience].free_filters:
        return (
            Section(texts("report.problembild.by_problem"), (Words(texts("report.problembild.withheld")),)),
        )
    groups = []
    for one in [problem for problem in problems if problem.group in CATEGORIES][:PROBLEMS]:
        selection = replace(commission.address.selection, categories=frozenset({one.group}))
        ranking = answers.ranking(commission.ground, selection)
        blocks = _places(commission, ranking.places, PLACES_OF_ONE, drawn=False)
        groups.append(Group(texts(f"group.{one.group}"), blocks))
    return (Section(texts("report.problembild.by_problem"), tuple(groups)),) if groups else ()


def _basis(
    commission: Commission, ranking: PlaceRanking, basis: Sequence[str], notices: Sequence[str]
) -> tuple[Block, ...]:
    """Say what it rests on, what was left out, and what is not known."""
    texts = commission.texts
    gaps = (
        *left_out(texts, ranking),
        *notices,
        texts("report.problembild.no_staff"),
        texts("report.problembild.not_chosen"),
    )
    return (
        sources_table(commission),
        *(Words(one, "quiet") for one in basis),
        Points(gaps, texts("report.problembild.gaps")),
    )
