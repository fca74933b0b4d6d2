"""The patrol sheet: one page of A4 as PDF, or one file for a telephone; nothing is fetched from anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from dashboard.components.markup import join, tag
from dashboard.print.patrol_map import overview_map, stop_map
from dashboard.print.patrol_style import PAPER, SCREEN, SHARED
from dashboard.print.pdf import set_pages, write_pdf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.patrol_sheet import SheetView, StopView
    from geodata.analyses.ground import Ground

SCREEN_MAP = (100.0, 86.0)


@dataclass(frozen=True, slots=True)
class _Density:
    """How much room a sheet takes: maps in millimetres (None for no map), letters in points.

    Attributes
    ----------
    beside
        Whether a stop's map stands beside its words, and not above them.
    tight
        Whether sentences follow on each other, and one line is there to write on.
    """

    overview: tuple[float, float] | None
    close: tuple[float, float] | None
    letters: float
    columns: int = 1
    beside: bool = False
    tight: bool = False


_DENSITIES = (
    (1, _Density(None, (182.0, 126.0), 11.5, columns=2)),
    (1, _Density(None, (182.0, 100.0), 10.0, columns=2)),
    (3, _Density((182.0, 56.0), (66.0, 46.0), 9.0, beside=True)),
    (4, _Density((182.0, 42.0), (52.0, 34.0), 8.5, beside=True, tight=True)),
    (6, _Density((182.0, 52.0), None, 9.0, tight=True)),
    (7, _Density((182.0, 38.0), None, 8.5, tight=True)),
    (99, _Density((182.0, 34.0), None, 8.0, tight=True)),
)
"""How many stops a density is tried for, from roomy to tight. The first that fits on one page is taken; the
last holds where none does."""


def sheet_html(texts: Catalogue, opened: Ground, views: Sequence[SheetView]) -> str:
    """Return the sheets of some passes as one HTML file, which opens from disk, in the dark too."""
    return _document(texts, views, SHARED + SCREEN, [_on_screen(texts, opened, view) for view in views])


def sheet_pdf(texts: Catalogue, opened: Ground, views: Sequence[SheetView]) -> bytes:
    """Return the sheets of some passes as PDF: tagged, titled, PDF/UA-1.

    A pass has one page, where it can be read at all on one.

    Raises
    ------
    MissingError
        ``pango_missing`` on a machine without the library that sets its letters.
    """
    style = SHARED + PAPER.replace("var(--page)", f'"{texts("sheet.page_word")} "')

    def lay(bodies: Sequence[Markup]) -> Any:
        return set_pages(_document(texts, views, style, bodies))

    sheets, laid = [], None
    for view in views:
        for density in (one for most, one in _DENSITIES if len(view.stops) <= most):
            sheet = _on_paper(texts, opened, view, density)
            laid = lay([sheet])
            if len(laid.pages) == 1:
                break
        sheets.append(sheet)
    return write_pdf(laid if len(sheets) == 1 and laid is not None else lay(sheets))


def _on_screen(texts: Catalogue, opened: Ground, view: SheetView) -> Markup:
    drawn = overview_map(texts, opened, view.stops, size=SCREEN_MAP) if len(view.stops) > 1 else None
    stops = (
        _stop_on_screen(texts, stop, stop_map(texts, opened, stop, size=SCREEN_MAP)) for stop in view.stops
    )
    return tag("article", _head(view), drawn, stops, _foot(view), class_="sheet")


def _on_paper(texts: Catalogue, opened: Ground, view: SheetView, density: _Density) -> Markup:
    body: list[Markup] = [_head(view), _foot(view)]
    if len(view.stops) > 1 and density.overview is not None:
        drawn = _sized(overview_map(texts, opened, view.stops, size=density.overview), density.overview)
        body.append(tag("div", drawn, class_="overview"))
    for stop in view.stops:
        close = None
        if density.close is not None:
            close = _sized(stop_map(texts, opened, stop, size=density.close), density.close)
        body.append(_stop_on_paper(texts, stop, close, density, cars=view.cars))
    looks = "sheet two" if density.columns > 1 else "sheet"
    return tag("article", body, class_=looks, style=f"font-size:{density.letters}pt")


def _sized(drawn: Markup, size: tuple[float, float]) -> Markup:
    width, height = size
    return Markup(str(drawn).replace("<svg ", f'<svg style="width:{width}mm;height:{height}mm" ', 1))  # noqa: S704


def _head(view: SheetView) -> Markup:
    return tag(
        "header",
        tag("h1", view.title),
        tag("p", f"{view.who} · {view.span}"),
        tag("p", view.secrecy, class_="secrecy"),
    )


def _foot(view: SheetView) -> Markup:
    return tag("p", " · ".join(filter(None, [view.made, view.sources])), class_="foot")


def _stop_on_paper(
    texts: Catalogue, stop: StopView, drawn: Markup | None, density: _Density, *, cars: Sequence[str]
) -> Markup:
    heading, lead = _heading(stop), _lead(stop)
    parts = tag("div", _parts(texts, stop, tight=density.tight, beside=density.beside), class_="parts")
    write = _write(texts, cars, tight=density.tight)
    if density.beside:
        aside = tag("div", drawn, tag("div", heading, lead, parts), class_="beside")
        return tag("section", aside, write, class_="stop")
    legend = None if drawn is None else _legend(texts)
    return tag("section", heading, lead, drawn, legend, parts, write, class_="stop")


def _stop_on_screen(texts: Catalogue, stop: StopView, drawn: Markup) -> Markup:
    inside = [_heading(stop), _lead(stop), drawn, _legend(texts), _way(texts, stop)]
    return tag("section", inside, _parts(texts, stop, tight=False, beside=False), class_="stop")


def _heading(stop: StopView) -> Markup:
    number = tag("span", str(stop.number), class_="number")
    return tag("h2", number, f"{stop.time} {stop.what}, {stop.place}")


def _lead(stop: StopView) -> Markup:
    return tag("p", tag("b", f"{stop.how}. {stop.stand}."), " ", stop.safe, class_="lead")


def _parts(texts: Catalogue, stop: StopView, *, tight: bool, beside: bool) -> list[Markup]:
    parts = [
        (texts("sheet.look_for"), stop.look_for),
        (texts("sheet.said_heading"), (stop.said,)),
        (texts("sheet.promised"), stop.promised),
        (texts("sheet.why"), stop.why),
    ]
    known = [(name, lines) for name, lines in parts if lines]
    if tight and not beside:  # without maps the stops are many: their sentences run on
        return [tag("p", ([tag("b", name), f" {' '.join(lines)} "] for name, lines in known), class_="part")]
    if tight:
        return [tag("p", tag("b", name), " ", " ".join(lines), class_="part") for name, lines in known]
    return [
        tag("div", tag("h3", name), (tag("p", line) for line in lines), class_="part")
        for name, lines in known
    ]


def _legend(texts: Catalogue) -> Markup:
    return tag(
        "p",
        tag("span", tag("span", class_="key stretch"), texts("sheet.legend_stretch")),
        tag("span", tag("span", "P", class_="key safe"), texts("sheet.legend_safe")),
        tag("span", tag("span", class_="key place"), texts("sheet.legend_place")),
        class_="legend",
    )


def _write(texts: Catalogue, cars: Sequence[str], *, tight: bool) -> Markup:
    ticks = [tag("span", tag("b"), car) for car in cars]
    counts = [tag("span", texts(f"sheet.{name}"), tag("i")) for name in ("done_at", "checked", "reported")]
    company = tag("span", texts("sheet.with"), tag("i", class_="long"))
    if tight:
        return tag("div", tag("p", counts, ticks), class_="write tight")
    note = tag("span", texts("sheet.note"), tag("i", class_="whole"))
    return tag("div", tag("p", counts, ticks), tag("p", company, note), class_="write")


def _way(texts: Catalogue, stop: StopView) -> Markup:
    """Open the stop in the telephone's own map: nothing is asked before the person does."""
    where = f"geo:{stop.stop.lat:.5f},{stop.stop.lon:.5f}?q={stop.stop.lat:.5f},{stop.stop.lon:.5f}"
    return tag("p", tag("a", texts("sheet.to_map"), href=where, class_="way"))


def _document(texts: Catalogue, views: Sequence[SheetView], style: str, body: Sequence[Markup]) -> str:
    head = join(
        [
            tag("meta", charset="utf-8"),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("meta", name="color-scheme", content="light dark"),
            tag("title", f"{views[0].title}, {views[0].party}"),
        ]
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{texts.language}">\n<head>{head}<style>{style}</style></head>\n'
        f"{tag('body', tag('main', body))}\n</html>\n"
    )
