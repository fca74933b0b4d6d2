// One style out of the basemap, what was found and the names: in that order, over our own sources only.
import type { FeatureCollection, Point } from "geojson";
import type { LayerSpecification, SourceSpecification, StyleSpecification } from "maplibre-gl";
import { namesFrom } from "./badges";
import { FONT, FONT_BOLD, groundLayers, labelLayers } from "./basemap";
import { detailLayers, detailMarks } from "./detail";
import { badgeSpaceLayer, foundLayers, placeNameLayer, recordLayer } from "./overlay";
import type { Payload, PlaceProperties } from "./payload";

const LATIN = ["U+0000-00FF", "U+0131", "U+0152-0153", "U+2000-206F", "U+20AC", "U+2122", "U+2212"];
const LATIN_EXTENDED = ["U+0100-02BA", "U+1E00-1E9F", "U+1EF2-1EFF"];

function face(assets: string, weight: number): { url: string; "unicode-range": string[] }[] {
  const file = (script: string): string => `${assets}fonts/noto-sans-${script}-${weight}-normal.woff2`;
  return [
    { url: file("latin"), "unicode-range": LATIN },
    { url: file("latin-ext"), "unicode-range": LATIN_EXTENDED },
  ];
}

export function pointsOf(places: Payload["places"]): FeatureCollection<Point, PlaceProperties> {
  return {
    type: "FeatureCollection",
    features: places.features.map((place) => ({
      type: "Feature",
      id: place.id as number,
      properties: place.properties,
      geometry: { type: "Point", coordinates: [place.properties.lon, place.properties.lat] },
    })),
  };
}

/** All layers from the ground up; without tiles there is only what was found, on bare land. */
export function layersOf(payload: Payload): LayerSpecification[] {
  const { palette } = payload;
  const tiles = payload.tiles_url !== null;
  const ground = groundLayers(palette.ground);
  return [
    ...(tiles ? ground : ground.slice(0, 1)),
    ...foundLayers(palette, tiles, payload.agreement),
    ...detailLayers(palette),
    recordLayer(),
    ...(tiles ? labelLayers(palette.ground) : []),
    ...detailMarks(palette),
    placeNameLayer(palette, namesFrom(payload)),
    badgeSpaceLayer(),
  ];
}

export function styleOf(payload: Payload, assets: string): StyleSpecification {
  const sources: Record<string, SourceSpecification> = {
    "loose-cells": { type: "geojson", data: payload.loose_cells },
    areas: { type: "geojson", data: payload.areas },
    places: { type: "geojson", data: payload.places },
    "place-points": { type: "geojson", data: pointsOf(payload.places) },
    records: { type: "geojson", data: { type: "FeatureCollection", features: [] } },
    detail: { type: "geojson", data: payload.detail },
  };
  if (payload.tiles_url !== null) {
    const url = new URL(payload.tiles_url, window.location.href).href;
    sources["tiles"] = { type: "vector", url: `pmtiles://${url}` };
  }
  return {
    version: 8,
    "font-faces": { [FONT]: face(assets, 500), [FONT_BOLD]: face(assets, 600) },
    sources,
    layers: layersOf(payload),
  } as StyleSpecification;
}
