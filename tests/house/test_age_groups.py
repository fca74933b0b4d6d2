"""The age group of one record is read, stored and counted, and shown nowhere."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
COUNTED = {"geodata/schema.py", "geodata/analyses/heard.py", "geodata/analyses/heard_ages.py"}
"""The only files of the ground and of the screens that may name the column: where it is, and who is counted."""

ASKED = {
    "dashboard/views/survey.py",
    "dashboard/views/entry.py",
    "dashboard/views/entry_reading.py",
    "dashboard/views/heard.py",
}
"""Where people are asked, and where those who key in see the paper in their hand."""


def test_no_screen_export_or_route_reads_the_age_group_of_a_record():
    naming = {
        path.relative_to(ROOT).as_posix()
        for package in ("geodata", "dashboard")
        for path in (ROOT / package).rglob("*.py")
        if '"age_group"' in path.read_text(encoding="utf-8")
    }
    assert naming <= COUNTED | ASKED
