"""How the command line speaks: one language, one clear message for an error, progress, tables or JSON."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from functools import partial
from getpass import getuser
from typing import TYPE_CHECKING

import typer

from geodata.errors import ProblembildError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from dashboard.texts.catalogue import Catalogue

FINE, FELL, UNUSABLE = 0, 1, 2
"""Exit codes: fine; data was stopped or a check fell; the command, the project file or the store won't do."""

UNEXPECTED = 3
"""Exit code of a fault in the program itself."""

COMMAND_LINE = "command_line"
"""Who did it where nobody is named; `dashboard.views.signed` has the words."""

ROOT = "root"

PIPED_WIDTH = 200
"""Columns of a table that goes to a file or another program, where no line need be folded."""

TRACE = "PROBLEMBILD_TRACEBACK"
"""Set in the environment, it lets the whole trace of an unexpected fault through."""


class Voice:
    """What one run of the command says: answers to standard output, everything else to standard error."""

    def __init__(self, texts: Catalogue) -> None:
        self.texts = texts

    def say(self, key: str, **values: object) -> None:
        """Say one sentence as part of the answer."""
        typer.echo(self.texts(key, **values))

    def note(self, key: str, **values: object) -> None:
        """Say one sentence beside the answer."""
        typer.echo(self.texts(key, **values), err=True)

    def json(self, answer: object) -> None:
        """Print an answer as JSON."""
        from dashboard.plain import to_plain  # noqa: PLC0415  shapely is slow to import

        typer.echo(json.dumps(to_plain(answer), ensure_ascii=False, indent=1))

    def table(
        self, headings: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()
    ) -> None:
        """Print rows under headings; the columns in `right` are set to the right."""
        from rich import box  # noqa: PLC0415  only where a table is printed
        from rich.console import Console  # noqa: PLC0415
        from rich.table import Table  # noqa: PLC0415

        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for number, heading in enumerate(headings):
            table.add_column(heading, justify="right" if number in right else "left", overflow="fold")
        for row in rows:
            table.add_row(*row)
        console = Console(highlight=False, markup=False)
        if not console.is_terminal:
            console.width = PIPED_WIDTH
        console.print(table)

    @contextmanager
    def progress(self) -> Iterator[Callable[[str, int, int], None]]:
        """Say on standard error how far long work has come; gives what it calls with step, done and total."""
        from rich.console import Console  # noqa: PLC0415  only for long work

        from dashboard.progress import StepBars, StepLines  # noqa: PLC0415

        console = Console(stderr=True)
        if not console.is_terminal:
            yield StepLines(self.texts, partial(typer.echo, err=True)).report
            return
        bars = StepBars(self.texts, console)
        try:
            yield bars.report
            bars.end()
        finally:
            bars.stop()


@contextmanager
def speaking(*, workspace: Path | None, language: str | None) -> Iterator[Voice]:
    """Speak in the language asked for, else in the project's; turn every error into a message and a code.

    Raises
    ------
    typer.Exit
        With `UNUSABLE` for what a person can mend, `UNEXPECTED` for a fault in the program.
    """
    from dashboard.texts.catalogue import catalogue  # noqa: PLC0415  texts are read when something is said

    texts = catalogue(language or _project_language(workspace))
    try:
        yield Voice(texts)
    except ProblembildError as error:
        typer.echo(texts.error(error), err=True)
        raise typer.Exit(UNUSABLE) from error
    except OSError as error:
        where = str(error.filename or workspace or "")
        typer.echo(texts("cli.refused", problem=error.strerror or str(error), where=where), err=True)
        raise typer.Exit(UNUSABLE) from error
    except Exception as error:
        if isinstance(error, typer.Exit) or os.environ.get(TRACE):
            raise
        typer.echo(texts("cli.unexpected", problem=f"{type(error).__name__}: {error}", trace=TRACE), err=True)
        raise typer.Exit(UNEXPECTED) from error


def logged_in() -> str:
    """Return who is logged in, for what is written down; the code of the command line where that is nobody.

    A user of a container may have no name, and root is no person.
    """
    try:
        user = getuser()
    except (KeyError, OSError):
        return COMMAND_LINE
    return COMMAND_LINE if user == ROOT else user


def _project_language(workspace: Path | None) -> str:
    from geodata.project import read_project  # noqa: PLC0415  pydantic is slow to import

    try:
        return read_project(workspace).municipality.language if workspace else "sv"
    except ProblembildError:
        return "sv"  # the error itself is said by whoever needs the project
