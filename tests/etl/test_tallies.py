"""Rounds of answers and measured speeds come in whole, and a paper answer is an answer like any other."""

import pandas as pd
import pytest
from small_workspace import Workspace

from etl.rules import FieldRule
from etl.stated import read_days, read_shares, read_spans
from etl.validate import Findings
from geodata.account import Fate
from geodata.errors import FileFaultError

ROUNDS = "Omgång;Insamlingsplats;Datum;Utdelade;Inlämnade;Svarande"
ANSWERS = "Omgång;Nr;Insamlingsplats;Insamlingsdatum;Svarande;Plats;Latitud;Longitud;Problem;Kommentar;Åtgärdsförslag"
SPEEDS = "Mätning;Mätplats;Riktning;Från;Till;V85;Andel över;Hastighetsgräns;Latitud;Longitud"


def lines(*rows: str) -> str:
    return "\r\n".join(rows) + "\r\n"


def test_a_round_on_paper_and_its_answers_come_in_together(workspace: Workspace) -> None:
    workspace.use("paper_batches", "inmatning/omgangar.csv")
    workspace.use("paper_survey", "inmatning/svar_*.csv")
    workspace.put("inmatning/omgangar.csv", lines(ROUNDS, "R1;Torget;2026-05-12;40;2;"), encoding="utf-8-sig")
    workspace.put(
        "inmatning/svar_r1.csv",
        lines(
            ANSWERS,
            "R1;1;Torget;2026-05-12;Elev;Skolgatan;59,13;12,93;for_fort;För fort;Farthinder",
            "R1;2;Torget;2026-05-12;Personal polisen;vid torget;;;Mörkt;;",
        ),
        encoding="utf-8-sig",
    )
    report = workspace.run()
    assert report.adds_up
    assert [file.fates[Fate.NEW] for file in report.files] == [1, 1]
    batches = workspace.table("batches")
    assert batches[["batch_id", "handed_out", "returned"]].to_numpy().tolist() == [["R1", 40.0, 2.0]]
    answers = workspace.table()
    assert answers["batch"].tolist() == ["R1", "R1"]
    assert answers["respondent"].tolist() == ["pupil", "staff_police"]
    assert answers["measure"].fillna("").tolist() == ["Farthinder", ""]
    again = workspace.run()
    assert [file.fates[Fate.UNCHANGED] for file in again.files] == [1, 1]


def test_measured_speeds_come_in_with_their_point_or_wait_for_one(workspace: Workspace) -> None:
    workspace.use("speed_measurements", "matningar.csv")
    workspace.put(
        "matningar.csv",
        lines(
            SPEEDS,
            "1;Skolgatan;norrut;2026-04-13;2026-04-19;41;0,53;30;59,13;12,93",
            "2;Storgatan;söderut;2026-04-13;2026-04-19;47;0,2;40;;",
            "2;Storgatan;söderut;2026-04-13;2026-04-19;48;0,2;40;;",
        ),
    )
    file = workspace.only_file()
    assert file.adds_up
    assert (file.fates[Fate.NEW], file.fates[Fate.WAITING], file.fates[Fate.REJECTED]) == (1, 1, 1)
    assert file.rejections[0].code == "id_twice"
    assert file.said["share_unit"] == "share"
    table = workspace.table("measurements")
    assert table["share_above"].tolist() == [0.53, 0.2]
    assert table["location_precision"].tolist() == ["exact", "unknown"]
    assert table.geometry.isna().tolist() == [False, True]


def test_measurements_without_any_point_are_kept(workspace: Workspace) -> None:
    workspace.use("speed_measurements", "matningar.csv")
    workspace.put("matningar.csv", lines(SPEEDS, "1;Skolgatan;;2026-04-13;2026-04-19;41;;30;;"))
    assert workspace.only_file().fates[Fate.WAITING] == 1
    assert workspace.table("measurements")["site"].tolist() == ["Skolgatan"]


def read(cells: list[str], **rule: object) -> tuple[pd.Series, FieldRule, Findings]:
    text = pd.Series(cells, dtype="str")
    made = FieldRule(column=rule.pop("column", "a"), **rule)
    return text, made, Findings(pd.DataFrame(dict.fromkeys(made.columns, text)), excused=text == "-")


@pytest.mark.parametrize(
    ("cells", "values", "unit"),
    [
        (["53 %", "12,5%"], [0.53, 0.125], "percent"),
        (["53", "0,5"], [0.53, 0.005], "percent"),
        (["0,53", "1"], [0.53, 1.0], "share"),
        (["", ""], [float("nan")] * 2, ""),
    ],
)
def test_the_unit_of_a_share_is_found(cells: list[str], values: list[float], unit: str) -> None:
    shares, found = read_shares(*read(cells))
    assert shares.tolist() == pytest.approx(values, nan_ok=True)
    assert found == unit


def test_a_heading_tells_per_cent() -> None:
    shares, unit = read_shares(*read(["0,5"], column="Andel över (%)"))
    assert (shares.tolist(), unit) == ([0.005], "percent")


def test_shares_that_may_be_both_stop_the_file_until_the_mapping_says() -> None:
    with pytest.raises(FileFaultError) as caught:
        read_shares(*read(["0", "1"]))
    assert caught.value.code == "share_undecided"
    assert read_shares(*read(["0", "1"], unit="percent"))[0].tolist() == [0.0, 0.01]


def test_a_share_above_the_whole_is_rejected() -> None:
    text, rule, findings = read(["53", "130"])
    read_shares(text, rule, findings)
    assert findings.rejected.tolist() == [False, True]


@pytest.mark.parametrize(
    ("cell", "span"),
    [
        ("7.30–8.30", "07:30-08:30"),
        ("kl. 07:30 - 08:30", "07:30-08:30"),
        ("22-06", "22:00-06:00"),
        ("06-24", "06:00-24:00"),
        ("0730 till 0830", "07:30-08:30"),
        ("Dygn", None),
        ("", None),
    ],
)
def test_parts_of_the_day_are_written_one_way(cell: str, span: str | None) -> None:
    text, rule, findings = read([cell])
    (found,) = read_spans(text, rule, findings)
    assert (found if isinstance(found, str) else None) == span
    assert not findings.rejected.any()


@pytest.mark.parametrize("cell", ["morgon", "7.30", "25-26", "7.30-"])
def test_what_is_no_part_of_the_day_is_rejected(cell: str) -> None:
    text, rule, findings = read([cell])
    read_spans(text, rule, findings)
    assert findings.rejected.tolist() == [True]


def test_days_are_read_by_the_formats_of_the_rule() -> None:
    text, rule, findings = read(["13 april 2026", "2026-02-30", "igår"], formats=("%d %B %Y", "%Y-%m-%d"))
    assert str(read_days(text, rule, findings)[0]) == "2026-04-13"
    assert findings.rejected.tolist() == [False, True, True]
