"""Places in texts where an entry of the lexicon stands, and which of them count beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from etl.themes.entries import Entry
    from etl.themes.occurrences import Occurrences


@dataclass(frozen=True)
class Hits:
    """Places where entries stand.

    Attributes
    ----------
    first, last
        The first and the last token of each, shape ``(n,)``.
    code
        What each says, a number, shape ``(n,)``.
    strength
        A hit counts where no stronger one has any of its tokens, shape ``(n,)``.
    of, token
        Every token of every hit: the number of the hit, and the token; shape ``(m,)``.
    """

    first: NDArray[np.int64]
    last: NDArray[np.int64]
    code: NDArray[np.int64]
    strength: NDArray[np.int8]
    of: NDArray[np.int64]
    token: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.first)

    def where(self, stays: NDArray[np.bool_]) -> Hits:
        """Return the hits of which `stays` is true, numbered anew."""
        number = np.cumsum(stays) - 1
        held = stays[self.of]
        return Hits(
            self.first[stays],
            self.last[stays],
            self.code[stays],
            self.strength[stays],
            number[self.of[held]],
            self.token[held],
        )

    def stronger(self, by: int) -> Hits:
        """Return the same hits, each stronger by a step."""
        return Hits(self.first, self.last, self.code, self.strength + np.int8(by), self.of, self.token)

    def with_tokens(self, of: NDArray[np.int64], token: NDArray[np.int64]) -> Hits:
        """Return the same hits with more tokens that decided."""
        more_of, more_token = np.concatenate([self.of, of]), np.concatenate([self.token, token])
        return Hits(self.first, self.last, self.code, self.strength, more_of, more_token)


def find(entries: Iterable[tuple[int, Entry]], occurrences: Occurrences, stretch: NDArray[np.int32]) -> Hits:
    """Find entries within stretches; an entry is as strong as it has words."""
    found = [(code, occurrences.match(entry, stretch)) for code, entry in entries]
    return together(
        [
            Hits(
                tokens[:, 0],
                tokens[:, -1],
                np.full(len(tokens), code, dtype=np.int64),
                np.full(len(tokens), 4 * tokens.shape[1], dtype=np.int8),
                np.repeat(np.arange(len(tokens)), tokens.shape[1]),
                tokens.ravel(),
            )
            for code, tokens in found
            if len(tokens)
        ]
    )


def together(several: Iterable[Hits]) -> Hits:
    """Return the hits of several finds as one."""
    several = list(several)
    start = np.cumsum([0, *(len(hits) for hits in several)])
    none = [np.zeros(0, dtype=np.int64)]
    return Hits(
        np.concatenate([hits.first for hits in several] or none),
        np.concatenate([hits.last for hits in several] or none),
        np.concatenate([hits.code for hits in several] or none),
        np.concatenate([hits.strength for hits in several] or [np.zeros(0, dtype=np.int8)]),
        np.concatenate([hits.of + begin for hits, begin in zip(several, start, strict=False)] or none),
        np.concatenate([hits.token for hits in several] or none),
    )


def claims(hits: Hits, *, tokens: int) -> NDArray[np.int8]:
    """Return for each token how strong the strongest hit is that it belongs to, 0 for none."""
    claimed = np.zeros(tokens, dtype=np.int8)
    strength = hits.strength[hits.of]
    for step in np.flatnonzero(np.bincount(hits.strength, minlength=1)):
        claimed[hits.token[strength == step]] = step
    return claimed


def unrivalled(hits: Hits, claimed: NDArray[np.int8]) -> NDArray[np.bool_]:
    """Say of each hit whether no stronger one has any of its tokens."""
    rivalled = np.zeros(len(hits), dtype=bool)
    rivalled[hits.of[claimed[hits.token] > hits.strength[hits.of]]] = True
    return ~rivalled
