"""Walking forward: each method is given what came before a period, and asked for that period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from geodata.evaluation.accuracy import SHARES, held, order

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import ArrayLike, NDArray

    from geodata.evaluation.accuracy import Accuracy


class Predictor(Protocol):
    """Anything that orders places by what came before."""

    def __call__(self, history: NDArray[np.float64], outcome: NDArray[np.float64], /) -> NDArray[np.float64]:
        """Score every place for each stream.

        Parameters
        ----------
        history
            All records of earlier periods, shape ``(periods, streams, n)``.
        outcome
            Those of them that are asked about; the same shape.

        Returns
        -------
        ndarray
            Higher is sooner, shape ``(streams, n)``.
        """


@dataclass(frozen=True, eq=False, slots=True)
class Step:
    """One method's order held against one period of one stream.

    Attributes
    ----------
    period, stream
        Positions.
    events
        What came, of what was asked about.
    chosen
        How much of each place was chosen, 0 to 1, shape ``(n,)``.
    """

    method: str
    period: int
    stream: int
    events: float
    accuracy: Accuracy
    chosen: NDArray[np.float64]


def plain_count(_history: NDArray[np.float64], outcome: NDArray[np.float64], /) -> NDArray[np.float64]:
    """Order places by how many there were: what every method is shown beside."""
    return np.asarray(outcome.sum(axis=0))


def walk_forward(
    history: NDArray[np.float64],
    outcome: NDArray[np.float64],
    predictors: Mapping[str, Predictor],
    *,
    first: int,
    shares: Sequence[float] = SHARES,
    sizes: ArrayLike | None = None,
) -> list[Step]:
    """Hold every method against each period from `first` on, given the earlier ones alone.

    Parameters
    ----------
    history, outcome
        All records, and those asked about, shape ``(periods, streams, n)``, oldest period first.
    first
        Position of the first period to tell, 1 or more.
    shares, sizes
        As `accuracy` takes them. With sizes, a score is per metre or square metre.

    Returns
    -------
    list of Step
        By period, stream, method and share. A stream without events in a period gives none.

    Raises
    ------
    ValueError
        When nothing is earlier than `first`.
    """
    if not 1 <= first < len(outcome):
        raise ValueError(f"Of {len(outcome)} periods none can be told from position {first} on.")
    found = []
    for period in range(first, len(outcome)):
        # Copies: a method that wrote into its history would write into what others are held against.
        given = {
            name: predictor(history[:period].copy(), outcome[:period].copy())
            for name, predictor in predictors.items()
        }
        before = outcome[:period].sum(axis=0)
        for stream in range(outcome.shape[1]):
            came = outcome[period, stream]
            if not came.any():
                continue
            for name, scores in given.items():
                ours = order(scores[stream], sizes)
                found += [
                    Step(
                        name,
                        period,
                        stream,
                        float(came.sum()),
                        held(ours, came, share=share, sizes=sizes, before=before[stream]),
                        ours.chosen(share, whole=sizes is None),
                    )
                    for share in shares
                ]
    return found
