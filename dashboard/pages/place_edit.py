"""The page where a person names, draws, splits, joins or retires a place, and says where one can stop."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import shapely
from dash import Dash, Input, Output, State, dcc, html, no_update

from dashboard.access.actions import Action, require_action
from dashboard.components.markup import fragment, fragment_of
from dashboard.components.place_edit import area_box, edit_body
from dashboard.pages.picker import picker, picker_payload
from dashboard.pages.visit import Page, receive
from dashboard.views.drawn_area import read_area, read_corner
from dashboard.views.place_edit import NEW_PATH, place_edit_view
from geodata.analyses.ground import open_register
from geodata.crs import WGS84, reproject, to_lonlat
from geodata.errors import MissingError, ParameterError, ProblembildError
from geodata.schema import PlaceKind
from geodata.store.place_edits import PlaceSeen

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash.development.base_component import Component
    from markupsafe import Markup

    from dashboard.desk import Desk
    from dashboard.pages.visit import Visit
    from geodata.places.place import Place
    from geodata.sections import Geography
    from geodata.store.register import Register

Sent = dict[str, Any]


def layout(visit: Visit) -> Component:
    """Build the page.

    Raises
    ------
    AccessError
        ``not_for_audience``.
    MissingError
        ``no_place``.
    """
    require_action(visit.address.audience, Action.MARK_STOPS)
    return html.Div(
        className="place-edit-page entry-beside",
        children=[
            html.Div(fragment("place-edit-body", body_of(visit)), className="entry-side"),
            html.Div(
                [picker(visit), *fragment("place-edit-area", area_box(visit.texts))],
                className="entry-side follows",
            ),
            dcc.Store(id="place-edit"),
            dcc.Store(id="picked"),
            dcc.Store(id="picker", data=marks_of(visit)),
        ],
    )


def wire(app: Dash, desk: Desk) -> None:
    """Register what is done with a place."""

    @app.callback(
        Output(*fragment_of("place-edit-body")),
        Output("picker", "data", allow_duplicate=True),
        Input("place-edit", "data"),
        State("address", "pathname"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def take(sent: Sent | None, path: str | None, search: str | None) -> tuple[Any, ...]:
        return act(desk, sent, path, search) if sent else (no_update,) * 2


def act(desk: Desk, sent: Sent, path: str | None, search: str | None) -> tuple[Any, ...]:
    """Do what was asked, and show how the place stands then.

    Parameters
    ----------
    sent
        ``edit``, a key of `EDITS`; ``place`` and ``revision`` as they were seen; the form's fields; ``area``
        and ``corner`` as they are drawn.

    Returns
    -------
    tuple
        The page's body, and what the map shows.
    """
    try:
        visit = receive(desk, path, search)
    except ProblembildError:
        return (no_update,) * 2  # the frame says what is wrong
    said = fault = ""
    try:
        name = str(sent.get("edit"))
        if name not in EDITS:
            raise ParameterError("choice_missing", "There is no such thing to do.", field="")
        action, done = EDITS[name]
        require_action(visit.address.audience, action)
        done(open_register(desk.workspace), visit.project.geography, sent, visit.by)
        said = visit.texts(f"place_edit.done.{name}")
        visit = receive(desk, path, search)  # the ground is another now
    except ProblembildError as error:
        fault = visit.texts.error(error)
    return str(body_of(visit, said=said, fault=fault)), marks_of(visit)


def body_of(visit: Visit, *, said: str = "", fault: str = "") -> Markup:
    """Write the page's body as things stand."""
    register = open_register(visit.desk.workspace)
    places = register.places()
    place = place_of(visit, places)
    view = place_edit_view(
        visit.texts,
        visit.address,
        place,
        places=places,
        stops=() if place is None else register.stops.at(place.place_id),
        history=() if place is None else register.edits.history(place.place_id),
        zone=visit.project.zone,
        language=visit.language,
    )
    return edit_body(visit.texts, view, said=said, fault=fault)


def marks_of(visit: Visit) -> dict[str, Any]:
    """Return what the map shows: the place's outline, and its stop points by number."""
    register = open_register(visit.desk.workspace)
    place = place_of(visit, register.places())
    if place is None:
        return picker_payload(visit)
    crs = visit.project.geography.working_crs
    stops = register.stops.at(place.place_id)
    lon, lat = to_lonlat([one.x for one in stops], [one.y for one in stops], working=crs)
    marks = [
        (str(number), float(lon[number - 1]), float(lat[number - 1])) for number in range(1, len(stops) + 1)
    ]
    outline: shapely.Geometry = reproject([place.geometry], source=crs, target=WGS84)[0]
    return picker_payload(visit, marks, outline=outline)


