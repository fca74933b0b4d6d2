"""The survey's questions as they stand on paper and are keyed in: the project's own, else the usual ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.age_groups import group_codes
from geodata.codelists import RESPONDENTS
from geodata.said_when import ALWAYS
from geodata.schema import CATEGORIES, GROUP_OF
from geodata.sections import Survey

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.texts.catalogue import Catalogue
    from geodata.sections import Question

RESPONDENT, PLACE, PROBLEM, COMMENT, PROPOSAL = "respondent", "place", "category", "comment", "proposal"
WHEN, AGE = "said_when", "age_group"
"""What an answer holds; a question that is none of them is kept with the comment, under its own words."""

ROLE_OF_NAME = {
    "svarande": RESPONDENT,
    "plats": PLACE,
    "problem": PROBLEM,
    "kommentar": COMMENT,
    "atgardsforslag": PROPOSAL,
    "nar": WHEN,
    "aldersgrupp": AGE,
}
"""Names in ``[[survey.question]]`` that decide what is asked for."""

NOT_ASKED = frozenset({"traffic_accident", "traffic_other", "environment_other", "order_disturbance"})
"""Categories that records have and people are not asked to tick."""

ASKED_WHEN = (
    "weekday_morning",
    "weekday_daytime",
    "weekday_afternoon",
    "weekday_evening",
    "weekday_night",
    "weekend_daytime",
    "weekend_evening",
    "weekend_night",
    ALWAYS,
)
"""Parts of the week that people are asked to tick."""

USUAL = (RESPONDENT, AGE, PLACE, PROBLEM, WHEN, COMMENT, PROPOSAL)


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to answer: its number on paper, its words, and what it stands for."""

    number: int
    label: str
    code: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One question.

    Attributes
    ----------
    name
        Key of its field: a role of this file, or ``extra_<name>``.
    text
        Its words.
    choices
        The ways to answer; none where one writes.
    """

    name: str
    text: str
    choices: tuple[Choice, ...] = ()

    @property
    def is_extra(self) -> bool:
        """Whether it is the municipality's own and has no column."""
        return self.name.startswith("extra_")


@dataclass(frozen=True, slots=True)
class SurveyForm:
    """The whole survey."""

    title: str
    purpose: str
    privacy_notice: str
    questions: tuple[Asked, ...]

    def question(self, name: str) -> Asked | None:
        """Return the question with a name, if it is asked."""
        return next((one for one in self.questions if one.name == name), None)


def survey_form(texts: Catalogue, survey: Survey, *, municipality: str) -> SurveyForm:
    """Return the survey of a project in the words that it is laid out with.

    Parameters
    ----------
    municipality
        Whose survey it is, for the purpose and the privacy notice where the project has none of its own.
    """
    questions = tuple(_asked(texts, survey)) or tuple(_usual(texts, name, survey) for name in USUAL)
    return SurveyForm(
        title=texts("survey.title") if survey.title == Survey().title else survey.title,
        purpose=survey.purpose or texts("survey.purpose", name=municipality),
        privacy_notice=survey.privacy_notice or texts("survey.privacy_notice", name=municipality),
        questions=questions,
    )


def respondent_choices(texts: Catalogue) -> tuple[Choice, ...]:
    """Return the kinds of people who answer."""
    return _numbered((texts(f"respondent.{code}"), code) for code in RESPONDENTS)


def when_choices(texts: Catalogue) -> tuple[Choice, ...]:
    """Return the parts of the week that are asked for."""
    return _numbered((texts(f"said_part.{code}"), code) for code in ASKED_WHEN)


def age_choices(texts: Catalogue, survey: Survey) -> tuple[Choice, ...]:
    """Return the age groups of a project."""
    return _numbered((age_words(texts, code), code) for code in group_codes(survey.age_groups))


def age_words(texts: Catalogue, code: str) -> str:
    """Say an age group: ``15–24 år``, ``65 år och äldre``."""
    low, _, high = code.removesuffix("+").partition("-")
    if not high:
        return texts("age.over", low=int(low))
    return texts("age.under", high=int(high) + 1) if low == "0" else texts("age.between", low=low, high=high)


def _asked(texts: Catalogue, survey: Survey) -> Iterable[Asked]:
    taken: set[str] = set()
    for question in survey.questions:
        role = _role(question)
        if role is None or role in taken:
            choices = _numbered((label, label) for label in question.choices)
            yield Asked(f"extra_{question.name}", question.text, choices)
            continue
        taken.add(role)
        usual = _usual(texts, role, survey)
        own = _numbered(question.choices.items()) if role == PROBLEM else ()
        yield Asked(role, question.text, own or usual.choices)


def _role(question: Question) -> str | None:
    if question.kind == "place":
        return PLACE
    if question.kind == "choice" and question.choices and set(question.choices.values()) <= set(GROUP_OF):
        return PROBLEM
    role = ROLE_OF_NAME.get(question.name)
    ticks = role in {PROBLEM, RESPONDENT, WHEN, AGE}
    own_words = bool(question.choices)  # that stand for nothing we know
    return role if role and ticks == (question.kind == "choice") and not own_words else None


def _usual(texts: Catalogue, role: str, survey: Survey) -> Asked:
    choices: dict[str, tuple[Choice, ...]] = {
        RESPONDENT: respondent_choices(texts),
        AGE: age_choices(texts, survey),
        WHEN: when_choices(texts),
        PROBLEM: _numbered(
            (texts(f"category.{code}"), code)
            for codes in CATEGORIES.values()
            for code in codes
            if code not in NOT_ASKED
        ),
    }
    return Asked(role, texts(f"survey.question.{role}"), choices.get(role, ()))


def _numbered(pairs: Iterable[tuple[str, str]]) -> tuple[Choice, ...]:
    return tuple(Choice(number, label, code) for number, (label, code) in enumerate(pairs, start=1))
