"""What each entry of the server asks for: every route, callback and page, as data. What is not here is shut.

A test walks the server's routes and callbacks and fails on one that has no line here, and on a line that has
no route or callback.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

from dashboard.access.actions import Action


class Door(StrEnum):
    """What is asked of an entry that is no action."""

    OPEN = "open"
    """Nothing: what is there is the same for everybody and says nothing about the municipality."""
    SIGNED_IN = "signed_in"
    """An account, whatever its role."""


Rule: TypeAlias = Action | Door

CALLBACK_ROUTE = "/_dash-update-component"
"""The route of all callbacks; each then has its own line in `CALLBACKS`."""

ROUTES: dict[str, Rule] = {
    # What Dash brings: program text, and the frame that callbacks fill.
    "static": Door.OPEN,
    "_dash_assets.static": Door.OPEN,
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>": Door.OPEN,
    "/_favicon.ico": Door.OPEN,
    "/healthz": Door.OPEN,
    "/_reload-hash": Action.LOOK,
    "/_dash-layout": Action.LOOK,
    "/_dash-dependencies": Action.LOOK,
    CALLBACK_ROUTE: Action.LOOK,
    "/": Action.LOOK,
    "/<path:path>": Action.LOOK,
    # Signing in and out.
    "sign_in": Door.OPEN,
    "sign_out": Door.SIGNED_IN,
    "own_account": Door.SIGNED_IN,
    # What the map fetches.
    "tiles": Action.LOOK,
    "drawn": Action.LOOK,
    "observations": Action.READ_RECORDS,
    # What is downloaded and sent.
    "offline": Action.LOOK,
    "survey": Action.LOOK,
    "empty": Action.LOOK,
    "rejected": Action.READ_REJECTED,
    "all_rejected": Action.IMPORT,
    "take": Action.IMPORT,
    # What is taken along to the places, and what comes back from there.
    "pass_as_file": Action.WORK_PASSES,
    "pass_page": Action.WORK_PASSES,
    "pass_day": Action.WORK_PASSES,
    "pass_log": Action.WORK_PASSES,
    "pass_worker": Door.OPEN,
    # Faces may be seen in photos: they are for those who work with the records.
    "photo": Action.READ_RECORDS,
    "take_photo": Action.REVIEW,
    "review_sheet": Action.READ_RECORDS,
    "geopackage": Action.LOOK,
    # A promise is public; which of its documents are is a document's own to say.
    "promise_document": Action.LOOK,
    "take_document": Action.KEEP_PROMISES,
    "action_calendar": Action.PLAN_ACTIONS,
    "remove_document": Action.KEEP_PROMISES,
    # Who may have which report is the report's own to say.
    "report_as_file": Action.LOOK,
    "dialogue_as_file": Action.LOOK,
}
"""Endpoint → what it asks for."""

CALLBACKS: dict[str, Action] = {
    "header.children": Action.LOOK,
    "map-sentence.children": Action.LOOK,
    "places-sentence.children": Action.LOOK,
    "places-forest.children": Action.LOOK,
    "stretches-heading.children": Action.LOOK,
    "inbox-state.data": Action.IMPORT,
    "inbox-proposal.data": Action.IMPORT,
    "keyed-answer.data": Action.KEY_IN,
    "round-answer.data": Action.KEY_IN,
    "entry-aids.data": Action.IMPORT,
    "queue-lead.data": Action.SETTLE_PLACES,
    "queue-go.data": Action.IMPORT,
    "links-lead.data": Action.UNDO_LINKS,
    "review-answer.data": Action.REVIEW,
    "review-body.data": Action.REVIEW,
    "place-edit-body.data": Action.MARK_STOPS,
    "picture-answer.data": Action.KEEP_PICTURES,
    "week-answer.data": Action.SET_FOCUS,
    "promise-answer.data": Action.KEEP_PROMISES,
    "promise-says-answer.data": Action.KEEP_PROMISES,
    "plan-answer.data": Action.PLAN_ACTIONS,
    "dialogue-answer.data": Action.KEEP_DIALOGUES,
    "work-answer.data": Action.LOG_WORK,
    "log-file.data": Action.IMPORT,
    "planning-body.data": Action.PLAN_PATROLS,
}
"""The first output of a callback → what it asks for."""

PAGE_RULES: dict[str, Action] = {
    "map": Action.LOOK,
    "places": Action.LOOK,
    "place": Action.LOOK,
    "overview": Action.LOOK,
    "picture": Action.LOOK,
    "week": Action.READ_RECORDS,
    "promises": Action.LOOK,
    "promise": Action.LOOK,
    "promise_new": Action.KEEP_PROMISES,
    "promise_change": Action.KEEP_PROMISES,
    "promise_activity": Action.KEEP_PROMISES,
    "work_log": Action.LOG_WORK,
    "effect": Action.LOOK,
    "heard": Action.LOOK,
    "dialogues": Action.LOOK,
    "dialogue": Action.LOOK,
    "dialogue_new": Action.KEEP_DIALOGUES,
    "reports": Action.LOOK,
    "sources": Action.LOOK,
    "entry": Action.KEY_IN,
    "queue": Action.SETTLE_PLACES,
    "links": Action.UNDO_LINKS,
    "reviews": Action.LOOK,
    "review": Action.READ_RECORDS,
    "review_form": Action.REVIEW,
    "review_edit": Action.EDIT_REVIEWS,
    "place_edit": Action.MARK_STOPS,
    "planning": Action.PLAN_PATROLS,
}
"""The name of a page → what it asks for."""
