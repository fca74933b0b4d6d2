"""``problembild practice``: made-up files round a real municipality's places, for trying the cycle out."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003  typer reads it
from typing import Annotated

import typer

from dashboard.console import speaking
from dashboard.options import DEFAULT_WORKSPACE, Language, Workspace
from dashboard.verbs.promise import opened

DAY = ["%Y-%m-%d"]


def practice(
    *,
    asked: Annotated[datetime, typer.Option(help="First day of the dialogue, 2016-04-25.", formats=DAY)],
    until: Annotated[datetime, typer.Option(help="Last day of the dialogue.", formats=DAY)],
    last: Annotated[datetime, typer.Option(help="Last day of what is made up.", formats=DAY)],
    seed: Annotated[int, typer.Option(help="The same seed gives the same files.", min=0)] = 1,
    workspace: Workspace = DEFAULT_WORKSPACE,
    language: Language = None,
) -> None:
    """Make up answers, events and reviews round a municipality's own places, to practise with.

    Only in a workspace whose project file says made_up = true; each source called pahittad… gets its file.
    """
    with speaking(workspace=workspace, language=language) as outer:
        from etl.synthetic.practice import write_practice  # noqa: PLC0415
        from etl.synthetic.practice_told import Course  # noqa: PLC0415

        course = Course(asked.date(), until.date(), last.date())
        with opened(workspace, outer.texts.language) as (voice, project, register):
            files = write_practice(workspace, project, register.places(), course, seed=seed)
            voice.say("cli.practice.done", files=voice.texts.form.listing(list(files)))
