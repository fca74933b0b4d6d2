// The map without WebGL: the same view drawn as SVG, with places that can be clicked and reached by Tab.
import { everyPlace, namesFrom, outside, smallFrom } from "./badges";
import { tellClick } from "./dash";
import { drawDetail } from "./detail";
import { RecordFeed } from "./feed";
import { Furniture } from "./furniture";
import { boundsOf, metresPerPixel } from "./geometry";
import { cellCorners } from "./lattice";
import { NEAR_SHARE, RECORDS_ZOOM } from "./overlay";
import type { Bounds, Chosen, Observations, Payload, View } from "./payload";
import { say } from "./payload";
import { Camera, type Frame } from "./svg_camera";
import { DrawnGround, type GroundCollection } from "./svg_ground";
import { drawAreas, drawBadges, drawPatterns, drawZones } from "./svg_found";
import { placeNames } from "./svg_names";
import { clearLabels, drawLabels, drawRecords } from "./svg_points";
import { make, Plane } from "./svg_shapes";

const PADDING = 24;
const LEAST_ZOOM = 6;
const MOST_ZOOM = 18;

type LayerName = "patterns" | "ground" | "cells" | "areas" | "zones" | "detail" | "labels" | "records" | "spots" | "badges";

export class SvgMap implements View {
  private readonly plane: Plane;
  private readonly camera: Camera;
  private readonly furniture: Furniture;
  private readonly feed: RecordFeed;
  private readonly layers: Record<LayerName, SVGElement>;
  private readonly card = document.createElement("div");
  private payload: Payload;
  private ground: { drawn: DrawnGround; collection: GroundCollection } | undefined;
  private groundUrl = "";
  private zoom = 0;
  private unit = 1;
  private brought = "";

  constructor(container: HTMLElement, payload: Payload) {
    this.payload = payload;
    this.plane = new Plane(payload.bounds);
    const unitAt = (zoom: number): number => this.plane.scale / (512 * 2 ** zoom);
    this.layers = {
      patterns: make("defs"),
      ground: make("g"),
      cells: make("g", { "aria-hidden": "true" }),
      areas: make("g"),
      zones: make("g", { "aria-hidden": "true" }),
      detail: make("g"),
      labels: make("g", { "aria-hidden": "true" }),
      records: make("g"),
      spots: make("g"),
      badges: make("g"),
    };
    this.card.className = "map-drawn-card";
    this.card.hidden = true;
    const whole = (): void => this.camera.fit(this.box(this.payload.bounds), PADDING);
    this.furniture = new Furniture(container, {
      nearer: () => this.camera.nearer(), farther: () => this.camera.farther(), whole,
      every: () => this.camera.fit(this.box(everyPlace(this.payload)), 2 * PADDING),
    });
    const limits = { least: unitAt(MOST_ZOOM), most: unitAt(LEAST_ZOOM) };
    this.feed = new RecordFeed((found) => this.showRecords(found), (failed) => {
      this.furniture.notify(failed ? say(this.payload, "records_failed") : "");
    });
    this.camera = new Camera(container, limits, (frame) => this.moved(frame));
    this.camera.svg.append(...Object.values(this.layers));
    this.camera.svg.addEventListener("click", () => (this.card.hidden = true));
    container.append(this.card);
    container.classList.add("map-is-drawn");
    whole();
  }

  async paint(payload: Payload): Promise<void> {
    this.payload = payload;
    this.furniture.update(payload);
    this.camera.svg.setAttribute("aria-label", say(payload, "title"));
    this.camera.svg.style.background = payload.palette.ground.land;
    await this.fetchGround();
    if (payload !== this.payload) return;
    const { layers, plane } = this;
    this.ground?.drawn.colour(payload.palette);
    layers.patterns.replaceChildren(...drawPatterns(payload.palette));
    this.drawCells();
    layers.areas.replaceChildren(...drawAreas(payload, plane, (id) => tellClick({ kind: "area", id })));
    const openPlace = (id: number): void => tellClick({ kind: "place", id });
    layers.zones.replaceChildren(...drawZones(payload, plane, openPlace));
    layers.detail.replaceChildren(...drawDetail(payload, plane, "lines"));
    layers.spots.replaceChildren(...drawDetail(payload, plane, "spots"));
    layers.badges.replaceChildren(...drawBadges(payload, plane, openPlace));
    const points = this.ground?.collection.features.filter((each) => each.geometry.type === "Point") ?? [];
    layers.labels.replaceChildren(...drawLabels(points, payload.palette, plane));
    this.feed.ask(payload.observations_url);
    this.rescale();
    if (payload.selected !== null) this.bring(payload.selected);
    this.look();
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  }

  remove(): void {
    this.feed.stop();
  }

