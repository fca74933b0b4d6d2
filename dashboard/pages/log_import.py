"""A log brought from a file on the page of the log: looked at first, kept when the person says so."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, dcc, html, no_update

from dashboard.access.actions import Action, may, require_action
from dashboard.components.log_import import log_file_account, log_file_field
from dashboard.components.markup import fragment, fragment_of, tag
from dashboard.pages.visit import receive
from dashboard.views.log_import import log_import_view
from dashboard.views.promises import LOG_PATH
from etl.pipeline import mask_text
from geodata.analyses.ground import open_register
from geodata.analyses.promise_files import import_log
from geodata.errors import ParameterError, ProblembildError
from geodata.promises.log_file import COLUMNS

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.desk import Desk
    from dashboard.pages.visit import Visit
    from dashboard.texts.catalogue import Catalogue

MEGABYTES = 2
LONGEST_NAME = 80
WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How Excel's own files begin."""


def log_file_section(visit: Visit) -> list[Component]:
    """Build the part of the page where a file is brought; empty for those who bring none."""
    if not may(visit.address.audience, Action.IMPORT):
        return []
    texts = visit.texts
    return [
        html.Section(
            [
                *fragment("log-file-field", log_file_field(texts, megabytes=MEGABYTES)),
                *fragment("log-file"),
                dcc.Store(id="log-file-sent"),
            ],
            className="sheet log-file",
        )
    ]


def wire_log_file(app: Dash, desk: Desk) -> None:
    """Register what is brought."""

    @app.callback(
        Output(*fragment_of("log-file")),
        Input("log-file-sent", "data"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def take(sent: dict[str, Any] | None, search: str | None) -> Any:
        return take_log_file(desk, sent, search) if isinstance(sent, dict) and sent else no_update


def take_log_file(desk: Desk, sent: dict[str, Any], search: str | None) -> str:
    """Say what would become of a file's rows, or keep them and say what became of them.

    Parameters
    ----------
    sent
        ``name``, ``content`` (base64), and ``do``: ``keep``, else it is only looked at.
    """
    visit = receive(desk, LOG_PATH, search)
    require_action(visit.address.audience, Action.IMPORT)
    texts = visit.texts
    file = str(sent.get("name", ""))[:LONGEST_NAME] or texts("log_import.nameless")
    kept = sent.get("do") == "keep"
    try:
        text = read_text(str(sent.get("content", "")), file=file)
        account = import_log(
            open_register(desk.workspace),
            visit.project,
            text,
            file=file,
            by=visit.by,
            mask=mask_text,
            keep=kept,
        )
    except ProblembildError as error:
        return str(tag("p", _fault(texts, error), class_="fault", role="alert"))
    return str(log_file_account(texts, log_import_view(texts, account, file=file, kept=kept)))


def _fault(texts: Catalogue, error: ProblembildError) -> str:
    """Say what is wrong with the file; the columns that it lacks as the page calls them."""
    if error.code != "log_file_columns":
        return texts.error(error)
    named = [one for one in str(error.values["missing"]).split(", ") if one in COLUMNS]
    missing = texts.form.listing([texts(f"log_import.column.{one}") for one in named]) or "–"
    return texts("log_import.no_columns", **{**error.values, "missing": missing})


def read_text(content: str, *, file: str) -> str:
    """Return the text of a file that came as base64: UTF-8, else as Windows writes.

    Raises
    ------
    ParameterError
        ``log_file_empty``, ``log_file_large``, ``log_file_workbook``, ``log_file_broken``.
    """
    try:
        raw = base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ParameterError("log_file_broken", f"{file} did not come whole.", file=file) from error
    if not raw.strip():
        raise ParameterError("log_file_empty", f"{file} is empty.", file=file)
    if len(raw) > MEGABYTES * 1_000_000:
        raise ParameterError("log_file_large", f"{file} is too large.", file=file, megabytes=MEGABYTES)
    if raw.startswith(WORKBOOK):
        raise ParameterError("log_file_workbook", f"{file} is a workbook; save it as CSV.", file=file)
    if b"\0" in raw:
        raise ParameterError("log_file_broken", f"{file} is no text.", file=file)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")
