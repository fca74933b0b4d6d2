"""One nasty file beside a good one: the whole import is run, and nothing but the nasty file may show it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from string import Formatter

import pandas as pd
import shapely
from small_workspace import HEADING, Workspace, incident

from etl.codes import CODES
from geodata.account import Fate, FileReport
from geodata.schema import TABLES

GOOD = "handelser_god.csv"
X, Y = 382096.4, 6556218.2
LON, LAT = 12.939890467118953, 59.12884026836468


@dataclass
class Nasty:
    """A workspace with a good file that was imported, and the next one to come."""

    workspace: Workspace
    good: pd.DataFrame

    @classmethod
    def beside_a_good_file(cls, workspace: Workspace) -> "Nasty":
        workspace.put_incidents(incident("G1"), incident("G2", text="Mörkt vid skolan"), name=GOOD)
        workspace.use("police_incidents", "handelser_*.csv")
        assert workspace.run().adds_up
        return cls(workspace, good_rows(workspace))

    def import_(self, name: str) -> FileReport:
        """Run the whole import and return the nasty file's account; all else must be as it was."""
        inbox = self.workspace.folder / "inbox"
        before = {path: path.read_bytes() for path in sorted(inbox.rglob("*")) if path.is_file()}
        report = self.workspace.run()
        assert {path: path.read_bytes() for path in sorted(inbox.rglob("*")) if path.is_file()} == before
        assert report.adds_up
        files = {file.file: file for file in report.files}
        assert set(files) == {GOOD, name}
        assert files[GOOD].fates[Fate.UNCHANGED] == 2
        assert files[GOOD].read == 2
        pd.testing.assert_frame_equal(good_rows(self.workspace), self.good)
        for table in TABLES:  # the store is whole
            self.workspace.snapshot.table(table)
        file = files[name]
        for rejection in file.rejections:
            values = {"file": name, "row": str(rejection.row), "column": rejection.column}
            sentence(f"rejections.{rejection.code}", values | {"value": rejection.value})
        if file.stopped is not None:
            assert file.fates == {}
            assert file.stopped_values["file"] == name
            sentence(f"errors.{file.stopped}", file.stopped_values)
            assert self.came_in(name).empty
        return file

    def import_text(
        self, *lines: str, heading: str = HEADING, encoding: str = "utf-8", end: str = "\r\n"
    ) -> FileReport:
        """Import a CSV of incidents."""
        return self.import_bytes(end.join((heading, *lines, "")).encode(encoding))

    def import_bytes(self, content: bytes) -> FileReport:
        self.workspace.put("handelser_ond.csv", content)
        return self.import_("handelser_ond.csv")

    def came_in(self, name: str = "handelser_ond.csv") -> pd.DataFrame:
        """The records of the nasty file."""
        table = self.workspace.table()
        return table[table["origin_file"] == name].sort_values("origin_row").reset_index(drop=True)


def good_rows(workspace: Workspace) -> pd.DataFrame:
    """The good file's records, but for which district and street of the layers they are joined to."""
    table = workspace.table().drop(columns=["area_id", "street_id"])
    return table[table["origin_file"] == GOOD].sort_values("observation_id").reset_index(drop=True)


def sentence(key: str, values: dict[str, str]) -> str:
    """Fill a code's sentence; every value that it names must be there."""
    named = {name for _, name, _, _ in Formatter().parse(CODES[key]) if name}
    assert named <= set(values), f"{key} lacks {named - set(values)}"
    return CODES[key].format(**values)


def rejected(file: FileReport) -> list[tuple[int, str, str, str]]:
    return [(one.row, one.code, one.column, one.value) for one in file.rejections]


def feature(number: int, geometry: object, **properties: object) -> dict[str, object]:
    """Return one answer of a map survey; `geometry` is a shape, or whatever stands in its place."""
    drawn = shapely.geometry.mapping(geometry) if isinstance(geometry, shapely.Geometry) else geometry
    answer = {
        "id": number,
        "svarsdatum": "2025-05-20",
        "fraga": "otrygg",
        "kategori": "morkt",
        "beskrivning": "",
        "aldersgrupp": "",
    }
    return {"type": "Feature", "properties": answer | properties, "geometry": drawn}


def collection(features: Sequence[dict[str, object]]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": list(features)})
