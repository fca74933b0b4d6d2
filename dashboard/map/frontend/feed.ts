// Fetches single records for what is in view, when it is near enough; the newest question wins.
import type { Bounds, Observations } from "./payload";

const PAUSE_MS = 160;
/** Share of the view that is asked for beyond each edge, so that a small move asks for nothing. */
const MARGIN = 0.25;

export const NOTHING: Observations = { type: "FeatureCollection", features: [], limited: false };

function widened([west, south, east, north]: Bounds): Bounds {
  const [x, y] = [(east - west) * MARGIN, (north - south) * MARGIN];
  return [west - x, south - y, east + x, north + y];
}

function holds(outer: Bounds, inner: Bounds): boolean {
  return outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3];
}

export class RecordFeed {
  private url: string | null = null;
  private has: { bounds: Bounds; limited: boolean } | undefined;
  private timer: number | undefined;
  private running: AbortController | undefined;

  constructor(
    private readonly show: (found: Observations) => void,
    private readonly fail: (failed: boolean) => void,
  ) {}

  /** Another selection: what was fetched is no longer true. */
  ask(url: string | null): void {
    if (url === this.url) return;
    this.url = url;
    this.clear();
  }

  /** The view moved; null when it is too far away for single records. */
  look(bounds: Bounds | null): void {
    window.clearTimeout(this.timer);
    if (this.url === null || bounds === null) {
      this.clear();
      return;
    }
    if (this.has !== undefined && !this.has.limited && holds(this.has.bounds, bounds)) return;
    this.timer = window.setTimeout(() => void this.fetch(bounds), PAUSE_MS);
  }

  stop(): void {
    window.clearTimeout(this.timer);
    this.running?.abort();
  }

  private clear(): void {
    this.stop();
    if (this.has === undefined) return;
    this.has = undefined;
    this.show(NOTHING);
  }

  private async fetch(bounds: Bounds): Promise<void> {
    this.running?.abort();
    const running = (this.running = new AbortController());
    const url = this.url;
    if (url === null) return;
    const asked = widened(bounds);
    const box = asked.map((degrees) => degrees.toFixed(5)).join(",");
    try {
      const answer = await fetch(`${url}${url.includes("?") ? "&" : "?"}bounds=${box}`, {
        signal: running.signal,
      });
      if (!answer.ok) throw new Error(`${answer.status}`);
      const found = (await answer.json()) as Observations;
      this.has = { bounds: asked, limited: found.limited };
      this.fail(false);
      this.show(found);
    } catch (error) {
      if (running.signal.aborted) return;
      console.warn("The records could not be fetched:", error);
      this.fail(true);
    }
  }
}
