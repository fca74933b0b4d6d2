"""``problembild warm``: compile what is compiled, so that no question waits for it."""

from __future__ import annotations

from dashboard.console import speaking
from dashboard.options import Json, Language  # noqa: TC001  typer reads them


def warm(*, json: Json = False, language: Language = None) -> None:
    """Compile the calculations that are compiled, or see that they are; run once when the house is built."""
    with speaking(workspace=None, language=language) as voice:
        from geodata.kernels.compiling import CACHE  # noqa: PLC0415  numba is slow to import
        from geodata.kernels.warming import warm as warm_all  # noqa: PLC0415

        took = warm_all()
        if json:
            voice.json({"folder": str(CACHE), "seconds": took})
        else:
            voice.say("cli.warm.done", n=len(took), seconds=sum(took.values()), folder=CACHE)
