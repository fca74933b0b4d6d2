"""Which counts at places stand open for those without exact counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geodata.disclosure import disclose
from geodata.privacy import Audience
from geodata.schema import Stream
from geodata.selection import Selection

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.analyses.records import Records
    from geodata.disclosure import Disclosure


def at_places(
    records: Records, members: tuple[NDArray[np.int64], NDArray[np.int64]], *, places: int, minimum: int
) -> Disclosure:
    """Say what stands open of the streams at places; series are places × streams, streams fastest.

    Parameters
    ----------
    members
        Pairs of a place's position and a record inside it.
    """
    place, observation = members
    asked = records.problems(Selection(Audience.PUBLIC))[observation]
    place, observation = place[asked], observation[asked]
    stream = np.zeros(len(observation), dtype=np.int64)
    for at, one in enumerate(Stream):
        stream[records.of_stream(one)[observation]] = at
    return disclose(
        place * len(Stream) + stream,
        records.first_day[observation],
        records.last_day[observation],
        of=places * len(Stream),
        minimum=minimum,
    )
