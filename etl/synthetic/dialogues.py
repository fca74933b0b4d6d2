"""Made-up dialogues of Exempelstad for 2026: one that was held and one planned; nobody held either."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FOLDER = "dialoger"
WORDS = {"TORG0": "Stortorget", "TORG1": "Marknaden", "SKOLA0": "Högstadiet"}
"""What stands in words where the register has no such place."""


def write_dialogues(workspace: Path, *, schools: Sequence[str], squares: Sequence[str]) -> None:
    """Write the dialogues as TOML into the folder ``dialoger/`` of a workspace.

    Parameters
    ----------
    schools, squares
        Names of places in the register; a dialogue names its place in words where there is none.
    """
    folder = workspace / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    # Stortorget first where there is one: the survey's answers say that they were given there.
    ordered = sorted(squares, key=lambda name: name != WORDS["TORG0"])
    places = {f"TORG{number}": name for number, name in enumerate(ordered)}
    places |= {f"SKOLA{number}": name for number, name in enumerate(schools)}
    for source in sorted(
        files("etl.synthetic").joinpath("dialogues_2026").iterdir(), key=lambda one: one.name
    ):
        if source.name.endswith(".toml"):
            text = source.read_text(encoding="utf-8")
            for mark, words in WORDS.items():
                said = f'place = "{places[mark]}"' if mark in places else f'where = "{words}"'
                text = text.replace(f"\n{mark}\n", f"\n{said}\n")
            (folder / source.name).write_text(text, encoding="utf-8")
