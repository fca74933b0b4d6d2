"""Every page, one a file: PAGES."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.pages import (
    dialogue,
    dialogues,
    effect,
    entry,
    heard,
    links,
    overview,
    picture,
    place,
    place_edit,
    places,
    plan,
    promise,
    promise_form,
    promises,
    queue,
    reports,
    review,
    review_edit,
    review_form,
    reviews,
    sources,
    week,
    work_log,
)
from dashboard.pages import map as map_page

if TYPE_CHECKING:
    from dashboard.pages.visit import Page

PAGES: tuple[Page, ...] = (
    map_page.PAGE,
    overview.PAGE,
    places.PAGE,
    place.PAGE,
    picture.PAGE,
    week.PAGE,
    promises.PAGE,
    promise.PAGE,
    promise_form.NEW_PAGE,
    promise_form.CHANGE_PAGE,
    promise_form.ACTIVITY_PAGE,
    work_log.PAGE,
    plan.PAGE,
    effect.PAGE,
    reports.PAGE,
    sources.PAGE,
    heard.PAGE,
    dialogues.PAGE,
    dialogue.PAGE,
    dialogue.NEW_PAGE,
    entry.PAGE,
    queue.PAGE,
    links.PAGE,
    reviews.PAGE,
    review_form.PAGE,
    review.PAGE,
    review_edit.PAGE,
    place_edit.PAGE,
)
