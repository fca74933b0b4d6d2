"""The joint picture of police and municipality: the problems in order, where they are, how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import answers
from dashboard.reports.frame import foot_of, map_of, title_of
from dashboard.reports.marked_place import MarkedPlace
from dashboard.reports.material import left_out, picture_selection, sources_table
from dashboard.reports.picture_lines import (
    against_words,
    change_cell,
    decided,
    priorities,
    problem_name,
    rank_range,
    sure_words,
)
from dashboard.reports.report import Cell, Group, Points, Report, Section, Table, Words
from dashboard.views.evidence import ranked_item
from dashboard.views.places import places_view
from dashboard.views.source_ends import ends_notice
from geodata.analyses.picture import picture
from geodata.errors import MissingError
from geodata.periods import year
from geodata.picture.voices import Who
from geodata.privacy import RULES
from geodata.schema import Stream

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.reports.marked_place import Look
    from dashboard.reports.report import Block, Commission
    from dashboard.reports.report import Picture as Drawn
    from geodata.analyses.ranking import PlaceRanking, RankedPlace
    from geodata.picture.picture import Picture, ProblemPicture, ProblemPlace

PLACES, ORDERED, PROBLEMS = 10, 12, 6
"""How many places, problems, and problems with places of their own; it is said that there are more."""

MAP_HEIGHT_MM = 104.0
LOOKS: dict[str, Look] = {
    "felt_and_recorded": "full",
    "felt_only": "hatched",
    "recorded_only": "dotted",
    "neither": "plain",
    "too_few": "plain",
}


def problem_picture_report(commission: Commission) -> Report:
    """Put together what residents and staff say, what was recorded and what reviews found, of one year."""
    texts, ground = commission.texts, commission.ground
    asked = None if commission.asked is None else year(commission.asked.year)
    title = title_of(texts, "problembild", ground.project.municipality.name)
    try:
        known = picture(ground, commission.audience, period=asked, today=commission.today)
    except MissingError:
        return Report(title, texts("report.problembild.nothing"), (), (), foot_of(commission))
    selection = picture_selection(commission, known.period)
    ranking = answers.ranking(ground, selection)
    view = places_view(texts, commission.address, ranking=ranking, language=commission.language)
    return Report(
        title=title,
        sentence=_sentence(commission, known),
        basis=(texts("report.problembild.period", period=known.period), *ends_notice(texts, known.ends)),
        sections=(
            Section(texts("report.problembild.order"), _order(commission, known)),
            Section(texts("report.problembild.chosen"), priorities(commission, decided(commission))),
            Section(
                texts("report.problembild.places"),
                (Words(view.sentence, "answer"), *_places(commission, ranking.places)),
            ),
            *_by_problem(commission, known),
            Section(
                texts("report.problembild.basis"),
                _basis(commission, known, ranking, view.basis, view.notices),
            ),
        ),
        foot=foot_of(commission),
    )


def _sentence(commission: Commission, known: Picture) -> str:
    texts = commission.texts
    names = [problem_name(texts, one.problem).lower() for one in known.problems if one.rank is not None][:3]
    if not names:
        return texts("overview.said_few")
    return texts("report.problembild.sentence", themes=texts.form.listing(names))


def _order(commission: Commission, known: Picture) -> tuple[Block, ...]:
    texts = commission.texts
    if not known.problems:
        return (Words(texts("overview.said_few")),)
    shown = known.problems[:ORDERED]
    exact = RULES[commission.audience].exact_counts
    rows = tuple(
        (
            problem_name(texts, one.problem),
            *(_counted(commission, one) if exact else (rank_range(texts, one),)),
            change_cell(texts, one, Stream.SURVEY) if exact else change_cell(texts, one, Stream.SURVEY).text,
            change_cell(texts, one, Stream.INCIDENT)
            if exact
            else change_cell(texts, one, Stream.INCIDENT).text,
            sure_words(texts, one),
        )
        for one in shown
    )
    columns = ("problem", *(("said", "seen", "recorded") if exact else ("rank",)))
    columns = (*columns, "said_change", "recorded_change", "how_sure")
    more = len(known.problems) - len(shown)
    return (
        Table(
            texts("report.problembild.counted" if exact else "report.problembild.named"),
            tuple(texts(f"report.problembild.{name}") for name in columns),
            rows,
            widths=(19, 13, 9, 10, 18, 18, 13) if exact else (26, 10, 22, 22, 20),
        ),
        *((Words(texts("report.lagesbild.more", n=more), "quiet"),) if more > 0 else ()),
        *((Words(texts("report.problembild.order_note"), "quiet"),) if exact else ()),
        Words(against_words(texts, known.against), "quiet"),
    )


def _counted(commission: Commission, one: ProblemPicture) -> tuple[Cell | str, str, str]:
    """Say how many speak of a problem, each kind of people by itself, and what was found and recorded."""
    texts, form = commission.texts, commission.texts.form
    others = tuple(
        texts("report.problembild.also", n=voice.answers or 0, who=texts(f"report.who.{voice.who}"))
        for voice in one.voices
        if voice.who is not Who.RESIDENTS and voice.answers
    )
    said = Cell(form.number(one.voice(Who.RESIDENTS).answers or 0), small=others)
    return said, form.number(one.reviewed.found or 0), form.number(one.recorded.count or 0)


def _places(commission: Commission, places: Sequence[RankedPlace]) -> tuple[Drawn | Table | Words, ...]:
    texts = commission.texts
    ranked = [one for one in places if one.rank is not None][:PLACES]
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
    grounds = {one.place_id: one.geometry for one in commission.ground.places}
    marked = [
        MarkedPlace(str(number), one.name, grounds[one.place_id], LOOKS[str(one.agreement)])
        for number, one in enumerate(ranked, start=1)
    ]
    by_look: dict[str, list[str]] = {}
    for one in marked:
        by_look.setdefault(one.look, []).append(f"{one.sign} {one.name}")
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


def _by_problem(commission: Commission, known: Picture) -> tuple[Section, ...]:
    """Tell where each problem stands out; by name alone where counts are withheld."""
    texts = commission.texts
    told = [one for one in known.problems if one.places][:PROBLEMS]
    heading = texts("report.problembild.by_problem")
    if not RULES[commission.audience].exact_counts:
        named = tuple(
            texts(
                "report.named",
                name=problem_name(texts, one.problem),
                words=texts.form.listing([place.name for place in one.places]),
            )
            for one in told
        )
        withheld = Words(texts("report.problembild.withheld"), "quiet")
        nothing = Words(texts("report.problembild.named_none"))
        return (Section(heading, (Points(named) if named else nothing, withheld)),)
    groups = tuple(
        Group(problem_name(texts, one.problem), (_problem_places(commission, one.places),)) for one in told
    )
    return (Section(heading, groups),) if groups else ()


def _problem_places(commission: Commission, places: Sequence[ProblemPlace]) -> Table:
    texts, form = commission.texts, commission.texts.form
    rows: list[tuple[Cell | str, ...]] = []
    for one in places:
        counts = (form.number(count or 0) for count in (one.answers, one.findings, one.records))
        sure = (
            () if one.sure is None else (texts("report.problembild.sure_share", share=form.chance(one.sure)),)
        )
        rows.append((one.name, *counts, Cell(texts(f"agreement.{one.agreement}"), small=sure)))
    headings = (
        texts("report.place"),
        *(texts(f"stream.{one}.verb") for one in Stream),
        texts("report.problembild.sure"),
    )
    return Table(texts("report.problembild.stands_out"), headings, tuple(rows), widths=(36, 11, 11, 12, 30))


def _basis(
    commission: Commission,
    known: Picture,
    ranking: PlaceRanking,
    basis: Sequence[str],
    notices: Sequence[str],
) -> tuple[Block, ...]:
    """Say what it rests on, what was left out, and what is not known."""
    texts = commission.texts
    gaps = [*left_out(texts, ranking), *notices]
    gaps += [texts(f"warning.{code}") for code in known.warnings if f"warning.{code}" in texts]
    if known.answers is not None and Who.STAFF not in dict(known.answers):
        gaps.append(texts("report.lagesbild.no_staff"))
    if known.unsorted is not None:
        survey, incidents = known.unsorted
        gaps.append(texts("report.lagesbild.unsorted", survey=survey, incidents=incidents))
    blocks: list[Block] = [sources_table(commission), *(Words(one, "quiet") for one in basis)]
    blocks.append(Words(texts("report.lagesbild.method_sure"), "quiet"))
    return (*blocks, *((Points(tuple(gaps), texts("report.problembild.gaps")),) if gaps else ()))
