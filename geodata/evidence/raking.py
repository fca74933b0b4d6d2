"""Raking: answers weighted so that every margin is the population's, and small cells merged before that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

ROUNDS = 1000
TOLERANCE = 1e-10
"""The fit is done when no margin is farther off than this share of the whole."""


@dataclass(frozen=True, eq=False)
class Raked:
    """Answers as the population would have given them.

    Attributes
    ----------
    cells
        Weighted answers, the shape of what was given; their sum is that of the answers.
    answers
        Equally weighted answers that would know a share as well (Kish 1965, *Survey Sampling*, 8).
    converged
        Whether all margins were met together. They can't be where cells without answers stand in the way.
    """

    cells: NDArray[np.float64]
    answers: float
    converged: bool


def rake(counts: NDArray[np.float64], margins: Sequence[NDArray[np.float64]]) -> Raked:
    """Fit a table of answers to the population's margins.

    Parameters
    ----------
    counts
        Answers by group, an axis for each division of the population.
    margins
        The population by group along each axis, in any unit. A group that has residents and no answers must
        have been merged with another (`merged`): nobody can speak for it.

    Raises
    ------
    ValueError
        When margins and axes do not match, or a group has residents and no answers.

    Notes
    -----
    Deming & Stephan 1940, *Annals of Mathematical Statistics* 11: each margin in turn is scaled to its
    target until all are met. What the axes have to do with each other stays as the answers have it.
    """
    cells = np.asarray(counts, dtype=np.float64).copy()
    total = float(cells.sum())
    targets = [np.asarray(margin, dtype=np.float64) for margin in margins]
    if [len(target) for target in targets] != list(cells.shape):
        raise ValueError(f"Margins {[len(target) for target in targets]} do not match cells {cells.shape}.")
    targets = [target * total / target.sum() for target in targets]
    for axis, target in enumerate(targets):
        if ((_margin(cells, axis) == 0) & (target > 0)).any():
            raise ValueError(f"A group on axis {axis} has residents and no answers.")
    converged = False
    for _ in range(ROUNDS):
        for axis, target in enumerate(targets):
            held = _margin(cells, axis)
            factor = np.divide(target, held, out=np.zeros_like(target), where=held > 0)
            cells *= np.expand_dims(factor, tuple(at for at in range(cells.ndim) if at != axis))
        off = max(float(np.abs(_margin(cells, axis) - target).max()) for axis, target in enumerate(targets))
        if off <= TOLERANCE * total:
            converged = True
            break
    weights = np.divide(cells, counts, out=np.zeros_like(cells), where=np.asarray(counts) > 0)
    spread = float((counts * weights**2).sum())
    return Raked(cells, float((counts * weights).sum()) ** 2 / spread if spread else 0.0, converged)


def merged(counts: NDArray[np.float64], *, minimum: float) -> list[list[int]]:
    """Say which groups stand alone and which are taken together, so that none is small.

    The smallest are put together until what they have is enough; a single small one is joined by the next
    smallest, for alone under another name it would be shown all the same.

    Parameters
    ----------
    counts
        Answers by group, shape ``(groups,)``.
    minimum
        Fewest answers of what stands alone.

    Returns
    -------
    list of list of int
        Positions; what was put together stands last. One list of all where even all are too few.
    """
    order = np.argsort(counts, kind="stable").tolist()
    small: list[int] = []
    while order and (
        counts[order[0]] < minimum or (small and (len(small) < 2 or counts[small].sum() < minimum))
    ):
        small.append(order.pop(0))
    alone = [[at] for at in sorted(order)]
    return [*alone, sorted(small)] if small else alone


def merged_in_order(counts: NDArray[np.float64], *, minimum: float) -> list[list[int]]:
    """Say which groups that follow one another, as ages do, stand alone, and which go with a neighbour.

    The smallest that is too small joins the smaller of its neighbours, until none is.

    Parameters
    ----------
    counts
        Answers by group, shape ``(groups,)``.

    Returns
    -------
    list of list of int
        Positions in order. One list of all where even all are too few.
    """
    groups = [[at] for at in range(len(counts))]
    while len(groups) > 1:
        held = [float(counts[group].sum()) for group in groups]
        least = int(np.argmin(held))
        if held[least] >= minimum:
            break
        beside = [at for at in (least - 1, least + 1) if 0 <= at < len(groups)]
        first = min(least, min(beside, key=lambda at: held[at]))
        groups[first : first + 2] = [groups[first] + groups[first + 1]]
    return groups


def _margin(cells: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
    return np.asarray(cells.sum(axis=tuple(at for at in range(cells.ndim) if at != axis)))
