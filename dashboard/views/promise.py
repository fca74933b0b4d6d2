"""What the page of one promise says: its text, each activity's rule and progress, log, action plan."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.access.actions import Action, may
from dashboard.views.action_plan import PlanRow, activity_names, plan_row
from dashboard.views.address import format_search
from dashboard.views.due_actions import CALENDAR_PATH
from dashboard.views.frame import NAVIGATION, Way
from dashboard.views.picture import problem_name
from dashboard.views.picture_page import PATH as PICTURE_PATH
from dashboard.views.promise_documents import DocumentsView, documents_view
from dashboard.views.promise_rule import responsible_words, rule_words, scope_words, target_words
from dashboard.views.promise_versions import version_words
from dashboard.views.promises import (
    ACTIVITY,
    CHANGE,
    NEW_ACTIVITY,
    PATH,
    MeasureLine,
    answer_words,
    measure_line,
    period_words,
    state_of,
)
from dashboard.views.work_log import LogRow, log_headings, log_row
from geodata.privacy import RULES
from geodata.promises.verdict import OTHER_WORK

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.address import Address
    from geodata.analyses.promises import ActivityAnswer, PromiseAnswer
    from geodata.analyses.saved_pictures import AnsweredProblem
    from geodata.privacy import Audience
    from geodata.promises.progress import Part
    from geodata.store.promise_documents import PromiseDocument

LOG_SHOWN = 100


@dataclass(frozen=True, slots=True)
class ActivityView:
    """One activity in words.

    Attributes
    ----------
    measures
        What each target says, and how it stands.
    by_place
        Place and how much of what counts was done there.
    tertials
        Period, what counts, what was logged; years below the tertials where there are several.
    headings, log
        The log as a table.
    """

    name: str
    text: str
    responsible: str
    rule: str
    measures: tuple[tuple[str, MeasureLine], ...]
    scope: tuple[str, ...]
    cannot: tuple[str, ...]
    checked: str
    elsewhere: str
    by_place: tuple[tuple[str, str], ...]
    tertials: tuple[tuple[str, str, str], ...]
    log_heading: str
    headings: tuple[str, ...]
    log: tuple[LogRow, ...]
    log_more: str
    to_change: Way | None


@dataclass(frozen=True, slots=True)
class PromiseView:
    """The page in words."""

    key: str
    version: int
    name: str
    answer: str
    state: str
    measured_on: str
    made_up: str
    text: str
    facts: tuple[tuple[str, str], ...]
    activities: tuple[ActivityView, ...]
    no_activities: str
    plan: tuple[PlanRow, ...]
    documents: DocumentsView
    versions_heading: str
    versions: tuple[tuple[str, tuple[str, ...]], ...]
    back: str
    to_effect: Way
    answers: tuple[Way, ...]
    to_change: Way | None
    to_new: Way | None
    to_calendar: Way | None
    may_plan: bool
    activity_choices: tuple[tuple[int, str], ...]


def promise_view(
    texts: Catalogue,
    address: Address,
    *,
    answer: PromiseAnswer,
    documents: Sequence[PromiseDocument] = (),
    answered: Sequence[AnsweredProblem] = (),
    today: date,
    language: str,
    by: str = "",
) -> PromiseView:
    """Say how one promise stands.

    Parameters
    ----------
    documents
        Those that the audience may know of.
    language
        The project's language, which the address need not say.
    by
        Who looks, and may withdraw what they logged; empty on paper.
    """
    promise, audience = answer.kept.promise, address.audience
    if promise.withdrawn and not RULES[audience].quotes:  # its name, and why it is gone
        promise = replace(promise, text="", signed=(), agreement="", source="", problem="")
        kept = replace(answer.kept, promise=promise)
        answer = replace(answer, kept=kept, activities=(), plan=())
    may_plan, search = may(audience, Action.PLAN_ACTIONS), format_search(address, language=language)

    def form(words: str, path: str) -> Way | None:
        keeps = may(audience, Action.KEEP_PROMISES)
        return Way(texts(f"promise_form.{words}"), f"{PATH}/{promise.key}{path}{search}") if keeps else None

    return PromiseView(
        key=promise.key,
        version=answer.kept.version,
        name=promise.name,
        answer=answer_words(texts, answer),
        state=state_of(answer),
        measured_on=texts("promises.measured_on", day=today),
        made_up=texts("promises.made_up") if promise.made_up else "",
        text=promise.text,
        facts=_facts(texts, answer),
        activities=tuple(
            _activity(
                texts,
                one,
                audience,
                form("change_rule", f"{ACTIVITY}/{one.progress.activity.key}"),
                by=by,
            )
            for one in answer.activities
        ),
        no_activities="" if answer.activities or promise.withdrawn else texts("promises.no_activities"),
        plan=tuple(
            plan_row(texts, item, today, activities=activity_names(answer), may_plan=may_plan)
            for item in answer.plan
        ),
        documents=documents_view(
            texts,
            documents,
            key=promise.key,
            search=search,
            staff=RULES[audience].quotes,
            may_keep=may(audience, Action.KEEP_PROMISES),
        ),
        versions_heading=texts("promise.versions", n=len(answer.versions)),
        versions=tuple(version_words(texts, one, places=dict(answer.places)) for one in answer.versions),
        back=f"{PATH}{search}",
        answers=tuple(_answered(texts, one, search) for one in answered),
        to_effect=Way(texts("promise.to_effect"), f"{NAVIGATION['effect']}{search}"),
        to_change=form("change_promise", CHANGE),
        to_new=None if promise.withdrawn else form("activity", NEW_ACTIVITY),
        to_calendar=Way(
            texts("action_due.calendar"),
            f"{CALENDAR_PATH}{search}{'&' if search else '?'}lofte={promise.key}",
        )
        if may_plan and answer.plan
        else None,
        may_plan=may_plan,
        activity_choices=tuple(activity_names(answer).items()),
    )


def _activity(
    texts: Catalogue, answer: ActivityAnswer, audience: Audience, to_change: Way | None, *, by: str
) -> ActivityView:
    stands = answer.progress
    activity = stands.activity
    return ActivityView(
        name=activity.name,
        text=activity.text,
        responsible=texts("promise.responsible", names=responsible_words(texts, activity.responsible)),
        rule=rule_words(texts, activity),
        measures=tuple(
            (_upper(target_words(texts, target, activity.scope)), measure_line(texts, measure))
            for target, measure in zip(activity.targets, stands.measures, strict=True)
        ),
        scope=scope_words(texts, activity.scope, places=dict(answer.places)),
        cannot=tuple(
            texts("promise.cannot", why=texts(f"cannot.{one.code}", **dict(one.values)))
            for one in stands.contradictions
        ),
        checked=_checked(texts, answer),
        elsewhere=_elsewhere(texts, answer, audience),
        by_place=tuple((name, texts.form.number(count)) for name, count in answer.by_place),
        tertials=tuple(
            _part(texts, one) for one in (*stands.tertials, *(stands.years if len(stands.years) > 1 else ()))
        ),
        log_heading=_log_heading(texts, answer, audience),
        headings=log_headings(texts, audience),
        log=tuple(log_row(texts, line, audience, by=by) for line in answer.lines[:LOG_SHOWN]),
        log_more=texts("promise.log_more", n=LOG_SHOWN) if len(answer.lines) > LOG_SHOWN else "",
        to_change=to_change,
    )


def _log_heading(texts: Catalogue, answer: ActivityAnswer, audience: Audience) -> str:
    if answer.lines:
        return texts("promise.log_heading", n=len(answer.lines))
    told = RULES[audience].quotes or answer.progress.activity.scope.complained_days is None
    return texts("promise.log_none" if told else "promise.log_withheld")


def _answered(texts: Catalogue, one: AnsweredProblem, search: str) -> Way:
    """Name a problem that the promise answers, and whether and where it was chosen."""
    words = texts("promise.answers_one", problem=problem_name(texts, one.problem), picture=one.name)
    if one.decision is not None and one.decision.chosen:
        values = {"meeting": one.decision.meeting, "on": one.decision.meeting_on}
        words = f"{words}, {texts('promise.answers_chosen', **values)}"
    return Way(words, f"{PICTURE_PATH}/{one.picture}{search}")


def _facts(texts: Catalogue, answer: PromiseAnswer) -> tuple[tuple[str, str], ...]:
    promise = answer.kept.promise
    signed = [
        one.by if one.on is None else texts("promise.signed_on", by=one.by, on=one.on)
        for one in promise.signed
    ]
    facts = (
        (texts("promise.focus"), promise.focus_area),
        (texts("promise.time"), period_words(texts, promise)),
        (texts("promise.problem"), promise.problem),
        (texts("promise.agreement"), promise.agreement),
        (texts("promise.published"), promise.source),
        (texts("promise.signed"), "; ".join(signed) or texts("promise.unsigned")),
    )
    return tuple((name, value) for name, value in facts if value)


def _part(texts: Catalogue, part: Part) -> tuple[str, str, str]:
    label = texts.form.period(part.period)
    if not part.whole:
        label = texts("promise.part", period=label)
    if not part.over:
        label = texts("promise.running", period=label)
    return label, texts.form.number(part.counted), texts.form.number(part.logged)


def _elsewhere(texts: Catalogue, answer: ActivityAnswer, audience: Audience) -> str:
    """Say how much was done otherwise than promised, and how; empty where all of it counts.

    Council and public are not told where it matters who has complained: that could be read out of it.
    """
    told = RULES[audience].quotes or answer.progress.activity.scope.complained_days is None
    work = [one for one in answer.progress.judged.verdicts if one.why not in OTHER_WORK]
    fell = Counter(one.why for one in work if not one.counts)
    if not told or not fell:
        return ""
    why = [
        texts("promise.elsewhere_one", n=n, why=texts(f"why.{reason}").rpartition(": ")[2])
        for reason, n in fell.most_common()
    ]
    return texts(
        "promise.elsewhere", n=len(work), counted=len(work) - fell.total(), why=texts.form.listing(why)
    )


def _checked(texts: Catalogue, answer: ActivityAnswer) -> str:
    if answer.checked is None:
        return ""
    if answer.reported is None:
        return texts("promise.checked_only", checked=answer.checked)
    return texts("promise.checked", checked=answer.checked, reported=answer.reported)


def _upper(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
