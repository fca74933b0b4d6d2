"""The import's account on the page: what was read, as the sum of what became of it, file by file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.markup import join, tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markupsafe import Markup

    from dashboard.components.markup import Child
    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.sources import FileAccount, SourcesView


def account_lead(view: SourcesView) -> Markup:
    """Write what the account comes to, as the page's first sentence."""
    return tag("section", tag("h1", view.sentence), tag("p", view.basis, class_="basis"), class_="lead")


def account(texts: Catalogue, view: SourcesView) -> Markup:
    """Write the account, below its first sentence."""
    files = [_file(texts, file) for file in view.files]
    return join(
        [
            _stopped(texts, view),
            _section(
                texts("sources.files_heading"),
                [
                    _download_all(texts, view),
                    files or tag("p", view.files_empty, class_="empty"),
                ],
            ),
            _section(texts("sources.freshness_heading"), _freshness(texts, view)),
            _section(texts("sources.area_heading"), [tag("p", view.area_note), _areas(texts, view)]),
            _attribution(texts, view),
        ]
    )


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Sequence[int] = ()) -> Markup:
    """Write a table that folds on a phone; the columns in `numbers` are set to the right."""

    def look(at: int) -> str | None:
        return "number" if at in numbers else None

    head = (tag("th", heading, scope="col", class_=look(at)) for at, heading in enumerate(headings))
    body = (
        tag("tr", (tag("td", cell, class_=look(at), data_label=headings[at]) for at, cell in enumerate(row)))
        for row in rows
    )
    return tag("table", tag("thead", tag("tr", head)), tag("tbody", body), class_="figures folds")


def _section(heading: str, inside: Child) -> Markup:
    return tag("section", tag("h2", heading), inside)


def _stopped(texts: Catalogue, view: SourcesView) -> Markup | None:
    if not view.stopped:
        return None
    return tag(
        "section",
        tag("h2", texts("sources.stopped_heading")),
        tag("p", texts("sources.stopped_note")),
        tag(
            "ul",
            (tag("li", tag("strong", file.name), tag("span", file.stopped)) for file in view.stopped),
            class_="stopped",
        ),
        class_="alert",
    )


def _download_all(texts: Catalogue, view: SourcesView) -> Markup | None:
    if view.download_all is None:
        return None
    link = tag("a", texts("sources.download_all"), href=view.download_all, class_="button", download=True)
    return tag("p", link, tag("span", texts("sources.mend_note"), class_="small"), class_="download-all")


def _file(texts: Catalogue, file: FileAccount) -> Markup:
    shares = (
        tag("span", class_=f"fate {fate.code}", style=f"width:{100 * fate.share:.2f}%")
        for fate in file.fates
        if fate.share > 0
    )
    summary = tag(
        "summary",
        tag("span", tag("strong", file.source), tag("span", file.name, class_="small"), class_="who"),
        tag("span", file.sum_line, class_="sum"),
        tag("div", shares, class_="fates", aria_hidden="true"),
    )
    return tag("details", summary, tag("div", _inside(texts, file), class_="file-inside"), class_="file")


def _inside(texts: Catalogue, file: FileAccount) -> Markup:
    inside: list[Markup] = []
    if file.said:
        inside += [
            tag("h3", texts("sources.said_heading")),
            tag("ul", (tag("li", line) for line in file.said)),
        ]
    if file.reasons:
        inside += [
            tag("h3", texts("sources.rejected_heading")),
            tag("ul", (tag("li", reason) for reason in file.reasons)),
        ]
    if file.rejected:
        headings = [texts(f"sources.column.{name}") for name in ("row", "column", "value", "reason")]
        inside.append(table(headings, file.rejected, numbers=(0,)))
    if file.rejected_more:
        inside.append(tag("p", file.rejected_more, class_="small"))
    if file.download:
        inside.append(tag("a", texts("sources.download"), href=file.download, class_="button", download=True))
    return join(inside)


def _freshness(texts: Catalogue, view: SourcesView) -> Markup:
    headings = [texts(f"sources.column.{name}") for name in ("source", "count", "first", "last", "age")]
    rows = ((row.source, row.count, row.first, row.last, row.age) for row in view.freshness)
    note = tag("p", texts("sources.freshness_note"), class_="small")
    return join([note, table(headings, rows, numbers=(1, 4))])


def _areas(texts: Catalogue, view: SourcesView) -> Markup:
    if not view.area_counts:
        return tag("p", texts("sources.area_none"), class_="empty")
    headings = [texts(f"sources.column.{name}") for name in ("area", "category", "count")]
    return table(headings, view.area_counts, numbers=(2,))


def _attribution(texts: Catalogue, view: SourcesView) -> Markup | None:
    if not view.attribution:
        return None
    names = tag("ul", (tag("li", name) for name in view.attribution))
    return _section(texts("sources.attribution_heading"), names)
