// What the analysis found: cells, areas, places and records, above the roads and under the names.
import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import { FONT_BOLD } from "./basemap";
import type { Agreement, Chance, Palette } from "./payload";

/** From this zoom on single records are fetched and drawn. */
export const RECORDS_ZOOM = 14;

/** Near the ground cells cover less, so that streets and buildings are seen through them. */
export const NEAR_SHARE = 0.7;

const stateLevel: ExpressionSpecification = ["coalesce", ["feature-state", "level"], 0];
const ownLevel: ExpressionSpecification = ["get", "level"];
const selected: ExpressionSpecification = ["boolean", ["feature-state", "selected"], false];
const stretch: ExpressionSpecification = ["boolean", ["get", "stretch"], false];
const schoolZone: ExpressionSpecification = ["==", ["get", "kind"], "school_zone"];

function byLevel<T>(level: ExpressionSpecification, nothing: T, values: T[]): ExpressionSpecification {
  const steps = values.flatMap((value, index) => [index + 1, value]);
  return ["match", level, ...steps, nothing] as unknown as ExpressionSpecification;
}

function byAgreement(palette: Palette, key: "colour" | "opacity"): ExpressionSpecification {
  const pairs = Object.entries(palette.agreement).flatMap(([name, fill]) => [name, fill[key]]);
  const otherwise = key === "colour" ? palette.place : 0;
  return ["match", ["get", "agreement"], ...pairs, otherwise] as unknown as ExpressionSpecification;
}

function patterned(palette: Palette): Agreement[] {
  const all = Object.entries(palette.agreement) as [Agreement, { pattern: string }][];
  return all.filter(([, fill]) => fill.pattern !== "none").map(([name]) => name);
}

/** Outlines in the look of their chance; a dash can't depend on data, so each chance is a layer of its own. */
function edges(palette: Palette): LayerSpecification[] {
  return (Object.keys(palette.chance) as Chance[]).map((chance) => {
    const { colour, width, dash } = palette.chance[chance];
    const wide: ExpressionSpecification = ["*", width, ["case", stretch, 2, 1]];
    return outline(
      `areas-${chance}`,
      "areas",
      {
        "line-color": colour,
        "line-width": ["interpolate", ["linear"], ["zoom"], 10, ["*", 0.55, wide], 15, wide],
        ...(dash.length === 0 ? {} : { "line-dasharray": dash }),
      },
      ["==", ["get", "chance"], chance],
    );
  });
}

function insides(palette: Palette): ExpressionSpecification {
  const pairs = Object.entries(palette.chance).flatMap(([chance, { fill }]) => [chance, fill]);
  return ["match", ["get", "chance"], ...pairs, 0] as unknown as ExpressionSpecification;
}

function outline(id: string, source: string, paint: object, filter?: ExpressionSpecification): LayerSpecification {
  return {
    id,
    type: "line",
    source,
    ...(filter === undefined ? {} : { filter }),
    layout: { "line-join": "round" },
    paint,
  };
}

function chosen(source: string, palette: Palette): LayerSpecification[] {
  const seen: ExpressionSpecification = ["case", selected, 1, 0];
  return [
    outline(`${source}-chosen-halo`, source, {
      "line-color": palette.ground.label_halo,
      "line-width": 7,
      "line-opacity": ["*", 0.85, seen],
    }),
    outline(`${source}-chosen`, source, {
      "line-color": palette.selected,
      "line-width": 3.4,
      "line-opacity": seen,
    }),
  ];
}

