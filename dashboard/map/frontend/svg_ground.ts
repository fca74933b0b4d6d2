// The drawn map's basemap: one path per kind of ground and class of road.
import type { FeatureCollection, MultiLineString, MultiPolygon, Point } from "geojson";
import { widthAt } from "./basemap";
import type { Lattice, Palette } from "./payload";
import { make, type Plane } from "./svg_shapes";

export type GroundCollection = FeatureCollection<
  MultiPolygon | MultiLineString | Point,
  { kind: string; name?: string }
> & { lattice: Lattice | null };

const FILLS = ["wood", "residential", "industrial", "park", "water", "square"] as const;
const ROADS = ["residential", "tertiary", "secondary", "primary", "motorway"] as const;

interface Road {
  name: string;
  edge: SVGElement;
  body: SVGElement;
}

export class DrawnGround {
  readonly element = make("g", { "aria-hidden": "true" });
  private readonly fills = new Map<string, SVGElement>();
  private readonly lines = new Map<string, SVGElement>();
  private readonly roads: Road[] = [];

  constructor(ground: GroundCollection, plane: Plane) {
    const paths = new Map(
      ground.features
        .filter((each) => each.geometry.type !== "Point")
        .map((each) => [each.properties.kind, plane.path(each.geometry)]),
    );
    const add = (kind: string, attributes: Record<string, string>): SVGElement => {
      const element = make("path", { d: paths.get(kind) ?? "", "vector-effect": "non-scaling-stroke", ...attributes });
      this.element.append(element);
      return element;
    };
    const stroke = { fill: "none", "stroke-linejoin": "round", "stroke-linecap": "round" };
    for (const kind of FILLS) this.fills.set(kind, add(kind, { "fill-rule": "evenodd" }));
    for (const kind of ["river", "boundary", "railway"]) this.lines.set(kind, add(kind, stroke));
    const edges = ROADS.map((name) => add(`road_${name}`, stroke));
    ROADS.forEach((name, index) => this.roads.push({ name, edge: edges[index]!, body: add(`road_${name}`, stroke) }));
  }

  colour({ ground }: Palette): void {
    for (const kind of FILLS) this.fills.get(kind)?.setAttribute("fill", ground[kind]);
    const lines = { river: ground.water, boundary: ground.boundary, railway: ground.railway };
    for (const [kind, colour] of Object.entries(lines)) this.lines.get(kind)?.setAttribute("stroke", colour);
    this.lines.get("boundary")?.setAttribute("stroke-dasharray", "7 3 2 3");
    this.lines.get("railway")?.setAttribute("stroke-dasharray", "6 3");
    for (const { name, edge, body } of this.roads) {
      const large = name === "motorway" || name === "primary";
      const main = name === "secondary" || name === "tertiary";
      edge.setAttribute("stroke", large ? ground.road_large_edge : ground.road_edge);
      body.setAttribute("stroke", large ? ground.road_large : main ? ground.road_main : ground.road);
    }
  }

  widen(zoom: number): void {
    const near = Math.max(0, zoom - 10);
    this.lines.get("river")?.setAttribute("stroke-width", String(1.5 * 1.5 ** near));
    this.lines.get("boundary")?.setAttribute("stroke-width", "1.4");
    this.lines.get("railway")?.setAttribute("stroke-width", String(1.2 + 0.3 * near));
    for (const { name, edge, body } of this.roads) {
      const width = widthAt(name, zoom);
      edge.setAttribute("stroke-width", String(width === 0 ? 0 : width + 1.4));
      body.setAttribute("stroke-width", String(width));
    }
  }
}
