"""Answers as tables for the terminal: the same words as on the pages."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

import typer

from dashboard.views.address import Address
from dashboard.views.areas import area_name, kind_words
from dashboard.views.evidence import ranked_item
from dashboard.views.map import method_words
from dashboard.views.sources import fate_sum, rejection_message
from dashboard.views.stretches import ratio_words, stretch_name
from geodata.periods import Period

if TYPE_CHECKING:
    from dashboard.console import Voice
    from dashboard.texts.catalogue import Catalogue
    from etl.pipeline import CheckReport
    from geodata.account import ImportReport
    from geodata.analyses.hotspot_areas import HotspotArea
    from geodata.analyses.hotspots import HotspotAnswer
    from geodata.analyses.ranking import PlaceRanking
    from geodata.analyses.stretches import StretchAnswer
    from geodata.selection import Selection

AREA_COLUMNS = ("area", "near", "count", "expected", "ratio", "chance", "hotspot_kind")
SHOWN_REJECTIONS = 20
ALOUD = ("crs_found", "rows_gone", "file_gone", "mended")
"""What no fate of a row tells and nobody may miss: a system found, records gone, rows that were mended."""
UNREAD = frozenset({"no_source", "name_used"})
"""What is said of files of which nothing was read."""


def print_report(voice: Voice, report: ImportReport) -> None:
    """Print the account of an import: what was read, what became of it, and what stayed out."""
    texts = voice.texts
    voice.say("cli.import.summary", n=report.read)
    for file in report.files:
        if file.stopped is None and (file.source or not file.said.keys() & UNREAD):
            typer.echo(f"  {file.file}: {fate_sum(texts, file)}")
        for code in (one for one in ALOUD if one in file.said):
            typer.echo(f"  {file.file}: {texts(f'said.{code}', value=file.said[code])}")
    for code, file in ((code, one) for one in report.files for code in sorted(UNREAD & one.said.keys())):
        voice.note(f"said.{code}", value=file.said[code])
    # A row that was mended in a table of its own is told of there, and waits for nobody here.
    rejections = [row for file in report.files for row in file.rejections if not row.mended]
    for row in rejections[:SHOWN_REJECTIONS]:
        typer.echo(f"  {rejection_message(texts, row)}", err=True)
    if len(rejections) > SHOWN_REJECTIONS:
        voice.note("cli.import.rejected_more", n=len(rejections) - SHOWN_REJECTIONS)
    if report.stopped:
        voice.note("cli.import.stopped", n=len(report.stopped))
    for file in report.stopped:
        typer.echo(f"  {texts(f'errors.{file.stopped}', **file.stopped_values)}", err=True)


def print_areas(voice: Voice, answer: HotspotAnswer) -> None:
    """Print the areas with more events than expected, and what the count rests on."""
    texts = voice.texts
    if answer.areas:
        dated = any(area.first_day is not None for area in answer.areas)
        headings = [texts(f"cli.column.{name}") for name in (*AREA_COLUMNS, *(("window",) if dated else ()))]
        rows = [
            (
                area_name(texts, area),
                area.nearest_place or "",
                texts.form.number(area.count),
                *(
                    "–" if isnan(value) else texts.form.number(value, decimals=1)
                    for value in (area.expected, area.ratio)
                ),
                texts(f"chance.{area.chance_code}"),
                "" if area.class_code is None else kind_words(texts, area.class_code),
                *((_days(texts, area),) if dated else ()),
            )
            for area in answer.areas
        ]
        voice.table(headings, rows, right=(2, 3, 4))
    elif "cells_withheld" not in answer.warnings:
        voice.say("map.found_none", method=texts(f"method_choice.{answer.method}").lower())
    if answer.used is None:
        voice.say("map.basis.rounded")
    else:
        voice.say("map.basis.used", n=answer.used)
    if answer.left_out:
        voice.say("map.basis.left_out", n=sum(answer.left_out.values()))
    for code in answer.warnings:
        voice.say(f"warning.{code}")
    if "cells_withheld" not in answer.warnings:
        for sentence in method_words(texts, answer):
            typer.echo(sentence)


def _days(texts: Catalogue, area: HotspotArea) -> str:
    """Say when an area is what it is; nothing for one without time."""
    if area.first_day is None or area.last_day is None:
        return ""
    return texts.form.period(Period(area.first_day, area.last_day))


def print_stretches(voice: Voice, answer: StretchAnswer) -> None:
    """Print the stretches of street, and what the count rests on; those too few to tell stand last."""
    texts = voice.texts
    if answer.stretches:
        names = ("rank", "stretch", "metres", "count", "expected", "ratio")
        rows = [
            (
                texts.form.number(stretch.rank) if stretch.rank is not None else "–",
                stretch_name(texts, stretch),
                texts.form.number(stretch.length_m),
                texts.form.number(stretch.count),
                texts.form.number(stretch.expected, decimals=1),
                ratio_words(texts, stretch),
            )
            for stretch in answer.stretches
        ]
        voice.table([texts(f"cli.column.{name}") for name in names], rows, right=(0, 2, 3, 4))
        if answer.found > len(rows):
            voice.say("stretch.more", n=answer.found - len(rows))
    if answer.used is not None:
        voice.say("stretch.used", n=answer.used)
    if answer.off_street:
        voice.say("stretch.off_street", n=answer.off_street)
    if answer.left_out:
        voice.say("stretch.left_out", n=sum(answer.left_out.values()))
    for code in answer.warnings:
        voice.say(f"warning.{code}")


def print_places(voice: Voice, ranking: PlaceRanking, selection: Selection) -> None:
    """Print the ranking of places; those too few to tell stand last."""
    texts = voice.texts
    if not ranking.places:
        voice.say("cli.places_none")
        return
    address = Address(selection, language=texts.language)
    names = ("rank", "between", "place", "kind", "picture", "window")
    items = [ranked_item(texts, place, address, language=texts.language) for place in ranking.places]
    rows = [(item.rank, item.rank_range, item.name, item.kind, item.agreement, item.window) for item in items]
    voice.table([texts(f"cli.column.{name}") for name in names], rows, right=(0,))


def print_check(voice: Voice, report: CheckReport) -> None:
    """Print what was checked, and each check that fell."""
    texts = voice.texts
    voice.say("cli.check.mappings", n=len(report.mappings), rows=sum(one.rows for one in report.mappings))
    for source in report.sources:
        voice.say("cli.check.source", n=len(source.files), source=source.source, mapping=source.mapping)
    for file in report.unread:
        voice.note("cli.check.unread", file=file)
    if report.ok:
        voice.say("cli.check.fine")
        return
    voice.note("cli.check.fell", n=len(report.problems))
    for problem in report.problems:
        typer.echo(f"  {texts(f'errors.{problem.code}', **problem.values)}", err=True)
