// Geometry in degrees to SVG paths on a plane of pixels, where the whole municipality is about a screen wide.
import type { Geometry, Position } from "geojson";
import { mercator, unmercator } from "./geometry";
import type { Bounds } from "./payload";

const SVG = "http://www.w3.org/2000/svg";
const PLANE = 1000;

export function make(name: string, attributes: Record<string, string | number> = {}): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

export class Plane {
  private readonly left: number;
  private readonly top: number;
  readonly scale: number;

  constructor(bounds: Bounds) {
    const [west, north] = mercator(bounds[0], bounds[3]);
    const [east, south] = mercator(bounds[2], bounds[1]);
    this.left = west;
    this.top = north;
    this.scale = PLANE / Math.max(east - west, south - north);
  }

  point(position: Position): [x: number, y: number] {
    const [x, y] = mercator(position[0] ?? 0, position[1] ?? 0);
    return [(x - this.left) * this.scale, (y - this.top) * this.scale];
  }

  degrees(x: number, y: number): [lon: number, lat: number] {
    return unmercator(x / this.scale + this.left, y / this.scale + this.top);
  }

  private run(positions: Position[], closed: boolean): string {
    const points = positions.map((position) => this.point(position).map((value) => value.toFixed(2)).join(" "));
    return `M${points.join("L")}${closed ? "Z" : ""}`;
  }

  path(geometry: Geometry): string {
    switch (geometry.type) {
      case "Polygon":
        return geometry.coordinates.map((ring) => this.run(ring, true)).join("");
      case "MultiPolygon":
        return geometry.coordinates.flat().map((ring) => this.run(ring, true)).join("");
      case "LineString":
        return this.run(geometry.coordinates, false);
      case "MultiLineString":
        return geometry.coordinates.map((part) => this.run(part, false)).join("");
      default:
        return "";
    }
  }

  ring(positions: Position[]): string {
    return this.run(positions, true);
  }
}
