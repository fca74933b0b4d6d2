"""What `describe` says of a file."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from etl.describe.drafts import Column
    from etl.describe.reasons import Reason
    from etl.describe.trial import Trial


@dataclass(frozen=True)
class Description:
    """A file looked at, and the mapping that is proposed for it.

    Attributes
    ----------
    file
        The file's name.
    name
        What the mapping is to be called.
    reader
        Key of ``READERS``.
    table, stream
        Where its rows belong; a stream for observations alone.
    said
        What was found out while it was read (encoding, delimiter …): code and value.
    columns
        What every column becomes, and why.
    doubts
        What a person should look at before the mapping is used.
    trial
        What would become of the rows.
    mapping
        The proposed mapping, TOML with its reasons.
    source
        The lines to add to the project file.
    """

    file: str
    name: str
    reader: str
    table: str
    stream: str | None
    said: dict[str, str]
    columns: tuple[Column, ...]
    doubts: tuple[Reason, ...]
    trial: Trial
    mapping: str
    source: str

    def to_json(self) -> dict[str, Any]:
        """Return plain lists, dicts and strings, for ``--json``."""
        return asdict(self)
