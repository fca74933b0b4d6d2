"""A real small workspace: the made-up town, imported, with its tiles."""

import pytest

from dashboard.map.tiles import cut_tiles
from etl.pipeline import run
from etl.synthetic.town import make_town
from geodata.analyses.ground import open_ground


@pytest.fixture(scope="session")
def small_ground(tmp_path_factory):
    workspace = tmp_path_factory.mktemp("small")
    make_town(workspace, size="small", seed=1)
    run(workspace)
    ground = open_ground(workspace)
    cut_tiles(ground.snapshot)
    return ground
