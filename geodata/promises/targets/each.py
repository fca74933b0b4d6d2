"""Each of a list: ``review these 8 traffic environments and decide on each``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - pydantic reads it
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field

from geodata.promises.strict import STRICT
from geodata.promises.targets.measure import Measure, Standing, State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geodata.promises.log_entry import LogEntry
    from geodata.promises.targets.measure import Counted


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of the list: its name, and the place in the register where it is one."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    name: Annotated[str, Field(min_length=1, max_length=200)]
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Each:
    """Each of the list is done, and decided on where that was promised too.

    Attributes
    ----------
    items
        A thing is done when something that counts was done at its place, or names it in its note: where the
        thing has no place, or the entry tells none.
    decide
        Whether a decision on each is promised: a line of the action plan with the thing's name that is done
        or was turned down, or a review at its place that called for nothing or whose every measure got a
        decision.
    by
        The day by which; None for the promise's last.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    items: Annotated[tuple[Item, ...], Field(min_length=1)]
    decide: bool = False
    by: date | None = None
    kind: Literal["each"] = "each"


def measure_each(target: Each, standing: Standing) -> Measure:
    """Measure how many of the list are done, and name the others."""
    done = [item for item in target.items if is_done(item, standing.counted)]
    ready = [item for item in done if not target.decide or _decided(item, standing)]
    by = target.by or (None if standing.open_ended else standing.period.last)
    over = by is not None and standing.today > by
    state = State.MISSED if over else State.UNDER_WAY if done else State.NOT_BEGUN
    return Measure(
        target.kind,
        State.KEPT if len(ready) == len(target.items) else state,
        len(ready),
        len(target.items),
        unit="items",
        missing=tuple(item.name for item in target.items if item not in ready),
        parts=(("done", len(done)), ("decided", len(ready))) if target.decide else (),
        by=by,
    )


def _decided(item: Item, standing: Standing) -> bool:
    return item.name in standing.decided or item.place in standing.concluded_at


def is_done(item: Item, counted: Iterable[Counted]) -> bool:
    """Say whether a thing was done: at its place, or in words where it has none or the entry tells none."""
    return any(
        (item.place is not None and item.place in {one.entry.place_id, *one.place_ids})
        or (_tells_no_other(item, one.entry) and item.name.casefold() in one.entry.note.casefold())
        for one in counted
    )


def _tells_no_other(item: Item, entry: LogEntry) -> bool:
    return item.place is None or (entry.place_id is None and entry.x is None)
