"""Answers made by hand, for what is said of them; and a real small workspace, for what is wired."""

from dataclasses import replace
from datetime import date

import pytest
import shapely

from dashboard.map.tiles import cut_tiles
from dashboard.texts.catalogue import catalogue
from dashboard.views.address import Address
from etl.pipeline import run
from etl.synthetic.town import make_town
from geodata.analyses.ground import open_ground
from geodata.analyses.hotspot_areas import HotspotArea
from geodata.analyses.hotspots import HotspotAnswer
from geodata.analyses.place import PlaceAnswer, Quote, ReviewNote, TrendPoint
from geodata.analyses.place_ground import PlaceGround
from geodata.analyses.ranking import PlaceRanking, RankedPlace, StreamEvidence
from geodata.analyses.school_zone import Measured, SchoolZoneAnswer, Unit, UsedCrossing
from geodata.analyses.when import WhenAnswer
from geodata.evidence.agreement import Agreement
from geodata.evidence.rates import RateRatio
from geodata.evidence.season import Season
from geodata.evidence.strength import Strength
from geodata.evidence.windows import StreamCount, Window
from geodata.periods import tertial
from geodata.places.bells import BellDay
from geodata.privacy import Audience
from geodata.schema import PlaceKind, Stream
from geodata.selection import Selection

SQUARE = shapely.box(12.9, 59.1, 12.91, 59.11)


@pytest.fixture(scope="session")
def small_workspace(tmp_path_factory):
    workspace = tmp_path_factory.mktemp("small")
    make_town(workspace, size="small", seed=1)
    run(workspace)
    cut_tiles(open_ground(workspace).snapshot)
    return workspace


@pytest.fixture
def swedish():
    return catalogue("sv")


@pytest.fixture
def english():
    return catalogue("en")


@pytest.fixture
def police():
    return Address(Selection(audience=Audience.POLICE))


@pytest.fixture
def council():
    return Address(Selection(audience=Audience.COUNCIL))


SURVEY = StreamEvidence(Stream.SURVEY, 44, 4.9, 8.04, 6.1, 10.0, tellable=True)
REVIEW = StreamEvidence(Stream.REVIEW, 2, 0.6, None, None, None, tellable=False)
INCIDENT = StreamEvidence(Stream.INCIDENT, 64, 26.3, 2.31, 1.9, 2.8, tellable=True)
WITHHELD = StreamEvidence(Stream.REVIEW, None, None, None, None, None, tellable=False)

TORGET = RankedPlace(
    place_id=7,
    kind=PlaceKind.SQUARE,
    name="Hamntorget",
    rank=1,
    rank_low=1,
    rank_high=3,
    among_first=0.99,
    score=4.2,
    streams=(SURVEY, REVIEW, INCIDENT),
    agreement=Agreement.FELT_AND_RECORDED,
    agreement_sureness=0.97,
    top_category="order_gathering",
    top_share=0.25,
    window=Window((4, 5), 1260, 180, evidence=(StreamCount("survey", 2, 3), StreamCount("incident", 35, 59))),
    polygon=SQUARE,
    lon=12.905,
    lat=59.105,
)
SCHOOL = replace(
    TORGET,
    place_id=8,
    kind=PlaceKind.SCHOOL_ZONE,
    name="Björkskolan",
    rank=None,
    rank_low=0,
    rank_high=0,
    among_first=None,
    score=None,
    streams=(replace(SURVEY, count=1, ratio=None, low=None, high=None, tellable=False), WITHHELD, WITHHELD),
    agreement=Agreement.TOO_FEW,
    agreement_sureness=None,
    top_category=None,
    top_share=0.0,
    window=None,
)


WHEN = WhenAnswer(
    known=18,
    of=20,
    too_few=False,
    windows=(
        Window(
            (4, 5), 1260, 180, evidence=(StreamCount("incident", 17, 18),), strength=Strength(4.2, 3.1, 4.6)
        ),
    ),
    season=Season((5, 6, 7), 14, 18),
    school_days=RateRatio(12, 180, 0, 60, float("inf"), 1.3, float("inf")),
    risk_evenings=RateRatio(2, 30, 1, 100, None, None, None),
)
BELLS = tuple(
    BellDay(
        day, ("08:20", "08:40" if day else "08:20"), ("11:00", "12:10"), ("13:50", "14:40"), assumed=False
    )
    for day in range(5)
)
GROUND = PlaceGround(
    school=SchoolZoneAnswer(
        units=(Unit("Björkskolan F-6", "F-6", 240, BELLS),),
        limits=((40.0, 812.0), (None, 95.0)),
        flow=(3120.0, "Storgatan"),
        measured=(Measured("Storgatan 4", date(2025, 9, 14), 47.2, 40.0, 0.53, 1812.0),),
        bus_stops=2,
        pupils=240.0,
        on_foot=181.3,
        crossings=(UsedCrossing(("Storgatan", "Skolgatan"), 74.2, 12.9, 59.1),),
        gaps=("terms_ended",),
        calendar_ends=date(2025, 6, 12),
    ),
    joyriding=None,
    surroundings=None,
)


@pytest.fixture
def ranking():
    weights = {"survey": 1.0, "review": 1.0, "incident": 1.0}
    return PlaceRanking((TORGET, SCHOOL), weights, 110, {"unknown": 3}, "inside_place", ())


@pytest.fixture
def hotspots():
    area = HotspotArea(
        area_id=1,
        outline=SQUARE,
        area_m2=230_000.0,
        count=650,
        expected=296.4,
        ratio=2.2,
        length_m=0.0,
        score=5.1,
        p_adjusted=0.001,
        street_names=("Kopparvägen", "Järnvägsgatan", "Storgatan"),
        nearest_place="Björkskolan",
        category="order_gathering",
    )
    return HotspotAnswer(
        method="getis_ord",
        grid="square",
        cell_m=100,
        cells={65800_1234: 2},
        counts={65800_1234: 4},
        levels_breaks=(1.0, 3.0, 8.0, 20.0, 50.0),
        areas=(area,),
        used=1410,
        left_out={"unknown": 57},
        counting_rule="inside_cell",
        warnings=(),
        parameters=(),
    )


@pytest.fixture
def place_answer():
    rhythm = [[0] * 24 for _ in range(7)]
    rhythm[4][22], rhythm[5][1], rhythm[5][23], rhythm[0][8] = 4, 5, 8, 1
    trend = tuple(
        TrendPoint(
            label=f"2025 T{part}",
            period=tertial(part, 2025),
            counts=((Stream.SURVEY, 3), (Stream.REVIEW, None), (Stream.INCIDENT, 1204)),
            total=1207 if part > 1 else None,
            low=1150.2 if part > 1 else None,
            high=1266.1 if part > 1 else None,
            whole=part < 3,
        )
        for part in (1, 2, 3)
    )
    return PlaceAnswer(
        place=TORGET,
        rhythm=tuple(tuple(hours) for hours in rhythm),
        rhythm_known=18,
        said=None,
        when=WHEN,
        events=None,
        ground=GROUND,
        trend=trend,
        categories=(("order_gathering", 16), ("traffic_speed", 2)),
        quotes=(Quote(date(2026, 5, 31), "order_gathering", "Det är <b>bråk</b> här & där."),),
        reviews=(
            ReviewNote(
                day=date(2025, 8, 22),
                category="traffic_speed",
                text="För fort vid torget.",
                status="decided",
                responsible="Gatuenheten",
                measure="Gupp",
                v85=41.5,
            ),
        ),
        counting_rule="inside_place",
        warnings=("no_flow",),
    )
