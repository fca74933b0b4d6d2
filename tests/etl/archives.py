"""Archives and workbooks to be read, or to be refused."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import openpyxl


def pack(path: Path, members: Mapping[str, bytes]) -> Path:
    """Write a zip of these files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def shape_files(
    folder: Path, name: str, frame: gpd.GeoDataFrame, *, encoding: str = "utf-8"
) -> dict[str, bytes]:
    """Return the files of a Shape by name."""
    folder.mkdir(exist_ok=True)
    frame.to_file(folder / f"{name}.shp", engine="pyogrio", encoding=encoding)
    return {one.name: one.read_bytes() for one in sorted(folder.glob(f"{name}.*"))}


def rewrite(path: Path, member: str, old: bytes, new: bytes) -> None:
    """Change the bytes of one file in a zip."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    assert old in members[member]
    pack(path, members | {member: members[member].replace(old, new)})


def workbook(path: Path, *rows: list[object]) -> Path:
    """Write a workbook of one sheet."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path
