"""A report as one HTML file that opens from disk, and as tagged PDF."""

from __future__ import annotations

import re
from base64 import b64encode
from typing import TYPE_CHECKING, Any

from dashboard.components.markup import join, tag
from dashboard.print.pdf import set_pages, write_pdf
from dashboard.reports.columns import fitted
from dashboard.reports.report import Cell, Group, Picture, Points, Table, Words
from dashboard.reports.style import PAPER, SCREEN, SHARED

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.reports.report import Block, Report, Section
    from dashboard.texts.catalogue import Catalogue

LETTERS_PT = 10.0
WHOLE = 6
"""A table of no more rows is kept on one page."""

RANGE = re.compile(r"(\(?\d[\d.,\N{NO-BREAK SPACE}]*–[\d.,\N{NO-BREAK SPACE}]*\d\)?)")
ON_ONE_PAGE_PT = (10.0, 9.4, 8.8, 8.2)
"""Sizes of letters that a report of one page is tried in; the last holds where none does."""


def report_html(texts: Catalogue, report: Report) -> str:
    """Return the report as one HTML file that asks nothing of any network."""
    foot = tag("p", report.foot, class_="foot")
    return _page(texts, report, SHARED + SCREEN, [*_body(report), foot])


def report_pdf(texts: Catalogue, report: Report) -> bytes:
    """Return the report as PDF/UA-1: tagged, titled, its language set.

    Raises
    ------
    MissingError
        ``pango_missing`` on a machine without the library that sets its letters.
    """
    return write_pdf(lay_report(texts, report))


def lay_report(texts: Catalogue, report: Report) -> Any:
    """Return the report laid on its pages, as `set_pages` does; raises as `report_pdf`."""
    laid = None
    for size in ON_ONE_PAGE_PT if report.one_page else (LETTERS_PT,):
        laid = set_pages(paper_page(texts, report, letters_pt=size))
        if len(laid.pages) == 1:
            break
    return laid


def paper_page(texts: Catalogue, report: Report, *, letters_pt: float) -> str:
    """Return the report as HTML that is to be laid on paper."""
    words = f'"{texts("sheet.page_word")} "'
    style = PAPER.replace("var(--size)", f"{letters_pt}pt").replace("var(--page)", words)
    return _page(texts, report, SHARED + style, _body(report), foot=report.foot)


def _page(texts: Catalogue, report: Report, style: str, body: list[Markup], *, foot: str = "") -> str:
    head = join(
        [
            tag("meta", charset="utf-8"),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("title", report.title),
        ]
    )
    inside = tag(
        "body",
        tag("main", body, class_="tight" if report.one_page else None, data_foot=foot or None),
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{texts.language}">\n<head>{head}<style>{style}</style></head>\n'
        f"{inside}\n</html>\n"
    )


def _body(report: Report) -> list[Markup]:
    lead = tag(
        "header",
        tag("h1", report.title),
        tag("p", report.sentence, class_="sentence"),
        tag("p", " ".join(report.basis), class_="quiet") if report.basis else None,
    )
    return [lead, *(_section(one) for one in report.sections)]


def _section(section: Section) -> Markup:
    return tag(
        "section",
        tag("h2", section.heading),
        (_block(one) for one in section.blocks),
        class_="appendix" if section.appendix else None,
    )


def _block(block: Block) -> Markup:
    match block:
        case Words():
            return tag("p", block.text, class_=None if block.look == "plain" else block.look)
        case Points():
            heading = tag("p", block.heading, class_="heading") if block.heading else None
            return join([heading, tag("ul", [tag("li", one) for one in block.items])])
        case Table():
            return _table(block)
        case Picture():
            return _picture(block)
        case Group():
            return tag(
                "section", tag("h3", block.heading), (_block(one) for one in block.blocks), class_="group"
            )


def _table(table: Table) -> Markup:
    columns = [tag("col", style=f"width:{share:.4g}%") for share in fitted(table)]
    head = tag("tr", [tag("th", one, scope="col") for one in table.headings])
    rows = [
        tag("tr", _first(first), [tag("td", _cell(one)) for one in others]) for first, *others in table.rows
    ]
    return tag(
        "div",
        tag(
            "table",
            tag("caption", table.caption),
            tag("colgroup", columns) if columns else None,
            tag("thead", head),
            tag("tbody", rows),
            style="table-layout:fixed" if columns else None,
            class_="whole" if len(table.rows) <= WHOLE else None,
        ),
        class_="rows",
        # Where it is too wide for the window it is scrolled, by keys too, and says what it is.
        tabindex="0",
        role="group",
        aria_label=table.caption,
    )


def _first(cell: str | Cell) -> Markup:
    """Write the cell that names its row; one left empty to write in names nothing."""
    text = cell if isinstance(cell, str) else cell.text
    return tag("th", _cell(cell), scope="row") if text.strip() else tag("td", _cell(cell))


def _cell(cell: str | Cell) -> Markup:
    if isinstance(cell, str):
        return _unbroken(cell)
    text = _unbroken(cell.text)
    if cell.state:
        text = tag("span", text, class_=f"state {cell.state}")
    return join([text, [tag("small", _unbroken(one)) for one in cell.small]])


def _unbroken(text: str) -> Markup:
    """Keep a range of numbers on one line, however narrow its column."""
    return join(
        tag("span", piece, class_="range") if at % 2 else piece for at, piece in enumerate(RANGE.split(text))
    )


def _picture(picture: Picture) -> Markup:
    address = f"data:image/png;base64,{b64encode(picture.png).decode('ascii')}"
    return tag(
        "figure",
        tag("img", src=address, alt=picture.alt, style=f"width:{picture.width_mm:g}mm"),
        tag("figcaption", picture.caption),
    )
