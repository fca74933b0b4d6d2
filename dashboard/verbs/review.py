"""``problembild review``: where a review is called for, those that were made, and one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.console import speaking
from dashboard.options import DEFAULT_WORKSPACE, Json, Language, Viewer, Workspace

if TYPE_CHECKING:
    from dashboard.console import Voice
    from dashboard.views.reviews import ReviewsView
    from geodata.analyses.ground import Ground
    from geodata.reviews.review import Review


def review(
    *,
    workspace: Workspace = DEFAULT_WORKSPACE,
    review_id: Annotated[int | None, typer.Argument(help="The review's number in the list.")] = None,
    audience: Viewer = "planner",
    json: Json = False,
    language: Language = None,
) -> None:
    """List places that call for a review and the measures that came of those made, or show one review."""
    with speaking(workspace=workspace, language=language) as voice:
        from dashboard.views.address import Address  # noqa: PLC0415  the analyses are slow to import
        from dashboard.views.reviews import reviews_view  # noqa: PLC0415
        from geodata.analyses.ground import open_ground, open_register  # noqa: PLC0415
        from geodata.analyses.reviews import default_selection, review_worklist  # noqa: PLC0415
        from geodata.privacy import Audience, require  # noqa: PLC0415

        ground = open_ground(workspace)
        selection = default_selection(Audience(audience))
        register = open_register(workspace)
        if review_id is not None:
            require(selection.audience, "exact_points")
            found = register.reviews.one(review_id)
            if json:
                voice.json(found)
            else:
                _show(voice, ground, found)
            return
        reviews = register.reviews.all()
        answer = review_worklist(ground, reviews, selection)
        if json:
            voice.json(answer)
            return
        address = Address(selection, language=voice.texts.language)
        _list(voice, reviews_view(voice.texts, address, answer, language=voice.texts.language))


def _list(voice: Voice, view: ReviewsView) -> None:
    texts = voice.texts
    typer.echo(view.sentence)
    if view.to_review:
        columns = [texts(f"cli.review.{name}") for name in ("place", "kind", "why", "seen")]
        voice.table(columns, [(one.name, one.kind, "; ".join(one.why), one.seen) for one in view.to_review])
    columns = [texts(f"cli.review.{name}") for name in ("status", "what", "place", "facts")]
    rows = [
        (status, row.what, row.places, row.facts) for status, _, found, _ in view.measures for row in found
    ]
    if rows:
        voice.table(columns, rows)
    made = [row for row in view.reviews if row.href]
    if made:
        columns = [texts(f"cli.review.{name}") for name in ("number", "day", "place", "result")]
        voice.table(
            columns,
            [
                (str(row.href).split("?")[0].rsplit("/", 1)[1], row.when, row.places, row.result)
                for row in made
            ],
        )
    for line in (*view.basis, *view.notices):
        typer.echo(line)


def _show(voice: Voice, ground: Ground, found: Review) -> None:
    """Tell what the page of a review tells."""
    from dashboard.views.address import Address  # noqa: PLC0415
    from dashboard.views.review import review_page_view  # noqa: PLC0415
    from geodata.analyses.outcomes import outcome_of, places_of  # noqa: PLC0415
    from geodata.analyses.reviews import default_selection  # noqa: PLC0415
    from geodata.privacy import Audience  # noqa: PLC0415

    selection = default_selection(Audience.PLANNER)
    view = review_page_view(
        voice.texts,
        Address(selection, language=voice.texts.language),
        found,
        places=places_of(ground, found),
        outcomes=[outcome_of(ground, found, one, selection) for one in found.measures],
        search="",
    )
    lines = [view.heading, view.result]
    lines += [f"  {term}: {value}" for term, value in view.facts]
    lines += [f"  {item}: {verdict}" for item, verdict, _ in view.checks]
    lines += [f"  {one.number}. {one.item}: {one.text}" for one in view.findings]
    lines += [view.note] if view.note else []
    for measure in view.measures:
        lines.append(f"{measure.text} · {measure.status}")
        lines += [f"  {line}" for line in (*measure.facts, *measure.history, *measure.outcome)]
    for line in lines:
        typer.echo(line)
