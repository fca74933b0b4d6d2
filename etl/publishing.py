"""A staged snapshot brought to the register and published, both or neither."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from geodata.places.kinds import candidates
from geodata.places.layers import OBSERVED, PlaceLayers
from geodata.store.snapshots import make_current

if TYPE_CHECKING:
    from collections.abc import Callable

    from geodata.store.register import Register
    from geodata.store.snapshots import Snapshot


def publish(register: Register, snapshot: Snapshot, tell: Callable[[str, int, int], None]) -> None:
    """Bring the layers' places to the register, which decides which place is which, and publish.

    The register commits last: a snapshot is never published that the register could not take.
    """
    tell("import_places", 0, 1)
    layers = PlaceLayers(
        schools=snapshot.table("schools"),
        areas=snapshot.table("areas"),
        streets=snapshot.table("streets"),
        population=snapshot.table("population"),
        told=partial(snapshot.columns, "observations", *OBSERVED),
        project=snapshot.project,
    )
    found = candidates(layers)
    tell("import_places", 1, 1)
    tell("import_publish", 0, 1)
    register.propose(found, publish=partial(make_current, snapshot))
