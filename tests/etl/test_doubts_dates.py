"""01/02/2026: the whole column says which day it is, or the file stops and names the setting that decides."""

from string import Formatter

import pandas as pd
import pytest
from small_workspace import Workspace, incident

from etl.codes import FAULTS
from etl.doubts.date_layouts import DAYS, alike, candidates, order_of, shown, turned
from etl.mapping import SHIPPED
from geodata.account import Fate, FileReport


def own_mapping(workspace: Workspace, formats: list[str]) -> None:
    """Give the workspace its own mapping of the police's CSV, with other layouts of dates."""
    shipped = (SHIPPED / "police_incidents.toml").read_text(encoding="utf-8")
    before = 'date_formats = ["%Y-%m-%d", "%d.%m.%Y", "%d %B %Y"]'
    assert before in shipped
    head = shipped[: shipped.index("[[acceptance]]")].replace(before, f"date_formats = {formats}")
    own = head + (
        '[[acceptance]]\nrow = { "Händelsenr" = "1" }\n'
        'reject = { code = "value_missing", column = "Händelsetyp" }\n'
    )
    (workspace.folder / "mappings").mkdir(exist_ok=True)
    (workspace.folder / "mappings" / "polis.toml").write_text(own, encoding="utf-8")


def put(workspace: Workspace, formats: list[str], *days: str, setting: str = "") -> FileReport:
    own_mapping(workspace, formats)
    workspace.use("polis", "handelser_*.csv", name="police_incidents", more=setting)
    workspace.put_incidents(*(incident(f"K{number}", day) for number, day in enumerate(days)))
    return workspace.only_file()


def days_of(workspace: Workspace) -> list[str]:
    return sorted(str(day) for day in pd.to_datetime(workspace.table()["local_first"]).dt.date)


def sentence(file: FileReport) -> str:
    assert file.stopped is not None
    named = {name for _, name, _, _ in Formatter().parse(FAULTS[file.stopped]) if name}
    assert named <= set(file.stopped_values)
    return FAULTS[file.stopped].format(**file.stopped_values)


BOTH = ["%d/%m/%Y", "%m/%d/%Y"]


@pytest.mark.parametrize("formats", [BOTH, BOTH[::-1], ["auto"]])
def test_two_orders_that_both_read_every_date_stop_the_file(workspace: Workspace, formats: list[str]) -> None:
    file = put(workspace, formats, "03/03/2025", "01/02/2025", "04/05/2025")
    assert file.stopped == "date_order_undecided"
    assert {file.stopped_values["first"], file.stopped_values["second"]} == {"2025-02-01", "2025-01-02"}
    assert file.stopped_values.items() >= {"row": "3", "column": "Datum", "value": "01/02/2025"}.items()
    assert "date_order" in sentence(file)
    assert workspace.table().empty


@pytest.mark.parametrize("formats", [BOTH, ["auto"]])
@pytest.mark.parametrize(
    ("telling", "days", "layout"),
    [
        ("13/02/2025", ["2025-02-01", "2025-02-13"], "31/12/2026"),
        ("02/13/2025", ["2025-01-02", "2025-02-13"], "12/31/2026"),
    ],
)
def test_one_date_that_tells_settles_the_column_and_is_said(
    workspace: Workspace, formats: list[str], telling: str, days: list[str], layout: str
) -> None:
    file = put(workspace, formats, "01/02/2025", telling)
    assert (file.stopped, file.said["date_layout"]) == (None, layout)
    assert days_of(workspace) == days


@pytest.mark.parametrize("formats", [BOTH, ["auto"], ["%m/%d/%Y"], ["%d/%m/%Y"]])
@pytest.mark.parametrize(("order", "day"), [("dmy", "2025-02-01"), ("mdy", "2025-01-02")])
def test_the_project_file_decides(workspace: Workspace, formats: list[str], order: str, day: str) -> None:
    put(workspace, formats, "01/02/2025", setting=f'date_order = "{order}"\n')
    assert days_of(workspace) == [day]


def test_a_mapping_s_own_order_is_held_to(workspace: Workspace) -> None:
    put(workspace, ["%m/%d/%Y"], "01/02/2025")
    assert days_of(workspace) == ["2025-01-02"]


def test_dates_that_are_only_the_other_way_round_stop_the_file(workspace: Workspace) -> None:
    file = put(workspace, ["%m/%d/%Y"], "01/02/2025", "13/02/2025")
    assert file.stopped == "date_order_contrary"
    expected = {"row": "3", "value": "13/02/2025", "first": "12/31/2026", "second": "31/12/2026"}
    assert file.stopped_values.items() >= expected.items()
    assert "date_order" in sentence(file)


