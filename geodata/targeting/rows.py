"""The rows of an integer programme, put down one entry after another."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray


@dataclass(slots=True)
class Rows:
    """Linear constraints ``low <= row · x <= high``."""

    _row: list[int] = field(default_factory=list)
    _column: list[int] = field(default_factory=list)
    _value: list[float] = field(default_factory=list)
    _low: list[float] = field(default_factory=list)
    _high: list[float] = field(default_factory=list)

    def add(
        self, columns: Iterable[tuple[int, float]], *, low: float = -np.inf, high: float = np.inf
    ) -> None:
        """Add a row of ``(column, value)``."""
        number = len(self._low)
        for column, value in columns:
            self._row.append(number)
            self._column.append(column)
            self._value.append(value)
        self._low.append(low)
        self._high.append(high)

    def matrix(self, columns: int) -> csr_array:
        """Return the coefficients, shape ``(rows, columns)``."""
        shape = (len(self._low), columns)
        return csr_array((self._value, (self._row, self._column)), shape=shape)

    @property
    def bounds(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Lowest and highest value of each row."""
        return np.array(self._low), np.array(self._high)
