"""Who has been heard, in words: which parts of the municipality little is heard about, where was asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.views.survey import age_words

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
    ages: Figures
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
    merged = any(len(part.names) > 1 for part in (*answer.parts, *answer.ages))
    by_age = answer.weighted_by == "part_and_age"
    return HeardView(
        sentence=" ".join(filter(None, (_sentence(texts, answer), _less_ages(texts, answer)))),
        basis=tuple(said),
        cautions=(
            texts("heard.about" if answer.division else "heard.nothing_why"),
            *((texts("heard.ages_none"),) if not answer.ages else ()),
            *((texts("heard.merged"),) if merged else ()),
        ),
        parts=Figures(
            "",
            (),
            tuple(texts(f"heard.{name}") for name in ("part", "residents", "answers", "compared")),
            tuple(_row(texts, part) for part in answer.parts),
        ),
        ages=_ages(texts, answer),
        themes=Figures(
            texts("heard.themes_heading_ages" if by_age else "heard.themes_heading"),
            (
                texts("heard.themes_note_ages" if by_age else "heard.themes_note"),
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
        return "" if answer.ages else texts("heard.nothing")
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


def _less_ages(texts: Catalogue, answer: HeardAnswer) -> str:
    """Say which ages are heard less than they are many; empty where none is."""
    less = [part for part in answer.ages if part.heard == "less"]
    if not less:
        return texts("heard.even_ages") if answer.ages and not answer.parts else ""
    return texts(
        "heard.less_ages", ages=texts.form.listing([age_span(texts, part.names).lower() for part in less])
    )


def _ages(texts: Catalogue, answer: HeardAnswer) -> Figures:
    """Say each age group, those put together as one."""
    if not answer.ages:
        return Figures("", (), (), ())
    note = [texts("heard.ages_note")]
    if answer.aged is not None and answer.answers:
        note.append(texts("heard.ages_basis", aged=answer.aged, answers=answer.answers))
    return Figures(
        texts("heard.ages_heading"),
        tuple(note),
        tuple(texts(f"heard.{name}") for name in ("age", "residents", "answers", "compared")),
        tuple((age_span(texts, part.names), *_row(texts, part)[1:]) for part in answer.ages),
    )


def age_span(texts: Catalogue, codes: tuple[str, ...]) -> str:
    """Say age groups that follow one another as one: ``Under 25 år``."""
    low, high = codes[0].removesuffix("+").partition("-")[0], codes[-1].partition("-")[2]
    return age_words(texts, f"{low}-{high}" if high else f"{low}+")


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
