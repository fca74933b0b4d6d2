"""The lägesbild that SFS 2023:196, 4 §, asks for: a mapping of crime, other information, an analysis.

It is the municipality's and about crime; the joint picture of police and municipality is another report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import answers
from dashboard.reports.crime_mapping import mapping, mapping_sentence
from dashboard.reports.frame import foot_of, title_of
from dashboard.reports.material import left_out, picture_selection, sources_table
from dashboard.reports.picture_lines import (
    causes,
    change_cell,
    decided,
    priorities,
    problem_name,
    rank_range,
    recorded_order,
    sure_words,
)
from dashboard.reports.report import Group, Points, Report, Section, Table, Words
from dashboard.views.heard import heard_view
from dashboard.views.source_ends import ends_notice
from dashboard.views.sources import source_word
from geodata.analyses.heard import who_was_heard
from geodata.analyses.picture import picture
from geodata.analyses.recorded_crime import CRIME
from geodata.errors import MissingError
from geodata.periods import year
from geodata.picture.voices import Who
from geodata.privacy import RULES
from geodata.schema import Stream

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.reports.report import Block, Commission
    from geodata.picture.picture import Picture, ProblemPicture

FELT, ORDERED, APART = 8, 12, 3
"""How many problems are listed as felt and in the analysis, and how far two orders are apart to be told."""


def situation_report(commission: Commission) -> Report:
    """Write the lägesbild of a year: the one asked for, or the newest."""
    texts, ground = commission.texts, commission.ground
    asked = None if commission.asked is None else year(commission.asked.year)
    title = title_of(texts, "lagesbild", ground.project.municipality.name)
    try:
        known = picture(ground, commission.audience, period=asked, today=commission.today)
    except MissingError:
        nothing = texts("report.lagesbild.nothing")
        return Report(title, nothing, (texts("report.lagesbild.law"),), (), foot_of(commission))
    return Report(
        title=title,
        sentence=mapping_sentence(commission, known),
        basis=(
            texts("report.lagesbild.law"),
            texts("report.problembild.period", period=known.period),
            *ends_notice(texts, known.ends),
        ),
        sections=(
            Section(texts("report.lagesbild.mapping"), mapping(commission, known)),
            Section(texts("report.lagesbild.other"), _other(commission, known)),
            Section(texts("report.lagesbild.analysis"), _analysis(commission, known)),
            Section(texts("report.lagesbild.appendix"), _appendix(commission, known), appendix=True),
        ),
        foot=foot_of(commission),
    )


def _other(commission: Commission, known: Picture) -> tuple[Block, ...]:
    texts = commission.texts
    answer = who_was_heard(commission.ground, commission.audience)
    heard = heard_view(texts, answer)
    return (
        Group(texts("report.lagesbild.felt"), _felt(commission, known)),
        Group(texts("report.lagesbild.reviewed"), _reviewed(commission, known)),
        Group(
            texts("report.lagesbild.heard"),
            (
                *_voices(commission, known),
                Words(heard.sentence),
                Words(" ".join((*heard.cautions, texts("report.lagesbild.heard_all_time"))), "quiet"),
            ),
        ),
        Group(
            texts("report.lagesbild.unknown"), (Points(_unknown(commission, known, aged=bool(answer.ages))),)
        ),
    )


def _felt(commission: Commission, known: Picture) -> tuple[Table | Points | Words, ...]:
    """List what residents say, in their own order, felt safety and not crime alone."""
    texts, form = commission.texts, commission.texts.form
    named = [one for one in known.problems if one.rank is not None][:FELT]
    if not named:
        return (Words(texts("overview.said_few")),)
    note = Words(texts("report.lagesbild.felt_note"), "quiet")
    if not RULES[commission.audience].exact_counts:
        return (Points(tuple(problem_name(texts, one.problem) for one in named)), note)
    rows = tuple(
        (
            problem_name(texts, one.problem),
            rank_range(texts, one),
            texts("report.lagesbild.of", n=form.number(said.answers or 0), of=form.number(said.of or 0)),
            change_cell(texts, one, Stream.SURVEY),
        )
        for one in named
        for said in (one.voice(Who.RESIDENTS),)
    )
    headings = tuple(texts(f"report.lagesbild.{name}") for name in ("problem", "order", "answers", "change"))
    return (Table(texts("report.lagesbild.felt_table"), headings, rows, widths=(32, 20, 20, 28)), note)


def _reviewed(commission: Commission, known: Picture) -> tuple[Table | Words, ...]:
    texts = commission.texts
    found = [one for one in known.problems if one.reviewed.found]
    if not found:
        withheld = not RULES[commission.audience].exact_counts
        return (Words(texts(f"report.lagesbild.reviewed_{'withheld' if withheld else 'none'}")),)
    rows = tuple(
        (
            problem_name(texts, one.problem),
            texts.form.number(one.reviewed.found or 0),
            ", ".join(
                texts("report.lagesbild.status", n=count, status=texts(f"status.{status}").lower())
                for status, count in one.reviewed.statuses
            )
            or "–",
        )
        for one in sorted(found, key=lambda one: -(one.reviewed.found or 0))
    )
    headings = tuple(texts(f"report.lagesbild.{name}") for name in ("problem", "found", "became"))
    return (Table(texts("report.lagesbild.reviewed_table"), headings, rows, widths=(32, 14, 54)),)


def _voices(commission: Commission, known: Picture) -> tuple[Words, ...]:
    texts = commission.texts
    if not known.answers:
        return ()
    said = [
        texts("report.lagesbild.voice", n=count, who=texts(f"report.who.{who}"))
        for who, count in known.answers
    ]
    return (Words(texts("report.lagesbild.voices", who=texts.form.listing(said))),)


def _unknown(commission: Commission, known: Picture, *, aged: bool) -> tuple[str, ...]:
    """Say what nobody can read out of the material."""
    texts = commission.texts
    ranking = answers.ranking(commission.ground, picture_selection(commission, known.period))
    said = [texts("report.lagesbild.dark")]
    if not aged:
        said.append(texts("report.lagesbild.no_age"))
    if known.answers is not None and Who.STAFF not in dict(known.answers):
        said.append(texts("report.lagesbild.no_staff"))
    if known.unsorted is not None:
        survey, incidents = known.unsorted
        said.append(texts("report.lagesbild.unsorted", survey=survey, incidents=incidents))
    return (*said, *left_out(texts, ranking))


def _analysis(commission: Commission, known: Picture) -> tuple[Block, ...]:
    texts = commission.texts
    return (
        Group(texts("report.lagesbild.in_order"), _in_order(commission, known)),
        Group(texts("report.lagesbild.agree"), _agree(commission, known)),
        Group(texts("report.lagesbild.causes"), causes(commission)),
        Group(texts("report.lagesbild.priorities"), priorities(commission, decided(commission))),
    )


def _in_order(commission: Commission, known: Picture) -> tuple[Table | Points | Words, ...]:
    texts, form = commission.texts, commission.texts.form
    recorded = recorded_order(known)
    shown = known.problems[:ORDERED]
    if not shown:
        return (Words(texts("overview.said_few")),)
    # Where the recorded is withheld the residents' order alone is told.
    rows = tuple(
        (
            problem_name(texts, one.problem),
            rank_range(texts, one),
            *((form.number(recorded[one.problem]) if one.problem in recorded else "–",) if recorded else ()),
            sure_words(texts, one),
        )
        for one in shown
    )
    columns = ("problem", "by_residents", *(("by_records",) if recorded else ()), "sure")
    headings = tuple(texts(f"report.lagesbild.{name}") for name in columns)
    more = len(known.problems) - len(shown)
    return (
        Table(texts("report.lagesbild.in_order_table"), headings, rows),
        *((Words(texts("report.lagesbild.more", n=more), "quiet"),) if more > 0 else ()),
    )


def _agree(commission: Commission, known: Picture) -> tuple[Points | Words, ...]:
    """Name the problems that stand much higher in one order than in the other."""
    texts = commission.texts
    recorded = recorded_order(known)
    if not recorded:
        return (Words(texts("report.lagesbild.agree_withheld")),)

    def named(found: Sequence[ProblemPicture]) -> str:
        return texts.form.listing([problem_name(texts, one.problem).lower() for one in found])

    both = [one for one in known.problems if one.rank is not None and one.problem in recorded]
    felt = [one for one in both if recorded[one.problem] - (one.rank or 0) >= APART]
    seen = [one for one in both if (one.rank or 0) - recorded[one.problem] >= APART]
    alone = [one for one in known.problems if one.rank is not None and one.problem not in recorded]
    said = [
        texts(f"report.lagesbild.agree_{key}", names=named(found))
        for key, found in (("felt", felt), ("seen", seen), ("alone", alone))
        if found
    ]
    return (Points(tuple(said) or (texts("report.lagesbild.agree_same"),)),)


def _appendix(commission: Commission, known: Picture) -> tuple[Block, ...]:
    texts = commission.texts
    said = [
        texts(
            "report.lagesbild.method_crime",
            kinds=texts.form.listing([problem_name(texts, one).lower() for one in CRIME]),
        ),
        texts("report.lagesbild.method_change"),
        texts("report.lagesbild.method_places"),
        texts("report.lagesbild.method_order"),
        texts("report.lagesbild.method_sure"),
    ]
    if known.against is not None and known.against.left_out:
        names = texts.form.listing([source_word(texts, one, {}) for one in known.against.left_out])
        said.append(texts("report.lagesbild.method_left_out", sources=names))
    said += [texts(f"warning.{code}") for code in known.warnings if f"warning.{code}" in texts]
    if not RULES[commission.audience].exact_counts:
        said.append(texts("report.lagesbild.method_withheld"))
    return (
        sources_table(commission),
        Points(tuple(said), texts("report.lagesbild.method")),
    )
