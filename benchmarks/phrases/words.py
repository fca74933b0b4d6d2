"""The generator's own words."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """Read ``words.toml``, once."""
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
