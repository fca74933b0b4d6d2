// What stands at the edges of both maps: zoom, scale, north, sources, a line that says what is not shown.
import type { Payload } from "./payload";
import { say } from "./payload";

export interface Moves {
  nearer(): void;
  farther(): void;
  whole(): void;
  /** Bring all numbered places into view. */
  every(): void;
}

const SVG = "http://www.w3.org/2000/svg";
const DRAWINGS = {
  zoom_in: "M8 3 V13 M3 8 H13",
  zoom_out: "M3 8 H13",
  whole: "M2.5 6 V2.5 H6 M10 2.5 H13.5 V6 M13.5 10 V13.5 H10 M6 13.5 H2.5 V10",
  north: "M8 1 L13 15 L8 11.5 L3 15 Z",
};
const SCALE_PIXELS = 110;

function drawing(path: string): SVGElement {
  const icon = document.createElementNS(SVG, "svg");
  icon.setAttribute("viewBox", "0 0 16 16");
  icon.setAttribute("aria-hidden", "true");
  const element = document.createElementNS(SVG, "path");
  element.setAttribute("d", path);
  icon.append(element);
  return icon;
}

function box(name: string, ...children: Node[]): HTMLElement {
  const element = document.createElement("div");
  element.className = name;
  element.append(...children);
  return element;
}

/** The longest round distance (1, 2 or 5 times a power of ten) that fits in `metres`. */
export function roundDistance(metres: number): number {
  const power = 10 ** Math.floor(Math.log10(metres));
  return (metres >= 5 * power ? 5 : metres >= 2 * power ? 2 : 1) * power;
}

export class Furniture {
  private readonly north = box("map-north", drawing(DRAWINGS.north), document.createTextNode("N"));
  private readonly scale = box("map-scale");
  private readonly sources = box("map-sources");
  private readonly notice = box("map-notice");
  private readonly outside = document.createElement("button");
  private readonly buttons: [HTMLButtonElement, string][];

  constructor(private readonly container: HTMLElement, moves: Moves) {
    const button = (path: string, key: string, act: () => void): [HTMLButtonElement, string] => {
      const element = document.createElement("button");
      element.type = "button";
      element.append(drawing(path));
      element.addEventListener("click", act);
      return [element, key];
    };
    this.buttons = [
      button(DRAWINGS.zoom_in, "zoom_in", moves.nearer),
      button(DRAWINGS.zoom_out, "zoom_out", moves.farther),
      button(DRAWINGS.whole, "whole", moves.whole),
    ];
    this.north.setAttribute("role", "img");
    this.notice.setAttribute("role", "status");
    container.append(
      box("map-buttons", ...this.buttons.map(([element]) => element)),
      box("map-corner", this.north, this.scale),
      this.sources,
      this.notice,
      this.outside,
    );
    this.outside.type = "button";
    this.outside.className = "map-outside";
    this.outside.hidden = true;
    this.outside.addEventListener("click", () => moves.every());
  }

  /** Says how many numbered places lie outside the view of the whole town, and shows them at a click. */
  lies(payload: Pick<Payload, "texts">, outside: number): void {
    this.outside.hidden = outside === 0;
    const key = outside === 1 ? "outside_one" : "outside_other";
    this.outside.textContent = say(payload, key).replace("{n}", String(outside));
  }

  update(payload: Pick<Payload, "texts" | "attribution" | "dark" | "palette">): void {
    for (const [element, key] of this.buttons) {
      element.title = say(payload, key);
      element.setAttribute("aria-label", element.title);
    }
    this.north.setAttribute("aria-label", say(payload, "north"));
    this.sources.textContent = payload.attribution.join(" · ");
    this.sources.hidden = payload.attribution.length === 0;
    this.container.classList.toggle("map-dark", payload.dark);
    const { palette } = payload;
    const colours = {
      place: palette.place,
      "place-text": palette.place_text,
      selected: palette.selected,
      land: palette.ground.land,
      label: palette.ground.label,
      halo: palette.ground.label_halo,
    };
    for (const [name, colour] of Object.entries(colours)) {
      this.container.style.setProperty(`--map-${name}`, colour);
    }
  }

  /** `metresPerPixel` in the middle of the view. */
  measure(metresPerPixel: number): void {
    const metres = roundDistance(metresPerPixel * SCALE_PIXELS);
    this.scale.style.width = `${Math.round(metres / metresPerPixel)}px`;
    this.scale.textContent = metres >= 1000 ? `${metres / 1000} km` : `${metres} m`;
  }

  notify(text: string): void {
    this.notice.textContent = text;
  }
}
