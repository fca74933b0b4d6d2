"""How often a service may be asked: remembered in the store, so that it holds over every run."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from geodata.errors import ServiceError
from geodata.store.whole import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STATE_FILE = "services.json"
EACH_HOUR = 60
"""Questions that one host is asked within any hour: what the police ask for, and enough for the others."""
HOUR = timedelta(hours=1)


class Allowance:
    """The questions that hosts were asked in the last hour, of one workspace.

    Parameters
    ----------
    store
        The workspace's store, where it is kept.
    now
        Gives the time, with its zone.
    """

    def __init__(self, store: Path, *, now: Callable[[], datetime]) -> None:
        self._path = store / STATE_FILE
        self._now = now
        self._asked, self._closed = _read(self._path)

    def take(self, host: str) -> None:
        """Count one question, on disk before it is asked.

        Raises
        ------
        ServiceError
            ``service_limit``, with when the next may be asked.
        StoreError
            As `write_whole`.
        """
        opens = self.opens(host)
        if opens is not None:
            raise limit_reached(host, opens)
        self._asked.setdefault(host, []).append(self._now())
        self._write()

    def close(self, host: str, until: datetime) -> None:
        """Remember that a host wants no question before `until`."""
        self._closed[host] = until
        self._write()

    def opens(self, host: str) -> datetime | None:
        """Return when a host may be asked again; None for now."""
        now = self._now()
        recent = [asked for asked in self._asked.get(host, []) if now - HOUR < asked <= now]
        self._asked[host] = recent
        until = self._closed.get(host, now)
        if len(recent) >= EACH_HOUR:
            until = max(until, recent[-EACH_HOUR] + HOUR)
        return until if until > now else None

    def _write(self) -> None:
        state = {
            "asked": {
                host: [one.isoformat() for one in times] for host, times in self._asked.items() if times
            },
            "closed": {
                host: until.isoformat() for host, until in self._closed.items() if until > self._now()
            },
        }
        write_whole(self._path, json.dumps(state, indent=1).encode())


def limit_reached(host: str, opens: datetime) -> ServiceError:
    """Return the error of a question that may not be asked yet."""
    moment = opens.astimezone(UTC).isoformat(timespec="minutes")
    return ServiceError(
        "service_limit",
        f"{host} takes no more questions before {moment}.",
        service=host,
        limit=EACH_HOUR,
        next=moment,
    )


def _read(path: Path) -> tuple[dict[str, list[datetime]], dict[str, datetime]]:
    """Read what was remembered; nothing where it can't be read, which only forgets an hour."""
    try:
        state = json.loads(path.read_bytes())
        asked = {host: [_moment(one) for one in times] for host, times in state["asked"].items()}
        closed = {host: _moment(until) for host, until in state["closed"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}, {}
    return asked, closed


def _moment(written: str) -> datetime:
    moment = datetime.fromisoformat(written)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
