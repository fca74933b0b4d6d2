// Places as buttons on the map: they can be reached by Tab, are read aloud and open the place.
import type { AreaProperties, Bounds, Payload, PlaceFeature } from "./payload";

/** After this rank a place is a small mark; its number stands in the list. */
const NUMBERED = 20;

/** So few that they and their names have room from any distance. */
const FEW = 12;
const NAMES_ZOOM = 11.8;
const SMALL_ZOOM = 11.5;

/** The zoom from which places carry their names. */
export function namesFrom({ places }: Payload): number {
  return places.features.length <= FEW ? 0 : NAMES_ZOOM;
}

/** The zoom from which places without a number are shown. */
export function smallFrom({ places }: Payload): number {
  return places.features.length <= FEW ? 0 : SMALL_ZOOM;
}

export function isNumbered(rank: number | null): boolean {
  return rank !== null && rank <= NUMBERED;
}

/** How far from the first view's zoom it still is the view of the whole town. */
const STILL_WHOLE = 0.3;

/** Numbered places that a view of the whole town does not hold; of a nearer one nobody asks. */
export function outside({ places }: Payload, zoom: number, whole: number, holds: (lon: number, lat: number) => boolean): number {
  if (zoom > whole + STILL_WHOLE) return 0;
  return places.features.filter(({ properties: { rank, lon, lat } }) => isNumbered(rank) && !holds(lon, lat)).length;
}

/** The box round all numbered places; that of the first view where there are none. */
export function everyPlace({ places, bounds }: Payload): Bounds {
  const numbered = places.features.map(({ properties }) => properties).filter(({ rank }) => isNumbered(rank));
  if (numbered.length === 0) return bounds;
  const [lons, lats] = [numbered.map(({ lon }) => lon), numbered.map(({ lat }) => lat)];
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

/** Number, name, kind and agreement in one line, for those who hear the map. */
export function describe({ properties: { name, rank, said } }: PlaceFeature): string {
  return [rank === null ? name : `${rank} ${name}`, said].filter(Boolean).join(", ");
}

export function makeBadge(place: PlaceFeature, open: (id: number) => void): HTMLButtonElement {
  const { name, rank, kind } = place.properties;
  const element = document.createElement("button");
  element.type = "button";
  element.className = "map-place";
  element.dataset["kind"] = kind;
  element.dataset["place"] = String(place.id);
  const numbered = isNumbered(rank);
  element.classList.toggle("map-place-small", !numbered);
  element.textContent = numbered ? String(rank) : "";
  element.setAttribute("aria-label", describe(place));
  element.title = name;
  element.style.zIndex = String(1000 - (rank ?? 999));
  element.addEventListener("click", (event) => {
    event.stopPropagation();
    open(Number(place.id));
  });
  return element;
}

/** Symbol and word of a kind of hotspot; the outline itself is what is clicked. */
export function makeKindMark({ symbol, word }: AreaProperties): HTMLElement | null {
  if (symbol === null || word === null) return null;
  const element = document.createElement("span");
  element.className = "map-kind";
  element.setAttribute("aria-hidden", "true");
  element.textContent = `${symbol} ${word}`;
  return element;
}
