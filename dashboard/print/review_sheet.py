"""The empty checklist of a review on paper: the place, what is known of it, and boxes to tick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.markup import join, tag
from dashboard.print.pdf import set_pages, write_pdf
from dashboard.print.site_map import site_map
from dashboard.views.evidence import ranked_item
from geodata.analyses.ranking import rank_places
from geodata.promises.activity import Party
from geodata.reviews.checklist import CATEGORY_OF, Verdict
from geodata.reviews.review import Light, ReviewResult, RoadKeeper

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markupsafe import Markup

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.address import Address
    from geodata.analyses.ground import Ground
    from geodata.analyses.ranking import RankedPlace
    from geodata.analyses.reviews import ReviewsAnswer

_STYLE = """
@page { size: A4; margin: 10mm 15mm 8mm; }
* { box-sizing: border-box; }
html { font: 10pt/1.35 "Noto Sans", "DejaVu Sans", sans-serif; color: #111; }
body, h1, h2, p, ul { margin: 0; padding: 0; }
ul { list-style: none; }
h1 { font-size: 15pt; line-height: 1.2; }
h2 { font-size: 11pt; margin: 2.4mm 0 0.6mm; }
.quiet { color: #444; font-size: 9pt; }
.top { display: flex; gap: 6mm; }
.top > div { flex: 1; }
.map { width: 84mm; height: 58mm; border: 0.3mm solid #111; }
.map text { font-family: "Noto Sans", "DejaVu Sans", sans-serif; fill: #1c2530; text-anchor: middle; }
.map g text { text-anchor: start; }
.evidence li { margin-top: 1mm; }
.fields { display: flex; flex-wrap: wrap; gap: 2mm 6mm; margin-top: 3mm; }
.fields span { border-bottom: 0.3mm solid #111; min-width: 46mm; padding-bottom: 0.5mm; }
.box { display: inline-block; width: 3.6mm; height: 3.6mm; border: 0.35mm solid #111; margin-right: 1.2mm; }
.ticks span { white-space: nowrap; margin-right: 5mm; }
p.ticks { margin-top: 2.2mm; }
p.ticks b { display: inline-block; min-width: 34mm; margin-right: 3mm; }
table { width: 100%; border-collapse: collapse; margin-top: 1mm; }
td, th { border-bottom: 0.25mm solid #777; padding: 1mm 2mm 0.8mm 0; text-align: left; }
td, th { vertical-align: top; }
th { font-weight: 600; }
td.ticks { width: 62mm; }
td.write { width: 58mm; }
.line { border-bottom: 0.3mm solid #111; height: 7mm; }
footer { margin-top: 2mm; font-size: 8.5pt; color: #444; }
"""


def review_sheet(
    texts: Catalogue,
    address: Address,
    ground: Ground,
    answer: ReviewsAnswer,
    *,
    language: str,
) -> bytes:
    """Return the sheet as PDF.

    Parameters
    ----------
    address
        What counts as evidence, and the place; without one a sheet is printed to write it on.
    answer
        The worklist, for what was reviewed here before.
    language
        The language that an address need not say.

    Raises
    ------
    MissingError
        ``no_place``.
    """
    page = sheet_page(texts, address, ground, answer, language=language)
    return write_pdf(set_pages(page))


def sheet_page(
    texts: Catalogue, address: Address, ground: Ground, answer: ReviewsAnswer, *, language: str
) -> str:
    """Return the sheet as HTML; parameters and what it raises as `review_sheet`."""
    place, place_id = None, address.place_id
    if place_id is not None:
        ground.place_position(place_id)
        ranking = rank_places(ground, address.selection)
        place = next(one for one in ranking.places if one.place_id == place_id)
    title = texts("review_sheet.title")
    body = tag(
        "body",
        _head(texts, address, ground, place, language=language),
        _circumstances(texts),
        _checklist(texts),
        _rest(texts),
        _before(texts, answer, place_id),
        tag("footer", texts("review_sheet.foot")),
    )
    head = join([tag("meta", charset="utf-8"), tag("title", title)])
    style = f"<head>{head}<style>{_STYLE}</style></head>"
    return f'<!DOCTYPE html><html lang="{address.language}">{style}{body}</html>'


def _head(
    texts: Catalogue, address: Address, ground: Ground, place: RankedPlace | None, *, language: str
) -> Markup:
    if place is None:
        return join([tag("h1", texts("review_sheet.title")), _fields([texts("review_sheet.place")])])
    item = ranked_item(texts, place, address, language=language)
    lines = [f"{bar.label}: {bar.count}, {bar.reading}" for bar in item.bars]
    lines += [f"{one[:1].upper()}{one[1:]}." for one in (item.why, item.window) if one]
    drawn = site_map(texts, ground, place_ids=[place.place_id], width_mm=84.0, height_mm=58.0)
    return tag(
        "div",
        tag(
            "div",
            tag("h1", item.name),
            tag("p", f"{texts('review_sheet.title')} · {item.kind}", class_="quiet"),
            tag("h2", texts("review_sheet.evidence")),
            tag("ul", [tag("li", line) for line in lines], class_="evidence"),
        ),
        tag("div", drawn),
        class_="top",
    )


def _circumstances(texts: Catalogue) -> Markup:
    return join(
        [
            _fields([texts("review.day"), texts("review_sheet.clock"), texts("review_sheet.names")]),
            _ticked(texts("review_form.light"), (texts(f"review.light.{one}") for one in Light)),
            _ticked(texts("review.parties"), (texts(f"party.{one}") for one in Party)),
            _ticked(texts("review.road_keeper"), (texts(f"review.keeper.{one}") for one in RoadKeeper)),
        ]
    )


def _checklist(texts: Catalogue) -> Markup:
    rows = [
        tag(
            "tr",
            tag(
                "th",
                texts(f"review.item.{item}"),
                tag("p", texts(f"review.look_for.{item}"), class_="quiet", style="font-weight:400"),
                scope="row",
            ),
            tag("td", _boxes(texts(f"review.verdict.{one}") for one in Verdict), class_="ticks"),
            tag("td", class_="write"),
        )
        for item in CATEGORY_OF
    ]
    head = tag(
        "tr",
        tag("th", texts("review_sheet.item"), scope="col"),
        tag("th", texts("review_sheet.verdict"), scope="col"),
        tag("th", texts("review_sheet.found"), scope="col"),
    )
    return join([tag("h2", texts("review.checklist")), tag("table", tag("thead", head), tag("tbody", rows))])


def _rest(texts: Catalogue) -> Markup:
    return join(
        [
            _ticked(texts("review_form.result"), (texts(f"review.result.{one}") for one in ReviewResult)),
            tag("h2", texts("review_sheet.measures")),
            [tag("p", class_="line") for _ in range(3)],
        ]
    )


def _before(texts: Catalogue, answer: ReviewsAnswer, place_id: int | None) -> Markup | None:
    here = [line for line in answer.reviews if any(one == place_id for one, _ in line.places)][:2]
    if not here:
        return None
    said = [
        " · ".join(
            filter(
                None,
                (
                    texts.form.day(line.day) if line.day else "",
                    ", ".join(texts(f"review.item.{item}") for item in line.lacks),
                    line.text,
                ),
            )
        )
        for line in here
    ]
    return join(
        [tag("h2", texts("review_sheet.before")), tag("ul", [tag("li", one) for one in said], class_="quiet")]
    )


def _fields(labels: Iterable[str]) -> Markup:
    return tag("p", [tag("span", f"{label}:") for label in labels], class_="fields")


def _ticked(label: str, choices: Iterable[str]) -> Markup:
    return tag("p", tag("b", label), _boxes(choices), class_="ticks")


def _boxes(choices: Iterable[str]) -> list[Markup]:
    return [tag("span", tag("i", class_="box"), choice) for choice in choices]
