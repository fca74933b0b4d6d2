// A drawn map on which a person points out a place: by a click, or by Enter on the middle of the view.
import type { Geometry } from "geojson";
import { Furniture } from "./furniture";
import { boundsOf, metresPerPixel } from "./geometry";
import type { Bounds, Payload } from "./payload";
import { say } from "./payload";
import { Camera, type Frame } from "./svg_camera";
import { DrawnGround, type GroundCollection } from "./svg_ground";
import { drawLabels } from "./svg_points";
import { make, Plane } from "./svg_shapes";

const PADDING = 16;
const LEAST_ZOOM = 6;
const MOST_ZOOM = 19;
const NEAR_ZOOM = 15;

/** A place that is proposed, with the number it is chosen by. */
export interface Mark {
  number: string;
  lon: number;
  lat: number;
}

export type PickPayload = Pick<
  Payload,
  "ground_url" | "bounds" | "palette" | "texts" | "attribution" | "dark"
> & {
  marks: Mark[];
  /** What is there already, drawn under what is pointed out. */
  outline?: Geometry;
};

export interface Picked {
  lon: number;
  lat: number;
}

export class PickMap {
  private readonly plane: Plane;
  private readonly camera: Camera;
  private readonly furniture: Furniture;
  private readonly ground = make("g");
  private readonly labels = make("g", { "aria-hidden": "true" });
  private readonly marks = make("g", { "aria-hidden": "true" });
  private readonly pin = make("g", { "aria-hidden": "true" });
  private readonly outline = make("g", { "aria-hidden": "true", "pointer-events": "none" });
  private readonly traced = make("g", { "aria-hidden": "true", "pointer-events": "none" });
  private payload: PickPayload;
  private drawn: DrawnGround | undefined;
  private groundUrl = "";
  private zoom = 0;
  private frame: Frame = { x: 0, y: 0, unit: 1 };

