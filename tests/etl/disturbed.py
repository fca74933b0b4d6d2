"""Imports that are broken off: in a forked child, at every write and step, while the parent looks on.

The parent has imported once, so a child starts with everything loaded and a broken-off import takes a fraction of
a second. What a child would write is seen by an audit hook before it happens.
"""

import copy
import errno
import os
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from small_workspace import Workspace, incident

from etl.pipeline import run
from geodata.account import ImportReport
from geodata.errors import ProblembildError
from geodata.store.register import Register

FINE, SAID, TRACE = 0, 1, 2
"""How a child ended: without a word, with an error that says what to do, with a traceback."""

CHANGES = ("os.rename", "os.remove", "os.mkdir", "os.truncate", "os.link", "os.symlink", "os.chmod")
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT

_watching: list[Callable[[], None]] = []
_below: list[str] = []


def _audit(event: str, values: tuple[object, ...]) -> None:
    if not _watching or not values:
        return
    opened = event == "open" and isinstance(values[2], int) and values[2] & WRITES
    if (opened or event in CHANGES) and str(values[0]).startswith(_below[0]):
        _watching[0]()


sys.addaudithook(_audit)


@dataclass
class Counted:
    """Does something at one moment of many, counted from 0; at none when `at` is -1."""

    act: Callable[[], None]
    at: int = -1
    on: bool = False
    """Whether it goes on doing it from that moment."""
    seen: int = 0

    def __call__(self, *_: object) -> None:
        here, self.seen = self.seen, self.seen + 1
        if here == self.at or (self.on and 0 <= self.at < here):
            self.act()


@contextmanager
def in_memory() -> Iterator[Path]:
    """Give a folder in memory where the machine has such: syncing is not what takes the time then.

    What reaches the disk is the same, and a killed process loses nothing that it has written in either.
    """
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(dir=memory if os.access(memory, os.W_OK) else None))
    try:
        yield folder
    finally:
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
        shutil.rmtree(folder)


def kill() -> None:
    os.kill(os.getpid(), 9)


def no_room() -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def watch(moment: Counted, folder: Path) -> None:
    """Let `moment` see, in this process from now on, every change of a file below `folder`, and every sync."""
    _watching[:] = [moment]
    _below[:] = [str(folder)]
    sync = os.fsync

    def fsync(file: int) -> None:
        moment()
        sync(file)

    os.fsync = fsync


@dataclass(frozen=True)
class Ended:
    """How a child ended: its exit code, or minus the signal; the code of the error and what it told."""

    code: int
    error: str = ""
    told: str = ""


def forked(work: Callable[[], object], *, then: Callable[[int], None] | None = None) -> Ended:
    """Do some work in a child; `then` gets its process id while it works."""
    out, into = os.pipe()
    child = os.fork()
    if not child:
        code = TRACE
        try:
            told = work()
            os.write(into, f"\n{told}".encode())
            code = FINE
        except ProblembildError as error:
            os.write(into, f"{error.code}\n{error.sentence}".encode())
            code = SAID
        except BaseException:  # noqa: BLE001  a child never falls back into the tests
            os.write(into, f"\n{traceback.format_exc()}".encode()[:60_000])
        finally:
            os._exit(code)
    os.close(into)
    if then is not None:
        then(child)
    with os.fdopen(out, "rb") as pipe:
        error, _, told = pipe.read().decode().partition("\n")
    _, status = os.waitpid(child, 0)
    return Ended(os.waitstatus_to_exitcode(status), error, told)


def fates(report: ImportReport) -> list[tuple[str, dict[str, int]]]:
    return [(file.file, {str(fate): n for fate, n in file.fates.items() if n}) for file in report.files]


@dataclass
class Twofold:
    """A workspace whose files change between two states, and what undisturbed imports of them give."""

    workspace: Workspace
    state: str = ""
    rows: dict[str, list[str]] = field(default_factory=dict)
    accounts: dict[tuple[str, str], object] = field(default_factory=dict)
    extra: str = ""

    def __post_init__(self) -> None:
        self.workspace.put_incidents(incident("K0"))
        self.workspace.use("areas", "ytor.geojson")
        toml = self.workspace.folder / "problembild.toml"
        toml.write_text(toml.read_text() + self.extra)
        for state in ("a", "b", "b", "a", "a"):
            was = self.state
            self.put(state)
            self.accounts[was, state] = fates(run(self.workspace.folder))
            self.rows[state] = self.held()

    def copied(self, folder: Path) -> "Twofold":
        """Return the same in another folder, without importing again."""
        shutil.copytree(self.workspace.folder, folder, dirs_exist_ok=True)
        other = copy.copy(self)
        other.workspace = Workspace(folder, dict(self.workspace.sources))
        return other

    def put(self, state: str) -> None:
        """Write the files of one state to the inbox."""
        shift = 0 if state == "a" else 40
        self.workspace.put_incidents(
            incident("K1", text=state), incident(f"K2{state}"), incident("K3", day="2025-02-30")
        )
        ring = ", ".join(f"[{x}, {y}]" for x, y in self._ring(shift))
        self.workspace.put(
            "ytor.geojson",
            '{"type": "FeatureCollection", "name": "omraden", "crs": {"type": "name", "properties": {"name": "EPSG:3006"}},'
            ' "features": [{"type": "Feature", "properties": {"id": 5, "typ": "torg", "namn": "Stortorget"},'
            f' "geometry": {{"type": "Polygon", "coordinates": [[{ring}]]}}}}]}}',
        )
        self.state = state

    @staticmethod
    def _ring(shift: int) -> list[tuple[int, int]]:
        east, north = 382050 + shift, 6556220
        corners = [(0, 0), (60, 0), (60, 50), (0, 50), (0, 0)]
        return [(east + x, north + y) for x, y in corners]

    def held(self) -> list[str]:
        """Return what the current snapshot holds, read anew from its parts."""
        table = self.workspace.snapshot.table("observations")
        return sorted(f"{row.source_record_id} {row.text}" for row in table.itertuples())

    def places(self) -> list[str]:
        register = Register(self.workspace.folder / "store", municipality_code="1785", working_crs=3006)
        try:
            return [place.name for place in register.places()]
        finally:
            register.close()

    def other(self) -> None:
        """Put the other state's files in the inbox."""
        self.put("b" if self.state == "a" else "a")

    def import_now(self) -> object:
        """Import, as the work of a child."""
        return fates(run(self.workspace.folder))

    def published(self) -> str:
        """Return which of the two states the snapshot holds: all of one, never some of each."""
        (state,) = [state for state, rows in self.rows.items() if rows == self.held()]
        return state

    def check_next(self) -> None:
        """Hold that the next import gives what it would have given undisturbed, and clears up."""
        before = self.published()
        account = fates(run(self.workspace.folder))
        assert account == self.accounts[before, self.state]
        assert self.held() == self.rows[self.state]
        assert self.places() == ["Stortorget"]
        assert not list((self.workspace.folder / "store").rglob("*.part"))
