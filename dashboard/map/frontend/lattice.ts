// Where a cell lies: its id is its south-west corner in metres, the lattice says where metres are on the globe.
import type { Position } from "geojson";
import type { Lattice } from "./payload";

/** SCB's ids hold east, then north in seven digits. */
const NORTH_DIGITS = 1e7;

export function positionAt(lattice: Lattice, east: number, north: number): Position {
  const across = (east - lattice.east) / lattice.step;
  const up = (north - lattice.north) / lattice.step;
  const column = Math.max(0, Math.min(Math.floor(across), lattice.columns - 2));
  const row = Math.max(0, Math.min(Math.floor(up), lattice.rows - 2));
  const [u, v] = [across - column, up - row];
  const at = (values: number[], i: number, j: number): number => values[(row + j) * lattice.columns + column + i] ?? 0;
  const blend = (values: number[]): number =>
    at(values, 0, 0) * (1 - u) * (1 - v) + at(values, 1, 0) * u * (1 - v) +
    at(values, 0, 1) * (1 - u) * v + at(values, 1, 1) * u * v;
  return [blend(lattice.lon), blend(lattice.lat)];
}

/** The four corners of an SCB square in degrees. */
export function cellCorners(lattice: Lattice, id: number, side: number): Position[] {
  const [east, north] = [Math.floor(id / NORTH_DIGITS), id % NORTH_DIGITS];
  const corners: [number, number][] = [[0, 0], [side, 0], [side, side], [0, side]];
  return corners.map(([x, y]) => positionAt(lattice, east + x, north + y));
}
