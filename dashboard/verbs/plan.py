"""``problembild plan``: make, show, lock and miss visits, and make the plan anew; for the police alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.console import logged_in, speaking
from dashboard.options import DEFAULT_WORKSPACE, Json, Language, Viewer, Workspace
from geodata.iso_time import iso_day

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.console import Voice
    from geodata.analyses.ground import Ground
    from geodata.analyses.plan import MadePlan
    from geodata.store.register import Register
    from geodata.targeting.slot import SlotStatus

plan = typer.Typer(no_args_is_help=True, help="Plan where and when to be: for the police alone.")

SlotId = Annotated[int, typer.Argument(help="The visit's number in the list.")]
Revision = Annotated[
    int | None, typer.Option(help="The revision that you saw; refused when there is a newer one.")
]
Seed = Annotated[
    int | None, typer.Option(help="The same seed gives the same plan; else one is drawn.", min=0)
]
By = Annotated[str, typer.Option(help="Who decides; else who is logged in.")]


@plan.command()
def make(
    *,
    workspace: Workspace = DEFAULT_WORKSPACE,
    first: Annotated[
        str, typer.Option("--from", help="First day, 2026-11-09; else the next Monday.", metavar="DAY")
    ] = "",
    seed: Seed = None,
    try_only: Annotated[bool, typer.Option("--try", help="Show it and keep nothing.")] = False,
    viewer: Viewer = "police",
    by: By = "",
    json: Json = False,
    language: Language = None,
) -> None:
    """Make a plan for the coming weeks, and keep it."""
    start = _day(first) if first else None
    with speaking(workspace=workspace, language=language) as voice:
        from geodata.analyses.plan import PlanRequest, keep_plan, make_plan  # noqa: PLC0415
        from geodata.privacy import Audience  # noqa: PLC0415

        ground, register = _opened(workspace)
        asked = PlanRequest(start or _next_monday(ground), _seed(seed), by or logged_in())
        made = make_plan(ground, register, Audience(viewer), asked)
        if not try_only:
            keep_plan(register, made)
        _made(voice, ground, register, made, json=json, kept=not try_only)


@plan.command()
def show(
    *,
    workspace: Workspace = DEFAULT_WORKSPACE,
    viewer: Viewer = "police",
    json: Json = False,
    language: Language = None,
) -> None:
    """Show the newest plan, its visits and what promises still lack."""
    with speaking(workspace=workspace, language=language) as voice:
        _show(voice, workspace, viewer, json=json)


@plan.command()
def lock(
    *,
    workspace: Workspace = DEFAULT_WORKSPACE,
    slot: SlotId,
    unlock: Annotated[bool, typer.Option("--unlock", help="Let it be moved again.")] = False,
    revision: Revision = None,
    by: By = "",
    language: Language = None,
) -> None:
    """Let a visit stay where it is when the plan is made anew."""
    with speaking(workspace=workspace, language=language) as voice:
        from geodata.store.plans import SlotSeen  # noqa: PLC0415

        _, register = _opened(workspace)
        seen = SlotSeen(slot, register.plans.slot(slot).revision if revision is None else revision)
        register.plans.lock(seen, locked=not unlock, by=by or logged_in())
        voice.say("cli.plan.done")


@plan.command()
def miss(
    *,
    workspace: Workspace = DEFAULT_WORKSPACE,
    slot: SlotId,
    cancel: Annotated[bool, typer.Option("--cancel", help="It is called off, and was not missed.")] = False,
    revision: Revision = None,
    by: By = "",
    language: Language = None,
) -> None:
    """Say that a visit was not done; its hours are gone."""
    with speaking(workspace=workspace, language=language) as voice:
        from geodata.store.plans import SlotSeen  # noqa: PLC0415

        _, register = _opened(workspace)
        seen = SlotSeen(slot, register.plans.slot(slot).revision if revision is None else revision)
        register.plans.mark(seen, _status(cancel=cancel), by=by or logged_in())
        voice.say("cli.plan.done")


@plan.command("replan")
def replan_verb(
    *,
    workspace: Workspace = DEFAULT_WORKSPACE,
    opens: Annotated[
        str, typer.Option("--from", help="First day that may change; else tomorrow.", metavar="DAY")
    ] = "",
    seed: Seed = None,
    viewer: Viewer = "police",
    by: By = "",
    json: Json = False,
    language: Language = None,
) -> None:
    """Make the newest plan anew from a day on; what is locked, done or past stays."""
    asked = _day(opens) if opens else None
    with speaking(workspace=workspace, language=language) as voice:
        from geodata.analyses.plan import keep_plan, replan  # noqa: PLC0415
        from geodata.analyses.plan_days import plan_now  # noqa: PLC0415
        from geodata.privacy import Audience  # noqa: PLC0415

        ground, register = _opened(workspace)
        start = asked or plan_now(ground).day + timedelta(days=1)
        made = replan(ground, register, Audience(viewer), opens=start, seed=_seed(seed), by=by or logged_in())
        keep_plan(register, made, opens=start)
        _made(voice, ground, register, made, json=json, kept=True)


def _made(
    voice: Voice, ground: Ground, register: Register, made: MadePlan, *, json: bool, kept: bool
) -> None:
    from geodata.analyses.plan_days import records_until  # noqa: PLC0415
    from geodata.analyses.shown_plan import ShownPlan  # noqa: PLC0415

    if json:
        voice.json({"plan": made.plan, "slots": made.slots, "promises": made.promises})
        return
    slots = (
        register.plans.slots(first=made.plan.first, last=made.plan.last + timedelta(days=1))
        if kept
        else made.slots
    )
    names = {place.place_id: place.name for place in ground.places}
    shown = ShownPlan(made.plan, slots, made.promises, names, records_until=records_until(ground))
    _print(voice, shown, ground, made.warnings)
    if kept:
        voice.say("cli.plan.kept")


def _show(voice: Voice, workspace: Path, viewer: str, *, json: bool) -> None:
    from geodata.analyses.shown_plan import show_plan  # noqa: PLC0415
    from geodata.privacy import Audience  # noqa: PLC0415

    ground, register = _opened(workspace)
    shown = show_plan(ground, register, Audience(viewer))
    if json:
        voice.json(shown)
    elif shown.plan is None:
        voice.say("cli.plan.none")
    else:
        _print(voice, shown, ground, ())


def _print(voice: Voice, shown: object, ground: Ground, warnings: tuple[str, ...]) -> None:
    from dashboard.views.plan import plan_view  # noqa: PLC0415
    from geodata.analyses.plan_days import plan_now  # noqa: PLC0415

    texts = voice.texts
    view = plan_view(texts, shown, today=plan_now(ground).day, warnings=warnings)  # type: ignore[arg-type]
    for line in (view.sentence, *view.basis, *view.notices):
        typer.echo(line)
    for bar in view.bars:
        typer.echo(f"  {bar.label}: {bar.value}")
    if view.bars_note:
        typer.echo(view.bars_note)
    if view.promises:
        voice.table(
            [texts("cli.plan.promise"), texts("cli.plan.fares")],
            [(one.name, f"{one.planned} {one.hindrance}".strip()) for one in view.promises],
        )
    columns = [
        texts(f"cli.plan.{name}")
        for name in ("number", "day", "time", "place", "what", "how", "stand", "why", "state")
    ]
    rows = [
        (
            str(card.slot_id or "–"),
            f"{day.name} {day.day}",
            card.time,
            card.place,
            card.what,
            card.how,
            card.stand,
            " ".join(card.why[:2]),
            card.status,
        )
        for week in view.weeks
        for day in week.days
        for card in day.cards
    ]
    voice.table(columns, rows, right=(0,))


def _opened(workspace: Path) -> tuple[Ground, Register]:
    from geodata.analyses.ground import open_ground, open_register  # noqa: PLC0415

    return open_ground(workspace), open_register(workspace)


def _status(*, cancel: bool) -> SlotStatus:
    from geodata.targeting.slot import SlotStatus  # noqa: PLC0415

    return SlotStatus.CANCELLED if cancel else SlotStatus.MISSED


def _seed(seed: int | None) -> int:
    """Return the seed asked for, else one that nobody can foresee."""
    import secrets  # noqa: PLC0415

    return secrets.randbelow(2**31) if seed is None else seed


def _next_monday(ground: Ground) -> date:
    from geodata.analyses.plan_days import plan_now  # noqa: PLC0415

    today = plan_now(ground).day
    return today + timedelta(days=7 - today.weekday())


def _day(text: str) -> date:
    """Read a day.

    Raises
    ------
    typer.BadParameter
        For what is no day.
    """
    try:
        return iso_day(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text}: write a day as 2026-11-09.", param_hint="--from") from error
