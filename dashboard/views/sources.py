"""What the page about the ground says: what became of every row of every file, and how fresh it is."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from dashboard.access.actions import Action, may
from dashboard.access.audiences import WORD_OF, is_staff
from dashboard.views.filters import category_word
from etl.pipeline import shielded
from geodata.account import Fate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.address import Address
    from geodata.account import FileReport, ImportReport, Rejection
    from geodata.analyses.area_counts import AreaCounts
    from geodata.analyses.coverage import Coverage, SourceCoverage
    from geodata.project import Project

SHOWN_REJECTIONS = 20
DOWNLOAD_PATH = "/underlag/avvisade.csv"
DOWNLOAD_ALL_PATH = "/underlag/avvisade.zip"
UNREAD, NO_FILES = "no_source", "no_files"
"""What the account says of a file that no source reads, and of a source that no file is for."""


@dataclass(frozen=True, slots=True)
class FateCount:
    """How many rows met one fate."""

    code: str
    label: str
    count: str
    share: float


@dataclass(frozen=True, slots=True)
class FileAccount:
    """The account of one file, in words."""

    name: str
    source: str
    stopped: str | None
    sum_line: str
    fates: tuple[FateCount, ...]
    said: tuple[str, ...]
    reasons: tuple[str, ...]
    rejected: tuple[tuple[str, ...], ...]
    rejected_more: str | None
    download: str | None


@dataclass(frozen=True, slots=True)
class FreshnessRow:
    """One source: how many records, between which days, and how long before the import the last day was."""

    source: str
    count: str
    first: str
    last: str
    age: str


@dataclass(frozen=True, slots=True)
class SourcesView:
    """The page about the ground, in words."""

    sentence: str
    basis: str
    stopped: tuple[FileAccount, ...]
    files: tuple[FileAccount, ...]
    files_empty: str
    freshness: tuple[FreshnessRow, ...]
    area_counts: tuple[tuple[str, str, str], ...]
    area_note: str
    attribution: tuple[str, ...]
    download_all: str | None = None
    """Every rejected row in its original columns, for those who mend and import them."""


def sources_view(
    texts: Catalogue,
    address: Address,
    *,
    report: ImportReport,
    project: Project,
    coverage: Coverage,
    area_counts: AreaCounts,
) -> SourcesView:
    """Say what the picture stands on; what became of the rows to those who work with them alone."""
    staff = is_staff(address.audience)
    mappings = {source.name: source.mapping for source in project.sources}
    accounts = [
        _account(texts, address, file, mappings=mappings)
        for file in report.files
        if staff and not _is_unread(file)
    ]
    waiting = any(not row.mended for file in report.files for row in file.rejections)
    mends = may(address.audience, Action.IMPORT) and waiting
    finished = datetime.fromisoformat(report.finished_at).astimezone(project.zone)
    imported = texts("sources.imported", at=_moment(texts, finished))
    return SourcesView(
        sentence=_sentence(texts, report)
        if staff
        else texts("sources.sentence_open", n=len(coverage.sources)),
        basis=f"{_sum(texts, report.read, report.fates)}. {imported}"
        if staff
        else f"{imported} {texts('map.basis.rounded')}",
        stopped=tuple(account for account in accounts if account.stopped),
        files=tuple(account for account in accounts if not account.stopped),
        files_empty=texts("sources.no_files" if staff else "sources.files_withheld"),
        freshness=tuple(
            _freshness(texts, row, mappings, today=finished.date())
            for row in sorted(coverage.sources, key=lambda row: row.last or date.min)
        ),
        area_counts=tuple(
            (row.name, category_word(texts, row.category), _count(texts, row.count))
            for row in area_counts.rows
        ),
        area_note=texts("sources.area_note"),
        attribution=project.attribution,
        download_all=f"{DOWNLOAD_ALL_PATH}?{_query(address)}" if mends else None,
    )


def _is_unread(file: FileReport) -> bool:
    """Say whether no source reads a file: such files stand with the inbox, where something can be done."""
    return not file.source and UNREAD in file.said


def fate_sum(texts: Catalogue, file: FileReport) -> str:
    """Say what was read as the sum of what became of it: ``120 = 100 nya + 15 oförändrade + 5 avvisade``."""
    return _sum(texts, file.read, file.fates)


def _sum(texts: Catalogue, read: int, fates: dict[Fate, int]) -> str:
    parts = [texts(f"fate.{fate}.counted", n=fates[fate]) for fate in Fate if fates.get(fate, 0) > 0]
    return texts("sources.sum", n=read, parts=" + ".join(parts) or "0")


def rejection_message(texts: Catalogue, row: Rejection) -> str:
    """Say where a row stood, what it held and why it stayed out."""
    return texts(
        "sources.rejection",
        file=row.file,
        row=row.row,
        column=row.column,
        value=row.value or texts("sources.empty"),
        reason=texts(f"rejections.{row.code}"),
    )


def _said(texts: Catalogue, code: str, value: str) -> str:
    """Say one thing that was found out about a file; signs are said by their names."""
    word = f"said_word.{value}"
    return texts(f"said.{code}", value=texts(word) if word in texts else value)


def rejected_list(texts: Catalogue, rows: Sequence[Rejection]) -> str:
    """Write rejected rows for a spreadsheet: semicolons, a BOM, and no cell that starts a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        [texts(f"sources.column.{name}") for name in ("file", "row", "column", "value", "reason")]
    )
    for row in rows:
        writer.writerow(
            [
                shielded(cell)
                for cell in (row.file, str(row.row), row.column, row.value, texts(f"rejections.{row.code}"))
            ]
        )
    return "\N{BYTE ORDER MARK}" + out.getvalue()


