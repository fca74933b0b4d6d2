"""Who may do what: actions and audiences as data, asked before anything is written."""

from __future__ import annotations

from enum import StrEnum

from geodata.errors import AccessError
from geodata.privacy import Audience


class Action(StrEnum):
    """What a person can do."""

    LOOK = "look"
    READ_RECORDS = "read_records"
    READ_REJECTED = "read_rejected"
    KEY_IN = "key_in"
    IMPORT = "import"
    SETTLE_PLACES = "settle_places"
    UNDO_LINKS = "undo_links"
    WORK_PASSES = "work_passes"
    REVIEW = "review"
    EDIT_REVIEWS = "edit_reviews"
    EDIT_PLACES = "edit_places"
    MARK_STOPS = "mark_stops"
    KEEP_PICTURES = "keep_pictures"
    KEEP_PROMISES = "keep_promises"
    KEEP_DIALOGUES = "keep_dialogues"
    PLAN_ACTIONS = "plan_actions"
    LOG_WORK = "log_work"
    WITHDRAW_OTHERS = "withdraw_others"
    PLAN_PATROLS = "plan_patrols"
    SET_FOCUS = "set_focus"


ALLOWED: dict[Action, frozenset[Audience]] = {
    Action.LOOK: frozenset(Audience),
    # As geodata.privacy has it: a test holds the two together.
    Action.READ_RECORDS: frozenset({Audience.COORDINATOR, Audience.PLANNER, Audience.POLICE}),
    Action.READ_REJECTED: frozenset({Audience.COORDINATOR, Audience.PLANNER, Audience.POLICE}),
    # The police's own telephone and talks on the square are keyed by the police.
    Action.KEY_IN: frozenset({Audience.COORDINATOR, Audience.POLICE}),
    Action.IMPORT: frozenset({Audience.COORDINATOR}),
    Action.SETTLE_PLACES: frozenset({Audience.COORDINATOR}),
    Action.UNDO_LINKS: frozenset({Audience.COORDINATOR}),
    # Each sees and does its own: geodata.targeting.openness says what of it the others may know.
    Action.WORK_PASSES: frozenset({Audience.COORDINATOR, Audience.PLANNER, Audience.POLICE}),
    # A review is made by both sides together: whoever holds the telephone writes.
    Action.REVIEW: frozenset({Audience.COORDINATOR, Audience.PLANNER, Audience.POLICE}),
    # What is kept of it is corrected by those who answer for it afterwards.
    Action.EDIT_REVIEWS: frozenset({Audience.COORDINATOR, Audience.PLANNER}),
    # Where a place ends decides what everybody counts; where one can stop is known by who stands there.
    Action.EDIT_PLACES: frozenset({Audience.COORDINATOR, Audience.PLANNER}),
    Action.MARK_STOPS: frozenset({Audience.COORDINATOR, Audience.PLANNER, Audience.POLICE}),
    Action.KEEP_PICTURES: frozenset({Audience.COORDINATOR}),
    Action.KEEP_PROMISES: frozenset({Audience.COORDINATOR}),
    Action.KEEP_DIALOGUES: frozenset({Audience.COORDINATOR}),
    Action.PLAN_ACTIONS: frozenset({Audience.COORDINATOR, Audience.PLANNER, Audience.POLICE}),
    Action.LOG_WORK: frozenset({Audience.COORDINATOR, Audience.PLANNER, Audience.POLICE}),
    # What somebody wrote down is theirs to take back; the coordinator answers for the log as a whole.
    Action.WITHDRAW_OTHERS: frozenset({Audience.COORDINATOR}),
    # Where the police are about to be is theirs alone.
    Action.PLAN_PATROLS: frozenset({Audience.POLICE}),
    # The weekly meeting is of both.
    Action.SET_FOCUS: frozenset({Audience.COORDINATOR, Audience.POLICE}),
}


def may(audience: Audience, action: Action) -> bool:
    """Say whether `audience` may do `action`."""
    return audience in ALLOWED[action]


def require_action(audience: Audience, action: Action) -> None:
    """Refuse what `audience` may not do.

    Raises
    ------
    AccessError
        ``not_for_audience``.
    """
    if not may(audience, action):
        raise AccessError(
            "not_for_audience",
            f"This is not for the audience {audience}: {action}.",
            audience=str(audience),
            permission=str(action),
        )
