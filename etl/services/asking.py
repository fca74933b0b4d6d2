"""One question to a service: within its limits, again when it fails in passing, until the answer is JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt
from tenacity.wait import wait_exponential_jitter

from etl.services.allowance import limit_reached
from geodata.errors import ServiceError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from etl.services.allowance import Allowance

ATTEMPTS = 5
LONGEST_WAIT = timedelta(minutes=1)
"""A service that wants a longer pause is asked again at the next fetch."""
TIMEOUT = httpx.Timeout(30.0, connect=10.0)
IN_PASSING = frozenset({408, 429, 500, 502, 503, 504})
"""Statuses that go over by themselves."""
TOO_MANY = 429
SHOWN = 80
"""Characters of a wrong answer that a message shows."""

_back_off = wait_exponential_jitter(initial=1.0, max=30.0, jitter=1.0)


class PassingError(Exception):
    """A fault that may go over: asked again, and told as its `ServiceError` when it does not."""

    def __init__(self, told: ServiceError, *, after_s: float | None = None) -> None:
        super().__init__(told.sentence)
        self.told = told
        self.after_s = after_s


@dataclass(frozen=True)
class Answer:
    """What a service answered.

    Attributes
    ----------
    content
        Its bytes as they came.
    document
        The same as JSON.
    """

    content: bytes
    document: Any


class Questioner:
    """Asks services, each question counted against its host's allowance.

    Parameters
    ----------
    agent
        The ``User-Agent`` that says who asks.
    allowance
        How often each host may be asked.
    now, sleep
        Give the time, and wait for a number of seconds.
    """

    def __init__(
        self,
        *,
        agent: str,
        allowance: Allowance,
        now: Callable[[], datetime],
        sleep: Callable[[float], None],
    ) -> None:
        headers = {"User-Agent": agent, "Accept": "application/json"}
        self._client = httpx.Client(headers=headers, timeout=TIMEOUT, follow_redirects=True)
        self._allowance = allowance
        self._now = now
        self._sleep = sleep

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def ask(self, address: str, query: Mapping[str, str] | None = None) -> Answer:
        """Ask one question.

        Raises
        ------
        ServiceError
            ``service_limit``, ``service_unreachable``, ``service_failing``, ``service_not_json``,
            ``service_refused``, ``service_address``.
        """
        again = Retrying(
            retry=retry_if_exception_type(PassingError),
            stop=stop_after_attempt(ATTEMPTS),
            wait=_wait,
            sleep=self._sleep,
            reraise=True,
        )
        try:
            return again(self._once, address, dict(query or {}))
        except PassingError as error:
            raise error.told from error

    def _once(self, address: str, query: dict[str, str]) -> Answer:
        host = _host(address)
        self._allowance.take(host)
        try:
            response = self._client.get(address, params=query or None)
        except (httpx.UnsupportedProtocol, httpx.TooManyRedirects) as error:
            # The service leads on to where nobody can be asked, or around; so it would the next time.
            raise _unreachable(host, error) from error
        except httpx.RequestError as error:
            # A body that ends too soon or can't be unpacked comes here too.
            raise PassingError(_unreachable(host, error)) from error
        self._check_status(response, host)
        try:
            return Answer(response.content, json.loads(response.content))
        except (ValueError, RecursionError) as error:
            raise PassingError(_not_json(response, host)) from error

    def _check_status(self, response: httpx.Response, host: str) -> None:
        status = response.status_code
        if status in IN_PASSING:
            told = ServiceError("service_failing", f"{host} answered {status}.", service=host, status=status)
            pause = _pause(response, self._now())
            if pause is not None and pause > LONGEST_WAIT:
                self._allowance.close(host, self._now() + pause)
                raise limit_reached(host, self._now() + pause)
            raise PassingError(told, after_s=pause.total_seconds() if pause is not None else None)
        if not response.is_success:
            raise ServiceError(
                "service_refused",
                f"{host} refused the question with {status}.",
                service=host,
                status=status,
                address=str(response.request.url),
            )


def _wait(state: RetryCallState) -> float:
    """Return the seconds to wait: as the service asks, and never less than the growing pause."""
    error = state.outcome.exception() if state.outcome is not None else None
    asked = error.after_s if isinstance(error, PassingError) and error.after_s is not None else 0.0
    return max(asked, _back_off(state))


def _pause(response: httpx.Response, now: datetime) -> timedelta | None:
    """Return how long ``Retry-After`` asks to wait, in seconds or until a date; None where it does not."""
    written = response.headers.get("Retry-After", "").strip()
    if written.isdecimal():
        return timedelta(seconds=min(int(written), 86_400))
    try:
        until = parsedate_to_datetime(written)
    except ValueError:
        return None
    until = until if until.tzinfo is not None else until.replace(tzinfo=UTC)
    return max(until - now, timedelta(0))


def _unreachable(host: str, error: httpx.RequestError) -> ServiceError:
    problem = str(error) or type(error).__name__
    return ServiceError(
        "service_unreachable", f"{host} can't be reached: {problem}.", service=host, problem=problem
    )


def _not_json(response: httpx.Response, host: str) -> ServiceError:
    kind = response.headers.get("Content-Type", "").partition(";")[0] or "?"
    return ServiceError(
        "service_not_json",
        f"{host} answered with {len(response.content)} bytes of {kind} that are not JSON.",
        service=host,
        kind=kind,
        value=len(response.content),
    )


def _host(address: str) -> str:
    """Return the host of an address.

    Raises
    ------
    ServiceError
        ``service_address`` where it is none that can be asked.
    """
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        url = httpx.URL("")
    if url.scheme not in {"http", "https"} or not url.host:
        raise ServiceError(
            "service_address", f"{address} is not an address that can be asked.", address=address
        )
    return url.host
