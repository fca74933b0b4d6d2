"""The police's open events: one question, the latest 500."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.services.checking import check_records

if TYPE_CHECKING:
    from etl.services.errand import Errand
    from etl.services.outcome import Fetched

ADDRESS = "https://polisen.se/api/events"
WHAT = "events.json"
KEYS = frozenset({"id", "datetime", "name", "type", "location"})
"""What every event has; a list of other things is no answer."""


def fetch_police_events(errand: Errand) -> Fetched:
    """Ask for the events and save them as they came.

    Raises
    ------
    ServiceError
        What `Questioner.ask`, `check_records` and `save` raise; nothing was saved then.
    """
    address = errand.source.address or ADDRESS
    answer = errand.questioner.ask(address)
    events = check_records(answer.document, KEYS, service=address)
    return errand.save(answer.content, what=WHAT, records=len(events))
