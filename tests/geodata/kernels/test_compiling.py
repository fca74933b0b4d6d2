import re
import stat
from pathlib import Path

from geodata.kernels import compiling
from geodata.kernels.compiling import KERNELS, cache_folder, warm

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
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "own"))
    assert cache_folder() == tmp_path / "own" / "problembild" / "kernels"
    assert (tmp_path / "own" / "problembild" / "kernels").is_dir()
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    folder = cache_folder()
    assert folder.name.startswith("problembild-kernels-")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    folder.rmdir()
