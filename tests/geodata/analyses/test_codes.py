import re
from pathlib import Path

import geodata
from geodata import codes

SOURCE = Path(geodata.__file__).parent


def test_every_code_is_said_once_and_used():
    text = "\n".join(
        path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py") if path.name != "codes.py"
    )
    assert len(codes.CODES) == len(codes.WARNINGS) + len(codes.COUNTING_RULES)
    for code, sentence in codes.CODES.items():
        assert f'"{code}"' in text, code
        assert re.fullmatch(r"[A-Z].*\.", sentence), code
