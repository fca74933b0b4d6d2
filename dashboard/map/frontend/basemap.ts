// The basemap: the municipality's own layers, quiet enough to carry the colours above them.
import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import type { GroundColours } from "./payload";

export const FONT = "Noto Sans Medium";
export const FONT_BOLD = "Noto Sans SemiBold";

/** Widths in pixels at some zooms, per class; between them they grow as the ground does. */
const WIDTHS: Record<string, [zoom: number, width: number][]> = {
  motorway: [[7, 1], [12, 3.2], [15, 10], [18, 30]],
  primary: [[7, 0.7], [12, 2.6], [15, 8.5], [18, 26]],
  secondary: [[8, 0.6], [12, 2.0], [15, 7.2], [18, 22]],
  tertiary: [[9, 0.4], [12, 1.4], [15, 6.0], [18, 19]],
  residential: [[11, 0.3], [13, 1.3], [15, 4.6], [18, 16]],
  service: [[13, 0.4], [15, 2.4], [18, 9]],
};
const STOPS = [7, 9, 11, 12, 13, 14, 15, 16, 17, 18];
const ORDER = Object.keys(WIDTHS);

export function widthAt(name: string, zoom: number): number {
  const steps = WIDTHS[name] ?? [];
  for (const [index, [to, high]] of steps.entries()) {
    if (zoom > to) continue;
    const before = steps[index - 1];
    if (before === undefined) return zoom === to ? high : 0;
    const share = (zoom - before[0]) / (to - before[0]);
    return before[1] * (high / before[1]) ** share;
  }
  return steps.at(-1)?.[1] ?? 0;
}

/** Width by class and zoom; `extra` is added for the casing where the road itself is seen. */
function roadWidth(extra: number): ExpressionSpecification {
  const stops = STOPS.flatMap((zoom) => {
    const widths = ORDER.flatMap((name) => {
      const width = widthAt(name, zoom);
      return [name, width === 0 ? 0 : width + extra * Math.min(1, zoom / 14)];
    });
    return [zoom, ["match", ["get", "class"], ...widths, 0]];
  });
  return ["interpolate", ["linear"], ["zoom"], ...stops] as unknown as ExpressionSpecification;
}

const roadOrder = [
  "match", ["get", "class"], ...ORDER.flatMap((name, index) => [name, ORDER.length - index]), 0,
] as unknown as ExpressionSpecification;

function byClass(large: string, main: string, other: string): ExpressionSpecification {
  return [
    "match", ["get", "class"], ["motorway", "primary"], large, ["secondary", "tertiary"], main, other,
  ];
}

function area(kind: string, colour: string, minzoom: number, extra: object = {}): LayerSpecification {
  return {
    id: `ground-${kind}`,
    type: "fill",
    source: "tiles",
    "source-layer": "ground",
    minzoom,
    filter: ["==", ["get", "kind"], kind],
    paint: { "fill-color": colour, ...extra },
  };
}

function line(id: string, kind: string, paint: object, minzoom = 0): LayerSpecification {
  return {
    id,
    type: "line",
    source: "tiles",
    "source-layer": "lines",
    minzoom,
    filter: ["==", ["get", "kind"], kind],
    layout: { "line-join": "round", "line-cap": "butt" },
    paint,
  };
}

function road(id: string, paint: object): LayerSpecification {
  return {
    id,
    type: "line",
    source: "tiles",
    "source-layer": "roads",
    filter: ["!=", ["get", "class"], "path"],
    layout: { "line-join": "round", "line-cap": "round", "line-sort-key": roadOrder },
    paint,
  };
}

