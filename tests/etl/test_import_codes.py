"""The list of codes says everything that an import can say, and nothing that it can't."""

import ast
import re
from pathlib import Path

from etl.codes import BY_HAND, CODES, FAULTS, PROJECT, QUEUE, REJECTIONS, SAID, STEPS, WAITING
from etl.describe.reasons import REASONS
from etl.services.codes import SERVICE

ETL = Path(__file__).parents[2] / "etl"
SOURCE = {
    path: path.read_text(encoding="utf-8")
    for path in sorted(ETL.rglob("*.py"))
    if "synthetic" not in path.parts and path.name not in {"codes.py", "reasons.py"}
}


def strings() -> set[str]:
    """Every string constant in the code of the import."""
    return {
        node.value
        for text in SOURCE.values()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_code_is_said_somewhere() -> None:
    said = strings()
    for code in (*BY_HAND, *FAULTS, *PROJECT, *QUEUE, *REJECTIONS, *SAID, *SERVICE, *STEPS, *WAITING):
        assert code in said, code


def test_every_rejection_in_the_code_is_listed() -> None:
    used = {code for text in SOURCE.values() for code in re.findall(r'code="([a-z_]+)"', text)}
    assert used - set(REJECTIONS) - set(FAULTS) == set()


def test_every_fault_in_the_code_is_listed() -> None:
    used = {
        node.args[0].value
        for text in SOURCE.values()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "FileFaultError"
        and isinstance(node.args[0], ast.Constant)
    }
    assert used <= set(FAULTS)


def test_keys_are_sorted_by_what_they_are() -> None:
    assert {key.split(".")[0] for key in CODES} == {
        "errors",
        "reasons",
        "rejections",
        "said",
        "steps",
        "waiting",
    }
    every = (BY_HAND, FAULTS, PROJECT, QUEUE, REASONS, REJECTIONS, SAID, SERVICE, STEPS, WAITING)
    assert len(CODES) == sum(len(codes) for codes in every)
