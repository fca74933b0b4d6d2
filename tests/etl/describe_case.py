"""Two mappings run on one file, and whether they give the same records."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from etl.context import Context
from etl.convert import convert
from etl.mapping import Mapping
from etl.readers import read_file
from etl.tables import Converted
from geodata.project import Project, parse_project

EXEMPELSTAD = parse_project(
    {
        "municipality": {"name": "Exempelstad", "code": "9999"},
        "geography": {"extent": [12.4, 58.85, 13.9, 59.5]},
    }
)
SAME = {
    "observations": (
        "observation_id",
        "stream",
        "category",
        "occurred_from",
        "occurred_to",
        "time_precision",
        "location_precision",
        "location_text",
        "x",
        "y",
        "text",
        "set_aside",
        "checklist",
        "status",
        "severity",
        "respondent",
        "measure",
        "collected_at",
    )
}
"""What two mappings must agree on; every column for the other tables."""


def converted(mapping: Mapping, path: Path, *, project: Project = EXEMPELSTAD) -> Converted:
    raw = read_file(path, mapping.reader, file=path.name)
    context = Context(project=project, source="prov", file=path.name, mapping="prov", now=datetime.now(UTC))
    return convert(raw, mapping, context)


def as_mapping(text: str) -> Mapping:
    return Mapping.model_validate(tomllib.loads(text))


def differences(ours: Mapping, theirs: Mapping, path: Path) -> list[str]:
    """Say in what two mappings differ on a file; nothing where they give the same."""
    if ours.table != theirs.table:
        return [f"table {theirs.table} instead of {ours.table}"]
    one, other = converted(ours, path), converted(theirs, path)
    found = [
        fate
        for fate in ("waiting", "set_aside", "linked")
        if getattr(one, fate).tolist() != getattr(other, fate).tolist()
    ]
    rejected = [[(row.row, row.code, row.column) for row in each.rejections] for each in (one, other)]
    if rejected[0] != rejected[1]:
        found.append(f"rejected {rejected[1]} instead of {rejected[0]}")
    if found:
        return found
    # Where the shipped mapping takes no id from the file, another may: it is made of the shape otherwise.
    made = () if ours.id else ("area_id", "street_id")
    names = SAME.get(ours.table, tuple(name for name in one.frame.columns if name not in made))
    return [name for name in names if _cells(one.frame[name]) != _cells(other.frame[name])]


def _cells(values: pd.Series) -> list[str]:
    return values.astype("str").fillna("").tolist()
