"""The promises that the field's notes quote, as rules, and the made-up municipality that tests count them in."""

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import shapely

from geodata.places.bells import BellDay
from geodata.places.place import Place
from geodata.promises.activity import ActivityKind, CarType, Party
from geodata.promises.log_entry import LogEntry
from geodata.promises.reading import made_promise
from geodata.promises.setting import Setting
from geodata.schema import PlaceKind
from geodata.school_year import SchoolYear

HERE = Path(__file__).parent
ZONE = ZoneInfo("Europe/Stockholm")


def place(place_id, kind, name, ground, *, retired=False):
    return Place(place_id, kind, name, ground, f"test:{place_id}", retired)


PLACES = {
    one.place_id: one
    for one in (
        place(1, PlaceKind.SCHOOL_ZONE, "Tegnérskolan", shapely.box(0, 0, 400, 400)),
        place(2, PlaceKind.CENTRE, "Tätorten", shapely.box(1000, 0, 3000, 2000)),
        place(3, PlaceKind.SQUARE, "Stortorget", shapely.box(5000, 0, 5100, 100)),
        place(4, PlaceKind.SCHOOL_ZONE, "Norra skolan", shapely.box(7000, 0, 7400, 400)),
        place(5, PlaceKind.SCHOOL_ZONE, "Gamla skolan", shapely.box(8000, 0, 8400, 400), retired=True),
    )
}
PLACE_IDS = {one.name.casefold(): one.place_id for one in PLACES.values()}
BELLS = tuple(
    BellDay(day, ("08:10", "08:30"), ("11:00", "12:30"), ("14:10", "15:00"), assumed=False)
    for day in range(5)
)
SETTING = Setting(
    zone=ZONE,
    school_year=SchoolYear((), (), frozenset(), 9),
    places=PLACES,
    bells={1: BELLS},
    usual_bells=BELLS,
    complaints={
        3: ((date(2019, 3, 1), "traffic"), (date(2019, 8, 15), "traffic")),
        2: ((date(2019, 5, 1), "alcohol"),),
    },
)
PROMISES = {
    one["key"]: made_promise(one, file="promises.toml", place_ids=PLACE_IDS)
    for one in tomllib.loads((HERE / "promises.toml").read_text(encoding="utf-8"))["promise"]
}
EVERYTHING = {
    (promise.key, activity.key): number
    for number, (promise, activity) in enumerate(
        ((promise, activity) for promise in PROMISES.values() for activity in promise.activities), start=1
    )
}
"""The number that the register would give each activity."""


def local(text):
    """Return an instant of a local time; ``b`` is the second of an hour that comes twice."""
    moment = datetime.fromisoformat(text.removesuffix("b")).replace(tzinfo=ZONE, fold=text.endswith("b"))
    return moment.astimezone(UTC)


def entry(key, kind, start, end=None, *, parties="police", place_name="", point="", car="", **values):
    x, y = (float(one) for one in point.split(",")) if point else (None, None)
    return LogEntry(
        entry_key=key,
        kind=ActivityKind(kind),
        started_at=local(start),
        ended_at=local(end or start),
        place_id=PLACE_IDS[place_name.casefold()] if place_name else None,
        x=x,
        y=y,
        parties=frozenset(Party(one) for one in parties.split(",")),
        car=CarType(car) if car else None,
        **{
            "with_whom": "",
            "slot_id": None,
            "activity_id": None,
            "checked": None,
            "reported": None,
            "note": "",
            "logged_by": "kim",
            "logged_at": local(start),
            **values,
        },
    )
