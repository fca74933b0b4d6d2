"""What an import that broke off had converted already, so that the next one need not do it again.

A file's conversion depends on its bytes, its source and mapping, the project, the lexicon, the installation's
secret and the program itself; all of that is in its key, and nothing stands under a key that is not whole.
What is kept is masked already. When an import publishes, nothing of this is left.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zlib
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

import geodata
from etl.intake import Intake
from etl.tables import Converted, typed
from etl.themes.lexicon import OWN_FILE
from geodata.account import Rejection
from geodata.schema import TABLES, has_geometry
from geodata.store.snapshots import FORMAT
from geodata.store.whole import storing, write_whole

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from etl.context import Door
    from etl.sources import SourceFile, SourceFiles
    from geodata.project import Project

FOLDER = "halfway"
OF_THE_MOMENT = "date_future"
"""Rejection that may not hold at the next import: such a file is converted again."""

_ROW = "row"
_ABOUT = b"problembild"
_DIGEST = 32


class Halfway:
    """The conversions that a store keeps while an import runs.

    Parameters
    ----------
    store
        The workspace's ``store/`` folder.
    project, door
        What every file of the import is converted with.
    """

    def __init__(self, store: Path, project: Project, door: Door) -> None:
        self._folder = store / FOLDER
        self._begun = self._folder.is_dir()
        lexicon = store.parent / OWN_FILE
        words = hashlib.sha256(lexicon.read_bytes()).hexdigest() if lexicon.exists() else ""
        self._common = [project.to_json(), words, door.secret.hex(), program_digest(), FORMAT]

    def resume(self, source: SourceFiles, file: SourceFile) -> Intake | None:
        """Return what a broken-off import made of a file; None where there is nothing."""
        if not self._begun:
            return None
        name = source.source.name
        intake = Intake(name, file.name, file.sha256(), source.mapping.table, resumed=True)
        try:
            content = self._path(source, file, intake).read_bytes()
            if hashlib.sha256(content[_DIGEST:]).digest() != content[:_DIGEST]:
                return None
            intake.read, intake.converted = _read(content[_DIGEST:], intake.table)
        except (OSError, ValueError, KeyError, TypeError, pa.ArrowException):
            return None
        return intake

    def keep(self, source: SourceFiles, file: SourceFile, intake: Intake) -> None:
        """Keep what a file gave until the import is published.

        Raises
        ------
        StoreError
            ``store_full``, ``store_not_writable``.
        """
        converted = intake.converted
        if converted is None or set(converted.frame.columns) != set(TABLES[intake.table].names):
            return
        if any(one.code == OF_THE_MOMENT for one in converted.rejections):
            return
        content = _written(converted, intake)
        write_whole(self._path(source, file, intake), hashlib.sha256(content).digest() + content)

    def clear(self) -> None:
        """Let everything go: it is published.

        Raises
        ------
        StoreError
            ``store_not_writable``.
        """
        if self._folder.is_dir():
            with storing(self._folder):
                for path in self._folder.iterdir():
                    path.unlink()
                self._folder.rmdir()

    def _path(self, source: SourceFiles, file: SourceFile, intake: Intake) -> Path:
        mapping = source.mapping.model_dump_json()
        known = [intake.sha256, file.name, source.source.model_dump_json(), mapping, *self._common]
        key = hashlib.sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()
        return self._folder / f"{key}.parquet"


@lru_cache
def program_digest() -> str:
    """Digest the program that converts: another version may make something else of the same file."""
    folders = [Path(__file__).parent, Path(next(iter(geodata.__path__)))]
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(one for one in folder.rglob("*") if one.suffix in {".py", ".toml"}):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _written(converted: Converted, intake: Intake) -> bytes:
    frame = pd.DataFrame(converted.frame)
    if has_geometry(intake.table):
        frame = frame.assign(geometry=shapely.to_wkb(frame["geometry"].to_numpy(dtype=object)))
    about = {
        "read": intake.read,
        "rows": len(converted.set_aside),
        "masked": converted.masked,
        "said": converted.said,
        "rejections": [asdict(one) for one in converted.rejections],
        **{
            name: _packed(which)
            for name, which in (
                ("set_aside", converted.set_aside),
                ("waiting", converted.waiting),
                ("linked", converted.linked),
            )
        },
    }
    table = pa.Table.from_pandas(frame, schema=TABLES[intake.table], preserve_index=False)
    table = table.append_column(_ROW, pa.array(converted.row, pa.int64()))
    table = table.replace_schema_metadata({_ABOUT: json.dumps(about).encode()})
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="lz4")
    return sink.getvalue()


def _read(content: bytes, name: str) -> tuple[int, Converted]:
    table = pq.read_table(io.BytesIO(content))
    about = json.loads(table.schema.metadata[_ABOUT])
    row = table.column(_ROW).to_numpy()
    frame = table.drop_columns([_ROW]).replace_schema_metadata(None).to_pandas()
    if has_geometry(name):
        shapes = shapely.from_wkb(frame["geometry"].to_numpy(dtype=object))
        frame["geometry"] = pd.Series(shapes, dtype=object)
    rows = int(about["rows"])
    converted = Converted(
        frame=typed(frame, name),
        row=np.asarray(row, dtype=np.int64),
        set_aside=_unpacked(about["set_aside"], rows),
        waiting=_unpacked(about["waiting"], rows),
        linked=_unpacked(about["linked"], rows),
        masked=about["masked"],
        said=about["said"],
        rejections=tuple(Rejection(**one) for one in about["rejections"]),
    )
    return int(about["read"]), converted


def _packed(which: NDArray[np.bool_]) -> str:
    return base64.b64encode(zlib.compress(np.packbits(which).tobytes())).decode("ascii")


def _unpacked(text: str, rows: int) -> NDArray[np.bool_]:
    packed = np.frombuffer(zlib.decompress(base64.b64decode(text)), dtype=np.uint8)
    return np.unpackbits(packed, count=rows).astype(bool)