def _sentence(texts: Catalogue, report: ImportReport) -> str:
    rejected = report.fates[Fate.REJECTED]
    said = texts(
        "sources.sentence",
        n=report.read,
        files=sum(not (_is_unread(file) or NO_FILES in file.said) for file in report.files),
        rejected=rejected,
    )
    mended = sum(row.mended for file in report.files for row in file.rejections)
    if mended:
        said = f"{said} {texts('sources.sentence_mended', n=mended)}"
    if report.stopped:
        said = f"{said} {texts('sources.sentence_stopped', n=len(report.stopped))}"
    return said


def _account(
    texts: Catalogue, address: Address, file: FileReport, *, mappings: dict[str, str]
) -> FileAccount:
    # What was mended in a table of its own stays counted here, and waits for nobody.
    waiting = [row for row in file.rejections if not row.mended]
    reasons = Counter(row.code for row in waiting)
    rejected = len(waiting)
    query = _query(address, file=file.file)
    return FileAccount(
        name=file.file,
        source=source_word(texts, file.source, mappings),
        stopped=texts(f"errors.{file.stopped}", **file.stopped_values) if file.stopped else None,
        sum_line=_said(texts, NO_FILES, file.said[NO_FILES])
        if NO_FILES in file.said
        else fate_sum(texts, file),
        fates=tuple(
            FateCount(
                code=str(fate),
                label=texts(f"fate.{fate}.label"),
                count=texts.form.number(file.fates.get(fate, 0)),
                share=file.fates.get(fate, 0) / file.read if file.read else 0.0,
            )
            for fate in Fate
        ),
        said=tuple(_said(texts, code, value) for code, value in file.said.items() if code != NO_FILES),
        reasons=tuple(
            texts("sources.reason", reason=texts(f"rejections.{code}"), n=n)
            for code, n in reasons.most_common()
        ),
        rejected=tuple(
            (texts.form.number(row.row), row.column, row.value, texts(f"rejections.{row.code}"))
            for row in waiting[:SHOWN_REJECTIONS]
        ),
        rejected_more=texts("sources.rejected_more", n=rejected - SHOWN_REJECTIONS)
        if rejected > SHOWN_REJECTIONS
        else None,
        download=f"{DOWNLOAD_PATH}?{query}" if rejected else None,
    )


def _query(address: Address, **more: str) -> str:
    named = {"fil": more["file"]} if "file" in more else {}
    return urlencode({**named, "som": WORD_OF[address.audience], "sprak": address.language}, safe="/")


def _freshness(
    texts: Catalogue, row: SourceCoverage, mappings: dict[str, str], *, today: date
) -> FreshnessRow:
    return FreshnessRow(
        source=source_word(texts, row.source, mappings),
        count=_count(texts, row.count),
        first=texts.form.day(row.first) if row.first else texts("sources.unknown_day"),
        last=texts.form.day(row.last) if row.last else texts("sources.unknown_day"),
        age=texts("sources.age", n=max(0, (today - row.last).days)) if row.last else "",
    )


def source_word(texts: Catalogue, source: str, mappings: dict[str, str]) -> str:
    """Say a source by what its mapping is known as, else by the name it has in the project file."""
    key = f"source.{mappings.get(source, source)}"
    return texts(key) if key in texts else source.replace("_", " ").capitalize()


def _count(texts: Catalogue, count: int | None) -> str:
    return texts("evidence.withheld") if count is None else texts.form.number(count)


def _moment(texts: Catalogue, moment: datetime) -> str:
    return texts("sources.moment", day=moment.date(), time=texts.form.time(f"{moment:%H:%M}"))
