"""The page where answers are keyed in: the round, how far it has come, the fields, the latest answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.views.address import format_search
from dashboard.views.frame import Way
from dashboard.views.survey import ASKED_WHEN, RESPONDENT, age_words, respondent_choices, survey_form
from etl.pipeline import mask_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.address import Address
    from dashboard.views.survey import Asked, Choice
    from etl.pipeline import Batch, KeyedAnswer
    from geodata.project import Project

PATH = "/inmatning"
TEMPLATE_PATH = "/inmatning/mall.csv"
LATEST = 8
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class LatestAnswer:
    """One answer that is keyed: its number, what it says in a line, and its fields, to correct it."""

    number: int
    line: str
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class BatchFields:
    """What the form of a round holds."""

    batch: str
    collected_at: str
    collected_on: str
    handed_out: str
    returned: str
    respondent: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class EntryView:
    """The page in words.

    Attributes
    ----------
    batch
        The code of the round that is keyed; None before one is chosen.
    batches
        The rounds, the latest first; the first way opens a new one.
    share
        How much of what was returned is keyed, 0 to 1; None where nobody counted.
    lines_to_add
        What the project file lacks so that the answers are imported; empty when it lacks nothing.
    """

    sentence: str
    basis: str
    batch: str | None
    batches: tuple[Way, ...]
    fields: BatchFields
    respondents: tuple[Choice, ...]
    questions: tuple[Asked, ...]
    latest: tuple[LatestAnswer, ...]
    share: float | None
    lines_to_add: str


def entry_view(
    texts: Catalogue,
    address: Address,
    *,
    project: Project,
    batches: Sequence[Batch],
    answers: Sequence[KeyedAnswer],
    missing: Sequence[tuple[str, str, str]],
    today: date,
) -> EntryView:
    """Say what the page says.

    Parameters
    ----------
    answers
        Those of the round that the address names.
    missing
        Name, mapping and file pattern of the sources that the project file lacks.
    """
    language = project.municipality.language
    batch = next((one for one in batches if one.batch == address.batch), None)

    def way(code: str | None) -> str:
        return f"{PATH}{format_search(replace(address, batch=code), language=language)}"

    form = survey_form(texts, project.survey, municipality=project.municipality.name)
    fixed = batch is not None and bool(batch.respondent)
    questions = tuple(one for one in form.questions if not (fixed and one.name == RESPONDENT))
    return EntryView(
        sentence=_sentence(texts, batch),
        basis=_basis(texts, batch),
        batch=None if batch is None else batch.batch,
        batches=(
            Way(texts("entry.new_batch"), way(None), batch is None),
            *(Way(batch_label(texts, one), way(one.batch), one == batch) for one in batches),
        ),
        fields=_fields(batch, batches, today),
        respondents=respondent_choices(texts),
        questions=questions,
        latest=tuple(latest(texts, answer) for answer in reversed(answers[-LATEST:])),
        share=_share(batch),
        lines_to_add="\n\n".join(source_lines(*one) for one in missing),
    )


def source_lines(name: str, mapping: str, pattern: str) -> str:
    """Return the lines of a project file that make a source."""
    return f'[[source]]\nname = "{name}"\nmapping = "{mapping}"\nfiles = ["{pattern}"]'


def batch_label(texts: Catalogue, batch: Batch) -> str:
    """Say a round in a few words: code, place, day."""
    return f"{batch.batch} · {batch.collected_at} · {texts.form.day(batch.collected_on)}"


def latest(texts: Catalogue, answer: KeyedAnswer) -> LatestAnswer:
    """Say an answer in one line; nothing in it that it does not hold.

    What people wrote stands masked as an import would mask it. To correct an answer its own words are needed:
    they come back into the fields when somebody asks for that.
    """
    parts = [
        texts(f"category.{answer.category}") if answer.category else "",
        mask_text(answer.place),
        texts("entry.pointed") if answer.longitude is not None else "",
        mask_text(answer.comment),
        mask_text(answer.proposal),
        said_when_words(texts, answer.said_when),
        texts(f"respondent.{answer.respondent}") if answer.respondent else "",
        age_words(texts, answer.age_group) if answer.age_group else "",
    ]
    degrees = (answer.longitude, answer.latitude)
    lon, lat = ("" if one is None else f"{one:.6f}" for one in degrees)
    return LatestAnswer(
        number=answer.number,
        line=" · ".join(part for part in parts if part),
        fields={
            "number": str(answer.number),
            "respondent": texts(f"respondent.{answer.respondent}") if answer.respondent else "",
            "place": answer.place,
            "longitude": lon,
            "latitude": lat,
            "category": texts(f"category.{answer.category}") if answer.category else "",
            "comment": answer.comment,
            "proposal": answer.proposal,
            "said_when": said_when_words(texts, answer.said_when),
            "age_group": age_words(texts, answer.age_group) if answer.age_group else "",
        },
    )


def said_when_words(texts: Catalogue, said_when: str) -> str:
    """Say a part of the week that is asked for by its words; any other as it is kept."""
    return texts(f"said_part.{said_when}") if said_when in ASKED_WHEN else said_when


def _sentence(texts: Catalogue, batch: Batch | None) -> str:
    if batch is None:
        return texts("entry.sentence_start")
    if batch.returned is None:
        return texts("entry.sentence", n=batch.keyed, batch=batch.batch)
    return texts("entry.sentence_of", n=batch.returned, keyed=batch.keyed, batch=batch.batch)


def _basis(texts: Catalogue, batch: Batch | None) -> str:
    if batch is None:
        return texts("entry.basis_start")
    said = [texts("entry.collected", place=batch.collected_at, day=batch.collected_on)]
    if batch.handed_out is not None and batch.returned is not None:
        said.append(texts("entry.returned", n=batch.returned, of=batch.handed_out))
    if batch.respondent:
        said.append(texts("entry.all_are", who=texts(f"respondent.{batch.respondent}")))
    return " ".join(said)


def _share(batch: Batch | None) -> float | None:
    if batch is None or not batch.returned:
        return None
    return min(1.0, batch.keyed / batch.returned)


def _fields(batch: Batch | None, batches: Sequence[Batch], today: date) -> BatchFields:
    if batch is None:
        return BatchFields(proposed_code(batches, today), "", today.isoformat(), "", "", "", is_new=True)
    return BatchFields(
        batch=batch.batch,
        collected_at=batch.collected_at,
        collected_on=batch.collected_on.isoformat(),
        handed_out="" if batch.handed_out is None else str(batch.handed_out),
        returned="" if batch.returned is None else str(batch.returned),
        respondent=batch.respondent,
        is_new=False,
    )


def proposed_code(batches: Sequence[Batch], today: date) -> str:
    """Propose the code of a new round: the day, and the first letter that is free."""
    taken = {batch.batch for batch in batches}
    codes = (f"{today:%y%m%d}-{letter}" for letter in _LETTERS)
    return next((code for code in codes if code not in taken), "")
