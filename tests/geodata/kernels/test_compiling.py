import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from geodata.kernels import compiling
from geodata.kernels.compiling import cache_folder
from geodata.kernels.warming import KERNELS, warm

ROOM = Path(compiling.__file__).parent


def test_every_file_with_a_kernel_is_compiled_when_the_house_is_built():
    holding = {
        path.stem for path in ROOM.glob("*.py") if re.search(r"^@kernel\(", path.read_text(), re.MULTILINE)
    }
    assert holding == set(KERNELS)
    assert set(warm()) == holding


def test_no_kernel_runs_on_threads_of_numba():
    assert [path.name for path in ROOM.glob("*.py") if re.search(r"\bprange\b|njit\(", path.read_text())] == [
        "compiling.py"
    ]
    assert "parallel=True)" not in (ROOM / "compiling.py").read_text()


def test_the_cache_lies_where_it_can_be_written(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "told"))
    assert cache_folder() == tmp_path / "told"
    monkeypatch.delenv("NUMBA_CACHE_DIR")
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "environment"))
    assert cache_folder() == tmp_path / "environment" / "problembild-kernels"
    (tmp_path / "file").touch()
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "file"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "own"))
    assert cache_folder() == tmp_path / "own" / "problembild" / "kernels"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    folder = cache_folder()
    assert folder.name.startswith("problembild-kernels-")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    folder.rmdir()


def test_a_process_finds_what_another_compiled(tmp_path):
    code = "from geodata.kernels.discoveries import adjust; print(sum(adjust.stats.cache_hits.values()))"
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
    hits = [
        subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
        ).stdout.strip()
        for _ in range(2)
    ]
    assert hits == ["0", "1"]


def test_what_is_only_read_may_be_closed_to_writing():
    from geodata.kernels.discoveries import adjust

    p = np.array([0.01, 0.5])
    p.flags.writeable = False
    adjusted = np.empty(2)
    adjust(p, p, 1, adjusted)
    assert adjusted.tolist() == [0.02, 0.5]
    with pytest.raises(TypeError, match="readonly"):
        adjust(p, p, 1, p)
