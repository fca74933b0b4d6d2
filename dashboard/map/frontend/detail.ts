// What is drawn of the place that is opened: ways to school, a round, crossings, entrances, gathering points;
// and, while none is, where the survey stood.
import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import { FONT_BOLD } from "./basemap";
import type { DetailProperties, Palette, Payload } from "./payload";
import { make, type Plane } from "./svg_shapes";

export const SPOT_RADIUS = 9;
const SMALL_RADIUS = 5.5;
/** A ring round where a survey stood, wide enough that the mark of a place there is seen inside it. */
const RING_RADIUS = 16;
const ROUND_DASH = [2.2, 1.1];

const role = (...names: DetailProperties["role"][]): ExpressionSpecification => ["in", ["get", "role"], ["literal", names]];
const width: ExpressionSpecification = ["get", "width"];
const wide = (more: number): ExpressionSpecification => [
  "interpolate", ["linear"], ["zoom"], 12, ["+", ["*", 0.6, width], more], 16, ["+", width, more],
];

/** The lines in WebGL, below the records. */
export function detailLayers(palette: Palette): LayerSpecification[] {
  const line = (id: string, filter: ExpressionSpecification, paint: object): LayerSpecification => ({
    id, type: "line", source: "detail", filter, layout: { "line-join": "round", "line-cap": "round" }, paint,
  });
  return [
    line("detail-halo", role("way", "round"), { "line-color": palette.area_halo, "line-width": wide(2.5), "line-opacity": 0.8 }),
    line("detail-ways", role("way"), { "line-color": palette.way, "line-width": wide(0) }),
    { ...line("detail-round", role("round"), { "line-color": palette.way, "line-width": wide(0), "line-dasharray": ROUND_DASH }), layout: { "line-join": "round" } } as LayerSpecification,
  ];
}

/** Spots, the numbers of crossings and the names of gathering points, above records and names of the ground. */
export function detailMarks(palette: Palette): LayerSpecification[] {
  return [
    {
      id: "detail-spots",
      type: "circle",
      source: "detail",
      filter: role("crossing", "entrance", "gathering", "collected"),
      paint: {
        "circle-radius": ["match", ["get", "role"], "crossing", SPOT_RADIUS, "collected", RING_RADIUS, SMALL_RADIUS],
        "circle-opacity": ["match", ["get", "role"], "collected", 0, 1],
        "circle-color": ["match", ["get", "role"], "entrance", palette.way, palette.area_halo],
        "circle-stroke-color": ["match", ["get", "role"], "entrance", palette.area_halo, "collected", palette.streams.survey.colour, palette.way],
        "circle-stroke-width": ["match", ["get", "role"], "collected", 3.5, 2.5],
      },
    },
    {
      id: "detail-marks",
      type: "symbol",
      source: "detail",
      filter: role("crossing"),
      layout: {
        "text-field": ["get", "mark"], "text-font": [FONT_BOLD], "text-size": 12,
        "text-allow-overlap": true, "text-ignore-placement": true,
      },
      paint: { "text-color": palette.way },
    },
    {
      id: "detail-names",
      type: "symbol",
      source: "detail",
      filter: role("gathering", "collected"),
      minzoom: 13.5,
      layout: {
        "text-field": ["get", "said"], "text-font": [FONT_BOLD], "text-size": 12, "text-anchor": "left",
        "text-offset": [0.9, 0], "text-optional": true,
      },
      paint: { "text-color": ["match", ["get", "role"], "collected", palette.streams.survey.colour, palette.way], "text-halo-color": palette.ground.label_halo, "text-halo-width": 1.8 },
    },
  ];
}

/** The same, drawn: lines below the records, or the spots above them, which tell their words to those who hear them. */
export function drawDetail({ detail, palette }: Payload, plane: Plane, part: "lines" | "spots"): SVGElement[] {
  const thin = { fill: "none", "vector-effect": "non-scaling-stroke", "stroke-linejoin": "round", "pointer-events": "none" };
  const wanted = detail.features.filter(({ geometry }) => (geometry.type === "Point") === (part === "spots"));
  return wanted.map(({ geometry, properties }) => {
    const { role: of, width: pixels, mark, said } = properties;
    const group = make("g", { class: "map-drawn-detail", "data-role": of });
    if (geometry.type !== "Point") {
      const d = plane.path(geometry);
      const dash = of === "round" ? { "stroke-dasharray": ROUND_DASH.map((part) => part * pixels).join(" ") } : { "stroke-linecap": "round" };
      group.append(
        make("path", { d, ...thin, stroke: palette.area_halo, "stroke-width": pixels + 2.5, "stroke-opacity": 0.8 }),
        make("path", { d, ...thin, ...dash, stroke: palette.way, "stroke-width": pixels }),
      );
      return group;
    }
    const entrance = of === "entrance";
    group.setAttribute("data-at", plane.point(geometry.coordinates).join(" "));
    group.setAttribute("role", "img");
    group.setAttribute("aria-label", mark === "" ? said : `${mark}: ${said}`);
    const title = make("title");
    title.textContent = said;
    group.append(
      title,
      make("circle", {
        r: of === "crossing" ? SPOT_RADIUS : of === "collected" ? RING_RADIUS : SMALL_RADIUS,
        "fill-opacity": of === "collected" ? 0 : 1,
        fill: entrance ? palette.way : palette.area_halo,
        stroke: entrance ? palette.area_halo : of === "collected" ? palette.streams.survey.colour : palette.way,
        "stroke-width": of === "collected" ? 3.5 : 2.5,
      }),
    );
    if (mark !== "") {
      const text = make("text", { y: 4.2, "text-anchor": "middle", "font-size": 12, "font-weight": 600, fill: palette.way });
      text.textContent = mark;
      group.append(text);
    }
    return group;
  });
}
