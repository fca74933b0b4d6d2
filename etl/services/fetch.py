"""Fetch what the services of a workspace say; one that fails leaves the others, and the inbox, alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from etl.services.allowance import Allowance
from etl.services.errand import Errand
from etl.services.outcome import Fetched, FetchReport
from etl.services.police import fetch_police_events
from etl.services.schools import fetch_schools
from geodata.errors import ParameterError, ServiceError
from geodata.project import read_project

if TYPE_CHECKING:
    from pathlib import Path

    from etl.services.outcome import Outcome
    from geodata.project import Project
    from geodata.sections import Source

STORE = "store"

SERVICES: dict[str, Callable[[Errand], Fetched]] = {
    "police_events": fetch_police_events,
    "school_register": fetch_schools,
}
"""Mapping → the service whose answers it reads."""

Progress = Callable[[str, int, int], None]
"""Step (a key of ``codes.STEPS``), how many of it are done, how many there are."""


def _now() -> datetime:
    return datetime.now(UTC)


def fetch(
    workspace: Path,
    *,
    source: str | None = None,
    progress: Progress | None = None,
    now: Callable[[], datetime] = _now,
    sleep: Callable[[float], None] = time.sleep,
) -> FetchReport:
    """Ask the services of a workspace's sources and save what is new in the inbox.

    Parameters
    ----------
    workspace
        Folder with ``problembild.toml``, ``inbox/`` and ``store/``.
    source
        Only this source; every source that has a service when not said.
    progress
        Told of every answer (step ``fetch_ask``).
    now, sleep
        Give the time, and wait for a number of seconds.

    Returns
    -------
    FetchReport
        What was fetched, what failed and why, when the next question may be asked. What an earlier fetch
        saved is never touched.

    Raises
    ------
    ProjectError
        The project file can't be used.
    ParameterError
        ``fetch_unknown`` for a source that there is none of, ``fetch_none`` where none has a service.
    StoreError
        The store or the inbox can't be written.
    """
    project = read_project(workspace)
    chosen = _choose(project, source)
    allowance = Allowance(workspace / STORE, now=now)
    from etl.services.asking import Questioner  # noqa: PLC0415  httpx is slow to import, and only asked here

    questioner = Questioner(agent=agent(project), allowance=allowance, now=now, sleep=sleep)
    tell = progress or _silent
    try:
        found = []
        for one in chosen:
            errand = Errand(
                workspace=workspace,
                store=workspace / STORE,
                source=one,
                municipality=project.municipality,
                questioner=questioner,
                now=now,
                progress=partial(tell, "fetch_ask"),
            )
            found.append(_fetch(errand))
    finally:
        questioner.close()
    return FetchReport(tuple(found))


def agent(project: Project) -> str:
    """Return the ``User-Agent``: the product, its version, the municipality's code and whom to turn to."""
    try:
        number = version("problembild")
    except PackageNotFoundError:
        number = "0"
    who = "; ".join(filter(None, (f"kommun {project.municipality.code}", project.fetch.contact)))
    return f"Problembild/{number} ({who})"


def _choose(project: Project, source: str | None) -> list[Source]:
    known = [one for one in project.sources if one.mapping in SERVICES]
    chosen = [one for one in known if source in {None, one.name}]
    if not chosen and source is not None:
        names = ", ".join(one.name for one in known)
        raise ParameterError(
            "fetch_unknown", f"No source {source} can be fetched; known: {names}.", source=source, found=names
        )
    if not chosen:
        mappings = ", ".join(SERVICES)
        raise ParameterError(
            "fetch_none", f"No source has a mapping that is fetched: {mappings}.", found=mappings
        )
    return chosen


def _fetch(errand: Errand) -> Fetched:
    try:
        return SERVICES[errand.source.mapping](errand)
    except ServiceError as error:
        values = {name: str(value) for name, value in error.values.items()}
        outcome: Outcome = "waiting" if error.code == "service_limit" else "failed"
        return Fetched(
            errand.source.name, outcome, code=error.code, values=values, next_at=values.get("next", "")
        )


def _silent(step: str, done: int, total: int) -> None:
    """Tell nobody."""