  constructor(private readonly container: HTMLElement, payload: PickPayload, private readonly tell: (at: Picked) => void) {
    this.payload = payload;
    this.plane = new Plane(payload.bounds);
    const unitAt = (zoom: number): number => this.plane.scale / (512 * 2 ** zoom);
    const whole = (): void => this.whole();
    this.furniture = new Furniture(container, {
      nearer: () => this.camera.nearer(), farther: () => this.camera.farther(), whole, every: whole,
    });
    this.camera = new Camera(container, { least: unitAt(MOST_ZOOM), most: unitAt(LEAST_ZOOM) }, (frame) => this.moved(frame));
    this.camera.svg.append(this.ground, this.outline, this.labels, this.traced, this.marks, this.pin);
    this.camera.svg.addEventListener("click", (event) => this.click(event));
    this.camera.svg.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.choose(this.frame.x, this.frame.y);
    });
    const cross = document.createElement("div");
    cross.className = "map-cross";
    container.append(cross);
    container.classList.add("map-is-drawn", "map-picks");
    whole();
  }

  async paint(payload: PickPayload): Promise<void> {
    const other = JSON.stringify([payload.marks, payload.outline]) !== JSON.stringify([this.payload.marks, this.payload.outline]);
    this.payload = payload;
    this.furniture.update(payload);
    this.camera.svg.setAttribute("aria-label", say(payload, "pick"));
    this.camera.svg.style.background = payload.palette.ground.land;
    if (payload.ground_url !== this.groundUrl) await this.fetchGround();
    this.drawn?.colour(payload.palette);
    this.marks.replaceChildren(...payload.marks.map((mark) => this.mark(mark)));
    this.drawOutline();
    if (other) this.whole();
    this.rescale();
  }

  /** Draw the corners that were pointed out so far, as the area that they enclose. */
  trace(corners: [number, number][]): void {
    const { palette } = this.payload;
    const points = corners.map((corner) => this.plane.point(corner));
    const shared = { stroke: palette.selected, "stroke-width": 2.5, "vector-effect": "non-scaling-stroke" };
    const d = corners.length > 1 ? this.plane.ring(corners) : "";
    this.traced.replaceChildren(
      make("path", { ...shared, d, fill: palette.selected, "fill-opacity": 0.15 }),
      ...points.map(([x, y]) => {
        const corner = make("g", { "data-at": `${x} ${y}` });
        corner.append(make("circle", { r: 5, fill: palette.selected, stroke: palette.ground.label_halo, "stroke-width": 1.5 }));
        return corner;
      }),
    );
    this.rescale();
  }

  private drawOutline(): void {
    const { outline, palette } = this.payload;
    if (outline === undefined) return this.outline.replaceChildren();
    this.outline.replaceChildren(
      make("path", {
        d: this.plane.path(outline), fill: palette.place, "fill-opacity": 0.08, stroke: palette.place,
        "stroke-width": 2.2, "stroke-dasharray": "6 4", "vector-effect": "non-scaling-stroke",
      }),
    );
  }

  /** Put the pin where a person pointed, or take it away. */
  set(at: Picked | null): void {
    this.pin.replaceChildren();
    if (at === null) return;
    const [x, y] = this.plane.point([at.lon, at.lat]);
    const { palette } = this.payload;
    const inner = make("g", { "data-at": `${x} ${y}` });
    inner.append(
      make("path", {
        d: "M0 0 C-4 -9 -9 -12 -9 -18 A9 9 0 1 1 9 -18 C9 -12 4 -9 0 0 Z",
        fill: palette.selected, stroke: palette.ground.label_halo, "stroke-width": 1.5,
      }),
      make("circle", { cx: 0, cy: -18, r: 3.4, fill: palette.ground.label_halo }),
    );
    this.pin.append(inner);
    this.rescale();
  }

  private async fetchGround(): Promise<void> {
    this.groundUrl = this.payload.ground_url;
    const answer = await fetch(this.groundUrl);
    if (!answer.ok) return this.furniture.notify(say(this.payload, "ground_failed"));
    const collection = (await answer.json()) as GroundCollection;
    this.drawn = new DrawnGround(collection, this.plane);
    this.ground.replaceChildren(this.drawn.element);
    const points = collection.features.filter((each) => each.geometry.type === "Point");
    this.labels.replaceChildren(...drawLabels(points, this.payload.palette, this.plane));
  }

  private mark({ number, lon, lat }: Mark): SVGElement {
    const [x, y] = this.plane.point([lon, lat]);
    const { palette } = this.payload;
    const group = make("g", { "data-at": `${x} ${y}` });
    const text = make("text", { "text-anchor": "middle", y: 4.5, "font-size": 13, "font-weight": 600, fill: palette.place_text });
    text.textContent = number;
    group.append(
      make("circle", { r: 12, fill: palette.place, stroke: palette.ground.label_halo, "stroke-width": 2 }), text,
    );
    return group;
  }

  private whole(): void {
    const { marks, bounds, outline } = this.payload;
    if (outline !== undefined) {
      return this.camera.fit(this.box(boundsOf(outline)), 2 * PADDING, this.plane.scale / (512 * 2 ** MOST_ZOOM));
    }
    const places: [number, number][] = marks.map(({ lon, lat }) => this.plane.point([lon, lat]));
    if (places.length === 0) return this.camera.fit(this.box(bounds), PADDING);
    const [xs, ys] = [places.map(([x]) => x), places.map(([, y]) => y)];
    const around: [number, number, number, number] = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
    this.camera.fit(around, 3 * PADDING, this.plane.scale / (512 * 2 ** NEAR_ZOOM));
  }

  private box([west, south, east, north]: Bounds): [number, number, number, number] {
    return [...this.plane.point([west, north]), ...this.plane.point([east, south])];
  }

  private click(event: MouseEvent): void {
    const box = this.camera.svg.getBoundingClientRect();
    const { x, y, unit } = this.frame;
    this.choose(
      x + (event.clientX - box.left - box.width / 2) * unit, y + (event.clientY - box.top - box.height / 2) * unit,
    );
  }

  private choose(x: number, y: number): void {
    const [lon, lat] = this.plane.degrees(x, y);
    const at = { lon: Number(lon.toFixed(6)), lat: Number(lat.toFixed(6)) };
    this.set(at);
    this.tell(at);
  }

  private moved(frame: Frame): void {
    this.frame = frame;
    this.zoom = Math.log2(this.plane.scale / (512 * frame.unit));
    const [, lat] = this.plane.degrees(frame.x, frame.y);
    this.furniture.measure(metresPerPixel(lat, this.zoom));
    this.rescale();
  }

  private rescale(): void {
    this.drawn?.widen(this.zoom);
    this.camera.svg.classList.toggle("map-names", this.zoom >= NEAR_ZOOM - 1);
    for (const element of this.container.querySelectorAll<SVGElement>("svg.map-drawn [data-at]")) {
      element.setAttribute("transform", `translate(${element.dataset["at"]}) scale(${this.frame.unit})`);
    }
  }
}
