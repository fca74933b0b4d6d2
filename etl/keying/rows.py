"""Keyed rounds and answers as rows of their files: the headings, and what stands under each."""

from __future__ import annotations

from datetime import date

from etl.keying.answers import Batch, KeyedAnswer, category_words, codes_of, respondent_words, when_words
from etl.said_words import fold, said_parts

Row = dict[str, str]

ANSWER_HEADINGS = (
    "Omgång",
    "Nr",
    "Insamlingsplats",
    "Insamlingsdatum",
    "Svarande",
    "Plats",
    "Latitud",
    "Longitud",
    "Problem",
    "Kommentar",
    "Åtgärdsförslag",
    "När",
    "Åldersgrupp",
)
LATER_HEADINGS = frozenset({"När", "Åldersgrupp"})
"""Headings that files lack which were keyed before they were asked for."""
BATCH_HEADINGS = ("Omgång", "Insamlingsplats", "Datum", "Utdelade", "Inlämnade", "Svarande")


def batch_row(batch: Batch) -> Row:
    """Write a round as a row."""
    cells = (
        batch.batch,
        batch.collected_at,
        batch.collected_on.isoformat(),
        "" if batch.handed_out is None else str(batch.handed_out),
        "" if batch.returned is None else str(batch.returned),
        respondent_words().get(batch.respondent, ""),
    )
    return dict(zip(BATCH_HEADINGS, cells, strict=True))


def answer_row(batch: Batch, answer: KeyedAnswer, number: int) -> Row:
    """Write an answer as a row; place and day are those of its round."""
    cells = (
        batch.batch,
        str(number),
        batch.collected_at,
        batch.collected_on.isoformat(),
        respondent_words().get(answer.respondent or batch.respondent, ""),
        answer.place,
        _written(answer.latitude),
        _written(answer.longitude),
        category_words().get(answer.category, ""),
        answer.comment,
        answer.proposal,
        when_words().get(answer.said_when, answer.said_when),
        _years(answer.age_group),
    )
    return dict(zip(ANSWER_HEADINGS, cells, strict=True))


def to_batch(row: Row, *, keyed: int) -> Batch:
    """Read a round from its row.

    Raises
    ------
    ValueError
        When the day or a count can't be read.
    """
    return Batch(
        batch=row["Omgång"],
        collected_at=row["Insamlingsplats"],
        collected_on=date.fromisoformat(row["Datum"]),
        handed_out=int(row["Utdelade"]) if row["Utdelade"] else None,
        returned=int(row["Inlämnade"]) if row["Inlämnade"] else None,
        respondent=codes_of("respondent").get(row["Svarande"].casefold(), ""),
        keyed=keyed,
    )


def to_answer(row: Row) -> KeyedAnswer:
    """Read an answer from its row; what a person wrote into the file by hand and can't be read is empty."""
    return KeyedAnswer(
        batch=row["Omgång"],
        respondent=codes_of("respondent").get(row["Svarande"].casefold(), ""),
        place=row["Plats"],
        longitude=_degrees(row["Longitud"]),
        latitude=_degrees(row["Latitud"]),
        category=codes_of("category").get(row["Problem"].casefold(), ""),
        comment=row["Kommentar"],
        proposal=row["Åtgärdsförslag"],
        number=int(row["Nr"]) if row["Nr"].isdecimal() else 0,
        said_when=said_parts(row["När"], _own_when()) or "",
        age_group=row["Åldersgrupp"].removesuffix(" år"),
    )


def _own_when() -> dict[str, str]:
    return {fold(word): code for code, word in when_words().items()}


def _years(age_group: str) -> str:
    """Write an age group so that no spreadsheet takes it for a day."""
    return f"{age_group} år" if age_group else ""


def _written(degrees: float | None) -> str:
    """Write degrees with a decimal comma, as the spreadsheets that these files are opened in do."""
    return "" if degrees is None else f"{degrees:.6f}".replace(".", ",")


def _degrees(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None
