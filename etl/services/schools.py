"""The national register of school units: a list for the municipality, then a question for each unit."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from etl.services.checking import check_records, wrong
from etl.services.outcome import Fetched
from geodata.errors import ServiceError
from geodata.store.whole import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from etl.services.errand import Errand

ADDRESS = "https://api.skolverket.se/skolenhetsregistret/v2/school-units"
WHAT = "skolenheter.json"
STATUS = "AKTIV"
LISTED = frozenset({"schoolUnitCode", "name", "status"})
KEPT = ("displayName", "status", "schoolTypes", "addresses", "startDate", "endDate")
"""What of a unit is kept: the names, telephones and e-mail of its staff are nothing to us."""
STILL_GOOD = timedelta(days=1)
"""How long a list that was begun is gone on with."""
NOT_THERE = 404
MISSING = 0.05
"""Share of the listed units, and never less than one, that may be missing from the register itself."""


def fetch_schools(errand: Errand) -> Fetched:
    """Ask for the active units of the municipality, and save them when every one has been answered.

    Where the service's limit comes between, what was answered is kept in the store and the next fetch goes
    on from there; the inbox sees whole answers only. A unit that is listed and does not exist is left out
    and counted; where more than `MISSING` are, the answer is refused and the next fetch begins anew: it
    would take the place of the whole answer before it.

    Raises
    ------
    ServiceError
        What `Questioner.ask`, `check_records` and `save` raise; what was answered until then is kept.
    """
    address = (errand.source.address or ADDRESS).rstrip("/")
    progress = errand.store / "fetching" / f"{errand.source.name}.json"
    codes, units, begun, dropped = _begun(progress, address=address, now=errand.now())
    if not codes:
        query = {"municipality_code": errand.municipality.code, "status": STATUS}
        answer = errand.questioner.ask(address, query)
        listed = check_records(answer.document, LISTED, service=address, at="data.attributes")
        codes = sorted({str(one["schoolUnitCode"]) for one in listed if one["status"] == STATUS})
    for code in codes:
        if code not in units:
            try:
                units[code] = _ask_unit(errand, address, code)
            except ServiceError as error:
                state = {"codes": codes, "units": units, "dropped": dropped}
                _keep(progress, {"address": address, "begun": begun.isoformat(), **state})
                if error.code == "service_limit":
                    found_now = _waiting(errand, error, done=len(units), wanted=len(codes))
                    return replace(found_now, dropped=dropped)
                raise
            errand.progress(len(units), len(codes))
    found = [unit for unit in units.values() if unit is not None]
    missing = len(codes) - len(found)
    if not found or missing > max(1.0, MISSING * len(codes)):
        progress.unlink(missing_ok=True)
        raise wrong(address, f"{missing} of the {len(codes)} units that it lists are not there")
    content = json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True).encode()
    fetched = errand.save(content, what=WHAT, records=len(found), left_out=len(units) - len(found))
    progress.unlink(missing_ok=True)
    return replace(fetched, dropped=dropped)


def _ask_unit(errand: Errand, address: str, code: str) -> dict[str, Any] | None:
    """Return what the register says of one unit, in the layout that it says it in; None where it has none."""
    try:
        document = errand.questioner.ask(f"{address}/{code}").document
    except ServiceError as error:
        if error.code == "service_refused" and error.values["status"] == NOT_THERE:
            return None
        raise
    data = document.get("data") if isinstance(document, dict) else None
    attributes = data.get("attributes") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(attributes, dict):
        raise wrong(address, f"unit {code} without data.attributes")
    if str(data.get("schoolUnitCode")) != code or not attributes.get("displayName"):
        raise wrong(address, f"unit {code} without its code or its name")
    kept = {name: attributes[name] for name in KEPT if name in attributes}
    return {"data": {"schoolUnitCode": code, "attributes": kept}}


def _waiting(errand: Errand, error: ServiceError, *, done: int, wanted: int) -> Fetched:
    return Fetched(
        errand.source.name,
        "waiting",
        records=done,
        wanted=wanted,
        code=error.code,
        values={name: str(value) for name, value in error.values.items()},
        next_at=str(error.values["next"]),
    )


def _keep(path: Path, state: dict[str, Any]) -> None:
    write_whole(path, json.dumps(state, ensure_ascii=False).encode())


def _begun(
    path: Path, *, address: str, now: datetime
) -> tuple[list[str], dict[str, dict[str, Any] | None], datetime, int]:
    """Return a list that was begun: its codes, what was answered, when, and how many answers went before it.

    One that is older than `STILL_GOOD`, or of another address, is not gone on with: it counts as what went.
    """
    try:
        state = json.loads(path.read_bytes())
        begun, codes = datetime.fromisoformat(state["begun"]), list(state["codes"])
        units, dropped = dict(state["units"]), int(state.get("dropped", 0))
        if state["address"] == address and now - begun < STILL_GOOD:
            return codes, units, begun, dropped
        return [], {}, now, dropped + len(units)
    except (OSError, ValueError, KeyError, TypeError):
        return [], {}, now, 0
