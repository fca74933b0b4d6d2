// Places as buttons on the map: they can be reached by Tab, are read aloud and open the place.
import type { AreaProperties, Payload, PlaceFeature } from "./payload";

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