/** Land, water, woods, buildings, railway and roads, from the ground up. */
export function groundLayers(colours: GroundColours): LayerSpecification[] {
  return [
    { id: "land", type: "background", paint: { "background-color": colours.land } },
    area("wood", colours.wood, 0),
    area("residential", colours.residential, 9),
    area("industrial", colours.industrial, 10),
    area("park", colours.park, 10),
    area("water", colours.water, 0, { "fill-outline-color": colours.water_edge }),
    line("ground-river", "river", {
      "line-color": colours.water,
      "line-width": ["interpolate", ["exponential", 1.6], ["zoom"], 8, 1, 12, 3, 15, 12, 18, 60],
    }),
    area("parking", colours.parking, 14),
    area("square", colours.square, 13),
    area("building", colours.building, 15, {
      "fill-outline-color": colours.building_edge,
      "fill-opacity": ["interpolate", ["linear"], ["zoom"], 15, 0, 15.3, 1],
    }),
    line("ground-boundary", "boundary", {
      "line-color": colours.boundary,
      "line-width": 1.4,
      "line-opacity": 0.7,
      "line-dasharray": [5, 2, 1, 2],
    }),
    {
      id: "ground-path",
      type: "line",
      source: "tiles",
      "source-layer": "roads",
      minzoom: 14,
      filter: ["==", ["get", "class"], "path"],
      layout: { "line-join": "round" },
      paint: {
        "line-color": colours.path,
        "line-width": ["interpolate", ["linear"], ["zoom"], 14, 0.7, 16, 1.6, 18, 3],
        "line-dasharray": [3, 1.6],
      },
    },
    line("ground-railway", "railway", {
      "line-color": colours.railway,
      "line-width": ["interpolate", ["linear"], ["zoom"], 8, 0.8, 12, 2, 15, 3.4, 18, 6],
    }),
    line(
      "ground-railway-ties",
      "railway",
      {
        "line-color": colours.railway_tie,
        "line-width": ["interpolate", ["linear"], ["zoom"], 8, 0.3, 12, 1.1, 15, 2.1, 18, 4],
        "line-dasharray": [4, 4],
      },
      10,
    ),
    road("ground-road-edge", {
      "line-color": byClass(colours.road_large_edge, colours.road_edge, colours.road_edge),
      "line-width": roadWidth(1.7),
    }),
    road("ground-road", {
      "line-color": byClass(colours.road_large, colours.road_main, colours.road),
      "line-width": roadWidth(0),
    }),
  ];
}

/** Names of streets, water, parks and parts of town; they stand above everything that is painted. */
export function labelLayers(colours: GroundColours): LayerSpecification[] {
  const halo = { "text-halo-color": colours.label_halo, "text-halo-width": 1.4, "text-halo-blur": 0.3 };
  return [
    {
      id: "label-street",
      type: "symbol",
      source: "tiles",
      "source-layer": "roads",
      minzoom: 13,
      filter: ["all", ["has", "name"], ["!=", ["get", "class"], "path"]],
      layout: {
        "symbol-placement": "line",
        "symbol-spacing": 320,
        "symbol-sort-key": ["-", 0, roadOrder],
        "text-field": ["get", "name"],
        "text-font": [FONT],
        "text-size": ["interpolate", ["linear"], ["zoom"], 13, 10, 15, 11.5, 18, 14],
        "text-letter-spacing": 0.02,
        "text-max-angle": 32,
        "text-padding": 4,
      },
      paint: { "text-color": colours.label, ...halo },
    },
    {
      id: "label-ground",
      type: "symbol",
      source: "tiles",
      "source-layer": "labels",
      minzoom: 10,
      filter: [
        "any",
        ["in", ["get", "kind"], ["literal", ["residential", "water", "river"]]],
        [">=", ["zoom"], 13],
      ],
      layout: {
        "text-field": ["get", "name"],
        "text-font": [FONT],
        "text-size": ["interpolate", ["linear"], ["zoom"], 10, 10.5, 14, 12, 17, 13.5],
        "text-letter-spacing": 0.04,
        "text-max-width": 8,
        "text-padding": 6,
      },
      paint: {
        "text-color": [
          "match", ["get", "kind"], ["water", "river"], colours.label_water, ["park", "wood"],
          colours.label_green, colours.label,
        ],
        ...halo,
      },
    },
  ];
}
