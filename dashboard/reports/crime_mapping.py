"""The mapping of crime in the lägesbild: of which kinds, how it changed, what it led to, where and when."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dashboard.reports.frame import map_of
from dashboard.reports.marked_place import MarkedPlace
from dashboard.reports.picture_lines import against_words, change_cell, problem_name
from dashboard.reports.report import Cell, Group, Points, Table, Words
from dashboard.views.source_ends import ends_words
from geodata.analyses.recorded_crime import FEWEST_TIMED, PARTS, crime_pattern, is_crime
from geodata.privacy import RULES
from geodata.schema import Stream

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.reports.report import Block, Commission, Picture
    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.recorded_crime import CrimePattern, YearCrime
    from geodata.picture.picture import Picture as Known
    from geodata.picture.picture import ProblemPicture

PLACES, NAMED = 8, 2
"""How many places the map has, and how many are named beside a kind of crime."""

MAP_HEIGHT_MM = 84.0


def mapping(commission: Commission, known: Known) -> tuple[Block, ...]:
    """Write the whole part."""
    kinds = [one for one in known.problems if is_crime(one.problem)]
    if not RULES[commission.audience].exact_counts:
        return (*_named(commission, kinds), *_places(commission, kinds))
    kinds = sorted((one for one in kinds if one.recorded.count), key=lambda one: -(one.recorded.count or 0))
    pattern = crime_pattern(commission.ground, commission.audience, period=known.period)
    return (
        *_kinds(commission, known, kinds, pattern.graded),
        Group(commission.texts("report.lagesbild.where"), _where(commission, kinds, pattern)),
        Group(commission.texts("report.lagesbild.when"), _when(commission, pattern)),
    )


def mapping_sentence(commission: Commission, known: Known) -> str:
    """Say the extent in one sentence."""
    texts = commission.texts
    kinds = [one for one in known.problems if is_crime(one.problem)]
    counted = sorted(kinds, key=lambda one: -(one.recorded.count or 0))
    named = [problem_name(texts, one.problem).lower() for one in counted[:3]]
    names = texts.form.listing(named) if named else ""
    if not RULES[commission.audience].exact_counts:
        return texts("report.lagesbild.sentence_open", names=names) if names else texts("overview.said_few")
    total = sum(one.recorded.count or 0 for one in kinds)
    if not total:
        return texts("report.lagesbild.sentence_none", period=known.period)
    return texts("report.lagesbild.sentence", n=total, period=known.period, names=names)


def _named(commission: Commission, kinds: Sequence[ProblemPicture]) -> tuple[Block, ...]:
    texts = commission.texts
    names = tuple(
        texts(
            "report.named",
            name=problem_name(texts, one.problem),
            words=change_cell(texts, one, Stream.INCIDENT).text,
        )
        for one in kinds
    )
    withheld = Words(texts("report.lagesbild.withheld"), "quiet")
    return (Points(names, texts("report.lagesbild.named")), withheld) if names else (withheld,)


def _kinds(
    commission: Commission, known: Known, kinds: Sequence[ProblemPicture], graded: Mapping[str, int]
) -> tuple[Block, ...]:
    texts = commission.texts
    if not kinds:
        return (Words(texts("report.lagesbild.sentence_none", period=known.period)),)
    # Where no source says how serious the consequences were a column of noughts would claim that none were.
    columns = ("kind", "count", "change", *(("serious",) if graded else ()), "stands_out")
    rows = tuple(
        (
            problem_name(texts, one.problem),
            texts.form.number(one.recorded.count or 0),
            change_cell(texts, one, Stream.INCIDENT),
            *((_serious(texts, one, graded.get(one.problem, 0)),) if graded else ()),
            texts.form.listing([place.name for place in one.places[:NAMED]]) if one.places else "–",
        )
        for one in kinds
    )
    table = Table(
        texts("report.lagesbild.kinds"),
        tuple(texts(f"report.lagesbild.{name}") for name in columns),
        rows,
        widths=(22, 11, 31, 12, 24) if graded else (24, 10, 36, 30),
    )
    accidents = known.problem("traffic_accident")
    said = [against_words(texts, known.against), texts("report.lagesbild.recorded_note")]
    if not graded:
        said.append(texts("report.lagesbild.not_graded"))
    if accidents is None:
        return (table, Words(" ".join(said), "quiet"))
    beside = texts(
        "report.lagesbild.accidents",
        n=accidents.recorded.count or 0,
        serious=accidents.recorded.serious or 0,
    )
    return (table, Words(" ".join(said), "quiet"), Words(beside))


def _serious(texts: Catalogue, problem: ProblemPicture, graded: int) -> str:
    if not graded:
        return "–"
    count = texts.form.number(problem.recorded.serious or 0)
    return texts("report.lagesbild.of", n=count, of=texts.form.number(graded))


def _where(
    commission: Commission, kinds: Sequence[ProblemPicture], pattern: CrimePattern
) -> tuple[Words | Points | Table | Picture, ...]:
    texts, form = commission.texts, commission.texts.form
    blocks: list[Words | Points | Table | Picture] = []
    if pattern.division is not None:
        rows = tuple(
            (
                one.name,
                form.number(one.count),
                form.number(one.residents),
                "–"
                if one.rate is None or one.low is None or one.high is None
                else Cell(
                    form.number(one.rate, decimals=1),
                    small=(texts("report.lagesbild.likely", range=form.span(one.low, one.high, decimals=1)),),
                ),
            )
            for one in pattern.parts
        )
        headings = tuple(texts(f"report.lagesbild.{name}") for name in ("part", "count", "residents", "rate"))
        blocks.append(Table(texts("report.lagesbild.parts"), headings, rows, widths=(40, 15, 15, 30)))
        said = [
            texts(f"heard.{pattern.division}"),
            texts("report.lagesbild.parts_note", n=pattern.outside, of=pattern.count),
            *_rated(texts, pattern),
        ]
        blocks.append(Words(" ".join(said), "quiet"))
    else:
        blocks.append(Words(texts("report.lagesbild.no_parts"), "quiet"))
    return (*blocks, *_places(commission, kinds))


def _rated(texts: Catalogue, pattern: CrimePattern) -> tuple[str, ...]:
    """Say which days the rates are of, where a source ends before the period does."""
    if not pattern.ends:
        return ()
    ends = ends_words(texts, pattern.ends)
    if pattern.rated is None:
        return (texts("report.lagesbild.not_rated", ends=ends),)
    return (texts("report.lagesbild.rated", ends=ends, period=pattern.rated),)


def _places(commission: Commission, kinds: Sequence[ProblemPicture]) -> tuple[Picture | Table | Words, ...]:
    """Draw the places where some kind of crime stands out, those with most kinds first."""
    texts = commission.texts
    standing: dict[int, list[str]] = {}
    for one in kinds:
        for place in one.places:
            standing.setdefault(place.place_id, []).append(problem_name(texts, one.problem).lower())
    order = Counter({place_id: len(names) for place_id, names in standing.items()})
    grounds = {one.place_id: one for one in commission.ground.places}
    shown = [grounds[place_id] for place_id, _ in order.most_common() if place_id in grounds][:PLACES]
    if not shown:
        exact = RULES[commission.audience].exact_counts
        return (Words(texts(f"report.lagesbild.{'no_places' if exact else 'places_withheld'}")),)
    marked = [MarkedPlace(str(at), one.name, one.geometry) for at, one in enumerate(shown, start=1)]
    rows = tuple(
        (f"{sign.sign} {one.name}", _capital(texts.form.listing(standing[one.place_id])))
        for sign, one in zip(marked, shown, strict=True)
    )
    headings = (texts("report.place"), texts("report.lagesbild.stands_out_for"))
    return (
        *map_of(
            commission,
            marked,
            alt=texts(
                "report.lagesbild.map_alt",
                places="; ".join(f"{name}: {what}" for name, what in rows),
            ),
            caption=texts("report.lagesbild.map_key"),
            height_mm=MAP_HEIGHT_MM,
        ),
        Table(texts("report.lagesbild.places"), headings, rows, widths=(40, 60)),
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _when(commission: Commission, pattern: CrimePattern) -> tuple[Table | Words, ...]:
    texts, form = commission.texts, commission.texts.form
    blocks: list[Table | Words] = []
    if pattern.years:
        headings = (texts("report.lagesbild.year"), "T1", "T2", "T3", texts("report.lagesbild.undated"))
        rows = tuple(_year(commission, one) for one in pattern.years)
        blocks.append(Table(texts("report.lagesbild.years"), headings, rows, widths=(20, 20, 20, 20, 20)))
        blocks.append(Words(texts("report.lagesbild.years_note"), "quiet"))
    if pattern.shares is None:
        few = texts("report.lagesbild.few_timed", n=pattern.timed, enough=FEWEST_TIMED)
        return (*blocks, Words(few, "quiet"))
    parts = (texts("report.lagesbild.weekday"), *(form.hours(first, last) for first, last in PARTS))
    week = tuple(
        (day.capitalize(), *(form.share(float(share)) for share in row))
        for day, row in zip(form.days, pattern.shares, strict=True)
    )
    blocks.append(Table(texts("report.lagesbild.week"), parts, week, widths=(24, 19, 19, 19, 19)))
    blocks.append(Words(texts("report.lagesbild.week_note", n=pattern.timed, of=pattern.count), "quiet"))
    return tuple(blocks)


def _year(commission: Commission, one: YearCrime) -> tuple[Cell | str, ...]:
    texts, form = commission.texts, commission.texts.form
    counts = (
        Cell(
            "–" if count is None else form.number(count),
            small=(texts("report.lagesbild.until", day=until),) if until is not None else (),
        )
        for count, until in zip(one.tertials, one.until, strict=True)
    )
    return (str(one.year), *counts, form.number(one.undated))
