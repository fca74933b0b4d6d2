import pytest

from geodata.errors import ProjectError
from geodata.project import PROJECT_FILE, parse_project, read_project

WHOLE = """
attribution = ["© Exempelstads kommun"]

[municipality]
name = "Exempelstad"
code = "9999"
made_up = true

[geography]
cell_m = 250

[[source]]
name = "trygghet"
mapping = "kobo_survey"
files = ["inbox/kobo_*.csv"]
"""


def write(folder, text):
    (folder / PROJECT_FILE).write_text(text, encoding="utf-8")
    return folder


def test_a_whole_project_is_read_with_its_defaults(tmp_path):
    project = read_project(write(tmp_path, WHOLE))
    assert project.municipality.name == "Exempelstad"
    assert project.geography.working_crs == 3006
    assert project.zone.key == "Europe/Stockholm"
    assert project.sources[0].files == ("inbox/kobo_*.csv",)


def test_settings_survive_the_manifest(tmp_path):
    project = read_project(write(tmp_path, WHOLE))
    assert parse_project(project.to_json()) == project


@pytest.mark.parametrize(
    ("old", "new", "setting", "found"),
    [
        ('code = "9999"', 'code = "99"', "municipality.code", "99"),
        ("cell_m = 250", "cell_m = 90", "geography.cell_m", "90"),
        ("cell_m = 250", "working_crs = 4326", "geography.working_crs", "4326"),
        ("cell_m = 250", 'time_zone = "Europe/Säffle"', "geography.time_zone", "Säffle"),
        ("made_up = true", "madeup = true", "municipality.madeup", "True"),
        ('files = ["inbox/kobo_*.csv"]', "files = []", "source.0.files", "[]"),
        ("[geography]", "[geography]\nextent = [13.4, 58.9, 13.1, 58.8]", "geography.extent", "13.4"),
        ("[geography]", "[geography]\nextent = [13.1, 58.8, 13.4, 95]", "geography.extent", "95"),
        ("[geography]", '[schools]\nbell_start = "29:59"\n[geography]', "schools.bell_start", "29:59"),
        ("[geography]", '[schools]\nbell_end = "07:00"\n[geography]', "schools", "07:00"),
        ('["inbox/kobo_*.csv"]', '["inbox/a.csv", ""]', "source.0.files", "''"),
        ('["inbox/kobo_*.csv"]', '["inbox/**x"]', "source.0.files", "**x"),
        ('["inbox/kobo_*.csv"]', '["a"]\ncrs = 99999', "source.0.crs", "99999"),
        ('["inbox/kobo_*.csv"]', '["a"]\ncrs = 5613', "source.0.crs", "5613"),
        ('["inbox/kobo_*.csv"]', '["a"]\nencoding = "utf-99"', "source.0.encoding", "utf-99"),
        ('["inbox/kobo_*.csv"]', '["a"]\nencoding = "idna"', "source.0.encoding", "idna"),
        ('["inbox/kobo_*.csv"]', '["a"]\nencoding = "hex"', "source.0.encoding", "hex"),
        ("[geography]", "[privacy]\nminimum_count = 1\n[geography]", "privacy.minimum_count", "1"),
        (
            "[geography]",
            '[severity]\nsource = "a"\nweights = { slight = -1 }\n[geography]',
            "severity.weights",
            "write 0 or a positive number",
        ),
        (
            "[geography]",
            '[severity]\nsource = "a"\nweights = { death = inf }\n[geography]',
            "severity.weights",
            "death can't weigh inf",
        ),
        (
            "[geography]",
            '[severity]\nsource = "a"\nweights = { fatal = 3 }\n[geography]',
            "severity.weights",
            "no severity fatal; use death, serious, slight, none",
        ),
        (
            "[geography]",
            '[severity]\nsource = "a"\nweights = { unknown = 3 }\n[geography]',
            "severity.weights",
            "take unknown away",
        ),
        ("[geography]", "[severity]\nweights = { death = 3 }\n[geography]", "severity", "need a source"),
    ],
)
def test_a_wrong_setting_is_named_with_what_was_found(tmp_path, old, new, setting, found):
    with pytest.raises(ProjectError) as raised:
        read_project(write(tmp_path, WHOLE.replace(old, new)))
    assert raised.value.code == "project_invalid"
    assert raised.value.values["setting"] == setting
    assert found in str(raised.value)


def test_two_sources_of_one_name_are_refused(tmp_path):
    again = WHOLE + '[[source]]\nname = "trygghet"\nmapping = "x"\nfiles = ["y"]\n'
    with pytest.raises(ProjectError, match="trygghet stands twice"):
        read_project(write(tmp_path, again))


@pytest.mark.parametrize(
    ("follows", "said"),
    [("trygghet", None), ("borta", "no such source"), ("nytt", "can't follow itself")],
)
def test_a_source_follows_one_that_there_is_and_never_itself(tmp_path, follows, said):
    text = WHOLE + f'[[source]]\nname = "nytt"\nmapping = "x"\nfiles = ["y"]\nfollows = "{follows}"\n'
    if said is None:
        assert read_project(write(tmp_path, text)).series == {"nytt": "trygghet"}
        return
    with pytest.raises(ProjectError, match=said):
        read_project(write(tmp_path, text))


def test_no_project_file_says_how_to_make_one(tmp_path):
    with pytest.raises(ProjectError, match="problembild init") as raised:
        read_project(tmp_path)
    assert raised.value.code == "project_missing"


@pytest.mark.parametrize("content", [b"name = \n", b"name = '\xe5'"])
def test_a_broken_project_file_is_no_traceback(tmp_path, content):
    (tmp_path / PROJECT_FILE).write_bytes(content)
    with pytest.raises(ProjectError) as raised:
        read_project(tmp_path)
    assert raised.value.code == "project_not_toml"
