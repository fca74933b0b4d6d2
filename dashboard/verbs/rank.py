"""``problembild rank``: the three streams of every place side by side, by weights that can be moved."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.console import speaking
from dashboard.options import (
    DEFAULT_WORKSPACE,
    Categories,
    First,
    Json,
    Kinds,
    Language,
    Last,
    Streams,
    Viewer,
    Workspace,
)
from dashboard.verbs.selecting import selection_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.console import Voice
    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.kind_rates import KindRate
    from geodata.analyses.ranking import PlaceRanking, RankedPlace, StreamEvidence

_WEIGHT = re.compile(r"[0-9]{1,3}(\.[0-9]+)?")


def rank(  # noqa: PLR0913  each is an option of the command
    *,
    workspace: Workspace = DEFAULT_WORKSPACE,
    viewer: Viewer = "police",
    first: First = "",
    last: Last = "",
    stream: Streams = None,
    category: Categories = None,
    kind: Kinds = None,
    weight: Annotated[
        list[str] | None,
        typer.Option(help="survey=2: what a stream weighs; one that is not named weighs as in the project."),
    ] = None,
    own: Annotated[
        bool,
        typer.Option("--own", help="Hold places against their kind: by pupils, residents, traffic, street."),
    ] = False,
    limit: Annotated[int, typer.Option(help="How many to list.", min=1)] = 25,
    json: Json = False,
    language: Language = None,
) -> None:
    """Rank places, with what each stream counts and expects there and how sure the rank is."""
    weights = _weights(weight or ())
    with speaking(workspace=workspace, language=language) as voice:
        from geodata.analyses.ground import open_ground  # noqa: PLC0415
        from geodata.analyses.kind_rates import rates_by_kind  # noqa: PLC0415
        from geodata.analyses.ranking import rank_places  # noqa: PLC0415
        from geodata.schema import PlaceKind  # noqa: PLC0415

        ground = open_ground(workspace)
        selection = selection_of(viewer, first=first, last=last, streams=stream, categories=category)
        kinds = [PlaceKind(one) for one in kind] if kind else None
        if own:
            rates = [one for one in rates_by_kind(ground, selection) if kinds is None or one.kind in kinds]
            if json:
                voice.json(rates)
            else:
                _print_own(voice, rates)
            return
        answer = rank_places(
            ground,
            selection,
            kinds=kinds,
            weights={**ground.project.ranking.model_dump(), **weights} if weights else None,
        )
        if json:
            voice.json(answer)
        else:
            _print(voice, answer, limit)


def _weights(said: Sequence[str]) -> dict[str, float]:
    """Read ``survey=2``.

    Raises
    ------
    typer.BadParameter
        For a stream that there is not, or a weight that is no number from 0 to 999.
    """
    from geodata.schema import Stream  # noqa: PLC0415  slow to import, and only this verb's run needs it

    found = {}
    streams = [str(stream) for stream in Stream]
    for one in said:
        name, _, value = one.partition("=")
        if name not in streams or not _WEIGHT.fullmatch(value):
            raise typer.BadParameter(
                f"{one[:40]}: write a stream ({', '.join(streams)}), = and a number from 0 to 999.",
                param_hint="--weight",
            )
        found[name] = float(value)
    return found


def _print(voice: Voice, ranking: PlaceRanking, limit: int) -> None:
    texts = voice.texts
    if not ranking.places:
        voice.say("cli.places_none")
        return
    voice.say(
        "cli.rank.weights",
        **{name: texts.form.number(value, decimals=1) for name, value in ranking.weights.items()},
    )
    headings = [
        *(texts(f"cli.column.{name}") for name in ("rank", "between")),
        texts("cli.rank.among_first"),
        *(texts(f"cli.column.{name}") for name in ("place", "kind")),
        *(texts(f"stream.{one.stream}.verb") for one in ranking.places[0].streams),
        texts("cli.column.picture"),
    ]
    voice.table(headings, [_cells(texts, one) for one in ranking.places[:limit]], right=(0, 2))
    voice.say("cli.rank.explained")
    if len(ranking.places) > limit:
        voice.say("cli.rank.more", n=len(ranking.places) - limit)
    if ranking.used is not None:
        voice.say("cli.rank.used", n=ranking.used)
    if ranking.left_out:
        voice.say("stretch.left_out", n=sum(ranking.left_out.values()))
    for code in ranking.warnings:
        voice.say(f"warning.{code}")


def _print_own(voice: Voice, rates: Sequence[KindRate]) -> None:
    texts = voice.texts
    headings = [
        *(texts(f"cli.column.{name}") for name in ("place", "kind")),
        texts("cli.accuracy.stream"),
        texts("cli.rank.against"),
        texts("cli.rank.reading"),
    ]
    rows = []
    for one in rates:
        amount = texts.form.number(one.amount)
        against = texts(f"cli.rank.denominator.{one.denominator}", amount=amount)
        reading = _reading(texts, one)
        rows.append(
            (one.name, texts(f"kind.{one.kind}"), texts(f"stream.{one.stream}.source"), against, reading)
        )
    voice.table(headings, rows)
    voice.say("cli.rank.explained_own")


def _cells(texts: Catalogue, place: RankedPlace) -> tuple[str, ...]:
    ranked = place.rank is not None
    picture = texts(f"agreement.{place.agreement}")
    if place.agreement_sureness is not None:
        percent = texts.form.chance(place.agreement_sureness)
        picture = texts("cli.rank.sure", picture=picture, percent=percent)
    return (
        texts.form.number(place.rank) if place.rank is not None else "–",
        texts.form.span(place.rank_low, place.rank_high) if ranked else "–",
        "–" if place.among_first is None else texts.form.chance(place.among_first),
        place.name,
        texts(f"kind.{place.kind}"),
        *(_stream(texts, one) for one in place.streams),
        picture,
    )


def _stream(texts: Catalogue, one: StreamEvidence) -> str:
    return (
        _reading(texts, one) if one.tellable or one.count is None else f"{_base(texts, one)}{_too_few(texts)}"
    )


def _reading(texts: Catalogue, one: StreamEvidence | KindRate) -> str:
    """Say count, expected and the shrunken ratio with its range."""
    if one.count is None:
        return texts("evidence.withheld")
    if one.ratio is None or one.low is None or one.high is None:
        return f"{_base(texts, one)}{_too_few(texts)}"
    ratio, span = texts.form.number(one.ratio, decimals=1), texts.form.span(one.low, one.high, decimals=1)
    return f"{_base(texts, one)}; {texts('cli.rank.ratio', ratio=ratio, range=span)}"


def _base(texts: Catalogue, one: StreamEvidence | KindRate) -> str:
    expected = texts.form.number(one.expected or 0.0, decimals=1)
    return texts("cli.rank.base", count=texts.form.number(one.count or 0), expected=expected)


def _too_few(texts: Catalogue) -> str:
    return f"; {texts('evidence.too_few').lower()}"
