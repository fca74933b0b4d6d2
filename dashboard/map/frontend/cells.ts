// Paints levels on cells that the tiles already hold: only what changed is touched.
import type { Map as MapLibreMap } from "maplibre-gl";

const TARGET = { source: "tiles", sourceLayer: "cells" };

export class CellPainter {
  private readonly painted = new Map<number, number>();

  constructor(private readonly map: MapLibreMap) {}

  paint(cells: Record<string, number>): void {
    const wanted = new Map(Object.entries(cells).map(([id, level]) => [Number(id), level]));
    for (const id of [...this.painted.keys()]) {
      if (wanted.has(id)) continue;
      this.map.removeFeatureState({ ...TARGET, id }, "level");
      this.painted.delete(id);
    }
    for (const [id, level] of wanted) {
      if (this.painted.get(id) === level) continue;
      this.map.setFeatureState({ ...TARGET, id }, { level });
      this.painted.set(id, level);
    }
  }

  /** Forget what was painted: the tiles are others now. */
  reset(): void {
    this.painted.clear();
  }
}
