"""How fast the hotspot methods are beside others' programs, all in one run of one process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from benchmarks.speed.density import exact_density_rows, gaussian_density_rows
from benchmarks.speed.filtering import filter_rows
from benchmarks.speed.gi_star import gi_star_rows
from benchmarks.speed.network_density import network_density_rows
from benchmarks.speed.sliding_windows import sliding_window_rows
from benchmarks.speed.space_time_scan import space_time_scan_rows
from benchmarks.speed.starting import starting_rows
from benchmarks.speed.streets import catchment_rows, snap_rows

if TYPE_CHECKING:
    from benchmarks.frame import Row


class Task(Protocol):
    """One task: makes its data, runs ours and the peer's, and says how that went."""

    def __call__(self, *, quick: bool) -> list[Row]:
        """Measure; with `quick` on data so small that the whole of TASKS keeps under a minute."""


TASKS: dict[str, Task] = {
    "starting": starting_rows,
    "exact_density": exact_density_rows,
    "gaussian_density": gaussian_density_rows,
    "gi_star": gi_star_rows,
    "filter": filter_rows,
    "snap": snap_rows,
    "catchments": catchment_rows,
    "network_density": network_density_rows,
    "space_time_scan": space_time_scan_rows,
    "sliding_windows": sliding_window_rows,
}
"""By name, in the order that they run; ``python -m benchmarks hotspots --only NAME`` runs one."""


def rows(*, quick: bool, only: str | None = None) -> list[Row]:
    """Run every task, or the one named."""
    tasks = TASKS if only is None else {only: TASKS[only]}
    return [row for task in tasks.values() for row in task(quick=quick)]
