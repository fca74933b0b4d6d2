"""An unknown file looked at, and the mapping that comes of it saved."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from etl.describe.description import Description
from etl.describe.lexicon import fold
from etl.describe.proposing import Proposal
from etl.describe.reasons import Reason, in_english
from etl.describe.sniff import readings
from etl.describe.toml_text import as_toml
from etl.describe.trial import try_draft
from etl.sources import INBOX
from geodata.errors import FileFaultError, ProjectError
from geodata.project import Project, read_project
from geodata.sections import Municipality
from geodata.store.whole import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from etl.describe.drafts import Draft
    from etl.describe.reasons import Say
    from etl.doubts.dates import DateOrder
    from etl.readers.raw_table import RawTable, ReaderOptions

MAPPINGS = "mappings"
UNNAMED = "okand"
MANY_REJECTED = 0.1
"""Share of the rows from which rejections are a doubt of the mapping, not faults of rows."""
CHOICES = {
    "date_order": '"dmy"  # or "mdy", "ymd"',
    "decimal": '","  # or "."',
    "axes": '"north_east"  # or "east_north"',
}
"""Setting that a file in doubt needs → what it may be: the person who knows the file says which."""
_YEARS = re.compile(r"_?(?:19|20)\d{2}(?:_?\d{2}){0,2}$")


def describe(
    path: Path,
    workspace: Path | None = None,
    *,
    name: str | None = None,
    order: DateOrder | None = None,
    say: Say | None = None,
) -> Description:
    """Look at a file and propose a mapping for it; nothing is written.

    Parameters
    ----------
    path
        The file.
    workspace
        Whose settings it is tried under; any municipality's when None.
    name
        What the mapping is to be called; made of the file's name when None.
    order
        Order of day and month where every date can be read both ways; None leaves it for the import to ask.
    say
        Says reasons in the language of the mapping's comments; English when None.

    Raises
    ------
    FileFaultError
        The file can't be read, or nothing in it says when or where.
    ProjectError
        The workspace's project file can't be used.
    """
    project = None if workspace is None else read_project(workspace)
    region = None if project is None else project.geography.extent
    file = path.name
    found = readings(path, file=file)
    tries: list[tuple[Draft, RawTable, ReaderOptions]] = []
    fault: FileFaultError | None = None
    for options, raw in found:
        proposal = Proposal(raw, options, file=file, region=region, order=order)
        try:
            draft = proposal.propose(title=_title(path), whole=len(found) == 1)
        except FileFaultError as error:
            fault = fault or error
        else:
            tries.append((draft, raw, options))
    if not tries:
        raise fault or FileFaultError("file_no_rows", f"{file} has no rows.", file=file)
    draft, raw, options = max(tries, key=lambda one: one[0].sureness)
    others = [_part(one) for one, _ in found if one is not options]
    if others:
        draft.doubt("doubt_layer", value=", ".join(others))
    return _described(draft, raw, path, workspace, project, name=name or _name(path), say=say or in_english)


def _described(
    draft: Draft,
    raw: RawTable,
    path: Path,
    workspace: Path | None,
    project: Project | None,
    *,
    name: str,
    say: Say,
) -> Description:
    settings = project or _anybody(draft, raw)
    trial, acceptance = try_draft(draft.mapping, raw, project=settings, file=path.name, now=datetime.now(UTC))
    if len(trial.rejections) > MANY_REJECTED * trial.rows:
        values = {"n": str(len(trial.rejections)), "rows": str(trial.rows)}
        draft.doubts.insert(0, Reason("doubt_rejected", values))
    for setting, value in trial.settings.items():
        if setting == "date_order":  # said of its column
            continue
        draft.doubts.insert(0, Reason("doubt_setting", {"setting": setting, "value": value}))
    if acceptance is None:
        draft.doubts.insert(0, Reason("doubt_no_row"))
    draft.mapping["acceptance"] = [acceptance or {"fate": "waiting"}]
    return Description(
        file=path.name,
        name=name,
        reader=draft.mapping["reader"]["format"],
        table=draft.mapping["table"],
        stream=draft.mapping.get("stream"),
        said=raw.said,
        columns=tuple(draft.columns.values()),
        doubts=tuple(draft.doubts),
        trial=trial,
        mapping=as_toml(draft, say=say),
        source=_source(name, path, workspace, trial.settings),
    )


def save_mapping(description: Description, workspace: Path, *, again: bool = False) -> Path:
    """Write the proposed mapping to the workspace.

    Parameters
    ----------
    again
        Whether a mapping of that name may be written over.

    Raises
    ------
    ProjectError
        ``mapping_exists`` when there is one and `again` was not said.
    """
    path = workspace / MAPPINGS / f"{description.name}.toml"
    if path.exists() and not again:
        raise ProjectError(
            "mapping_exists",
            f"There is a mapping {path.name} already; say --again to write over it, or another --name.",
            file=path.name,
        )
    write_whole(path, description.mapping.encode())
    return path


def _anybody(draft: Draft, raw: RawTable) -> Project:
    """Return the settings of the municipality that most rows of the file are about, or of nobody."""
    scope: dict[str, Any] = draft.mapping.get("scope", {})
    most = {by: str(raw.cells[heading].mode().iloc[0]) for by, heading in scope.items()}
    code = most.get("code", "")
    known = code if re.fullmatch(r"[0-9]{4}", code) else "0000"
    return Project(municipality=Municipality(name=most.get("name") or "?", code=known))


def _title(path: Path) -> str:
    return f"{path.stem.replace('_', ' ').strip() or path.name}, {path.suffix.lstrip('.').upper()}"


def _name(path: Path) -> str:
    """Name the mapping by the file, without its year: next year's file is the same layout."""
    plain = fold(path.stem).replace(" ", "_")
    return _YEARS.sub("", plain) or UNNAMED


def _source(name: str, path: Path, workspace: Path | None, settings: dict[str, str]) -> str:
    plain = _YEARS.sub("", path.stem.replace("-", "_"))
    pattern = f"{plain}*{path.suffix}" if plain and path.name.startswith(plain) else path.name
    folder = INBOX
    if workspace is not None and path.resolve().is_relative_to((workspace / INBOX).resolve()):
        inside = path.resolve().relative_to((workspace / INBOX).resolve()).parent.parts
        folder = "/".join((INBOX, *inside))
    lines = ["[[source]]", f'name = "{name}"', f'mapping = "{name}"', f'files = ["{folder}/{pattern}"]']
    stated = (f"# {setting} = {CHOICES[setting]}" for setting in settings)
    return "\n".join((*lines, *stated)) + "\n"


def _part(options: ReaderOptions) -> str:
    return options.sheet or options.layer or options.records or options.format
