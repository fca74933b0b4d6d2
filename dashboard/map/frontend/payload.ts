// What the server sends for one view: made by dashboard/map/payload.py, which says the same in Python.
import type { Feature, FeatureCollection, LineString, MultiLineString, MultiPolygon, Point, Polygon } from "geojson";

export type Bounds = [west: number, south: number, east: number, north: number];
export type Agreement = "felt_and_recorded" | "felt_only" | "recorded_only" | "neither" | "too_few";
export type Stream = "survey" | "review" | "incident";
export type ShapeName = "circle" | "square" | "triangle";

export interface Fill {
  colour: string;
  pattern: "crosshatch" | "hatch" | "dots" | "none";
  opacity: number;
}

export interface GroundColours {
  land: string;
  residential: string;
  industrial: string;
  wood: string;
  park: string;
  water: string;
  water_edge: string;
  parking: string;
  square: string;
  building: string;
  building_edge: string;
  railway: string;
  railway_tie: string;
  boundary: string;
  road: string;
  road_main: string;
  road_large: string;
  road_edge: string;
  road_large_edge: string;
  path: string;
  label: string;
  label_halo: string;
  label_water: string;
  label_green: string;
}

export interface Palette {
  levels: string[];
  level_opacity: number[];
  area: string;
  area_halo: string;
  chance: Record<Chance, Edge>;
  place: string;
  place_text: string;
  selected: string;
  way: string;
  streams: Record<Stream, { colour: string; shape: ShapeName }>;
  agreement: Record<Agreement, Fill>;
  ground: GroundColours;
}

export interface PlaceProperties {
  kind: string;
  name: string;
  rank: number | null;
  agreement: Agreement;
  /** Kind and agreement in words, for those who hear the map. */
  said: string;
  lon: number;
  lat: number;
}

export type Chance = "surely" | "probably" | "not_more" | "untested";

/** A line: its width in pixels, and line and gap in widths; whole without. */
export interface Edge {
  colour: string;
  width: number;
  dash: number[];
  fill: number;
}

export interface AreaProperties {
  said: string;
  chance: Chance;
  /** A stretch of street, not an area. */
  stretch: boolean;
  /** What kind of hotspot it is; null in a method without kinds. */
  symbol: string | null;
  word: string | null;
  lon: number;
  lat: number;
}

/** One record as the browser sees it: words ready to be shown as text, never as HTML. */
export interface ObservationProperties {
  stream: Stream;
  title: string;
  when: string;
}

/** Corners of the cell grid in degrees, every `step` metres; between them straight lines hold within a metre. */
export interface Lattice {
  east: number;
  north: number;
  step: number;
  columns: number;
  rows: number;
  lon: number[];
  lat: number[];
}

export interface Payload {
  tiles_url: string | null;
  ground_url: string;
  observations_url: string | null;
  bounds: Bounds;
  /** Cell → level, for cells that the tiles hold; loose cells lie outside them and bring their own shape. */
  cells: Record<string, number>;
  loose_cells: FeatureCollection<Polygon, { level: number }>;
  cell_m: number;
  palette: Palette;
  areas: FeatureCollection<Polygon | MultiPolygon | LineString | MultiLineString, AreaProperties>;
  /** Whether places show what is felt there against what is recorded. */
  agreement: boolean;
  places: FeatureCollection<Polygon | MultiPolygon, PlaceProperties>;
  /** What is drawn of the place that is opened. */
  detail: Detail;
  selected: Chosen | null;
  texts: Record<string, string>;
  attribution: string[];
  dark: boolean;
}

/** Lines with a width in pixels, and points with a mark: words ready to be shown as text. `collected`: where a survey stood. */
export interface DetailProperties {
  role: "way" | "round" | "crossing" | "entrance" | "gathering" | "collected";
  width: number;
  mark: string;
  said: string;
}

export type Detail = FeatureCollection<LineString | MultiLineString | Point, DetailProperties>;

export interface Chosen {
  kind: "place" | "area";
  id: number;
}

export type Observations = FeatureCollection<Point, ObservationProperties> & { limited: boolean };
export type PlaceFeature = Feature<Polygon | MultiPolygon, PlaceProperties>;

/** A map that shows payloads: by WebGL, or drawn. */
export interface View {
  /** Resolves when the payload stands on the screen. */
  paint(payload: Payload): Promise<void>;
  remove(): void;
}

/** The text under a key; a key that nobody wrote words for shows itself. */
export function say(payload: Pick<Payload, "texts">, key: string): string {
  return payload.texts[key] ?? key;
}