/** Cells, areas and places, in that order. */
export function foundLayers(palette: Palette, tiles: boolean, agreement: boolean): LayerSpecification[] {
  const painted = (level: ExpressionSpecification): object => ({
    "fill-color": byLevel(level, "rgba(0,0,0,0)", palette.levels),
    "fill-opacity": [
      "interpolate", ["linear"], ["zoom"],
      12, byLevel(level, 0, palette.level_opacity),
      15, byLevel(level, 0, palette.level_opacity.map((opacity) => NEAR_SHARE * opacity)),
    ],
    "fill-antialias": false,
  });
  const cells: LayerSpecification = {
    id: "cells",
    type: "fill",
    source: "tiles",
    "source-layer": "cells",
    paint: painted(stateLevel),
  };
  const growing = (thin: number, thick: number): ExpressionSpecification => [
    "interpolate", ["linear"], ["zoom"], 10, thin, 15, thick,
  ];
  return [
    ...(tiles ? [cells] : []),
    { id: "loose-cells", type: "fill", source: "loose-cells", paint: painted(ownLevel) },
    {
      id: "areas-hit",
      type: "fill",
      source: "areas",
      filter: ["!", stretch],
      paint: { "fill-color": palette.area, "fill-opacity": insides(palette) },
    },
    // A finger hits a stretch some pixels beside it.
    outline("stretches-hit", "areas", { "line-color": palette.area, "line-width": 18, "line-opacity": 0 }, stretch),
    outline("areas-halo", "areas", {
      "line-color": palette.area_halo, "line-width": growing(3, 6.5), "line-opacity": 0.75,
    }),
    ...edges(palette),
    {
      id: "places-fill",
      type: "fill",
      source: "places",
      paint: {
        "fill-color": byAgreement(palette, "colour"),
        "fill-opacity": agreement ? byAgreement(palette, "opacity") : 0,
      },
    },
    {
      id: "places-pattern",
      type: "fill",
      source: "places",
      minzoom: 11.5,
      filter: ["in", ["get", "agreement"], ["literal", patterned(palette)]],
      paint: {
        "fill-pattern": ["concat", "pattern-", ["get", "agreement"]],
        "fill-opacity": agreement ? ["interpolate", ["linear"], ["zoom"], 11.5, 0, 12.2, 0.75, 15, 0.75, 17, 0.3] : 0,
      },
    },
    outline(
      "places-edge-dashed",
      "places",
      {
        "line-color": palette.place,
        "line-width": growing(1, 1.8),
        "line-dasharray": [3, 2],
        "line-opacity": 0.85,
      },
      schoolZone,
    ),
    outline(
      "places-edge",
      "places",
      { "line-color": palette.place, "line-width": growing(1.2, 2.4) },
      ["!", schoolZone],
    ),
    ...chosen("areas", palette),
    ...chosen("places", palette),
  ];
}

/** Single records, below all names. */
export function recordLayer(): LayerSpecification {
  return {
    id: "records",
    type: "symbol",
    source: "records",
    minzoom: RECORDS_ZOOM,
    layout: {
      "icon-image": ["concat", "mark-", ["get", "stream"]],
      "icon-size": ["interpolate", ["linear"], ["zoom"], 14, 0.68, 17, 1.1],
      "icon-allow-overlap": true,
      "icon-ignore-placement": true,
    },
  };
}

/** An empty picture as large as the badge keeps every name away from it: the last layer has its room first. */
export function badgeSpaceLayer(): LayerSpecification {
  return {
    id: "places-space",
    type: "symbol",
    source: "place-points",
    layout: { "icon-image": "badge-space", "icon-allow-overlap": true, "icon-padding": 0 },
  };
}

/** Names of places, above the names of streets. */
export function placeNameLayer(palette: Palette, from: number): LayerSpecification {
  return {
    id: "places-name",
    type: "symbol",
    source: "place-points",
    layout: {
      "symbol-sort-key": ["coalesce", ["get", "rank"], 999],
      "text-field": ["step", ["zoom"], "", from, ["get", "name"]],
      "text-font": [FONT_BOLD],
      "text-size": ["interpolate", ["linear"], ["zoom"], 12, 11.5, 16, 14],
      // Below its badge; where another badge or name stands there, on the side that is free.
      "text-variable-anchor-offset": ["top", [0, 1.6], "bottom", [0, -1.6], "left", [1.3, 0], "right", [-1.3, 0]],
      "text-justify": "auto",
      "text-max-width": 9,
      "text-padding": 1,
    },
    paint: {
      "text-color": palette.place,
      "text-halo-color": palette.ground.label_halo,
      "text-halo-width": 1.8,
    },
  };
}
