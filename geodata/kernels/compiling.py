"""How a kernel is compiled: ahead of any request, without the interpreter's lock, and kept on disk."""

from __future__ import annotations

import importlib
import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numba

if TYPE_CHECKING:
    from collections.abc import Callable

KERNELS = (
    "discoveries",
    "filtering",
    "finite_density",
    "heap",
    "nearest_segment",
    "neighbourhoods",
    "permutations",
    "shortest_ways",
    "sorting",
    "space_time_scan",
    "spatial_scan",
    "spreading",
)
"""The files of this room that hold kernels, all of which are compiled when the house is built."""

Function = TypeVar("Function", bound="Callable[..., Any]")


def cache_folder() -> Path:
    """Return the folder that compiled kernels are kept in, and make it.

    ``NUMBA_CACHE_DIR`` where it is set, else the user's own cache, else, where that can't be written (a
    server's account without a home), a folder of this user's among the machine's temporary files. Beside
    the source, numba's own choice, would fail in an install that is read only.
    """
    told = os.environ.get("NUMBA_CACHE_DIR")
    own = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()) / "problembild" / "kernels"
    folder = Path(told) if told else own
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return Path(tempfile.mkdtemp(prefix="problembild-kernels-"))


vars(numba.config)["CACHE_DIR"] = str(cache_folder())


def kernel(*signatures: str, exact: bool = True) -> Callable[[Function], Function]:
    """Compile a function for these argument types when its file is imported, or read it from the cache.

    Parameters
    ----------
    signatures
        As numba writes them, such as ``"void(float64[::1], int64)"``. Given outright, so that no call
        waits on a compiler.
    exact
        Keep to the order of sums as written. False where the file says why another order does no harm.

    Notes
    -----
    Never ``parallel=True``: numba's own threads abort the process when two threads of a server enter them
    at once. `geodata.kernels.threads` divides the work instead, which is why the lock is let go.
    """

    def compiled(function: Function) -> Function:
        made: Any = numba.njit(list(signatures), nogil=True, cache=True, fastmath=not exact)(function)
        return cast("Function", made)

    return compiled


def warm() -> dict[str, float]:
    """Compile every kernel, or read it from the cache; return the seconds that each file took."""
    took = {}
    for name in KERNELS:
        started = time.perf_counter()
        importlib.import_module(f"geodata.kernels.{name}")
        took[name] = time.perf_counter() - started
    return took
