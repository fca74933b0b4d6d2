"""Both readers of delimited text give the same table of the same bytes, or the fast one declines."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.readers.columnar import read_columns
from etl.readers.delimited import _records, read_delimited
from etl.readers.headed import lay_out, lay_out_columns
from etl.readers.raw_table import RawTable, ReaderOptions
from geodata.errors import FileFaultError

DECLINED = "declined"

NASTY = {
    "plain": "a;b\n1;2\n3;4\n",
    "quoted": 'a;b\n"1";"x;y"\n"";"he said ""no"""\n',
    "line end in quotes": 'a;b\r\n1;"two\r\nlines"\r\n3;4\r\n',
    "a quoted heading": '"a";"b;c"\n1;2\n',
    "blank cells": "a;b\n ; \n1; 2\n;\n",
    "a delimiter at the end of each line": "a;b;\n1;2;\n3;4;\n",
    "spaces of every kind": "a;b\n\u00a0x\u00a0;\u2003y\u2003\n\tz\t;\u200bq\n",
    "no line end at the end": "a;b\n1;2",
    "several line ends at the end": "a;b\n1;2\n\n\n",
    "only a heading": "a;b\n",
    "only blank rows": "a;b\n;\n ; \n",
    "a blank line between": "a;b\n1;2\n\n3;4\n",
    "one column": "a\n1\n2\n",
    "control characters": "a;b\n\x1f1\x1f;2\x0b\n",
}
"""What the fast reader takes."""

LEFT_TO_THE_OTHER = {
    "a row too short": "a;b\n1\n2;3\n",
    "a row too long": "a;b\n1;2;3\n4;5\n",
    "filled beyond the heading": "a;b;\n1;2;3\n",
    "a blank line first": "\na;b\n1;2\n",
    "a blank heading": ";\na;b\n1;2\n",
    "carriage returns alone": "a;b\r1;2\r",
    "mixed line ends": "a;b\r\n1;2\r3;4\r\n",
    "a quotation mark inside": 'a;b\n1;5" rör\n',
    "text after the closing mark": 'a;b\n1;"x"y\n',
    "a space before the mark": 'a;b\n1; "x"\n',
    "an open mark": 'a;b\n1;"x\n',
    "a cell longer than any": "a;b\n1;" + "x" * 140_000 + "\n",
}


def outcome(read: "object") -> tuple:
    """Return what a reader makes of it: a table's content, or the fault's code and values."""
    try:
        table = read()
    except FileFaultError as fault:
        return fault.code, fault.values
    if table is None:
        return (DECLINED,)
    return (
        {name: table.cells[name].tolist() for name in table.cells},
        table.rows.tolist(),
        table.unreadable,
    )


def slow(content: str, delimiter: str = ";") -> RawTable:
    return lay_out(_records(content, delimiter, file="f.csv"), file="f.csv", said={})


def fast(content: str, delimiter: str = ";") -> RawTable | None:
    columns = read_columns(content.encode(), delimiter)
    return None if columns is None else lay_out_columns(columns, file="f.csv", said={})


@pytest.mark.parametrize("name", NASTY)
def test_what_the_fast_reader_takes_it_reads_as_the_other(name: str) -> None:
    found = outcome(lambda: fast(NASTY[name]))
    assert found != (DECLINED,)
    assert found == outcome(lambda: slow(NASTY[name]))


@pytest.mark.parametrize("name", LEFT_TO_THE_OTHER)
def test_what_is_not_well_formed_is_left_to_the_other(name: str) -> None:
    assert outcome(lambda: fast(LEFT_TO_THE_OTHER[name])) == (DECLINED,)


CELLS = st.text(alphabet=st.sampled_from('ab1 ;,"\n\r\t|å\u00a0\u200b\x1f-'), max_size=6)


@settings(max_examples=300, deadline=None)
@given(
    lines=st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=5),
    end=st.sampled_from("\n\r"),
)
def test_whatever_the_fast_reader_takes_it_reads_as_the_other(lines: list[list[str]], end: str) -> None:
    content = end.join(";".join(line) for line in lines)
    found = outcome(lambda: fast(content))
    assert found == (DECLINED,) or found == outcome(lambda: slow(content))


@settings(max_examples=150, deadline=None)
@given(
    rows=st.lists(
        st.lists(CELLS.map(lambda cell: cell.replace("\r", "")), min_size=2, max_size=2), max_size=5
    )
)
def test_quoted_cells_come_back_as_they_were_written(rows: list[list[str]]) -> None:
    lines = ["a;b", *(";".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)]
    content = "\n".join(lines)
    found = outcome(lambda: fast(content))
    assert found != (DECLINED,)
    assert found == outcome(lambda: slow(content))


def test_the_whole_reader_says_the_same_of_a_file_that_is_not_well_formed(tmp_path: Path) -> None:
    def read(content: str) -> RawTable:
        (tmp_path / "f.csv").write_text(content, encoding="cp1252", newline="")
        return read_delimited(
            tmp_path / "f.csv", ReaderOptions(format="delimited"), file="f.csv", encoding=None
        )

    even, uneven = read("å;b\n1;2\n"), read("å;b\n1;2\n3\n")
    assert even.said == uneven.said == {"encoding": "Windows-1252", "delimiter": ";"}
    assert even.cells.equals(uneven.cells)
    assert [(row.row, row.code) for row in uneven.unreadable] == [(3, "row_width")]