  private async fetchGround(): Promise<void> {
    const url = this.payload.ground_url;
    if (url === this.groundUrl) return;
    this.groundUrl = url;
    const answer = await fetch(url);
    if (!answer.ok) return this.furniture.notify(say(this.payload, "ground_failed"));
    const collection = (await answer.json()) as GroundCollection;
    const drawn = new DrawnGround(collection, this.plane);
    this.ground = { drawn, collection };
    this.layers.ground.replaceChildren(drawn.element);
  }

  private drawCells(): void {
    const { cells, loose_cells, cell_m, palette } = this.payload;
    const lattice = this.ground?.collection.lattice;
    const loose = new Set(loose_cells.features.map((cell) => String(cell.id)));
    const paths = palette.levels.map(() => "");
    for (const [id, level] of Object.entries(cells)) {
      if (lattice && !loose.has(id)) paths[level - 1] += this.plane.ring(cellCorners(lattice, Number(id), cell_m));
    }
    for (const cell of loose_cells.features) paths[cell.properties.level - 1] += this.plane.path(cell.geometry);
    this.layers.cells.replaceChildren(
      ...paths.map((d, index) =>
        make("path", { d, fill: palette.levels[index]!, "fill-opacity": palette.level_opacity[index]! }),
      ),
    );
  }

  private moved({ x, y, unit }: Frame): void {
    this.unit = unit;
    this.zoom = Math.log2(this.plane.scale / (512 * unit));
    const [, lat] = this.plane.degrees(x, y);
    this.furniture.measure(metresPerPixel(lat, this.zoom));
    this.card.hidden = true;
    this.rescale();
    this.look();
  }

  /** Marks and letters keep their size in pixels, whatever the zoom. */
  private rescale(): void {
    this.ground?.drawn.widen(this.zoom);
    for (const element of this.camera.svg.querySelectorAll<SVGElement>("[data-at]")) {
      element.setAttribute("transform", `translate(${element.dataset["at"]}) scale(${this.unit})`);
    }
    for (const pattern of this.layers.patterns.children) {
      pattern.setAttribute("patternTransform", `scale(${this.unit})`);
    }
    const near = Math.min(1, Math.max(0, (this.zoom - 12) / 3));
    this.layers.cells.setAttribute("opacity", String(1 - (1 - NEAR_SHARE) * near));
    const classes = this.camera.svg.classList;
    classes.toggle("map-far", this.zoom < smallFrom(this.payload));
    classes.toggle("map-names", this.zoom >= namesFrom(this.payload));
    if (this.zoom >= namesFrom(this.payload)) {
      placeNames(this.layers.badges, this.payload, this.plane, this.unit, this.zoom >= smallFrom(this.payload));
    }
    clearLabels(this.layers.labels, this.payload, this.plane, this.unit);
  }

  private look(): void {
    const [left = 0, top = 0, width = 0, height = 0] = (this.camera.svg.getAttribute("viewBox") ?? "").split(" ").map(Number);
    const [west, north] = this.plane.degrees(left, top);
    const [east, south] = this.plane.degrees(left + width, top + height);
    const whole = Math.log2(this.plane.scale / (512 * this.camera.unitFor(this.box(this.payload.bounds), PADDING)));
    const holds = (lon: number, lat: number): boolean => west <= lon && lon <= east && south <= lat && lat <= north;
    this.furniture.lies(this.payload, outside(this.payload, this.zoom, whole, holds));
    this.feed.look(this.zoom >= RECORDS_ZOOM ? [west, south, east, north] : null);
  }

  private showRecords(found: Observations): void {
    this.furniture.notify(found.limited ? say(this.payload, "limited") : "");
    const open = (card: HTMLElement, x: number, y: number): void => {
      const box = this.camera.svg.getBoundingClientRect();
      this.card.replaceChildren(card);
      this.card.hidden = false;
      const left = Math.min(x - box.left + 10, box.width - this.card.offsetWidth - 8);
      const top = Math.min(y - box.top + 10, box.height - this.card.offsetHeight - 8);
      this.card.style.translate = `${Math.max(8, left)}px ${Math.max(8, top)}px`;
    };
    this.layers.records.replaceChildren(...drawRecords(found, this.payload, this.plane, open));
    this.rescale();
  }

  private box([west, south, east, north]: Bounds): [number, number, number, number] {
    return [...this.plane.point([west, north]), ...this.plane.point([east, south])];
  }

  private bring(chosen: Chosen): void {
    const key = `${chosen.kind} ${chosen.id}`;
    if (key === this.brought) return;
    this.brought = key;
    const all = chosen.kind === "place" ? this.payload.places : this.payload.areas;
    const feature = all.features.find((each) => each.id === chosen.id);
    if (feature === undefined) return;
    this.camera.fit(this.box(boundsOf(feature.geometry)), 3 * PADDING, this.plane.scale / (512 * 2 ** 14.5));
  }
}
