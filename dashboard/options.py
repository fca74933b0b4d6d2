"""What the verbs take: each option once. Nothing here is slow to import, for every verb's help reads it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import typer

PORT = 8050
DEFAULT_WORKSPACE = Path()
DEMO_WORKSPACE = Path("demo")


class StreamName(StrEnum):
    """The streams; the schema's own are slow to import, and a test holds the two together."""

    SURVEY = "survey"
    REVIEW = "review"
    INCIDENT = "incident"


class KindName(StrEnum):
    """The kinds of place, as in the schema."""

    SCHOOL_ZONE = "school_zone"
    SQUARE = "square"
    JOYRIDING = "joyriding"
    CENTRE = "centre"
    STATION = "station"
    PARK = "park"
    OTHER = "other"


Workspace = Annotated[
    Path,
    typer.Option(
        "--workspace",
        "-w",
        help="The municipality's folder.",
        file_okay=False,
        envvar="PROBLEMBILD_WORKSPACE",
    ),
]
Language = Annotated[
    Literal["sv", "en"] | None,
    typer.Option(help="Language of messages; else the project's.", envvar="PROBLEMBILD_LANGUAGE"),
]
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON on standard output.")]
Port = Annotated[int, typer.Option(help="Port on this machine.", min=1, max=65535, envvar="PORT")]
Viewer = Annotated[
    Literal["police", "planner", "coordinator", "council", "public"],
    typer.Option("--as", "--audience", help="For whom: decides what is shown."),
]
First = Annotated[str, typer.Option("--from", help="First day, 2025-01-01.", metavar="DAY")]
Last = Annotated[str, typer.Option("--to", help="Last day, 2025-12-31.", metavar="DAY")]
Streams = Annotated[
    list[StreamName] | None,
    typer.Option("--stream", help="Says, sees or happens; may stand several times."),
]
Categories = Annotated[
    list[str] | None, typer.Option("--category", help="Group or category; may stand several times.")
]
Kinds = Annotated[
    list[KindName] | None,
    typer.Option("--kind", help="May stand several times."),
]
Weekdays = Annotated[str, typer.Option(help="Monday is 0: 0-4, or 5,6.", metavar="DAYS")]
Hours = Annotated[str, typer.Option(help="7-16; 22-5 passes midnight.", metavar="HOURS")]
