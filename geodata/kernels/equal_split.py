"""Equal-split kernels on a network: the walks that lead to a link, and what the events on them give it.

`geodata.hotspots.equal_split` says what these make together. Lengths are in bandwidths.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geodata.kernels.compiling import kernel
from geodata.kernels.heap import drop, push
from geodata.kernels.link_events import nearer

if TYPE_CHECKING:
    from numpy.typing import NDArray

STEPS = 1 << 38
"""Whole steps in a bandwidth: walks over the same links in another order are then equally long to the bit."""

NEGLIGIBLE = 1e-15
"""A walk that bears a smaller share of an event is not followed."""


@kernel("float64(int64, boolean, boolean)")
def share(degree: int, back: bool, continuous: bool) -> float:  # noqa: FBT001  numba takes no keyword
    """Return what goes on from one end at a node to another, or `back` along the same link."""
    if continuous:
        return 2.0 / degree - (1.0 if back else 0.0)
    if degree == 1:
        return 1.0
    return 0.0 if back else 1.0 / (degree - 1)


@kernel(
    "Tuple((int64, int64[::1], float64[::1], int64[::1], float64[::1]))(int64, int64[::1], int64[::1],"
    " int64[::1], int64[::1], boolean, int64[::1], float64[::1], int64[::1], float64[::1])"
)
def walks(  # noqa: PLR0913, PLR0917  a compiled loop takes what it needs one by one
    end: int,
    node: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    steps: NDArray[np.int64],
    continuous: bool,  # noqa: FBT001
    waiting: NDArray[np.int64],
    waiting_share: NDArray[np.float64],
    found: NDArray[np.int64],
    found_share: NDArray[np.float64],
) -> tuple[int, NDArray[np.int64], NDArray[np.float64], NDArray[np.int64], NDArray[np.float64]]:
    """Follow every walk out of a link by one of its ends, as far as a bandwidth.

    Walks that enter the same end after the same distance are one, with the sum of their shares: else a
    few short links would make millions.

    Parameters
    ----------
    end
        Where the walks leave: ``link`` for its first vertex, ``links + link`` for its last.
    node
        The node of each end, shape ``(2 * links,)``.
    starts, ends
        The ends at each node: ``ends[starts[node]:starts[node + 1]]``.
    steps
        Length of each link in steps, at least 1, shape ``(links,)``.
    waiting, waiting_share, found, found_share
        Room to work in and for the answer, longer ones of which are returned where they were too short.

    Returns
    -------
    number, waiting, waiting_share, found, found_share
        How many walks, and of each the steps to where it enters a link times the number of ends, plus the
        end by which it enters; and its share.
    """
    links = len(steps)
    size, number = 0, 0
    here, done, borne = end, 0, 1.0
    while True:
        # Spread from the end `here`, reached after `done` steps with `borne`, to the ends at its node.
        low, high = starts[node[here]], starts[node[here] + 1]
        if size + high - low > len(waiting):
            waiting = np.concatenate((waiting, np.empty(len(waiting) + high - low, dtype=np.int64)))
            waiting_share = np.concatenate((waiting_share, np.empty(len(waiting_share) + high - low)))
        for k in range(low, high):
            passed = borne * share(high - low, ends[k] == here, continuous)
            if abs(passed) >= NEGLIGIBLE:
                size = push(waiting, waiting_share, size, done * 2 * links + ends[k], passed)
        onward = False
        while size > 0 and not onward:
            key, borne = waiting[0], waiting_share[0]
            size = drop(waiting, waiting_share, size)
            while size > 0 and waiting[0] == key:
                borne += waiting_share[0]
                size = drop(waiting, waiting_share, size)
            if number == len(found):
                found = np.concatenate((found, np.empty_like(found)))
                found_share = np.concatenate((found_share, np.empty_like(found_share)))
            found[number], found_share[number] = key, borne
            number += 1
            entered = key % (2 * links)
            done = key // (2 * links) + steps[entered % links]
            here = (entered + links) % (2 * links)
            onward = done < STEPS
        if not onward:
            return number, waiting, waiting_share, found, found_share


@kernel("float64(float64[:, :, ::1], int64, int64, float64)")
def beyond(sums: NDArray[np.float64], side: int, row: int, u: float) -> float:
    """Return the mass of a quartic kernel farther than `u` past an end, of the events summed in a row."""
    m0, m1, m2 = sums[side, row, 0], sums[side, row, 1], sums[side, row, 2]
    m3, m4, m5 = sums[side, row, 3], sums[side, row, 4], sums[side, row, 5]
    first = m1 + u * m0
    third = m3 + u * (3 * m2 + u * (3 * m1 + u * m0))
    fifth = m5 + u * (5 * m4 + u * (10 * m3 + u * (10 * m2 + u * (5 * m1 + u * m0))))
    mass: float = 0.5 * m0 - 15.0 / 16.0 * (first - 2.0 / 3.0 * third + 0.2 * fifth)
    return mass


@kernel("void(float64, int64, int64[::1], float64[::1], float64[::1], int64, float64[::1])")
def give_own(
    length: float,
    one: int,
    starts: NDArray[np.int64],
    along: NDArray[np.float64],
    weight: NDArray[np.float64],
    number: int,
    mass: NDArray[np.float64],
) -> None:
    """Add to the `number` lixels of a link what its own events give it without leaving it."""
    lixel = length / number
    before = np.zeros(number + 2)
    whole = np.zeros(number + 2)
    for i in range(starts[one], starts[one + 1]):
        s, w = along[i], weight[i]
        first = max(0, int(np.ceil((s - 1.0) / lixel))) if lixel > 0 else 0
        last = min(number, int((s + 1.0) / lixel)) if lixel > 0 else -1
        for b in range(first, last + 1):
            d = min(max(b * lixel - s, -1.0), 1.0)
            d2 = d * d
            before[b] += w * (0.5 + 15.0 / 16.0 * d * (1.0 - d2 * (2.0 / 3.0 - 0.2 * d2)))
        whole[last + 1] += w
    for b in range(1, number + 1):
        whole[b] += whole[b - 1]
        mass[b - 1] += before[b] + whole[b] - before[b - 1] - whole[b - 1]


@kernel(
    "void(int64, int64, int64[::1], int64[::1], int64[::1], int64[::1], float64[::1], int64[::1],"
    " float64[::1], float64[::1], float64[:, ::1], float64[:, :, ::1], int64[::1], boolean, float64[::1])"
)
def spread(  # noqa: PLR0913, PLR0917  a compiled loop takes what it needs one by one
    first: int,
    last: int,
    node: NDArray[np.int64],
    at_node: NDArray[np.int64],
    ends: NDArray[np.int64],
    steps: NDArray[np.int64],
    length: NDArray[np.float64],
    starts: NDArray[np.int64],
    along: NDArray[np.float64],
    weight: NDArray[np.float64],
    away: NDArray[np.float64],
    sums: NDArray[np.float64],
    lixels: NDArray[np.int64],
    continuous: bool,  # noqa: FBT001
    mass: NDArray[np.float64],
) -> None:
    """Add to the lixels of the links ``range(first, last)`` what all events within a bandwidth give them.

    A walk from an event to a lixel, backwards, is one from the lixel to the event with the same share: so
    each link gathers its own, and no two threads write in one place.

    Parameters
    ----------
    node, at_node, ends, steps
        As `walks` takes them.
    starts, along, weight, away, sums
        As ``link_events`` makes them.
    lixels
        Where each link's lixels begin, shape ``(links + 1,)``.
    mass
        Added to, shape ``(lixels,)``.
    """
    links = len(length)
    waiting, waiting_share = np.empty(256, dtype=np.int64), np.empty(256)
    found, found_share = np.empty(256, dtype=np.int64), np.empty(256)
    for one in range(first, last):
        begin, number = lixels[one], lixels[one + 1] - lixels[one]
        lixel = length[one] / number
        give_own(length[one], one, starts, along, weight, number, mass[begin : begin + number])
        for side in range(2):
            end = one + side * links
            many, waiting, waiting_share, found, found_share = walks(
                end, node, at_node, ends, steps, continuous, waiting, waiting_share, found, found_share
            )
            for k in range(many):
                entered = found[k] % (2 * links)
                source, by = entered % links, entered // links
                low, high = starts[source], starts[source + 1]
                u = found[k] // (2 * links) / STEPS
                if low == high or u + away[by, low] >= 1.0:
                    continue
                held = nearer(away[by], low, high, 1.0 - u)
                left = beyond(sums, by, low + source + held, u)
                for b in range(number):
                    past = u + (b + 1) * lixel
                    held = nearer(away[by], low, low + held, 1.0 - past)
                    rest = beyond(sums, by, low + source + held, past) if held else 0.0
                    at = begin + b if side == 0 else begin + number - 1 - b
                    mass[at] += found_share[k] * (left - rest)
                    left = rest
                    if held == 0:
                        break
