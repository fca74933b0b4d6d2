"""Who has been heard, in words: which parts of the municipality little is heard about, where was asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.heard import HeardAnswer, PartHeard

NAMED = 3
"""Parts that the sentence names at most."""


@dataclass(frozen=True, slots=True)
class Figures:
    """A table: headings, and rows of cells, the first of which names the row."""

    heading: str
    notes: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class HeardView:
    """The page in words; a table without rows is not shown."""

    sentence: str
    basis: tuple[str, ...]
    cautions: tuple[str, ...]
    parts: Figures
    themes: Figures
    collected: Figures


def heard_view(texts: Catalogue, answer: HeardAnswer) -> HeardView:
    """Say an answer."""
    said = []
    if answer.placed is not None and answer.answers is not None:
        said.append(texts("heard.basis", placed=answer.placed, answers=answer.answers))
    if answer.division is not None:
        said.append(texts(f"heard.{answer.division}"))
    if answer.answers is None:
        said.append(texts("evidence.rounded"))
    merged = any(len(part.names) > 1 for part in answer.parts)
    return HeardView(
        sentence=_sentence(texts, answer),
        basis=tuple(said),
        cautions=(
            texts("heard.about" if answer.division else "heard.nothing_why"),
            *((texts("heard.merged"),) if merged else ()),
        ),
        parts=Figures(
            "",
            (),
            tuple(texts(f"heard.{name}") for name in ("part", "residents", "answers", "compared")),
            tuple(_row(texts, part) for part in answer.parts),
        ),
        themes=Figures(
            texts("heard.themes_heading"),
            (
                texts("heard.themes_note"),
                *((texts("heard.themes_bear", n=answer.bears),) if answer.bears else ()),
            ),
            tuple(texts(f"heard.{name}") for name in ("theme", "plain", "weighted")),
            tuple(
                (
                    texts(f"group.{theme.group}"),
                    texts.form.share(theme.plain),
                    texts.form.share(theme.weighted),
                )
                for theme in answer.themes
            ),
        ),
        collected=Figures(
            texts("heard.collected_heading"),
            (texts("heard.collected_note" if answer.collected else "heard.collected_none"),),
            (texts("heard.place"), texts("heard.answers")),
            tuple((name, texts.form.number(count)) for name, count in answer.collected),
        ),
    )


def _sentence(texts: Catalogue, answer: HeardAnswer) -> str:
    if answer.division is None or not answer.parts:
        return texts("heard.nothing")
    less = [part for part in answer.parts if part.heard == "less"]
    if not less:
        return texts("heard.even")
    names = texts.form.listing([name for part in less for name in part.names][:NAMED])
    told = less if sum(len(part.names) for part in less) <= NAMED else []
    key = "less_districts" if answer.division == "districts" else "less"
    total = sum(part.answers or 0 for part in answer.parts)
    if not told or any(part.low is None for part in told) or not total:
        return texts(f"heard.{key}_open", names=names)
    return texts(
        f"heard.{key}",
        names=names,
        residents=sum(part.residents for part in told) / sum(part.residents for part in answer.parts),
        answers=sum(part.answers or 0 for part in told) / total,
    )


def _row(texts: Catalogue, part: PartHeard) -> tuple[str, ...]:
    words = texts(f"heard.word.{part.heard}")
    if part.low is not None and part.high is not None:
        words = texts("heard.range", words=words, range=texts.form.span(part.low, part.high, decimals=1))
    return (
        texts.form.listing(part.names),
        texts.form.number(part.residents),
        texts("evidence.withheld_short") if part.answers is None else texts.form.number(part.answers),
        words,
    )
