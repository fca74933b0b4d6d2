"""What an answer can't lean on in this workspace, said with every answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geodata.analyses.ground import Ground


def of_exposure(ground: Ground) -> tuple[str, ...]:
    """Say what is missing for knowing what to expect: codes of ``codes.WARNINGS``."""
    exposure = ground.exposure
    said = {
        "no_reference": not exposure.has_streets and not exposure.has_population,
        "no_streets": not exposure.has_streets and exposure.has_population,
        "no_population": exposure.has_streets and not exposure.has_population,
        "no_flow": exposure.has_streets and not exposure.has_flow,
    }
    return tuple(code for code, holds in said.items() if holds)
