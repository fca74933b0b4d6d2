// Where the names of places stand on the drawn map: below their badge, else above it, else nowhere.
import { isNumbered } from "./badges";
import type { Payload } from "./payload";
import type { Plane } from "./svg_shapes";

/** What a letter of a name is wide, and a name high, in pixels. */
const LETTER = 6.6;
const HEIGHT = 14;
const BADGE = 13;

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const overlap = (one: Box, other: Box): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

/** Let no name run into a badge or another name; the first in rank has its room first. */
export function placeNames(badges: SVGElement, payload: Payload, plane: Plane, unit: number, small: boolean): void {
  const elements = new Map(
    [...badges.querySelectorAll<SVGElement>("[data-place]")].map((each) => [each.dataset["place"], each] as const),
  );
  const places = payload.places.features
    .map(({ id, properties: { lon, lat, rank, name } }) => {
      const [x, y] = plane.point([lon, lat]);
      return { id: String(id), x: x / unit, y: y / unit, rank: rank ?? Infinity, numbered: isNumbered(rank), name };
    })
    .filter(({ numbered }) => numbered || small)
    .toSorted((one, other) => one.rank - other.rank || 0);
  const taken: Box[] = places.map(({ x, y }) => ({ left: x - BADGE, right: x + BADGE, top: y - BADGE, bottom: y + BADGE }));
  for (const { id, x, y, numbered, name } of places) {
    const text = elements.get(id)?.querySelector<SVGElement>(".map-drawn-name");
    if (!text) continue;
    const half = (name.length * LETTER) / 2;
    const free = [numbered ? 25 : 19, numbered ? -16 : -10].find((down) => {
      const box = { left: x - half, right: x + half, top: y + down - HEIGHT + 3, bottom: y + down + 3 };
      const own = (other: Box): boolean => other.left === x - BADGE && other.top === y - BADGE;
      return !taken.some((other) => !own(other) && overlap(box, other));
    });
    text.classList.toggle("map-drawn-hidden", free === undefined);
    if (free === undefined) continue;
    text.setAttribute("y", String(free));
    taken.push({ left: x - half, right: x + half, top: y + free - HEIGHT + 3, bottom: y + free + 3 });
  }
}
