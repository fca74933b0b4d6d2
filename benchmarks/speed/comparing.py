"""A row of ours against a peer's, both of this run; a peer that is not installed is said."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from benchmarks.frame import Row

if TYPE_CHECKING:
    from types import ModuleType

    from benchmarks.speed.timing import Timed


def peer(name: str) -> ModuleType | None:
    """Import a peer, None where it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def faster(task: str, ours: Timed[Any], other: Timed[Any] | None, *, times: float, name: str) -> Row:
    """Say in CPU seconds whether ours is `times` as fast as the peer `name`; 1 means not slower.

    Without the peer nothing is shown, so the row does not hold.
    """
    if other is None:
        return Row(
            task=f"{task}, CPU-s",
            ours=ours.cpu_s,
            bar=f"{times:g}× faster than {name}, which is not installed: constraints/peers.txt",
            holds=False,
            note=first_run(ours),
        )
    reached = other.cpu_s / ours.cpu_s
    return Row(
        task=f"{task}, CPU-s",
        ours=ours.cpu_s,
        other=other.cpu_s,
        bar=f"at least {times:g}× faster than {name}",
        holds=reached >= times,
        note=f"{reached:.3g}× faster; {first_run(ours)}; {name} {_runs(other)}",
    )


def within(task: str, ours: Timed[Any], *, most_s: float) -> Row:
    """Say whether ours keeps to a number of CPU seconds."""
    return Row(
        task=f"{task}, CPU-s",
        ours=ours.cpu_s,
        bar=f"at most {most_s:g}",
        holds=ours.cpu_s <= most_s,
        note=first_run(ours),
    )


def first_run(timed: Timed[Any]) -> str:
    """Say what stands beside a warm figure: of how many runs, on the clock, and cold."""
    return f"{_runs(timed)}, {timed.wall_s:.3g} s on the clock, first run {timed.first_s:.3g} CPU-s"


def _runs(timed: Timed[Any]) -> str:
    return "one run" if timed.runs == 1 else f"median of {timed.runs}"
