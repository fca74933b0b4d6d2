"""How a kernel is compiled: ahead of any request, without the interpreter's lock, and kept on disk."""

from __future__ import annotations

import atexit
import os
import re
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numba

if TYPE_CHECKING:
    from collections.abc import Callable

Function = TypeVar("Function", bound="Callable[..., Any]")

_READ_ONLY = re.compile(r"\bin (\w+)\[((?::, )*)::1\]")


def cache_folder() -> Path:
    """Return the folder that compiled kernels are kept in, and make it.

    ``NUMBA_CACHE_DIR`` where it is set. Else the first of these that can be written: the environment that
    this Python runs in, which goes when the install goes; the user's own cache; a folder for this process
    alone. Beside the source, numba's own choice, would fail in an install that is read only.
    """
    told = os.environ.get("NUMBA_CACHE_DIR")
    own = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
    for folder in (
        Path(told) if told else Path(sys.prefix) / "problembild-kernels",
        own / "problembild" / "kernels",
    ):
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                return folder
    folder = Path(tempfile.mkdtemp(prefix="problembild-kernels-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


CACHE = cache_folder()
vars(numba.config)["CACHE_DIR"] = str(CACHE)


def kernel(*signatures: str, exact: bool = True) -> Callable[[Function], Function]:
    """Compile a function for these argument types when its file is imported, or read it from the cache.

    Parameters
    ----------
    signatures
        As numba writes them, such as ``"void(in float64[::1], float64[::1], int64)"``. Given outright, so
        that no call waits on a compiler. Before an array, ``in`` says that it is only read: what pandas
        and memory-mapped files hand out can't be written, and is refused without it.
    exact
        Keep to the order of sums as written. False where the file says why another order does no harm.

    Notes
    -----
    Never ``parallel=True``: numba's own threads abort the process when two threads of a server enter them
    at once. `geodata.kernels.threads` divides the work instead, which is why the lock is let go.
    """

    def compiled(function: Function) -> Function:
        told = [_READ_ONLY.sub(_read_only, signature) for signature in signatures]
        made: Any = numba.njit(told, nogil=True, cache=True, fastmath=not exact)(function)
        return cast("Function", made)

    return compiled


def _read_only(array: re.Match[str]) -> str:
    """Write out the type of an array that is only read."""
    kind, before = array.groups()
    return f"Array({kind}, {before.count(':') + 1}, 'C', readonly=True)"
