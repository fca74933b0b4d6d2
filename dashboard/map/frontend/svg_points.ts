// Names of the ground and single records on the drawn map.
import type { Feature, Geometry } from "geojson";
import type { Observations, Palette, Payload } from "./payload";
import { markElement, recordCard } from "./record_card";
import { make, type Plane } from "./svg_shapes";

type Named = Feature<Geometry, { kind: string; name?: string }>;
/** Pixels that a badge and its name take up. */
const ROOM_ACROSS = 75;
const ROOM_BELOW = 42;
const ROOM_ABOVE = 16;
const ALWAYS = new Set(["residential", "water", "river"]);

export function drawLabels(points: Named[], { ground }: Palette, plane: Plane): SVGElement[] {
  return points.flatMap(({ geometry, properties }) => {
    if (geometry.type !== "Point" || properties.name === undefined) return [];
    const wet = properties.kind === "water" || properties.kind === "river";
    const green = properties.kind === "park" || properties.kind === "wood";
    const text = make("text", {
      "data-at": plane.point(geometry.coordinates).join(" "),
      class: ALWAYS.has(properties.kind) ? "map-drawn-label" : "map-drawn-label map-drawn-near",
      fill: wet ? ground.label_water : green ? ground.label_green : ground.label,
      stroke: ground.label_halo,
      "text-anchor": "middle",
      "font-size": 12,
    });
    text.textContent = properties.name;
    return [text];
  });
}

/** Hide the names that would run into the badge or the name of a place. */
export function clearLabels(labels: SVGElement, payload: Payload, plane: Plane, unit: number): void {
  const badges = payload.places.features.map(({ properties }) => plane.point([properties.lon, properties.lat]));
  for (const label of labels.querySelectorAll<SVGElement>("[data-at]")) {
    const [x = 0, y = 0] = (label.dataset["at"] ?? "").split(" ").map(Number);
    const near = badges.some(
      ([bx, by]) => Math.abs(bx - x) < ROOM_ACROSS * unit && y - by < ROOM_BELOW * unit && by - y < ROOM_ABOVE * unit,
    );
    label.classList.toggle("map-drawn-hidden", near);
  }
}

export function drawRecords(
  found: Observations,
  payload: Payload,
  plane: Plane,
  open: (card: HTMLElement, x: number, y: number) => void,
): SVGElement[] {
  return found.features.map(({ geometry, properties }) => {
    const group = make("g", { "data-at": plane.point(geometry.coordinates).join(" "), class: "map-drawn-record" });
    const mark = markElement(payload, properties.stream);
    mark.setAttribute("stroke", payload.palette.ground.label_halo);
    mark.setAttribute("stroke-width", "1.4");
    group.append(mark);
    group.addEventListener("click", (event) => {
      event.stopPropagation();
      open(recordCard(payload, [properties]), event.clientX, event.clientY);
    });
    return group;
  });
}
