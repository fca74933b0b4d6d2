import re
from pathlib import Path

import geodata
from geodata import codes

SOURCE = Path(geodata.__file__).parent


def test_every_code_is_said_once_and_used():
    text = "\n".join(
        path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py") if path.name != "codes.py"
    )
    kinds = (
        codes.WARNINGS,
        codes.COMPARISONS,
        codes.EFFECT_METHODS,
        codes.COUNTING_RULES,
        codes.LEFT_OUT,
        codes.CLASSES,
        codes.CHANCES,
        codes.GAPS,
        codes.CHOSEN,
    )
    assert len(codes.CODES) == sum(map(len, kinds))
    for code, sentence in codes.CODES.items():
        assert f'"{code}"' in text, code
        assert re.fullmatch(r"[A-Z].*\.", sentence), code
