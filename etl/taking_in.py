"""Every file of every source taken in, one after another; what is known already is not read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.progress import RowsRead

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from etl.halfway import Halfway
    from etl.inbox.carried import Carrier
    from etl.intake import Intake
    from etl.journal import Journal
    from etl.sources import SourceFile, SourceFiles


def take_in_all(
    sources: Sequence[SourceFiles],
    carrier: Carrier,
    halfway: Halfway,
    at_door: Callable[[SourceFiles, SourceFile, Callable[[int, float], None]], Intake],
    *,
    journal: Journal,
    tell: Callable[[str, int, int], None],
) -> list[tuple[SourceFile, Intake]]:
    """Take in the files in the order of the project file.

    Parameters
    ----------
    carrier
        Gives the rows of files that the house took away.
    halfway
        Gives and keeps what is converted of an import that breaks off.
    at_door
        Reads and converts one file; it is given what it may tell its rows and the share that is done.
    journal, tell
        What is told of every file.

    Raises
    ------
    StoreError
        When the store can't be written, and what `Carrier.carry` raises.
    """
    waiting = [(source, file) for source in sources for file in source.files]
    taken = []
    progress = RowsRead(tell, [file.path for _, file in waiting])
    for number, (source, file) in enumerate(waiting):
        known = carrier.carry(source, file) or halfway.resume(source, file)
        intake = known or carrier.explained(at_door(source, file, progress.within))
        intake.whole = source.mapping.whole and not file.is_mended
        if number + 1 < len(waiting) and not intake.resumed:  # after the last one little is left to break off
            halfway.keep(source, file, intake)
        event, outcome = "resumed" if intake.resumed else "file", intake.fault or str(intake.read)
        journal.write(event, source=intake.source, file=intake.file, sha256=intake.sha256, outcome=outcome)
        taken.append((file, intake))
        progress.file_done(intake.read)
    return taken
