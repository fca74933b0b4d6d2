"""What stands where: the header, and the page that the path names, or the reason why there is none."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from dash import no_update

from dashboard.access.actions import Action, may, require_action
from dashboard.access.rules import PAGE_RULES
from dashboard.components.header import header
from dashboard.components.notice import notice
from dashboard.components.person import person_menu
from dashboard.pages import PAGES
from dashboard.pages.landing import landing
from dashboard.pages.visit import Page, Visit, receive
from dashboard.texts.catalogue import Catalogue, catalogue
from dashboard.views.address import LANGUAGES, Address
from dashboard.views.frame import frame_view
from geodata.analyses.action_due import due_actions
from geodata.errors import MissingError, ProblembildError
from geodata.project import Project, read_project
from geodata.selection import Selection

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.desk import Desk

_LOG = logging.getLogger(__name__)


def show(
    desk: Desk, *, path: str | None, search: str | None, shown: dict[str, str] | None
) -> tuple[Any, Any, dict[str, str]]:
    """Return the header, the page and what is now shown.

    Parameters
    ----------
    shown
        What the browser shows; a page that follows the address by itself is let stand.
    """
    page = next((page for page in PAGES if page.path.fullmatch(path or "/")), None)
    actor = desk.actor()
    try:
        visit = receive(desk, path, search, needs_ground=page is None or page.needs_ground)
    except ProblembildError as error:
        return _instead(desk, error, path=path or "/", search=search, page=page)
    page = landing(page, visit)
    view = frame_view(
        visit.texts,
        visit.project,
        visit.address,
        path=visit.path,
        page=page.name if page else None,
        waiting=_waiting(visit),
    )
    try:
        now = _shown(visit, page, municipality=view.municipality)
        body = no_update if shown is not None and shown.get("key") == now["key"] else _body(visit, page)
    except ProblembildError as error:
        body, now = _reason(visit.texts, error), _failed(visit.texts, error.code)
    except Exception as error:  # noqa: BLE001  a page that stays empty says nothing to anybody
        kind = type(error).__name__  # a trace may hold what stands in a file
        _LOG.error("%s broke off: %s", visit.path, kind)
        texts = visit.texts
        body = notice(texts("notice.error"), texts("notice.broke", problem=kind))
        now = _failed(texts, kind)
    person = person_menu(visit.texts, actor, here=f"{visit.path}{visit.search}")
    return header(visit.texts, view, person=person), body, now


def _shown(visit: Visit, page: Page | None, *, municipality: str) -> dict[str, str]:
    """Say what is shown: its key tells whether the page has to be built anew."""
    texts = visit.texts
    name = page.title(visit) if page else texts("notice.no_page")
    follows = visit.search if page is None or not page.keeps_layout else ""
    snapshot = visit.ground.snapshot.snapshot_id if visit.has_ground else ""
    named = page.name if page else ""
    parts = (visit.path, named, texts.language, visit.address.audience, snapshot, follows)
    return {
        "key": " ".join(parts),
        "title": f"{name} – {municipality} – {texts('frame.title')}",
        "language": texts.language,
    }


def _body(visit: Visit, page: Page | None) -> Component:
    texts = visit.texts
    if page is None:
        return notice(texts("notice.no_page"), way=(texts("notice.no_page_next"), "/"))
    require_action(visit.address.audience, PAGE_RULES[page.name])
    return page.layout(visit)


def _failed(texts: Catalogue, code: str) -> dict[str, str]:
    return {"key": f"error {code}", "title": texts("frame.title"), "language": texts.language}


def _instead(
    desk: Desk, error: ProblembildError, *, path: str, search: str | None, page: Page | None
) -> tuple[Any, Any, dict[str, str]]:
    """Say why there is nothing to show: nothing imported, a broken store, an address that can't be read."""
    try:
        project: Project | None = read_project(desk.workspace)
    except ProblembildError as broken:
        project, error = None, broken
    asked = dict(parse_qsl((search or "").removeprefix("?"))).get("sprak", "")
    known = project.municipality.language if project else LANGUAGES[0]
    texts = catalogue(asked if asked in LANGUAGES else known)
    head = _plain_header(desk, texts, project, path=path, page=page) if project else []
    return head, _reason(texts, error), _failed(texts, error.code)


def _plain_header(
    desk: Desk, texts: Catalogue, project: Project, *, path: str, page: Page | None
) -> list[Component]:
    actor = desk.actor()
    own = actor.looks_as[0]
    plain = Address(Selection(audience=own), language=texts.language, looks_as=actor.looks_as)
    view = frame_view(texts, project, plain, path=path, page=page.name if page else None)
    return header(texts, view, person=person_menu(texts, actor, here=path))


def _waiting(visit: Visit) -> dict[str, int]:
    """Count what waits for whoever looks; nothing where that can't be told: a page is shown without it."""
    if not (visit.has_ground and may(visit.address.audience, Action.PLAN_ACTIONS)):
        return {}
    try:
        return {"promises": len(due_actions(visit.ground))}
    except ProblembildError:
        return {}


def _reason(texts: Catalogue, error: ProblembildError) -> Component:
    if isinstance(error, MissingError) and error.code == "no_snapshot":
        return notice(texts("notice.nothing_imported"), texts("notice.nothing_imported_next"))
    return notice(
        texts("notice.error"),
        texts.error(error),
        way=(texts("notice.start_over"), "/"),
    )
