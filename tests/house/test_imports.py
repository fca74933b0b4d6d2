"""Imports run one way and without circles; every floor keeps to what it may know."""

from graphlib import TopologicalSorter

import grimp
import pytest

ROOTS = ("geodata", "etl", "dashboard")
SCREEN = {"dash", "plotly", "folium", "dash_mantine_components", "flask", "branca"}
DRIVERS = {"sqlite3", "psycopg"}
PURE = (
    "geodata.hotspots",
    "geodata.evidence",
    "geodata.evaluation",
    "geodata.targeting",
    "geodata.promises",
    "geodata.dialogues",
    "geodata.picture",
    "geodata.reviews",
    "geodata.privacy",
)
MAKES_THE_TOWN = {"dashboard.command", "dashboard.verbs.practice"}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(*ROOTS, include_external_packages=True, cache_dir=None)


def direct(graph: grimp.ImportGraph) -> list[tuple[str, str]]:
    return [
        (importer, imported)
        for importer in graph.modules
        if inside(importer, *ROOTS)
        for imported in graph.find_modules_directly_imported_by(importer)
    ]


def inside(module: str, *packages: str) -> bool:
    return any(module == package or module.startswith(package + ".") for package in packages)


def test_the_graph_was_read(graph):
    assert len([module for module in graph.modules if inside(module, *ROOTS)]) > 40


def test_geodata_stands_on_nothing_of_ours(graph):
    assert [
        edge for edge in direct(graph) if inside(edge[0], "geodata") and inside(edge[1], "etl", "dashboard")
    ] == []


def test_etl_stands_on_geodata_alone(graph):
    assert [edge for edge in direct(graph) if inside(edge[0], "etl") and inside(edge[1], "dashboard")] == []


def test_the_dashboard_enters_etl_by_its_one_door(graph):
    doors = [
        (importer, imported)
        for importer, imported in direct(graph)
        if inside(importer, "dashboard") and inside(imported, "etl") and imported != "etl.pipeline"
    ]
    assert [
        edge for edge in doors if not (edge[0] in MAKES_THE_TOWN and inside(edge[1], "etl.synthetic"))
    ] == []


def test_only_the_dashboard_knows_the_screen(graph):
    assert [
        edge for edge in direct(graph) if edge[1].split(".")[0] in SCREEN and not inside(edge[0], "dashboard")
    ] == []


def test_pure_rooms_never_open_the_store(graph):
    assert [
        edge for edge in direct(graph) if inside(edge[0], *PURE) and inside(edge[1], "geodata.store")
    ] == []


def test_only_the_connection_knows_a_database_driver(graph):
    found = {importer for importer, imported in direct(graph) if imported.split(".")[0] in DRIVERS}
    assert found <= {"geodata.store.connection"}


def test_the_synthetic_town_is_made_and_never_read(graph):
    known = {importer for importer, imported in direct(graph) if inside(imported, "etl.synthetic")}
    assert {module for module in known if not inside(module, "etl.synthetic")} <= MAKES_THE_TOWN


def test_no_two_files_import_each_other_in_a_circle(graph):
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for importer, imported in direct(graph):
        if inside(imported, *ROOTS):
            sorter.add(importer, imported)
    sorter.prepare()  # raises CycleError with the circle in it
