"""How far reading has come: rows of a total that is known once every file is read."""

from pathlib import Path

from etl.progress import WORTH_TELLING, RowsRead


def files(folder: Path, *sizes: int) -> list[Path]:
    paths = [folder / str(number) for number in range(len(sizes))]
    for path, size in zip(paths, sizes, strict=True):
        path.write_bytes(b"x" * size)
    return paths


def test_the_total_is_what_the_size_of_the_files_left_lets_one_expect(tmp_path):
    told: list[tuple[str, int, int]] = []
    rows = RowsRead(lambda *step: told.append(step), files(tmp_path, 100, 300))
    rows.file_done(1000)
    rows.file_done(2500)
    assert told == [("import_read", 0, 0), ("import_read", 1000, 4000), ("import_read", 3500, 3500)]


def test_a_large_file_tells_its_own_stages(tmp_path):
    told: list[tuple[str, int, int]] = []
    many = 2 * WORTH_TELLING
    rows = RowsRead(lambda *step: told.append(step), files(tmp_path, 500))
    rows.within(many, 0.15)
    rows.within(many, 0.5)
    rows.file_done(many)
    assert [(done, total) for _, done, total in told] == [
        (0, 0),
        (round(0.15 * many), many),
        (many // 2, many),
        (many, many),
    ]


def test_a_small_file_has_no_stages_and_one_that_is_not_there_no_size(tmp_path):
    told: list[tuple[str, int, int]] = []
    rows = RowsRead(lambda *step: told.append(step), [tmp_path / "gone"])
    rows.within(WORTH_TELLING - 1, 0.5)
    rows.file_done(7)
    assert told == [("import_read", 0, 0), ("import_read", 7, 7)]
