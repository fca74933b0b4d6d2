// The map in WebGL: built once, then only its data, its states and its colours change.
import {
  addProtocol, type GeoJSONSource, LngLatBounds, Map as MapLibreMap, type MapMouseEvent, Marker, Popup, setWorkerUrl,
} from "maplibre-gl";
import { Protocol } from "pmtiles";
import { everyPlace, makeBadge, makeKindMark, outside, smallFrom } from "./badges";
import { CellPainter } from "./cells";
import { tellClick } from "./dash";
import { RecordFeed } from "./feed";
import { Furniture } from "./furniture";
import { boundsOf, metresPerPixel } from "./geometry";
import { putImages } from "./images";
import { RECORDS_ZOOM } from "./overlay";
import type { Bounds, Chosen, ObservationProperties, Observations, Payload, View } from "./payload";
import { say } from "./payload";
import { recordCard } from "./record_card";
import { layersOf, pointsOf, styleOf } from "./style";

const PADDING = 40;
const FLY_MS = 400;
/** From this zoom on a chosen thing that is in view is shown well enough. */
const NEAR_ENOUGH = 12.8;
const FIND_PIXELS = 5;
const AREAS_HIT = ["stretches-hit", "areas-hit"];

let prepared = false;

function prepare(assets: string): void {
  if (prepared) return;
  setWorkerUrl(`${assets}maplibre-worker.js`);
  addProtocol("pmtiles", new Protocol().tile);
  prepared = true;
}

export class GlMap implements View {
  private readonly map: MapLibreMap;
  private readonly cells: CellPainter;
  private readonly furniture: Furniture;
  private readonly feed: RecordFeed;
  private readonly loaded: Promise<void>;
  private payload: Payload;
  private markers: Marker[] = [];
  private kinds: Marker[] = [];
  private placesShown = "";
  private popup: Popup | undefined;

