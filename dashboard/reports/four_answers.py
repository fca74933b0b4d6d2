"""What those reports share that tell how it goes: the overview's four answers and the effects behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dashboard import answers
from dashboard.views.overview import overview_view
from geodata.analyses.overview import overlook
from geodata.analyses.works import recorded_works

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.reports.report import Commission
    from dashboard.views.overview import OverviewView
    from geodata.analyses.effect import EffectAnswer
    from geodata.analyses.overview import Overview


class FourAnswers(NamedTuple):
    """The overview as an analysis and as sentences, and what each work led to."""

    overview: Overview
    effects: Sequence[EffectAnswer]
    view: OverviewView


def four_answers(commission: Commission) -> FourAnswers:
    """Ask what the overview's page asks, for the audience and the day of a report."""
    ground, audience = commission.ground, commission.audience
    overview = overlook(ground, audience, today=commission.today)
    effects = answers.effects(ground, audience, recorded_works(ground))
    view = overview_view(
        commission.texts,
        commission.address,
        overview=overview,
        effects=effects,
        municipality=ground.project.municipality.name,
        language=commission.language,
    )
    return FourAnswers(overview, effects, view)
