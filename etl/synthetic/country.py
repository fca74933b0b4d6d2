"""Make the land."""

from __future__ import annotations
import numpy as np, pandas as pd, geopandas as gpd, shapely
from etl.synthetic.land import Land, School


def make_land(rule, seed, tell):
    rng = np.random.default_rng(seed)
    cx, cy = 402_000.0, 6_530_000.0
    rows = []
    names = [
        "Storgatan",
        "Skolgatan",
        "Järnvägsgatan",
        "Björkvägen",
        "Granvägen",
        "Ågatan",
        "Nygatan",
        "Kyrkogatan",
        "Brogatan",
        "Lindvägen",
    ]
    R = 1500
    for k, nm in enumerate(names):
        a = k * np.pi / 5
        pts = [(cx + r * np.cos(a), cy + r * np.sin(a)) for r in range(0, R + 1, 100)]
        for p, q in zip(pts[:-1], pts[1:]):
            rows.append(
                (
                    nm,
                    "secondary" if k < 3 else "residential",
                    40,
                    3000.0 if k < 3 else 400.0,
                    k < 3,
                    0,
                    shapely.LineString([p, q]),
                )
            )
    s = gpd.GeoDataFrame(
        rows,
        columns=["name", "road_class", "speed_limit_kmh", "flow", "measured", "town", "geometry"],
        geometry="geometry",
        crs=3006,
    )
    n = int(rule.population / 2.4)
    st = rng.integers(0, len(s), n)
    p = shapely.get_coordinates(
        shapely.line_interpolate_point(s.geometry.to_numpy()[st], rng.random(n), normalized=True)
    ) + rng.normal(0, 8, (n, 2))
    h = pd.DataFrame({"x": p[:, 0], "y": p[:, 1], "persons": 2.4, "street": st})
    b = shapely.Point(cx, cy).buffer(rule.half_side_m)
    ar = [("boundary", "Exempelstad", 0, b)] + [
        ("square", f"Torg{k}", 0, shapely.Point(cx + 400 * k, cy + 150).buffer(30))
        for k in range(rule.squares)
    ]
    ar += [
        ("station", "Exempelstad station", 0, shapely.Point(cx - 300, cy + 200)),
        ("park", "Parken", 0, shapely.Point(cx - 700, cy - 200).buffer(80)),
        ("water", "Storsjön", 0, shapely.Point(cx - 4000, cy).buffer(1500)),
        ("building", "", 0, shapely.box(cx + 20, cy + 60, cx + 32, cy + 70)),
    ]
    ar = gpd.GeoDataFrame(ar, columns=["kind", "name", "town", "geometry"], geometry="geometry", crs=3006)
    sc = tuple(
        School(
            f"9990{k:04d}",
            f"Skola {k}",
            "F-6",
            300,
            "08:10",
            "14:30",
            cx + 800 * np.cos(k * 6.28 / rule.schools) + 20,
            cy + 800 * np.sin(k * 6.28 / rule.schools) + 20,
        )
        for k in range(rule.schools)
    )
    return Land(b, s, ar, h, sc, pd.DataFrame())