  constructor(element: HTMLElement, payload: Payload, assets: string) {
    prepare(assets);
    this.payload = payload;
    this.map = new MapLibreMap({
      container: element,
      style: styleOf(payload, assets),
      bounds: payload.bounds,
      fitBoundsOptions: { padding: PADDING },
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      maxZoom: 18.5,
      minZoom: 5,
      fadeDuration: 120,
      // One finger scrolls the page past the map, two move the map.
      cooperativeGestures: window.matchMedia("(pointer: coarse)").matches,
      locale: {
        "Map.Title": say(payload, "title"),
        "Popup.Close": say(payload, "close"),
        "CooperativeGesturesHandler.MobileHelpText": say(payload, "two_fingers"),
        "CooperativeGesturesHandler.WindowsHelpText": say(payload, "ctrl_wheel"),
        "CooperativeGesturesHandler.MacHelpText": say(payload, "ctrl_wheel"),
      },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.cells = new CellPainter(this.map);
    this.furniture = new Furniture(element, {
      nearer: () => this.map.zoomIn({ duration: this.pace() }),
      farther: () => this.map.zoomOut({ duration: this.pace() }),
      whole: () => this.map.fitBounds(this.payload.bounds, { padding: PADDING, duration: this.pace() }),
      every: () => this.map.fitBounds(everyPlace(this.payload), { padding: PADDING, duration: this.pace() }),
    });
    this.feed = new RecordFeed(
      (found) => {
        void this.showRecords(found);
        this.furniture.notify(found.limited ? say(this.payload, "limited") : "");
      },
      (failed) => this.furniture.notify(failed ? say(this.payload, "records_failed") : ""),
    );
    this.loaded = new Promise((done) => void this.map.once("load", () => done(this.listen())));
    this.map.once("style.load", () => putImages(this.map, this.payload.palette));
    this.map.on("move", () => this.moved());
    this.moved();
  }

  private listen(): void {
    this.map.on("moveend", () => this.look());
    this.map.on("click", (event) => this.clicked(event));
    this.map.on("mousemove", (event) => this.hover(event));
  }

  async paint(payload: Payload): Promise<void> {
    const before = this.payload;
    this.payload = payload;
    this.furniture.update(payload);
    await this.loaded;
    if (payload !== this.payload) return;
    if (payload.dark !== before.dark || payload.agreement !== before.agreement) this.recolour();
    if (payload.tiles_url !== null) this.cells.paint(payload.cells);
    const waiting = [
      this.source("areas").setData(payload.areas),
      this.source("loose-cells").setData(payload.loose_cells),
      this.source("detail").setData(payload.detail),
    ];
    const shown = JSON.stringify([payload.places, payload.dark]);
    if (shown !== this.placesShown) {
      this.placesShown = shown;
      waiting.push(this.source("places").setData(payload.places));
      waiting.push(this.source("place-points").setData(pointsOf(payload.places)));
      this.putBadges();
      this.moved();
    }
    this.putKinds();
    this.select(payload.selected);
    this.feed.ask(payload.observations_url);
    this.look();
    await Promise.all(waiting);
    await this.standing(["areas", "loose-cells", "detail", "places", "place-points"]);
  }

  /** The stage says how many records stand on it, once they do. */
  private async showRecords(found: Observations): Promise<void> {
    const { dataset } = this.map.getContainer();
    delete dataset["records"];
    await this.source("records").setData(found);
    // They can be clicked once they are placed, which is some frames after they are loaded.
    await this.map.once("idle");
    dataset["records"] = String(found.features.length);
  }

  remove(): void {
    this.feed.stop();
    this.map.remove();
  }

  private source(id: string): GeoJSONSource {
    return this.map.getSource(id) as GeoJSONSource;
  }

  /** Wait for the frame in which all of `sources` are drawn. */
  private standing(sources: string[]): Promise<void> {
    return new Promise((done) => {
      const look = (): void => {
        if (!sources.every((id) => this.map.isSourceLoaded(id))) return;
        this.map.off("render", look);
        done();
      };
      this.map.on("render", look);
      this.map.triggerRepaint();
    });
  }

  private recolour(): void {
    putImages(this.map, this.payload.palette);
    for (const layer of layersOf(this.payload)) {
      for (const [name, value] of Object.entries(layer.paint ?? {})) {
        this.map.setPaintProperty(layer.id, name as never, value as never);
      }
    }
  }

  private putBadges(): void {
    for (const marker of this.markers) marker.remove();
    this.markers = this.payload.places.features.map((place) => {
      const element = makeBadge(place, (id) => tellClick({ kind: "place", id }));
      const { lon, lat } = place.properties;
      return new Marker({ element }).setLngLat([lon, lat]).addTo(this.map);
    });
  }

  private putKinds(): void {
    for (const marker of this.kinds) marker.remove();
    this.kinds = this.payload.areas.features.flatMap(({ properties }) => {
      const element = makeKindMark(properties);
      if (element === null) return [];
      return [new Marker({ element }).setLngLat([properties.lon, properties.lat]).addTo(this.map)];
    });
  }

  private select(chosen: Chosen | null): void {
    for (const source of ["places", "areas"]) this.map.removeFeatureState({ source });
    for (const marker of this.markers) {
      const element = marker.getElement();
      const on = chosen?.kind === "place" && element.dataset["place"] === String(chosen.id);
      element.classList.toggle("map-place-chosen", on);
      element.setAttribute("aria-pressed", String(on));
    }
    if (chosen === null) return;
    this.map.setFeatureState({ source: `${chosen.kind}s`, id: chosen.id }, { selected: true });
    this.bring(chosen);
  }

  private brought = "";

  /** Bring what was just chosen into view, unless it is there already. */
  private bring(chosen: Chosen): void {
    const key = `${chosen.kind} ${chosen.id}`;
    if (key === this.brought) return;
    this.brought = key;
    const all = chosen.kind === "place" ? this.payload.places : this.payload.areas;
    const feature = all.features.find((each) => each.id === chosen.id);
    if (feature === undefined) return;
    const [west, south, east, north] = boundsOf(feature.geometry);
    const view = this.map.getBounds();
    const seen = view.contains([west, south]) && view.contains([east, north]);
    if (seen && this.map.getZoom() >= NEAR_ENOUGH) return;
    const around = new LngLatBounds([west, south, east, north]);
    this.map.fitBounds(around, { padding: 2 * PADDING, maxZoom: 14.5, duration: this.pace() });
  }

  private pace(): number {
    return window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : FLY_MS;
  }

  private moved(): void {
    const zoom = this.map.getZoom();
    this.map.getContainer().classList.toggle("map-far", zoom < smallFrom(this.payload));
    this.furniture.measure(metresPerPixel(this.map.getCenter().lat, zoom));
    const whole = this.map.cameraForBounds(this.payload.bounds, { padding: PADDING })?.zoom ?? zoom;
    const view = this.map.getBounds();
    this.furniture.lies(this.payload, outside(this.payload, zoom, whole, (lon, lat) => view.contains([lon, lat])));
  }

  private look(): void {
    const near = this.map.getZoom() >= RECORDS_ZOOM;
    this.feed.look(near ? (this.map.getBounds().toArray().flat() as Bounds) : null);
  }

  private clicked(event: MapMouseEvent): void {
    const { x, y } = event.point;
    const box: [[number, number], [number, number]] = [
      [x - FIND_PIXELS, y - FIND_PIXELS], [x + FIND_PIXELS, y + FIND_PIXELS],
    ];
    const records = this.map.queryRenderedFeatures(box, { layers: ["records"] });
    if (records.length > 0) {
      this.popup?.remove();
      this.popup = new Popup({ maxWidth: "300px", offset: 8, focusAfterOpen: true })
        .setLngLat(event.lngLat)
        .setDOMContent(recordCard(this.payload, records.map((each) => each.properties as ObservationProperties)))
        .addTo(this.map);
      return;
    }
    const [found] = this.map.queryRenderedFeatures(event.point, { layers: AREAS_HIT });
    if (found !== undefined) return tellClick({ kind: "area", id: Number(found.id) });
    const [place] = this.map.queryRenderedFeatures(event.point, { layers: ["places-fill"] });
    if (place !== undefined) tellClick({ kind: "place", id: Number(place.id) });
  }

  private hover(event: MapMouseEvent): void {
    const hit = this.map.queryRenderedFeatures(event.point, { layers: ["records", ...AREAS_HIT, "places-fill"] });
    this.map.getCanvas().style.cursor = hit.length > 0 ? "pointer" : "";
  }
}
