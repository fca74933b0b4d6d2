"""A small workspace to put files in and import, and lines for those files."""

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from etl.pipeline import run
from geodata.account import FileReport, ImportReport
from geodata.store.snapshots import Snapshot, open_current

HEADING = "Händelsenr;Datum;Klockslag;Brottskod;Händelsetyp;Plats;N;E;Allvarlighet;Beskrivning"
EXTENT = (12.4, 58.85, 13.3, 59.5)


def incident(
    number: str = "K1",
    day: str = "2025-03-14",
    clock: str = "17.59",
    kind: str = "Fortkörning",
    north: str = "6556218,2",
    east: str = "382096,4",
    text: str = "Bil i hög fart",
    place: str = "Skolgatan",
) -> str:
    """Return one line of the police's CSV, at a point in Säffle."""
    return f"{number};{day};{clock};3005;{kind};{place};{north};{east};;{text}"


@dataclass
class Workspace:
    folder: Path
    sources: dict[str, tuple[str, str]] = field(default_factory=dict)

    def use(self, mapping: str, pattern: str, *, name: str | None = None, more: str = "") -> None:
        """Add a source to the project file."""
        self.sources[name or mapping] = (mapping, pattern)
        lines = [
            '[municipality]\nname = "Säffle"\ncode = "1785"\n',
            f"[geography]\nextent = {list(EXTENT)}\n",
        ]
        lines += [
            f'[[source]]\nname = "{source}"\nmapping = "{uses}"\nfiles = ["inbox/{files}"]\n{more}'
            for source, (uses, files) in self.sources.items()
        ]
        (self.folder / "problembild.toml").write_text("\n".join(lines), encoding="utf-8")

    def put(self, name: str, content: str | bytes, *, encoding: str = "utf-8") -> Path:
        """Write a file to the inbox."""
        path = self.folder / "inbox" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    def put_incidents(self, *lines: str, name: str = "handelser_2025.csv", heading: str = HEADING) -> Path:
        """Write a CSV of the police's incidents and make it a source."""
        if "police_incidents" not in self.sources:
            self.use("police_incidents", "handelser_*.csv")
        return self.put(name, "\r\n".join((heading, *lines)) + "\r\n", encoding="cp1252")

    def run(self) -> ImportReport:
        return run(self.folder)

    def only_file(self) -> FileReport:
        (file,) = self.run().files
        return file

    @property
    def snapshot(self) -> Snapshot:
        return open_current(self.folder / "store")

    def table(self, name: str = "observations") -> pd.DataFrame:
        return self.snapshot.table(name)
