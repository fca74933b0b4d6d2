"""A heap in two arrays: what has the least key comes out first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geodata.kernels.compiling import kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray


@kernel(
    "int64(int64[::1], float64[::1], int64, int64, float64)",
    "int64(float64[::1], int64[::1], int64, float64, int64)",
)
def push(keys: NDArray[Any], values: NDArray[Any], size: int, key: float, value: float) -> int:
    """Put a key and its value on a heap of `size`, and return the size after; the arrays have room."""
    at = size
    while at > 0:
        above = (at - 1) >> 1
        if keys[above] <= key:
            break
        keys[at], values[at] = keys[above], values[above]
        at = above
    keys[at], values[at] = key, value
    return size + 1


@kernel("int64(int64[::1], float64[::1], int64)", "int64(float64[::1], int64[::1], int64)")
def drop(keys: NDArray[Any], values: NDArray[Any], size: int) -> int:
    """Take the least key, which is the first, off a heap of `size`, and return the size after."""
    last = size - 1
    key, value = keys[last], values[last]
    at = 0
    while True:
        below = 2 * at + 1
        if below >= last:
            break
        if below + 1 < last and keys[below + 1] < keys[below]:
            below += 1
        if keys[below] >= key:
            break
        keys[at], values[at] = keys[below], values[below]
        at = below
    keys[at], values[at] = key, value
    return last
