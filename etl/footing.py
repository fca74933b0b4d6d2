"""What an import rests on besides the rows of its files; on another footing, all is imported anew."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from etl import halfway
from etl.themes.lexicon import OWN_FILE
from geodata.store.snapshots import FORMAT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from etl.sources import SourceFiles
    from geodata.project import Project
    from geodata.store.decisions import Decisions

SETTINGS, MAPPINGS, LEXICON, SECRET, PROGRAM, PLACES, LINKS = (
    "settings",
    "mappings",
    "lexicon",
    "secret",
    "program",
    "place_answers",
    "undone_links",
)


def footing(
    store: Path, project: Project, secret: bytes, sources: Sequence[SourceFiles], decisions: Decisions
) -> dict[str, str]:
    """Return a digest of everything that rows become something by, besides what their files say.

    Returns
    -------
    dict
        What it is → its digest: the settings, the mappings, the lexicon, the installation's secret, the
        program itself, and what people decided of places and of links.

    Raises
    ------
    StoreError
        ``register_unreadable``.
    """
    lexicon = store.parent / OWN_FILE
    answers = decisions.location_answers()
    found: dict[str, object] = {
        SETTINGS: project.to_json(),
        MAPPINGS: [one.mapping.model_dump_json() for one in sources],
        LEXICON: lexicon.read_text("utf-8") if lexicon.exists() else "",
        SECRET: secret.hex(),
        PROGRAM: [halfway.program_digest(), FORMAT],
        PLACES: [[key, str(one.precision), one.label, one.x, one.y] for key, one in sorted(answers.items())],
        LINKS: sorted([one.observation_id, one.linked_to] for one in decisions.undone_merges()),
    }
    return {name: hashlib.sha256(json.dumps(value).encode()).hexdigest() for name, value in found.items()}
