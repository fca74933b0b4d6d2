"""The schedule of a dialogue: day, place, who, what to bring; a numbered map; a sheet to tally on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from dashboard.reports.frame import WIDTH_MM, foot_of
from dashboard.reports.marked_place import MarkedPlace
from dashboard.reports.report import Cell, Picture, Report, Section, Table, Words
from dashboard.views.dialogue_words import (
    asker_words,
    group_words,
    state_words,
    time_words,
    where_words,
)
from dashboard.views.dialogues import period_words
from geodata.analyses.dialogues import follow_dialogues, standing_register
from geodata.dialogues.dialogue import DialogueState
from geodata.privacy import RULES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dashboard.reports.report import Block, Commission
    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.dialogues import DialogueAnswer, OccasionAnswer
    from geodata.analyses.ground import Ground
    from geodata.privacy import Audience
    from geodata.project import Project

MAP_HEIGHT_MM = 96.0
TALLY_ROWS = 3
"""Empty lines on the tally sheet for what was not planned."""

FIRST_OF = (DialogueState.OPEN, DialogueState.PLANNED)
"""Whose schedule is printed when no dialogue is named: the one that goes on, else the next."""

Numbered = tuple[str, "OccasionAnswer"]


def dialogue_report(commission: Commission) -> Report:
    """Print the schedule of the dialogue that goes on, else of the next, else of the newest."""
    texts, project = commission.texts, commission.ground.project
    with standing_register(commission.ground.workspace, project) as register:
        found = follow_dialogues(
            register, project, commission.audience, ground=commission.ground, today=commission.today
        )
    if not found:
        return Report(
            title=texts("report.title_of", what=texts("report.dialog.title"), name=project.municipality.name),
            sentence=texts("dialogues.sentence_none"),
            basis=(),
            sections=(Section(texts("report.dialog.schedule"), (Words(texts("dialogues.none_wait")),)),),
            foot=foot_of(commission),
        )
    return schedule_report(
        texts,
        project,
        _current(found),
        commission.audience,
        ground=commission.ground,
        today=commission.today,
    )


def schedule_report(
    texts: Catalogue,
    project: Project,
    answer: DialogueAnswer,
    audience: Audience,
    *,
    ground: Ground | None,
    today: date,
) -> Report:
    """Make the schedule of one dialogue: no count of what it gave, and a tally sheet for staff.

    Parameters
    ----------
    ground
        What the map is drawn from; None before the first import, and then there is none.
    """
    dialogue = answer.kept.dialogue
    numbered = [(str(number), one) for number, one in enumerate(answer.occasions, start=1)]
    foot = [
        texts("report.foot", name=project.municipality.name, day=today),
        texts("report.made_for", audience=texts(f"audience.{audience}").lower()),
        texts("report.made_up") if dialogue.made_up else "",
        texts("report.map_from", sources=", ".join(project.attribution)) if project.attribution else "",
    ]
    basis = [
        state_words(texts, answer.kept.course),
        texts("report.dialog.question", question=dialogue.question) if dialogue.question else "",
        texts("report.dialog.along", needs=texts.form.listing(dialogue.needs)) if dialogue.needs else "",
    ]
    sections = [Section(texts("report.dialog.schedule"), _schedule(texts, numbered))]
    drawn = _map(texts, numbered, ground)
    if drawn:
        sections.append(Section(texts("report.dialog.map"), drawn))
    # Those who ask tally; to those who are asked the sheet says nothing.
    if numbered and RULES[audience].exact_counts:
        sections.append(Section(texts("report.dialog.tally"), _tally(texts, numbered), appendix=True))
    return Report(
        title=texts("report.title_of", what=dialogue.name, name=project.municipality.name),
        sentence=texts(
            "report.dialog.sentence",
            n=len(numbered),
            kind=texts(f"dialogue_kind.{dialogue.kind}"),
            days=period_words(texts, dialogue),
        ),
        basis=tuple(filter(None, basis)),
        sections=tuple(sections),
        foot=" · ".join(filter(None, foot)),
    )


def _current(found: Sequence[DialogueAnswer]) -> DialogueAnswer:
    for state in FIRST_OF:
        of_state = [one for one in found if one.kept.course.state is state]
        if of_state:
            return min(of_state, key=lambda one: one.kept.dialogue.first)
    return found[0]


def _schedule(texts: Catalogue, numbered: Sequence[Numbered]) -> tuple[Block, ...]:
    if not numbered:
        return (Words(texts("dialogues.no_occasions")),)
    rows = tuple(
        (
            number,
            _day(texts, one),
            Cell(
                where_words(texts, one.occasion, place=one.place),
                small=(texts(f"dialogue_method.{one.occasion.method}"),),
            ),
            asker_words(texts, one.occasion),
            group_words(texts, one.occasion),
            ", ".join(one.occasion.needs) or "–",
        )
        for number, one in numbered
    )
    names = ("number", "day", "place", "who", "whom", "bring")
    return (
        Table(
            texts("report.dialog.schedule_caption"),
            tuple(texts(f"report.dialog.{name}") for name in names),
            rows,
            widths=(6, 20, 22, 19, 17, 16),
        ),
    )


def _day(texts: Catalogue, one: OccasionAnswer) -> Cell:
    day = one.occasion.day
    if day is None:
        return Cell(texts("dialogue.day_unknown"))
    weekday = texts.form.days[day.weekday()]
    times = time_words(texts, one.occasion)
    return Cell(f"{weekday[:1].upper()}{weekday[1:]} {texts.form.day(day)}", small=(times,) if times else ())


def _map(texts: Catalogue, numbered: Sequence[Numbered], ground: Ground | None) -> tuple[Block, ...]:
    if ground is None:
        return ()
    marked = [
        MarkedPlace(number, where_words(texts, one.occasion, place=one.place), shapely.Point(one.point))
        for number, one in numbered
        if one.point is not None
    ]
    off = len(numbered) - len(marked)
    said = (Words(texts("report.dialog.off_map", n=off), "quiet"),) if off else ()
    if not marked:
        return said
    from dashboard.reports.place_map import place_map  # noqa: PLC0415  matplotlib is slow to import

    png = place_map(
        ground,
        marked,
        width_mm=WIDTH_MM,
        height_mm=MAP_HEIGHT_MM,
        metres=texts("report.metres"),
        north=texts("sheet.north"),
    )
    named = texts.form.listing([texts("report.dialog.at", number=one.sign, where=one.name) for one in marked])
    alt = texts("report.dialog.map_alt", places=named)
    return (Picture(png, alt, texts("report.dialog.map_caption"), WIDTH_MM), *said)


def _tally(texts: Catalogue, numbered: Sequence[Numbered]) -> tuple[Block, ...]:
    rows = [
        (
            Cell(
                f"{number}. {where_words(texts, one.occasion, place=one.place)}",
                small=("\N{NO-BREAK SPACE}",) * 2,
            ),
            "",
            "",
            "",
        )
        for number, one in numbered
    ]
    blank = "\N{NO-BREAK SPACE}"
    rows += [(Cell(blank, small=(blank,) * 2), "", "", "")] * TALLY_ROWS
    names = ("occasion", "talks", "answers", "notes")
    return (
        Words(texts("report.dialog.tally_how")),
        Table(
            texts("report.dialog.tally_caption"),
            tuple(texts(f"report.dialog.{name}") for name in names),
            tuple(rows),
            widths=(30, 18, 18, 34),
        ),
    )
