"""A promise's rule in plain words: what is to be reached, and what counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geodata.promises.scope import WEEKDAYS, Days

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from dashboard.texts.catalogue import Catalogue
    from geodata.promises.promise import Activity, Responsible
    from geodata.promises.scope import Hours, Scope
    from geodata.promises.targets.balance import Balance
    from geodata.promises.targets.count import Count
    from geodata.promises.targets.document import Document
    from geodata.promises.targets.each import Each
    from geodata.promises.targets.kinds import Target
    from geodata.promises.targets.part import Part
    from geodata.promises.targets.preference import Preference
    from geodata.promises.targets.presence import Presence
    from geodata.promises.targets.rate import Rate
    from geodata.promises.targets.unmeasured import NoNumber, Way


def target_words(texts: Catalogue, target: Target, scope: Scope) -> str:
    """Say what is to be reached."""
    return _TARGET_WORDS[target.kind](texts, target, scope)


def rule_words(texts: Catalogue, activity: Activity) -> str:
    """Say all that an activity is to reach, as one sentence."""
    said = "; ".join(target_words(texts, one, activity.scope) for one in activity.targets)
    return f"{said[:1].upper()}{said[1:]}."


def scope_words(texts: Catalogue, scope: Scope, *, places: Mapping[int, str]) -> tuple[str, ...]:
    """Say what counts, a sentence for each thing that the rule asks about."""
    said = [
        texts(
            "promise_scope.kinds",
            kinds=listing(texts, (texts(f"activity_kind.{one}") for one in scope.kinds)),
        )
        if scope.kinds
        else texts("promise_scope.named")
    ]
    if scope.parties:
        names = listing(texts, (texts(f"party.{one}") for one in scope.parties))
        said.append(texts("promise_scope.parties", parties=names))
    if scope.joint:
        said.append(texts("promise_scope.joint"))
    said += [*_place_words(texts, scope, places), *_day_words(texts, scope)]
    if scope.hours:
        said.append(texts("promise_scope.hours", hours=hours_words(texts, scope.hours)))
    if scope.months:
        names = listing(texts, (texts.form.months[month - 1] for month in scope.months), lower=False)
        said.append(texts("promise_scope.months", months=names))
    return tuple(said)


def responsible_words(texts: Catalogue, responsible: Iterable[Responsible]) -> str:
    """Name who is responsible: polisen och kommunen (kultur- och fritidsförvaltningen)."""
    names = []
    for one in responsible:
        party = texts(f"party.{one.party}").lower()
        names.append(texts("promise.responsible_named", party=party, name=one.name) if one.name else party)
    return texts.form.listing(names)


def hours_words(texts: Catalogue, hours: Iterable[Hours]) -> str:
    """Say hours of the day: skolstart, lunch och skolslut; fredag och lördag kl. 22.00–03.00."""
    return texts.form.listing([_hours(texts, one) for one in hours])


def listing(texts: Catalogue, names: Iterable[str], *, lower: bool = True) -> str:
    """Write several words one after another, small letters in the middle of a sentence."""
    found = [name.lower() if lower else name for name in names]
    return texts.form.listing(found) if found else ""


def _hours(texts: Catalogue, hours: Hours) -> str:
    if hours.at is not None:
        return texts(f"school_hour.{hours.at}")
    values = {"start": texts.form.time(hours.start or ""), "end": texts.form.time(hours.end or "")}
    if not hours.weekdays:
        return texts("promise_scope.hours_clock", **values)
    days = texts.form.week_part([WEEKDAYS.index(day) for day in hours.weekdays])
    return texts("promise_scope.hours_clock_on", days=days, **values)


def _place_words(texts: Catalogue, scope: Scope, places: Mapping[int, str]) -> list[str]:
    said = []
    if scope.places:
        names = [places.get(one, str(one)) for one in scope.places]
        said.append(texts("promise_scope.places", places=texts.form.listing(names)))
    if scope.place_kinds:
        kinds = listing(texts, (texts(f"kinds.{one}") for one in scope.place_kinds))
        said.append(texts("promise_scope.place_kinds", kinds=kinds))
    if scope.complained_days is not None and scope.complained_about:
        about = listing(texts, (_about(texts, one) for one in scope.complained_about))
        said.append(texts("promise_scope.complained_about", n=scope.complained_days, about=about))
    elif scope.complained_days is not None:
        said.append(texts("promise_scope.complained", n=scope.complained_days))
    if scope.asks_for_place:
        said.append(texts("promise_scope.border", border_m=scope.border_m))
    return said


def _day_words(texts: Catalogue, scope: Scope) -> list[str]:
    said = []
    if scope.days is Days.RISK_EVENINGS:
        evenings = listing(texts, (texts(f"risk_evening.{one}") for one in scope.evenings), lower=False)
        said.append(
            texts("promise_scope.some_evenings", evenings=evenings)
            if evenings
            else texts("promise_scope.risk_evenings")
        )
    elif scope.days is Days.SCHOOL_DAYS:
        said.append(texts("promise_scope.school_days"))
    if scope.dates:
        days = texts.form.listing([texts.form.day(day) for day in scope.dates])
        said.append(texts("promise_scope.dates", dates=days))
    return said


def _about(texts: Catalogue, group: str) -> str:
    key = f"group.{group}"
    return texts(key) if key in texts else group


def _count(texts: Catalogue, target: Count, _: Scope) -> str:
    return texts(f"promise_rule.count_{target.per}", n=target.at_least)


def _rate(texts: Catalogue, target: Rate, _: Scope) -> str:
    return texts(f"promise_rule.rate_{target.every}", n=target.at_least)


def _part(texts: Catalogue, target: Part, _: Scope) -> str:
    if target.car is not None:
        car = texts(f"car_type.{target.car}").lower()
        return texts("promise_rule.part_car", n=target.at_least, car=car)
    with_whom = listing(texts, (texts(f"party.{one}") for one in target.jointly_with))
    return texts("promise_rule.part_joint", n=target.at_least, with_whom=with_whom)


def _presence(texts: Catalogue, target: Presence, scope: Scope) -> str:
    kind = "evenings" if scope.days is Days.RISK_EVENINGS else "days"
    days = texts(f"promise_scope.days_{kind}")
    if target.at_least is None:
        return texts("promise_rule.presence_all", days=days)
    return texts("promise_rule.presence_some", n=target.at_least, days=days)


def _balance(texts: Catalogue, target: Balance, _: Scope) -> str:
    cars = listing(texts, (texts(f"car_type.{one}") for one in target.cars))
    if target.least_share is None:
        return texts("promise_rule.balance", cars=cars)
    return texts("promise_rule.balance_share", cars=cars, share=texts.form.share(target.least_share))


def _preference(texts: Catalogue, target: Preference, _: Scope) -> str:
    return texts("promise_rule.preference", hours=hours_words(texts, target.hours))


def _each(texts: Catalogue, target: Each, _: Scope) -> str:
    return texts(f"promise_rule.{'each_decide' if target.decide else 'each'}", n=len(target.items))


def _document(texts: Catalogue, target: Document, _: Scope) -> str:
    if target.by is None:
        return texts("promise_rule.document", title=target.title)
    return texts("promise_rule.document_by", title=target.title, by=target.by)


def _way(texts: Catalogue, target: Way, _: Scope) -> str:
    return texts("promise_rule.way", how=target.how)


def _no_number(texts: Catalogue, target: NoNumber, _: Scope) -> str:
    if target.words:
        return texts("promise_rule.no_number_words", words=target.words)
    return texts("promise_rule.no_number")


_TARGET_WORDS: dict[str, Callable[[Catalogue, Any, Scope], str]] = {
    "count": _count,
    "rate": _rate,
    "part": _part,
    "presence": _presence,
    "balance": _balance,
    "preference": _preference,
    "each": _each,
    "document": _document,
    "way": _way,
    "no_number": _no_number,
}
"""Kind of target → how it is said."""
