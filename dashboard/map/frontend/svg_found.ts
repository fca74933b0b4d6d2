// Areas and places of the drawn map: outlines that can be clicked, badges that can be reached by Tab.
import { describe, isNumbered } from "./badges";
import type { Palette, Payload, PlaceFeature } from "./payload";
import { make, type Plane } from "./svg_shapes";

const THIN = { "vector-effect": "non-scaling-stroke", "stroke-linejoin": "round" };
const SPACING = 12;

/** The pattern of each agreement, as in images.ts; the size in pixels is kept by patternTransform. */
export function drawPatterns(palette: Palette): SVGElement[] {
  return Object.entries(palette.agreement).flatMap(([name, { pattern, colour }]) => {
    if (pattern === "none") return [];
    const element = make("pattern", {
      id: `drawn-${name}`, width: SPACING, height: SPACING, patternUnits: "userSpaceOnUse",
    });
    if (pattern === "dots") element.append(make("circle", { cx: 6, cy: 6, r: 1.35, fill: colour, opacity: 0.6 }));
    else {
      const d = "M-1 13L13 -1M-1 1L1 -1M11 13L13 11" + (pattern === "crosshatch" ? "M-1 -1L13 13M-1 11L1 13M11 -1L13 1" : "");
      element.append(make("path", { d, stroke: colour, "stroke-width": 1, opacity: pattern === "crosshatch" ? 0.36 : 0.5 }));
    }
    return [element];
  });
}

function press(element: SVGElement, said: string, act: () => void): void {
  element.setAttribute("role", "button");
  element.setAttribute("tabindex", "0");
  element.setAttribute("aria-label", said);
  element.addEventListener("click", (event) => {
    event.stopPropagation();
    act();
  });
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    act();
  });
}

function chosenEdge(d: string, palette: Palette): SVGElement[] {
  const shared = { d, fill: "none", "pointer-events": "none", ...THIN };
  return [
    make("path", { ...shared, stroke: palette.ground.label_halo, "stroke-width": 7, "stroke-opacity": 0.85 }),
    make("path", { ...shared, stroke: palette.selected, "stroke-width": 3.4 }),
  ];
}

export function drawAreas(payload: Payload, plane: Plane, open: (id: number) => void): SVGElement[] {
  const { palette, selected } = payload;
  return payload.areas.features.map((area) => {
    const { chance, stretch, symbol, word, lon, lat } = area.properties;
    const edge = palette.chance[chance];
    const width = edge.width * (stretch ? 2 : 1);
    const d = plane.path(area.geometry);
    const group = make("g", { class: "map-drawn-area", "data-chance": chance });
    group.append(
      make("path", {
        d, fill: "none", stroke: palette.area_halo, "stroke-width": width + 2.6, "stroke-opacity": 0.75, ...THIN,
      }),
      make("path", {
        d,
        fill: stretch ? "none" : palette.area,
        "fill-opacity": edge.fill,
        stroke: edge.colour,
        "stroke-width": width,
        ...(edge.dash.length === 0 ? {} : { "stroke-dasharray": edge.dash.map((part) => part * width).join(" ") }),
        ...THIN,
      }),
    );
    // A finger hits a stretch some pixels beside it.
    if (stretch) group.append(make("path", { d, fill: "none", stroke: "transparent", "stroke-width": 18, ...THIN }));
    if (symbol !== null && word !== null) {
      const mark = make("text", {
        class: "map-drawn-kind",
        "data-at": plane.point([lon, lat]).join(" "),
        "text-anchor": "middle",
        fill: edge.colour,
        stroke: palette.ground.label_halo,
      });
      mark.textContent = `${symbol} ${word}`;
      group.append(mark);
    }
    if (selected?.kind === "area" && selected.id === area.id) group.append(...chosenEdge(d, palette));
    press(group, area.properties.said, () => open(Number(area.id)));
    return group;
  });
}

/** Last first, so that the first places lie on top. */
function inOrder(payload: Payload): PlaceFeature[] {
  const rank = (place: PlaceFeature): number => place.properties.rank ?? Infinity;
  return payload.places.features.toSorted((one, other) => rank(other) - rank(one) || 0);
}

function isChosen({ selected }: Payload, place: PlaceFeature): boolean {
  return selected?.kind === "place" && selected.id === place.id;
}

export function drawZones(payload: Payload, plane: Plane, open: (id: number) => void): SVGElement[] {
  const { palette } = payload;
  return inOrder(payload).map((place) => {
    const { kind, agreement } = place.properties;
    const fill = palette.agreement[agreement];
    const d = plane.path(place.geometry);
    const school = kind === "school_zone";
    const edge = { stroke: palette.place, "stroke-width": school ? 1.6 : 2.2, ...THIN };
    const zone = make("g", { class: "map-drawn-zone" });
    zone.append(
      make("path", {
        d, fill: fill.colour, "fill-opacity": payload.agreement ? fill.opacity : 0, ...edge, ...(school ? { "stroke-dasharray": "6 4" } : {}),
      }),
    );
    if (payload.agreement && fill.pattern !== "none") zone.append(make("path", { d, fill: `url(#drawn-${agreement})`, "pointer-events": "none" }));
    if (isChosen(payload, place)) zone.append(...chosenEdge(d, palette));
    zone.addEventListener("click", () => open(Number(place.id)));
    return zone;
  });
}

export function drawBadges(payload: Payload, plane: Plane, open: (id: number) => void): SVGElement[] {
  const { palette } = payload;
  return inOrder(payload).map((place) => {
    const { rank, name, lon, lat } = place.properties;
    const numbered = isNumbered(rank);
    const chosen = isChosen(payload, place);
    const badge = make("g", {
      class: `map-drawn-badge${numbered ? "" : " map-place-small"}`,
      "data-at": plane.point([lon, lat]).join(" "),
      "data-place": String(place.id),
      "aria-pressed": String(chosen),
    });
    const text = (content: string, attributes: Record<string, string | number>): SVGElement => {
      const element = make("text", { "text-anchor": "middle", ...attributes });
      element.textContent = content;
      return element;
    };
    badge.append(
      // The finger's target is larger than what is seen.
      make("circle", { r: 20, fill: "transparent", class: "map-drawn-target" }),
      make("circle", {
        r: numbered ? 11 : 5.5,
        fill: chosen ? palette.selected : palette.place,
        stroke: palette.ground.label_halo,
        "stroke-width": 2,
      }),
    );
    // A space between number and name: what is seen and what is heard then begin alike.
    if (numbered) {
      badge.append(text(`${rank} `, { y: 4.2, fill: palette.place_text, "font-size": 12, "font-weight": 600 }));
    }
    const colours = { fill: palette.place, stroke: palette.ground.label_halo };
    badge.append(text(name, { y: numbered ? 25 : 19, class: "map-drawn-name", "font-size": 12.5, ...colours }));
    press(badge, describe(place), () => open(Number(place.id)));
    return badge;
  });
}