def place_of(visit: Visit, places: tuple[Place, ...]) -> Place | None:
    """Return the place that the path names, retired or not; None where a new one is made.

    Raises
    ------
    MissingError
        ``no_place``.
    """
    found = re.search(r"/platser/([0-9]+)/", visit.path)
    if found is None:
        return None
    place_id = int(found[1])
    for place in places:
        if place.place_id == place_id:
            return place
    raise MissingError("no_place", f"There is no place {place_id}.", place_id=place_id)


def _seen(sent: Sent) -> PlaceSeen:
    return _seen_as(f"{sent.get('place')}:{sent.get('revision')}")


def _seen_as(text: str) -> PlaceSeen:
    place_id, _, revision = text.partition(":")
    if not (place_id.isdecimal() and revision.isdecimal()):
        raise ParameterError("choice_missing", "Say which place.", field="place")
    return PlaceSeen(int(place_id), int(revision))


def _text(sent: Sent, field: str) -> str:
    return str(sent.get(field) or "")


def _make(register: Register, geography: Geography, sent: Sent, by: str) -> None:
    if sent.get("kind") not in set(PlaceKind):
        raise ParameterError("choice_missing", "Choose a kind.", field="kind")
    ground = read_area(_text(sent, "area"), geography)
    register.edits.add(PlaceKind(sent["kind"]), _text(sent, "name"), ground, by=by)


def _rename(register: Register, _geography: Geography, sent: Sent, by: str) -> None:
    register.edits.rename(_seen(sent), _text(sent, "name"), by=by)


def _draw(register: Register, geography: Geography, sent: Sent, by: str) -> None:
    register.edits.draw(_seen(sent), read_area(_text(sent, "area"), geography), by=by)


def _split(register: Register, geography: Geography, sent: Sent, by: str) -> None:
    part = read_area(_text(sent, "area"), geography)
    register.edits.split(_seen(sent), part, _text(sent, "name"), by=by)


def _join(register: Register, _geography: Geography, sent: Sent, by: str) -> None:
    register.edits.join(_seen(sent), _seen_as(_text(sent, "other")), by=by)


def _retire(register: Register, _geography: Geography, sent: Sent, by: str) -> None:
    register.edits.retire(_seen(sent), by=by)


def _restore(register: Register, _geography: Geography, sent: Sent, by: str) -> None:
    register.edits.restore(_seen(sent), by=by)


def _stop(register: Register, geography: Geography, sent: Sent, by: str) -> None:
    point = read_corner(_text(sent, "corner"), geography)
    seen = _seen(sent)
    metres = next(
        (
            one.geometry.distance(shapely.Point(*point))
            for one in register.places()
            if one.place_id == seen.place_id
        ),
        0.0,
    )
    register.stops.add(seen.place_id, point, _text(sent, "name"), metres_off=metres, by=by)


def _unstop(register: Register, _geography: Geography, sent: Sent, by: str) -> None:
    stop = _text(sent, "stop")
    register.stops.withdraw(int(stop) if stop.isdecimal() else 0, by=by)


EDITS: dict[str, tuple[Action, Callable[[Register, Geography, Sent, str], None]]] = {
    "make": (Action.EDIT_PLACES, _make),
    "rename": (Action.EDIT_PLACES, _rename),
    "draw": (Action.EDIT_PLACES, _draw),
    "split": (Action.EDIT_PLACES, _split),
    "join": (Action.EDIT_PLACES, _join),
    "retire": (Action.EDIT_PLACES, _retire),
    "restore": (Action.EDIT_PLACES, _restore),
    "stop": (Action.MARK_STOPS, _stop),
    "unstop": (Action.MARK_STOPS, _unstop),
}
"""What can be done, by the word that the page sends: what it asks for, and how."""


def title(visit: Visit) -> str:
    """Return what the browser's tab says."""
    return visit.texts("place_edit.title")


PAGE = Page(
    name="place_edit",
    path=re.compile(rf"{NEW_PATH}|/platser/[0-9]{{1,9}}/andra"),
    title=title,
    layout=layout,
    wire=wire,
    keeps_layout=False,
)