@pytest.mark.parametrize("formats", [BOTH, ["auto"]])
def test_a_column_in_two_orders_stops_the_file(workspace: Workspace, formats: list[str]) -> None:
    file = put(workspace, formats, "01/02/2025", "13/02/2025", "02/14/2025")
    assert file.stopped == "date_order_contrary"


def test_one_slip_among_many_dates_is_a_row_s_fault(workspace: Workspace) -> None:
    days = [f"{day}/0{month}/2025" for month in range(1, 5) for day in range(10, 29)]
    file = put(workspace, BOTH, *days, "02/13/2025")
    assert [(row.row, row.code) for row in file.rejections] == [(len(days) + 2, "date_impossible")]
    assert file.fates[Fate.NEW] == len(days)


def test_six_digits_may_begin_with_the_year_or_the_day(workspace: Workspace) -> None:
    file = put(workspace, ["auto"], "220812", "210812")
    assert file.stopped == "date_order_undecided"
    assert {file.stopped_values["first"], file.stopped_values["second"]} == {"2022-08-12", "2012-08-22"}


@pytest.mark.parametrize(
    ("telling", "day"),
    [
        ("250899", "2013-08-12"),  # no month has a 99th day
        ("991231", "2012-08-13"),  # and no year has 99 days at its beginning
        ("310820", "2013-08-12"),  # 2031 has not come
    ],
)
def test_six_digits_are_settled_by_one_that_tells(workspace: Workspace, telling: str, day: str) -> None:
    file = put(workspace, ["auto"], "120813", telling)
    assert (file.stopped, day in days_of(workspace)) == (None, True)


@pytest.mark.parametrize(
    ("written", "layout"),
    [
        ("2025-03-14", "2026-12-31"),
        ("14.3.2025", "31.12.2026"),
        ("20250314", "20261231"),
        ("2025/3/14", "2026/12/31"),
        ("14 mars 2025", "31 december 2026"),
        ("Mar 14, 2025", "december 31, 2026"),
        ("14/3 2025", "31/12 2026"),
        ("14-03-2025", "31-12-2026"),
        ("14.3.25", "31.12.26"),
    ],
)
def test_auto_finds_the_layout_and_says_it(workspace: Workspace, written: str, layout: str) -> None:
    file = put(workspace, ["auto"], written)
    assert (file.said["date_layout"], days_of(workspace)) == (layout, ["2025-03-14"])


def test_layouts_that_no_one_takes_for_each_other_may_stand_in_one_column(workspace: Workspace) -> None:
    workspace.put_incidents(
        incident("K1", "2025-03-14"), incident("K2", "14.3.2025"), incident("K3", "14 mars 2025")
    )
    file = workspace.only_file()
    assert file.said["date_layout"] == "2026-12-31, 31.12.2026, 31 december 2026"
    assert days_of(workspace) == ["2025-03-14"] * 3


def test_a_date_in_no_layout_is_still_a_row_s_fault(workspace: Workspace) -> None:
    file = put(workspace, ["auto"], "14.3.2025", "i fredags")
    assert [(row.row, row.code, row.value) for row in file.rejections] == [
        (3, "date_unreadable", "i fredags")
    ]


def test_a_column_with_no_date_at_all_rejects_its_rows(workspace: Workspace) -> None:
    file = put(workspace, ["auto"], "i fredags", "")
    assert [row.code for row in file.rejections] == ["date_unreadable", "value_missing"]


def test_a_month_s_name_is_needed_where_the_layout_has_one(workspace: Workspace) -> None:
    file = put(workspace, ["%d %B %Y"], "14 mars 2025", "1 2 2025")
    assert [(row.row, row.code) for row in file.rejections] == [(3, "date_unreadable")]


def test_layouts_know_their_order() -> None:
    assert [order_of(layout) for layout in ("ISO8601", "%d %B %Y", "%m/%d/%y", "%y%m%d")] == [
        "ymd",
        "dmy",
        "mdy",
        "ymd",
    ]
    assert (turned("%m/%d/%Y %I:%M %p"), turned("%d.%m.%Y"), turned("%Y-%m-%d")) == (
        "%d/%m/%Y %I:%M %p",
        None,
        None,
    )
    assert alike("%d/%m/%Y", "%m/%d/%Y")
    assert alike("%y%m%d", "%d%m%y")
    assert not alike("%d/%m/%Y", "%d/%m/%y")
    assert not alike("%Y-%m-%d", "ISO8601")
    assert len({shown(layout) for layout in DAYS}) == len(DAYS)
    assert len(set(candidates(with_clock=True))) == len(candidates(with_clock=True))


def test_the_layouts_of_clocks_are_said(workspace: Workspace) -> None:
    clocks = ["17:59", "", "7.05", "17-18"]
    workspace.put_incidents(*(incident(f"K{number}", clock=clock) for number, clock in enumerate(clocks)))
    assert workspace.only_file().said["clock_layout"] == "17:59, 17.59, 17-18"
