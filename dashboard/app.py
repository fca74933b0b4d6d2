"""Wires the dashboard together; decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import MATCH, Dash, Input, Output, State, dcc, html
from flask import request

from dashboard.access.doorkeeper import Doorkeeper
from dashboard.access.guard import guard
from dashboard.desk import Desk
from dashboard.dialogue_files import register_dialogue_files
from dashboard.document import document
from dashboard.downloads import register_downloads
from dashboard.failures import FAILED, callback_failed, register_failures
from dashboard.field.file_routes import register_files
from dashboard.field.routes import register_field
from dashboard.map.routes import register_routes
from dashboard.pages import PAGES
from dashboard.pages.browser import in_browser
from dashboard.promise_files import register_promise_files
from dashboard.report_files import register_report_files
from dashboard.review_files import register_review_files
from dashboard.shell import show
from dashboard.sign_in import register_sign_in
from dashboard.uploads import register_uploads
from dashboard.views.address import LANGUAGES
from geodata.analyses.ground import open_ground
from geodata.errors import ProjectError
from geodata.project import read_project

if TYPE_CHECKING:
    from dashboard.settings import Settings
    from geodata.analyses.ground import Ground


class Site(Dash):
    """Dash, with a document whose language is that of the address, else the project's."""

    language: str

    def interpolate_index(self, **parts: Any) -> str:  # type: ignore[override]  # Dash gives all by name
        """Write the HTML document round the application."""
        language = request.args.get("sprak", self.language)
        return document(language=language, title=self.title, parts=parts)


def create_app(settings: Settings) -> Dash:
    """Make the dashboard of one workspace."""
    door = Doorkeeper(settings) if settings.sign_in else None
    desk = Desk(settings.workspace) if door is None else Desk(settings.workspace, door.require_actor)

    def ground() -> Ground:
        return open_ground(settings.workspace)

    app = Site(
        __name__,
        assets_path_ignore=["map", "early", "field"],
        health_endpoint="healthz",
        suppress_callback_exceptions=True,
        title="Problembild",
        update_title="",
        on_error=callback_failed,
    )
    app.language = _language(settings)
    app.layout = html.Div(
        [
            dcc.Location(id="address", refresh="callback-nav"),
            dcc.Store(id="theme"),
            dcc.Store(id="shown"),
            html.Header([], id="header"),
            html.Div([], id=FAILED, className="failed", role="alert"),
            html.Main([], id="page", tabIndex=-1),
        ]
    )
    register_routes(app.server, ground)
    register_downloads(app.server, desk)
    register_uploads(app.server, desk)
    register_files(app.server, desk)
    register_review_files(app.server, desk)
    register_promise_files(app.server, desk)
    register_report_files(app.server, desk)
    register_dialogue_files(app.server, desk)
    register_field(app.server, desk)
    register_failures(app.server)
    if door is not None:
        door.watch(app.server)
        register_sign_in(app.server, door)

    @app.callback(
        Output("header", "children"),
        Output("page", "children"),
        Output("shown", "data"),
        Input("address", "pathname"),
        Input("address", "search"),
        State("shown", "data"),
    )
    def frame(path: str | None, search: str | None, shown: dict[str, str] | None) -> tuple[Any, ...]:
        return show(desk, path=path, search=search, shown=shown)

    for page in PAGES:
        page.wire(app, desk)
    _wire_browser(app)
    guard(app.server, settings=settings, door=door, script_hashes=app.csp_hashes())
    return app


def _language(settings: Settings) -> str:
    try:
        return read_project(settings.workspace).municipality.language
    except ProjectError:
        return LANGUAGES[0]  # the page itself says what is wrong with the project file


def _wire_browser(app: Dash) -> None:
    """Register what the browser does on every page."""
    in_browser(
        app,
        "theme",
        Output("theme", "data"),
        Output("dark", "aria-pressed"),
        Input("dark", "n_clicks"),
        State("theme", "data"),
    )
    in_browser(app, "say_title", Input("shown", "data"))
    in_browser(app, "forget_failure", Output(FAILED, "children"), Input("address", "href"), at_start=False)
    fragment, place = ({"type": kind, "into": MATCH} for kind in ("fragment", "place"))
    in_browser(app, "put", Output(place, "aria-busy"), Input(fragment, "data"), State(fragment, "id"))
    in_browser(app, "show_chosen", Input("address", "search"))
    in_browser(
        app, "copy_link", Output("copy-link", "children"), Input("copy-link", "n_clicks"), at_start=False
    )
