"""Which layers a vector file or an archive of them holds, each known by its first bytes."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import pyogrio

from etl.readers.archive import MARK, open_archive, refuse_entities
from etl.readers.shape_encoding import shape_encoding
from geodata.errors import FileFaultError

if TYPE_CHECKING:
    import zipfile
    from pathlib import Path

PARQUET = "Parquet"
SHAPE = "Shape"
KML = "KML"
KINDS: dict[bytes, str] = {
    b"SQLite format 3\0": "GeoPackage",
    b"fgb\x03": "FlatGeobuf",
    b"PAR1": PARQUET,
    b"\0\0\x27\x0a": SHAPE,
    b"{": "GeoJSON",
    b"<": KML,
}
"""How a file begins → what it is. GDAL itself would also open files that only point at others."""

HEAD = 4096
IN_ARCHIVES = (".shp", ".gpkg", ".geojson", ".json", ".fgb", ".kml")
BESIDE = (".dbf", ".cpg")
_BEFORE_TEXT = b"\xef\xbb\xbf\xff\xfe \t\r\n\0"


@dataclass(frozen=True, slots=True)
class VectorLayer:
    """One layer of a file.

    Attributes
    ----------
    address
        What GDAL opens; within a zip a path through it, so nothing is unpacked to disk.
    name
        The layer's name.
    within
        The file in an archive that holds it, ``""`` outside archives.
    encoding
        How a Shape's words are written, None where the format says so itself.
    """

    address: str
    name: str
    within: str = ""
    encoding: str | None = None

    def matches(self, pattern: str) -> bool:
        """Say whether its name, or its path in an archive, fits a pattern, letter case apart."""
        folded = pattern.casefold()
        stem = self.within.rpartition(".")[0]
        return any(fnmatchcase(one.casefold(), folded) for one in (self.name, self.within, stem))


def find_layers(path: Path, *, file: str) -> list[VectorLayer]:
    """List the layers of a file that GDAL reads; none for GeoParquet.

    Raises
    ------
    FileFaultError
        ``file_unreadable`` where it is no vector file, ``entities_refused``, and what `open_archive` raises.
    """
    with path.open("rb") as opened:
        head = opened.read(HEAD)
    if head.startswith(MARK):
        return _in_archive(path, file=file)
    kind = _kind(head, file=file)
    if kind == PARQUET:
        return []
    if kind == KML:
        _check_kml(path.read_bytes(), file=file)
    encoding = None
    if kind == SHAPE:
        beside = {
            one.suffix.lower(): one
            for one in sorted(path.parent.iterdir())
            if one.stem == path.stem and one.suffix.lower() in BESIDE
        }
        encoding = _encoding(*(beside[end].read_bytes() if end in beside else None for end in BESIDE))
    return _layers(str(path), encoding=encoding)


def choose_layer(layers: list[VectorLayer], wanted: str | None, *, file: str) -> VectorLayer:
    """Return the layer that `wanted` (a name, or a pattern with ``*``) fits; the only one when not said.

    Raises
    ------
    FileFaultError
        ``layer_missing`` where none fits, or several do.
    """
    fitting = layers if wanted is None else [one for one in layers if one.matches(wanted)]
    if len(fitting) != 1:
        found = ", ".join(sorted(one.name for one in (fitting or layers)))
        raise FileFaultError(
            "layer_missing",
            f"{file}: there is no layer {wanted or ''}, or several. Found: {found}.",
            file=file,
            layer=wanted or "",
            found=found,
        )
    return fitting[0]


def _in_archive(path: Path, *, file: str) -> list[VectorLayer]:
    layers = []
    with open_archive(path, file=file) as archive:
        names = [name for name in archive.namelist() if name.lower().endswith(IN_ARCHIVES)]
        for name in sorted(names):
            with archive.open(name) as member:
                kind = _kind(member.read(HEAD), file=f"{file}/{name}")
            if kind == KML:
                _check_kml(archive.read(name), file=f"{file}/{name}")
            encoding = _beside(archive, name) if kind == SHAPE else None
            # The braces let an archive's own name hold anything.
            layers += _layers(f"/vsizip/{{{path}}}/{name}", within=name, encoding=encoding)
    if not layers:
        raise _unreadable(file, f"the archive holds no {', '.join(IN_ARCHIVES)}")
    return layers


def _beside(archive: zipfile.ZipFile, name: str) -> str | None:
    """Return how the words beside a Shape in an archive are written."""
    stem = name.rpartition(".")[0].casefold()
    found = {one.casefold(): one for one in archive.namelist()}
    dbf, cpg = (archive.read(found[stem + end]) if stem + end in found else None for end in BESIDE)
    return _encoding(dbf, cpg)


def _encoding(dbf: bytes | None, cpg: bytes | None) -> str | None:
    return None if dbf is None else shape_encoding(dbf, cpg)


def _layers(address: str, *, within: str = "", encoding: str | None = None) -> list[VectorLayer]:
    return [VectorLayer(address, str(name), within, encoding) for name in pyogrio.list_layers(address)[:, 0]]


def _kind(head: bytes, *, file: str) -> str:
    text = head.lstrip(_BEFORE_TEXT)
    for mark, kind in KINDS.items():
        if head.startswith(mark) or (kind in {"GeoJSON", KML} and text.startswith(mark)):
            return kind
    raise _unreadable(file, f"it begins with {ascii(head[:8])[2:-1]}, as none of these files does")


def _check_kml(content: bytes, *, file: str) -> None:
    """Refuse other XML than KML, and entities in it."""
    refuse_entities(content, file=file, kind=KML)
    if b"<kml" not in content[:HEAD].replace(b"\0", b"").lower():
        raise _unreadable(file, "it is XML but not KML")


def _unreadable(file: str, problem: str) -> FileFaultError:
    return FileFaultError(
        "file_unreadable",
        f"{file} can't be read as a vector file: {problem}.",
        file=file,
        format="vector",
        problem=problem,
    )
