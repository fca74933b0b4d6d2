import hashlib
import os

import pytest
from test_patches import patched, rows

from geodata.errors import StoreError
from geodata.store import parts
from geodata.store.parts import open_part, write_part


class Digests:
    """Counts what is digested."""

    def __init__(self):
        self.taken = 0

    def sha256(self, content):
        self.taken += 1
        return hashlib.sha256(content)


@pytest.fixture
def digests(monkeypatch):
    counted = Digests()
    monkeypatch.setattr(parts, "hashlib", counted)
    return counted


@pytest.mark.parametrize("files", [1, 2])
def test_a_file_that_nobody_touched_is_digested_once(tmp_path, digests, files):
    part = patched(tmp_path, base=3, kept=[0, 2], order=[True, False, True], numbers=[2, 3, 4])
    part = part.base if files == 1 else part
    digests.taken = 0
    first = open_part(tmp_path, part, "observations")
    assert digests.taken == files
    again = open_part(tmp_path, part, "observations", verified=first.verified)
    assert digests.taken == files
    assert again.columns(["observation_id"]).equals(first.columns(["observation_id"]))


def test_a_file_that_was_written_to_since_is_digested_again(tmp_path):
    part = write_part(tmp_path, rows(["old 0", "old 1"], [2, 3]), "observations")
    verified = open_part(tmp_path, part, "observations").verified
    path = tmp_path / "parts" / f"{part}.parquet"
    before, content = path.stat(), bytearray(path.read_bytes())
    content[8] ^= 1
    while path.stat().st_ctime_ns == before.st_ctime_ns:  # the clock of files is a coarse one
        path.write_bytes(content)
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    with pytest.raises(StoreError) as raised:
        open_part(tmp_path, part, "observations", verified=verified)
    assert raised.value.code == "part_unreadable"


def test_another_file_under_the_name_is_digested(tmp_path):
    part = write_part(tmp_path, rows(["old 0"], [2]), "observations")
    verified = open_part(tmp_path, part, "observations").verified
    path = tmp_path / "parts" / f"{part}.parquet"
    other = tmp_path / "other"
    other.write_bytes(path.read_bytes()[:-1] + b"?")
    other.replace(path)
    with pytest.raises(StoreError):
        open_part(tmp_path, part, "observations", verified=verified)
