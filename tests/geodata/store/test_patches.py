import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_snapshots import PROJECT, REPORT

from geodata.errors import StoreError
from geodata.schema import TABLES
from geodata.store import patches, snapshots
from geodata.store.parts import check_part, read_columns, read_parts, write_part
from geodata.store.patches import Patched, overlay
from geodata.store.sweep import sweep


def rows(ids, numbers):
    frame = pd.DataFrame(dict.fromkeys(TABLES["observations"].names), index=range(len(ids)))
    return frame.assign(
        observation_id=ids,
        origin_row=numbers,
        local_weekday=1,
        local_hour=-1,
        area_id=-1,
        street_id=-1,
        set_aside=False,
    )


def patched(folder, *, base, kept, order, numbers):
    """Write a part of `base` of which some rows stand, and others lie in between them.

    `order` says of each row of the table whether it is the base's.
    """
    stands = np.array(order, dtype=bool)
    new = [f"new {at}" for at in np.flatnonzero(~stands)]
    over = overlay(
        kept=np.array(kept, dtype=np.int64),
        base_rows=base,
        stands=stands,
        was=np.array(kept, dtype=np.int64) + 2,
        now=np.array(numbers, dtype=np.int64)[stands],
    )
    whole = write_part(folder, rows([f"old {at}" for at in range(base)], range(2, base + 2)), "observations")
    added = write_part(
        folder, rows(new, np.array(numbers, dtype=np.int64)[~stands]), "observations", over=over
    )
    return Patched(whole, added)


@st.composite
def edits(draw):
    base = draw(st.integers(0, 12))
    kept = sorted(draw(st.sets(st.integers(0, base - 1)))) if base else []
    order = draw(st.permutations([True] * len(kept) + [False] * draw(st.integers(0, 6))))
    steps = draw(st.lists(st.integers(1, 3), min_size=len(order), max_size=len(order)))
    return base, kept, order, (np.cumsum(steps) + 1).tolist()


@settings(max_examples=30, deadline=None)
@given(edit=edits(), block=st.integers(1, 5))
def test_base_and_patch_read_as_the_table_they_make(tmp_path_factory, edit, block):
    base, kept, order, numbers = edit
    folder = tmp_path_factory.mktemp("store")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(patches, "BLOCK_ROWS", block)
        part = patched(folder, base=base, kept=kept, order=order, numbers=numbers)
        found = read_parts(folder, [part], "observations", crs=3006)
        some = read_columns(folder, [part], "observations", ["observation_id"])
    old = iter(kept)
    ids = [f"old {next(old)}" if stands else f"new {at}" for at, stands in enumerate(order)]
    pd.testing.assert_frame_equal(
        found,
        read_parts(
            folder, [write_part(folder, rows(ids, numbers), "observations")], "observations", crs=3006
        ),
    )
    assert some["observation_id"].tolist() == ids
    assert check_part(folder, part, "observations") == len(ids)


@pytest.fixture
def part(tmp_path):
    return patched(tmp_path, base=5, kept=[0, 2, 4], order=[1, 0, 1, 1], numbers=[2, 3, 4, 6])


def test_a_snapshot_with_a_patch_is_published_opened_and_swept_like_any_other(tmp_path, part):
    snapshots.publish(tmp_path, {"observations": {"svar": part}}, project=PROJECT, report=REPORT)
    loose = write_part(tmp_path, rows(["loose"], [2]), "observations")
    swept = sweep(tmp_path)
    assert swept.parts == 1
    assert not (tmp_path / "parts" / f"{loose}.parquet").exists()
    snapshot = snapshots.open_current(tmp_path)
    assert snapshot.parts == {"observations": {"svar": part}}
    assert snapshot.table("observations")["observation_id"].tolist() == ["old 0", "new 1", "old 2", "old 4"]
    assert snapshot.columns("observations", "origin_row")["origin_row"].tolist() == [2, 3, 4, 6]


@pytest.mark.parametrize("which", ["base", "patch"])
def test_either_file_damaged_is_said(tmp_path, part, which):
    path = tmp_path / "parts" / f"{getattr(part, which)}.parquet"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(StoreError) as caught:
        read_parts(tmp_path, [part], "observations", crs=3006)
    assert caught.value.code == "part_unreadable"
    path.unlink()
    with pytest.raises(StoreError) as caught:
        check_part(tmp_path, part, "observations")
    assert caught.value.code == "part_unreadable"


def test_a_patch_that_does_not_fit_its_base_is_said(tmp_path, part):
    other = write_part(tmp_path, rows(["short"], [2]), "observations")
    for wrong in (Patched(other, part.patch), Patched(part.base, part.base)):
        with pytest.raises(StoreError) as caught:
            read_parts(tmp_path, [wrong], "observations", crs=3006)
        assert caught.value.code == "part_unreadable"
