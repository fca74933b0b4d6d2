"""Sliding windows: the stretches of street that hold most, weighed by severity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.errors import ParameterError
from geodata.hotspots.along_streets import on_streets
from geodata.hotspots.areas import FEWEST_EVENTS
from geodata.hotspots.base import HotspotResult, Method, Need
from geodata.streets.windows import heaviest, slide

if TYPE_CHECKING:
    from geodata.hotspots.base import Material


@dataclass(frozen=True, slots=True)
class SlidingWindowsParameters:
    """What sliding windows are run with.

    Attributes
    ----------
    window_m, step_m
        Length of the window, and how far it is moved at a time: half a mile and a tenth, unless told.
    fewest_events
        A window with fewer is not shown.
    most
        How many stretches to point at.
    """

    window_m: float = 804.672
    step_m: float = 160.9344
    fewest_events: int = FEWEST_EVENTS
    most: int = 25


def sliding_windows(material: Material, parameters: SlidingWindowsParameters, seed: int) -> HotspotResult:  # noqa: ARG001  draws nothing
    """Point at the windows that weigh most, none over another; the score is weight a kilometre.

    Says nothing of chance: a window is chosen for being the greatest, so its count is high by luck too.

    Raises
    ------
    ParameterError
        ``window_not_positive``.

    Notes
    -----
    Safer Streets Priority Finder, version 2: half a mile by a tenth, the greatest of overlapping windows. A
    window goes along one street and turns no corner; a street that branches, or whose name comes back
    elsewhere, is several. The two carriageways of a dual one are two stretches with a count each, and a
    record on either weighs for both: what the street has a kilometre, and not half of it.
    """
    if material.network is None:
        raise TypeError("sliding_windows needs streets; its Method says so before it is run.")
    if not 0 < parameters.step_m <= parameters.window_m:
        raise ParameterError(
            "window_not_positive",
            f"A window of {parameters.window_m:g} m can't be moved {parameters.step_m:g} m at a time.",
            window=parameters.window_m,
            step=parameters.step_m,
        )
    laid = on_streets(material.network, material.events)
    left_out = laid.left_out(material.events)
    if not len(laid.order):
        return HotspotResult(0, left_out=left_out, warnings=("none_on_streets",))
    weight = laid.weight * material.network.abreast[material.events.link[laid.order]]
    windows = slide(
        laid.corridors, laid.metre, weight, length_m=parameters.window_m, step_m=parameters.step_m
    )
    chosen = heaviest(windows, fewest=parameters.fewest_events, most=parameters.most)
    first, last = windows.first[chosen], windows.last[chosen]
    score = 1000 * windows.weight[chosen] / (last - first)
    return HotspotResult(
        used=len(laid.order),
        findings=laid.findings(
            zip(first.tolist(), last.tolist(), score.tolist(), strict=True),
            fewest_events=parameters.fewest_events,
        ),
        left_out=left_out,
        warnings=("no_significance",),
        details=windows,
    )


SLIDING_WINDOWS = Method(
    sliding_windows,
    SlidingWindowsParameters,
    "along_street",
    needs=frozenset({Need.STREETS}),
    chance=False,
    weighs=True,
)
